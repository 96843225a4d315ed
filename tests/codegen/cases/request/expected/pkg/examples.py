# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 ac4ec221a86b…
"""The examples of the document, as they would travel."""

from collections.abc import Mapping

import attrs

from stompws.descriptors import MessageType

from .operations import QUESTION_MESSAGE


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
        message=QUESTION_MESSAGE,
        name="utc",
        title="In UTC",
        headers={},
        payload_text=('{\n  "zone": "UTC"\n}'),
    ),
)
"""All examples, by message."""
