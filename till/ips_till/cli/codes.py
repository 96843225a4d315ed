"""Exit codes: what a script that runs `till` may rely on."""

from enum import IntEnum

from stompws.errors import LinkError
from stompws.masking import mask_numbers

from ..errors import (
    ConfigurationError,
    JournalError,
    NotSentError,
    OutcomeUnknownError,
    ReferenceUsedError,
    RefusedError,
    SecondResultError,
    TillError,
    UnresolvedPaymentError,
    UsedAfterForkError,
)
from ..outcome import Approved, Declined, NotTaken, Outcome, Unknown
from ..receipts import AlreadyPrintedError


class Code(IntEnum):
    """How the command ended. Only with 0, 10 and 11 is it certain what became of the money."""

    DONE = 0
    """Approved, or what was asked for is done."""
    DECLINED = 10
    """The card was refused. Nothing was charged."""
    NOT_TAKEN = 11
    """Not taken, not sent, or refused before anything was sent. Nothing was charged."""
    UNKNOWN = 20
    """Nobody can say yet. Do not repeat it: `till recover`."""
    UNRESOLVED = 21
    """An earlier payment stands in the way: it has no known outcome, or the same reference. Nothing
    was sent; what became of that one is another question."""
    CONFIGURATION = 30
    """The command line or a setting cannot be used. Nothing was sent."""
    JOURNAL = 31
    """The journal cannot be read or written. Of a payment, nothing was sent."""
    LINK = 32
    """The service could not be asked, or refused. It was no payment."""
    INTERNAL = 40
    """A mistake of this program. If a payment was running: `till recover`."""


def code_of(outcome: Outcome) -> Code:
    """The exit code of an outcome."""
    match outcome:
        case Approved():
            return Code.DONE
        case Declined():
            return Code.DECLINED
        case NotTaken():
            return Code.NOT_TAKEN
        case Unknown():
            return Code.UNKNOWN


class CommandError(Exception):
    """The command cannot do what it was asked to. The text is for people."""

    def __init__(self, text: str, code: Code = Code.CONFIGURATION) -> None:
        super().__init__(mask_numbers(text))
        self.code = code


def code_of_error(error: BaseException) -> Code:
    """The exit code of an error."""
    match error:
        case CommandError(code=code):
            return code
        case UnresolvedPaymentError() | ReferenceUsedError():
            return Code.UNRESOLVED
        case JournalError():
            return Code.JOURNAL
        case NotSentError() | RefusedError() | AlreadyPrintedError():
            return Code.NOT_TAKEN
        case OutcomeUnknownError() | SecondResultError():
            return Code.UNKNOWN
        case ConfigurationError():
            return Code.CONFIGURATION
        case UsedAfterForkError():
            return Code.INTERNAL
        case TillError() | LinkError():
            return Code.LINK
        case _:
            return Code.INTERNAL


def sentence(error: BaseException) -> str:
    """What to tell of an error: its own words if they are ours, else only its name."""
    if isinstance(error, CommandError | TillError | LinkError):
        return str(error)
    # Whatever raised it may quote anything: of a stranger's error only name and place are told.
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = "" if where is None else f" ({where.tb_frame.f_code.co_filename}:{where.tb_lineno})"
    return (
        f"a mistake of this program: {type(error).__name__}{place}; if a payment was running, its"
        " outcome is found with: till recover"
    )


def advice(error: BaseException) -> str:
    """What to do next, where the error itself cannot know the command; empty when it can."""
    match error:
        case ReferenceUsedError(reference=reference):
            return f"What became of it: till journal show {reference}"
        case UnresolvedPaymentError(in_flight=True):
            return ""
        case UnresolvedPaymentError():
            return "Find out what became of it: till recover"
        case OutcomeUnknownError() | SecondResultError():
            return "Do not charge again. Find out: till recover"
        case _:
            return ""
