"""What is done when the service asks: a handler for each kind, and a policy for the rest."""

import math
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Any, Literal, TypeAlias, TypeVar

import attrs

from stompws.records import Record

from .errors import ConfigurationError
from .events import (
    AnyQuestion,
    AvsQuestion,
    OtherQuestion,
    SignatureQuestion,
    VoiceAuthorisationQuestion,
)

Q = TypeVar("Q")
A = TypeVar("A")
Handler: TypeAlias = Callable[[Q], A | Awaitable[A]]
"""Is given the question and returns the answer. It runs in a thread of its own, or, with an
`AsyncTill`, may be a coroutine function."""


class Policy(StrEnum):
    """What is answered when no handler does, in time and sensibly. Never yes."""

    DECLINE = "decline"
    """No: the signature does not match, there is no code, do not go on."""
    ABORT = "abort"
    """Ask for an abort as well."""


def _policy(value: Policy | str) -> Policy:
    try:
        return Policy(value)
    except ValueError:
        raise ConfigurationError("a policy for actions is decline or abort") from None


def _seconds(_actions: object, _field: object, value: float | None) -> None:
    if value is not None and (isinstance(value, bool) or not 0 < value < math.inf):
        raise ConfigurationError("the deadline for actions is a number of seconds above 0")


@attrs.frozen(kw_only=True)
class Actions(Record):
    """Who answers which action of a payment.

    Raises:
        ConfigurationError: The policy or the deadline cannot be used.
    """

    otherwise: Policy = attrs.field(converter=_policy)
    """For kinds without a handler, and when a handler raises, is late, or answers nonsense."""
    signature: Handler[SignatureQuestion, bool] | None = None
    voice_authorisation: Handler[VoiceAuthorisationQuestion, str | None] | None = None
    avs: Handler[AvsQuestion, bool] | None = None
    other: Handler[OtherQuestion, None] | None = None
    """Is told of a kind that this version does not know. The policy answers it all the same."""
    in_loop: bool = False
    """Questions without a handler come as events of the payment, to be answered there."""
    deadline: float | None = attrs.field(default=None, validator=_seconds)
    """Seconds for each answer; the till's `TillSettings.action_answer` when None. The service waits
    too; for how long is not known."""

    def handler(self, question: AnyQuestion) -> Handler[Any, Any] | None:
        """The handler of a question."""
        match question:
            case SignatureQuestion():
                return self.signature
            case VoiceAuthorisationQuestion():
                return self.voice_authorisation
            case AvsQuestion():
                return self.avs
            case OtherQuestion():
                return self.other


OnAction: TypeAlias = Actions | Policy | Literal["decline", "abort"]


def actions_from(given: OnAction | None, default: OnAction | None) -> Actions:
    """Return what a payment goes by.

    Raises:
        ConfigurationError: Neither is given. A payment may ask something at any time; what is done
            then must have been decided before.
    """
    chosen = default if given is None else given
    if chosen is None:
        raise ConfigurationError(
            "say what is done when the payment asks something: on_action=Actions(…) with handlers,"
            ' or on_action="decline"'
        )
    return chosen if isinstance(chosen, Actions) else Actions(otherwise=_policy(chosen))
