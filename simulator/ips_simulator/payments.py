"""One payment being played: notifications, questions, receipts, result, complete."""

import asyncio
from collections.abc import Callable
from typing import Final

from worldpay_ips import (
    CardPresent,
    Outcome,
    PaymentComplete,
    PaymentNotification,
    PaymentOutcome,
    PaymentRequest,
    PaymentResult,
    PaymentType,
    ReceiptType,
    Result,
)
from worldpay_ips.server import StartPaymentReplies

from .behaviour import Ask, Behaviour, Step
from .invented import Inventions
from .ledger import ChargeKind
from .paypoint import Done, Paypoint
from .questions import put
from .receipts import make_receipt, make_receipts
from .results import make_bare_outcome, make_outcome, outcome_of, success_of

_CHARGES: Final = {
    PaymentType.SALE: ChargeKind.SALE,
    PaymentType.REFUND: ChargeKind.REFUND,
    PaymentType.PRE_AUTH: ChargeKind.AUTHORISATION,
}


class Payment:
    """The server's part of one payment.

    Args:
        request: What was asked for.
        replies: Where the client hears of it.
        drop: Cuts the connection; what is said after that goes nowhere.
    """

    def __init__(
        self,
        request: PaymentRequest,
        replies: StartPaymentReplies,
        *,
        paypoint: Paypoint,
        behaviour: Behaviour,
        inventions: Inventions,
        drop: Callable[[], None],
    ) -> None:
        self._request = request
        self._replies = replies
        self._paypoint = paypoint
        self._behaviour = behaviour
        self._inventions = inventions
        self._drop = drop
        self._numbers = paypoint.next_numbers()
        self._aborted = asyncio.Event()
        self._decided = False
        self._can_abort = (
            request.payment_type is not PaymentType.PRE_AUTH or inventions.abort_pre_auth
        )

    @property
    def reference(self) -> str:
        """The merchant's reference."""
        return self._request.merchant_transaction_reference

    def abort(self) -> bool:
        """End the payment if the card has not been used; say whether it will end."""
        if self._can_abort:
            self._aborted.set()
        if self._behaviour.hold is not None:
            self._behaviour.hold.tell_abort()
        return self._can_abort

    async def play(self) -> None:
        """Play everything.

        Raises:
            RefusedError: The client answered something else than was asked.
            ConnectionLostError: The client is gone and the payment cannot go on without it.
        """
        self._end_with(self._bare(Result.IN_PROGRESS))
        try:
            await self._come_to(Step.STARTED)
            if await self._read_card():
                await self._come_to(Step.AUTHORISATION)
                await self._authorise()
            else:
                await self._finish_aborted()
        except BaseException:  # also what nobody foresaw: a payment does not stay in progress
            if not self._decided:
                self._end_with(self._bare(Result.FAILED))
            raise

    async def _read_card(self) -> bool:
        """Ask for the card; False when the payment was aborted before it came."""
        device = isinstance(self._request.instruction.payment_instrument, CardPresent)
        if device:
            await self._notify(self._behaviour.before_card)
        await self._come_to(Step.CARD)
        self._can_abort = False
        if self._aborted.is_set():
            return False
        # Without a card in the device only the last text makes sense: that it is authorised.
        await self._notify(self._behaviour.after_card[0 if device else -1 :])
        return True

    async def _authorise(self) -> None:
        """Decide, charge, and tell."""
        if self._behaviour.error is not None:
            self._decided = True
            self._end_with(self._bare(Result.FAILED))
            await self._replies.error(self._behaviour.error)
            return
        result = self._behaviour.outcome or success_of(self._request, self._inventions)
        code, slip = None, False
        for ask in self._behaviour.actions:
            if outcome_of(result) is not Outcome.SUCCEEDED:
                break  # nothing is asked about a payment that is refused
            if ask is Ask.SIGNATURE_VERIFICATION and self._inventions.slip_before_signature:
                slip = True
                outcome = self._outcome(result, code)
                receipt = make_receipt(outcome, ReceiptType.MERCHANT, sign_here=True)
                await self._replies.payment_receipt(receipt)
            ruling = await put(ask, self._replies, self.reference, self._inventions)
            result = ruling.result or result
            code = ruling.authorisation_code or code
        await self._finish(self._outcome(result, code), slip_sent=slip)

    def _bare(self, result: Result) -> PaymentOutcome:
        return make_bare_outcome(self._request.payment_type.value, self.reference, result)

    def _outcome(self, result: Result, code: str | None) -> PaymentOutcome:
        return make_outcome(
            self._request,
            result,
            paypoint_id=self._paypoint.id,
            numbers=self._numbers,
            authorisation_code=code,
        )

    async def _finish(self, outcome: PaymentOutcome, *, slip_sent: bool) -> None:
        """Enter the charge first: from here on the money has moved, whoever hears of it."""
        self._decided = True
        kind = _CHARGES.get(self._request.payment_type)
        amount = self._request.instruction.value.amount
        # An amount of 0 verifies an account: nothing is charged.
        if outcome.outcome is Outcome.SUCCEEDED and kind is not None and amount:
            self._paypoint.book(
                kind,
                outcome,
                amount,
                offline=outcome.result is Result.AUTHORISED_OFFLINE,
            )
        receipts = make_receipts(outcome, sign_here=slip_sent)
        self._paypoint.remember_payment(Done(outcome=outcome, receipts=receipts))
        await self._come_to(Step.RECEIPTS)
        for type_, receipt in receipts.items():
            if not (slip_sent and type_ is ReceiptType.MERCHANT):
                await self._replies.payment_receipt(receipt)
        await self._tell_end(outcome)

    async def _finish_aborted(self) -> None:
        self._decided = True
        outcome = self._bare(self._inventions.aborted)
        self._end_with(outcome)
        await self._tell_end(outcome)

    async def _tell_end(self, outcome: PaymentOutcome) -> None:
        await self._come_to(Step.RESULT)
        await self._replies.payment_result(PaymentResult(payments=(outcome,)))
        await self._come_to(Step.COMPLETE)
        await self._replies.payment_complete(PaymentComplete())

    def _end_with(self, outcome: PaymentOutcome) -> None:
        """What a query is told from now on."""
        self._paypoint.remember(Done(outcome=outcome))

    async def _come_to(self, step: Step) -> None:
        """Wait where a test wants to wait, and cut where it wants to cut."""
        hold = self._behaviour.hold
        if hold is not None and hold.step is step:
            held = asyncio.ensure_future(hold.pause())
            aborted = asyncio.ensure_future(self._aborted.wait())
            try:
                await asyncio.wait({held, aborted}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                held.cancel()
                aborted.cancel()
        if self._behaviour.drop_before is step:
            self._drop()

    async def _notify(self, texts: tuple[str, ...]) -> None:
        for text in texts:
            await self._replies.payment_notification(
                PaymentNotification(
                    merchant_transaction_reference=self.reference, notification_text=text
                )
            )
