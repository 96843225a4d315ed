"""A power cut tears the tail of the WAL: what had returned is there, and nothing half of it."""

import random
import shutil
import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from ips_till.errors import JournalError
from ips_till.journals import SqliteJournal
from journal_place import APPROVED, intent

HEADER, FRAME_HEADER = 32, 24  # octets of a WAL, see SQLite's file format, section 4.1
SEED = 20261123


@attrs.frozen
class Written:
    """The files of a journal as a crash leaves them, and how long the WAL was after each write."""

    folder: Path
    steps: list[tuple[int, str]]
    frames: list[int]
    """Where each frame of the WAL begins."""

    @property
    def wal(self) -> bytes:
        """All of the WAL."""
        return (self.folder / "till.sqlite3-wal").read_bytes()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Some payments, copied while the journal is open: nothing is tidied up in the end."""
    folder, copy = tmp_path_factory.mktemp("live"), tmp_path_factory.mktemp("copy")
    path = folder / "till.sqlite3"
    SqliteJournal(path).close()
    journal = SqliteJournal(path)
    wal, steps = folder / "till.sqlite3-wal", list[tuple[int, str]]()
    for number in range(4):
        reference = f"A{number}"
        lease = journal.begin(intent(reference))
        steps.append((wal.stat().st_size, f"{reference} intended"))
        journal.sending(lease, correlation_id="c")
        steps.append((wal.stat().st_size, f"{reference} sending"))
        journal.note(lease, "n", {"text": "x" * 100})
        steps.append((wal.stat().st_size, f"{reference} sending noted"))
        journal.keep_receipt(lease, "customer", "y" * 5000)  # more than one page
        journal.resolve(lease, APPROVED)
        steps.append((wal.stat().st_size, f"{reference} resolved noted"))
    for name in "till.sqlite3", "till.sqlite3-wal":
        shutil.copy(folder / name, copy / name)
    journal.close()
    content = (copy / "till.sqlite3-wal").read_bytes()
    (page_size,) = struct.unpack(">I", content[8:12])
    return Written(copy, steps, list(range(HEADER, len(content), FRAME_HEADER + page_size)))


def history(path: Path) -> list[str]:
    """What a journal tells, oldest first; each entry is whole."""
    journal = SqliteJournal(path)
    try:
        told: list[str] = []
        for brief in reversed(journal.latest(100)):
            entry = journal.find(brief.reference)
            assert entry is not None
            assert (entry.outcome is None) == entry.unresolved
            told.append(f"{entry.reference} {entry.phase}" + " noted" * len(entry.notes))
        blocked = journal.unresolved("P1")
        if blocked:
            assert journal.take_over("P1") is not None
        else:
            journal.begin(intent("B1"))
        return told
    finally:
        journal.close()


def cuts(written: Written) -> Iterator[int]:
    """Where it is torn: in the header, around each beginning of a frame, and anywhere."""
    size = len(written.wal)
    yield from range(0, HEADER, 5)
    for start in written.frames:
        yield from (start - 1, start, start + 1, start + FRAME_HEADER - 1, start + FRAME_HEADER)
    yield from random.Random(SEED).choices(range(size), k=60)  # noqa: S311 - a fixed seed
    yield size


def expected(written: Written, cut: int) -> list[str]:
    """The last state of each payment whose writing lies before the cut."""
    states: dict[str, str] = {}
    for size, state in written.steps:
        if size <= cut:
            states[state.split()[0]] = state
    return list(states.values())


@pytest.mark.criterion("AC6")
def test_a_wal_that_is_cut_off_anywhere_opens(written: Written, tmp_path: Path) -> None:
    """What had returned before the cut is all there."""
    for cut in cuts(written):
        path = _copy(written, tmp_path)
        (tmp_path / "till.sqlite3-wal").write_bytes(written.wal[:cut])
        assert history(path) == expected(written, cut), cut


@pytest.mark.criterion("AC6")
@pytest.mark.parametrize("filling", [b"\0", b"\xff", b"chance"], ids=["zeros", "ones", "chance"])
def test_a_wal_with_garbage_from_anywhere_on_opens(
    written: Written, tmp_path: Path, filling: bytes
) -> None:
    """Sectors that were not written hold zeros, or what stood there before."""
    chance = random.Random(SEED)  # noqa: S311 - a fixed seed
    size = len(written.wal)
    for cut in list(cuts(written))[::3]:
        path = _copy(written, tmp_path)
        garbage = chance.randbytes(size) if filling == b"chance" else filling * size
        (tmp_path / "till.sqlite3-wal").write_bytes(written.wal[:cut] + garbage[cut:])
        assert history(path) == expected(written, cut), cut


@pytest.mark.criterion("AC6")
def test_one_wrong_octet_ends_what_is_believed(written: Written, tmp_path: Path) -> None:
    """From the transaction with it on nothing is read; what came before is whole."""
    chance = random.Random(SEED)  # noqa: S311 - a fixed seed
    for _ in range(60):
        at = chance.randrange(HEADER, len(written.wal))
        content = bytearray(written.wal)
        content[at] ^= 1 << chance.randrange(8)
        path = _copy(written, tmp_path)
        (tmp_path / "till.sqlite3-wal").write_bytes(content)
        assert history(path) == expected(written, at), at


def test_a_damaged_file_is_told_from_an_empty_one(written: Written, tmp_path: Path) -> None:
    """Damage that no WAL explains is an error, not a fresh start."""
    path = _copy(written, tmp_path)
    content = bytearray(path.read_bytes())
    content[100:] = b"\xaa" * (len(content) - 100)
    path.write_bytes(content)
    with pytest.raises(JournalError, match="damaged"):
        SqliteJournal(path)


def test_the_stored_journal_is_what_sqlite_says_it_is(written: Written, tmp_path: Path) -> None:
    """The tests above read it by its format: the last frame ends where the file does."""
    path = _copy(written, tmp_path)
    shutil.copy(written.folder / "till.sqlite3-wal", tmp_path / "till.sqlite3-wal")
    assert written.steps[-1][0] == len(written.wal)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def _copy(written: Written, folder: Path) -> Path:
    """Copy the file without its WAL, and remove what the last try left."""
    for file in folder.iterdir():
        if file.is_file():
            file.unlink()
    return Path(shutil.copy(written.folder / "till.sqlite3", folder / "till.sqlite3"))
