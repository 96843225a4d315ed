"""Every operation on a link that breaks at every place: `nox -s faults`."""

import sys
from pathlib import Path

# The relay lives beside the runtime's tests, which find it by pytest's setting.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "runtime"))
