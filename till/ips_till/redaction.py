"""What a till may write down or show: messages by their schema, everything else searched.

The layers are those of `stompws.redaction`; here they are told which fields of this API are
references, and cover what only a till has: its own facts, outcomes and errors.
"""

import math
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

import attrs

from stompws.codec import Codec
from stompws.decoding import codec_of
from stompws.descriptors import Action
from stompws.frames import SAFE_HEADERS, Frame
from stompws.redaction import HIDDEN, Redactor, is_hidden_name, mask_numbers
from stompws.session import Direction
from stompws.shapes import Struct
from stompws.values import Json, is_array, is_mapping
from worldpay_ips.operations import API

REFERENCES: Final = frozenset(
    {
        "eftSequenceNumber",
        "gatewayTransactionReference",
        "merchantTransactionReference",
        "pointOfSaleReference",
        "receiptNumber",
        "retrievalReferenceNumber",
    }
)
"""Wire names whose values are numbers of things and may pass the check of a card number."""

_OWN_REFERENCES: Final = frozenset(
    {"about", "correlation_id", "gateway_reference", "reference", "started"}
)
"""The same among the facts that a till notes and the fields of its outcomes."""

_SHOWN_HEADERS: Final = SAFE_HEADERS | {"x-wp-correlation-id", "x-wp-message-id"}
_UUIDS: Final = frozenset({"x-wp-correlation-id", "x-wp-message-id"})
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")
_REFERENCE: Final = re.compile(r"[A-Za-z0-9_-]{1,36}\Z")
_LONGEST_HEADER: Final = 200
_DEEPEST: Final = 12


def safe_text(text: str) -> str:
    """Return a text as it may be shown: card numbers and license keys masked."""
    return mask_numbers(text)


_REDACTOR: Final = Redactor(exempt=REFERENCES)


def safe_message(message: object) -> Json:
    """Copy a message as JSON, masked by its schema; references stay whole."""
    return _REDACTOR.value(message)


def safe_fields(message: Struct) -> dict[str, Json]:
    """Copy a message as `safe_message` does, as the dict that it is."""
    shown = safe_message(message)
    return dict(shown) if is_mapping(shown) else {}


def safe_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Copy facts of a till as JSON. What was not made for being shown is hidden.

    Names decide first, then values are searched. Errors become their class and their text, own
    records the fields that their `repr` shows.
    """
    return {safe_text(str(name)): _named(str(name), value, 0) for name, value in facts.items()}


def _named(name: str, value: object, depth: int) -> Any:
    if name in _OWN_REFERENCES and isinstance(value, str) and _REFERENCE.match(value):
        return value
    if value is not None and not isinstance(value, bool) and is_hidden_name(name):
        return HIDDEN
    return _fact(value, depth + 1)


def _fact(value: object, depth: int) -> Any:
    if depth > _DEEPEST:
        return HIDDEN
    match value:
        case Struct():
            return safe_message(value)
        case float():
            return value if math.isfinite(value) and _harmless(value) else HIDDEN
        case datetime():
            return value.isoformat()
        case BaseException():
            return {"error": type(value).__name__, "text": safe_text(str(value))}
        case _ if is_mapping(value):
            return {safe_text(str(key)): _named(str(key), it, depth) for key, it in value.items()}
        case _ if is_array(value):
            return [_fact(item, depth + 1) for item in value]
        case _ if attrs.has(value.__class__):
            return _record(value, depth)
        case _:
            return _REDACTOR.value(value)


def _record(value: Any, depth: int) -> Any:
    shown: dict[str, Any] = {}
    for field in attrs.fields(value.__class__):
        if field.repr:
            shown[field.name] = _named(field.name, getattr(value, field.name), depth)
    return shown


def _harmless(value: float) -> bool:
    return mask_numbers(repr(value)) == repr(value)


def safe_headers(frame: Frame) -> list[tuple[str, str]]:
    """Return names and values of a frame's headers; `…` stands for what may not be seen."""
    return [(safe_text(name)[:_LONGEST_HEADER], _header(name, it)) for name, it in frame.headers]


def _header(name: str, value: str) -> str:
    if name not in _SHOWN_HEADERS:
        return "…"
    if name in _UUIDS and _UUID.match(value):
        return value
    return safe_text(value)[:_LONGEST_HEADER]


def safe_body(direction: Direction, frame: Frame) -> Json:
    """Return the body of a frame as its message, masked; None when it is no message we know."""
    type_ = _types(direction).get(frame.header("destination") or "")
    if not frame.body or type_ is None:
        return None
    return safe_message(_codec().receive(type_, frame.body).payload)


@cache
def _codec() -> Codec:
    return codec_of(API)


@cache
def _types(direction: Direction) -> Mapping[str, type[Struct]]:
    action = Action.SEND if direction == "sent" else Action.RECEIVE
    return {
        operation.channel.address: operation.messages[0].payload
        for operation in API.operations
        if operation.messages and operation.action is action
    }
