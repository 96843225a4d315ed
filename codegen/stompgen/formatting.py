"""Formatting of the generated code: one run of a pinned ruff over all files.

The output must not depend on who formats it. So the version is an exact dependency, and nothing of
the configuration around us is read.
"""

import importlib
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

LINE_LENGTH = 100
TARGET = "py311"


class FormatError(Exception):
    """ruff refused: what the templates made is no Python. That is a defect of ours."""


def format_python(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files with all Python formatted."""
    python = sorted(path for path in files if path.endswith(".py"))
    with tempfile.TemporaryDirectory() as folder:
        for index, path in enumerate(python):
            # Numbered names: the paths of the files are the caller's business.
            _place(folder, index).write_text(files[path], encoding="utf-8", newline="\n")
        _run(folder)
        formatted = {
            path: _place(folder, index).read_bytes().decode("utf-8")
            for index, path in enumerate(python)
        }
    return {**files, **formatted}


def _place(folder: str, index: int) -> Path:
    return Path(folder) / f"f{index}.py"


def _run(folder: str) -> None:
    # The package has no type information; imported by name so that none is missed.
    find_ruff: Callable[[], str] = importlib.import_module("ruff").find_ruff_bin
    command = [
        find_ruff(),
        "format",
        "--isolated",
        "--no-cache",
        # Wherever temporary files lie: by default what git ignores, or is below a folder such as
        # `.nox`, is passed over.
        "--config=exclude=[]",
        "--no-respect-gitignore",
        f"--line-length={LINE_LENGTH}",
        f"--target-version={TARGET}",
        folder,
    ]
    result = subprocess.run(  # noqa: S603 - our own arguments, no shell
        command, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise FormatError(result.stderr.strip())
