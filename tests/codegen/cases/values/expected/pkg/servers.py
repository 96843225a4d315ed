# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 92efdc6486d3…
"""The servers that the API is offered on."""

from typing import ClassVar

import attrs

from stompws.shapes import Server


@attrs.frozen(kw_only=True)
class Here(Server):
    """The server `Here`.

    Source: #/servers/here
    """

    location: ClassVar[str] = "localhost/ws"
    stomp_versions: ClassVar[tuple[str, ...]] = ("1.2", "1.1", "1.0")
    subprotocols: ClassVar[tuple[str, ...]] = ("v12.stomp", "v11.stomp", "v10.stomp")
