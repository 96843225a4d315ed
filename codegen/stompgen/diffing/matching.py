"""Which class, field or key of the new document is which of the old one.

Equal names are the same thing. What is left over may have been renamed; a document does not say so,
so that is a guess, made where two things stand in the same place or hold nearly the same, and told
with its reason. Guesses do not depend on which document is called the old one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher

import attrs

from ..naming import words
from ..schemas import (
    Array,
    ClassSchema,
    Map,
    Named,
    ObjectSchema,
    UnionSchema,
    Value,
)
from .api import Api

SAME_PLACE, ALIKE = 0.5, 0.8
"""Shares of fields in common from which two classes pass for one: in the same place, anywhere."""


@attrs.frozen(kw_only=True)
class Match:
    """Pairs of names, and the reasons for those that are guesses."""

    pairs: Mapping[str, str]
    """Old → new."""
    guesses: Mapping[str, str]
    """Old → reason."""


@attrs.frozen(kw_only=True, order=False)
class Candidate:
    """Two things that may be the same."""

    old: str
    new: str
    score: float
    reason: str


def best(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Choose candidates, the most alike first, each thing once."""
    chosen: list[Candidate] = []
    old: set[str] = set()
    new: set[str] = set()
    for one in sorted(candidates, key=lambda c: (-c.score, *sorted((c.old, c.new)))):
        if one.old not in old and one.new not in new:
            chosen.append(one)
            old.add(one.old)
            new.add(one.new)
    return chosen


def match_keys(
    old: Iterable[str],
    new: Iterable[str],
    alike: Callable[[str, str], tuple[float, str] | None],
) -> Match:
    """Match keys: equal ones, then those for which `alike` gives a score and a reason."""
    before, after = list(old), list(new)
    pairs = {key: key for key in before if key in set(after)}
    gone = [key for key in before if key not in pairs]
    come = [key for key in after if key not in pairs]
    found = [
        Candidate(old=one, new=two, score=verdict[0], reason=verdict[1])
        for one in gone
        for two in come
        if (verdict := alike(one, two)) is not None
    ]
    chosen = best(found)
    pairs |= {c.old: c.new for c in chosen}
    return Match(pairs=pairs, guesses={c.old: c.reason for c in chosen})


def match_classes(old: Api, new: Api, messages: Mapping[str, str]) -> Match:
    """Match classes by name, then by place, then by what they hold; keys are pointers.

    `messages` says which messages are the same: old key → new key.
    """
    pairs = {
        pointer: new.by_name[name]
        for name, pointer in sorted(old.by_name.items())
        if pointer in old.classes and new.by_name.get(name) in new.classes
    }
    guesses: dict[str, str] = {}
    while True:
        # One guess may explain the next: what stands in a renamed class has the same place. What
        # two classes hold counts only where no place tells.
        chosen = best(_free(_by_place(old, new, pairs, messages), pairs))
        chosen = chosen or best(_free(_by_content(old, new, pairs), pairs))
        if not chosen:
            return Match(pairs=pairs, guesses=guesses)
        pairs |= {c.old: c.new for c in chosen}
        guesses |= {c.old: c.reason for c in chosen}


def _free(found: Iterable[Candidate], pairs: Mapping[str, str]) -> list[Candidate]:
    taken = set(pairs.values())
    return [c for c in found if c.old not in pairs and c.new not in taken]


def _by_place(
    old: Api, new: Api, pairs: Mapping[str, str], messages: Mapping[str, str]
) -> Iterator[Candidate]:
    for key, other in messages.items():
        one, two = old.context.message(key), new.context.message(other)
        for part in ("payload", "headers"):
            places = (
                old.message_class(getattr(one, part)),
                new.message_class(getattr(two, part)),
            )
            yield from _candidate(old, new, *places, f"both are the {part} of the message {key}")
    for pointer, other in pairs.items():
        before, after = old.classes[pointer], new.classes.get(other)
        if not isinstance(before, ObjectSchema) or not isinstance(after, ObjectSchema):
            continue
        later = {field.wire: field.value for field in after.fields}
        for field in before.fields:
            if field.wire in later:
                places = (_class_in(field.value), _class_in(later[field.wire]))
                reason = f"both are what {old.name(pointer)} holds as {field.wire!r}"
                yield from _candidate(old, new, *places, reason)


def _candidate(
    old: Api, new: Api, one: str | None, two: str | None, reason: str
) -> Iterator[Candidate]:
    if one in old.classes and two in new.classes and one is not None and two is not None:
        score = likeness(old.classes[one], new.classes[two])
        if score >= SAME_PLACE:
            yield Candidate(old=one, new=two, score=1 + score, reason=reason)


def _by_content(old: Api, new: Api, pairs: Mapping[str, str]) -> Iterator[Candidate]:
    taken = set(pairs.values())
    gone = [pointer for pointer in old.classes if pointer not in pairs]
    come = [pointer for pointer in new.classes if pointer not in taken]
    holders: dict[str, list[str]] = {}
    for pointer in come:
        for name in _contents(new.classes[pointer]):
            holders.setdefault(name, []).append(pointer)
    for one in gone:
        held = _contents(old.classes[one])
        for two in sorted({pointer for name in held for pointer in holders.get(name, ())}):
            score = likeness(old.classes[one], new.classes[two])
            if score >= ALIKE and len(held) > 1:
                common = len(held & _contents(new.classes[two]))
                reason = f"{common} of {len(held)} names in it are the same"
                yield Candidate(old=one, new=two, score=score, reason=reason)


def likeness(old: ClassSchema, new: ClassSchema) -> float:
    """Tell which share of the names in two classes they have in common, from 0 to 1."""
    if type(old) is not type(new):
        return 0.0
    before, after = _contents(old), _contents(new)
    if not before and not after:
        return 1.0
    return len(before & after) / len(before | after)


def _contents(schema: ClassSchema) -> set[str]:
    if isinstance(schema, ObjectSchema):
        return {field.wire for field in schema.fields}
    if isinstance(schema, UnionSchema):
        return {pointer.rpartition("/")[2] for pointer in schema.variants}
    return {str(member.value) for member in getattr(schema, "members", ())}


def _class_in(value: Value) -> str | None:
    """Return the class that a value is, or holds."""
    if isinstance(value.type, Named):
        return value.type.pointer
    if isinstance(value.type, Array):
        return _class_in(value.type.items)
    return _class_in(value.type.values) if isinstance(value.type, Map) else None


def similar(one: str, two: str) -> float:
    """Tell how alike two names are, from 0 to 1: by their words, or by their letters."""
    first = [word.lower() for word in words(one)]
    second = [word.lower() for word in words(two)]
    if not first or not second:
        return 0.0
    by_words = 2 * len(set(first) & set(second)) / (len(set(first)) + len(set(second)))
    # SequenceMatcher depends on the order of its arguments; a guess must not.
    low, high = sorted(("".join(first), "".join(second)))
    return max(by_words, SequenceMatcher(None, low, high, autojunk=False).ratio())
