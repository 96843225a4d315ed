"""Every money operation, killed or cut off everywhere: `nox -s no-double-charge`."""

import sys
from pathlib import Path

# The relay and the servers that tests share lie beside their tests, which pytest's setting finds.
for folder in ("runtime", "till"):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / folder))
