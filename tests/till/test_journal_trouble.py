"""A journal that cannot be written refuses with a plain sentence, before anything is sent."""

import os
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ips_till.errors import JournalError, RefusedError, UnresolvedPaymentError
from ips_till.journal import Journal, Lease, Phase
from ips_till.journals import SqliteJournal, open_journal
from journal_place import APPROVED, SqlitePlace, intent, sent

NOBODY = 65534
ROOT = os.geteuid() == 0

# Runs as a process of its own, since it changes what the process may do, for good.
AS_NOBODY = """
import os, sys
from ips_till.journals import SqliteJournal
from ips_till.errors import JournalError
if os.geteuid() == 0:
    os.setgid({nobody}); os.setuid({nobody})
try:
    SqliteJournal(sys.argv[1])
except JournalError as exc:
    print(exc)
"""


def complaint(path: Path, **arguments: float) -> str:
    """What opening the journal at a path complains of."""
    with pytest.raises(JournalError) as refused:
        SqliteJournal(path, **arguments)
    assert refused.value.__cause__ is None
    assert str(path) in str(refused.value)
    return str(refused.value)


def as_nobody(path: Path) -> str:
    """What it complains of where this user has no rights."""
    code = AS_NOBODY.format(nobody=NOBODY)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run(
        [sys.executable, "-c", code, str(path)], env=env, capture_output=True, text=True, check=True
    ).stdout


def test_it_is_its_owner_s_alone(sqlite_place: SqlitePlace) -> None:
    """The files 0600, the folders that were made 0700, whatever the umask."""
    before = os.umask(0)
    try:
        sent(sqlite_place.open())
    finally:
        os.umask(before)
    folder = sqlite_place.path.parent
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
    assert modes.pop("till.sqlite3-leases") == stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600}
    assert len(modes) == 3


@pytest.mark.criterion("AC7")
def test_what_is_no_journal_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A folder, another file, another program's database, a place that cannot be."""
    text, other = tmp_path / "text", tmp_path / "other"
    text.write_text("shopping list\n" * 100)
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE theirs (n)")
    connection.close()
    before = text.read_bytes(), other.read_bytes()
    assert "is a folder" in complaint(tmp_path)
    assert "not a SQLite database" in complaint(text)
    assert "of another program" in complaint(other)
    assert "its folder is a file" in complaint(text / "till.sqlite3")
    assert (text.read_bytes(), other.read_bytes()) == before


@pytest.mark.criterion("AC7")
@pytest.mark.parametrize("what", ["file", "folder", "not there"])
def test_read_only_is_refused(what: str) -> None:
    """The file, its folder, or a folder in which the file cannot be made."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "till.sqlite3"
        SqliteJournal(path).close()
        if what == "not there":
            path.unlink()
        else:
            path.chmod(0o444 if what == "file" else 0o666)
        path.parent.chmod(0o777 if what == "file" else 0o555)
        said = as_nobody(path)
        path.parent.chmod(0o700)
    assert "no payment is started" in said
    assert "read-only" in said or "cannot be opened" in said


@pytest.mark.criterion("AC7")
def test_locked_by_another_program_is_refused_in_time(sqlite_place: SqlitePlace) -> None:
    """Each method waits a bounded time; when the lock is gone it works again."""
    journal = sqlite_place.open(wait_seconds=0.2)
    lease = journal.begin(intent())
    other = sqlite3.connect(sqlite_place.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        for call in (
            lambda: journal.begin(intent("B1", "P2")),
            lambda: journal.sending(lease, correlation_id="c"),
            lambda: journal.resolve(lease, APPROVED),
        ):
            with pytest.raises(JournalError, match=r"locked for more than 0\.2 s"):
                call()
        assert "locked" in complaint(sqlite_place.path, wait_seconds=0.2)
        found = journal.find("A1")  # reading goes on
        assert found is not None
        assert found.phase is Phase.INTENDED
    finally:
        other.close()
    journal.sending(lease, correlation_id="c")
    assert journal.find("B1") is None


@pytest.mark.criterion("AC7")
def test_a_full_disk_is_refused_and_leaves_nothing_half_written(sqlite_place: SqlitePlace) -> None:
    """At each write: the transaction is undone, its lease is gone, and with room it works again."""
    journal = sqlite_place.open()
    lease = journal.begin(intent())
    connection: sqlite3.Connection = journal._store._connection  # type: ignore[attr-defined]
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(JournalError, match="disk is full") as refused:
        fill(journal, lease)
    assert isinstance(refused.value, RefusedError)
    with pytest.raises(JournalError, match="disk is full"):
        journal.begin(intent("B1", "P2", facts={"text": "x" * 100_000}))
    assert journal.find("B1") is None
    assert len(list(sqlite_place.path.with_name("till.sqlite3-leases").iterdir())) == 1
    connection.execute("PRAGMA max_page_count = 100000")
    journal.sending(lease, correlation_id="c")
    journal.resolve(journal.begin(intent("B1", "P2")), APPROVED)
    entry = sqlite_place.open().find("A1")
    assert entry is not None
    assert [note.facts["n"] for note in entry.notes] == list(range(len(entry.notes)))


def fill(journal: Journal, lease: Lease) -> None:
    """Write more than there is room for."""
    for number in range(1000):
        journal.note(lease, "long", {"n": number, "text": "x" * 1000})


def limited(path: Path) -> list[str]:
    """Write until a file may not grow any more; what returned, and what was said then."""
    said: list[str] = []
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    journal = SqliteJournal(path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, resource.RLIM_INFINITY))
    try:
        for number in range(1000):
            lease = sent(journal, f"A{number}")
            said.append(f"A{number}")
            journal.resolve(lease, {**APPROVED, "text": "x" * 2000})
    except JournalError as exc:
        said.append(str(exc))
    return said


@pytest.mark.criterion("AC4", "AC7")
def test_a_disk_that_refuses_keeps_what_returned(sqlite_place: SqlitePlace) -> None:
    """A real error of the system in the middle of writing, at whatever statement it comes."""
    here = str(Path(__file__).parent)
    code = f"import sys; sys.path.insert(0, {here!r}); import test_journal_trouble as t\n"
    code += "from pathlib import Path; print(*t.limited(Path(sys.argv[1])), sep='\\n')"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", code, sqlite_place.address],
        env=env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    *names, said = done.stdout.split("\n")[:-1]
    assert "no payment is started" in said
    assert names
    journal = sqlite_place.open()
    kept = [entry.reference for entry in reversed(journal.latest(1000))]
    assert kept[: len(names)] == names
    assert len(kept) <= len(names) + 1  # the last may have been refused at its end
    for entry in journal.unresolved():
        assert journal.take_over("P1") is not None, entry


@pytest.mark.criterion("AC7")
@pytest.mark.skipif(not ROOT, reason="only root may mount a disk of its own")
def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """A file system with no room left, as the system tells it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = [shutil.which("mount") or "mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let root mount")
    try:
        journal = SqliteJournal(disk / "till.sqlite3")
        lease = sent(journal)
        filler = disk / "filler"
        with pytest.raises(OSError, match="No space"):
            filler.write_bytes(b"x" * 1_000_000)
        with pytest.raises(JournalError, match=r"disk is full|disk refuses"):
            fill(journal, lease)
        with pytest.raises(JournalError, match=r"disk is full|disk refuses"):
            journal.begin(intent("B1", "P2"))
        filler.unlink()
        journal.resolve(lease, APPROVED)
        assert journal.find("B1") is None
        journal.close()
    finally:
        subprocess.run([shutil.which("umount") or "umount", str(disk)], check=True)


@pytest.mark.criterion("AC7")
@pytest.mark.parametrize("how", ["moved", "deleted", "replaced"])
def test_a_file_that_is_no_longer_there_is_refused(sqlite_place: SqlitePlace, how: str) -> None:
    """What is written to a file without a name is on no disk tomorrow."""
    journal = sqlite_place.open()
    lease = journal.begin(intent())
    sqlite_place.path.rename(sqlite_place.path.with_name("elsewhere"))
    if how == "deleted":
        sqlite_place.path.with_name("elsewhere").unlink()
    if how == "replaced":
        sqlite_place.path.write_bytes(b"")
    with pytest.raises(JournalError, match="moved, deleted or replaced"):
        journal.sending(lease, correlation_id="c")
    with pytest.raises(JournalError, match="moved, deleted or replaced"):
        journal.begin(intent("B1", "P2"))


def test_one_file_under_two_names_is_one_journal(sqlite_place: SqlitePlace) -> None:
    """Its leases lie beside the file itself, not beside a link to it."""
    journal = sqlite_place.open()
    journal.begin(intent())
    link = sqlite_place.path.parent.with_name("link.sqlite3")
    link.symlink_to(sqlite_place.path)
    other = SqliteJournal(link)
    with pytest.raises(UnresolvedPaymentError) as refused:
        other.take_over("P1")
    other.close()
    assert refused.value.in_flight


@pytest.mark.parametrize("kind", [str, Path, SqliteJournal])
def test_a_journal_is_opened_by_what_names_it(
    tmp_path: Path, kind: Callable[[Path], str | Path | SqliteJournal]
) -> None:
    """A path, as text or as path; one that is open is used as it is."""
    given = kind(tmp_path / "till.sqlite3")
    journal = open_journal(given)
    try:
        assert isinstance(journal, SqliteJournal)
        assert journal.path == tmp_path / "till.sqlite3"
        assert journal is given or not isinstance(given, SqliteJournal)
    finally:
        journal.close()
