"""What wakes a thread that waits in a selector."""

import contextlib
import io
import os
import socket
import sys

_ONE = (1).to_bytes(8, sys.byteorder)  # eventfd(2): eight octets, added to a counter


class Waker:
    """Readable once it was woken. One descriptor where the system has `eventfd`, else two.

    Each connection has one, and most systems give a program no more than 1,024 descriptors.

    Raises:
        OSError: The system has no descriptor left.
    """

    def __init__(self) -> None:
        self._woken: io.FileIO | socket.socket
        self._waker: io.FileIO | socket.socket
        if sys.platform == "linux":
            # A file object: after `close` it refuses, where a bare number may be someone else's.
            descriptor = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
            self._waker = self._woken = io.FileIO(descriptor, "r+")
        else:
            self._waker, self._woken = socket.socketpair()
            self._waker.setblocking(False)
            self._woken.setblocking(False)

    def fileno(self) -> int:
        """Return the descriptor to wait for, for selectors."""
        return self._woken.fileno()

    def wake(self) -> None:
        """Wake, from any thread. Twice is as once, and what is closed is left alone."""
        with contextlib.suppress(OSError, ValueError):  # full: already awake
            if isinstance(self._waker, io.FileIO):
                self._waker.write(_ONE)
            else:
                self._waker.send(b"\0")

    def clear(self) -> None:
        """Take note: no longer readable until it is woken again."""
        if isinstance(self._woken, io.FileIO):
            self._woken.read(len(_ONE))
        else:
            with contextlib.suppress(BlockingIOError):
                self._woken.recv(4096)

    def close(self) -> None:
        """Give the descriptors back."""
        self._waker.close()
        self._woken.close()
