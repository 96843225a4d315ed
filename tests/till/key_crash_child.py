"""Changes the keys of a file, and kills itself at the n-th call into the operating system.

Arguments: the file, what to do, n. An even n kills before the call, an odd one after it. Exits with
0 when there was no n-th call.
"""

import functools
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from ips_till.keys import KeyFile

CALLS = ("open", "write", "fsync", "replace", "rename", "unlink", "close")


def main() -> None:
    path, what, at = sys.argv[1], sys.argv[2], int(sys.argv[3])
    seen = 0

    def kill_at(call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def watched(*args: Any, **kwargs: Any) -> Any:
            nonlocal seen
            mine, seen = seen, seen + 2
            if at == mine:
                os.kill(os.getpid(), signal.SIGKILL)
            result = call(*args, **kwargs)
            if at == mine + 1:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return watched

    file = KeyFile(path)
    for name in CALLS:
        setattr(os, name, kill_at(getattr(os, name)))
    with file.exclusive():
        if what == "offer":
            file.offer("new.license.key")
        elif what == "promote":
            file.promote()
        else:
            file.withdraw()


if __name__ == "__main__":
    main()
