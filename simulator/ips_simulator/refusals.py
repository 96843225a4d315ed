"""What a client did wrong, what it is told, and the record of it."""

from typing import Final

import attrs

from stompws.errors import LinkError, Problem
from stompws.lenient import MISSING
from stompws.server import RefusalKind, Refused
from worldpay_ips import Error

from .invented import (
    FAILED,
    KEY_MISSING,
    KEY_UNKNOWN,
    MALFORMED,
    MISPLACED,
    NO_QUESTION,
    NOT_SUBSCRIBED,
    SECOND_REQUEST,
    UNKNOWN_DESTINATION,
    Invention,
)

FIELD_MISSING: Final = "10001"
"""The one error that is documented."""

_ANSWERS: Final = {
    RefusalKind.BAD_CREDENTIAL: KEY_UNKNOWN,
    RefusalKind.NOT_AUTHENTICATED: KEY_MISSING,
    RefusalKind.UNKNOWN_DESTINATION: UNKNOWN_DESTINATION,
    RefusalKind.MISSING_SUBSCRIPTION: NOT_SUBSCRIBED,
    RefusalKind.SECOND_REQUEST: SECOND_REQUEST,
    RefusalKind.NO_CONVERSATION: MISPLACED,
    RefusalKind.ENDED: MISPLACED,
    RefusalKind.NOTHING_TO_ANSWER: NO_QUESTION,
    RefusalKind.ALREADY_ANSWERED: NO_QUESTION,
    RefusalKind.FOREIGN_CORRELATION: MISPLACED,
    RefusalKind.MALFORMED_BODY: MALFORMED,
    RefusalKind.MALFORMED_HEADERS: MALFORMED,
    RefusalKind.UNSUPPORTED: MISPLACED,
}

# What STOMP itself demands is not invented: ERROR, and the end of the connection.
_STOMP: Final = frozenset({RefusalKind.NO_COMMON_VERSION, RefusalKind.BROKEN_PROTOCOL})

# Answered with a STOMP ERROR frame, after which the connection is closed: nothing that was said is
# a request to which an error message could belong.
BY_STOMP_ERROR: Final = frozenset({
    RefusalKind.BAD_CREDENTIAL,
    RefusalKind.NO_COMMON_VERSION,
    RefusalKind.NOT_AUTHENTICATED,
    RefusalKind.UNKNOWN_DESTINATION,
    RefusalKind.UNSUPPORTED,
    RefusalKind.BROKEN_PROTOCOL,
})  # fmt: skip


class RefusedError(Exception):
    """Ends a request with an error message. It holds nothing of the client's."""

    def __init__(self, why: Invention) -> None:
        super().__init__(why.message)
        self.why = why


@attrs.frozen(kw_only=True)
class Refusal:
    """One refusal, for tests to look at.

    It holds no value that the client sent, except a destination that does not exist and that looks
    like one.
    """

    kind: str
    """A `RefusalKind`, or `refused` for a well-formed request that cannot be met, or `failed` where
    the fault is the simulator's."""
    code: str
    """Of the error message; empty when STOMP's own rules were broken."""
    message: str
    """What the client was told."""
    operation: str | None = None
    invented: bool = True
    """False for the one error that is documented, and for STOMP's own rules."""


def refusal_of(refused: Refused, *, answer: Invention | None = None) -> Refusal:
    """What is answered to a broken rule."""
    operation = None if refused.operation is None else refused.operation.name
    if (field := _missing_field(refused.problems)) is not None:
        return Refusal(
            kind=refused.kind.value,
            code=FIELD_MISSING,
            message=f"The required field '{field}' is missing",
            operation=operation,
            invented=False,
        )
    if refused.kind in _STOMP:
        return Refusal(kind=refused.kind.value, code="", message=refused.detail, invented=False)
    answer = answer or _ANSWERS[refused.kind]
    # The detail names rules, operations and paths, never a value.
    return Refusal(
        kind=refused.kind.value,
        code=answer.code,
        message=f"{answer.message}: {refused.detail}",
        operation=operation,
    )


def business_refusal(why: Invention, operation: str) -> Refusal:
    """What is answered when a well-formed request cannot be met."""
    return Refusal(kind="refused", code=why.code, message=why.message, operation=operation)


def failure_refusal(exc: Exception, operation: str | None) -> Refusal:
    """What is answered when the simulator cannot go on.

    Of errors that are not ours only the class is told: their texts may quote what the client sent.
    """
    detail = type(exc).__name__ + (f": {exc}" if isinstance(exc, LinkError) else "")
    return Refusal(
        kind="failed",
        code=FAILED.code,
        message=f"{FAILED.message}: {detail}",
        operation=operation,
    )


def error_of(refusal: Refusal) -> Error:
    """The error message for a refusal."""
    return Error(code=refusal.code, message=refusal.message)


def _missing_field(problems: tuple[Problem, ...]) -> str | None:
    """The first required field that is missing, as the documentation writes its path.

    It names `paymentInstrument.type`, which in a payment request stands below `instruction`.
    """
    for problem in problems:
        if problem.rule == MISSING:
            return problem.path.removeprefix("$.").removeprefix("instruction.")
    return None
