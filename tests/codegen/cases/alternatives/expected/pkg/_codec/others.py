# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 f3149dbbded7…
"""Codec of the messages in `others`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from ..messages import others as types



CODEC: dict[Any, Any] = {
}
