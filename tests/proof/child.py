"""A till's process as its parent sees it: what it tells, and how it is killed."""

import json
import os
import select
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import Any, Final

LIMIT_SECONDS: Final = 60.0
"""No task may take longer, whatever happens to it."""


class Child:
    """One process. Not shared between threads, but for `kill`.

    Args:
        link: Over which it tells.
        on_struck: Called when it says that it stands where something shall happen; then it goes on.
    """

    def __init__(self, link: socket.socket, on_struck: Callable[[], None] | None = None) -> None:
        self._link, self._on_struck = link, on_struck
        self._pidfd: int | None = None
        self._lock = threading.Lock()
        self.told: list[dict[str, Any]] = []
        """Everything it said, oldest first."""
        self.killed = False
        self.too_long = False

    def run(self) -> None:
        """Let it go, and return when it is done. What it does for too long is ended by force."""
        until = time.monotonic() + LIMIT_SECONDS
        buffer = b""
        try:
            while data := self._receive(until):
                buffer += data
                *lines, buffer = buffer.split(b"\n")
                for line in lines:
                    self._hear(json.loads(line))
        finally:
            self._end()

    def kill(self) -> None:
        """SIGKILL it, and return when it is dead."""
        with self._lock:
            if self._pidfd is None:
                return
            self.killed = True
            try:
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            except ProcessLookupError:
                return
            select.select([self._pidfd], [], [], 5.0)  # readable when it has died

    def all(self, kind: str) -> list[dict[str, Any]]:
        """What it told of one kind."""
        return [item for item in self.told if item["tell"] == kind]

    def last(self, kind: str) -> dict[str, Any] | None:
        """The last it told of one kind."""
        found = self.all(kind)
        return found[-1] if found else None

    def _receive(self, until: float) -> bytes:
        self._link.settimeout(max(until - time.monotonic(), 0.01))
        try:
            return self._link.recv(65536)
        except TimeoutError:
            self.too_long = True
            self.kill()
            return b""
        except ConnectionResetError:
            return b""

    def _hear(self, item: dict[str, Any]) -> None:
        if item["tell"] == "born":
            with self._lock:
                self._pidfd = os.pidfd_open(item["pid"])
            self._link.sendall(b"go\n")
            return
        self.told.append(item)
        if item["tell"] == "struck" and item["waits"]:
            if self._on_struck is not None:
                self._on_struck()
            self._link.sendall(b"go\n")

    def _end(self) -> None:
        with self._lock:
            if self._pidfd is not None:
                if self.last("done") is None:  # what it had locked is free when it is dead
                    select.select([self._pidfd], [], [], 5.0)
                os.close(self._pidfd)
                self._pidfd = None
        self._link.close()
