"""A STOMP document without conversations: its client and its server stubs talk to each other."""

import importlib
import sys
from typing import Any

import attrs
import pytest

from chat_server import serving
from generating import CASES
from stompgen import generate_files
from stompgen.output import write_tree
from stompws.client import ClientOptions
from stompws.errors import InvalidMessageError, LocalProtocolError, RemoteRejectedError
from stompws.server import Refused, SendArrived
from stompws.shapes import Raw, Undecodable

PACKAGE = "chat_bindings"


@pytest.fixture(scope="module")
def chat(tmp_path_factory) -> Any:
    """The generated package."""
    folder = tmp_path_factory.mktemp("chat")
    write_tree(generate_files(CASES / "chat" / "spec.yaml", package=PACKAGE), folder)
    sys.path.insert(0, str(folder))
    yield importlib.import_module(PACKAGE)
    sys.path.remove(str(folder))


@pytest.fixture
def handler(chat) -> Any:
    """Says again in the room what it is told."""
    module = importlib.import_module(f"{chat.__name__}.server")

    class Echo(module.ChatHandler):
        async def say(self, message, replies, *, room_id, tone="calm") -> None:
            self.heard = (message, room_id, tone)
            await replies.hear(message, room_id=room_id)
            if tone == "loud":
                await replies.overhear(Raw(data=b"\x00\xff"))

        async def send_picture(self, message, _) -> None:
            self.heard = message

    return Echo()


@pytest.fixture
def server(handler) -> Any:
    with serving(handler) as running:
        yield running


def client(chat, server, **options: Any) -> Any:
    """A client of the server in this test."""

    @attrs.frozen(kw_only=True)
    class Here(chat.Broker):
        location = f"127.0.0.1:{server.port}/ws"

    return chat.Chat(Here(host="127.0.0.1", plain=True), options=ClientOptions(**options))


def test_what_is_said_in_a_room_is_heard_there(chat, handler, server) -> None:
    """Parameters are arguments: they choose the destination on both sides."""
    with client(chat, server).connect() as connection:
        lobby = connection.hear(room_id="lobby")
        connection.hear(room_id="cellar")
        everything = connection.overhear()
        connection.say(chat.Words(text="Good morning"), room_id="lobby", tone="loud")
        event = lobby.next_event(5)
        assert event.payload == chat.Words(text="Good morning")
        assert event.operation.channel.address == "/topic/room/lobby"
        assert everything.next_event(5).payload == Raw(data=b"\x00\xff")
    assert handler.heard == (chat.Words(text="Good morning"), "lobby", "loud")


def test_a_default_is_filled_in_and_a_wrong_value_is_refused(chat, server) -> None:
    """A value that would make another address of it never leaves."""
    with client(chat, server).connect() as connection:
        connection.say(chat.Words(text="a"), room_id="lobby")
        for wrong in ({"tone": "shrill"}, {"room_id": "a/b"}, {"room_id": ""}, {"room_id": "a\n"}):
            with pytest.raises(LocalProtocolError):
                connection.say(chat.Words(text="b"), **{"room_id": "lobby", **wrong})
    sent = [frame.header("destination") for frame in server.frames if frame.command == "SEND"]
    assert sent == ["/app/room/lobby/calm"]


def test_application_headers_travel_as_text(chat, server) -> None:
    """A number is a number again on the other side, and a wrong one never leaves."""
    with client(chat, server).connect() as connection:
        marks = chat.Marks(mood="glad", urgency=2)
        connection.say(chat.Words(text="a"), room_id="lobby", headers=marks)
    [event] = [event for event in server.events if isinstance(event, SendArrived)]
    assert event.headers == attrs.evolve(marks, unknown_fields=event.headers.unknown_fields)
    [frame] = [frame for frame in server.frames if frame.command == "SEND"]
    assert (frame.header("mood"), frame.header("urgency")) == ("glad", "2")


def test_what_is_no_json_travels_as_it_is(chat, handler, server) -> None:
    """The media type is the document's."""
    with client(chat, server).connect() as connection:
        connection.send_picture(Raw(data=b"\x89PNG\x00"))
    assert handler.heard == Raw(data=b"\x89PNG\x00")
    [frame] = [frame for frame in server.frames if frame.command == "SEND"]
    assert frame.header("content-type") == "image/png"


def test_a_message_that_breaks_its_schema_never_leaves(chat, server) -> None:
    """Sending is exact, with and without a conversation."""
    with client(chat, server).connect() as connection, pytest.raises(InvalidMessageError):
        connection.say(chat.Words(text=""), room_id="lobby")
    assert not any(isinstance(event, SendArrived | Refused) for event in server.events)


def test_an_address_that_the_document_does_not_know_is_an_argument(chat, server) -> None:
    """A channel whose address is null."""
    with client(chat, server).connect() as connection:
        connection.hear_later(address="/queue/mine")
    subscribed = [f.header("destination") for f in server.frames if f.command == "SUBSCRIBE"]
    assert subscribed == ["/queue/mine"]


def test_login_passcode_and_virtual_host_are_in_connect(chat, server) -> None:
    """What a broker with users asks for; nothing of it shows."""
    options = ClientOptions(login="till", passcode=lambda: "open-sesame", virtual_host="shop")
    assert "till" not in repr(options)
    assert "sesame" not in repr(options)
    with client(
        chat, server, login="till", passcode=lambda: "open-sesame", virtual_host="shop"
    ).connect():
        pass
    connect = server.frames[0]
    found = [connect.header(name) for name in ("login", "passcode", "host")]
    assert found == ["till", "open-sesame", "shop"]


@pytest.mark.parametrize("value", ["", "a\nb", "\ud800"])
def test_a_secret_that_cannot_be_a_header_is_refused_unseen(chat, server, value) -> None:
    """Before anything is connected."""
    with pytest.raises(LocalProtocolError, match="passcode") as caught:
        client(chat, server, passcode=value).connect()
    assert not value or value not in str(caught.value)


def test_a_closed_subscription_ends_and_others_go_on(chat, server) -> None:
    """UNSUBSCRIBE is said; what had come may still be read."""
    with client(chat, server).connect() as connection:
        first = connection.hear(room_id="lobby")
        other = connection.hear(room_id="cellar")
        first.close()
        assert list(first) == []
        connection.say(chat.Words(text="a"), room_id="cellar")
        assert other.next_event(5).payload == chat.Words(text="a")
    assert list(other) == []
    assert [f.command for f in server.frames].count("UNSUBSCRIBE") == 1


def test_a_message_that_fits_nothing_is_delivered_raw(chat, handler, server) -> None:
    """Receiving loses nothing."""

    async def say(_, replies, **__) -> None:
        session = replies._port._session
        operation = type(handler).api.by_name["hear"].at({"roomId": "lobby"})
        session.reply_raw(operation, b"[]")

    handler.say = say
    with client(chat, server).connect() as connection:
        heard = connection.hear(room_id="lobby")
        connection.say(chat.Words(text="a"), room_id="lobby")
        event = heard.next_event(5)
    assert isinstance(event.payload, Undecodable)
    assert event.payload.raw == b"[]"


def test_an_error_of_the_server_ends_all_subscriptions(chat, handler, server) -> None:
    """Every one of them is told."""

    async def say(_, replies, **__) -> None:
        replies._port._session.stomp_error("go away")

    handler.say = say
    with client(chat, server).connect() as connection:
        found = [connection.hear(room_id=room) for room in ("a", "b")]
        connection.say(chat.Words(text="a"), room_id="a")
        for subscription in found:
            with pytest.raises(RemoteRejectedError, match="go away"):
                subscription.next_event(5)
