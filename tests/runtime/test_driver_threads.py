"""A driver among threads: closed from elsewhere, interrupted, forked, and one of many."""

import os
import queue
import selectors
import signal
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from driver_peers import PATIENCE, Certificates, serving, wait_for
from kiosk_api import API
from stompws.decoding import codec_of
from stompws.driver import Driver, TlsOptions
from stompws.errors import LinkError, LocalProtocolError
from stompws.protocol import Disconnected, MessageReceived
from stompws.tls import shared_context
from stompws.waker import Waker

pytestmark = pytest.mark.usefixtures("nothing_left_behind")

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def echoed(driver: Driver, body: bytes) -> bytes:
    """Send, and return what the server sends back."""
    driver.send("/q", body)
    message = wait_for(driver, MessageReceived)
    assert isinstance(message, MessageReceived)
    return message.body


def subscribed(driver: Driver) -> Driver:
    driver.send_frames(lambda protocol: protocol.subscribe("/q"))
    return driver


def in_a_thread(work: Callable[[], object]) -> "queue.SimpleQueue[object]":
    """Run elsewhere; the queue gets what is returned or raised."""
    found: queue.SimpleQueue[object] = queue.SimpleQueue()

    def run() -> None:
        try:
            found.put(work())
        except LinkError as exc:
            found.put(exc)

    threading.Thread(target=run).start()
    return found


# -- ending from another thread


@pytest.mark.parametrize("end", [Driver.close, Driver.abort], ids=["close", "abort"])
def test_ending_from_another_thread_wakes_all_that_wait(end: Callable[[Driver], None]) -> None:
    """Every waiting thread is told that the session is over, whoever ended it."""
    with serving() as url:
        driver = Driver.open(url)
        waiting = [in_a_thread(lambda: driver.next_event(PATIENCE)) for _ in range(4)]
        in_a_thread(lambda: end(driver)).get(timeout=PATIENCE)
        assert driver.ended
        for found in waiting:
            item = found.get(timeout=PATIENCE)
            if not isinstance(item, Disconnected):  # one of them takes the receipt of DISCONNECT
                item = driver.next_event(0)
            assert isinstance(item, Disconnected)


def test_many_threads_may_end_at_once() -> None:
    """`close` and `abort` come together and more than once; each returns."""
    with serving() as url:
        driver = Driver.open(url)
        ends = [
            driver.close,
            driver.abort,
            driver.close,
            driver.abandon,
            driver.close,
            driver.abort,
        ]
        for found in [in_a_thread(end) for end in ends]:
            assert found.get(timeout=PATIENCE) is None
        assert driver.ended


def test_a_sender_is_refused_or_served_while_another_thread_closes() -> None:
    """A send that loses the race raises and sends nothing; none hangs."""
    with serving() as url:
        driver = Driver.open(url)
        started = threading.Event()

        def send_for_ever() -> None:
            while True:
                driver.send("/q", b"x")
                started.set()

        found = in_a_thread(send_for_ever)
        assert started.wait(PATIENCE)
        driver.close()
        assert isinstance(found.get(timeout=PATIENCE), LinkError)


@pytest.mark.parametrize("platform", [sys.platform, "another"])
def test_a_session_wakes_its_thread_on_every_system(
    platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no `eventfd` a pair of sockets wakes; a big message needs waking to leave."""
    body = b"x" * 4_000_000
    with serving() as url:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "platform", platform)
            driver = Driver.open(url)
        with driver:
            assert echoed(subscribed(driver), body) == body


def test_a_waker_wakes_once_and_does_nothing_when_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waking a thread that has ended must not reach a descriptor that is someone else's by then."""
    for platform in (sys.platform, "another"):
        with monkeypatch.context() as patch:
            patch.setattr(sys, "platform", platform)
            waker = Waker()
        with selectors.DefaultSelector() as selector:
            selector.register(waker, selectors.EVENT_READ)
            for _ in range(3):
                waker.wake()
            assert selector.select(0)
            waker.clear()
            assert not selector.select(0)
            waker.clear()
            waker.wake()
            assert selector.select(0)
        waker.close()
        waker.wake()


# -- many at once


def test_connections_of_one_program_are_apart(certificates: Certificates) -> None:
    """64 are opened at once from 64 threads; each hears its own echo and nothing else."""
    tls = TlsOptions(ca_file=certificates.ca_file)

    def talk(number: int) -> bytes:
        with Driver.open(url, tls=tls, connect_timeout=60.0) as driver:
            return echoed(subscribed(driver), str(number).encode())

    with serving(tls=certificates.server) as url:
        found = [in_a_thread(lambda number=number: talk(number)) for number in range(64)]
        told = [answer.get(timeout=60.0) for answer in found]
    assert told == [str(number).encode() for number in range(64)]


def test_connections_share_what_verifies_them(certificates: Certificates, tmp_path: Path) -> None:
    """The authorities are read once, and again when their file has changed."""
    ca_file = tmp_path / "ca.pem"
    ca_file.write_bytes(certificates.ca_file.read_bytes())
    first = shared_context(TlsOptions(ca_file=ca_file))
    assert shared_context(TlsOptions(ca_file=ca_file)) is first
    assert shared_context(TlsOptions(ca_file=str(certificates.ca_file))) is not first
    ca_file.write_bytes(certificates.ca_file.read_bytes() * 2)
    second = shared_context(TlsOptions(ca_file=ca_file))
    assert second is not first
    with serving(tls=certificates.server) as url:
        Driver.open(url, tls=TlsOptions(ca_file=ca_file)).close()


def test_an_authority_that_is_taken_away_is_no_longer_trusted(
    certificates: Certificates, tmp_path: Path
) -> None:
    """A file that is replaced or removed counts at the next connection, not at the next start."""
    ca_file = tmp_path / "ca.pem"
    ca_file.write_bytes(certificates.ca_file.read_bytes())
    with serving(tls=certificates.server) as url:
        Driver.open(url, tls=TlsOptions(ca_file=ca_file)).close()
        ca_file.unlink()
        with pytest.raises(LocalProtocolError, match="cannot be read"):
            Driver.open(url, tls=TlsOptions(ca_file=ca_file))


def test_clients_of_one_api_share_its_codec() -> None:
    """It is far bigger than a connection, so a hundred paypoints must not hold a hundred."""
    assert codec_of(API) is codec_of(API)


# -- interrupting


@pytest.mark.skipif(
    not hasattr(signal, "pthread_kill"), reason="this system cannot interrupt one thread"
)
def test_an_interrupt_leaves_the_session_usable() -> None:
    """Ctrl-C ends the wait and nothing else: the caller decides what becomes of the session."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    owner = threading.get_ident()
    try:
        with serving() as url, Driver.open(url) as driver:
            presser = threading.Timer(0.05, lambda: signal.pthread_kill(owner, signal.SIGINT))
            presser.start()
            with pytest.raises(KeyboardInterrupt):
                driver.next_event(PATIENCE)
            presser.join()
            assert echoed(subscribed(driver), b"still here") == b"still here"
    finally:
        signal.signal(signal.SIGINT, before)


# -- after a fork


def exit_code_of_child(work: Callable[[], bool]) -> int:
    """Fork and run; 0 when `work` returns True."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a fork beside threads is the point
        child = os.fork()
    if child == 0:
        try:
            os._exit(0 if work() else 1)
        except BaseException:  # noqa: BLE001 - the child must not run on as a second pytest
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def is_refused(use: Callable[[], object]) -> bool:
    try:
        use()
    except LocalProtocolError as exc:
        return "fork" in str(exc)
    return False


@needs_fork
@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
def test_a_child_cannot_use_and_does_not_harm_the_session(
    certificates: Certificates, secure: bool
) -> None:
    """Everything that would touch the socket is refused; forgetting it says nothing."""
    tls = certificates.server if secure else None
    options = TlsOptions(ca_file=certificates.ca_file)
    with serving(tls=tls) as url, Driver.open(url, tls=options) as driver:
        subscribed(driver)

        def misuse() -> bool:
            driver.abandon()
            return all(
                is_refused(use)
                for use in (
                    lambda: driver.send("/q"),
                    lambda: driver.next_event(0),
                    driver.close,
                    driver.abort,
                    lambda: driver.__exit__(None, None, None),
                )
            )

        assert exit_code_of_child(misuse) == 0
        assert echoed(driver, b"unharmed") == b"unharmed"


@needs_fork
def test_a_child_is_refused_even_when_the_lock_was_held() -> None:
    """At the fork another thread was in the middle of a frame; the child must not wait for it."""
    inside, go_on = threading.Event(), threading.Event()

    def trace(_direction: str, frame: object, _seconds: float) -> None:
        if getattr(frame, "command", "") == "SEND":
            inside.set()
            go_on.wait(PATIENCE)

    with serving() as url, Driver.open(url, trace=trace) as driver:
        sent = in_a_thread(lambda: driver.send("/q"))
        assert inside.wait(PATIENCE)
        try:
            assert exit_code_of_child(lambda: is_refused(driver.close)) == 0
        finally:
            go_on.set()
        assert sent.get(timeout=PATIENCE) is None


@needs_fork
def test_a_child_may_open_a_session_of_its_own() -> None:
    """Nothing that connections share is broken by a fork."""
    with serving() as url, Driver.open(url) as driver:

        def talk() -> bool:
            with Driver.open(url) as own:
                return echoed(subscribed(own), b"child") == b"child"

        assert exit_code_of_child(talk) == 0
        assert echoed(subscribed(driver), b"parent") == b"parent"
