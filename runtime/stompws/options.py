"""What a user of a client may choose."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import attrs

from .clock import Clock
from .deadlines import Deadlines
from .delivery import Event, Stray
from .descriptors import Api, Operation
from .errors import LocalProtocolError
from .frames import Limits
from .observing import TraceCallback
from .records import Record
from .tls import TlsOptions

Secret: TypeAlias = str | Callable[[], str]
"""A credential, or a function that fetches it; the function is called for each connection."""


@attrs.frozen(kw_only=True)
class ClientOptions(Record):
    """Settings of an `ApiClient`; the defaults suit a shop."""

    tls: TlsOptions = attrs.field(factory=TlsOptions)
    """Trust and client certificate of `wss` connections."""

    deadlines: Deadlines = attrs.field(factory=Deadlines)
    """Used by every operation that is not given its own."""

    clock: Clock | None = None
    """By which the deadlines of conversations pass; None is the machine's. For tests."""

    login: Secret | None = attrs.field(default=None, repr=False)
    """The header `login` of CONNECT, for brokers that know users. A function is asked for each
    connection."""

    passcode: Secret | None = attrs.field(default=None, repr=False)
    """The header `passcode` of CONNECT."""

    virtual_host: str | None = None
    """The header `host` of CONNECT: the broker's virtual host. The server's host when None."""

    http_headers: Mapping[str, Secret] = attrs.field(factory=dict[str, Secret], repr=False)
    """Further headers of the WebSocket's upgrade request, such as `Authorization`."""

    heart_beat_ms: tuple[int, int] = (10_000, 10_000)
    """What we offer to send and wish to receive, milliseconds between beats; 0 is never."""

    publisher_id: str | None = None
    """Names this program to the service. A random UUID per client when None."""

    on_stray: Callable[[Stray], None] | None = None
    """Called, on the thread that reads, for every message that belongs to no conversation."""

    on_problem: Callable[[Event[Any]], None] | None = None
    """Called, on the thread that reads, for every message that breaks its schema or the rules of
    the conversation. It is delivered all the same."""

    trace: TraceCallback | None = None
    """Is given every frame whole, secrets included. A `Trace` writes them down redacted."""

    limits: Limits = attrs.field(factory=Limits)
    """What a server may make us hold in memory."""

    strict: bool = False
    """True: a reply with a problem raises `ReplyDecodeError` instead of being delivered."""


def resolve_credential(api: Api, operation: Operation, credential: Secret | None) -> str | None:
    """Return the credential that the operation's connection carries, None when it carries none.

    Raises:
        LocalProtocolError: The operation needs a credential and there is none, or it cannot be
            written into a header. The text names the client's parameter, never the value.
    """
    if not operation.authenticated or api.credential is None:
        return None
    name = api.credential.parameter
    if credential is None:
        raise LocalProtocolError(f"{operation.name} needs a credential: give the client {name}=…")
    return _secret(credential, f"{operation.name}: {name}")


def given_credential(api: Api, credential: Secret | None) -> str | None:
    """Return the credential of a connection that may be used without one; raises as the other."""
    if api.credential is None or credential is None:
        return None
    return _secret(credential, api.credential.parameter)


def connect_headers(options: ClientOptions) -> dict[str, str]:
    """Return the headers of CONNECT that the options hold.

    Raises:
        LocalProtocolError: One cannot be written into a header. The text never holds the value.
    """
    given = {"login": options.login, "passcode": options.passcode}
    return {name: _secret(value, name) for name, value in given.items() if value is not None}


def upgrade_headers(options: ClientOptions) -> dict[str, str]:
    """Return the headers of the upgrade request that the options hold; raises as the other."""
    return {name: _secret(value, name) for name, value in options.http_headers.items()}


def _secret(credential: Secret, name: str) -> str:
    value = credential() if callable(credential) else credential
    # The annotation says str; a function of the user's may still return something else.
    if not isinstance(value, str) or not value:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise LocalProtocolError(f"{name} must be a text that is not empty")
    if any(character < " " for character in value):
        # Most often the line end of a file that was read whole.
        raise LocalProtocolError(f"{name} holds a line end or control character")
    if any("\ud800" <= character <= "\udfff" for character in value):
        # From a file name or argument that is not UTF-8.
        raise LocalProtocolError(f"{name} is not valid Unicode text")
    return value
