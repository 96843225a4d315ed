"""Where a URL points, and which URLs are not tried."""

import contextlib
import ipaddress
from urllib.parse import urlsplit

import attrs

from .errors import LocalProtocolError
from .records import Record


@attrs.frozen
class Target(Record):
    """Where a URL points. `str` is host and port: a path or query may hold a secret."""

    host: str
    port: int
    secure: bool

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def read_url(url: str) -> Target:
    """Return where `url` points.

    Raises:
        LocalProtocolError: Not a `wss://` URL, or a `ws://` one to another machine.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise LocalProtocolError("the URL cannot be read: expected wss://host:port/path") from None
    if parts.scheme not in ("ws", "wss") or not parts.hostname:
        raise LocalProtocolError("expected a URL such as wss://host:port/path")
    if not url.isascii() or any(char <= " " or char == "\x7f" for char in url):
        raise LocalProtocolError("the URL holds a space, a control or a non-ASCII character")
    if "@" in parts.netloc or "#" in url:
        raise LocalProtocolError("the URL must not hold a user, a password or a fragment")
    if ";" in parts.path.rpartition("/")[2]:
        # websocket-client leaves out what follows it, and another address would be asked for.
        raise LocalProtocolError("the URL's last part holds a semicolon: write %3B")
    secure = parts.scheme == "wss"
    if not secure and not is_loopback(parts.hostname):
        raise LocalProtocolError("ws:// is not encrypted and goes to this machine only: use wss://")
    return Target(parts.hostname, port or (443 if secure else 80), secure)


def is_loopback(host: str) -> bool:
    """Return whether `host` is this machine, without looking a name up."""
    if host == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False
