# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 ac4ec221a86b…
"""The servers that the API is offered on."""

from typing import ClassVar

import attrs

from stompws.rules import Integer, Text
from stompws.shapes import Server, field_info


@attrs.frozen(kw_only=True)
class Main(Server):
    """The server `Main`.

    Source: #/servers/main
    """

    location: ClassVar[str] = "{host}:{port}/time"
    stomp_versions: ClassVar[tuple[str, ...]] = ("1.2", "1.1", "1.0")
    subprotocols: ClassVar[tuple[str, ...]] = ("v12.stomp", "v11.stomp", "v10.stomp")

    host: str = attrs.field(
        default="localhost", validator=Text(min_length=1), metadata=field_info("host")
    )
    """Where the clock is.

    Limits: at least 1 character.
    """

    port: int = attrs.field(
        default=9000, validator=Integer(minimum=1, maximum=65535), metadata=field_info("port")
    )
    """The variable `port`.

    Limits: 1 to 65535.
    """
