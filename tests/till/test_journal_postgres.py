"""The journal in PostgreSQL when its server comes and goes, refuses, or is slow."""

import itertools
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from ips_till.errors import ConfigurationError, JournalError, LeaseLostError
from ips_till.journal import Journal, Lease, Phase
from ips_till.journals.postgres import PostgresJournal
from journal_place import (
    APPROVED,
    SHORT,
    PostgresPlace,
    intent,
    sent,
    take_over_soon,
)
from losing_relay import LosingRelay
from postgres_server import Server

STEPS: dict[str, Callable[[Journal, Lease], object]] = {
    "renew": lambda journal, lease: journal.renew(lease),
    "sending": lambda journal, lease: journal.sending(lease, correlation_id="c1"),
    "note": lambda journal, lease: journal.note(lease, "n", {"x": 1}),
    "keep_receipt": lambda journal, lease: journal.keep_receipt(lease, "customer", "text"),
    "resolve": lambda journal, lease: journal.resolve(lease, APPROVED),
    "add_facts": lambda journal, _lease: journal.add_facts("A1", "f", {}),
    "add_receipt": lambda journal, _lease: journal.add_receipt("A1", "merchant", "text"),
    "mark_printed": lambda journal, _lease: journal.mark_printed("A1", 1),
}


def test_a_restart_between_two_steps_is_not_noticed(postgres_place: PostgresPlace) -> None:
    """Each method finds its connection broken, and makes a new one."""
    journal = postgres_place.open(wait_seconds=60)  # a slow machine restarts it slowly
    postgres_place.server.restart()
    lease = journal.begin(intent())
    for name, step in STEPS.items():
        if name in ("sending", "resolve"):
            postgres_place.server.restart()
        step(journal, lease)
    entry = journal.find("A1")
    assert entry is not None
    assert entry.outcome == APPROVED
    assert [note.kind for note in entry.notes] == ["n", "f"]
    assert [receipt.printed for receipt in entry.receipts] == [1, 0]


@pytest.mark.criterion("AC4", "AC12")
@pytest.mark.parametrize("times", [1, 2])
def test_a_commit_whose_answer_was_lost_is_looked_up(
    postgres_place: PostgresPlace, times: int
) -> None:
    """Every method has its effect once, and returns as if nothing had been."""
    server = postgres_place.server
    with LosingRelay(server.port) as relay:
        address = postgres_place.address.replace(f":{server.port}/", f":{relay.port}/")
        journal = postgres_place.open(address=address)
        relay.lose_commits(times)
        lease = journal.begin(intent())
        for step in STEPS.values():
            relay.lose_commits(times)
            step(journal, lease)
        journal.give_back(sent(journal, "A2"))
        relay.lose_commits(times)
        again = journal.take_over("P1")
        relay.lose_commits(times)
        assert again is not None
        journal.give_back(again)
        relay.lose_commits(times)
        journal.decide("A2", APPROVED, reason="seen on the report")
        assert relay.lost == times * (len(STEPS) + 4)
        entry, second = journal.find("A1"), journal.find("A2")
        journal.close()
    assert entry is not None
    assert second is not None
    assert [note.kind for note in entry.notes] == ["n", "f"]
    assert [receipt.type for receipt in entry.receipts] == ["customer", "merchant"]
    assert (entry.outcome, entry.correlation_id) == (APPROVED, "c1")
    assert [note.kind for note in second.notes] == ["taken-over", "decided"]
    assert len(postgres_place.open().latest(100)) == 2


@pytest.mark.criterion("AC7")
def test_a_server_that_is_away_is_refused_in_time(postgres_place: PostgresPlace) -> None:
    """Within the bound, in words; when it is back the same journal goes on."""
    journal = postgres_place.open(wait_seconds=1.0)
    postgres_place.server.end()
    try:
        for call in (
            lambda: journal.begin(intent()),
            lambda: journal.latest(),
            lambda: postgres_place.open(wait_seconds=1.0),
        ):
            began = time.monotonic()
            with pytest.raises(JournalError, match="could not be reached within"):
                call()
            assert time.monotonic() - began < 4
    finally:
        postgres_place.server.begin()
    assert journal.latest() == ()
    sent(journal)


def test_payments_go_on_through_restarts(postgres_place: PostgresPlace) -> None:
    """Four threads, three crashes of the server: what returned is there, once."""
    journal = postgres_place.open(wait_seconds=60)
    stop, done, troubles = threading.Event(), list[str](), list[BaseException]()

    def run(name: str) -> None:
        try:
            for number in itertools.count():
                if stop.is_set():
                    return
                lease = sent(journal, f"{name}-{number}", name)
                journal.note(lease, "n", {})
                journal.resolve(lease, {**APPROVED, "n": number})
                done.append(lease.reference)
        except BaseException as exc:
            troubles.append(exc)
            raise

    threads = [threading.Thread(target=run, args=(f"T{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(3):
        time.sleep(0.4)
        postgres_place.server.restart()
    time.sleep(0.4)
    stop.set()
    for thread in threads:
        thread.join(60)
    assert troubles == []
    rows = postgres_place.rows("SELECT reference, phase FROM ips_till_entries")
    assert sorted(rows) == sorted((name, "resolved") for name in done)
    notes = postgres_place.rows("SELECT entry FROM ips_till_notes")
    assert len(notes) == len(set(notes)) == len(done) > 20


@pytest.mark.criterion("AC7")
def test_locked_for_too_long_is_refused_in_time(postgres_place: PostgresPlace) -> None:
    """Whoever keeps the tables locked is named by what to do."""
    journal = postgres_place.open(wait_seconds=0.5)
    with psycopg.connect(postgres_place.address) as other:
        other.execute("LOCK TABLE ips_till_entries")
        with pytest.raises(JournalError, match=r"locked for too long|too slow"):
            journal.begin(intent())
    sent(journal)


@pytest.mark.criterion("AC7")
def test_read_only_is_refused(postgres_place: PostgresPlace) -> None:
    """As a standby is, or a database that an administrator has closed; reading goes on."""
    journal = postgres_place.open()
    name = postgres_place.address.rpartition("/")[2]
    postgres_place.server.sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    postgres_place.server.restart()
    with pytest.raises(JournalError, match="the server is read-only"):
        journal.begin(intent())
    assert journal.latest() == ()


def test_the_grants_of_the_documentation_are_enough(postgres_place: PostgresPlace) -> None:
    """A role that may not make tables works with tables that are there; others are refused."""
    server, owner = postgres_place.server, postgres_place.address
    name = owner.rpartition("/")[2]
    server.sql(f"CREATE ROLE till_{name} LOGIN", owner)
    address = server.address(user=f"till_{name}", database=name)
    with pytest.raises(JournalError, match="lacks a right"):
        postgres_place.open(address=address)
    postgres_place.open().close()
    with pytest.raises(JournalError, match="lacks a right"):
        postgres_place.open(address=address)
    for grant in (
        (
            "SELECT, INSERT, UPDATE, DELETE ON"
            " ips_till_paypoints, ips_till_entries, ips_till_notes, ips_till_receipts"
        ),
        "SELECT, INSERT ON ips_till_sent",
        "SELECT ON ips_till_schema",
        "USAGE ON SEQUENCE ips_till_tokens",
    ):
        server.sql(f"GRANT {grant} TO till_{name}", owner)
    journal = postgres_place.open(address=address)
    lease = sent(journal)
    journal.keep_receipt(lease, "customer", "text")
    journal.resolve(lease, APPROVED)
    assert journal.mark_printed("A1", 1) == 0
    later = datetime.now(UTC) + timedelta(days=1)
    assert (journal.forget_cards(before=later), journal.purge(before=later)) == (0, 1)


@pytest.mark.criterion("AC8")
def test_nothing_is_sent_when_writing_took_half_a_lease(postgres_place: PostgresPlace) -> None:
    """Another worker may take over any moment, and would find nothing sent yet."""
    postgres_place.short_leases()
    journal = postgres_place.open()
    lease = journal.begin(intent())
    with psycopg.connect(postgres_place.address) as other:
        other.execute("SELECT 1 FROM ips_till_entries FOR UPDATE")
        release = threading.Timer(0.7 * SHORT, other.rollback)
        release.start()
        with pytest.raises(LeaseLostError, match="is not sent"):
            journal.sending(lease, correlation_id="c")
        release.join()
    journal.resolve(lease, {"kind": "not-taken"})


@pytest.mark.criterion("AC4")
def test_commits_are_on_disk_whatever_the_database_s_default(
    postgres_place: PostgresPlace,
) -> None:
    """`synchronous_commit` is raised where it is off, and left alone where it is more."""
    name = postgres_place.address.rpartition("/")[2]
    for default, expected in {"off": "on", "local": "on", "remote_apply": "remote_apply"}.items():
        sql = f"ALTER DATABASE {name} SET synchronous_commit = {default}"
        postgres_place.server.sql(sql)
        journal: Any = postgres_place.open()
        rows = journal._store.read(lambda work: work.rows("SHOW synchronous_commit"))
        assert rows == [(expected,)]


@pytest.mark.criterion("AC46")
def test_the_database_s_clock_decides(postgres_place: PostgresPlace) -> None:
    """A machine whose clock is wrong neither steals a lease nor keeps one."""
    journal = postgres_place.open()
    lease = sent(journal)
    before = postgres_place.rows("SELECT beat_at FROM ips_till_entries")
    journal.renew(lease)
    assert postgres_place.rows("SELECT beat_at FROM ips_till_entries") > before
    postgres_place.server.sql(
        "UPDATE ips_till_entries SET beat_at = clock_timestamp() - interval '1 day',"
        " began_at = '2099-01-01T00:00:00.000000+00:00'",
        postgres_place.address,
    )
    assert journal.take_over("P1") is not None


def test_a_lease_that_is_only_old_may_go_on(postgres_place: PostgresPlace) -> None:
    """As long as nobody took it over its token is good: a slow worker is not a dead one."""
    postgres_place.short_leases()
    journal, other = postgres_place.open(), postgres_place.open()
    lease = journal.begin(intent())
    time.sleep(1.2 * SHORT)
    journal.sending(lease, correlation_id="c")
    with pytest.raises(Exception, match="at this moment"):
        other.take_over("P1")  # alive again
    time.sleep(1.2 * SHORT)
    assert take_over_soon(other) is not None
    with pytest.raises(LeaseLostError):
        journal.resolve(lease, APPROVED)
    entry = other.find("A1")
    assert entry is not None
    assert entry.phase is Phase.SENDING


def test_all_connections_in_use_is_said(postgres_place: PostgresPlace) -> None:
    """A bound on connections is a bound on waiting for one."""
    journal = postgres_place.open(connections=1, wait_seconds=0.5)
    store: Any = journal
    with store._store._pool.connection(1), pytest.raises(JournalError, match="were in use"):
        journal.latest()
    assert journal.latest() == ()


@pytest.mark.parametrize("rest", ["u:pass-c0ffee@h:notaport/db", "?c0ffee", "h/d?c0ffee=1"])
def test_an_address_that_cannot_be_read_is_not_quoted(rest: str) -> None:
    """It may hold a password."""
    with pytest.raises((ConfigurationError, JournalError)) as refused:
        PostgresJournal(f"postgresql://{rest}", wait_seconds=0.2)
    assert "c0ffee" not in str(refused.value) + repr(refused.value.args)
    error = refused.value
    assert error.__cause__ is None
    assert error.__context__ is None or error.__suppress_context__


def test_no_trouble_quotes_the_password(postgres: Server) -> None:
    """Not in the text, nor in what caused it."""
    address = f"postgresql://nobody:pass-c0ffee@127.0.0.1:{postgres.port}/nowhere"
    with pytest.raises(JournalError) as refused:
        PostgresJournal(address, wait_seconds=0.2)
    exc: BaseException | None = refused.value
    while exc is not None:
        assert "c0ffee" not in str(exc) + repr(exc.args)
        exc = exc.__cause__ or exc.__context__


def test_heart_beats_must_fit_into_a_lease() -> None:
    """One that is lost must not cost the lease."""
    with pytest.raises(ConfigurationError, match="two heart-beats"):
        PostgresJournal("postgresql://h/d", lease_seconds=5, heart_beat_seconds=4)


def test_without_psycopg_the_extra_is_named() -> None:
    """And everything else works without it."""
    code = """
import sys
sys.modules["psycopg"] = None
from ips_till.journals import open_journal
try:
    open_journal("postgresql://h/d")
except Exception as exc:
    print(type(exc).__name__, exc)
"""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("ConfigurationError")
    assert "worldpay-ips[postgres]" in done.stdout
