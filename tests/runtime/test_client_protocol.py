"""The client's state machine: no socket, no thread, and time is a number."""

import pytest

from stompws.errors import LocalProtocolError, RemoteProtocolError
from stompws.frame_parser import FrameParser
from stompws.frames import Frame, Version
from stompws.protocol import (
    ClientProtocol,
    Connected,
    Direction,
    ErrorReceived,
    MessageReceived,
)

V1_0, V1_1, V1_2 = Version.V1_0, Version.V1_1, Version.V1_2
CANARY = "canary-6f1d2"


def sent(protocol: ClientProtocol, now: float | None = None) -> list[Frame]:
    """Take what is to be sent, as frames; there must be no beats in it."""
    parser = FrameParser(version=protocol.version)
    frames: list[Frame] = []
    for data in protocol.data_to_send(now):
        parser.feed(data)
        frame = parser.next_frame()
        assert isinstance(frame, Frame)
        frames.append(frame)
    return frames


def connected(
    version: Version = V1_2, *, heart_beat: tuple[int, int] = (0, 0), theirs: str = "0,0"
) -> ClientProtocol:
    """Return a client whose session was accepted at time 0, with nothing left to send."""
    protocol = ClientProtocol()
    protocol.connect(host="h", heart_beat=heart_beat)
    protocol.data_to_send(0)
    raw = f"CONNECTED\nversion:{version}\nheart-beat:{theirs}\n\n\0"
    (event,) = protocol.receive_data(raw, 0)
    assert isinstance(event, Connected)
    return protocol


# Connecting.


def test_connect_names_versions_and_host() -> None:
    """CONNECT has accept-version, without spaces, host and heart-beat."""
    protocol = ClientProtocol()
    protocol.connect({"login": "me"}, host="example", heart_beat=(10, 20))
    (frame,) = sent(protocol)
    assert frame == Frame(
        "CONNECT",
        (
            ("accept-version", "1.0,1.1,1.2"),
            ("host", "example"),
            ("heart-beat", "10,20"),
            ("login", "me"),
        ),
    )


def test_no_version_means_1_0_and_no_heart_beat_means_none() -> None:
    """CONNECTED without version is 1.0, without heart-beat 0,0."""
    protocol = ClientProtocol()
    protocol.connect(host="h", heart_beat=(10, 10))
    (event,) = protocol.receive_data(b"CONNECTED\nserver:s/1\nsession:x\n\n\0", 0)
    assert event == Connected(V1_0, "s/1", "x", (0, 0), {"server": "s/1", "session": "x"})
    assert protocol.next_deadline(0) is None


@pytest.mark.parametrize("beat", ["a,b", "1", "1,2,3", "-1,0", "1, 2", "", "1,9999999999"])
def test_a_heart_beat_that_is_no_pair_of_numbers_is_refused(beat: str) -> None:
    """What the server promised has to be known, for silence to mean something."""
    protocol = ClientProtocol()
    protocol.connect(host="h")
    with pytest.raises(RemoteProtocolError, match="heart-beat"):
        protocol.receive_data(f"CONNECTED\nversion:1.2\nheart-beat:{beat}\n\n\0", 0)
    assert protocol.closed


def test_error_answers_connect() -> None:
    """ERROR instead of CONNECTED is an event and the end; its text is fit to be shown."""
    protocol = ClientProtocol()
    protocol.connect({"passcode": CANARY}, host="h")
    raw = f"ERROR\nmessage:no {CANARY}\\n 4111 1111 1111 1111 {'x' * 300}\n\n{CANARY}\0"
    (event,) = protocol.receive_data(raw, 0)
    assert isinstance(event, ErrorReceived)
    assert event.message.startswith("no ***  *** xxx")
    assert len(event.message) == 200
    assert CANARY not in repr(event)
    assert protocol.closed


TOKEN = "eyJhbGciOiJIUzI1NiJ9." + "QUJDRAxyz" * 40 + ".sIgNaTuRe0123456789"
NUMBER = "4111111111111111"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (f"bad key {TOKEN}", "bad key ***"),
        (f"bad key {TOKEN[:120]}", "bad key ***"),
        (f"bad key {TOKEN[:9]}…", "bad key ***…"),
        (f"bad key ...{TOKEN[200:230]}.", "bad key ...***."),
        (f"Bearer {TOKEN.rsplit('.', 1)[0]} refused", "Bearer *** refused"),
        ("token eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0. of another", "token *** of another"),
        ("code AV46HTR3, sesame, open", "code ***, ***, open"),
        ("a 4111.1111.1111.1111 b", "a ************1111 b"),
        ("a 4111 1111 1111 1111 b", "a *** b"),
        ("reference 12345", "reference 12345"),
        ("permission denied for signature", "permission denied for signature"),
    ],
)
def test_what_the_server_says_is_masked_wherever_it_quotes_us(said: str, shown: str) -> None:
    """Whole or in part: servers quote what they cannot read, and cut it to fit."""
    protocol = ClientProtocol()
    protocol.connect({"own-key": TOKEN}, host="h")
    protocol.keep_secret(["AV46HTR3", "sesame", "pin"])
    assert protocol.scrub(said) == shown


def test_a_secret_is_masked_at_every_place_and_at_the_end() -> None:
    """Two in a row, and one that begins at the end of the text and is cut there."""
    protocol = ClientProtocol()
    protocol.keep_secret(["0abcdefghi", "multi\nline secret"])
    assert protocol.scrub("0abcdefghi0abcdefghi x 0abcdefg") == "*** x ***"
    assert protocol.scrub("a multi\nline secret b") == "a *** b"
    assert protocol.scrub("0abcdefghi") == "***"
    assert protocol.scrub("") == ""


def test_text_that_is_no_unicode_is_refused_and_quoted_nowhere() -> None:
    """The error of the encoder holds the whole message."""
    protocol = connected()
    with pytest.raises(RemoteProtocolError, match="lone surrogate") as caught:
        protocol.receive_data(f"MESSAGE\nown:{CANARY}\udc80\n\n\0", 1)
    assert caught.value.__context__ is None
    assert protocol.closed


def test_events_show_no_card_number() -> None:
    """What a server chooses, such as a destination, may hold one."""
    protocol = connected()
    raw = f"MESSAGE\ndestination:/q/{NUMBER}\nmessage-id:{NUMBER}\nsubscription:{NUMBER}\n\n\0"
    (event,) = protocol.receive_data(raw, 1)
    assert isinstance(event, MessageReceived)
    assert event.destination == f"/q/{NUMBER}"
    assert NUMBER not in repr(event)


@pytest.mark.parametrize(
    ("headers", "host", "versions", "heart_beat"),
    [
        ({"host": "x"}, "h", [V1_2], (0, 0)),
        ({"accept-version": "1.2"}, "h", [V1_2], (0, 0)),
        ({"heart-beat": "1,1"}, "h", [V1_2], (0, 0)),
        ({}, None, [V1_2], (0, 0)),
        ({}, "h", [], (0, 0)),
        ({}, "h", [V1_2], (-1, 0)),
        ({"passcode": "a\nb:c"}, "h", [V1_2], (0, 0)),
    ],
    ids=["host", "version", "beat", "no host", "no version", "negative", "injection"],
)
def test_illegal_connect_is_refused(
    headers: dict[str, str],
    host: str | None,
    versions: list[Version],
    heart_beat: tuple[int, int],
) -> None:
    """What CONNECT cannot say is the caller's error, and nothing is queued."""
    protocol = ClientProtocol()
    with pytest.raises(LocalProtocolError):
        protocol.connect(headers, host=host, versions=versions, heart_beat=heart_beat)
    assert sent(protocol) == []


def test_connect_is_said_once() -> None:
    """A second CONNECT is refused."""
    protocol = ClientProtocol()
    protocol.connect(host="h")
    with pytest.raises(LocalProtocolError):
        protocol.connect(host="h")


def test_nothing_is_said_before_connected() -> None:
    """SEND and SUBSCRIBE need a session."""
    protocol = ClientProtocol()
    with pytest.raises(LocalProtocolError, match="connecting"):
        protocol.send("/q")
    with pytest.raises(LocalProtocolError, match="connecting"):
        protocol.subscribe("/q")


# Speaking.


def test_batch_gives_one_item_per_frame() -> None:
    """SUBSCRIBE and SEND can be queued in one go; order is kept."""
    protocol = connected()
    subscription = protocol.subscribe("/q", {"x": 1, "y": None})
    assert protocol.send("/q", b"body", {"content-type": "text/plain"}) is None
    subscribe, send = sent(protocol)
    assert subscribe == Frame(
        "SUBSCRIBE", (("id", subscription), ("destination", "/q"), ("x", "1"))
    )
    assert send.headers[:2] == (("destination", "/q"), ("content-type", "text/plain"))
    assert send.body == b"body"


def test_unsubscribe_names_the_destination_in_1_0() -> None:
    """STOMP 1.0 servers may know a subscription by its destination only."""
    protocol = connected(V1_0)
    protocol.unsubscribe(protocol.subscribe("/q"))
    assert sent(protocol)[1].header("destination") == "/q"


def test_transactions_are_framed() -> None:
    """BEGIN, COMMIT and ABORT name their transaction."""
    protocol = connected()
    protocol.begin("t")
    protocol.commit("t")
    protocol.abort("t")
    assert [frame.command for frame in sent(protocol)] == ["BEGIN", "COMMIT", "ABORT"]


def test_caller_cannot_write_the_protocols_headers() -> None:
    """Headers the protocol writes are not taken from callers."""
    protocol = connected()
    with pytest.raises(LocalProtocolError, match="'destination'"):
        protocol.send("/q", b"", {"destination": "/other"})
    with pytest.raises(LocalProtocolError, match="'id'"):
        protocol.subscribe("/q", {"id": "1"})


def test_discarded_frames_are_not_sent() -> None:
    """What was queued and not taken can be taken back."""
    protocol = connected()
    protocol.send("/q")
    protocol.discard_unsent()
    assert sent(protocol) == []


# Listening.


def test_message_is_reported() -> None:
    """A MESSAGE gives destination, subscription, id, headers and body; the first header wins."""
    protocol = connected()
    raw = b"MESSAGE\ndestination:/q\nmessage-id:1\nsubscription:s\na:1\na:2\n\nbody\0"
    (event,) = protocol.receive_data(raw, 0)
    assert isinstance(event, MessageReceived)
    assert (event.destination, event.subscription, event.message_id) == ("/q", "s", "1")
    assert (event.headers["a"], event.body) == ("1", b"body")
    assert "body" not in repr(event)


def test_message_without_destination_is_found_by_its_subscription() -> None:
    """A message is not lost for a missing header when its subscription is known."""
    protocol = connected()
    subscription = protocol.subscribe("/q")
    raw = f"MESSAGE\nsubscription:{subscription}\n\nx\0"
    (event,) = protocol.receive_data(raw, 0)
    assert isinstance(event, MessageReceived)
    assert event.destination == "/q"
    with pytest.raises(RemoteProtocolError, match="destination"):
        protocol.receive_data(b"MESSAGE\nsubscription:other\n\nx\0", 0)


def test_readable_part_comes_before_the_fault() -> None:
    """Events before something unreadable are returned; the next call raises."""
    protocol = connected()
    events = protocol.receive_data(b"MESSAGE\ndestination:/q\n\nx\0NONSENSE\n\n\0", 0)
    assert [type(event) for event in events] == [MessageReceived]
    assert protocol.closed
    assert protocol.failure is not None
    with pytest.raises(RemoteProtocolError):
        protocol.tick(0)
    assert protocol.receive_data(b"MESSAGE\n\n\0", 0) == []


def test_observer_sees_frames_when_they_move() -> None:
    """Frames show when taken for sending or read, never when discarded."""
    seen: list[tuple[Direction, str]] = []
    protocol = ClientProtocol(observer=lambda way, frame: seen.append((way, frame.command)))
    protocol.connect(host="h")
    assert seen == []
    protocol.data_to_send()
    protocol.receive_data(b"CONNECTED\n\n\0", 0)
    protocol.send("/q")
    protocol.discard_unsent()
    protocol.data_to_send()
    assert seen == [("sent", "CONNECT"), ("received", "CONNECTED")]
