"""The slow way of writing: says everything that keeps a message from being sent."""

from collections.abc import Iterator
from typing import Final

from .errors import Problem
from .plans import fields_of, rest_of
from .rules import Rule, step
from .shapes import Struct, Unrecognised
from .values import OpenStrEnum, is_array, is_mapping

_UNSET: Final = object()


def examine(message: Struct) -> list[Problem]:
    """List what the schema forbids, and what was received but may not be sent on."""
    try:
        return list(_struct(message, "$"))
    except RecursionError:
        return [Problem("$", "nested too deeply")]
    except (AttributeError, TypeError):
        return [Problem("$", "holds an object that its constructor did not make")]


def _struct(message: Struct, path: str) -> Iterator[Problem]:
    for field in fields_of(type(message)):
        value = getattr(message, field.name, _UNSET)
        if value is _UNSET:
            yield Problem(path + step(field.wire), "was never set: use the constructor")
        elif field.required or value is not field.absent:
            for at, text in _value(field.rule, value, path + step(field.wire)):
                yield Problem(at, text, field.guessed)
            yield from _inside(value, path + step(field.wire))
    unknown = getattr(message, "unknown_fields", None)
    if not is_mapping(unknown):
        yield Problem(path, "expected unknown_fields to be a mapping")
        return
    named = {field.wire for field in fields_of(type(message)) if field.kind is None}
    if (rest := rest_of(type(message))) is not None:
        for name in named.intersection(getattr(message, rest.name)):
            yield Problem(path + step(name), "has a field of its own")
    for name in unknown:
        # What came in and did not fit its field stands here too, under its own name.
        kept = "a received value that did not fit" if name in named else "unknown fields"
        yield Problem(path + step(name), f"{kept} {'is' if name in named else 'are'} not sent")


def _value(rule: Rule, value: object, path: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a value outside the structs it holds."""
    yield from ((path + at, text) for at, text in rule.violations(value))
    for at, leaf in _leaves(value, path):
        if isinstance(leaf, OpenStrEnum) and not leaf.is_known:
            yield at, "unknown values are not sent"
        elif isinstance(leaf, Unrecognised):
            yield at, "an unrecognised member is not sent"
        elif isinstance(leaf, str) and not _is_text(leaf):
            yield at, "expected text, got half a surrogate pair"


def _leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    if is_mapping(value):
        for name, item in value.items():
            yield path, name
            yield from _leaves(item, path + step(str(name)))
    elif is_array(value):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{path}[{index}]")
    else:
        yield path, value


def _inside(value: object, path: str) -> Iterator[Problem]:
    """Go into the structs that a value holds."""
    for at, leaf in _leaves(value, path):
        if isinstance(leaf, Struct):
            yield from _struct(leaf, at)


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
