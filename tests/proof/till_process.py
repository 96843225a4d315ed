"""What a till's process does in a case: it acts as a shop's program and its cashier would.

It tells its parent all that the program is told, line by line; the parent judges.
"""

import os
import resource
import signal
import socket
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tests.proof.loop_till import LoopTill
from tests.proof.telling import Link

from ips_till.actions import Actions
from ips_till.errors import TillError, UnresolvedPaymentError
from ips_till.events import JournalTrouble, Notification, ReceiptReady, Recovering
from ips_till.journal import Journal
from ips_till.journals.sqlite import SqliteJournal
from ips_till.operations import MoneyOperation
from ips_till.outcome import (
    Approved,
    Declined,
    NotTaken,
    Outcome,
    Unknown,
    from_stored,
    kind_of,
    to_stored,
)
from ips_till.settings import TillSettings
from ips_till.till import Till
from stompws.client import ClientOptions
from worldpay_ips import OnPremise, TokenPurpose

WRITES: Final = frozenset(
    {
        "add_facts",
        "begin",
        "decide",
        "give_back",
        "keep_receipt",
        "note",
        "resolve",
        "sending",
        "take_over",
    }
)
"""The calls of a journal that can be struck; `renew` comes when it likes."""


class StruckJournal:
    """A journal in whose n-th write something happens: before it, or when it has returned.

    Args:
        journal: Where everything goes.
        strike: Which write, and whether before it; None is none.
        happen: What happens.
    """

    def __init__(
        self, journal: Journal, strike: tuple[int, bool] | None, happen: Callable[[], None]
    ) -> None:
        self._journal, self._strike, self._happen = journal, strike, happen
        self._lock = threading.Lock()
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._journal, name)
        return self._struck(name, found) if name in WRITES else found

    def _struck(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def struck(*arguments: Any, **more: Any) -> Any:
            with self._lock:
                self.calls.append(name)
                number = len(self.calls)
            if self._strike == (number, True):
                self._happen()
            result = call(*arguments, **more)
            if self._strike == (number, False):
                self._happen()
            return result

        return struck


def open_journal(task: dict[str, Any]) -> Journal:
    """The journal of a path or of a PostgreSQL address."""
    where = task["journal"]
    if where.startswith("postgresql:"):
        from ips_till.journals.postgres import PostgresJournal

        return PostgresJournal(where, **task["lease"])
    return SqliteJournal(Path(where), wait_seconds=task["journal_wait"])


class Trouble:
    """What happens to this process, or to its journal, in the middle of a write."""

    def __init__(self, link: Link, task: dict[str, Any]) -> None:
        self._link, self._task = link, task
        self._lock: sqlite3.Connection | None = None

    def __call__(self) -> None:
        how = self._task["journal_strike"][2]
        if how in ("kill", "torn"):
            os.kill(os.getpid(), signal.SIGKILL)
        self._link.tell("struck", waits=how == "restart")
        if how == "full":
            log = Path(self._task["journal"] + "-wal")
            size = log.stat().st_size if log.exists() else 0
            _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
        elif how == "locked":
            self._lock = sqlite3.connect(self._task["journal"], isolation_level=None)
            self._lock.execute("BEGIN IMMEDIATE")
        elif how == "restart":
            self._link.wait_for_go()

    def end(self) -> None:
        """Let go of what was locked."""
        if self._lock is not None:
            self._lock.close()


def work(socket_: socket.socket, task: dict[str, Any]) -> None:
    """Do a task; whatever ends it is told."""
    link = Link(socket_)
    link.tell("born", pid=os.getpid())
    link.wait_for_go()
    try:
        _work(link, task)
    except BaseException as exc:  # noqa: BLE001 - the parent judges whatever it is
        link.tell("raised", error=type(exc).__name__, text=str(exc))
    link.tell("done")
    socket_.close()


def _work(link: Link, task: dict[str, Any]) -> None:
    if (user := task.get("user")) is not None:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
    time.sleep(task.get("delay", 0))
    strike, trouble = task.get("journal_strike"), Trouble(link, task)
    at = None if strike is None else (strike[0], strike[1])
    journal = StruckJournal(open_journal(task), at, trouble)
    server = OnPremise(
        host="127.0.0.1", port=task["port"], paypoint_id=task["paypoint"], plain=True
    )
    options = ClientOptions(heart_beat_ms=(task["beat_ms"], task["beat_ms"]))
    settings = TillSettings(**task["settings"])
    kind: Any = LoopTill if task["asyncio"] else Till
    try:
        with kind(
            server, license_key=task["key"], journal=journal, options=options, settings=settings
        ) as till:
            for step in task["do"]:
                _STEPS[step["do"]](till, link, step)
    finally:
        link.tell("journal", calls=journal.calls)
        trouble.end()
        journal.close()


# The steps.


def _perform(till: Till, link: Link, step: dict[str, Any]) -> None:
    """The operation itself; its outcome, or why it was refused."""
    link.tell("begins", reference=step["reference"])
    try:
        outcome = _do(till, link, step)
    except TillError as exc:
        link.tell("refused", error=type(exc).__name__, text=str(exc), step=step["reference"])
        return
    _tell_outcome(till, link, outcome, outcome.reference, by="till")


def _do(till: Till, link: Link, step: dict[str, Any]) -> Outcome:
    arguments = dict(step["arguments"])
    method = getattr(till, step["method"])
    if step["method"] == "restart":
        return method()
    if step["method"] == "z_report":
        return _outcome_of_call(till, method, step)
    if step["method"] in ("settle", "cancel"):
        amounts = [] if step["amount"] is None else [step["amount"]]
        return method(step["about"], *amounts, reference=step["reference"])
    if step["amount"] is not None:
        arguments["amount"] = step["amount"]
    if "token_purpose" in arguments:
        arguments["token_purpose"] = TokenPurpose(arguments["token_purpose"])
    on_action = _actions(step)
    with method(on_action=on_action, reference=step["reference"], **arguments) as payment:
        for event in payment:
            if isinstance(event, ReceiptReady):
                link.tell("handed", type=event.receipt.type)
            elif isinstance(event, Recovering):
                link.tell("recovering")
            elif isinstance(event, JournalTrouble):
                link.tell("trouble", text=event.text)
            elif isinstance(event, Notification) and event.text == step.get("abort_at"):
                payment.abort()
    return payment.outcome


def _outcome_of_call(till: Till, method: Callable[..., Any], step: dict[str, Any]) -> Outcome:
    """A Z report returns when the batch is closed, and raises otherwise."""
    method(reference=step["reference"])
    return Approved(
        operation=MoneyOperation.Z_REPORT,
        reference=step["reference"],
        paypoint_id=till.paypoint_id,
    )


def _actions(step: dict[str, Any]) -> Actions:
    yes: bool | None = step.get("says_yes")
    if yes is None:
        return Actions(otherwise="decline")
    return Actions(
        otherwise="decline",
        signature=lambda _question: yes,
        avs=lambda _question: yes,
        voice_authorisation=lambda _question: "AB12" if yes else None,
    )


def _recover(till: Till, link: Link, step: dict[str, Any]) -> None:
    """What a shop does when its program starts again: look into the journal, and recover."""
    newest = till.journal.latest(1, paypoint_id=till.paypoint_id)
    known = newest[0].reference if newest else None
    if known == step.get("not_this"):
        known = None
    if known is None:
        link.tell("entry", phase=None)
        link.tell("outcome", kind="nothing", by="journal", reference=None, what_to_do="Begin.")
        return
    entry = till.journal.find(known)
    assert entry is not None
    link.tell("entry", phase=entry.phase.value, reference=known, needs_person=entry.needs_person)
    outcome = _recovered(till, link, step, known if step.get("by_name") else None)
    by = "recovery"
    if outcome is None:
        by = "journal"
        outcome = _stored(till, known)
    _tell_outcome(till, link, outcome, known, by=by)


def _recovered(
    till: Till, link: Link, step: dict[str, Any], reference: str | None
) -> Outcome | None:
    """Recover, when the lease of a till that died has run out."""
    begin = time.monotonic()
    while True:
        try:
            outcome = till.recover(reference)
        except UnresolvedPaymentError as exc:
            waited = time.monotonic() - begin
            if not exc.in_flight or waited > step["patience"]:
                raise
            time.sleep(0.05)
        else:
            link.tell("waited", seconds=time.monotonic() - begin)
            return outcome


def _decide(till: Till, link: Link, step: dict[str, Any]) -> None:
    """A person has looked at the terminal, the receipts and the report, and says what was."""
    entries = till.unresolved()
    for entry in entries:
        facts = {
            "operation": entry.intent.operation,
            "reference": entry.reference,
            "paypoint_id": entry.intent.paypoint_id,
        }
        outcome: Outcome = (
            Approved(**facts, amount=step["amount"]) if step["charged"] else NotTaken(**facts)
        )
        till.journal.decide(entry.reference, to_stored(outcome), reason="looked at the terminal")
    link.tell("decided", count=len(entries))


def _receipts(till: Till, link: Link, step: dict[str, Any]) -> None:
    entry = till.journal.find(step["reference"])
    types = [] if entry is None else [receipt.type for receipt in entry.receipts]
    link.tell("receipts", types=types)


_STEPS: Final[dict[str, Callable[[Till, Link, dict[str, Any]], None]]] = {
    "perform": _perform,
    "recover": _recover,
    "decide": _decide,
    "receipts": _receipts,
}


def _stored(till: Till, reference: str) -> Outcome:
    entry = till.journal.find(reference)
    assert entry is not None
    assert entry.outcome is not None
    return from_stored(
        entry.outcome,
        operation=entry.intent.operation,
        reference=reference,
        paypoint_id=entry.intent.paypoint_id,
    )


def _tell_outcome(till: Till, link: Link, outcome: Outcome, reference: str, *, by: str) -> None:
    entry = till.journal.find(reference)
    receipts = [] if entry is None else [receipt.type for receipt in entry.receipts]
    match outcome:
        case Approved():
            more: dict[str, Any] = {
                "missing": list(outcome.missing_receipts),
                "differs": outcome.amount_differs,
            }
        case Unknown():
            more = {"needs_person": outcome.needs_person, "why": outcome.why}
        case Declined() | NotTaken():
            more = {"reason": outcome.reason}
    link.tell(
        "outcome",
        kind=kind_of(outcome),
        reference=reference,
        amount=outcome.amount,
        what_to_do=outcome.what_to_do,
        by=by,
        receipts=receipts,
        phase=None if entry is None else entry.phase.value,
        **more,
    )
