"""The documentation's example messages, which are what the simulator says by default."""

from collections.abc import Mapping
from functools import cache
from typing import TypeVar

from stompws.codec import Codec
from stompws.descriptors import Operation
from stompws.server import codec_of
from stompws.shapes import Struct
from worldpay_ips.examples import EXAMPLES
from worldpay_ips.operations import API

S = TypeVar("S", bound=Struct)


@cache
def codec() -> Codec:
    """One codec for all messages, and for a client in this process: building it takes a while."""
    return codec_of(API)


def documented(type_: type[S]) -> S:
    """The first example of a message."""
    found = _first_examples().get(type_)
    if not isinstance(found, type_):
        raise LookupError(f"the documentation shows no {type_.__name__}")
    return found


@cache
def _first_examples() -> Mapping[type[Struct], Struct]:
    found: dict[type[Struct], Struct] = {}
    for example in EXAMPLES:
        type_: type[Struct] = example.message.payload
        if type_ not in found:
            found[type_] = codec().decode(type_, example.payload_text)
    return found


def all_documented(operation: Operation) -> list[Struct]:
    """Every example of the messages of an operation."""
    names = [message.name for message in operation.messages]
    found: list[Struct] = []
    for example in EXAMPLES:
        if example.message.name in names:
            payload: Struct = codec().decode(example.message.payload, example.payload_text)
            found.append(payload)
    return found
