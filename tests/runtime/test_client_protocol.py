"""The client's state machine: no socket, no thread, and time is a number."""

import pytest

from stompws.errors import LocalProtocolError, RemoteProtocolError
from stompws.frame_parser import FrameParser
from stompws.frames import Frame, Version
from stompws.protocol import (
    ClientProtocol,
    Connected,
    Direction,
    Disconnected,
    ErrorReceived,
    HeartbeatReceived,
    MessageReceived,
    ReceiptReceived,
    State,
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
    """CONNECT has accept-version, without spaces, host and heart-beat (rows 73, 74)."""
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


@pytest.mark.parametrize("version", list(Version))
def test_server_chooses_the_version(version: Version) -> None:
    """Whatever the server chooses of the offer is spoken from then on (row 74)."""
    assert connected(version).version is version


def test_no_version_means_1_0_and_no_heart_beat_means_none() -> None:
    """CONNECTED without version is 1.0, without heart-beat 0,0 (rows 75, 76)."""
    protocol = ClientProtocol()
    protocol.connect(host="h", heart_beat=(10, 10))
    (event,) = protocol.receive_data(b"CONNECTED\nserver:s/1\nsession:x\n\n\0", 0)
    assert event == Connected(V1_0, "s/1", "x", (0, 0), {"server": "s/1", "session": "x"})
    assert protocol.next_deadline(0) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"CONNECTED\nversion:1.3\n\n\0",
        b"CONNECTED\nversion:1.0\n\n\0",
        b"CONNECTED\nversion:1.2\nheart-beat:a,b\n\n\0",
        b"CONNECTED\nversion:1.2\nheart-beat:1\n\n\0",
        b"MESSAGE\ndestination:/q\n\n\0",
        b"RECEIPT\nreceipt-id:1\n\n\0",
        b"SEND\ndestination:/q\n\n\0",
    ],
    ids=["77 unknown", "77 not offered", "beat", "half a beat", "81 MESSAGE", "81 RECEIPT", "SEND"],
)
def test_wrong_answer_to_connect_is_refused(raw: bytes) -> None:
    """Only CONNECTED with an offered version, or ERROR, answers CONNECT (rows 77, 81)."""
    protocol = ClientProtocol()
    protocol.connect(host="h", versions=[V1_1, V1_2])
    with pytest.raises(RemoteProtocolError):
        protocol.receive_data(raw, 0)
    assert protocol.closed


def test_error_answers_connect() -> None:
    """ERROR instead of CONNECTED is an event and the end; its text is fit to be shown (row 79)."""
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


def test_subscription_ids_are_unique() -> None:
    """An id is used once per connection, chosen or given, also after UNSUBSCRIBE (row 93)."""
    protocol = connected()
    protocol.subscribe("/q", subscription_id="sub-1")
    assert protocol.subscribe("/q") != "sub-1"
    protocol.unsubscribe("sub-1")
    with pytest.raises(LocalProtocolError, match="used before"):
        protocol.subscribe("/q", subscription_id="sub-1")
    with pytest.raises(LocalProtocolError, match="no running subscription"):
        protocol.unsubscribe("sub-1")


def test_unsubscribe_names_the_destination_in_1_0() -> None:
    """STOMP 1.0 servers may know a subscription by its destination only."""
    protocol = connected(V1_0)
    protocol.unsubscribe(protocol.subscribe("/q"))
    assert sent(protocol)[1].header("destination") == "/q"


@pytest.mark.parametrize(
    ("version", "ack", "legal"),
    [
        (V1_2, "client-individual", True),
        (V1_1, "client-individual", True),
        (V1_0, "client-individual", False),
        (V1_0, "client", True),
        (V1_2, "auto", True),
        (V1_2, "never", False),
    ],
)
def test_ack_modes_are_those_of_the_version(version: Version, ack: str, legal: bool) -> None:
    """`client-individual` came with 1.1; other values do not exist (row 94)."""
    protocol = connected(version)
    if legal:
        protocol.subscribe("/q", ack=ack)
        assert sent(protocol)[0].header("ack") == ack
    else:
        with pytest.raises(LocalProtocolError):
            protocol.subscribe("/q", ack=ack)


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        (V1_2, (("id", "a7"), ("transaction", "t"))),
        (V1_1, (("message-id", "m1"), ("subscription", "s1"), ("transaction", "t"))),
        (V1_0, (("message-id", "m1"), ("transaction", "t"))),
    ],
)
def test_ack_names_the_message_as_the_version_wants(
    version: Version, expected: tuple[tuple[str, str], ...]
) -> None:
    """1.2 answers the ack header, 1.1 message-id and subscription, 1.0 message-id (row 92)."""
    protocol = connected(version)
    raw = b"MESSAGE\ndestination:/q\nmessage-id:m1\nsubscription:s1\nack:a7\n\n\0"
    (message,) = protocol.receive_data(raw, 0)
    assert isinstance(message, MessageReceived)
    protocol.ack(message, transaction="t")
    assert sent(protocol) == [Frame("ACK", expected)]
    if version is V1_0:
        with pytest.raises(LocalProtocolError, match="no NACK"):
            protocol.nack(message)
    else:
        protocol.nack(message)
        assert sent(protocol) == [Frame("NACK", expected[:-1])]


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


def test_callers_headers_are_not_changed() -> None:
    """A mapping that was passed in is as it was (row 71)."""
    headers: dict[str, str | int | None] = {"a": "b"}
    connected().send("/q", b"x", headers, receipt=True)
    assert headers == {"a": "b"}


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


def test_receipts_are_matched() -> None:
    """A RECEIPT is matched by its id and tells of earlier ones; strays are marked (rows 83, 84)."""
    protocol = connected()
    first = protocol.send("/q", receipt=True)
    second = protocol.send("/q", receipt="mine")
    assert second == "mine"
    assert first is not None
    assert protocol.receive_data(b"RECEIPT\nreceipt-id:mine\n\n\0", 0) == [
        ReceiptReceived("mine", expected=True, earlier=(first,))
    ]
    assert protocol.receive_data(b"RECEIPT\nreceipt-id:mine\n\n\0", 0) == [
        ReceiptReceived("mine", expected=False)
    ]
    with pytest.raises(LocalProtocolError, match="still open"):
        protocol.send("/q", receipt=first)


def test_readable_part_comes_before_the_fault() -> None:
    """Events before something unreadable are returned; the next call raises (row 53)."""
    protocol = connected()
    events = protocol.receive_data(b"MESSAGE\ndestination:/q\n\nx\0NONSENSE\n\n\0", 0)
    assert [type(event) for event in events] == [MessageReceived]
    assert protocol.closed
    assert protocol.failure is not None
    with pytest.raises(RemoteProtocolError):
        protocol.tick(0)
    assert protocol.receive_data(b"MESSAGE\n\n\0", 0) == []


def test_text_is_read_as_utf_8() -> None:
    """What a WebSocket delivers as text is the same as its octets (row 97)."""
    protocol = connected()
    (event,) = protocol.receive_data("MESSAGE\ndestination:/ä\n\nö\0", 0)
    assert isinstance(event, MessageReceived)
    assert (event.destination, event.body) == ("/ä", "ö".encode())
    with pytest.raises(RemoteProtocolError, match="surrogate"):
        protocol.receive_data("\ud800", 0)


def test_error_ends_the_session() -> None:
    """After ERROR nothing is sent and nothing more is heard (row 82)."""
    protocol = connected()
    protocol.send("/q")
    raw = b"ERROR\nreceipt-id:r\nmessage:bad\n\nwhy\0MESSAGE\ndestination:/q\n\n\0"
    (event,) = protocol.receive_data(raw, 0)
    assert isinstance(event, ErrorReceived)
    assert (event.message, event.body, event.receipt_id) == ("bad", b"why", "r")
    assert protocol.data_to_send() == []
    with pytest.raises(LocalProtocolError, match="closed"):
        protocol.send("/q")
    assert protocol.eof() == []


# Ending.


def test_disconnect_waits_for_its_receipt() -> None:
    """DISCONNECT asks for a receipt, messages still come, then the end is clean (row 85)."""
    protocol = connected()
    receipt = protocol.disconnect()
    assert sent(protocol) == [Frame("DISCONNECT", (("receipt", receipt),))]
    assert protocol.state is State.DISCONNECTING
    raw = f"MESSAGE\ndestination:/q\n\n\0RECEIPT\nreceipt-id:{receipt}\n\n\0"
    message, receipt_event, end = protocol.receive_data(raw, 0)
    assert isinstance(message, MessageReceived)
    assert isinstance(receipt_event, ReceiptReceived)
    assert isinstance(end, Disconnected)
    assert end.clean
    assert protocol.closed


def test_nothing_follows_disconnect() -> None:
    """After DISCONNECT neither frames nor beats are sent (row 87)."""
    protocol = connected(heart_beat=(1000, 0), theirs="0,1000")
    protocol.disconnect()
    protocol.data_to_send(0)
    with pytest.raises(LocalProtocolError, match="disconnecting"):
        protocol.send("/q")
    protocol.tick(100)
    assert protocol.data_to_send(100) == []


def test_end_after_disconnect_is_clean_without_receipt() -> None:
    """A server may just close after DISCONNECT (row 86); before it that is no clean end."""
    protocol = connected()
    protocol.disconnect()
    assert protocol.eof("gone") == [Disconnected(True, "gone")]
    protocol = connected()
    protocol.receive_data(b"MESSAGE\ndest", 0)
    assert protocol.eof("gone") == [Disconnected(False, "gone in the middle of a frame")]
    assert protocol.eof("gone") == []


# Heart-beats.


@pytest.mark.parametrize(
    ("ours", "theirs", "agreed"),
    [
        ((1000, 2000), "4000,3000", (3000, 4000)),
        ((5000, 5000), "1000,1000", (5000, 5000)),
        ((0, 1000), "1000,1000", (0, 1000)),
        ((1000, 0), "1000,1000", (1000, 0)),
        ((1000, 1000), "0,1000", (1000, 0)),
        ((1000, 1000), "1000,0", (0, 1000)),
    ],
)
def test_heart_beats_are_agreed(
    ours: tuple[int, int], theirs: str, agreed: tuple[int, int]
) -> None:
    """The slower wish counts, and 0 on either side is none (rows 88, 89)."""
    protocol = ClientProtocol()
    protocol.connect(host="h", heart_beat=ours)
    (event,) = protocol.receive_data(f"CONNECTED\nversion:1.2\nheart-beat:{theirs}\n\n\0", 0)
    assert isinstance(event, Connected)
    assert event.heart_beat == agreed


def test_beats_go_out_in_time() -> None:
    """A beat leaves before the agreed interval is over, and only then (row 88)."""
    protocol = connected(heart_beat=(10_000, 0), theirs="0,10000")
    due = protocol.next_deadline(0)
    assert due is not None
    assert 5 <= due < 10
    assert protocol.tick(due - 0.1) == []
    assert protocol.data_to_send(due - 0.1) == []
    protocol.tick(due)
    assert protocol.data_to_send(due) == [b"\n"]
    assert protocol.next_deadline(due) == 2 * due
    assert protocol.seconds_to_next_beat(due + 1) == due - 1
    assert protocol.seconds_to_next_beat(3 * due) == 0


def test_frame_replaces_a_beat() -> None:
    """After a frame the interval begins anew (row 91)."""
    protocol = connected(heart_beat=(10_000, 0), theirs="0,10000")
    protocol.send("/q")
    sent(protocol, now=5)
    protocol.tick(9.5)
    assert protocol.data_to_send(9.5) == []


def test_silent_server_is_noticed_with_margin() -> None:
    """One missed interval is forgiven, two are not (row 89)."""
    protocol = connected(heart_beat=(0, 10_000), theirs="10000,0")
    assert protocol.tick(15) == []
    (event,) = protocol.tick(20)
    assert event == Disconnected(False, "nothing received for 20.0 s, expected a beat every 10 s")
    assert protocol.closed
    assert protocol.tick(30) == []


@pytest.mark.parametrize("octets", [b"\n", b"MESS"], ids=["beat", "part of a frame"])
def test_any_octet_is_a_sign_of_life(octets: bytes) -> None:
    """Whatever is received counts, also a part of a frame (row 90)."""
    protocol = connected(heart_beat=(0, 10_000), theirs="10000,0")
    protocol.receive_data(octets, 15)
    assert protocol.tick(34) == []
    protocol.peer_alive(34)
    assert protocol.tick(53) == []
    assert protocol.tick(54) != []


def test_beat_is_reported() -> None:
    """A beat is visible to whoever drives the protocol (row 30)."""
    assert connected().receive_data(b"\n", 1) == [HeartbeatReceived()]


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
