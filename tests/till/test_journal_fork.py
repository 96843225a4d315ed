"""A forked child neither holds nor releases what its parent has."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from journal_place import LEASE_VARIABLE, PostgresPlace, SqlitePlace, take_over_soon

Place = SqlitePlace | PostgresPlace

# A process of its own: pytest's has threads, and does not like being forked.
SCRIPT = """
import gc, os, signal, sys, time
sys.path.insert(0, {here!r})
from journal_place import APPROVED, sent
from journal_worker import open_at
from ips_till.errors import UsedAfterForkError

how = sys.argv[2]
journal = open_at(sys.argv[1])
lease = sent(journal)
child = os.fork()
if child == 0:
    if how == "outlives":
        os.setsid()
        os.close(1); os.close(2)
        time.sleep(60)
        os._exit(0)
    refused = 0
    for call in (lambda: journal.latest(), lambda: journal.resolve(lease, APPROVED)):
        try:
            call()
        except UsedAfterForkError:
            refused += 1
    journal.close()
    if how == "collects":
        del journal
        gc.collect()
    if how == "exits":
        sys.exit(refused)  # with all that an interpreter does in the end
    os._exit(refused)
if how == "outlives":
    print(child, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
journal.note(lease, "still ours", {{}})
print("ours", flush=True)
sys.stdin.read()
"""


def run(place: Place, how: str) -> "subprocess.Popen[str]":
    """Start it."""
    code = SCRIPT.format(here=str(Path(__file__).parent))
    path = os.pathsep.join(filter(None, sys.path))
    env = {**os.environ, "PYTHONPATH": path, LEASE_VARIABLE: str(place.lease_seconds)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    command = [sys.executable, "-W", "error", "-c", code, place.address, how]
    return subprocess.Popen(command, env=env, text=True, **pipes)


@pytest.mark.criterion("AC51")
@pytest.mark.parametrize("how", ["stops", "exits", "collects"])
def test_a_child_is_refused_and_releases_nothing(place: Place, how: str) -> None:
    """However it ends, its parent goes on, and is seen to live."""
    place.short_leases()
    journal = place.open()
    with run(place, how) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ours\n", process.communicate()
            if isinstance(place, SqlitePlace):
                with pytest.raises(Exception, match="is being taken at this moment"):
                    journal.take_over("P1")
        finally:
            process.kill()
            assert process.communicate()[1] == ""
    entry = journal.find("A1")
    assert entry is not None
    assert [note.kind for note in entry.notes] == ["still ours"]
    assert take_over_soon(journal) is not None


@pytest.mark.criterion("AC51")
def test_a_child_that_outlives_its_parent_does_not_hold_the_lease(
    sqlite_place: SqlitePlace,
) -> None:
    """The parent is killed and its child goes on: the payment is recoverable at once."""
    journal = sqlite_place.open()
    with run(sqlite_place, "outlives") as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        process.communicate()
        try:
            assert journal.take_over("P1") is not None
            os.kill(child, 0)  # it does live
        finally:
            os.kill(child, 9)


BUSY = """
import os, sys, threading
sys.path.insert(0, {here!r})
from journal_place import APPROVED, sent
from journal_worker import open_at

journal, stop, made = open_at(sys.argv[1]), threading.Event(), []

def pay():
    while not stop.is_set():
        journal.resolve(sent(journal, f"A{{len(made)}}"), APPROVED)
        made.append(1)

thread = threading.Thread(target=pay)
thread.start()
for number in range(int(sys.argv[2])):
    child = os.fork()
    if child == 0:
        journal.close()
        del journal
        sys.exit(0)
    os.waitpid(child, 0)
stop.set()
thread.join()
print(len(made))
"""


@pytest.mark.criterion("AC51")
def test_forks_in_the_middle_of_writing_harm_nothing(sqlite_place: SqlitePlace) -> None:
    """The children end with all that an interpreter does; the parent's file stays whole."""
    code = BUSY.format(here=str(Path(__file__).parent))
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-c", code, sqlite_place.address, "40"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True, timeout=120)
    count = int(done.stdout)
    assert count > 0
    journal = sqlite_place.open()
    assert len(journal.latest(10_000)) == count
    assert journal.unresolved() == ()
    assert sqlite_place.rows("PRAGMA integrity_check") == [("ok",)]
