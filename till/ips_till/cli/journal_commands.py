"""`till journal`: what the till remembers, and what a person decides."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final, Literal

import cyclopts
from cyclopts import Parameter
from rich.table import Table
from rich.text import Text

from stompws.values import is_mapping

from ..errors import RefusedError
from ..journal import Entry, Journal
from ..outcome import Approved, NotTaken, to_stored
from .codes import Code, CommandError
from .opening import opened_journal
from .options import DEFAULT, Options
from .speaking import Speaker, speaker
from .telling import entry_facts, what

_TABLE_WIDTH: Final = 78

app = cyclopts.App(name="journal", help="Look into the till's memory.", version_flags=[])


@app.command(name="list")
def list_(*, count: int = 20, paypoint: str | None = None, options: Options = DEFAULT) -> int:
    """List the latest entries, newest first.

    Args:
        count: How many.
        paypoint: Of this paypoint only.
        options: Of all commands.
    """
    if not 1 <= count <= 10_000:
        raise CommandError("--count: 1 to 10000")
    voice = speaker(as_json=options.as_json)
    with opened_journal(options) as journal:
        _tell(voice, journal.latest(count, paypoint_id=paypoint), "The journal is empty.")
    return Code.DONE


@app.command
def unresolved(*, paypoint: str | None = None, options: Options = DEFAULT) -> int:
    """List what has no known outcome. Exit code 21 when there is any.

    Args:
        paypoint: Of this paypoint only.
        options: Of all commands.
    """
    voice = speaker(as_json=options.as_json)
    with opened_journal(options) as journal:
        left = journal.unresolved(paypoint)
    _tell(voice, left, "Every outcome is known.")
    return Code.UNRESOLVED if left else Code.DONE


@app.command
def show(reference: str, /, *, options: Options = DEFAULT) -> int:
    """Show one entry with its history.

    Args:
        reference: Of the entry.
        options: Of all commands.
    """
    voice = speaker(as_json=options.as_json)
    with opened_journal(options) as journal:
        entry = find(journal, reference)
    notes = [
        {"at": note.at.isoformat(), "kind": note.kind, "facts": _shown(note.facts)}
        for note in entry.notes
    ]
    receipts = [
        {"type": one.type, "number": one.number, "printed": one.printed} for one in entry.receipts
    ]
    voice.tell("entry", None, **entry_facts(entry), notes=notes, receipts=receipts, exit_code=0)
    voice.say(f"{what(entry.intent, _currency(entry))}, {entry.reference}", style="bold")
    for label, value in _lines(entry):
        voice.say(f"  {label}: {value}")
    for note in entry.notes:
        facts = ", ".join(
            f"{key} {value}"
            for key, value in note.facts.items()
            if key != "card" and value not in (None, "", [], False)
        )
        voice.say(f"  {_time(note.at)}  {note.kind}{': ' if facts else ''}{facts}")
    return Code.DONE


def _shown(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a note; of the card that a settlement needs, the last four digits."""
    card = facts.get("card")
    number = str(card.get("number", "")) if is_mapping(card) else ""
    shown = {"card": f"{'*' * 12}{number[-4:]}"} if number else {}
    return {**{name: value for name, value in facts.items() if name != "card"}, **shown}


@app.command
def decide(
    reference: str,
    /,
    *,
    as_: Annotated[Literal["approved", "not-taken"], Parameter(name="--as")],
    reason: str,
    options: Options = DEFAULT,
) -> int:
    """Say what became of a payment, as a person found it out. It goes into its history.

    Compare the terminal's receipt, the batch report and the service's portal first: from then on
    the paypoint is free, and nobody asks again.

    Args:
        reference: Of the unresolved entry.
        as_: What became of it.
        reason: How that is known.
        options: Of all commands.
    """
    if not reason.strip():
        raise CommandError("--reason: say in words how that is known; it is recorded")
    voice = speaker(as_json=options.as_json)
    with opened_journal(options) as journal:
        entry = find(journal, reference)
        if not entry.unresolved:
            raise RefusedError(f"{reference} has a known outcome; nothing was changed")
        journal.decide(reference, to_stored(_outcome(entry, as_)), reason=reason.strip())
    text = f"{reference} is decided: {as_}. {entry.intent.paypoint_id} is free."
    voice.tell("decided", text, reference=reference, outcome=as_, exit_code=0)
    return Code.DONE


@app.command
def purge(
    *,
    entries_older_than: Annotated[int | None, Parameter(name="--entries-older-than")] = None,
    cards_older_than: Annotated[int | None, Parameter(name="--cards-older-than")] = None,
    options: Options = DEFAULT,
) -> int:
    """Forget what need not be kept. What is unresolved stays, and so do the references.

    Args:
        entries_older_than: Days since the end: such entries are forgotten.
        cards_older_than: Days since the end: of such entries only what a settle or cancel would
            need of the card is erased.
        options: Of all commands.
    """
    if entries_older_than is None and cards_older_than is None:
        raise CommandError("say what is purged: --entries-older-than DAYS, --cards-older-than DAYS")
    voice = speaker(as_json=options.as_json)
    entries = cards = 0
    with opened_journal(options) as journal:
        if cards_older_than is not None:
            cards = journal.forget_cards(before=_ago(cards_older_than, "--cards-older-than"))
        if entries_older_than is not None:
            entries = journal.purge(before=_ago(entries_older_than, "--entries-older-than"))
    text = f"Forgotten: {entries} entries; cards of {cards} more."
    voice.tell("purged", text, entries=entries, cards=cards, exit_code=0)
    return Code.DONE


def find(journal: Journal, reference: str) -> Entry:
    """The entry of a reference; raises `RefusedError` when there is none."""
    entry = journal.find(reference)
    if entry is None:
        raise RefusedError(f"the journal has no entry {reference}")
    return entry


def _tell(voice: Speaker, entries: tuple[Entry, ...], none: str) -> None:
    if not entries:
        voice.say(none)
        return
    for entry in entries:
        voice.tell("entry", None, **entry_facts(entry))
    voice.say(_table(entries) if voice.width >= _TABLE_WIDTH else _list(entries))


def _table(entries: tuple[Entry, ...]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style="dim")
    table.add_column("Reference", no_wrap=True)
    for title in ("What", "Began", "Outcome"):
        table.add_column(title)
    for entry in entries:
        table.add_row(entry.reference, *_cells(entry))
    return table


def _list(entries: tuple[Entry, ...]) -> Text:
    """The same for a narrow terminal."""
    lines = Text()
    for entry in entries:
        what_, began, outcome = _cells(entry)
        lines.append(f"{entry.reference}\n  {what_}, {began}\n  ").append_text(outcome)
        lines.append("\n")
    lines.rstrip()
    return lines


def _cells(entry: Entry) -> tuple[str, str, Text]:
    outcome = Text(_state(entry), "bold red" if entry.unresolved else "")
    return what(entry.intent, _currency(entry)), f"{_time(entry.began_at)[:-3]}", outcome


def _lines(entry: Entry) -> list[tuple[str, str]]:
    lines = [
        ("Paypoint", entry.intent.paypoint_id),
        ("About", entry.intent.about),
        ("Outcome", _state(entry)),
        ("Began", _time(entry.began_at)),
        ("Sent", None if entry.sending_at is None else _time(entry.sending_at)),
        ("Resolved", None if entry.resolved_at is None else _time(entry.resolved_at)),
        ("Correlation id", entry.correlation_id),
        ("Begun over an unresolved one", entry.override),
        ("Another was begun over it", entry.broken),
        ("Receipts", ", ".join(f"{one.type} ({one.printed} x)" for one in entry.receipts)),
    ]
    return [(label, value) for label, value in lines if value]


def _state(entry: Entry) -> str:
    if entry.outcome is not None:
        return str(entry.outcome.get("kind", "unknown"))
    return f"unknown, {'a person' if entry.needs_person else entry.phase.value}"


def _currency(entry: Entry) -> str | None:
    found = (entry.outcome or {}).get("currency")
    known = isinstance(found, str) and len(found) == 3 and found.isascii() and found.isupper()
    return found if known else None


def _time(when: datetime) -> str:
    return f"{when.astimezone():%Y-%m-%d %H:%M:%S}"


def _ago(days: int, option: str) -> datetime:
    if not 0 <= days <= 36_500:
        raise CommandError(f"{option}: 0 to 36500 days")
    return datetime.now(UTC) - timedelta(days=days)


def _outcome(entry: Entry, kind: Literal["approved", "not-taken"]) -> Approved | NotTaken:
    intent = entry.intent
    if kind == "approved":
        return Approved(
            operation=intent.operation,
            reference=intent.reference,
            paypoint_id=intent.paypoint_id,
            requested_amount=intent.amount,
            amount=intent.amount,
        )
    return NotTaken(
        operation=intent.operation,
        reference=intent.reference,
        paypoint_id=intent.paypoint_id,
        requested_amount=intent.amount,
        reason="a person has decided that.",
        advice="",
    )
