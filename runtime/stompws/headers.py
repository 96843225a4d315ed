"""Application headers: written by their roles, read into the class that a message declares."""

import json
from collections.abc import Mapping
from uuid import uuid4

from .descriptors import HeaderRoles
from .frames import SAFE_HEADERS


def new_id() -> str:
    """Return a fresh id for a conversation, a message or a publisher: a random UUID."""
    return str(uuid4())


def write_headers(
    roles: HeaderRoles,
    *,
    correlation_id: str | None,
    message_id: str | None,
    publisher_id: str | None,
) -> dict[str, str]:
    """Return the headers by their names on the wire; a role without a name or a value is left out.

    The media type is added: every message of ours is JSON.
    """
    filled = {
        roles.correlation_id: correlation_id,
        roles.message_id: message_id,
        roles.publisher_id: publisher_id,
    }
    written = {name: value for name, value in filled.items() if name and value is not None}
    return {**written, "content-type": "application/json"}


def read_role(headers: Mapping[str, str], name: str | None) -> str | None:
    """Return the value of the header that has a role; None when it, or the role, is not there."""
    return None if name is None else headers.get(name)


def application_json(headers: Mapping[str, object]) -> bytes:
    """Return the headers that STOMP does not define as a JSON object, ready to be decoded."""
    own = {name: value for name, value in headers.items() if name not in SAFE_HEADERS}
    return json.dumps(own).encode()
