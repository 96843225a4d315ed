"""Pages that misbehave, and many of them: the simulator goes on serving payments."""

import http.client
import time
from contextlib import ExitStack, suppress

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from ips_simulator import Simulator
from ips_simulator.page.server import MOST_ANSWERS, MOST_PAGES
from sim_helpers import pay, till
from test_page_server import get, live, watching, where
from worldpay_ips import PaymentType


def test_every_file_has_its_type() -> None:
    """Scripts, styles and pictures are not run or shown as anything else."""
    with Simulator(page=True) as simulator:
        for path, type_ in (
            ("/page.js", "text/javascript; charset=utf-8"),
            ("/page.css", "text/css; charset=utf-8"),
            ("/icon.svg", "image/svg+xml"),
        ):
            status, headers, _body = get(simulator, path)
            assert (status, headers["Content-Type"]) == (200, type_)
            assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_stream_without_an_origin_is_refused() -> None:
    """No browser asks so."""
    with Simulator(page=True) as simulator:
        connection = http.client.HTTPConnection(where(simulator), timeout=10)
        connection.request(
            "GET", "/live", headers={
                "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
            },
        )  # fmt: skip
        assert connection.getresponse().status == 403
        connection.close()


def test_no_more_than_so_many_pages_and_all_end_with_the_simulator() -> None:
    """The next is told so; stopping waits for none of them."""
    with ExitStack() as opened:
        with Simulator(page=True) as simulator:
            pages = [opened.enter_context(live(simulator)) for _ in range(MOST_PAGES)]
            for page in pages:
                page.recv(timeout=10)
            with pytest.raises(InvalidStatus) as refused, live(simulator):
                pass
            assert refused.value.response.status_code == 503
            began = time.monotonic()
        assert time.monotonic() - began < 8
        assert simulator.page_url is None
        for page in pages:
            with pytest.raises(ConnectionClosed):
                _read_to_the_end(page)


def _read_to_the_end(page: ClientConnection) -> None:
    while True:
        page.recv(timeout=10)


def test_an_oversized_wish_ends_its_page_alone() -> None:
    """Other pages and tills go on."""
    with Simulator(page=True) as simulator, watching(simulator) as (other, _):
        with live(simulator) as page:
            page.recv(timeout=10)
            page.send("x" * 5000)
            with pytest.raises(ConnectionClosed):
                page.recv(timeout=10)
        assert pay(till(simulator), PaymentType.SALE, 1099).outcome == "succeeded"
        assert other.next("changes")["revision"] > 0


def test_a_simulator_without_a_page_has_no_address_of_one() -> None:
    """Nothing listens that was not asked for."""
    with Simulator() as simulator:
        assert simulator.page_url is None


def test_many_wishes_nobody_reads_the_answers_of_harm_no_payment() -> None:
    """A page that only wishes is answered or cut; the till is served all the same."""
    with Simulator(page=True) as simulator, live(simulator) as page:
        with suppress(ConnectionClosed):  # then it was cut
            for _ in range(MOST_ANSWERS * 3):
                page.send("{")
        assert pay(till(simulator), PaymentType.SALE, 1099).outcome == "succeeded"
