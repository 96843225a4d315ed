"""Messages of an operation from frames: bodies and application headers, strictly or tolerantly."""

import contextlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs

from .codec import Codec
from .descriptors import Api, MessageType, Operation
from .errors import DecodeError, Problem
from .headers import application_json
from .plans import fields_of
from .records import Record
from .rules import Boolean, Integer, Number
from .shapes import Struct, Undecodable


@lru_cache(maxsize=8)
def codec_of(api: Api) -> Codec:
    """Return the codec for every message and header class of an API, with all its hooks ready.

    There is one for all clients: it takes longer to build, and more memory, than a connection.
    """
    found: dict[type[Struct], None] = {}
    for message in api.messages:
        found[message.payload] = None
        if message.headers is not None:
            found[message.headers] = None
    return Codec(found)


def decode_body(codec: Codec, messages: Sequence[MessageType], body: bytes) -> Struct:
    """Return the body as the first message of the operation that it fits.

    Raises:
        DecodeError: It fits none; the problems are those of the first.
    """
    failure: DecodeError | None = None
    for message in messages:
        try:
            return _struct(codec.decode(message.payload, body))
        except DecodeError as exc:
            failure = failure or exc
    raise failure or DecodeError("message", [Problem("$", "the operation has no message")])


def decode_headers(
    codec: Codec, messages: Sequence[MessageType], headers: Mapping[str, str]
) -> Struct | None:
    """Return the application headers as the class that the first message declares, if any.

    Raises:
        DecodeError: They do not fit; paths start with `headers`.
    """
    if not messages or (type_ := messages[0].headers) is None:
        return None
    try:
        return _struct(codec.decode(type_, application_json(_typed(type_, headers))))
    except DecodeError as exc:
        raise DecodeError(exc.type_name, _of_headers(exc.problems)) from None


@attrs.frozen
class Reading(Record):
    """A received message as far as it could be read."""

    payload: Struct | Undecodable
    headers: Struct | None
    problems: tuple[Problem, ...]
    raw: bytes | None = attrs.field(default=None, repr=False)
    """The body, where the payload does not hold all of it."""


def read_message(
    codec: Codec, operation: Operation, headers: Mapping[str, str], body: bytes
) -> Reading:
    """Read a message of an operation as tolerantly as possible; never raises.

    Of several possible messages the first without a problem is taken, else the first that decodes.
    """
    found: Struct | Undecodable | None = None
    problems: tuple[Problem, ...] = ()
    raw: bytes | None = body
    for message in operation.messages:
        received = codec.receive(message.payload, body)
        payload: Struct | Undecodable = received.payload
        better = found is None or (
            isinstance(found, Undecodable) and not isinstance(payload, Undecodable)
        )
        if better or not received.problems:
            found, problems, raw = payload, tuple(received.problems), received.raw
        if not problems:
            break
    if found is None:
        problems = (Problem("$", "the operation has no message"),)
        found = Undecodable(operation.name, body, problems)
    own, more = _read_headers(codec, operation, headers)
    return Reading(found, own, (*problems, *more), raw)


def _read_headers(
    codec: Codec, operation: Operation, headers: Mapping[str, str]
) -> tuple[Struct | None, tuple[Problem, ...]]:
    if not operation.messages or (type_ := operation.messages[0].headers) is None:
        return None, ()
    received = codec.receive(type_, application_json(_typed(type_, headers)))
    own: Struct | Undecodable = received.payload
    problems = tuple(_of_headers(received.problems))
    return (None if isinstance(own, Undecodable) else own), problems


def _typed(type_: type[Any], headers: Mapping[str, str]) -> Mapping[str, object]:
    """Return the headers with numbers and booleans as such: in a frame all of them are texts."""
    found: dict[str, object] = dict(headers)
    for field in fields_of(type_):
        if isinstance(field.rule, Boolean | Integer | Number) and field.wire in headers:
            with contextlib.suppress(ValueError):  # of what is no number the rule tells
                found[field.wire] = json.loads(headers[field.wire])
    return found


def _of_headers(problems: Iterable[Problem]) -> list[Problem]:
    return [attrs.evolve(p, path="headers" + p.path.removeprefix("$")) for p in problems]


def _struct(payload: Any) -> Struct:
    """Narrow what a codec made: descriptors hold their classes as `type[Any]`."""
    if not isinstance(payload, Struct):
        raise TypeError(f"{type(payload).__name__} is no message class")
    return payload
