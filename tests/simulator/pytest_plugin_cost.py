"""What the pytest plugin costs: loading it, and starting the fixtures of a test.

To be run as a script; `docs/pytest.md` has what it printed.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

LOADING = """
import pytest, time
began = time.perf_counter()
import ips_simulator.pytest_plugin
print("loading", time.perf_counter() - began)
"""
STARTING = """
import time
import pytest
import ips_simulator.pytest_plugin_watch, ips_simulator.scenario_library
import stompws.client, worldpay_ips.client

@pytest.mark.ips_scenario("approved")
@pytest.mark.parametrize("number", range(21))
def test_start(request, number):
    began = time.perf_counter()
    request.getfixturevalue("ips_api")
    print("starting", time.perf_counter() - began)
"""
# Works whether or not the distribution is installed.
PLUGIN = ("-p", "ips_simulator.pytest_plugin")


def figures(name: str, *command: str) -> list[float]:
    """Run Python; return what it printed under a name, in milliseconds."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, *command], env=environment, check=True, capture_output=True, text=True
    )
    lines = [line.rpartition(name + " ")[2] for line in done.stdout.splitlines() if name in line]
    return [float(line) * 1000 for line in lines]


def loading() -> float:
    """Milliseconds that every run of pytest pays; the median of eleven."""
    return median(figures("loading", "-c", LOADING)[0] for _ in range(11))


def starting() -> tuple[float, float]:
    """Milliseconds until `ips_api` is there, all modules loaded: for the first test, and later."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "test_starting.py")
        path.write_text(STARTING, "utf-8")
        first, *later = figures(
            "starting", "-m", "pytest", *PLUGIN, "-s", "-q", "-p", "no:cacheprovider",
            "--rootdir", folder, str(path),
        )  # fmt: skip
    return first, median(later)


if __name__ == "__main__":
    first, later = starting()
    print(f"loading the plugin   {loading():6.1f} ms")
    print(f"ips_api, first test  {first:6.1f} ms")
    print(f"ips_api, later tests {later:6.1f} ms")
