"""Each server profile: a sale by the real client, and what is particular about it."""

import contextlib
from http import HTTPStatus

import attrs
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from ips_simulator import PROFILES, Profile, Simulator
from ips_simulator.profiles import ALL_RECEIPTS, AfterError
from profile_clients import ERROR, STATUS, Open, greet, opened, sale
from sim_helpers import SILENT, RawClient, pay, till
from stompws.errors import LinkError
from stompws.frames import Version
from worldpay_ips import PaymentApi, PaymentType, Result

NAMES = sorted(PROFILES)

__all__ = ["opened"]


@pytest.mark.parametrize("name", NAMES)
def test_the_client_takes_a_sale_from_every_server(name: str) -> None:
    """And is told apart what went wrong: a key that is not valid is an error on each."""
    with Simulator(profile=name) as simulator:
        assert pay(till(simulator), PaymentType.SALE, 1099).result is Result.AUTHORISED_ONLINE
        assert [charge.amount for charge in simulator.ledger.charges] == [1099]
        stranger = PaymentApi(simulator.server(), license_key="a.b.c")
        with pytest.raises(LinkError) as caught:
            stranger.service_status()
        assert caught.value.outcome_known
        assert [refusal.kind for refusal in simulator.refusals] == ["bad-credential"]


@pytest.mark.parametrize(
    ("name", "offered", "spoken"),
    [
        ("on-premise", "1.0,1.1,1.2", "1.2"),
        ("cloud", "1.0,1.1,1.2", "1.0"),
        ("cloud", "1.1", "1.1"),
        ("cloud", "1.2,1.1", "1.1"),
        ("spring", "1.0,1.1,1.2", "1.2"),
        ("rabbitmq", "1.1,1.0", "1.1"),
    ],
)
def test_the_version_is_the_servers_choice(
    opened: Open, name: str, offered: str, spoken: str
) -> None:
    """The cloud is documented with 1.0, and a client that offers it 1.1 alone is known to work."""
    client = opened(name)
    key = client.simulator.license_key
    greeting = client.connect(key, **{"accept-version": offered})
    assert greeting.header("version") == spoken
    client.subscribe(ERROR, STATUS)
    assert client.next_message()[1] == {"status": "not-busy"}


def test_a_server_that_speaks_one_version_says_so(opened: Open) -> None:
    """STOMP 1.2, Protocol Negotiation."""
    old = attrs.evolve(PROFILES["cloud"], versions=(Version.V1_1, Version.V1_0))
    client = opened(old)
    error = client.connect(client.simulator.license_key, **{"accept-version": "1.2"})
    assert (error.command, error.header("version")) == ("ERROR", "1.0,1.1")


@pytest.mark.parametrize("name", NAMES)
def test_receipts_are_those_of_the_profile(opened: Open, name: str) -> None:
    """Who asks for all of them gets what such a server sends."""
    client = opened(name)
    greet(client)
    client.say("SUBSCRIBE", {"id": "1", "destination": ERROR, "receipt": "SUBSCRIBE"})
    client.say("UNSUBSCRIBE", {"id": "1", "receipt": "UNSUBSCRIBE"})
    client.say("DISCONNECT", {"receipt": "DISCONNECT"})
    receipts: list[str | None] = []
    with contextlib.suppress(ConnectionClosed):
        while True:
            frame = client.next_frame()
            if frame.command == "RECEIPT":
                receipts.append(frame.header("receipt-id"))
    asked = ("SUBSCRIBE", "UNSUBSCRIBE", "DISCONNECT")
    assert receipts == [one for one in asked if one in PROFILES[name].receipts]
    assert client.socket.close_code == 1000


@pytest.mark.parametrize(
    ("name", "beats"),
    [("on-premise", "10000,10000"), ("cloud", "0,0"), ("spring", "0,0"), ("rabbitmq", "1000,1000")],
)
def test_heart_beats_are_those_of_the_profile(opened: Open, name: str, beats: str) -> None:
    """Unless the caller says otherwise."""
    client = opened(name)
    greeting = client.connect(client.simulator.license_key, **{"heart-beat": "500,500"})
    assert greeting.header("heart-beat") == beats
    with Simulator(profile=name, heart_beat_ms=(7, 7)) as simulator:
        other = RawClient(simulator)
        assert other.connect(simulator.license_key).header("heart-beat") == "7,7"
        other.close()


@pytest.mark.parametrize("name", NAMES)
def test_frames_are_written_as_the_server_writes_them(opened: Open, name: str) -> None:
    """Content-length, the line feed behind a frame, and headers that are copied."""
    profile = PROFILES[name]
    client = opened(name)
    greet(client)
    frames = sale(client)
    assert all(("\ncontent-length:" in frame) == profile.content_length for frame in frames)
    assert all(frame.endswith("\0\n" if profile.trailing_eol else "\0") for frame in frames)


def test_messages_without_content_length_are_messages() -> None:
    """ActiveMQ's way with text; the client reads up to NUL."""
    bare = attrs.evolve(PROFILES["on-premise"], name="bare", content_length=False)
    with Simulator(profile=bare) as simulator:
        assert pay(till(simulator), PaymentType.SALE, 1).result is Result.AUTHORISED_ONLINE
        client = RawClient(simulator)
        greet(client)
        assert not any("content-length" in frame for frame in sale(client))
        client.close()


def test_rabbitmq_copies_the_receipt_header_of_a_send(opened: Open) -> None:
    """A message with `receipt` asks for nothing; a client must not answer it."""
    client = opened("rabbitmq")
    greet(client)
    client.subscribe_all("queryPaymentResult")
    body = b'{"merchantTransactionReference":"M1"}'
    where = {"destination": "/v1/payment/query/result", "receipt": "r-1"}
    client.say("SEND", {**where, "x-wp-correlation-id": "c-1"}, body)
    frames = [client.next_frame() for _ in range(2)]
    (message,) = (frame for frame in frames if frame.command == "MESSAGE")
    assert message.header("receipt") == "r-1"


@pytest.mark.parametrize(
    ("name", "offered", "chosen"),
    [
        ("on-premise", ["v10.stomp", "v11.stomp"], "v10.stomp"),
        ("rabbitmq", ["v10.stomp", "v11.stomp"], "v11.stomp"),
        ("rabbitmq", ["mqtt"], None),
    ],
)
def test_the_subprotocol_is_the_servers_or_the_clients_first(
    opened: Open, name: str, offered: list[str], chosen: str | None
) -> None:
    """RabbitMQ prefers the highest of its own."""
    assert opened(name, offered).socket.subprotocol == chosen


@pytest.mark.parametrize(("name", "longest"), [("on-premise", 100), ("cloud", 20), ("spring", 100)])
def test_the_length_of_a_paypoints_name(name: str, longest: int) -> None:
    """1 to 100 characters in the shop, 1 to 20 in the cloud."""
    with Simulator(profile=name) as simulator:
        assert till(simulator, "p" * longest).service_status().status == "not-busy"
        url = simulator.server("p" * longest).url
        with (
            pytest.raises(InvalidStatus) as caught,
            connect(f"{url}p", logger=SILENT, proxy=None),
        ):
            pass
    assert caught.value.response.status_code == HTTPStatus.NOT_FOUND
    assert f"1 to {longest} letters".encode() in (caught.value.response.body or b"")


# -- profiles as data


@pytest.mark.parametrize("name", NAMES)
def test_what_is_invented_is_named(name: str) -> None:
    """Each name is a member of the profile."""
    profile = PROFILES[name]
    assert profile.name == name
    assert set(profile.invented) <= {field.name for field in attrs.fields(Profile)}


def test_an_unknown_profile_is_told_with_those_that_there_are() -> None:
    """A sentence, and nothing started."""
    with pytest.raises(ValueError, match="no server profile 'tomcat'; there are on-premise, cloud"):
        Simulator(profile="tomcat")


def test_a_profile_of_ones_own() -> None:
    """Any mixture can be played."""
    odd = Profile(
        name="odd",
        title="Odd",
        versions=["1.1"],
        receipts=ALL_RECEIPTS - {"SUBSCRIBE"},
        after_error=AfterError.SERVES,
        content_length=False,
        trailing_eol=True,
        closes_silently={"not-authenticated": 4000},
    )
    with Simulator(profile=odd) as simulator:
        assert pay(till(simulator), PaymentType.SALE, 1).result is Result.AUTHORISED_ONLINE
        client = RawClient(simulator)
        assert client.connect().header("version") == "1.1"
        client.subscribe(STATUS)
        with pytest.raises(ConnectionClosed):
            client.next_frame()
        assert client.socket.close_code == 4000
        client.close()
