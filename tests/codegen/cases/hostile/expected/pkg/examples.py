# Generated from spec.yaml by stompgen. Do not edit.
# API 1____import os, sha256 8ebcb0c04f6a…
"""The examples of the document, as they would travel."""

from collections.abc import Mapping

import attrs

from stompws.descriptors import MessageType

from .operations import HOSTILE_MESSAGE


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
        message=HOSTILE_MESSAGE,
        name='"""\\',
        title=(
            'say """hi""" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it\'s \x07 " - a list - of \'two\' co'
            'de = 1 ends with a quote"'
        ),
        headers={
            'h"""': 'say """hi""" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it\'s \x07 "\n\n- a list\n- of \'two\'\n\n    code = 1\n\nends with a quote"',
        },
        payload_text=(
            "{\n"
            '  "class": "\\"\\"\\"\\\\\'{{ 7*7 }}",\n'
            '  "deep": [\n'
            '    "say \\"\\"\\"hi\\"\\"\\" \\\\ and \u202e turn {{ 7 * 7 }} {% if x %} it\'s \\u0007 \\"\\n\\n-'
            " a list\\n- of 'two'\\n\\n    code = 1\\n\\nends with a quote\\\"\",\n"
            "    null,\n"
            "    1.5,\n"
            "    true\n"
            "  ],\n"
            '  "text": "say \\"\\"\\"hi\\"\\"\\" \\\\ and \u202e turn {{ 7 * 7 }} {% if x %} it\'s \\u0007 \\'
            '"\\n\\n- a list\\n- of \'two\'\\n\\n    code = 1\\n\\nends with a quote\\""\n'
            "}"
        ),
    ),
)
"""All examples, by message."""
