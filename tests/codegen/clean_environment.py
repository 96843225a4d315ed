"""Environments that hold nothing but what is named, made without a network.

The files of a distribution are those that are installed here.
"""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
CORE = ("attrs", "cattrs", "websocket-client")


class Environment:
    """A virtual environment without pip."""

    def __init__(self, home: Path) -> None:
        venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(home)
        self.home = home
        self.python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        places = {"base": str(home), "platbase": str(home)}
        self.site = Path(sysconfig.get_path("purelib", vars=places))

    def add(self, names: Iterable[str]) -> None:
        """Install distributions and what they need."""
        for name in _closure(names):
            for file in metadata.distribution(name).files or ():
                source = Path(str(file.locate()))
                target = Path(os.path.normpath(self.site / file))
                if source.is_file() and target.is_relative_to(self.home) and not target.exists():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.symlink_to(source.resolve())

    def add_wheel(self, wheel: Path) -> None:
        """Install a wheel of pure Python; its commands are run as modules."""
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(self.site)

    def run(
        self, *arguments: str, cwd: Path, given: object = None, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """Run its Python in a folder; nothing of this tree is on the path."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        clean["PATH"] = os.pathsep.join([str(self.python.parent), clean.get("PATH", "")])
        done = subprocess.run(
            [str(self.python), *arguments],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            cwd=cwd,
            env=clean,
            check=False,
            timeout=300,
        )
        if check:
            assert done.returncode == 0, done.stdout + done.stderr
        return done

    def installed(self) -> set[str]:
        """The names of the distributions that it holds."""
        code = "from importlib.metadata import distributions\n"
        code += "print(*(found.metadata['Name'] for found in distributions()))"
        return set(self.run("-c", code, cwd=self.home).stdout.lower().split())


def build_wheel(folder: Path) -> Path:
    """Build this project's wheel."""
    command = ["build", "--no-isolation", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True, timeout=300)
    return next(folder.glob("*.whl"))


def _closure(names: Iterable[str]) -> list[str]:
    """The names, with their extras, and everything that these need, each once."""
    found: dict[str, None] = {}
    waiting = [Requirement(name) for name in names]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        wanted = waiting.pop()
        key = (wanted.name.lower(), frozenset(wanted.extras))
        if key in seen:
            continue
        seen.add(key)
        found[wanted.name] = None
        for text in metadata.requires(wanted.name) or ():
            needed = Requirement(text)
            extras = ["", *wanted.extras]
            if needed.marker is None or any(needed.marker.evaluate({"extra": e}) for e in extras):
                waiting.append(needed)
    return list(found)
