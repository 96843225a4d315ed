"""A flight as rows for people: the same for a terminal, a plain text and a page."""

import json
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, Final, Literal

import attrs

from stompws.records import Record
from stompws.values import is_array, is_mapping
from worldpay_ips.operations import API

from .format import Flight, FrameLine, Line, NoteLine

_LONG_PAUSE: Final = 2.0  # seconds


class Tone(StrEnum):
    """How a row is meant."""

    PLAIN = "plain"
    GOOD = "good"
    BAD = "bad"
    WAIT = "wait"
    """Somebody is asked, or nobody knows yet."""


@attrs.frozen(kw_only=True)
class Row(Record):
    """One thing that happened."""

    at: float
    """Seconds since the recording began."""
    pause: float
    """Seconds since the row before, when that is long; else 0."""
    side: Literal["sent", "received", "till"]
    title: str
    detail: str = ""
    """On one line."""
    tone: Tone = Tone.PLAIN
    whole: str = ""
    """Everything that is recorded of it, indented JSON; empty when the detail is all."""


@attrs.frozen(kw_only=True)
class Phase(Record):
    """A stretch of the flight."""

    name: str
    seconds: float


_TITLES: Final = {
    "begun": "the intent is in the journal, the paypoint leased",
    "connected": "the session stands",
    "sent": "the request has left",
    "notification": "the program was told",
    "action-asked": "the service asks",
    "action-answered": "answered",
    "abort-requested": "an abort was asked for",
    "receipt": "a receipt is in the journal",
    "result": "the result",
    "complete": "the service is done",
    "error": "the service answered with an error",
    "stray": "a message of no conversation of ours",
    "duplicate": "a duplicate was dropped",
    "link-lost": "the link is lost",
    "recovery-step": "recovery",
    "journal-trouble": "the journal has trouble",
    "outcome": "the outcome",
    "recording-full": "the recording is full: frames are left out from here on",
    "end": "the end",
}
_BAD: Final = frozenset({"error", "link-lost", "journal-trouble", "stray", "recording-full"})
_WAIT: Final = frozenset({"action-asked", "abort-requested", "recovery-step"})
_OUTCOMES: Final = {
    "approved": Tone.GOOD,
    "declined": Tone.BAD,
    "not-taken": Tone.BAD,
    "unknown": Tone.WAIT,
}
_TELLING: Final = (
    *("notificationText", "outcome", "result", "code", "message", "status", "action"),
    *("paymentType", "amount", "currencyCode", "cardNumber", "type", "closeBatch", "batchNumber"),
    "undecodable",
)
"""Wire names, in the order in which they are told."""
_MILESTONES: Final = (
    ("connecting", "connected"),
    ("journaling and sending", "sent"),
    ("until the result", "result"),
    ("until the outcome", "outcome"),
)


def timeline(flight: Flight) -> tuple[Row, ...]:
    """The rows of a flight, in the order of happening. Subscriptions in a row are one."""
    rows: list[Row] = []
    last = 0.0
    for lines in _together(flight.lines):
        at = lines[0].at
        pause = at - last if at - last >= _LONG_PAUSE else 0.0
        last = lines[-1].at
        match lines[0]:
            case NoteLine() as note:
                rows.append(_note_row(note, pause))
            case frame:
                rows.append(_frame_row(frame, pause, count=len(lines)))
    return tuple(rows)


def _together(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Each line for itself, and SUBSCRIBE frames that follow each other."""
    run: list[Line] = []
    for line in lines:
        subscribes = isinstance(line, FrameLine) and line.command == "SUBSCRIBE"
        if run and not subscribes:
            yield run
            run = []
        if subscribes:
            run.append(line)
        else:
            yield [line]
    if run:
        yield run


def phases(flight: Flight) -> tuple[Phase, ...]:
    """How long what took; a phase that was not reached is left out."""
    found: list[Phase] = []
    last = 0.0
    for name, kind in _MILESTONES:
        at = next((note.at for note in flight.notes if note.kind == kind), None)
        if at is not None and at >= last:
            found.append(Phase(name=name, seconds=at - last))
            last = at
    return tuple(found)


def outcome_of(flight: Flight) -> str | None:
    """The last outcome that was noted: approved, declined, not-taken or unknown."""
    for note in reversed(flight.notes):
        if note.kind == "outcome":
            found = note.facts.get("outcome", note.facts.get("kind"))
            return found if isinstance(found, str) else None
    return None


def tone_of(outcome: str | None) -> Tone:
    """How an outcome is meant; none at all is not good."""
    return _OUTCOMES.get(outcome or "", Tone.WAIT)


def verdict(flight: Flight) -> str:
    """How it ended, in a sentence."""
    outcome = outcome_of(flight)
    if outcome is not None:
        return f"It ended {outcome}."
    if flight.ended:
        return "The recording ends without an outcome."
    return "The till was stopped in flight: the recording ends here. Ask its journal, or recover."


def seconds(flight: Flight) -> float:
    """How long the recording is."""
    return flight.lines[-1].at if flight.lines else 0.0


def _note_row(note: NoteLine, pause: float) -> Row:
    tone = Tone.BAD if note.kind in _BAD else Tone.WAIT if note.kind in _WAIT else Tone.PLAIN
    if note.kind == "outcome":
        tone = tone_of(str(note.facts.get("outcome", note.facts.get("kind"))))
    return Row(
        at=note.at,
        pause=pause,
        side="till",
        title=_TITLES.get(note.kind, note.kind),
        detail=_on_one_line(note.facts),
        tone=tone,
    )


def _frame_row(frame: FrameLine, pause: float, *, count: int) -> Row:
    address = frame.header("destination") or ""
    name = _operation_names().get(address)
    title = " ".join(part for part in (frame.command, name or address) if part)
    if frame.command in ("CONNECT", "STOMP"):
        title += f" (connection {frame.connection})"
    if count > 1:
        title = f"SUBSCRIBE to {count} destinations"
    body = _gist(frame.body)
    if frame.body is None and frame.size:
        body = f"{frame.size} octets that are not shown"
    whole = {"headers": dict(frame.headers), "body": frame.body}
    failed = frame.command == "ERROR" or (name == "onError" and frame.command == "MESSAGE")
    return Row(
        at=frame.at,
        pause=pause,
        side=frame.direction,
        title=title,
        detail=body,
        tone=Tone.BAD if failed else Tone.PLAIN,
        whole="" if count > 1 else json.dumps(whole, indent=2),
    )


def _gist(body: Any) -> str:
    """What a person looks for in a message; the rest is in `whole`."""
    found: dict[str, str] = {}
    for name, value in _leaves(body):
        if name in _TELLING and name not in found:
            found[name] = _short(value)
    return ", ".join(f"{name} {found[name]}" for name in _TELLING if name in found)


def _leaves(value: Any) -> Iterator[tuple[str, Any]]:
    if is_mapping(value):
        for name, item in value.items():
            if not is_mapping(item) and not is_array(item):
                yield str(name), item
        for item in value.values():
            yield from _leaves(item)
    elif is_array(value):
        for item in value:
            yield from _leaves(item)


def _on_one_line(facts: Mapping[str, Any]) -> str:
    told = {name: value for name, value in facts.items() if value not in (None, False)}
    return ", ".join(f"{name.replace('_', ' ')} {_short(value)}" for name, value in told.items())


def _short(value: Any) -> str:
    return value if isinstance(value, str) else _compact(value)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


@cache
def _operation_names() -> Mapping[str, str]:
    return {operation.channel.address: operation.name for operation in API.operations}
