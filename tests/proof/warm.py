"""A process that has imported everything and forks one fresh till for each task.

It has one thread and holds nothing of a till, so that each child is as good as a new process, for
the price of a fork. Each message on its socket is a task as JSON, with a descriptor over which the
child tells.
"""

import gc
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from types import TracebackType
from typing import Any, Self

from tests.proof.child import Child

_MOST = 1 << 20
CARELESS = "PROOF_CARELESS"
"""Set in the environment of a nursery whose tills are careless ones."""


class Nursery:
    """The parent's side: starts the process, and asks it for children."""

    def __init__(self, *, careless: bool = False) -> None:
        self._lock = threading.Lock()
        self._environment = {**os.environ, CARELESS: "1" if careless else ""}

    def __enter__(self) -> Self:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [sys.executable, "-m", "tests.proof.warm", str(theirs.fileno())]
            self._process = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], env=self._environment
            )
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._control.close()
        self._process.wait(10)

    def start(self, task: dict[str, Any]) -> Child:
        """Fork a child that does a task; it begins when it is told to go."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs, self._lock:
            socket.send_fds(self._control, [json.dumps(task).encode()], [theirs.fileno()])
        return Child(ours)


def main() -> None:
    """Fork a child for each message, until the parent goes."""
    # With everything that a till needs.
    if os.environ.get(CARELESS):
        from tests.proof.careless import work
    else:
        from tests.proof.till_process import work

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are not waited for here
    control = socket.socket(fileno=int(sys.argv[1]))
    gc.collect()
    gc.freeze()
    while True:
        message, descriptors, _flags, _address = socket.recv_fds(control, _MOST, 1)
        if not message:
            return
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            control.close()
            try:
                work(socket.socket(fileno=descriptors[0]), json.loads(message))
            finally:
                os._exit(0)  # nothing of the parent's is to be ended a second time
        os.close(descriptors[0])


if __name__ == "__main__":
    main()
