"""The points of a payment: where a test can make it wait, and where a fault can strike."""

from enum import StrEnum


class Step(StrEnum):
    """A point of the payment's flow, just before the thing it is named after.

    Every scenario comes by these points, as far as it has what they are named after.
    """

    STARTED = "started"
    """The request was accepted; nothing has been sent."""
    CARD = "card"
    """The cardholder was asked for the card and has not touched the device. The last chance to
    abort."""
    AUTHORISATION = "authorisation"
    """The card was read; nothing is charged."""
    RECEIPTS = "receipts"
    """The payment is decided and stands in the ledger; nothing has been told."""
    RESULT = "result"
    COMPLETE = "complete"
