"""What the page's server answers, and to whom."""

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from ips_simulator import PadMode, Simulator
from ips_simulator.faults import FaultKind
from ips_simulator.feed import FrameSeen
from ips_simulator.page.fault_menu import ABOUT, POINTS
from ips_simulator.page.history import MOST_FRAMES, MOST_PAYPOINTS, History
from ips_simulator.points import Step
from sim_helpers import SILENT, pay, till
from worldpay_ips import PaymentApi, PaymentType, PointOfSaleRegistrationRequest


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(page=True, pin_pads="manual") as running:
        yield running


def where(simulator: Simulator) -> str:
    assert simulator.page_url is not None
    return urlsplit(simulator.page_url).netloc


def get(simulator: Simulator, path: str = "/", host: str | None = None) -> tuple[int, Any, bytes]:
    """Status, headers and body of an answer; the path goes out as it is."""
    connection = http.client.HTTPConnection(where(simulator), timeout=10)
    connection.request("GET", path, headers={"Host": host or where(simulator)})
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read()
    connection.close()
    return found


def live(simulator: Simulator, origin: str | None = None) -> ClientConnection:
    netloc = where(simulator)
    return connect(
        f"ws://{netloc}/live", origin=Origin(origin or f"http://{netloc}"),
        logger=SILENT, compression=None, proxy=None, max_size=None, close_timeout=1,
    )  # fmt: skip


class Watching:
    """An open page without a browser."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.said = ""
        """Everything that it was sent."""

    def next(self, type_: str | None = None) -> dict[str, Any]:
        while True:
            text = self._socket.recv(timeout=10)
            assert isinstance(text, str)
            self.said += text
            message: dict[str, Any] = json.loads(text)
            if type_ in (None, message["type"]):
                return message

    def wish(self, text: str) -> dict[str, Any]:
        self._socket.send(text)
        return self.next("answer")

    def do(self, **wish: Any) -> dict[str, Any]:
        return self.wish(json.dumps({"id": 1, "paypoint": "INST001", **wish}))


@contextmanager
def watching(simulator: Simulator) -> Iterator[tuple[Watching, dict[str, Any]]]:
    """An open page, and the first that it was told."""
    with live(simulator) as socket:
        page = Watching(socket)
        yield page, page.next("snapshot")


def test_the_page_may_use_nothing_but_the_simulator(simulator: Simulator) -> None:
    """Its policy names no other host and no inline script; types are not guessed."""
    status, headers, body = get(simulator)
    assert status == 200
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'; ")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert b"://" not in body
    assert headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil", ""])
def test_another_name_for_this_machine_reaches_nothing(simulator: Simulator, host: str) -> None:
    """So that no foreign site gets in by letting its own name point here."""
    status, _headers, body = get(simulator, host=host or "\t")
    assert status in (400, 421)
    assert b"<title>" not in body


def test_the_name_localhost_is_its_own(simulator: Simulator) -> None:
    """With any port: it may be forwarded."""
    assert get(simulator, host="localhost:9")[0] == 200


@pytest.mark.parametrize(
    "path",
    ["/../server.py", "/%2e%2e/server.py", "/static/page.js", "//page.js", "/..%2fguard.py", "/.."],
)
def test_only_the_files_of_the_page_are_there(simulator: Simulator, path: str) -> None:
    """Whatever way a path takes."""
    assert get(simulator, path)[0] == 404


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1"])
def test_another_site_cannot_open_the_stream(simulator: Simulator, origin: str) -> None:
    """Browsers let every site open a WebSocket to anywhere, and say which site it is."""
    with pytest.raises(InvalidStatus) as refused, live(simulator, origin):
        pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        ("{", "This page is not of this simulator; reload it."),
        ("[1]", "This page is not of this simulator; reload it."),
        ("[" * 4000, "This page is not of this simulator; reload it."),
        ('{"do": "explode", "paypoint": "INST001"}', "This page is not of this simulator"),
        ('{"do": "sign"}', "The wish lacks its paypoint."),
        ('{"do": "sign", "paypoint": "INST009"}', "This paypoint is not on the page."),
        ('{"do": "show", "paypoint": "../x"}', "A paypoint's id has 1 to 100 letters"),
        ('{"do": "sign", "paypoint": "INST001"}', "The pad waits for nothing now."),
        ('{"do": "present", "way": "throw", "paypoint": "INST001"}', "There is no such way."),
        ('{"do": "inject", "kind": "fire", "paypoint": "INST001"}', "There is no such kind."),
        ('{"do": "choose", "scenario": "aproved", "paypoint": "INST001"}', "There is no scenario"),
    ],
)
def test_what_cannot_be_done_is_said_and_harms_nothing(
    simulator: Simulator, wish: str, message: str
) -> None:
    """The page goes on: the next wish is done."""
    with watching(simulator) as (page, _):
        answer = page.wish(wish)
        assert answer["ok"] is False
        assert answer["message"].startswith(message)
        assert page.do(do="mode", mode="automatic")["ok"] is True
    assert simulator.pin_pad().mode == "automatic"


def test_a_page_that_is_opened_late_knows_everything(simulator: Simulator) -> None:
    """As does one that is reloaded while a payment waits for the card."""
    simulator.pin_pad().mode = PadMode.AUTOMATIC
    pay(till(simulator), PaymentType.SALE, 1099)
    with watching(simulator) as (_page, told):
        (paypoint,) = told["paypoints"]
        assert (paypoint["payment"]["amount"], paypoint["payment"]["outcome"]) == (
            "10.99",
            "succeeded",
        )
        assert [one["type"] for one in paypoint["receipts"]] == ["customer", "merchant"]
        (charge,) = told["charges"]
        assert (charge["kind"], charge["amount"]) == ("sale", "10.99")
        assert told["totals"]["net"] == "10.99"
        assert told["frames"][0]["command"] == "CONNECT"
        assert {one["name"] for one in told["scenarios"]} == set(simulator.library.names)


def test_a_page_is_told_no_secret(simulator: Simulator) -> None:
    """No key, code, card number but its last four digits, track, token or authorisation."""
    simulator.pin_pad().mode = PadMode.AUTOMATIC
    code = simulator.issue_activation_code()
    with watching(simulator) as (page, _):
        request = PointOfSaleRegistrationRequest(
            point_of_sale_id="D45FGT", point_of_sale_reference="POS123",
            point_of_sale_activation_code=code,
        )  # fmt: skip
        key = PaymentApi(simulator.server()).register_point_of_sale(request)
        pay(till(simulator), PaymentType.SALE, 1099, reference="4111111111111111")
        simulator.choose("INST001", "approved")  # the last that is told
        while '"scenario": "approved", "clients"' not in page.said:
            page.next()
    secrets = [
        code, key.point_of_sale_license_key, simulator.license_key, "492949XXXXXX0002",
        "4111111111111111", "1234567890123445", "A1B2C3D4E5F6G7H",
    ]  # fmt: skip
    # Long headers are cut when shown: the start of a key is a leak too.
    assert [secret[:4] for secret in secrets if secret[:24] in page.said] == []
    assert "0002" in page.said  # four digits may be seen


def test_the_memory_of_the_page_is_bounded(simulator: Simulator) -> None:
    """Old frames are forgotten; who has missed some is told everything again."""
    history = History(simulator._world)  # the feed's part is played here
    seen = history.revision

    def take(number: int) -> None:
        history.take(
            FrameSeen(
                at=0.0, paypoint_id=f"P{number}", connection=1, direction="in", command="SEND",
                headers=(), body="x" * 100_000, size=100_000,
            )
        )  # fmt: skip

    take(0)
    assert history.since(seen)["type"] == "changes"
    for number in range(MOST_FRAMES):
        take(number)
    assert history.since(seen)["type"] == "snapshot"
    told = history.everything()
    assert len(told["frames"]) == MOST_FRAMES
    assert len(told["paypoints"]) == MOST_PAYPOINTS
    assert len(json.dumps(told)) < MOST_FRAMES * 21_000


def test_every_fault_and_point_can_be_chosen() -> None:
    """A new kind needs its words in the menu."""
    assert set(ABOUT) == set(FaultKind)
    assert set(POINTS) == set(Step)


def test_a_page_port_in_use_is_an_error_at_the_start(simulator: Simulator) -> None:
    """And leaves nothing behind: the next start finds its own port free."""
    port = int(where(simulator).rpartition(":")[2])
    other = Simulator(page=port)
    with pytest.raises(OSError, match="address already in use"):
        other.start()
    assert other.page_url is None
