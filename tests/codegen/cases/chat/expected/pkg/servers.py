# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 2498750ba22f…
"""The servers that the API is offered on."""

from typing import ClassVar

import attrs

from stompws.descriptors import Endpoint
from stompws.rules import Text
from stompws.shapes import Server, field_info


@attrs.frozen(kw_only=True)
class Broker(Server):
    """A broker that knows users.

    Source: #/servers/broker
    """

    location: ClassVar[str] = "{host}:15673/ws"
    stomp_versions: ClassVar[tuple[str, ...]] = ("1.2", "1.1", "1.0")
    subprotocols: ClassVar[tuple[str, ...]] = ("v12.stomp", "v11.stomp", "v10.stomp")

    host: str = attrs.field(validator=Text(min_length=1), metadata=field_info("host"))
    """Where the broker runs.

    Limits: at least 1 character.
    """


ARCHIVE = Endpoint(name="archive", protocol="kafka", location="archive.example:9092")
"""Everything that was said."""
