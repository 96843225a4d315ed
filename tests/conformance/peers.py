"""Sessions of either role, in memory: agreed with a few octets, and time is a number."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pytest

from stompws.frames import Frame, Limits, Version
from stompws.protocol import (
    ClientProtocol,
    DisconnectRequested,
    ErrorReceived,
    HeartbeatReceived,
    MessageReceived,
    Observer,
    ReceiptReceived,
    SendReceived,
    ServerProtocol,
)

Session = ClientProtocol | ServerProtocol
Headers = Mapping[str, str | int | None]

V1_0, V1_1, V1_2 = Version.V1_0, Version.V1_1, Version.V1_2
ALL: Sequence[Version] = (V1_0, V1_1, V1_2)
ESCAPING: Sequence[Version] = (V1_1, V1_2)
BOTH: Sequence[str] = ("client", "server")
CLIENT: Sequence[str] = ("client",)
SERVER: Sequence[str] = ("server",)

_MIRROR = {b"MESSAGE": b"SEND", b"RECEIPT": b"DISCONNECT"}


def at(
    row: int,
    name: str,
    *values: object,
    versions: Iterable[Version] = ALL,
    roles: Iterable[str] = BOTH,
) -> list[Any]:
    """Parameters `values`, `version`, `role` that show `row`, in each version and each role."""
    roles = tuple(roles)
    return [
        pytest.param(
            *values,
            version,
            role,
            id=f"{row:03d}-{name}-{version}-{role}",
            marks=pytest.mark.conformance(row),
        )
        for version in versions
        for role in roles
    ]


def client_at(row: int, name: str, *values: object, versions: Iterable[Version] = ALL) -> list[Any]:
    """Parameters `values`, `version` that show `row` in the client's role."""
    return _of_one_role("client", row, name, values, versions)


def server_at(row: int, name: str, *values: object, versions: Iterable[Version] = ALL) -> list[Any]:
    """Parameters `values`, `version` that show `row` in the server's role."""
    return _of_one_role("server", row, name, values, versions)


def _of_one_role(
    role: str, row: int, name: str, values: Iterable[object], versions: Iterable[Version]
) -> list[Any]:
    return [
        pytest.param(
            *values,
            version,
            id=f"{row:03d}-{name}-{version}-{role}",
            marks=pytest.mark.conformance(row, role=role),
        )
        for version in versions
    ]


def agreed(
    role: str,
    version: Version = V1_2,
    *,
    ours: tuple[int, int] = (0, 0),
    theirs: tuple[int, int] = (0, 0),
    now: float = 0.0,
    limits: Limits | None = None,
    observer: Observer | None = None,
) -> Session:
    """Return one end of a session that was agreed at `now`, with nothing left to send.

    The other end subscribed to `/q` as `s`, or sent nothing but CONNECTED.
    """
    beat = f"{theirs[0]},{theirs[1]}"
    if role == "client":
        client = ClientProtocol(limits=limits, observer=observer)
        client.connect(host="h", heart_beat=ours)
        client.data_to_send(now)
        client.receive_data(f"CONNECTED\nversion:{version}\nheart-beat:{beat}\n\n\0", now)
        return client
    server = ServerProtocol(limits=limits, observer=observer)
    server.receive_data(f"CONNECT\naccept-version:{version}\nheart-beat:{beat}\n\n\0", now)
    server.accept(heart_beat=ours)
    server.receive_data("SUBSCRIBE\nid:s\ndestination:/q\n\n\0", now)
    server.data_to_send(now)
    return server


def say(session: Session, body: bytes = b"", headers: Headers | None = None) -> None:
    """Queue a frame with a body: SEND of a client, MESSAGE of a server."""
    if isinstance(session, ClientProtocol):
        session.send("/q", body, headers)
    else:
        session.message(
            subscription="s", destination="/q", body=body, message_id="m", headers=headers
        )


def written(
    role: str, version: Version, headers: Headers | None = None, body: bytes = b""
) -> bytes:
    """Return the octets of one SEND or MESSAGE."""
    session = agreed(role, version)
    say(session, body, headers)
    (octets,) = session.data_to_send(0)
    return octets


def toward(role: str, octets: bytes) -> bytes:
    """Return what a server would say to a client as a client would say it to a server."""
    if role == "server":
        for theirs, ours in _MIRROR.items():
            octets = octets.replace(theirs, ours)
    return octets


def frames_toward(role: str, frames: Iterable[Frame]) -> list[Frame]:
    """Return the frames that `toward` makes of these."""
    return [
        Frame(toward(role, frame.command.encode()).decode(), frame.headers, frame.body)
        for frame in frames
    ]


def meaning(frame: Frame) -> object:
    """Return the event that a session with nothing open makes of a frame."""
    headers = {name: frame.header(name) or "" for name, _ in frame.headers}
    destination = headers.get("destination", "")
    match frame.command:
        case "MESSAGE":
            named = headers.get("subscription"), headers.get("message-id")
            return MessageReceived(destination, *named, headers, frame.body)
        case "SEND":
            return SendReceived(destination, headers, frame.body, headers.get("receipt"))
        case "RECEIPT":
            return ReceiptReceived(headers["receipt-id"], expected=False)
        case "DISCONNECT":
            return DisconnectRequested(headers.get("receipt"))
        case "ERROR":
            text = headers.get("message", "no message")
            return ErrorReceived(text, headers, frame.body, headers.get("receipt-id"))
        case command:
            raise AssertionError(f"no event is known for {command}")


def heard(session: Session, portions: Iterable[bytes]) -> list[object]:
    """Feed the portions; return the events, without beats: how many depends on the portions."""
    return [
        event
        for portion in portions
        for event in session.receive_data(portion, 0)
        if not isinstance(event, HeartbeatReceived)
    ]


def octet_by_octet(octets: bytes) -> Iterator[bytes]:
    """Cut wherever there is a place to cut."""
    return (octets[n : n + 1] for n in range(len(octets)))


def cut_at(octets: bytes, places: Iterable[int]) -> list[bytes]:
    """Cut at each of the places."""
    ends = [0, *sorted(places), len(octets)]
    return [octets[start:end] for start, end in pairwise(ends)]
