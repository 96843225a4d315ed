"""What this process holds now, and how a part of the measurements is told."""

import gc
import sys
import threading
import time
from collections import Counter

import attrs
import psutil

MIB = 1024 * 1024


@attrs.frozen
class Holding:
    """What a process holds."""

    resident: int
    """Octets of memory that are in use: Python objects, OpenSSL's, and stacks of threads."""
    threads: int
    descriptors: int
    sockets: int
    objects: int
    """What the garbage collector knows."""
    blocks: int
    """Everything that Python has allocated and not freed, texts and numbers included."""


def holding() -> Holding:
    """Look at this process, after a collection."""
    gc.collect()
    process = psutil.Process()
    return Holding(
        resident=process.memory_info().rss,
        threads=threading.active_count(),
        descriptors=process.num_fds(),
        sockets=len(process.net_connections(kind="tcp")),
        objects=len(gc.get_objects()),
        blocks=sys.getallocatedblocks(),
    )


def objects_by_type() -> Counter[str]:
    """Count what the garbage collector knows; keep few of these, for each is an object too."""
    return Counter(f"{type(o).__module__}.{type(o).__qualname__}" for o in gc.get_objects())


@attrs.frozen
class Progress:
    """Tells how far it is; it may be handed to another process."""

    begin: float = attrs.field(factory=time.monotonic)

    def __call__(self, text: str) -> None:
        """Write a line, with the seconds since the beginning."""
        print(f"  … {time.monotonic() - self.begin:5.1f} s  {text}", flush=True)


@attrs.define
class Part:
    """One part: what it measures, its figures, and what is wrong with them."""

    title: str
    about: str
    """What was done, and what must hold."""
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]] = attrs.field(factory=list[tuple[str, ...]])
    problems: list[str] = attrs.field(factory=list[str])

    def require(self, holds: bool, otherwise: str) -> None:
        """Note a problem when something that must hold does not."""
        if not holds:
            self.problems.append(otherwise)
