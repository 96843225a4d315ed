"""What importing the package costs beside importing its dependencies alone."""

import sys
from collections.abc import Callable

from rich.table import Table
from tests.bench.rounds import command, in_turns

ROUNDS = 21


def measure(progress: Callable[[str], None]) -> Table:
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
