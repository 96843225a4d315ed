# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 2498750ba22f…
"""The examples of the document, as they would travel."""

from collections.abc import Mapping

import attrs

from stompws.descriptors import MessageType

from .operations import WORDS_MESSAGE


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
        message=WORDS_MESSAGE,
        name="greeting",
        title="greeting",
        headers={
            "mood": "glad",
            "urgency": "2",
        },
        payload_text=('{\n  "by": "ann",\n  "text": "Good morning"\n}'),
    ),
)
"""All examples, by message."""
