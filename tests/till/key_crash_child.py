"""Changes the keys of files in forks of its own, each killed at another call into the system.

Arguments: what to do, and for a refresh the port of the service. It reads the paths of files, one a
line, and answers each with how the fork ended: -9 when it was killed, 0 when it came to its end.
The first fork is killed before its first call, the second after it, the third before the second.
"""

import functools
import os
import signal
import sys
from collections.abc import Callable, Iterable
from typing import Any

from ips_till.keys import KeyFile
from ips_till.registering import refresh
from key_helpers import NEW, PROMPT
from worldpay_ips import OnPremise

CALLS = ("open", "write", "fsync", "replace", "unlink", "close")
CALLS_OF_REFRESH = ("fsync", "replace", "unlink")  # it opens and closes much else


def main() -> None:
    for at, line in enumerate(sys.stdin):
        child = os.fork()
        if child == 0:
            change(line.strip(), at)
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def change(path: str, at: int) -> None:
    what, file = sys.argv[1], KeyFile(path)
    kill_at(at, CALLS_OF_REFRESH if what == "refresh" else CALLS)
    if what == "refresh":
        port = int(sys.argv[2])
        server = OnPremise(host="127.0.0.1", port=port, paypoint_id="INST001", plain=True)
        refresh(server, file, options=PROMPT)
        return
    with file.exclusive():
        if what == "offer":
            file.offer(NEW)
        elif what == "promote":
            file.promote()
        else:
            file.withdraw()


def kill_at(at: int, names: Iterable[str]) -> None:
    """Kill this process around the `at // 2`-th of the calls to come."""
    seen = 0

    def watched(call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def killed(*args: Any, **kwargs: Any) -> Any:
            nonlocal seen
            mine, seen = seen, seen + 2
            if at == mine:
                os.kill(os.getpid(), signal.SIGKILL)
            result = call(*args, **kwargs)
            if at == mine + 1:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return killed

    for name in names:
        setattr(os, name, watched(getattr(os, name)))


if __name__ == "__main__":
    main()
