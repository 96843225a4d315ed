"""What the comparers share: both sides, what is the same thing in them, and the changes so far."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from ..naming import pascal_case
from .api import Api, joined
from .changes import FINE, Area, Breaks, Change, Direction, Kind
from .matching import Match, match_classes, match_keys
from .surface import Parameter, PythonClass
from .values import ValueJudge

NAME = re.compile(r"\b[^\W\d]\w*\b")


@attrs.define(kw_only=True, slots=False)
class Comparison:
    """Two documents being compared."""

    old: Api
    new: Api
    channels: Match
    operations: Match
    messages: Match
    classes: Match
    """By pointer; the others by key."""
    changes: list[Change] = attrs.field(factory=list[Change])

    def __attrs_post_init__(self) -> None:
        self.judge = ValueJudge(self.old, self.new, self.classes.pairs)
        self._renamed = {
            self.old.name(one): self.new.name(two) for one, two in self.classes.pairs.items()
        }
        # Classes of conversations and replies are named after the operation, or the client.
        beginnings = {pascal_case(a): pascal_case(b) for a, b in self.operations.pairs.items()}
        beginnings[self.old.context.client] = self.new.context.client
        for one, two in sorted(beginnings.items()):
            for name in self.old.surface if one != two else ():
                now = two + name.removeprefix(one)
                if (
                    name.startswith(one)
                    and name not in self.new.surface
                    and now in self.new.surface
                ):
                    self._renamed.setdefault(name, now)

    def add(
        self,
        kind: Kind,
        area: Area,
        name: str,
        what: str,
        *,
        old: str | None = None,
        new: str | None = None,
        direction: Direction = Direction.BOTH,
        breaks: Breaks = FINE,
        guess: str | None = None,
        before: str | None = None,
        after: str | None = None,
    ) -> None:
        """Note a change."""
        self.changes.append(
            Change(
                kind=kind,
                area=area,
                name=name,
                what=what,
                old=old,
                new=new,
                direction=direction,
                breaks=breaks,
                guess=guess,
                before=before,
                after=after,
            )
        )

    def docs(
        self, area: Area, name: str, old: Any, new: Any, parts: Iterable[str], what: str = ""
    ) -> None:
        """Note when what is only told of something has changed."""
        changed = [part for part in parts if _told(old, part) != _told(new, part)]
        if changed:
            listed = ", ".join(part.replace("_", " ") for part in changed)
            self.add(
                Kind.DOCS,
                area,
                name,
                f"Other words: {listed}{what}.",
                old=getattr(old, "pointer", None),
                new=getattr(new, "pointer", None),
            )

    def direction(self, old: str | None, new: str | None) -> Direction:
        """Tell which way a class travels in either document."""
        ways = {
            self.old.directions.get(old or "", Direction.NONE),
            self.new.directions.get(new or "", Direction.NONE),
        }
        return Direction.BOTH if Direction.BOTH in ways else joined(ways)

    def renamed(self, annotation: str) -> str:
        """Write an old annotation with the names that the classes have now."""
        return NAME.sub(lambda found: self._renamed.get(found[0], found[0]), annotation)

    def signature_change(
        self, old: Iterable[Parameter], new: Iterable[Parameter]
    ) -> tuple[list[str], bool]:
        """Tell how parameters changed, in words, and whether a call that was fine may break."""
        before = {part.name: part for part in old}
        after = {part.name: part for part in new}
        words: list[str] = []
        breaks = False
        for name in [*before, *(n for n in after if n not in before)]:
            one, two = before.get(name), after.get(name)
            if one is None and two is not None:
                words.append(f"`{name}` is new" + (" and required" if two.required else ""))
                breaks |= two.required
            elif two is None:
                words.append(f"`{name}` is gone")
                breaks = True
            elif one is not None:
                if self.renamed(one.annotation) != two.annotation:
                    words.append(f"`{name}` is `{two.annotation}`, was `{one.annotation}`")
                    breaks |= not accepts_all(self.renamed(one.annotation), two.annotation)
                if two.required and not one.required:
                    words.append(f"`{name}` is required now")
                    breaks = True
        return words, breaks

    def python_pair(self, old: str, new: str) -> tuple[PythonClass, PythonClass]:
        """Return the Python of two classes, by pointer."""
        return self.old.python(old), self.new.python(new)


def accepts_all(old: str, new: str) -> bool:
    """Tell whether an annotation takes everything the old one took: a union with more in it."""
    return set(_alternatives(old)) <= set(_alternatives(new))


def _alternatives(annotation: str) -> list[str]:
    """Take a union apart at its outermost bars."""
    parts, depth, start = list[str](), 0, 0
    for index, char in enumerate(annotation):
        depth += (char in "[(") - (char in "])")
        if char == "|" and depth == 0:
            parts.append(annotation[start:index].strip())
            start = index + 1
    return [*parts, annotation[start:].strip()]


def _told(thing: Any, part: str) -> Any:
    value = getattr(thing, part, None)
    return " ".join(value.split()) if isinstance(value, str) else value


def begin(old: Api, new: Api) -> Comparison:
    """Find out what is the same thing in both documents."""
    channels = match_keys(
        [c.key for c in old.context.model.channels],
        [c.key for c in new.context.model.channels],
        lambda one, two: _same_channel(old, new, one, two),
    )
    messages = match_keys(
        [m.key for m in old.context.model.messages],
        [m.key for m in new.context.model.messages],
        lambda one, two: _same_message(old, new, one, two),
    )
    operations = match_keys(
        [o.key for o in old.context.model.operations],
        [o.key for o in new.context.model.operations],
        lambda one, two: _same_operation(old, new, one, two, channels.pairs, messages.pairs),
    )
    classes = match_classes(old, new, messages.pairs)
    return Comparison(
        old=old, new=new, channels=channels, messages=messages, operations=operations,
        classes=classes,
    )  # fmt: skip


def _same_channel(old: Api, new: Api, one: str, two: str) -> tuple[float, str] | None:
    before = old.context.model.channel_by_key[one].address
    after = new.context.model.channel_by_key[two].address
    same = before is not None and before == after
    return (1.0, f"both have the address {before}") if same else None


def _same_message(old: Api, new: Api, one: str, two: str) -> tuple[float, str] | None:
    before, after = old.context.message(one), new.context.message(two)
    if before.payload is None or after.payload is None:
        return None
    first, second = old.name(before.payload), new.name(after.payload)
    return (1.0, f"both carry {first}") if first == second else None


def _same_operation(
    old: Api,
    new: Api,
    one: str,
    two: str,
    channels: Mapping[str, str],
    messages: Mapping[str, str],
) -> tuple[float, str] | None:
    before = old.context.model.operation_by_key[one]
    after = new.context.model.operation_by_key[two]
    carried = {messages.get(key, key) for key in before.messages}
    if before.action != after.action or channels.get(before.channel) != after.channel:
        return None
    if carried != set(after.messages):
        return None
    return 1.0, f"both {before.action} the same messages on the channel {after.channel}"
