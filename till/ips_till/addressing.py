"""From the address that a person writes to one of the servers of the API."""

import re
from typing import Final
from urllib.parse import urlsplit

from stompws import target
from stompws.errors import InvalidMessageError, LocalProtocolError
from worldpay_ips import CloudLive, CloudTest, OnPremise

from .errors import ConfigurationError

_EXAMPLE: Final = "wss://ips.example.com:7080/ipc-app/payment/INST001"
_PATH: Final = re.compile(r"/ipc-app/payment/([A-Za-z0-9_-]+)/?\Z")
_CLOUDS: Final[dict[str, type[CloudLive | CloudTest]]] = {
    kind.location.partition(":")[0]: kind for kind in (CloudLive, CloudTest)
}
_CLOUD_PORT: Final = 443


def read_url(url: str) -> OnPremise | CloudTest | CloudLive:
    """Return the server that a URL means: the cloud's by their names, else one on the premises.

    Raises:
        ConfigurationError: It cannot be one. The text does not quote it: it may hold a password.
    """
    try:
        found = target.read_url(url)
        parts = urlsplit(url)
    except LocalProtocolError as exc:
        raise ConfigurationError(str(exc)) from None
    path = _PATH.match(parts.path)
    if path is None or parts.query:
        raise ConfigurationError(f"expected the path /ipc-app/payment/PAYPOINT, as in {_EXAMPLE}")
    if found.host not in _CLOUDS and parts.port is None:
        raise ConfigurationError(f"say the port, as in {_EXAMPLE}")
    return _server(found.host, found.port, path[1], plain=not found.secure)


def read_address(host: str, port: str, paypoint: str) -> OnPremise | CloudTest | CloudLive:
    """Return the server at a host; without a port, at the usual one.

    Raises:
        ConfigurationError: One of them cannot be used.
    """
    if port and not (port.isascii() and port.isdigit()):
        raise ConfigurationError("the port is a number of 1 to 65535, such as 7080")
    return _server(host.lower(), int(port[:6]) if port else None, paypoint, plain=False)


def _server(
    host: str, port: int | None, paypoint: str, *, plain: bool
) -> OnPremise | CloudTest | CloudLive:
    cloud = _CLOUDS.get(host)
    try:
        if cloud is None:
            return (
                OnPremise(host=host, paypoint_id=paypoint, plain=plain)
                if port is None
                else OnPremise(host=host, port=port, paypoint_id=paypoint, plain=plain)
            )
        if plain or port not in (None, _CLOUD_PORT):
            raise ConfigurationError(f"{host} is reached at wss:// and port {_CLOUD_PORT} only")
        return cloud(paypoint_ref=paypoint)
    except InvalidMessageError as exc:  # it names the fields, never their values
        raise ConfigurationError(str(exc)) from None
