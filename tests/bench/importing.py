"""What importing the package costs beside importing its dependencies alone."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from rich.console import Group
from rich.table import Table
from tests.bench.rounds import command, in_turns
from tests.bench.synthetic import write_document

ROUNDS = 21
SIZE = 1000
_IMPORT = """
import sys, time
sys.path.insert(0, sys.argv[1])
import attrs, stompws.rules, stompws.shapes
begin = time.process_time()
import many.messages.common as made
found = [c for c in vars(made).values() if isinstance(c, type) and c.__module__ == made.__name__]
print((time.process_time() - begin) / len(found))
"""
_FIRST = """
import time
from worldpay_ips.examples import EXAMPLES
from worldpay_ips.operations import API
from stompws.decoding import codec_of
example = next(ex for ex in EXAMPLES if ex.message.name == "PaymentResult")
codec, data = codec_of(API), example.payload_text.encode()
begin = time.perf_counter()
codec.decode(example.message.payload, data)
print(time.perf_counter() - begin)
"""


def measure(progress: Callable[[str], None]) -> Group:
    """Cold imports of this package and of a large one, and what the first message takes."""
    return Group(_imports(progress), "", _large(progress))


def _large(progress: Callable[[str], None]) -> Table:
    table = Table(title="In a cold process, milliseconds", title_justify="left")
    table.add_column("what")
    table.add_column("ms", justify="right")
    with tempfile.TemporaryDirectory() as folder:
        progress(f"generating a package of {SIZE} messages")
        spec = write_document(Path(folder) / "many.json", SIZE)
        generate = [sys.executable, "-m", "stompgen", "generate", str(spec), "--out", folder]
        subprocess.run([*generate, "--package", "many"], check=True, capture_output=True)
        python = [sys.executable, "-c"]
        command([*python, _IMPORT, folder])()  # leaves the compiled modules behind
        progress(f"starting Python {ROUNDS} times for each")
        each = _median([*python, _IMPORT, folder])
        first = _median([*python, _FIRST])
    table.add_row(f"importing {SIZE} messages, CPU time for each class", f"{each * 1000:.2f}")
    table.add_row("decoding the first payment result after import", f"{first * 1000:.2f}")
    return table


def _median(arguments: list[str]) -> float:
    """Let a program measure itself, in many processes."""
    return median(float(subprocess.check_output(arguments)) for _ in range(ROUNDS))


def _imports(progress: Callable[[str], None]) -> Table:
    """Compare cold imports; the bare interpreter's start is subtracted from all."""
    progress(f"starting Python {ROUNDS} times for each import")
    imports = {
        "nothing": "pass",
        "attrs, cattrs, websocket": "import attrs, cattrs, websocket",
        "worldpay_ips": "import worldpay_ips",
        "worldpay_ips, client and messages used": "from worldpay_ips import PaymentApi",
    }
    seconds = in_turns(
        {name: command([sys.executable, "-c", code]) for name, code in imports.items()},
        rounds=ROUNDS,
    )
    start = seconds.pop("nothing")
    base = seconds["attrs, cattrs, websocket"] - start
    table = Table(title="Importing, cold process", title_justify="left")
    for column in ("import", "milliseconds", "ratio"):
        table.add_column(column, justify="left" if column == "import" else "right")
    for name, value in seconds.items():
        table.add_row(name, f"{(value - start) * 1000:.0f}", f"{(value - start) / base:.2f}")
    return table
