"""What happens while a payment runs, as the till's program sees it."""

import threading
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

import attrs

from stompws.masking import show
from stompws.records import Record
from worldpay_ips import AvsResults, PaymentReceipt, ReferralContact

from .errors import ActionError
from .journal import StoredReceipt

A = TypeVar("A")


@attrs.frozen(kw_only=True)
class Notification(Record):
    """A text for the staff, such as `PLEASE INSERT CARD`. It says nothing of the outcome."""

    text: str = attrs.field(repr=show)


@attrs.frozen(kw_only=True)
class ReceiptReady(Record):
    """A receipt came and is in the journal. Print it once, with `receipts`."""

    receipt: StoredReceipt
    """With numbers of cards masked, as it is stored."""
    message: PaymentReceipt | None = attrs.field(default=None, repr=False)
    """As it came; None when it was read from the journal."""


@attrs.frozen(kw_only=True)
class Recovering(Record):
    """The end was not seen, and the service is being asked. For the screen."""

    text: str


@attrs.frozen(kw_only=True)
class JournalTrouble(Record):
    """The journal could not be written after the request had left.

    The payment goes on. The paypoint stays closed until the payment is recovered.
    """

    text: str


class Question(Generic[A]):
    """An action that the service asks for. One answer, in time; else the policy answers.

    In a loop over a payment's events, answer it before asking for the next event.
    """

    action: ClassVar[str]
    """As on the wire."""

    def __init__(self, *, reference: str, seconds: float) -> None:
        self.reference = reference
        self.seconds = seconds
        """How long there is for the answer."""
        self._lock = threading.Lock()
        self._closed = False
        self._answer: tuple[A] | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.reference}>"

    def answer(self, answer: A) -> None:
        """Give the answer.

        Raises:
            ActionError: It comes too late, was given already, or is of the wrong kind.
        """
        problem = self.check(answer)
        if problem is not None:
            raise ActionError(f"{self.action}: {problem}")
        with self._lock:
            if self._closed or self._answer is not None:
                raise ActionError(f"{self.action}: it has been answered already, or it is too late")
            self._answer = (answer,)

    def check(self, answer: object) -> str | None:
        """Tell what is wrong with an answer; None when it can be sent."""
        raise NotImplementedError

    def close(self) -> tuple[A] | None:
        """Take the answer, if one was given, and accept no other."""
        with self._lock:
            self._closed = True
            return self._answer


class SignatureQuestion(Question[bool]):
    """Does the signature match the card's? The slip to be signed was delivered before."""

    action = "signature-verification"

    def check(self, answer: object) -> str | None:
        """Only True and False are answers."""
        return None if isinstance(answer, bool) else "answer True when the signature matches"


class VoiceAuthorisationQuestion(Question[str | None]):
    """Call the acquirer: answer with the authorisation code, or None when there is none."""

    action = "voice-authorisation"

    def __init__(
        self,
        *,
        reference: str,
        seconds: float,
        merchant_id: str | None,
        contacts: tuple[ReferralContact, ...],
    ) -> None:
        super().__init__(reference=reference, seconds=seconds)
        self.merchant_id, self.contacts = merchant_id, contacts

    def check(self, answer: object) -> str | None:
        """A code is 2 to 6 letters and digits."""
        if answer is None:
            return None
        fits = isinstance(answer, str) and 2 <= len(answer) <= 6 and answer.isascii()
        if fits and isinstance(answer, str) and answer.isalnum():
            return None
        return "an authorisation code is 2 to 6 letters and digits; None declines"


class AvsQuestion(Question[bool]):
    """Whether to go on after the address verification."""

    action = "avs-confirmation"

    def __init__(self, *, reference: str, seconds: float, results: AvsResults | None) -> None:
        super().__init__(reference=reference, seconds=seconds)
        self.results = results
        """What matched. Take anything but `matched` for no match."""

    def check(self, answer: object) -> str | None:
        """Only True and False are answers."""
        return None if isinstance(answer, bool) else "answer True to go on with the payment"


class OtherQuestion(Question[None]):
    """An action of a newer server, which this version cannot answer; the policy applies."""

    action = "other"

    def __init__(self, *, reference: str, seconds: float, name: str, raw: Any) -> None:
        super().__init__(reference=reference, seconds=seconds)
        self.name = name
        """What the service calls it."""
        self.raw = raw
        """Its data as it came: JSON, or bytes when it could not be read."""

    def check(self, answer: object) -> str | None:
        """Nothing that we could send."""
        return None if answer is None else "this version does not know how to answer it"


AnyQuestion: TypeAlias = (
    SignatureQuestion | VoiceAuthorisationQuestion | AvsQuestion | OtherQuestion
)
TillEvent: TypeAlias = Notification | AnyQuestion | ReceiptReady | Recovering | JournalTrouble
"""What iterating over a payment yields."""
