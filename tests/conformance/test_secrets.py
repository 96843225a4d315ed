"""What must never be shown is in no repr and no error, whoever says it."""

import pytest
from tests.conformance.peers import agreed, at, client_at, say, toward

from stompws.errors import LocalProtocolError, RemoteProtocolError
from stompws.frames import Frame, Version, describe
from stompws.protocol import ClientProtocol, ErrorReceived, ServerProtocol

CANARY = "canary-6f1d2"


@pytest.mark.parametrize(("version", "role"), at(103, "frames"))
def test_frames_show_no_value_they_need_not(version: Version, role: str) -> None:
    """Both ways: of own headers the name, of the body its length."""
    seen: list[Frame] = []
    session = agreed(role, version, observer=lambda _, frame: seen.append(frame))
    seen.clear()
    say(session, CANARY.encode(), {"passcode": CANARY, "own": CANARY})
    session.data_to_send(0)
    raw = f"MESSAGE\ndestination:/q\nown:{CANARY}\n\n{CANARY}\0".encode()
    session.receive_data(toward(role, raw), 0)
    assert len(seen) == 2
    for frame in seen:
        assert CANARY in str(frame.headers)
        assert CANARY not in repr(frame)
        assert CANARY not in describe(frame)
        assert "body=12 octets" in repr(frame)
        assert "own=…" in repr(frame)


@pytest.mark.parametrize(("version", "role"), at(103, "events"))
def test_events_show_neither_headers_nor_body(version: Version, role: str) -> None:
    """Nor does what a session says of the first frame of all."""
    raw = f"MESSAGE\ndestination:/q\nown:{CANARY}\n\n{CANARY}\0".encode()
    (event,) = agreed(role, version).receive_data(toward(role, raw), 0)
    assert CANARY in str(event.headers)
    assert CANARY not in repr(event)
    first = f"\nversion:{version}\naccept-version:{version}\nown:{CANARY}\n\n\0"
    if role == "client":
        client = ClientProtocol()
        client.connect(host="h")
        (connected,) = client.receive_data("CONNECTED" + first, 0)
        assert CANARY not in repr(connected)
    else:
        (request,) = ServerProtocol().receive_data("CONNECT" + first, 0)
        assert CANARY not in repr(request)


FAULTS = [
    *at(103, "value", f"MESSAGE\ndestination:/q\nown:{CANARY}\\t\0"),
    *at(103, "body", f"MESSAGE\ndestination:/q\ncontent-length:2\n\n{CANARY}\0"),
    *at(103, "command", f"{CANARY}\n\n\0"),
    *at(103, "surrogate", f"MESSAGE\ndestination:/q\nown:{CANARY}\udc80\n\n\0"),
]


@pytest.mark.parametrize(("text", "version", "role"), FAULTS)
def test_errors_quote_nothing_that_was_received(text: str, version: Version, role: str) -> None:
    """Neither do the exceptions behind them, which some programs write down too."""
    session = agreed(role, version)
    with pytest.raises(RemoteProtocolError) as error:
        session.receive_data(text.replace("MESSAGE", toward(role, b"MESSAGE").decode()), 0)
    assert CANARY not in f"{error.value} {error.value.args}"
    assert error.value.__context__ is None or error.value.__suppress_context__


@pytest.mark.parametrize(("version", "role"), at(103, "sending"))
def test_errors_quote_nothing_that_was_to_be_sent(version: Version, role: str) -> None:
    """A value that cannot be written is named by its header."""
    for bad in (f"{CANARY}\0", f"{CANARY}\udc80"):
        with pytest.raises(LocalProtocolError) as error:
            say(agreed(role, version), b"", {"own": bad})
        assert CANARY not in f"{error.value} {error.value.args}"
        assert error.value.__context__ is None


@pytest.mark.parametrize("version", client_at(103, "quoted-by-the-server"))
def test_what_the_server_quotes_of_our_secrets_is_masked(version: Version) -> None:
    """Servers answer CONNECT with ERROR and with what they did not like about it."""
    client = ClientProtocol()
    client.connect({"passcode": CANARY}, host="h", versions=[version])
    raw = f"ERROR\nmessage:bad {CANARY}, card 4111111111111111\n\n{CANARY}\0"
    (event,) = client.receive_data(raw, 0)
    assert isinstance(event, ErrorReceived)
    assert event.message == "bad ***, card ***"
    assert CANARY not in repr(event)
