"""A process that has imported everything and forks one fresh till for each task.

It has one thread and holds nothing of a till, so that each child is as good as a new process, for
the price of a fork. Each message on its socket is a task as JSON, with a descriptor over which the
child tells.
"""

import gc
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeAlias

from tests.proof.child import Child

_MOST = 1 << 20
Work: TypeAlias = Callable[[socket.socket, dict[str, Any]], None]
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

    def start(self, task: dict[str, Any], on_struck: Callable[[], None] | None = None) -> Child:
        """Fork a child that does a task; it begins when it is told to go."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs, self._lock:
            socket.send_fds(self._control, [json.dumps(task).encode()], [theirs.fileno()])
        return Child(ours, on_struck)


def main() -> None:
    """Fork a child for each message, until the parent goes."""
    # With everything that a till needs.
    if os.environ.get(CARELESS):
        from tests.proof.careless import work
    else:
        from tests.proof.till_process import work

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are not waited for here
    logging.disable()  # strays and warnings are what these runs are made of
    control = socket.socket(fileno=int(sys.argv[1]))
    while True:
        message, descriptors, _flags, _address = socket.recv_fds(control, _MOST, 1)
        if not message:
            return
        task, link = json.loads(message), socket.socket(fileno=descriptors[0])
        if task.get("here"):
            _warm_up(work, link, task)
        elif os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            control.close()
            try:
                work(link, task)
            finally:
                os._exit(0)  # nothing of the parent's is to be ended a second time
        link.close()


def _warm_up(work: Work, link: socket.socket, task: dict[str, Any]) -> None:
    """Do a task here, for all that is imported and built when it is first used."""
    work(link, task)
    for thread in threading.enumerate():
        if thread is not threading.main_thread():
            thread.join(10)
    if threading.active_count() > 1:
        raise RuntimeError("a till has left a thread behind; nothing can be forked")
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main()
