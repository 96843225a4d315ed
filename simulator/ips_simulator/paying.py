"""A till of a few lines: it takes one payment, shows what it is told and asks what it is asked.

It is careful as a till has to be: it never sends a payment twice, and when it has not seen the end
it asks for the result before it says that it does not know.
"""

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from enum import IntEnum
from typing import Final, Protocol

from stompws.errors import ApiError, LinkError, NotSentError, OutcomeUnknownError
from worldpay_ips import (
    AvsConfirmationDone,
    AvsConfirmationRequired,
    Error,
    Outcome,
    PaymentAbort,
    PaymentActionDone,
    PaymentActionRequired,
    PaymentApi,
    PaymentNotification,
    PaymentOutcome,
    PaymentReceipt,
    PaymentRequest,
    PaymentResult,
    PaymentResultQuery,
    SignatureVerificationDone,
    SignatureVerificationRequired,
    VoiceAuthorisationDone,
    VoiceAuthorisationRequired,
)
from worldpay_ips.client import StartPayment

from .invented import MALFORMED, NO_MAGIC, PAYPOINT_BUSY
from .receipts import decode
from .results import outcome_of

# This simulator's own codes for what it did not begin. Of a real server nobody knows any such code.
_NOT_BEGUN: Final = frozenset({MALFORMED.code, NO_MAGIC.code, PAYPOINT_BUSY.code})
_QUESTIONS: Final = 5
_PAUSE_SECONDS: Final = 1.0


class Verdict(IntEnum):
    """How a payment ended. The values are the exit codes of `ips-simulator pay`."""

    APPROVED = 0
    DECLINED = 10
    NOT_TAKEN = 11
    """Cancelled, aborted, failed or never sent: nothing was charged."""
    UNKNOWN = 20
    """It may have been charged."""


class Counter(Protocol):
    """Who stands at the till."""

    def tell(self, text: str) -> None:
        """Something to read."""

    def receipt(self, kind: str, text: str) -> None:
        """A receipt, as it is printed."""

    def ask_yes(self, question: str) -> bool:
        """A question to be answered with yes or no."""
        ...

    def ask_code(self, question: str) -> str | None:
        """A question for an authorisation code; None when there is none."""
        ...


class Paying:
    """One payment.

    Args:
        api: The till's way to the server.
        request: What is sent, once.
        counter: Who stands at the till.
        pause: Waits between two questions for the result.
    """

    def __init__(
        self,
        api: PaymentApi,
        request: PaymentRequest,
        counter: Counter,
        *,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._api, self._request, self._counter = api, request, counter
        self._pause = pause
        self._conversation: StartPayment | None = None

    @property
    def reference(self) -> str:
        """What the payment is called."""
        return self._request.merchant_transaction_reference

    def take(self) -> Verdict:
        """Take the payment; return how it ended."""
        result: PaymentResult | None = None
        try:
            with self._api.start_payment(self._request) as conversation:
                self._conversation = conversation
                for event in conversation:
                    if isinstance(event.payload, PaymentResult):
                        result = event.payload
                        self._show_result(result.payments)
                    else:
                        self._show(event.payload)
        except NotSentError as exc:
            self._counter.tell(f"Not sent: {exc.reason}")
            return Verdict.NOT_TAKEN
        except ApiError as exc:
            self._counter.tell(_error_text(exc))
            if isinstance(exc.payload, Error) and exc.payload.code in _NOT_BEGUN:
                return Verdict.NOT_TAKEN
        except OutcomeUnknownError as exc:
            self._counter.tell(f"The end was not seen: {exc.reason}")
        finally:
            self._conversation = None
        return self._query() if result is None else self._judge_or_query(result)

    def abort(self) -> None:
        """Ask for the end of the payment, from another thread; it may come too late."""
        if (conversation := self._conversation) is None:
            return

        def send() -> None:
            abort = PaymentAbort(merchant_transaction_reference=self.reference)
            with suppress(LinkError):  # the payment has ended meanwhile
                conversation.abort_payment(abort)

        # A thread of its own: whoever calls may be a signal that has interrupted the reading.
        threading.Thread(target=send, name="ips-simulator-abort", daemon=True).start()

    # -- what comes

    def _show(self, payload: object) -> None:
        match payload:
            case PaymentNotification(notification_text=text):
                self._counter.tell(text)
            case PaymentReceipt(type=kind, content=content):
                self._counter.receipt(str(kind or "receipt"), _receipt_text(content))
            case PaymentActionRequired(data=data):
                self._answer(data)
            case _:
                pass

    def _show_result(self, payments: Iterable[PaymentOutcome]) -> None:
        for payment in payments:
            self._counter.tell(describe(payment))

    def _answer(self, data: object) -> None:
        done: VoiceAuthorisationDone | SignatureVerificationDone | AvsConfirmationDone
        match data:
            case VoiceAuthorisationRequired():
                code = self._counter.ask_code("Authorisation code, from the bank on the phone")
                done = VoiceAuthorisationDone(authorisation_code=code)
            case SignatureVerificationRequired():
                yes = self._counter.ask_yes("Does the signature match the card's")
                done = SignatureVerificationDone(is_signature_verified=yes)
            case AvsConfirmationRequired():
                yes = self._counter.ask_yes("Is the result of the address check acceptable")
                done = AvsConfirmationDone(is_avs_confirmed=yes)
            case _:
                self._counter.tell("Something is asked that this till does not know.")
                return
        conversation = self._conversation
        if conversation is not None:
            conversation.confirm_payment_action(
                PaymentActionDone(merchant_transaction_reference=self.reference, data=done)
            )

    # -- how it ended

    def _judge_or_query(self, result: PaymentResult) -> Verdict:
        verdict = judge(result.payments)
        return self._query() if verdict is Verdict.UNKNOWN else verdict

    def _query(self) -> Verdict:
        """Ask for the result, a few times while it is pending."""
        self._counter.tell("Asking for the result …")
        query = PaymentResultQuery(merchant_transaction_reference=self.reference)
        shown: list[PaymentOutcome] = []
        for number in range(_QUESTIONS):
            if number:
                self._pause(_PAUSE_SECONDS)
            try:
                payments = self._api.query_payment_result(query).payments
            except ApiError as exc:
                self._counter.tell(_error_text(exc))
                return Verdict.UNKNOWN
            except LinkError as exc:
                self._counter.tell(f"No answer: {exc}")
                continue
            names = (None, self.reference)
            own = [one for one in payments if one.merchant_transaction_reference in names]
            if own != shown:
                self._show_result(own)
                shown = own
            if (verdict := judge(own)) is not Verdict.UNKNOWN:
                return verdict
        return Verdict.UNKNOWN


_WORDS: Final = {
    Outcome.SUCCEEDED: "APPROVED",
    Outcome.REFUSED: "DECLINED",
    Outcome.FAILED: "NOT TAKEN",
    Outcome.PENDING: "PENDING",
}


def judge(payments: Iterable[PaymentOutcome]) -> Verdict:
    """What a result means for the money. One success is a charge, whatever stands beside it."""
    kinds = [_kind_of(payment) for payment in payments]
    if Outcome.SUCCEEDED in kinds:
        return Verdict.APPROVED
    if not kinds or any(kind not in (Outcome.REFUSED, Outcome.FAILED) for kind in kinds):
        return Verdict.UNKNOWN  # an empty list proves nothing; neither does what is new or pending
    return Verdict.DECLINED if Outcome.REFUSED in kinds else Verdict.NOT_TAKEN


def _kind_of(payment: PaymentOutcome) -> Outcome | None:
    if payment.outcome is not None:
        return payment.outcome
    result = payment.result  # an older server tells no more than this
    return outcome_of(result) if result is not None and result.is_known else None


def describe(payment: PaymentOutcome) -> str:
    """An outcome on one line."""
    kind = _kind_of(payment)
    parts = ["NOT KNOWN" if kind is None else _WORDS.get(kind, "NOT KNOWN")]
    if (value := payment.value) is not None:
        parts.append(f"{money(value.amount)} {value.currency_code or ''}".rstrip())
    parts.append(f"({payment.result or 'no result'})")
    return " ".join(parts)


def money(amount: int) -> str:
    """Minor units as people write them."""
    return f"{amount // 100}.{amount % 100:02}"


def _receipt_text(content: str | None) -> str:
    try:
        return decode(content or "")
    except ValueError:
        return "(this receipt is no text)"


def _error_text(exc: ApiError) -> str:
    payload = exc.payload
    if isinstance(payload, Error):
        return f"The server reports error {payload.code}: {payload.message}"
    return "The server reports an error that cannot be read."
