"""Heart-beats: who beats how often, who is taken for dead, to the last float before the moment.

The clock is a number. Beats go out after nine tenths of the agreed interval, so that they are there
in time; two intervals of silence are the end.
"""

from math import nextafter

import pytest
from tests.conformance.peers import ESCAPING, agreed, at, say, toward
from tests.conformance.readable import HEAD

from stompws.frames import Version
from stompws.protocol import ClientProtocol, Connected, Disconnected, HeartbeatReceived

START = 1000.0  # any number will do; not 0, which might be a default


def before(moment: float) -> float:
    return nextafter(moment, 0.0)


AGREEMENTS = [  # row, name, ours, theirs, milliseconds between our beats, and between theirs
    (88, "theirs-is-slower", (1000, 0), (0, 4000), (4000, 0)),
    (88, "ours-is-slower", (5000, 0), (0, 4000), (5000, 0)),
    (88, "equal", (4000, 0), (0, 4000), (4000, 0)),
    (88, "we-cannot", (0, 0), (0, 4000), (0, 0)),
    (88, "they-do-not-want", (1000, 0), (0, 0), (0, 0)),
    (88, "of-four-numbers", (1000, 9000), (8000, 3000), (3000, 9000)),
    (89, "theirs-is-slower", (0, 1000), (4000, 0), (0, 4000)),
    (89, "ours-is-slower", (0, 5000), (4000, 0), (0, 5000)),
    (89, "we-do-not-want", (0, 0), (4000, 0), (0, 0)),
    (89, "they-cannot", (0, 1000), (0, 0), (0, 0)),
    (89, "of-four-numbers", (7000, 2000), (1000, 6000), (7000, 2000)),
]
AGREED = [
    param
    for row, name, *numbers in AGREEMENTS
    for param in at(row, name, *numbers, versions=ESCAPING)
]
Pair = tuple[int, int]


@pytest.mark.parametrize(("ours", "theirs", "result", "version", "role"), AGREED)
def test_interval_is_the_greater_and_zero_is_never(
    ours: Pair, theirs: Pair, result: Pair, version: Version, role: str
) -> None:
    """MAX of what one side can and the other wants, for each direction on its own."""
    if role == "client":
        client = ClientProtocol()
        client.connect(host="h", heart_beat=ours)
        raw = f"CONNECTED\nversion:{version}\nheart-beat:{theirs[0]},{theirs[1]}\n\n\0"
        (event,) = client.receive_data(raw, START)
        assert isinstance(event, Connected)
        assert event.heart_beat == result
    session = agreed(role, version, ours=ours, theirs=theirs, now=START)
    sends, receives = result
    due = [START + sends / 1000 * 0.9] if sends else []
    due += [START + receives / 1000 * 2] if receives else []
    assert session.next_deadline(START) == min(due, default=None)


@pytest.mark.parametrize(("version", "role"), at(88, "on-time", versions=ESCAPING))
def test_beats_go_out_in_time(version: Version, role: str) -> None:
    """One LF at nine tenths of 10 s, none a moment before, and the next 9 s later."""
    session = agreed(role, version, ours=(10_000, 0), theirs=(0, 10_000), now=START)
    for count in (1, 2, 3):
        due = START + 9.0 * count
        assert session.seconds_to_next_beat(START + 9.0 * (count - 1)) == 9.0
        session.tick(before(due))
        assert session.data_to_send(before(due)) == []
        session.tick(due)
        assert session.data_to_send(due) == [b"\n"]
        session.tick(due)
        assert session.data_to_send(due) == []


@pytest.mark.parametrize(("version", "role"), at(88, "none-agreed", versions=ESCAPING))
def test_no_beats_when_one_side_says_0(version: Version, role: str) -> None:
    """Not after any time."""
    for ours, theirs in ((0, 10_000), (10_000, 0)):
        session = agreed(role, version, ours=(ours, 0), theirs=(0, theirs), now=START)
        assert session.tick(START + 10**6) == []
        assert session.data_to_send(START + 10**6) == []


@pytest.mark.parametrize(("version", "role"), at(88, "one-at-a-time", versions=ESCAPING))
def test_beats_do_not_pile_up(version: Version, role: str) -> None:
    """Who could not send for an hour sends one beat, not 400."""
    session = agreed(role, version, ours=(10_000, 0), theirs=(0, 10_000), now=START)
    for second in range(0, 3600, 10):
        session.tick(START + second)
    assert session.data_to_send(START + 3600) == [b"\n"]


@pytest.mark.parametrize(("version", "role"), at(89, "margin", versions=ESCAPING))
def test_silence_is_the_end_after_two_intervals(version: Version, role: str) -> None:
    """A late beat is forgiven; at exactly 20 s of silence, agreed 10 s, the peer is dead."""
    session = agreed(role, version, ours=(0, 10_000), theirs=(10_000, 0), now=START)
    end = START + 20
    assert session.next_deadline(START) == end
    assert session.tick(before(end)) == []
    reason = "nothing received for 20.0 s, expected a beat every 10 s"
    assert session.tick(end) == [Disconnected(False, reason)]
    assert session.closed
    assert session.tick(end + 10) == []


SIGNS = [
    *at(90, "beat", b"\n", versions=ESCAPING),
    *at(90, "half-a-CRLF", b"\r", versions=ESCAPING),
    *at(90, "part-of-a-command", b"M", versions=ESCAPING),
    *at(90, "part-of-a-frame", HEAD, versions=ESCAPING),
    *at(90, "frame", HEAD + b"\n\0", versions=ESCAPING),
]


@pytest.mark.parametrize(("octets", "version", "role"), SIGNS)
def test_every_octet_is_a_sign_of_life(octets: bytes, version: Version, role: str) -> None:
    """Also when it tells nothing: a long frame on a slow line is no silence."""
    session = agreed(role, version, ours=(0, 10_000), theirs=(10_000, 0), now=START)
    heard_at = before(START + 20)
    session.receive_data(toward(role, octets), heard_at)
    assert session.tick(before(heard_at + 20)) == []
    assert len(session.tick(heard_at + 20)) == 1


@pytest.mark.parametrize(("version", "role"), at(90, "nothing", versions=ESCAPING))
def test_no_octet_is_no_sign_of_life(version: Version, role: str) -> None:
    """An empty WebSocket message is not told from none by STOMP."""
    session = agreed(role, version, ours=(0, 10_000), theirs=(10_000, 0), now=START)
    session.receive_data(b"", START + 19)
    assert len(session.tick(START + 20)) == 1


@pytest.mark.parametrize(("version", "role"), at(90, "below-STOMP", versions=ESCAPING))
def test_life_below_stomp_counts(version: Version, role: str) -> None:
    """Part of a WebSocket message, of which STOMP has seen nothing yet."""
    session = agreed(role, version, ours=(0, 10_000), theirs=(10_000, 0), now=START)
    session.peer_alive(START + 19)
    assert session.tick(before(START + 39)) == []
    assert len(session.tick(START + 39)) == 1


@pytest.mark.parametrize(("version", "role"), at(91, "frame", versions=ESCAPING))
def test_frame_replaces_a_beat(version: Version, role: str) -> None:
    """The interval begins anew with each frame that leaves."""
    session = agreed(role, version, ours=(10_000, 0), theirs=(0, 10_000), now=START)
    say(session)
    assert len(session.data_to_send(START + 5)) == 1
    session.tick(before(START + 14))
    assert session.data_to_send(before(START + 14)) == []
    session.tick(START + 14)
    assert session.data_to_send(START + 14) == [b"\n"]


@pytest.mark.parametrize(("version", "role"), at(91, "queued", versions=ESCAPING))
def test_no_beat_is_queued_behind_a_frame(version: Version, role: str) -> None:
    """Where a frame waits to be sent, it is the sign of life."""
    session = agreed(role, version, ours=(10_000, 0), theirs=(0, 10_000), now=START)
    say(session)
    session.tick(START + 100)
    (octets,) = session.data_to_send(START + 100)
    assert octets != b"\n"


@pytest.mark.parametrize(("version", "role"), at(91, "received", versions=ESCAPING))
def test_received_frame_replaces_a_received_beat(version: Version, role: str) -> None:
    """A peer that talks need not beat."""
    session = agreed(role, version, ours=(0, 10_000), theirs=(10_000, 0), now=START)
    for count in range(1, 5):
        now = START + 15.0 * count
        (event,) = session.receive_data(toward(role, HEAD) + b"\n\0", now)
        assert not isinstance(event, HeartbeatReceived)
        assert session.tick(now) == []
