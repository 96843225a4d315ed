"""A relay before a PostgreSQL server that can lose the answer to a commit."""

import contextlib
import select
import socket
import threading
from typing import Final, Self


class LosingRelay:
    """Passes octets on, and loses answers to commits when told to.

    Such a commit gets through, and the link breaks before its answer gets back: the server has
    committed, and the client cannot know.
    """

    def __init__(self, port: int) -> None:
        self._server_port: Final = port
        self._listener: Final = socket.create_server(("127.0.0.1", 0))
        self._threads: Final = list[threading.Thread]()
        self._lose = 0
        self.lost = 0
        self._closed = False

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._closed = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    @property
    def port(self) -> int:
        """Where it listens."""
        found: int = self._listener.getsockname()[1]
        return found

    def lose_commits(self, count: int = 1) -> None:
        """Lose the answers of the next commits."""
        self._lose = count

    def _start(self, target: object, *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closed:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._start(self._pass_on, client)

    def _pass_on(self, client: socket.socket) -> None:
        server = socket.create_connection(("127.0.0.1", self._server_port))
        with client, server:
            losing = False
            while not self._closed:
                ready, _, _ = select.select([client, server], [], [], 0.1)
                for end in ready:
                    try:
                        data = end.recv(65536)
                    except OSError:
                        return
                    if not data or (losing and end is server):
                        return  # the answer to the commit gets no further
                    if end is client and self._lose and b"COMMIT\0" in data:
                        losing = True
                        self._lose -= 1
                        self.lost += 1
                    with contextlib.suppress(OSError):
                        (server if end is client else client).sendall(data)
