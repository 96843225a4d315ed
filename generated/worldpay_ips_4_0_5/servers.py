# Generated from ips-payment-4.0.5-invented.json by stompgen. Do not edit.
# API 4.0.5-invented, sha256 d156c212cde2…
"""The servers that the API is offered on."""

from typing import ClassVar

import attrs

from stompws.rules import Integer, Text
from stompws.shapes import Server, field_info


@attrs.frozen(kw_only=True)
class CloudLive(Server):
    """Live system of IPS Cloud, documented with its own API line (1.4.0).

    Source: #/servers/cloudLive
    """

    location: ClassVar[str] = "ipscloud.worldpay.com:443/ipc-app/payment/{paypointRef}"
    stomp_versions: ClassVar[tuple[str, ...]] = ("1.0", "1.2", "1.1")
    subprotocols: ClassVar[tuple[str, ...]] = ("v10.stomp",)

    paypoint_ref: str = attrs.field(
        validator=Text(min_length=1, max_length=20, pattern="^[A-Za-z0-9_-]+$"),
        metadata=field_info("paypointRef"),
    )
    """Reference of the paypoint on which the action should be performed: 1 to 20 characters of A-Z,
    a-z, 0-9, hyphen and underscore.

    Limits: 1 to 20 characters, pattern `^[A-Za-z0-9_-]+$`.

    For example `INST001`.
    """


@attrs.frozen(kw_only=True)
class CloudTest(Server):
    """Test system of IPS Cloud, documented with its own API line (1.4.0).

    Source: #/servers/cloudTest
    """

    location: ClassVar[str] = "ws.muat.worldpaypp.com:443/ipc-app/payment/{paypointRef}"
    stomp_versions: ClassVar[tuple[str, ...]] = ("1.0", "1.2", "1.1")
    subprotocols: ClassVar[tuple[str, ...]] = ("v10.stomp",)

    paypoint_ref: str = attrs.field(
        validator=Text(min_length=1, max_length=20, pattern="^[A-Za-z0-9_-]+$"),
        metadata=field_info("paypointRef"),
    )
    """Reference of the paypoint on which the action should be performed: 1 to 20 characters of A-Z,
    a-z, 0-9, hyphen and underscore.

    Limits: 1 to 20 characters, pattern `^[A-Za-z0-9_-]+$`.

    For example `INST001`.
    """


@attrs.frozen(kw_only=True)
class OnPremise(Server):
    """On-premise installation of IPS.

    Source: #/servers/onPremise
    """

    location: ClassVar[str] = "{host}:{port}/ipc-app/payment/{paypointId}"
    stomp_versions: ClassVar[tuple[str, ...]] = ("1.2", "1.1", "1.0")
    subprotocols: ClassVar[tuple[str, ...]] = ("v12.stomp",)

    host: str = attrs.field(
        validator=Text(
            min_length=1,
            max_length=255,
            pattern="^([A-Za-z0-9._-]+|\\[?[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*\\]?)$",
        ),
        metadata=field_info("host"),
    )
    """The IP address or domain name of the host running IPS.

    Limits: 1 to 255 characters, pattern
    `^([A-Za-z0-9._-]+|\\[?[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*\\]?)$`.

    For example `ips.example.com`, `192.0.2.10`, `2001:db8::10`.
    """

    port: int = attrs.field(
        default=7080, validator=Integer(minimum=1, maximum=65535), metadata=field_info("port")
    )
    """The port on which the IPS application is listening.

    Limits: 1 to 65535.

    For example `7080`.
    """

    paypoint_id: str = attrs.field(
        validator=Text(min_length=1, max_length=100, pattern="^[A-Za-z0-9_-]+$"),
        metadata=field_info("paypointId"),
    )
    """Identifier of the paypoint on which the action should be performed: 1 to 100 characters of
    A-Z, a-z, 0-9, hyphen and underscore.

    Limits: 1 to 100 characters, pattern `^[A-Za-z0-9_-]+$`.

    For example `INST001`.
    """
