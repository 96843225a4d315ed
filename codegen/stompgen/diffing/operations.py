"""Compares operations and messages, and the methods that are made of operations."""

from collections.abc import Iterable
from typing import Any

from ..model import MessageModel, OperationModel
from ..naming import method
from ..schemas import Named, Value
from .api import Api
from .attributes import attribute_names
from .changes import FINE, WIRE, Area, Breaks, Direction, Kind
from .comparison import Comparison
from .limits import OTHER, Fit
from .rules import compare_rules
from .wording import kind_of, listing

TOLD = ("title", "summary", "description", "source", "tags")
UNTOLD = frozenset({*TOLD, "key", "name", "pointer", "examples", "external_docs", "synthetic"})
"""Attributes of models that make no difference to programs."""


def unknown_parts(old: Any, new: Any, known: Iterable[str]) -> list[str]:
    """List the attributes of a model that nobody here knows, and that differ."""
    left_out = {*known, *UNTOLD}
    return [
        name
        for name in attribute_names(old)
        if name not in left_out and getattr(old, name) != getattr(new, name, None)
    ]


def compare_operations(comparison: Comparison) -> None:
    """Note what changed in all operations."""
    before = comparison.old.context.model.operation_by_key
    after = comparison.new.context.model.operation_by_key
    pairs = comparison.operations.pairs
    for key, operation in before.items():
        if key in pairs:
            _Operation(comparison, operation, after[pairs[key]]).compare()
            continue
        python = method(key)
        comparison.add(
            Kind.REMOVED, Area.OPERATION, key, f"The operation is gone{_as_method(operation)}.",
            old=operation.pointer, direction=_direction(operation),
            breaks=WIRE | Breaks(python=True),
            before=f"api.{python}(...)" if operation.opens else None,
        )  # fmt: skip
    for key, operation in after.items():
        if key not in pairs.values():
            comparison.add(
                Kind.ADDED, Area.OPERATION, key, f"New operation{_as_method(operation)}.",
                new=operation.pointer, direction=_direction(operation),
                after=f"api.{method(key)}(...)" if operation.opens else None,
            )  # fmt: skip


def _direction(operation: OperationModel) -> Direction:
    return Direction.SENT if operation.action == "send" else Direction.RECEIVED


def _as_method(operation: OperationModel) -> str:
    return f", the method `{method(operation.key)}`" if operation.opens else ""


class _Operation:
    def __init__(self, comparison: Comparison, old: OperationModel, new: OperationModel) -> None:
        self._all, self._old, self._new = comparison, old, new
        self._way = _direction(new)

    def compare(self) -> None:
        old, new, match = self._old, self._new, self._all
        if old.key != new.key:
            opens = old.opens and new.opens
            self._note(
                Kind.RENAMED, f"Was called {old.key}.", Breaks(python=True),
                guess=match.operations.guesses.get(old.key),
                before=f"api.{method(old.key)}(...)" if opens else None,
                after=f"api.{method(new.key)}(...)" if opens else None,
            )  # fmt: skip
        if old.action != new.action:
            what = f"The described application is to {new.action} it; it was to {old.action} it."
            self._note(Kind.CONVERSATION, what, WIRE | Breaks(python=True), way=Direction.BOTH)
        self._address()
        self._messages()
        self._security()
        rules = compare_rules(old.conversation, new.conversation, match.operations.pairs)
        for what, breaks, way in rules:
            self._note(Kind.CONVERSATION, what, breaks, way=way)
        known = {"action", "channel", "messages", "security", "conversation"}
        for name in unknown_parts(old, new, known):
            self._note(Kind.CHANGED, f"{name} is another.", WIRE, way=Direction.BOTH)
        match.docs(Area.OPERATION, new.key, old, new, TOLD)

    def _address(self) -> None:
        old, new = self._old.channel, self._new.channel
        if self._all.channels.pairs.get(old) == new:
            return  # told of the channel, when its address changed
        before = self._all.old.context.model.channel_by_key[old].address
        after = self._all.new.context.model.channel_by_key[new].address
        if before != after:
            self._note(Kind.ADDRESS, f"It goes to {after}; it went to {before}.", WIRE)

    def _messages(self) -> None:
        pairs = self._all.messages.pairs
        before = {pairs.get(key, key): key for key in self._old.messages}
        for key in before:
            if key not in self._new.messages:
                what = f"It does not carry the message {before[key]} any more."
                breaks = Breaks(sender=True, python=self._way.sends)
                self._note(Kind.NARROWED, what, breaks)
        for key in self._new.messages:
            if key not in before:
                what = f"It may carry the message {key}."
                self._note(Kind.WIDENED, what, Breaks(receiver=True))

    def _security(self) -> None:
        old, new = set(self._old.security), set(self._new.security)
        if old == new:
            return
        what = f"It needs {listing(sorted(new))}; it needed {listing(sorted(old))}."
        self._note(Kind.SECURITY, what, WIRE if new else FINE)

    def _note(
        self,
        kind: Kind,
        what: str,
        breaks: Breaks,
        *,
        way: Direction | None = None,
        **more: str | None,
    ) -> None:
        self._all.add(
            kind, Area.OPERATION, self._new.key, what, old=self._old.pointer,
            new=self._new.pointer, direction=way or self._way, breaks=breaks, **more,
        )  # fmt: skip


def compare_messages(comparison: Comparison) -> None:
    """Note what changed in all messages; what is in their payloads is told of its class."""
    before = comparison.old.context.model.message_by_key
    after = comparison.new.context.model.message_by_key
    match = comparison.messages
    for key, message in before.items():
        if key not in match.pairs:
            what = "The message is gone."
            comparison.add(
                Kind.REMOVED, Area.MESSAGE, key, what, old=message.pointer,
                direction=_ways(comparison, key, None),
            )  # fmt: skip
            continue
        _message(comparison, message, after[match.pairs[key]])
    for key, message in after.items():
        if key not in match.pairs.values():
            comparison.add(
                Kind.ADDED, Area.MESSAGE, key, "New message.", new=message.pointer,
                direction=_ways(comparison, None, key),
            )  # fmt: skip


def _message(comparison: Comparison, old: MessageModel, new: MessageModel) -> None:
    common: dict[str, Any] = {
        "old": old.pointer,
        "new": new.pointer,
        "direction": _ways(comparison, old.key, new.key),
    }
    if old.key != new.key:
        comparison.add(
            Kind.RENAMED, Area.MESSAGE, new.key, f"Was called {old.key}.",
            guess=comparison.messages.guesses.get(old.key), **common,
        )  # fmt: skip
    for part in ("payload", "headers"):
        _schema(comparison, part, old, new, common)
    if old.correlation_location != new.correlation_location:
        comparison.add(
            Kind.HEADER_ROLE, Area.MESSAGE, new.key,
            f"Its correlation id is at {new.correlation_location or 'no place'}; "
            f"it was at {old.correlation_location or 'no place'}.",
            breaks=WIRE, **common,
        )  # fmt: skip
    known = {"payload", "headers", "correlation_location"}
    for name in unknown_parts(old, new, known):
        what = f"Its {name.replace('_', ' ')} is another."
        comparison.add(Kind.CHANGED, Area.MESSAGE, new.key, what, breaks=WIRE, **common)
    comparison.docs(Area.MESSAGE, new.key, old, new, (*TOLD, "examples"))


def _schema(
    comparison: Comparison,
    part: str,
    old: MessageModel,
    new: MessageModel,
    common: dict[str, Any],
) -> None:
    before, after = comparison.old, comparison.new
    one = before.message_class(getattr(old, part))
    two = after.message_class(getattr(new, part))
    if one is not None and two is not None and comparison.classes.pairs.get(one) == two:
        return  # told of the class
    if one is None and two is None:
        return
    fit = OTHER if one is None or two is None else _fit(comparison, one, two)
    names = [_named(before, one), _named(after, two)]
    if not fit and names[0] == names[1]:
        return
    comparison.add(
        kind_of(fit), Area.MESSAGE, new.key,
        f"Its {'headers are' if part == 'headers' else 'payload is'} {names[1]}; "
        f"before, {names[0]}.",
        breaks=Breaks(sender=fit.loses, receiver=fit.gains, python=names[0] != names[1]), **common,
    )  # fmt: skip


def _fit(comparison: Comparison, one: str, two: str) -> Fit:
    before, after = comparison.old, comparison.new
    if one in before.classes and two in after.classes:
        old, new = Named(pointer=one), Named(pointer=two)
        return comparison.judge.fit(Value(type=old), Value(type=new))
    same = before.context.document.look(one) == after.context.document.look(two)
    return Fit() if same else OTHER


def _named(api: Api, pointer: str | None) -> str:
    if pointer is None:
        return "nothing"
    return api.name(pointer) if pointer in api.classes else "a value of its own"


def _ways(comparison: Comparison, old: str | None, new: str | None) -> Direction:
    """Tell which way a message travels in either document."""
    found: set[Direction] = set()
    for api, key in ((comparison.old, old), (comparison.new, new)):
        for operation in api.context.model.operations:
            if key in operation.messages:
                found.add(_direction(operation))
    if not found:
        return Direction.NONE
    return found.pop() if len(found) == 1 else Direction.BOTH
