"""What a client of an API is, whichever driver carries its conversations."""

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypedDict, TypeVar

import attrs

from .client_protocol import Headers
from .deadlines import Deadlines
from .decoding import codec_of
from .delivery import Event, reply_decode_error
from .descriptors import Api, Operation
from .errors import LocalProtocolError
from .frames import Limits, Version
from .headers import new_id
from .observing import TraceCallback
from .opening import Opening, prepare
from .options import (
    ClientOptions,
    Secret,
    connect_headers,
    resolve_credential,
    upgrade_headers,
)
from .protocol import ALL_VERSIONS
from .records import Record
from .shapes import Server, Struct
from .tls import TlsOptions

S = TypeVar("S", bound=Struct)


class DriverArguments(TypedDict):
    """How a client has its connections opened: the arguments of both drivers."""

    connect_headers: Headers
    host: str | None
    http_headers: Mapping[str, str]
    versions: Sequence[Version]
    heart_beat: tuple[int, int]
    connect_timeout: float
    tls: TlsOptions
    subprotocols: Sequence[str]
    limits: Limits
    trace: TraceCallback | None
    safe_headers: Iterable[str]


@attrs.frozen(kw_only=True)
class Plan(Record):
    """One conversation before a socket is opened."""

    opening: Opening
    credential: str | None = attrs.field(repr=False)
    deadlines: Deadlines
    opened_at: float
    leave_clock: Callable[[], None] = attrs.field(repr=False)
    """Notes that the conversation is over, on the clock that it goes by."""


def _nothing() -> None:
    """Leave no clock: the machine's goes on whoever looks at it."""


class ClientBase:
    """What `ApiClient` and `AsyncApiClient` share: all but the connections."""

    def __init__(
        self,
        api: Api,
        server: Server,
        *,
        credential: Secret | None = None,
        options: ClientOptions | None = None,
    ) -> None:
        self.api, self.server = api, server
        self.options = options or ClientOptions()
        self.codec = codec_of(api)
        """Converts the messages of this API; ready, and safe to share."""
        self._credential = credential
        self._publisher_id = self.options.publisher_id or new_id()
        self._pid = os.getpid()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.server.url}>"

    def _plan(
        self,
        operation: Operation,
        request: Struct | None,
        deadlines: Deadlines | None,
        values: Mapping[str, str] | None,
    ) -> Plan:
        """Encode the request, fetch the credential and look at the clock; raise as `_open`."""
        self._check_process()
        api = self.api.at(values or {})
        bound = api.by_name[operation.name] if values else operation
        clock = self.options.clock
        return Plan(
            opening=prepare(api, self.codec, bound, request, self._publisher_id),
            credential=resolve_credential(self.api, operation, self._credential),
            deadlines=deadlines or self.options.deadlines,
            opened_at=time.monotonic() if clock is None else clock.now(),
            leave_clock=_nothing if clock is None else clock.join(),
        )

    def _driver_arguments(self, credential: str | None, deadlines: Deadlines) -> DriverArguments:
        header, options, server = self.api.credential, self.options, self.server
        secret = {} if header is None or credential is None else {header.name: credential}
        roles = self.api.headers
        return DriverArguments(
            connect_headers={**connect_headers(options), **secret},
            host=options.virtual_host,
            http_headers=upgrade_headers(options),
            versions=[Version(version) for version in server.stomp_versions] or ALL_VERSIONS,
            heart_beat=options.heart_beat_ms,
            connect_timeout=min(deadlines.connect, deadlines.total),
            tls=options.tls,
            subprotocols=server.subprotocols,
            limits=options.limits,
            trace=options.trace,
            safe_headers=[name for name in (roles.correlation_id, roles.message_id) if name],
        )

    def _check_process(self) -> None:
        if os.getpid() != self._pid:
            # Two processes must not share a publisher id.
            raise LocalProtocolError("the client was made before a fork; make one in each process")


def payload_as(operation: Operation, event: Event[object], reply: type[S]) -> S:
    """Return the reply to a request; raise ReplyDecodeError when it does not fit its type."""
    if not isinstance(event.payload, reply):
        raise reply_decode_error(operation, event)
    return event.payload
