# Generated from spec.yaml by stompgen. Do not edit.
# API 2.0.0, sha256 65a4f485d3f2…
"""The examples of the document, as they would travel."""

from collections.abc import Mapping

import attrs

from stompws.descriptors import MessageType

from .operations import MOVED_MESSAGE


@attrs.frozen(kw_only=True)
class Example:
    """An example of a message."""

    message: MessageType
    name: str
    title: str
    headers: Mapping[str, str] = attrs.field(hash=False)
    payload_text: str = attrs.field(repr=False)
    """The payload as JSON."""


EXAMPLES: tuple[Example, ...] = (
    Example(
        message=MOVED_MESSAGE,
        name="Moved1",
        title="Moved1",
        headers={
            "reply-to": "inbox",
        },
        payload_text=('{\n  "depot": "north",\n  "weight": 12\n}'),
    ),
)
"""All examples, by message."""
