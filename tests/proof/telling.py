"""How a till's process tells its parent what happens to it."""

import json
import socket
import threading
from typing import Any


class Link:
    """Tells the parent, a line at a time, from any thread."""

    def __init__(self, link: socket.socket) -> None:
        self._link, self._lock = link, threading.Lock()

    def tell(self, kind: str, /, **facts: Any) -> None:
        """Send a line."""
        line = json.dumps({"tell": kind, **facts}).encode() + b"\n"
        with self._lock:
            self._link.sendall(line)

    def wait_for_go(self) -> None:
        """Return when the parent watches."""
        self._link.recv(16)
