"""A journal that an older version wrote is brought up to date; a newer one's is left alone."""

import sqlite3
import threading

import pytest

from ips_till.errors import JournalError, UnresolvedPaymentError
from ips_till.journal import Journal, Phase
from ips_till.journals import schema
from ips_till.journals.sql import SqlJournal
from ips_till.journals.sqlite import SqliteStore
from ips_till.journals.sqlite_file import APPLICATION_ID
from journal_place import APPROVED, PostgresPlace, SqlitePlace, intent, sent

Place = SqlitePlace | PostgresPlace

# A journal of version 1 as it was released. What is written here never changes.
VERSION_1 = """
CREATE TABLE ips_till_paypoints (id TEXT PRIMARY KEY);
CREATE TABLE ips_till_entries (
    id BIGINT PRIMARY KEY, reference TEXT NOT NULL, paypoint TEXT NOT NULL,
    operation TEXT NOT NULL, amount BIGINT, about TEXT, facts TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('intended', 'sending', 'resolved')),
    token BIGINT NOT NULL UNIQUE, owner TEXT NOT NULL, mark TEXT NOT NULL UNIQUE,
    held INTEGER NOT NULL, beat_at TIMESTAMPTZ, began_at TEXT NOT NULL, sending_at TEXT,
    resolved_at TEXT, correlation_id TEXT, broken TEXT, override_reason TEXT,
    needs_person INTEGER NOT NULL DEFAULT 0, outcome TEXT,
    CHECK (phase <> 'sending' OR sending_at IS NOT NULL),
    CHECK ((phase = 'resolved') = (resolved_at IS NOT NULL)),
    CHECK ((phase = 'resolved') = (outcome IS NOT NULL))
);
CREATE UNIQUE INDEX ips_till_one_per_paypoint ON ips_till_entries (paypoint)
    WHERE phase <> 'resolved' AND broken IS NULL;
CREATE UNIQUE INDEX ips_till_one_per_reference ON ips_till_entries (reference)
    WHERE phase <> 'resolved';
CREATE INDEX ips_till_unresolved ON ips_till_entries (id) WHERE phase <> 'resolved';
CREATE INDEX ips_till_by_paypoint ON ips_till_entries (paypoint, id);
CREATE INDEX ips_till_by_reference ON ips_till_entries (reference, id);
CREATE INDEX ips_till_by_end ON ips_till_entries (resolved_at);
CREATE TABLE ips_till_sent (reference TEXT PRIMARY KEY, at TEXT NOT NULL);
CREATE TABLE ips_till_notes (
    entry BIGINT NOT NULL REFERENCES ips_till_entries (id), number BIGINT NOT NULL,
    mark TEXT NOT NULL UNIQUE, at TEXT NOT NULL, kind TEXT NOT NULL, facts TEXT NOT NULL,
    PRIMARY KEY (entry, number)
);
CREATE TABLE ips_till_receipts (
    entry BIGINT NOT NULL REFERENCES ips_till_entries (id), number BIGINT NOT NULL,
    receipt_type TEXT NOT NULL, receipt_text TEXT NOT NULL, printed BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (entry, number)
);
CREATE TABLE ips_till_tokens (last BIGINT NOT NULL);
INSERT INTO ips_till_tokens VALUES (2);
INSERT INTO ips_till_paypoints VALUES ('P1');
INSERT INTO ips_till_entries VALUES (1, 'A1', 'P1', 'sale', 1099, NULL, '{}', 'resolved', 1,
    'root@till 7 aa', 'aa', 0, NULL, '2026-11-23T02:00:00.000000+00:00',
    '2026-11-23T02:00:01.000000+00:00', '2026-11-23T02:00:09.000000+00:00', 'c1', NULL, NULL, 0,
    '{"kind":"approved"}');
INSERT INTO ips_till_entries VALUES (2, 'A2', 'P1', 'refund', 500, 'A1', '{"n":1}', 'sending', 2,
    'root@till 7 bb', 'bb', 1, NULL, '2026-11-23T02:01:00.000000+00:00',
    '2026-11-23T02:01:01.000000+00:00', NULL, 'c2', NULL, NULL, 0, NULL);
INSERT INTO ips_till_sent VALUES ('A1', '2026-11-23T02:00:01.000000+00:00'),
    ('A2', '2026-11-23T02:01:01.000000+00:00');
INSERT INTO ips_till_notes VALUES (2, 1, 'm1', '2026-11-23T02:01:02.000000+00:00', 'k', '{"x":2}');
INSERT INTO ips_till_receipts VALUES (1, 1, 'customer', 'Thank you', 1);
PRAGMA user_version = 1;
"""

NEXT: schema.Steps = (*schema.STEPS, ["ALTER TABLE ips_till_entries ADD COLUMN colour TEXT"])
BROKEN: schema.Steps = (*NEXT, ["CREATE TABLE half (n BIGINT)", "NO SUCH STATEMENT"])


def opened(place: Place, steps: schema.Steps) -> Journal:
    """Open it as a program does that knows these steps."""
    if isinstance(place, PostgresPlace):
        return place.open(steps=steps)
    return SqlJournal(SqliteStore(place.path, wait_seconds=5, steps=steps))


def columns(place: Place) -> int:
    """How many an entry has."""
    return len(place.rows("SELECT * FROM ips_till_entries")[0])


def test_a_journal_of_version_1_is_read_and_gone_on_with(sqlite_place: SqlitePlace) -> None:
    """Whatever version this program has: what was unresolved is recovered, references stay."""
    sqlite_place.path.parent.mkdir()
    connection = sqlite3.connect(sqlite_place.path)
    connection.executescript(VERSION_1 + f"PRAGMA application_id = {APPLICATION_ID};")
    connection.close()
    journal = sqlite_place.open()
    old = journal.find("A1")
    assert old is not None
    assert (old.outcome, old.receipts[0].printed) == ({"kind": "approved"}, 1)
    with pytest.raises(UnresolvedPaymentError):
        journal.begin(intent("A3"))
    lease = journal.take_over("P1")
    assert lease is not None
    assert (lease.reference, lease.token) == ("A2", 3)
    entry = journal.find("A2")
    assert entry is not None
    assert (entry.phase, entry.intent.about) == (Phase.SENDING, "A1")
    assert entry.notes[0].facts == {"x": 2}
    journal.resolve(lease, APPROVED)
    with pytest.raises(Exception, match="has been used"):
        journal.begin(intent("A2"))
    (version,) = sqlite_place.rows("PRAGMA user_version")
    assert version == (len(schema.STEPS),)


def test_the_released_step_was_not_edited(sqlite_place: SqlitePlace) -> None:
    """What step 1 makes is what version 1 has, word by word."""
    sqlite_place.open()
    made = dict(sqlite_place.rows("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))
    connection = sqlite3.connect(":memory:")
    connection.executescript(VERSION_1)
    found = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    released = dict(found.fetchall())
    connection.close()
    assert {n: _words(s) for n, s in made.items()} == {n: _words(s) for n, s in released.items()}


def test_a_further_step_keeps_what_is_there(place: Place) -> None:
    """Opened by a newer program the journal gets the step, once."""
    journal = place.open()
    sent(journal)
    journal.close()
    before = columns(place)
    for _ in range(2):
        newer = opened(place, NEXT)
        entry = newer.find("A1")
        assert entry is not None
        assert entry.phase is Phase.SENDING
        newer.close()
        assert columns(place) == before + 1


def test_a_newer_journal_is_refused_and_left_alone(place: Place) -> None:
    """An older program must not write what it does not understand."""
    opened(place, NEXT).close()
    with pytest.raises(JournalError, match="newer version of this program"):
        place.open()
    again = opened(place, NEXT)
    assert again.latest() == ()
    again.close()


def test_a_step_that_fails_leaves_the_old_version(place: Place) -> None:
    """All of it or nothing: the program it belonged to can go on."""
    journal = place.open()
    sent(journal)
    before = columns(place)
    with pytest.raises(JournalError):
        opened(place, BROKEN)
    assert columns(place) == before
    assert place.open().find("A1") is not None


def test_many_open_a_new_journal_at_once(place: Place) -> None:
    """One of them makes the tables; the others wait for it."""
    troubles: list[BaseException] = []

    def run(number: int) -> None:
        try:
            sent(place.open(), f"A{number}", f"P{number}")
        except BaseException as exc:
            troubles.append(exc)
            raise

    threads = [threading.Thread(target=run, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert troubles == []
    assert len(place.open().unresolved()) == 8


def test_an_entry_of_a_newer_version_is_an_error_in_words(sqlite_place: SqlitePlace) -> None:
    """An operation that this program does not know is not guessed at."""
    journal = sqlite_place.open()
    journal.resolve(sent(journal), APPROVED)
    connection = sqlite3.connect(sqlite_place.path)
    connection.execute("UPDATE ips_till_entries SET operation = 'teleport'")
    connection.commit()
    connection.close()
    with pytest.raises(JournalError, match="entry 1 cannot be read"):
        journal.find("A1")


def _words(statement: str) -> str:
    return "".join(statement.split())
