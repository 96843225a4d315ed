"""The page that lists the criteria and their tests."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_criterion_has_a_test_and_the_page_says_so() -> None:
    """A criterion that nothing shows, and a page that nobody wrote again, fail here."""
    folders = ["codegen", "generated", "runtime", "simulator", "till"]
    result = subprocess.run(
        [sys.executable, "-m", "tests.acceptance", "--check"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(str(ROOT / name) for name in folders)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
