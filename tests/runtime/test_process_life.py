"""How a program ends while a session is open: promptly, and without a word of ours on stderr."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator

import pytest

from driver_peers import PATIENCE, Peer, serving

BOUND_SECONDS = 20.0  # far above what any of these takes, far below for ever

# Programs know `session`, something that ends with `close` and `with`; `wait`, which lasts for as
# long as the server is mute; and `reopen`. Their patience with a mute goodbye is short.
DRIVER = """
    import os, signal, sys, threading
    from stompws.driver import Driver
    Driver.close.__defaults__ = (0.3,)
    def reopen():
        return Driver.open(sys.argv[1])
    session = reopen()
    wait = session.next_event
"""
CONVERSATION = """
    import logging, os, signal, sys, threading
    from kiosk_client import KioskClient, LocalKiosk
    from kiosk_scripts import KEY, ORDER
    from stompws.client import ClientOptions, Deadlines
    logging.getLogger("stompws").addHandler(logging.NullHandler())  # it tells what was left open
    def reopen():
        port = int(sys.argv[1].split(":")[2].partition("/")[0])
        options = ClientOptions(deadlines=Deadlines(close=0.3))
        client = KioskClient(LocalKiosk(port=port, plain=True), kiosk_key=KEY, options=options)
        return client.place_order(ORDER)
    session = reopen()
    wait = session.next_event
"""


@pytest.fixture(params=[DRIVER, CONVERSATION], ids=["driver", "conversation"])
def opened(request: pytest.FixtureRequest) -> str:
    """The beginning of a program."""
    return request.param


def silent(peer: Peer) -> None:
    """Accept, and never say anything again: not even goodbye."""
    peer.accept()
    for _ in peer.events():
        pass


@pytest.fixture
def url() -> Iterator[str]:
    """A server that is mute."""
    with serving(silent) as address:
        yield address


def started(url: str, *parts: str) -> "subprocess.Popen[str]":
    """Run a program in Python's development mode, every warning shown."""
    return subprocess.Popen(
        [sys.executable, "-X", "dev", "-c", "".join(map(textwrap.dedent, parts)), url],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def ended(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Wait for the end; return the exit code and what stands on stderr."""
    try:
        _, stderr = process.communicate(timeout=BOUND_SECONDS)
    finally:
        process.kill()
        process.wait(PATIENCE)
    # A session left open is a leak of the program's own, which the development mode tells.
    mine = [line for line in stderr.splitlines() if "ResourceWarning" not in line]
    return process.returncode, "\n".join(mine)


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ("", 0),
        ("sys.exit(3)", 3),
        ("with session:\n    sys.exit(3)", 3),
        ("session.close()\nsys.exit(4)", 4),
        ("threading.Thread(target=wait, daemon=True).start()", 0),
        ("threading.Thread(target=wait, daemon=True).start()\nsys.exit(5)", 5),
        ("import atexit\natexit.register(session.close)", 0),
        ("del session, wait", 0),
    ],
    ids=[
        "falls off the end",
        "exits",
        "exits in the block",
        "closes and exits",
        "a daemon thread waits",
        "exits while a daemon thread waits",
        "closes at exit",
        "forgets it",
    ],
)
def test_a_program_ends_with_an_open_session(opened: str, url: str, rest: str, code: int) -> None:
    """Whatever way it takes, with its own exit code, and our thread says nothing."""
    assert ended(started(url, opened, rest)) == (code, "")


def test_an_error_of_the_program_is_the_only_traceback(opened: str, url: str) -> None:
    """It passes through the block unchanged, and our thread adds none of its own."""
    code, stderr = ended(started(url, opened, "with session:\n    raise KeyError('mine')"))
    assert code == 1
    assert stderr.count("Traceback") == 1
    assert stderr.endswith("KeyError: 'mine'")
    code, stderr = ended(started(url, opened, "raise KeyError('mine')"))
    assert (code, stderr.count("Traceback")) == (1, 1)


def test_a_session_in_another_thread_ends_with_it(opened: str, url: str) -> None:
    """The interpreter waits for that thread as for any; the session adds nothing to it."""
    rest = """
        def use():
            with reopen() as mine:
                mine.next_event(0.1)
        threading.Thread(target=use).start()
    """
    assert ended(started(url, opened, rest)) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="signals of this kind are not of that system")
@pytest.mark.parametrize(
    "rest",
    ["wait()", "with session:\n    wait()"],
    ids=["bare", "in the block"],
)
def test_ctrl_c_ends_a_program_that_waits(opened: str, url: str, rest: str) -> None:
    """One traceback, that of the interrupt; the exit code of a program that was interrupted."""
    process = started(url, opened, 'print("ready", flush=True)\n', rest)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    code, stderr = ended(process)
    assert code == -signal.SIGINT
    assert stderr.count("Traceback") == 1
    assert stderr.endswith("KeyboardInterrupt")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.parametrize(
    "child",
    ["sys.exit(0)", "del driver, session, wait\n    gc.collect()\n    sys.exit(0)", "os._exit(0)"],
    ids=["exits", "collects", "vanishes"],
)
def test_a_forked_child_ends_and_its_parents_session_goes_on(child: str) -> None:
    """Neither an interpreter's end nor its collector says a word on the parent's connection."""
    rest = f"""
import gc, warnings
driver = session
from stompws.protocol import MessageReceived
driver.send_frames(lambda protocol: protocol.subscribe("/q"))
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    child = os.fork()
if child == 0:
    {child}
assert os.waitpid(child, 0)[1] == 0
driver.send("/q", b"unharmed")
event = driver.next_event(10.0)
assert isinstance(event, MessageReceived) and event.body == b"unharmed", event
driver.close()
"""
    with serving() as url:
        assert ended(started(url, DRIVER, rest)) == (0, "")
