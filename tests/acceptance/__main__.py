"""Write `docs/acceptance.md`; `--check` compares only."""

import sys

from tests.acceptance.page import PAGE, collect, problems, render


def main() -> None:
    """Collect the tests and write the page; end with 1 when something is missing or stale."""
    shown = collect()
    wrong = list(problems(shown))
    text = render(shown)
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        wrong.append("docs/acceptance.md is stale: run python -m tests.acceptance")
    if wrong:
        raise SystemExit("\n".join(wrong))


main()
