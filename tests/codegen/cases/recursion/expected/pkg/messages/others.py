# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 4acd565cf19e…
"""Schemas of the document that no message needs."""

from typing import TypeAlias

from stompws.rules import Of

from .common import JsonMessage

Json_: TypeAlias = JsonMessage
"""Schema `Json_`.

Source: #/components/schemas/Json
"""

JSON = Of(JsonMessage)
