"""What the servers of the profiles do with clients that break the rules."""

import contextlib

import pytest
from websockets.exceptions import ConnectionClosed

from ips_simulator import Simulator
from profile_clients import ERROR, STATUS, Open, greet, opened, sale
from sim_helpers import SALE, RawClient, till
from stompws.frames import Limits

__all__ = ["opened"]


def broken(client: RawClient) -> None:
    client.socket.send("SEND\nx:\\t\n\n\0")  # an escape that STOMP 1.2 does not have


@pytest.mark.parametrize(
    ("name", "commands", "code"),
    [("on-premise", ["ERROR"], 1008), ("cloud", ["ERROR"], 1008), ("rabbitmq", [], 1007)],
)
def test_what_is_no_stomp_ends_the_connection(
    opened: Open, name: str, commands: list[str], code: int
) -> None:
    """With ERROR or, as RabbitMQ does, with the close code alone."""
    client = opened(name)
    greet(client, **{"accept-version": "1.2"})
    if name == "cloud":
        client.socket.send("GARBAGE\n\n\0")
    broken(client)
    seen: list[str] = []
    with contextlib.suppress(ConnectionClosed):
        while True:
            seen.append(client.next_frame().command)
    assert (seen, client.socket.close_code) == (commands, code)


def test_spring_leaves_the_connection_open_after_error(opened: Open) -> None:
    """It reads nothing more of it; the client has to close. So does ours."""
    client = opened("spring")
    greet(client)
    broken(client)
    assert client.next_frame().command == "ERROR"
    client.subscribe(ERROR, STATUS)
    with pytest.raises(TimeoutError):
        client.socket.recv(timeout=0.2)
    assert client.socket.ping().wait(10)
    client.close()
    assert till(client.simulator).service_status().status == "not-busy"


def test_spring_closes_a_stranger_without_a_word(opened: Open) -> None:
    """No ERROR: the close code is all there is."""
    client = opened("spring")
    with pytest.raises(ConnectionClosed):
        client.connect("a.b.c")
    assert client.socket.close_code == 1008


def test_rabbitmq_serves_on_after_error(opened: Open) -> None:
    """STOMP forbids it; real servers do it."""
    client = opened("rabbitmq")
    greet(client)
    client.send("/v1/nowhere", {})
    assert client.next_frame().command == "ERROR"
    frames = sale(client)
    assert "authorised-online" in "".join(frames)
    assert [refusal.kind for refusal in client.simulator.refusals] == ["unknown-destination"]


def test_a_frame_may_be_as_large_as_the_server_takes() -> None:
    """64 KB with Spring; `limits` says otherwise for any server."""
    filler = "x" * 65_000
    for given, kinds in (
        ({"profile": "on-premise"}, []),
        ({"profile": "spring"}, ["broken-protocol"]),
        ({"profile": "spring", "limits": Limits(max_frame_bytes=1 << 17)}, []),
        ({"limits": Limits(max_frame_bytes=1 << 16)}, ["broken-protocol"]),
    ):
        with Simulator(**given) as simulator:
            client = RawClient(simulator)
            greet(client)
            client.subscribe_all("startPayment")
            client.send("/v1/payment", {**SALE, "filler": filler + "x" * 500})
            frame = client.next_frame()
            assert frame.command == ("ERROR" if kinds else "MESSAGE")
            assert [refusal.kind for refusal in simulator.refusals] == kinds
            client.close()
