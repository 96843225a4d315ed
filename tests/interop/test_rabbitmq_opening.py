"""How a session with RabbitMQ begins, or does not: trust, subprotocol, version, credential."""

import logging
import re
import traceback
from pathlib import Path

import pytest
import trustme

from stompws.driver import SUBPROTOCOLS, Driver, TlsOptions
from stompws.errors import ConnectionLostError, RemoteRejectedError
from stompws.frames import Version

from .rabbitmq_broker import LOGIN, Broker, Line
from .rabbitmq_talk import bodies
from .relay import Relay

pytestmark = pytest.mark.usefixtures("nothing_left_behind")

WRONG = "wrong-7f3a9c55e1"


def exchange(driver: Driver, queue: str) -> None:
    """Show that the session works."""
    driver.send_frames(lambda protocol: (protocol.subscribe(queue), protocol.send(queue, b"hello")))
    assert bodies(driver, 1) == [b"hello"]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_own_authority_is_trusted(rabbitmq: Broker, queue: str, host: str) -> None:
    """A broker of one's own is verified by the authority's certificate, name or address (101)."""
    url = rabbitmq.secure_url.replace("127.0.0.1", host)
    tls = TlsOptions(ca_file=rabbitmq.ca_file)
    with Driver.open(url, connect_headers=LOGIN, host="/", tls=tls) as driver:
        exchange(driver, queue)


def test_foreign_authority_is_refused(rabbitmq: Broker, tmp_path: Path) -> None:
    """A certificate that another authority signed is no proof; nothing of ours leaves (101)."""
    foreign = tmp_path / "foreign.pem"
    trustme.CA().cert_pem.write_to_path(str(foreign))
    advice = f"ca_file {str(foreign)!r} does not hold the authority that signed it"
    with pytest.raises(ConnectionLostError, match=re.escape(advice)):
        Driver.open(
            rabbitmq.secure_url, connect_headers=LOGIN, host="/", tls=TlsOptions(ca_file=foreign)
        )
    with pytest.raises(
        ConnectionLostError, match=r"not trusted .* give its certificate as ca_file"
    ):
        Driver.open(rabbitmq.secure_url, connect_headers=LOGIN, host="/")


def test_port_that_wants_tls_is_not_spoken_to_in_the_clear(rabbitmq: Broker) -> None:
    """The wrong scheme is told from a dead server, in both directions."""
    in_the_clear = rabbitmq.secure_url.replace("wss:", "ws:")
    with pytest.raises(ConnectionLostError, match="needs wss://"):
        Driver.open(in_the_clear, connect_headers=LOGIN, host="/")
    with pytest.raises(ConnectionLostError, match="does not speak TLS"):
        Driver.open(rabbitmq.url.replace("ws:", "wss:"), connect_headers=LOGIN, host="/")


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (SUBPROTOCOLS, "v12.stomp"),
        (("v10.stomp", "v11.stomp"), "v11.stomp"),
        ((), None),
        (("mqtt",), None),
    ],
    ids=["all", "two", "none", "unknown"],
)
def test_rabbitmq_chooses_a_subprotocol_or_none(
    rabbitmq: Broker, queue: str, offered: tuple[str, ...], chosen: str | None
) -> None:
    """Whether the server chooses one of ours or none, the session is the same (78)."""
    direct = Line("direct", rabbitmq.url, None)
    with direct.open(subprotocols=offered) as driver:
        assert driver.subprotocol == chosen
        exchange(driver, queue)


@pytest.mark.parametrize("chosen", [None, *SUBPROTOCOLS])
def test_gateway_chooses_a_subprotocol_or_none(
    rabbitmq: Broker, queue: str, chosen: str | None
) -> None:
    """STOMP's version is agreed in CONNECTED, whatever a gateway chose for the WebSocket (78)."""
    with (
        Relay(rabbitmq.url, subprotocol=chosen) as relay,
        Line("gateway", relay.url, relay).open() as driver,
    ):
        assert driver.subprotocol == chosen
        assert driver.connected is not None
        assert driver.connected.version is Version.V1_2
        exchange(driver, queue)


@pytest.mark.parametrize("version", list(Version))
def test_version_is_the_one_that_was_offered(line: Line, version: Version) -> None:
    """RabbitMQ speaks all three, and says which (74, 75)."""
    with line.open(versions=[version]) as driver:
        assert driver.connected is not None
        assert driver.connected.version is version
        assert (driver.connected.server or "").startswith("RabbitMQ/")


def test_highest_common_version_is_agreed(line: Line) -> None:
    """Of all three offered, 1.2 is taken (74)."""
    with line.open() as driver:
        assert driver.connected is not None
        assert driver.connected.version is Version.V1_2


def test_wrong_password_is_told_and_never_shown(
    line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    """ERROR to CONNECT is raised with its text and advice; the password is nowhere (79, 103)."""
    caplog.set_level(logging.DEBUG)
    with pytest.raises(
        RemoteRejectedError, match=r"refused: Bad CONNECT; .* credential"
    ) as refusal:
        line.open(connect_headers={"login": "guest", "passcode": WRONG})
    assert refusal.value.server_message == "Bad CONNECT"
    shown = [*traceback.format_exception(refusal.value), repr(refusal.value), caplog.text]
    assert WRONG not in "".join([*shown, *map(str, refusal.value.args)])


def test_unknown_virtual_host_is_told(line: Line) -> None:
    """A virtual host that the broker does not have is refused at once, as a credential is (79)."""
    with pytest.raises(RemoteRejectedError, match="Bad CONNECT"):
        line.open(host="nowhere.example")


def test_wrong_path_is_told_from_a_wrong_credential(rabbitmq: Broker) -> None:
    """No STOMP at this path: the HTTP status and what to look at."""
    with pytest.raises(ConnectionLostError, match=r"HTTP 404 .* path"):
        Driver.open(rabbitmq.url + "/no", connect_headers=LOGIN, host="/")
