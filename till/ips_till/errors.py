"""Everything that this package raises. What became of the money is said by the class.

`NotSentError` and the refusals under `RefusedError` are certain: nothing left, nothing was charged.
`OutcomeUnknownError` is the opposite: the request left, and nobody can say yet what became of it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .outcome import Outcome


class TillError(Exception):
    """Base of all errors here. Texts and args never hold a secret or card data."""


class ConfigurationError(TillError):
    """A setting is missing or cannot be used. Nothing was sent."""


class UsedAfterForkError(TillError):
    """The object was made by another process. Make a till in each process. Nothing was sent."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} was made before a fork; make one in each process")


class RefusedError(TillError):
    """The request was refused before anything was sent."""


class JournalError(RefusedError):
    """The journal cannot be written or read. No payment is started without it."""


class LeaseLostError(JournalError):
    """Another till has taken the paypoint over, and this one may write and send nothing more."""


class ReferenceUsedError(RefusedError):
    """The journal holds this reference already. Each payment needs one of its own."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"the reference {reference} has been used; each payment needs a new one")
        self.reference = reference


class UnresolvedPaymentError(RefusedError):
    """The paypoint has a payment whose outcome is not known yet. Recover it first.

    Only the last payment of a paypoint can be asked for: starting another would lose this one.
    """

    def __init__(self, *, reference: str, paypoint_id: str, in_flight: bool = False) -> None:
        what = (
            "is being taken at this moment; wait for its end"
            if in_flight
            else "has no known outcome yet; recover it first"
        )
        super().__init__(f"{paypoint_id}: the payment {reference} {what}")
        self.reference, self.paypoint_id = reference, paypoint_id
        self.in_flight = in_flight
        """True while a living till holds the paypoint; recovering would have to wait for it."""


class NotSentError(TillError):
    """The request never left. Nothing was charged; it is safe to try again, as a new payment."""

    def __init__(self, *, operation: str, reference: str, reason: BaseException) -> None:
        super().__init__(
            f"{operation} {reference}: not sent: {reason} (nothing was charged; try again)"
        )
        self.operation, self.reference, self.reason = operation, reference, reason


class OutcomeUnknownError(TillError):
    """The request left and its end is not known. Never send it again: recover it."""

    def __init__(
        self,
        *,
        operation: str,
        reference: str,
        paypoint_id: str,
        correlation_id: str | None,
        why: str,
        recover: "Callable[[], Outcome] | None" = None,
    ) -> None:
        super().__init__(
            f"{operation} {reference} on {paypoint_id}: outcome unknown: {why}"
            " (do not repeat it; recover it)"
        )
        self.operation, self.reference, self.paypoint_id = operation, reference, paypoint_id
        self.correlation_id, self.why = correlation_id, why
        self._recover = recover

    def recover(self) -> "Outcome":
        """Ask the service what became of it. May be called again; it never charges.

        Raises:
            UnresolvedPaymentError: Another till is at it.
            JournalError: The journal cannot be read or written.
        """
        if self._recover is None:
            raise ConfigurationError(
                "ask the till: till.recover(reference), awaited if it is asyncio"
            )
        return self._recover()


class SecondResultError(TillError):
    """A second result came that differs from the first. Both are in the journal; ask a person."""

    def __init__(self, *, operation: str, reference: str) -> None:
        super().__init__(
            f"{operation} {reference}: two different results came; both are kept, and a person"
            " must decide which is true"
        )
        self.operation, self.reference = operation, reference


class ActionError(TillError):
    """An answer to an action came too late, twice, or of the wrong kind. It was not sent."""
