"""What each kind of step does: one small function for each."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs

from worldpay_ips import Error, Outcome, PaymentComplete, PaymentResult, ReceiptType, Result
from worldpay_ips.operations import ON_PAYMENT_RESULT

from .clock import in_machine_time, within
from .deciding import charge, final_outcome, interim_outcome
from .faults import Fault
from .paypoint import Done
from .pin_pad import Cancelled, CardPresented, CardWay, Gesture, PadMode, PinEntered, Removed, Want
from .points import Step
from .questions import put
from .receipts import make_receipt, make_receipts
from .results import outcome_of
from .scenario import (
    AbortWindow,
    Ask,
    Complete,
    Decide,
    Fail,
    GiveReceipt,
    Notify,
    Question,
    TakeCard,
    TakeOutCard,
    TakePin,
    TellResult,
    Wait,
)
from .telling import result_body

if TYPE_CHECKING:
    from .payments import Payment

WRONG_PIN: Final = "INCORRECT PIN"
CARD_REMOVED: Final = "CARD REMOVED"
MOST_PINS: Final = 3


class AbortedInTime(Exception):  # noqa: N818 - no error: it is how a payment ends
    """The client's abort is followed."""


def _still_good(payment: "Payment") -> bool:
    return payment.ruled is None or outcome_of(payment.ruled) is Outcome.SUCCEEDED


# -- the cardholder


async def _take_card(payment: "Payment", step: TakeCard) -> None:
    if payment.reads_card and step.text:
        await payment.notify(step.text)
    await payment.come_to(Step.CARD)
    payment.check_abort()
    if payment.reads_card:
        if step.after:
            await payment.unless_aborted(payment.clock.sleep(step.after))
        if payment.paypoint.pad.mode is PadMode.MANUAL:
            gesture = await _from_person(payment, Want.CARD, tuple(CardWay))
            payment.way = gesture.way if isinstance(gesture, CardPresented) else None
        else:
            payment.way = step.by
        payment.card_read = _still_good(payment)
    payment.open_abort(is_open=False)


async def _take_pin(payment: "Payment", step: TakePin) -> None:
    if not payment.reads_card or not _still_good(payment):
        return
    if step.text:
        await payment.notify(step.text)
    correct = step.correct
    if payment.paypoint.pad.mode is PadMode.MANUAL:
        correct = await _pin_of_person(payment)
    elif not correct:
        await payment.notify(WRONG_PIN)
    payment.pin_entered = correct


async def _pin_of_person(payment: "Payment") -> bool:
    for _ in range(MOST_PINS):
        gesture = await _from_person(payment, Want.PIN)
        if isinstance(gesture, Removed):
            payment.ruled = payment.inventions.card_removed
            await payment.notify(CARD_REMOVED)
        if not isinstance(gesture, PinEntered):
            return False
        if gesture.correct:
            return True
        await payment.notify(WRONG_PIN)
    payment.ruled = payment.inventions.pin_refused
    return False


async def _take_out_card(payment: "Payment", step: TakeOutCard) -> None:
    if not payment.reads_card:
        return
    if step.too_soon:
        payment.ruled = payment.inventions.card_removed
        return
    if step.text:
        await payment.notify(step.text)
    if payment.paypoint.pad.mode is PadMode.MANUAL:
        await _from_person(payment, Want.REMOVAL)


async def _from_person(
    payment: "Payment", want: Want, allowed: tuple[CardWay, ...] = ()
) -> Gesture | None:
    """Wait for somebody at the pad; who cancels, or does not come, ends the payment."""
    work = within(
        payment.clock, payment.inventions.card_seconds, payment.paypoint.pad.ask(want, allowed)
    )
    try:
        with in_machine_time(payment.clock):
            gesture = await payment.unless_aborted(work)
    except TimeoutError:
        gesture = None
    if payment.done is None and (gesture is None or isinstance(gesture, Cancelled)):
        payment.ruled = payment.inventions.cancelled_at_pad
    return gesture


# -- the server


async def _notify(payment: "Payment", step: Notify) -> None:
    if payment.reads_card or not step.reader_only:
        await payment.notify(step.text)


async def _wait(payment: "Payment", step: Wait) -> None:
    await payment.unless_aborted(payment.clock.sleep(step.seconds))


async def _abort_window(payment: "Payment", step: AbortWindow) -> None:
    if not step.open:
        await payment.come_to(Step.CARD)
    payment.open_abort(is_open=step.open)


async def _question(payment: "Payment", step: Question) -> None:
    await payment.come_to(Step.AUTHORISATION)
    if not _still_good(payment):
        return  # nothing is asked about a payment that is refused
    if step.kind is Ask.SIGNATURE_VERIFICATION and payment.paypoint.pad.mode is PadMode.MANUAL:
        await _from_person(payment, Want.SIGNATURE)
        if not _still_good(payment):
            return
    payment.tell_question(step.kind, answered=False)
    ruling = await payment.unless_aborted(
        put(step, payment.replies, payment.reference, payment.inventions, payment.clock)
    )
    payment.tell_question(step.kind, answered=True)
    payment.signed = payment.signed or step.kind is Ask.SIGNATURE_VERIFICATION
    payment.ruled = ruling.result or payment.ruled
    payment.code = ruling.authorisation_code or payment.code


async def _decide(payment: "Payment", step: Decide) -> None:
    await payment.come_to(Step.AUTHORISATION)
    outcome = final_outcome(payment, step)
    # A success is never without a charge, even where a scenario has forgotten the card.
    whole = payment.card_read or outcome.outcome is Outcome.SUCCEEDED
    if whole:
        receipts = make_receipts(outcome, sign_here=payment.slip_given)
        done = Done(outcome=outcome, receipts=receipts)
        charge(payment, outcome, step)
    else:
        done = Done(outcome=outcome)
    steps = payment.scenario.payment if payment.scenario is not None else None
    tells = next((one for one in steps or () if isinstance(one, TellResult)), TellResult())
    body = result_body(payment, outcome, tells)
    payment.decide(attrs.evolve(done, told=body if tells.payments else None))
    payment.told = body
    if whole:
        payment.paypoint.remember_payment(payment.done or done)


async def _receipt(payment: "Payment", step: GiveReceipt) -> None:
    if payment.done is None:
        await payment.come_to(Step.AUTHORISATION)
        if _still_good(payment) and payment.card_read:
            payment.slip_given = payment.slip_given or step.type is ReceiptType.MERCHANT
            slip = make_receipt(interim_outcome(payment), step.type, sign_here=step.sign_here)
            await payment.give(slip)
        return
    await payment.come_to(Step.RECEIPTS)
    receipt = payment.done.receipts.get(step.type)
    if receipt is not None and not (payment.slip_given and step.type is ReceiptType.MERCHANT):
        await payment.give(receipt)


async def _result(payment: "Payment", step: TellResult) -> None:  # noqa: ARG001 - see `_decide`
    if payment.done is None:
        await _decide(payment, Decide())
    await payment.come_to(Step.RECEIPTS)
    await payment.come_to(Step.RESULT)
    if payment.told is not None:
        await payment.port.send_body(ON_PAYMENT_RESULT, payment.told)
    elif payment.done is not None:
        await payment.replies.payment_result(PaymentResult(payments=(payment.done.outcome,)))


async def _complete(payment: "Payment", _step: Complete) -> None:
    await payment.come_to(Step.COMPLETE)
    await payment.replies.payment_complete(PaymentComplete())


async def _fail(payment: "Payment", step: Fail) -> None:
    await payment.come_to(Step.AUTHORISATION)
    if payment.done is None:
        payment.decide(Done(outcome=payment.bare(Result.FAILED)))
    await payment.replies.error(Error(code=step.code, message=step.message))


async def _fault(payment: "Payment", step: Fault) -> None:
    await payment.port.strike(step)


PLAYERS: Final[Mapping[type, Callable[["Payment", Any], Awaitable[None]]]] = {
    TakeCard: _take_card,
    TakePin: _take_pin,
    TakeOutCard: _take_out_card,
    Notify: _notify,
    Wait: _wait,
    AbortWindow: _abort_window,
    Question: _question,
    Decide: _decide,
    GiveReceipt: _receipt,
    TellResult: _result,
    Complete: _complete,
    Fail: _fail,
    Fault: _fault,
}
