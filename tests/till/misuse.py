"""What type checkers say of `typed_till.py`: exactly the marked lines are wrong.

`python tests/till/misuse.py` asks pyright; the session `typecheck` does. mypy is asked by a test.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PROGRAM: Final = Path(__file__).with_name("typed_till.py")
_FOLDERS: Final = [str(ROOT / name) for name in ("generated", "runtime", "till")]


def wrong() -> set[int]:
    """The lines that a type checker must complain about, and no other."""
    lines = PROGRAM.read_text(encoding="utf-8").splitlines()
    return {number for number, line in enumerate(lines, start=1) if line.endswith("# wrong")}


def found_by_mypy(cache: Path) -> tuple[set[int], str]:
    """The lines that mypy calls wrong, and all it said."""
    options = ["--strict", f"--cache-dir={cache}", "--output=json", "--config-file="]
    said = _run("mypy", *options, str(PROGRAM))
    found = [json.loads(line) for line in said.splitlines()]
    return {error["line"] for error in found if error["severity"] == "error"}, said


def found_by_pyright() -> tuple[set[int], str]:
    """The same of pyright, with the project's own configuration: strict."""
    said = _run("pyright", "--outputjson", "--pythonpath", sys.executable, str(PROGRAM))
    found = json.loads(said[said.index("{") :])["generalDiagnostics"]
    errors = (error for error in found if error["severity"] == "error")
    return {error["range"]["start"]["line"] + 1 for error in errors}, said


def _run(*command: str) -> str:
    path = os.pathsep.join(_FOLDERS)
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, "MYPYPATH": path, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    ).stdout


def main() -> int:
    """Ask pyright, and say by the exit code whether it finds what it must."""
    found, said = found_by_pyright()
    if found == wrong():
        print(f"pyright finds the {len(found)} misuses of {PROGRAM.name}, and nothing else")
        return 0
    print(said)
    print(f"pyright complains about the lines {sorted(found)}, not about {sorted(wrong())}")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
