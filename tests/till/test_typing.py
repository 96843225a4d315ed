"""What a type checker says of programs that misuse a till."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(__file__).with_name("typed_till.py")
FOLDERS = ["generated", "runtime", "till"]
WRONG = {
    number
    for number, line in enumerate(PROGRAM.read_text(encoding="utf-8").splitlines(), start=1)
    if line.endswith("# wrong")
}


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(str(ROOT / name) for name in FOLDERS)
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, "MYPYPATH": path, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


@pytest.mark.criterion("AC47", "AC14", "AC27")
def test_a_type_checker_finds_every_misuse(tmp_path: Path) -> None:
    """`Unknown` forgotten, a float, a policy that is none, answers of another kind."""
    pytest.importorskip("mypy", reason="the session `typecheck` has it")
    cache = f"--cache-dir={tmp_path}"
    done = _run("mypy", "--strict", cache, "--output=json", "--config-file=", str(PROGRAM))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    errors = {error["line"] for error in found if error["severity"] == "error"}
    assert errors == WRONG, done.stdout + done.stderr
