"""Run the benchmarks and print their tables: `nox -s bench`, or `nox -s bench -- codec sale`.

All figures are medians within this run; the ratios are what can be compared across machines.
"""

import sys

from rich.console import Console
from tests.bench import codec, generating, importing, sale

PARTS = {
    "generate": generating.measure,
    "import": importing.measure,
    "codec": codec.measure,
    "sale": sale.measure,
}


def main(names: list[str]) -> int:
    """Run the named parts, all of them when none is named."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(PARTS)}.")
        return 2
    console = Console()
    for name in names or PARTS:
        console.print(PARTS[name](progress=lambda text: console.print(f"  … {text}", style="dim")))
        console.print()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
