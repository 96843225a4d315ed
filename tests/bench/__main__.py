"""Run the benchmarks and print their tables: `nox -s bench`, or `nox -s bench -- codec sale`.

All figures are medians within this run; the ratios are what can be compared across machines.
"""

import sys

from rich.console import Console
from tests.bench import (
    codec,
    generating,
    importing,
    sale,
    simulator,
    stomp_codec,
    stomp_roundtrip,
)
from tests.bench.stomp_sessions import NotMeasurableError

PARTS = {
    "generate": generating.measure,
    "import": importing.measure,
    "codec": codec.measure,
    "sale": sale.measure,
    "simulator": simulator.measure,
    "stomp-codec": stomp_codec.measure,
    "stomp-roundtrip": stomp_roundtrip.measure,
}


def main(names: list[str]) -> int:
    """Run the named parts, all of them when none is named.

    A part that cannot be measured here is said to be so; it is a failure when it was asked for.
    """
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(PARTS)}.")
        return 2
    console = Console()
    missed = False
    for name in names or PARTS:
        try:
            table = PARTS[name](lambda text: console.print(f"  … {text}", style="dim"))
        except NotMeasurableError as exc:
            console.print(f"NOT MEASURED: {name}.\n{exc}", markup=False)
            missed = True
        else:
            console.print(table)
        console.print()
    return 1 if missed and names else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
