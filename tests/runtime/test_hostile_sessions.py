"""Sessions: whatever comes and whatever is called, in any order, both ends keep their rules."""

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostile_play import ClientPlay, ServerPlay, telling
from kiosk_api import API, ON_DONE, ON_ERROR, ON_ORDER_STATE, PLACE_ORDER, QUERY_ORDER
from session_line import KEY, ORDER_TEXT, OWN, QUERY_TEXT
from stompws.errors import LocalProtocolError
from stompws.frames import CLIENT_COMMANDS, SERVER_COMMANDS, Frame, Version, encode_frame
from stompws.options import resolve_credential
from stompws.protocol import ClientProtocol
from stompws.server import RefusalKind, Refused, SessionEvent
from strategies import (
    VERSIONS,
    any_text,
    cuts,
    frames,
    mutated,
    portions,
    streams,
    versions,
)

SERVER_WORDS, CLIENT_WORDS = sorted(SERVER_COMMANDS), sorted(CLIENT_COMMANDS)
TEXTS = any_text | st.sampled_from(
    ["", "sub-1", "receipt-1", "content-length", "/q", "a:b", "\r\n"]
)


def connected(version: Version) -> bytes:
    return f"CONNECTED\nversion:{version}\nheart-beat:1000,1000\n\n\0".encode()


def likely_answers(version: Version) -> st.SearchStrategy[bytes]:
    """What a server may say: well formed, in order or not, and nearly well formed."""
    receipt = st.sampled_from(["receipt-1", "receipt-2", "a"]).map(
        lambda name: encode_frame(Frame("RECEIPT", (("receipt-id", name),)), version)
    )
    message = st.builds(
        lambda own, body: encode_frame(
            Frame("MESSAGE", (("destination", "/q"), ("subscription", "sub-1"), *own), body),
            version,
        ),
        frames(version, ["MESSAGE"]).map(lambda frame: frame.headers),
        st.binary(max_size=20),
    )
    good = st.sampled_from([connected(version), b"\n"]) | receipt | message
    any_frame = streams(version, SERVER_WORDS).map(lambda stream: stream.octets)
    return good | any_frame | mutated(good)


@settings(max_examples=250, deadline=None)
@given(data=st.data(), version=versions)
def test_a_client_keeps_the_rules_whatever_happens(data: st.DataObject, version: Version) -> None:
    """Only the runtime's errors, one frame for each call that is accepted, nothing after the end.

    `ClientPlay` checks it after each step.
    """
    play = ClientPlay()
    if data.draw(st.booleans()):
        play.say("connect", "host", "login")
        play.feed(connected(version))
    steps = st.one_of(
        st.tuples(st.just("say"), st.sampled_from(ClientPlay.ACTIONS), TEXTS, TEXTS),
        st.tuples(st.just("feed"), likely_answers(version)),
        st.tuples(st.just("tick"), st.sampled_from([0.0, 0.9, 1.0, 5.0])),
        st.tuples(st.just("eof")),
    )
    for name, *arguments in data.draw(st.lists(steps, max_size=12)):
        getattr(play, name)(*arguments)


@settings(max_examples=250, deadline=None)
@given(data=st.data(), version=versions)
def test_a_cut_changes_nothing_for_a_client(data: st.DataObject, version: Version) -> None:
    """The same octets give the same events and the same end, wherever they are cut."""
    said = st.lists(likely_answers(version), max_size=4).map(b"".join)
    octets = connected(version) + data.draw(said)

    def played(cut: list[bytes]) -> ClientPlay:
        play = ClientPlay()
        play.say("connect", "host", "login")
        for portion in cut:
            play.feed(portion)
        return play

    whole, parts = played([octets]), played(portions(octets, data.draw(cuts)))
    assert telling(parts.events) == telling(whole.events)
    assert (parts.failed, parts.protocol.state) == (whole.failed, whole.protocol.state)


CONNECT = {
    version: f"CONNECT\naccept-version:{version}\nhost:k\nx-kiosk-key:{KEY}\n\n\0".encode()
    for version in VERSIONS
}
REPLIES = [API.by_name[name] for name in ("onProgress", "onQuestion", "onReceipt")]
LISTENED = [*REPLIES, ON_DONE, ON_ERROR, ON_ORDER_STATE]


def likely_requests(version: Version) -> st.SearchStrategy[bytes]:
    """What a client may say: subscriptions, requests, goodbyes, nearly right and in any order."""

    def sent(address: str, body: bytes) -> bytes:
        return encode_frame(Frame("SEND", (("destination", address), *OWN.items()), body), version)

    listen = [
        Frame("SUBSCRIBE", (("id", str(n)), ("destination", op.channel.address), ("receipt", "r")))
        for n, op in enumerate(LISTENED)
    ]
    other = [Frame("UNSUBSCRIBE", (("id", "3"),)), Frame("DISCONNECT", (("receipt", "bye"),))]
    ordinary = [encode_frame(frame, version) for frame in [*listen, *other]]
    requests = [
        b"".join(ordinary[: len(listen)]),
        sent(PLACE_ORDER.channel.address, ORDER_TEXT),
        sent(QUERY_ORDER.channel.address, QUERY_TEXT),
        sent("/kiosk/cancel", b"{}"),
        b"\n",
    ]
    good = st.sampled_from([*ordinary, *requests])
    any_frame = streams(version, CLIENT_WORDS).map(lambda stream: stream.octets)
    return good | good | mutated(good) | any_frame


@settings(max_examples=250, deadline=None)
@given(data=st.data(), version=versions)
def test_a_server_keeps_the_rules_whatever_happens(data: st.DataObject, version: Version) -> None:
    """It raises nothing for what a client says, and sends what it is told to, or nothing.

    `ServerPlay` checks it after each step.
    """
    play = ServerPlay()
    if data.draw(st.booleans()):
        play.feed(CONNECT[version])
    steps = st.one_of(
        st.tuples(st.just("feed"), likely_requests(version)),
        st.tuples(st.just("reply"), st.integers(0, 2), TEXTS, TEXTS, st.binary(max_size=9)),
        st.tuples(st.just("error"), TEXTS, TEXTS, st.binary(max_size=9)),
        st.tuples(st.just("tick"), st.sampled_from([0.0, 1.0, 5.0])),
        st.tuples(st.just("eof")),
    )
    for name, *arguments in data.draw(st.lists(steps, max_size=12)):
        getattr(play, name)(*arguments)


def judged(events: list[SessionEvent]) -> list[SessionEvent]:
    """Events, without the text about unreadable octets."""
    return [
        attrs.evolve(event, detail="")
        if isinstance(event, Refused) and event.kind is RefusalKind.BROKEN_PROTOCOL
        else event
        for event in events
    ]


@settings(max_examples=250, deadline=None)
@given(data=st.data(), version=versions)
def test_a_cut_changes_nothing_for_a_server(data: st.DataObject, version: Version) -> None:
    """Each frame is judged by what was said before it, wherever the octets are cut."""
    octets = data.draw(st.lists(likely_requests(version), max_size=6).map(b"".join))

    def played(cut: list[bytes]) -> ServerPlay:
        play = ServerPlay()
        for portion in [CONNECT[version], *cut]:
            play.feed(portion)
        return play

    whole, parts = played([octets]), played(portions(octets, data.draw(cuts)))
    assert judged(parts.events) == judged(whole.events)
    assert parts.session.closed == whole.session.closed


def test_a_subscription_counts_while_it_runs() -> None:
    """One that is ended in the same portion as the request had not ended when the request came."""
    listen = [
        Frame("SUBSCRIBE", (("id", str(n)), ("destination", op.channel.address)))
        for n, op in enumerate((ON_ORDER_STATE, ON_ERROR))
    ]
    request = Frame(
        "SEND", (("destination", QUERY_ORDER.channel.address), *OWN.items()), QUERY_TEXT
    )
    end = Frame("UNSUBSCRIBE", (("id", "0"),))

    def kinds(*said: Frame) -> list[str]:
        play = ServerPlay()
        play.feed(CONNECT[Version.V1_2])
        play.feed(b"".join(encode_frame(frame, Version.V1_2) for frame in said))
        return [type(event).__name__ for event in play.events[1:]]

    assert kinds(*listen, request, end) == ["RequestArrived"]
    assert kinds(request, *listen) == ["Refused"]


def test_an_acknowledgement_is_judged_by_what_was_said_before_it() -> None:
    """One that nobody has asked for is refused, also when the next frame asks for them."""
    listen = (("id", "1"), ("destination", ON_ERROR.channel.address), ("ack", "client"))
    said = [Frame("ACK", (("id", "m"),)), Frame("SUBSCRIBE", listen), Frame("ACK", (("id", "m"),))]
    play = ServerPlay()
    play.feed(CONNECT[Version.V1_2])
    play.feed(b"".join(encode_frame(frame, Version.V1_2) for frame in said))
    (refused,) = play.events[1:]
    assert isinstance(refused, Refused)
    assert refused.kind is RefusalKind.UNSUPPORTED


@settings(max_examples=300, deadline=None)
@given(key=any_text, as_function=st.booleans())
def test_a_credential_stays_one_header_or_is_refused(key: str, as_function: bool) -> None:
    """Whatever a file or an environment holds; nothing is said when it cannot be said."""
    client = ClientProtocol()
    try:
        secret = resolve_credential(API, PLACE_ORDER, (lambda: key) if as_function else key)
        client.connect({"x-kiosk-key": secret}, host="k")
    except LocalProtocolError:
        assert client.data_to_send() == []
        return
    (octets,) = client.data_to_send()
    play = ServerPlay()
    play.feed(octets)
    (arrived,) = play.events
    assert getattr(arrived, "authenticated", False)
    lines = octets.decode().split("\n")
    assert [line.split(":")[0] for line in lines] == [
        "CONNECT", "accept-version", "host", "heart-beat", "x-kiosk-key", "", "\0",
    ]  # fmt: skip
    assert lines[4] == f"x-kiosk-key:{key}"


@pytest.mark.parametrize("action", ClientPlay.ACTIONS[1:])
@settings(max_examples=60, deadline=None)
@given(text=any_text, other=any_text, version=versions)
def test_no_argument_becomes_a_header(action: str, text: str, other: str, version: Version) -> None:
    """Destinations, ids, receipts, transactions, own names and values, for each function."""
    play = ClientPlay()
    play.say("connect", "host", "login")
    play.feed(connected(version))
    play.say("subscribe", "/q", "own")
    if not play.say(action, text, other):
        assert play.say("send", "/q", "own"), "a refused call changes nothing"
