"""Hostile inputs, driven by atheris: `nox -s fuzz`."""

import sys
from pathlib import Path

# What is played with the inputs is shared with the tests of the runtime.
sys.path.insert(0, str(Path(__file__).parents[1] / "runtime"))
