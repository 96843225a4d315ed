"""The limits are a user's to choose, on both sides."""

import pytest

from hostile_play import ServerPlay
from kiosk_api import ON_ORDER_STATE
from kiosk_scripts import QUERY, client_of
from kiosk_server import Call, Kiosk
from stompws.errors import OutcomeUnknownError, RemoteProtocolError
from stompws.frames import Limits
from stompws.server import ClientLeft, Refused

SPARE = Limits(max_frame_bytes=2000, max_headers=12, max_header_line_bytes=100)


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        ({}, b" " * 2000, "longer than the limit of 2000 octets"),
        ({f"own-{n}": "x" for n in range(12)}, b"{}", "more than 12 headers"),
        ({"own": "x" * 100}, b"{}", "a header line is longer than 100 octets"),
    ],
    ids=["frame", "count", "length"],
)
def test_a_client_holds_its_server_to_its_options(
    headers: dict[str, str], body: bytes, text: str
) -> None:
    """`ClientOptions.limits` reaches the parser; the outcome is then unknown."""

    def script(call: Call) -> None:
        call.request()
        call.reply_raw(ON_ORDER_STATE, body, headers=headers)
        call.listen_to_the_end()

    with Kiosk(script) as kiosk, pytest.raises(OutcomeUnknownError) as unknown:
        client_of(kiosk, limits=SPARE).query_order(QUERY)
    assert isinstance(unknown.value.reason, RemoteProtocolError)
    assert text in str(unknown.value)


def test_a_server_holds_its_clients_to_its_limits() -> None:
    """`ServerSession(limits=…)` does the same; the session reports it and ends."""
    play = ServerPlay(SPARE)
    play.feed(b"CONNECT\naccept-version:1.2\nhost:k\nown:" + b"x" * 97 + b"\n\n\0")
    refused, left = play.events
    assert isinstance(refused, Refused)
    assert "a header line is longer than 100 octets" in refused.detail
    assert isinstance(left, ClientLeft)
