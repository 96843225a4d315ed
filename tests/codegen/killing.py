"""Kills a run of `write_tree` at each of its steps. Run as a script: it forks, once for each step.

    python killing.py FOLDER two-steps|one-step kill|fail

FOLDER holds the old package. For each step a copy of FOLDER is made, `FOLDER-<step>`, and the new
package is written into it by a process that is killed (or whose step fails) right before it. Prints
how many steps there were.
"""

import contextlib
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from stompgen.output import write_tree
from stompgen.swap import exchange

HEADER = "# Generated from spec/x.yaml by stompgen. Do not edit.\n"
OLD = {
    "pkg/__init__.py": HEADER + "a = 1\n",
    "pkg/same.py": HEADER,
    "pkg/gone/old.py": HEADER,
    "pkg/py.typed": "",
}
NEW = {
    "pkg/__init__.py": HEADER + "a = 2\n",
    "pkg/same.py": HEADER,
    "pkg/come/new.py": HEADER,
    "pkg/py.typed": "",
}
FOREIGN = {"pkg/mine.py": "mine = 1\n", "pkg/gone/notes.txt": "notes\n"}
STEPS = frozenset(
    {"open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.chmod"}
    | {"ctypes.dlsym", "os.listdir", "os.scandir", "shutil.rmtree"}
)


class StepError(OSError):
    """A step that fails."""


def die_at(step: int, how: str) -> Callable[[], bool]:
    """Kill this process, or let a step fail, when it is about to do its n-th step.

    Returns what tells whether it came to that.
    """
    count = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if event in STEPS and not (event == "open" and str(arguments[0]).endswith((".pyc", "c"))):
            count += 1
            if count == step:
                if how == "kill":
                    os.kill(os.getpid(), signal.SIGKILL)
                raise StepError(28, "No space left on device")

    sys.addaudithook(hook)
    return lambda: count >= step


def main(folder: Path, mode: str, how: str) -> None:
    """Try every step until a run comes through."""
    swap = exchange if mode == "one-step" else lambda *_: False
    for step in range(1, 1000):
        copy = folder.with_name(f"{folder.name}-{step}")
        shutil.copytree(folder, copy)
        child = os.fork()
        if child == 0:
            failed = die_at(step, how)
            with contextlib.suppress(StepError):
                write_tree(NEW, copy, swap=swap)
            os._exit(9 if failed() else 0)
        _, status = os.waitpid(child, 0)
        if status == 0:
            shutil.rmtree(copy)
            print(step - 1)
            return
        if how == "kill" and not os.WIFSIGNALED(status):
            sys.exit(f"step {step} ended with {status}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
