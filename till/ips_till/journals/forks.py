"""What belongs to a process and must not be touched by a child that was forked off it."""

import ctypes
import os
import weakref
from typing import Final, Protocol


class Inherited(Protocol):
    """Something that a child gets a copy of."""

    def after_fork(self) -> None:
        """Give up in the child what is the parent's, so that the parent keeps it."""
        ...


_ALL: Final = weakref.WeakSet[Inherited]()


def watch(inherited: Inherited) -> None:
    """Have `after_fork` called in each child."""
    _ALL.add(inherited)


def never_finalise(connection: object) -> None:
    """Have a connection never deleted: its end would undo, or say goodbye, for the parent."""
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))


def _after_fork() -> None:
    for inherited in list(_ALL):
        inherited.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
