"""A server that accepts connections and says nothing."""

import contextlib
import socket
from collections.abc import Generator


@contextlib.contextmanager
def silent_server() -> Generator[int]:
    """Listen, and never answer; gives the port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]
