"""What must hold of every run, whatever happened to the link."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import attrs
from tests.faults.cases import HEART_BEAT_SECONDS, OPTIONS, PROMPT_SECONDS, Case, Group, Shape

from fault_relay import Direction, FaultRelay, FrameNumber, Kind, Piece
from stompws.client import ReplyDecodeError
from stompws.errors import (
    ApiError,
    NotSentError,
    OutcomeUnknownError,
    RemoteProtocolError,
    ReplyTimeoutError,
)
from stompws.frames import Frame

MOST_INTERVALS: Final = 2.5
"""A silent link is noticed within so many heart-beat intervals."""

_SLACK_SECONDS: Final = 5.0  # for a machine that is busy with something else
_MESSAGE_ID, _CORRELATION_ID = "x-wp-message-id", "x-wp-correlation-id"
_SILENT: Final = re.compile(r"nothing received for (?P<seconds>[\d.]+) s")


class Ending(StrEnum):
    """How an operation ended for its caller."""

    COMPLETED = "completed"
    NOT_SENT = "not sent"
    UNKNOWN = "outcome unknown"
    API_ERROR = "error message"
    UNDECODABLE = "reply undecodable"
    WRONG = "none of these"


_ENDINGS: Final[dict[type[BaseException], Ending]] = {
    NotSentError: Ending.NOT_SENT,
    OutcomeUnknownError: Ending.UNKNOWN,
    ApiError: Ending.API_ERROR,
    ReplyDecodeError: Ending.UNDECODABLE,
}


@attrs.frozen(kw_only=True)
class Run:
    """One case that was played, with everything that tells whether the runtime behaved."""

    case: Case
    shape: Shape
    relay: FaultRelay
    error: BaseException | None
    message_ids: tuple[str | None, ...]
    """Of the events that were delivered; none where an operation returns its only reply."""

    seconds: float
    charges: int
    """Entries that the operation made in the ledger."""

    most_charges: int
    at_most_once: bool

    @property
    def ending(self) -> Ending:
        """How it ended for the caller."""
        if self.error is None:
            return Ending.COMPLETED
        return _ENDINGS.get(type(self.error), Ending.WRONG)

    @property
    def silence(self) -> float | None:
        """Seconds after which the runtime gave a silent link up, when it did."""
        if not isinstance(self.error, OutcomeUnknownError):
            return None
        found = _SILENT.search(str(self.error.reason))
        return None if found is None else float(found["seconds"])


def judge(run: Run) -> list[str]:
    """Say which rules a run breaks."""
    if run.case.fault not in run.relay.happened:
        return ["the fault never happened"]
    return [*_typed(run), *_prompt(run), *_once(run), *_honest(run), *_complete(run)]


def _typed(run: Run) -> Iterator[str]:
    if run.ending is Ending.WRONG:
        yield f"ended with {type(run.error).__name__}: {run.error}"


def _prompt(run: Run) -> Iterator[str]:
    """A visible end is noticed at once, a silent one by heart-beat, anything by its deadline."""
    deadlines = OPTIONS[run.case.group].deadlines
    limit = deadlines.total + deadlines.close + _SLACK_SECONDS
    if run.case.group is Group.CUT:
        limit = PROMPT_SECONDS
    if run.seconds > limit:
        yield f"took {run.seconds:.1f} s, expected at most {limit:g} s"
    fault = run.case.fault
    deaf = fault.kind is Kind.MUTE or (
        fault.kind is Kind.MUTE_ONE_WAY and fault.direction is Direction.TO_CLIENT
    )
    if run.case.group is Group.HALF_OPEN and deaf and run.ending is Ending.UNKNOWN:
        if run.silence is None:
            yield "a silent link was not noticed by heart-beat"
        elif run.silence > MOST_INTERVALS * HEART_BEAT_SECONDS:
            yield f"a silent link was noticed after {run.silence:g} s"


def _once(run: Run) -> Iterator[str]:
    """Nothing reconnects, and nothing is said twice."""
    if len(run.relay.connections) > 1:
        yield f"opened {len(run.relay.connections)} connections"
    said = Counter(
        (frame.command, frame.header("destination"))
        for link in run.relay.connections
        for frame in _frames(link.to_server.came)
        if frame.command in ("SEND", "SUBSCRIBE")
    )
    for (command, destination), count in said.items():
        if count > 1:
            yield f"{command} to {destination} {count} times"
    if run.charges > run.most_charges:
        yield f"{run.charges} entries in the ledger, expected at most {run.most_charges}"


def _honest(run: Run) -> Iterator[str]:
    """`outcome_known` is what the wire and the ledger say."""
    known = getattr(run.error, "outcome_known", True)
    match run.ending:
        case Ending.NOT_SENT:
            if not known:
                yield "not sent, and the outcome is not known"
            if _request_left(run):
                yield "said to be not sent, but the request left"
            if run.charges:
                yield "said to be not sent, but it stands in the ledger"
        case Ending.UNKNOWN:
            if known:
                yield "the end was not seen, and the outcome is known"
            if not any(piece.number == 1 for piece in _passed(run)):
                yield "the outcome is not known, but no session was ever agreed on"
        case Ending.API_ERROR | Ending.UNDECODABLE:
            if known is run.at_most_once:
                yield f"outcome_known is {known} after {run.ending}"
            if run.case.fault.kind is not Kind.CORRUPT:
                yield f"{run.ending}, but the server sent nothing wrong"
        case Ending.COMPLETED:
            if run.charges != run.most_charges:
                yield f"completed, with {run.charges} entries in the ledger"
            if not _last_passed(run) and run.case.fault.kind is not Kind.CORRUPT:
                yield "completed, but the last message never came"
        case _:
            pass


def _complete(run: Run) -> Iterator[str]:
    """What came was delivered, in its order, once, and nothing else."""
    kind = run.case.fault.kind
    if kind is Kind.CORRUPT:
        yield from _unharmed(run)
        return
    expected = _expected_ids(run)
    delivered = list(run.message_ids)
    if delivered != expected[: len(delivered)]:
        yield "delivered something else than what came"
    if kind in (Kind.RESET, Kind.CRASH) and sys.platform != "linux":
        return  # after RST a system may throw away what had arrived; Linux does not
    reason = getattr(run.error, "reason", None)
    if kind is Kind.REORDER and isinstance(reason, ReplyTimeoutError):
        return  # the frame that should overtake came after the goodbye only: too late for both
    if kind is Kind.DUPLICATE and isinstance(reason, RemoteProtocolError):
        return  # a second CONNECTED is forbidden and ends the session; what follows is not read
    if _last_passed(run) and run.ending is not Ending.COMPLETED:
        yield f"the last message came, and it ended with {run.ending}"
    if run.shape.delivers_events and delivered != expected:
        yield f"delivered {len(delivered)} of {len(expected)} messages"


def _unharmed(run: Run) -> Iterator[str]:
    """Whatever becomes of a spoiled frame, the others are what they were."""
    at = run.case.fault.at
    pieces = [*_came(run), *_passed(run)]
    if isinstance(at, FrameNumber):
        pieces = [piece for piece in pieces if piece.number == at.number]
    else:
        pieces = [piece for piece in pieces if piece.offset <= at.count < piece.end]
    spoiled = {frame.header(_MESSAGE_ID) for frame in _frames(pieces)}
    clean = [frame.header(_MESSAGE_ID) for frame in _messages(_came(run))]
    rest = [id_ for id_ in clean if id_ not in spoiled]
    delivered = [id_ for id_ in run.message_ids if id_ not in spoiled and id_ is not None]
    if delivered != rest[: len(delivered)]:
        yield "delivered something else than what came"
    own = {
        frame.header(_CORRELATION_ID)
        for link in run.relay.connections
        for frame in _frames(link.to_server.came)
        if frame.command == "SEND"
    }
    for frame in _messages(_passed(run)):
        foreign = own and frame.header(_CORRELATION_ID) not in own
        if foreign and frame.header(_MESSAGE_ID) in run.message_ids:
            yield "delivered a message with a foreign correlation id"


# What the relay saw.


def _passed(run: Run) -> list[Piece]:
    return [piece for link in run.relay.connections for piece in link.to_client.passed]


def _came(run: Run) -> list[Piece]:
    return [piece for link in run.relay.connections for piece in link.to_client.came]


def _frames(pieces: list[Piece]) -> list[Frame]:
    return [frame for piece in pieces if (frame := piece.frame) is not None]


def _messages(pieces: list[Piece]) -> list[Frame]:
    return [frame for frame in _frames(pieces) if frame.command == "MESSAGE"]


def _last_passed(run: Run) -> bool:
    last = run.shape.last_destination
    return any(frame.header("destination") == last for frame in _messages(_passed(run)))


def _expected_ids(run: Run) -> list[str | None]:
    """The message ids that passed, each once, up to the last of the conversation."""
    expected: dict[str | None, None] = {}
    for frame in _messages(_passed(run)):
        expected[frame.header(_MESSAGE_ID)] = None
        if frame.header("destination") == run.shape.last_destination:
            break
    return list(expected)


def _request_left(run: Run) -> bool:
    """True when an octet of the request came to the relay."""
    for link in run.relay.connections:
        lane = link.to_server
        numbers = [piece.number for piece in lane.came if piece.number is not None]
        begun = max(numbers, default=0) + (lane.pieces.rest() is not None)
        if begun >= run.shape.request_number:
            return True
    return False
