"""Compares enums by their values and unions by their variants."""

from typing import Any

from ..schemas import OpenEnumSchema, UnionSchema
from .changes import WIRE, Area, Breaks, Kind
from .comparison import Comparison
from .matching import match_keys, similar

ALIKE = 0.75
"""How alike two values have to be to pass for one that was renamed."""


def compare_members(comparison: Comparison, old: Any, new: Any) -> None:
    """Note what changed in an enum. An open one takes any text, so its list binds nobody."""
    was_open, is_open = isinstance(old, OpenEnumSchema), isinstance(new, OpenEnumSchema)
    before, after = comparison.python_pair(old.pointer, new.pointer)
    name = comparison.new.name(new.pointer)
    common: dict[str, Any] = {
        "old": old.pointer,
        "new": new.pointer,
        "direction": comparison.direction(old.pointer, new.pointer),
    }
    if was_open != is_open:
        what = "Values that are not listed are expected now, and kept."
        if was_open:
            what = "Only the listed values are allowed now."
        breaks = Breaks(sender=was_open, receiver=is_open, python=True)
        kind = Kind.WIDENED if is_open else Kind.NARROWED
        comparison.add(kind, Area.CLASS, name, what, breaks=breaks, **common)
    told = {m.value: m.description for m in old.members}
    tells = {m.value: m.description for m in new.members}
    match = match_keys(told, tells, lambda one, two: _alike(one, two, told, tells))
    for value in told:
        member = before.member_of(value)
        if value not in match.pairs:
            what = f"The value {value!r} is gone."
            breaks = Breaks(sender=not is_open, python=True)
            comparison.add(
                Kind.NARROWED if not is_open else Kind.REMOVED, Area.CLASS,
                f"{name}.{member or value}", what, breaks=breaks,
                before=f"{before.name}.{member}", **common,
            )  # fmt: skip
            continue
        other = match.pairs[value]
        now = after.member_of(other)
        if other != value:
            comparison.add(
                Kind.RENAMED, Area.CLASS, f"{name}.{now or other}",
                f"The value {value!r} is {other!r} now.",
                breaks=Breaks(
                    sender=not is_open, receiver=not was_open, python=member != now
                ),
                guess=match.guesses[value], before=f"{before.name}.{member}",
                after=f"{after.name}.{now}", **common,
            )  # fmt: skip
        elif member != now:
            comparison.add(
                Kind.PYTHON, Area.CLASS, f"{name}.{now}",
                f"The member was called `{member}`; its value is {value!r} still.",
                breaks=Breaks(python=True), before=f"{before.name}.{member}",
                after=f"{after.name}.{now}", **common,
            )  # fmt: skip
        if told[value] != tells[other]:
            comparison.add(
                Kind.DOCS, Area.CLASS, f"{name}.{now or other}", "Other words: description.",
                **common,
            )  # fmt: skip
    for value in tells:
        if value not in match.pairs.values():
            member = after.member_of(value)
            comparison.add(
                Kind.WIDENED if not was_open else Kind.ADDED, Area.CLASS,
                f"{name}.{member or value}", f"The value {value!r} is new.",
                breaks=Breaks(receiver=not was_open), after=f"{after.name}.{member}", **common,
            )  # fmt: skip
    known = {"members", "doc", "pointer"}
    if was_open == is_open and comparison.judge.fit_rest(old, new, known):
        what = "Further rules of the list changed."
        comparison.add(Kind.CHANGED, Area.CLASS, name, what, breaks=WIRE, **common)


def _alike(
    one: str, two: str, told: dict[str, str | None], tells: dict[str, str | None]
) -> tuple[float, str] | None:
    """Tell whether a value that came may be one that went."""
    if told[one] and told[one] == tells[two]:
        return 2.0, "the descriptions are equal"
    score = similar(str(one), str(two))
    return (score, "the values are alike") if score >= ALIKE else None


def compare_variants(comparison: Comparison, old: UnionSchema, new: UnionSchema) -> None:
    """Note what changed in a union. In an open one, an unknown member is kept as it is."""
    name = comparison.new.name(new.pointer)
    common: dict[str, Any] = {
        "old": old.pointer,
        "new": new.pointer,
        "direction": comparison.direction(old.pointer, new.pointer),
    }
    if old.tag != new.tag:
        what = f"The tag is {new.tag!r}, was {old.tag!r}."
        comparison.add(Kind.CHANGED, Area.CLASS, name, what, breaks=WIRE, **common)
    if old.open != new.open:
        what = "Unknown members are expected now, and kept as `Unrecognised`."
        if old.open:
            what = "Unknown members are not expected any more."
        comparison.add(
            Kind.WIDENED if new.open else Kind.NARROWED, Area.CLASS, name, what,
            breaks=Breaks(sender=old.open, receiver=new.open, python=True), **common,
        )  # fmt: skip
    pairs = comparison.classes.pairs
    kept = {pairs[one] for one in old.variants if pairs.get(one) in new.variants}
    for one in old.variants:
        if pairs.get(one) not in kept:
            held = comparison.old.name(one)
            comparison.add(
                Kind.NARROWED if not new.open else Kind.REMOVED, Area.CLASS, name,
                f"The member {held} is gone.",
                breaks=Breaks(sender=not new.open, python=True), **common,
            )  # fmt: skip
    for two in new.variants:
        if two not in kept:
            held = comparison.new.name(two)
            comparison.add(
                Kind.WIDENED if not old.open else Kind.ADDED, Area.CLASS, name,
                f"The member {held} is new.",
                breaks=Breaks(receiver=not old.open), **common,
            )  # fmt: skip
    if comparison.judge.fit_rest(old, new, {"tag", "variants", "open", "doc", "pointer"}):
        what = "Further rules of the union changed."
        comparison.add(Kind.CHANGED, Area.CLASS, name, what, breaks=WIRE, **common)
