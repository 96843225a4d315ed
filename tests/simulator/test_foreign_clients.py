"""What other STOMP clients send, and this project's own never would: each completes a sale."""

from collections.abc import Callable

import pytest

from foreign import ADDRESSES, cut, expect_a_sale, plain, sale_frames, say
from ips_simulator import Simulator
from sim_helpers import RawClient

Raw = Callable[[], RawClient]


@pytest.mark.parametrize("command", ["CONNECT", "STOMP"])
@pytest.mark.parametrize("host", ["", "\nhost:", "\nhost:/", "\nhost:elsewhere.example"])
@pytest.mark.parametrize(
    ("versions", "agreed"),
    [
        ("1.0", "1.0"),
        ("1.2,1.1,1.0", "1.2"),
        ("1.0,1.1", "1.1"),
        ("1.1, 1.2", "1.2"),
        (" 1.1 ,1.0 ", "1.1"),
        ("1.2,1.2", "1.2"),
        ("1.3,1.1,2.0", "1.1"),
    ],
)
def test_any_greeting_leads_to_a_sale(
    raw: Raw, simulator: Simulator, command: str, host: str, versions: str, agreed: str
) -> None:
    """STOMP or CONNECT, any order of versions or blanks, known among unknown, host or none."""
    connect = f"accept-version:{versions}{host}"
    client = raw()
    say(client, sale_frames(simulator, command=command, connect=connect))
    connected, _ = expect_a_sale(simulator, client)
    assert connected.header("version") == agreed


def test_a_client_of_1_0_names_no_version_and_no_subscription(
    raw: Raw, simulator: Simulator
) -> None:
    """STOMP 1.0 knows neither header; the destination then stands for the subscription."""
    client = raw()
    say(
        client,
        sale_frames(simulator, connect="", subscribe=lambda _, address: f"destination:{address}"),
    )
    connected, messages = expect_a_sale(simulator, client)
    assert connected.header("version") is None
    assert all(m.header("subscription") == m.header("destination") for m in messages)


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (None, None),
        (["mqtt"], None),
        (["mqtt", "v11.stomp"], "v11.stomp"),
        (["v10.stomp", "v11.stomp", "v12.stomp"], "v10.stomp"),
    ],
)
def test_any_subprotocol_or_none_leads_to_a_sale(
    simulator: Simulator, offered: list[str] | None, chosen: str | None
) -> None:
    """A name that is not STOMP's is passed over; accept-version alone decides what is spoken."""
    client = RawClient(simulator, subprotocols=offered)
    try:
        say(client, sale_frames(simulator))
        connected, _ = expect_a_sale(simulator, client)
        assert (client.socket.subprotocol, connected.header("version")) == (chosen, "1.2")
    finally:
        client.close()


@pytest.mark.parametrize("text", [True, False])
@pytest.mark.parametrize("size", [1, 5, 1000, 1_000_000])
def test_where_messages_are_cut_makes_no_difference(
    raw: Raw, simulator: Simulator, size: int, text: bool
) -> None:
    """Frames in portions of five octets, and all after CONNECT merged into one message."""
    client = raw()
    connect, *rest = sale_frames(simulator)
    say(client, [*cut(connect, size), *cut(b"".join(rest), size)], text=text)
    expect_a_sale(simulator, client)


def test_text_and_binary_may_alternate_inside_a_character(raw: Raw, simulator: Simulator) -> None:
    """One frame begins in a binary message and ends in a text one; so may a character between."""
    client = raw()
    first, *rest = sale_frames(simulator, send="x-note:caf\N{LATIN SMALL LETTER E WITH ACUTE}")
    stream = b"".join(rest)
    middle = stream.index("\N{LATIN SMALL LETTER E WITH ACUTE}".encode()) + 1
    say(client, [first])
    say(client, [stream[:middle], stream[middle : middle + 1]], text=False)
    say(client, [stream[middle + 1 :]])
    expect_a_sale(simulator, client)


@pytest.mark.parametrize("after", ["\n", "\n\n\n", "\r\n"])
@pytest.mark.parametrize("apart", [False, True])
def test_line_ends_after_a_frame_are_nothing(
    raw: Raw, simulator: Simulator, after: str, apart: bool
) -> None:
    """Glued to the frame or in a message of their own."""
    pieces = [
        piece
        for frame in sale_frames(simulator)
        for piece in ([frame, after.encode()] if apart else [frame + after.encode()])
    ]
    client = raw()
    say(client, pieces)
    expect_a_sale(simulator, client)


def test_lines_may_end_with_cr_lf(raw: Raw, simulator: Simulator) -> None:
    """STOMP 1.2 allows it in every frame, CONNECT as well."""

    def write(command: str, headers: str, body: str = "") -> bytes:
        return plain(command, headers).replace(b"\n", b"\r\n")[:-1] + body.encode() + b"\0"

    client = raw()
    say(client, sale_frames(simulator, write=write))
    expect_a_sale(simulator, client)


@pytest.mark.parametrize(
    "wish",
    ["0,0", "1,1", "0,1", "1,0", "7,999999999", "999999999,7", "00,00", "000010,0", "12345,54321"],
)
def test_any_wish_for_heart_beats_is_granted_in_part(
    raw: Raw, simulator: Simulator, wish: str
) -> None:
    """The server says what it can do, whatever was asked; a client that needs less is not hurt."""
    client = raw()
    say(client, sale_frames(simulator, connect=f"accept-version:1.2\nheart-beat:{wish}"))
    connected, _ = expect_a_sale(simulator, client)
    assert connected.header("heart-beat") == "10000,10000"


def test_headers_that_nobody_asked_for_are_ignored(raw: Raw, simulator: Simulator) -> None:
    """Empty logins, content lengths of 0, priorities, receipts for everything."""
    client = raw()
    say(
        client,
        sale_frames(
            simulator,
            connect="accept-version:1.2\nlogin:\npasscode:\nclient-id:till\ncontent-length:0",
            subscribe=lambda i, to: (
                f"destination:{to}\nack:auto\nid:{i}\nreceipt:r{i}\ncontent-length:0\nselector:x"
            ),
            send="receipt:sent\npriority:9\npersistent:true\ncontent-type:text/plain",
        ),
    )
    expect_a_sale(simulator, client)


@pytest.mark.parametrize("verdict", ["ACK", "NACK"])
@pytest.mark.parametrize("mode", ["client", "client-individual"])
@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_client_may_acknowledge_what_it_asked_to(
    raw: Raw, simulator: Simulator, version: str, mode: str, verdict: str
) -> None:
    """STOMP 1.2, MESSAGE: it then carries `ack`. Some clients do so by default; nothing follows."""
    client = raw()
    say(
        client,
        sale_frames(
            simulator,
            connect=f"accept-version:{version}",
            subscribe=lambda i, to: f"id:{i}\ndestination:{to}\nack:{mode}",
        ),
    )
    _, messages = expect_a_sale(simulator, client)
    for message in messages:
        assert (message.header("ack") is not None) == (version == "1.2")
        names = {
            "id": message.header("ack") or "",
            "message-id": message.header("message-id") or "",
            "subscription": message.header("subscription") or "",
        }
        client.say(verdict, {**names, "receipt": "acknowledged"})
        receipt = client.next_frame()
        assert (receipt.command, receipt.header("receipt-id")) == ("RECEIPT", "acknowledged")
    assert simulator.refusals == ()


def test_only_who_shall_acknowledge_is_told_how(raw: Raw, simulator: Simulator) -> None:
    """Of two subscriptions the one with ack `auto` gets no `ack` header."""
    client = raw()
    say(
        client,
        sale_frames(
            simulator,
            subscribe=lambda i, to: (
                f"id:{i}\ndestination:{to}" + ("\nack:client" if to.endswith("/receipt") else "")
            ),
        ),
    )
    _, messages = expect_a_sale(simulator, client)
    asked = {m.header("destination") for m in messages if m.header("ack") is not None}
    assert asked == {address for address in ADDRESSES if address.endswith("/receipt")}
