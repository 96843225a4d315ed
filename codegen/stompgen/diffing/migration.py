"""The migration page: what a caller has to change, by class and operation, breaking first."""

import re
from collections.abc import Iterable

from ..problems import one_line
from .changes import Area, Change, Difference
from .report import item, markdown, summary

FIRST_WORDS = "<!-- Written by `stompgen migrate`. Do not edit. -->"


def migration_page(difference: Difference, *, old_package: str, new_package: str) -> str:
    """Write the page.

    Args:
        difference: What changed.
        old_package: Import name of the bindings that callers have.
        new_package: Import name of the bindings that they move to; it may be the same.
    """
    old, new = difference.old, difference.new
    lines = [
        FIRST_WORDS,
        f"# From {markdown(old.version)} to {markdown(new.version)}",
        "",
        f"What to change in code that uses `{old_package}` (API {markdown(old.version)})",
        f"so that it works with `{new_package}` (API {markdown(new.version)}):",
        f"{summary(difference)}.",
    ]
    if old.title != new.title:
        lines += ["", f"The new document calls itself *{markdown(new.title)}*."]
    if old_package != new_package:
        before = [f"from {old_package} import ..."]
        after = [f"from {new_package} import ..."]
        lines += ["", "Both can be imported in one process; move one call after the other."]
        lines += ["", *_code(before, after)]
    if not difference.breaking:
        lines += ["", "Nothing has to be changed."]
    packages = (old_package, new_package)
    lines += _part("What you have to change", difference.breaking, packages)
    lines += _part("What you may use", difference.compatible, packages)
    if difference.docs:
        lines += ["", "## What only reads differently", ""]
        lines += [item(change) for change in difference.docs]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


TITLES = {
    Area.API: "The API as a whole",
    Area.SERVER: "Servers",
    Area.SECURITY: "Security",
    Area.CHANNEL: "Channels",
    Area.OPERATION: "Operations",
    Area.MESSAGE: "Messages",
    Area.CLASS: "Classes",
}


def _part(title: str, changes: Iterable[Change], packages: tuple[str, str]) -> list[str]:
    found = list(changes)
    lines = ["", f"## {title}"] if found else []
    for area, heading in TITLES.items():
        here = [change for change in found if change.area is area]
        if not here:
            continue
        lines += ["", f"### {heading}"]
        for owner in dict.fromkeys(map(_owner, here)):
            lines += ["", f"#### `{_name(owner)}`", ""]
            for change in here:
                if _owner(change) == owner:
                    lines += _entry(change, packages)
    return lines


def _owner(change: Change) -> str:
    return change.name.partition(".")[0]


def _entry(change: Change, packages: tuple[str, str]) -> list[str]:
    lines = [item(change)]
    if change.before is None and change.after is None:
        return lines
    before, after = (
        [one_line(line).replace("{package}", package) for line in (text or "").split("\n") if line]
        for text, package in zip((change.before, change.after), packages, strict=True)
    )
    return [*lines, "", *_indented(_code(before, after)), ""]


def _code(before: list[str], after: list[str]) -> list[str]:
    lines = ["```python"]
    if before:
        lines += ["# before", *before]
    if after:
        lines += ["# after" if before else "# new", *after]
    else:
        lines += ["# after: nothing takes its place"]
    return [*lines, "```"]


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _name(owner: str) -> str:
    return one_line(owner).replace("`", "'")
