"""Write `docs/conformance.md`: `python -m tests.conformance`; with `--check` only compare.

Exit code 1: the page is not what the tests give, or a rule is not shown by any test.
"""

import difflib
import sys

from tests.conformance.collecting import collect
from tests.conformance.page import PAGE, render


def main(arguments: list[str]) -> int:
    """Write or check the page; print what is wrong."""
    if arguments not in ([], ["--check"]):
        print(__doc__)
        return 2
    shown, problems = collect()
    for problem in problems:
        print(problem)
    page = render(shown)
    if not arguments:
        PAGE.write_text(page, "utf-8")
        return 1 if problems else 0
    there = PAGE.read_text("utf-8") if PAGE.exists() else ""
    name = f"docs/{PAGE.name}"
    lines = (text.splitlines() for text in (there, page))
    difference = list(difflib.unified_diff(*lines, name, f"{name}, as the tests give it", n=0))
    for line in difference:
        print(line.rstrip())
    if difference:
        print(f"{name} is stale: run python -m tests.conformance")
    return 1 if problems or difference else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
