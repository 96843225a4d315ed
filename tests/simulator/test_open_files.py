"""More tills than a program may open files: room is made, or it is said, and none is lost."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from ips_simulator.open_files import ENOUGH, tell_few_files

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")

_SERVE = """
import resource, sys
soft, hard = map(int, sys.argv[1:3])
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
sys.argv[1:] = ["serve", "--port", "0", "--plain", "--no-page", "--json"]
from ips_simulator.cli import main
main()
"""
_PATIENCE_SECONDS = 30.0
_ADVICE = "(allow more with 'ulimit -n')"


@contextmanager
def serving(soft: int, hard: int) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """`ips-simulator serve` with limits of its own, and its port."""
    command = [sys.executable, "-c", _SERVE, str(soft), str(hard)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        try:
            assert process.stdout is not None
            facts: dict[str, Any] = json.loads(process.stdout.readline())
            yield process, int(facts["url"].split(":")[2].partition("/")[0])
        finally:
            process.kill()


def knock(port: int) -> socket.socket:
    """Ask for a WebSocket; the answer is read by `is_let_in`."""
    client = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE_SECONDS)
    client.sendall(
        b"GET /ipc-app/payment/INST001 HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    return client


def is_let_in(client: socket.socket) -> bool:
    """Wait for the answer."""
    return client.recv(4096).startswith(b"HTTP/1.1 101 ")


def test_serve_raises_a_low_limit_that_it_may_raise() -> None:
    """`ulimit -Sn 64` is no reason to serve 50 tills only."""
    with serving(64, 4096) as (process, port), ExitStack() as held:
        tills = [held.enter_context(knock(port)) for _ in range(100)]
        assert all(map(is_let_in, tills))
        process.terminate()
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_serve_without_room_says_so_and_lets_in_whoever_waits() -> None:
    """The limit is told at the start and, once, when it is reached; a free place is taken."""
    with serving(64, 64) as (process, port), ExitStack() as held:
        tills = [held.enter_context(knock(port)) for _ in range(80)]
        for till in tills[:30]:
            assert is_let_in(till)
            till.close()
        for till in tills[30:]:
            assert is_let_in(till)
        process.terminate()
        assert process.stderr is not None
        said = process.stderr.read().splitlines()
    assert said == [
        f"ips-simulator: {tell_few_files(64)}",
        f"too many open files: further tills wait until others have left {_ADVICE}",
    ]


def test_the_room_that_is_left_is_told() -> None:
    """In tills, which is what somebody counts who starts a simulator."""
    said = "this program may open 256 files: room for about 216 tills at once"
    assert tell_few_files(256) == f"{said} {_ADVICE}"


@pytest.mark.parametrize("limit", [None, ENOUGH, 1040])
def test_nothing_is_said_where_a_thousand_tills_find_room(limit: int | None) -> None:
    """None is a system without a limit."""
    assert tell_few_files(limit) is None
