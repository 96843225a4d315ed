"""Keeping a lease alive while its operation runs, for journals that want to be told."""

import contextlib
import threading
from collections.abc import Generator

from .errors import JournalError
from .job import Job


@contextlib.contextmanager
def kept_alive(job: Job) -> Generator[None]:
    """Renew the lease of a job from a thread, as often as its journal wants it."""
    seconds = job.journal.heart_beat_seconds
    lease = job.lease
    if seconds is None or lease is None:
        yield
        return
    over = threading.Event()

    def beat() -> None:
        while not over.wait(seconds):
            try:
                job.journal.renew(lease)
            except JournalError as exc:
                # The next write finds out what it means; a lost beat alone means nothing yet.
                job.watch.note("journal-trouble", why=type(exc).__name__)

    thread = threading.Thread(target=beat, name="ips-till-lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
