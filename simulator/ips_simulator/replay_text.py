"""Messages of a recording made fit to be sent, and messages of a client held against it.

Nothing secret is in a recording. What was hidden is filled with the documentation's example of the
field of that name, so that the message fits its type again.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from stompws.descriptors import Action
from stompws.plans import closure, fields_of
from stompws.redaction import HIDDEN, Redactor
from stompws.shapes import Struct
from stompws.values import Json, is_array, is_mapping
from worldpay_ips.examples import EXAMPLES
from worldpay_ips.operations import API

from .receipts import WIDTH, encode
from .recorder import as_recorded
from .replay_script import REFERENCE

_MASKED: Final = re.compile(r"\*{12}[0-9]{4}")

_RECEIVED: Final = frozenset(
    message.name
    for operation in API.operations
    if operation.action is Action.RECEIVE
    for message in operation.messages
)


def is_hidden(value: object) -> bool:
    """Whether this stands for a value that may not be seen."""
    return isinstance(value, str) and (value == HIDDEN or _MASKED.fullmatch(value) is not None)


def fill(body: Json, references: Mapping[str, str], *, receipt: str | None = None) -> bytes:
    """The body to be sent.

    Args:
        body: As it was recorded.
        references: Recorded references of the merchant, and what this client calls them.
        receipt: The text of the receipt that it is.
    """
    filled = _filled(None, body, references)
    if receipt is not None and isinstance(filled, dict):
        filled["content"] = encode(_rename(receipt, references))
    return json.dumps(filled, ensure_ascii=False, separators=(",", ":")).encode()


def _filled(name: str | None, value: Any, references: Mapping[str, str]) -> Any:
    if is_mapping(value):
        return {key: _filled(key, item, references) for key, item in value.items()}
    if is_array(value):
        return [_filled(name, item, references) for item in value]
    if name is not None and is_hidden(value) and name in _examples():
        return _examples()[name]
    return references.get(value, value) if name == REFERENCE else value


@cache
def _examples() -> Mapping[str, Json]:
    """The documentation's first value of each field that is hidden, of what servers send."""
    types = closure([message.payload for message in API.messages])
    hidden = {field.wire for type_ in types for field in fields_of(type_) if field.sensitive}
    found: dict[str, Json] = {}
    for example in EXAMPLES:
        if example.message.name in _RECEIVED:
            for name, value in _named(json.loads(example.payload_text)):
                if name in hidden:
                    found.setdefault(name, value)
    return found


def _named(value: Any) -> Iterator[tuple[str, Any]]:
    if is_mapping(value):
        for name, item in value.items():
            yield name, item
            yield from _named(item)
    elif is_array(value):
        for item in value:
            yield from _named(item)


def _rename(text: str, references: Mapping[str, str]) -> str:
    """A receipt with the client's own reference, at the right edge as the simulator prints it."""
    lines: list[str] = []
    for line in text.split("\n"):
        left, _, last = line.rpartition(" ")
        if last in references:
            line = left.rstrip() + " " + references[last].rjust(WIDTH - len(left.rstrip()) - 1)
        lines.append(line)
    return "\n".join(lines)


def difference(recorded: Json, message: Struct | None, references: Mapping[str, str]) -> str | None:
    """Where a client's message is another than the recorded one; None when it is the same.

    The text quotes the recording, never the client.
    """
    if message is None:
        return None
    given = as_recorded(Redactor().show(message))
    return next(_differences("$", None, recorded, given, references), None)


def _differences(
    path: str, name: str | None, recorded: Any, given: Any, references: Mapping[str, str]
) -> Iterator[str]:
    if is_mapping(recorded) and is_mapping(given):
        for key in recorded.keys() | given.keys():
            place = f"{path}.{key}"
            if key not in given:
                yield f"{place} is missing"
            elif key not in recorded:
                yield f"{place} is not in the recording"
            else:
                yield from _differences(place, key, recorded[key], given[key], references)
    elif is_array(recorded) and is_array(given) and len(recorded) == len(given):
        for index, (one, other) in enumerate(zip(recorded, given, strict=True)):
            yield from _differences(f"{path}[{index}]", name, one, other, references)
    elif name == REFERENCE:
        if given != references.get(str(recorded), given):
            yield f"{path} names another payment than in the recording"
    elif not is_hidden(recorded) and recorded != given:
        yield f"{path} is {json.dumps(recorded)} in the recording"
