"""What a payment can ask of the merchant, and aborting it."""

import threading
from typing import Any

import pytest

from ips_simulator import Ask, Behaviour, Hold, Inventions, Simulator, Step
from ips_simulator.receipts import decode
from sim_helpers import till
from stompws.client import Event
from stompws.errors import ApiError, OutcomeUnknownError
from worldpay_ips import (
    AvsConfirmationDone,
    AvsConfirmationRequired,
    CardPresent,
    Error,
    Instruction,
    PaymentAbort,
    PaymentActionDone,
    PaymentActionRequired,
    PaymentApi,
    PaymentOutcome,
    PaymentReceipt,
    PaymentRequest,
    PaymentResult,
    PaymentResultQuery,
    PaymentType,
    ReceiptType,
    RequestValue,
    Result,
    SignatureVerificationDone,
    SignatureVerificationRequired,
    VoiceAuthorisationDone,
    VoiceAuthorisationRequired,
)

Done = VoiceAuthorisationDone | SignatureVerificationDone | AvsConfirmationDone

YES: dict[Ask, Done] = {
    Ask.VOICE_AUTHORISATION: VoiceAuthorisationDone(authorisation_code="AB12"),
    Ask.SIGNATURE_VERIFICATION: SignatureVerificationDone(is_signature_verified=True),
    Ask.AVS_CONFIRMATION: AvsConfirmationDone(is_avs_confirmed=True),
}
NO: dict[Ask, Done] = {
    Ask.VOICE_AUTHORISATION: VoiceAuthorisationDone(),
    Ask.SIGNATURE_VERIFICATION: SignatureVerificationDone(is_signature_verified=False),
    Ask.AVS_CONFIRMATION: AvsConfirmationDone(is_avs_confirmed=False),
}
QUESTIONS = {
    Ask.VOICE_AUTHORISATION: VoiceAuthorisationRequired,
    Ask.SIGNATURE_VERIFICATION: SignatureVerificationRequired,
    Ask.AVS_CONFIRMATION: AvsConfirmationRequired,
}


def sale(type_: PaymentType = PaymentType.SALE) -> PaymentRequest:
    return PaymentRequest(
        payment_type=type_,
        merchant_transaction_reference="M1",
        instruction=Instruction(value=RequestValue(amount=1099), payment_instrument=CardPresent()),
    )


def play(api: PaymentApi, answers: dict[Ask, Done]) -> list[Event[Any]]:
    """Take a sale, answer what is asked, and return everything that came."""
    events: list[Event[Any]] = []
    with api.start_payment(sale()) as payment:
        for event in payment:
            events.append(event)
            if isinstance(event.payload, PaymentActionRequired):
                done = answers[Ask(event.payload.data.action)]
                payment.confirm_payment_action(
                    PaymentActionDone(merchant_transaction_reference="M1", data=done)
                )
    return events


def outcome_of(events: list[Event[Any]]) -> PaymentOutcome:
    (result,) = (e.payload for e in events if isinstance(e.payload, PaymentResult))
    return result.payments[0]


def query(api: PaymentApi) -> Result:
    request = PaymentResultQuery(merchant_transaction_reference="M1")
    return api.query_payment_result(request).payments[0].result


@pytest.mark.parametrize("ask", list(Ask))
def test_a_yes_lets_the_payment_go_on(simulator: Simulator, api: PaymentApi, ask: Ask) -> None:
    """Each action is asked once, waits for its answer, and leads to an approval."""
    simulator.next_payment(Behaviour(actions=[ask]))
    events = play(api, YES)
    asked = [e.payload.data for e in events if isinstance(e.payload, PaymentActionRequired)]
    assert [type(data) for data in asked] == [QUESTIONS[ask]]
    assert outcome_of(events).outcome == "succeeded"
    assert [charge.amount for charge in simulator.ledger.charges] == [1099]


@pytest.mark.parametrize(
    ("ask", "result"),
    [
        (Ask.VOICE_AUTHORISATION, Result.REFUSED_ONLINE),
        (Ask.SIGNATURE_VERIFICATION, Result.REFUSED_OFFLINE),
        (Ask.AVS_CONFIRMATION, Result.REFUSED_AVS_REQUIRED),
    ],
)
def test_a_no_refuses_the_payment(
    simulator: Simulator, api: PaymentApi, ask: Ask, result: Result
) -> None:
    """Nothing is charged. The results are invented, and switches."""
    simulator.next_payment(Behaviour(actions=[ask]))
    outcome = outcome_of(play(api, NO))
    assert (outcome.outcome, outcome.result) == ("refused", result)
    assert simulator.ledger.charges == ()


def test_a_referral_is_approved_on_the_code_of_the_call(
    simulator: Simulator, api: PaymentApi
) -> None:
    """The result carries the code that the merchant obtained."""
    simulator.next_payment(Behaviour(actions=["voice-authorisation"]))
    outcome = outcome_of(play(api, YES))
    assert outcome.result is Result.AUTHORISED_REFERRAL
    assert outcome.payment_instrument is not None
    assert outcome.payment_instrument.authorisation is not None
    assert outcome.payment_instrument.authorisation.authorisation_code == "AB12"


def test_all_actions_can_be_asked_in_one_payment(simulator: Simulator, api: PaymentApi) -> None:
    """Multiple actions come in their order, each with an answer of its own."""
    simulator.next_payment(Behaviour(actions=list(Ask)))
    events = play(api, YES)
    asked = [e.payload.data.action for e in events if isinstance(e.payload, PaymentActionRequired)]
    assert asked == [ask.value for ask in Ask]
    assert len(simulator.ledger.charges) == 1


def test_a_no_ends_the_questions(simulator: Simulator, api: PaymentApi) -> None:
    """Nothing is asked about a payment that is refused."""
    simulator.next_payment(Behaviour(actions=list(Ask)))
    events = play(api, {**YES, Ask.VOICE_AUTHORISATION: NO[Ask.VOICE_AUTHORISATION]})
    assert sum(isinstance(e.payload, PaymentActionRequired) for e in events) == 1


def test_the_slip_to_sign_comes_before_the_question(simulator: Simulator, api: PaymentApi) -> None:
    """There is one receipt of each type; the merchant's is the one to sign. Order invented."""
    simulator.next_payment(Behaviour(actions=["signature-verification"]))
    payloads = [event.payload for event in play(api, YES)]
    receipts = [payload for payload in payloads if isinstance(payload, PaymentReceipt)]
    assert [receipt.type for receipt in receipts] == [ReceiptType.MERCHANT, ReceiptType.CUSTOMER]
    assert "SIGN HERE" in decode(receipts[0].content)
    question = next(p for p in payloads if isinstance(p, PaymentActionRequired))
    assert payloads.index(receipts[0]) < payloads.index(question) < payloads.index(receipts[1])


@pytest.mark.parametrize(
    "type_", [PaymentType.SALE, PaymentType.REFUND, PaymentType.CHECK_CARD, PaymentType.PRE_AUTH]
)
def test_an_abort_before_the_card_ends_the_payment(
    simulator: Simulator, api: PaymentApi, type_: PaymentType
) -> None:
    """Nothing is charged; a result and the completion follow. The result is invented."""
    simulator.next_payment(Behaviour(hold=Hold(Step.CARD)))
    with api.start_payment(sale(type_)) as payment:
        payment.abort_payment(PaymentAbort(merchant_transaction_reference="M1"))
        events = list(payment)
    assert outcome_of(events).result is Result.ABORTED
    assert not any(isinstance(event.payload, PaymentReceipt) for event in events)
    assert simulator.ledger.charges == ()
    assert query(api) is Result.ABORTED


def test_what_an_abort_leads_to_is_a_switch() -> None:
    """Unknown are the result, and whether a pre-authorisation can be aborted at all."""
    inventions = Inventions(aborted=Result.CANCELLED, abort_pre_auth=False)
    with Simulator(inventions=inventions) as simulator:
        api = till(simulator)
        simulator.next_payment(Behaviour(hold=Hold(Step.CARD)))
        with api.start_payment(sale()) as payment:
            payment.abort_payment(PaymentAbort(merchant_transaction_reference="M1"))
            assert outcome_of(list(payment)).result is Result.CANCELLED
        hold = Hold(Step.CARD)
        simulator.next_payment(Behaviour(hold=hold))
        with api.start_payment(sale(PaymentType.PRE_AUTH)) as payment:
            payment.abort_payment(PaymentAbort(merchant_transaction_reference="M1"))
            hold.wait_until_abort_came()
            hold.release()
            assert outcome_of(list(payment)).result is Result.PRE_AUTH_COMPLETED


def test_an_abort_after_the_card_is_ignored(simulator: Simulator, api: PaymentApi) -> None:
    """Too late: the payment simply goes on, as documented, and is charged."""
    hold = Hold(Step.AUTHORISATION)
    simulator.next_payment(Behaviour(hold=hold))
    with api.start_payment(sale()) as payment:
        hold.wait_until_reached()
        payment.abort_payment(PaymentAbort(merchant_transaction_reference="M1"))
        hold.wait_until_abort_came()
        hold.release()
        events = list(payment)
    assert outcome_of(events).result is Result.AUTHORISED_ONLINE
    assert len(simulator.ledger.charges) == 1


def test_a_payment_in_flight_is_pending_and_the_service_busy(
    simulator: Simulator, api: PaymentApi
) -> None:
    """Other connections can ask how things stand."""
    hold = Hold(Step.AUTHORISATION)
    simulator.next_payment(Behaviour(hold=hold))
    with api.start_payment(sale()) as payment:
        hold.wait_until_reached()
        assert query(api) is Result.IN_PROGRESS
        assert api.service_status().status == "busy"
        hold.release()
        list(payment)
    assert query(api) is Result.AUTHORISED_ONLINE
    assert api.service_status().status == "not-busy"


@pytest.mark.parametrize("result", ["refused-online", "refused-online-capture-card", "aborted"])
def test_any_known_result_can_be_played(simulator: Simulator, api: PaymentApi, result: str) -> None:
    """A result that is no success has no authorisation and no charge."""
    simulator.next_payment(Behaviour(outcome=result))
    outcome = outcome_of(play(api, YES))
    assert outcome.result == result
    assert outcome.payment_instrument is not None
    assert outcome.payment_instrument.authorisation is None
    assert simulator.ledger.charges == ()


def test_an_error_ends_a_payment(simulator: Simulator, api: PaymentApi) -> None:
    """All errors end the request; nothing is charged."""
    simulator.next_payment(Behaviour(error=Error(code="10001", message="as you wish")))
    with pytest.raises(ApiError) as caught, api.start_payment(sale()) as payment:
        list(payment)
    assert caught.value.payload == Error(code="10001", message="as you wish")
    assert simulator.ledger.charges == ()


@pytest.mark.parametrize("step", list(Step))
def test_a_payment_survives_its_connection(
    simulator: Simulator, api: PaymentApi, step: Step
) -> None:
    """The client does not know how it ended, and can ask. Invented: the payment goes on."""
    simulator.next_payment(Behaviour(drop_before=step))
    with pytest.raises(OutcomeUnknownError) as caught, api.start_payment(sale()) as payment:
        list(payment)
    assert caught.value.recover_with == "queryPaymentResult"
    wait_until_idle(api)
    assert query(api) is Result.AUTHORISED_ONLINE
    assert len(simulator.ledger.charges) == 1


def wait_until_idle(api: PaymentApi) -> None:
    """What a till does before it asks for a result; each question is a round trip."""
    while api.service_status().status == "busy":
        pass


def test_a_payment_can_end_with_its_connection() -> None:
    """The other possibility is a switch: what was not charged yet never is."""
    inventions = Inventions(payment_survives_client=False)
    with Simulator(inventions=inventions) as simulator:
        api = till(simulator)
        simulator.next_payment(Behaviour(drop_before=Step.CARD))
        with pytest.raises(OutcomeUnknownError), api.start_payment(sale()) as payment:
            list(payment)
        wait_until_idle(api)
        assert query(api) is Result.FAILED
        assert simulator.ledger.charges == ()


def test_a_client_that_leaves_a_question_open_ends_the_payment(
    simulator: Simulator, api: PaymentApi
) -> None:
    """Nobody can answer any more; nothing is charged."""
    simulator.next_payment(Behaviour(actions=["signature-verification"]))
    with api.start_payment(sale()) as payment:
        for event in payment:
            if isinstance(event.payload, PaymentActionRequired):
                break
    wait_until_idle(api)
    assert query(api) is Result.FAILED
    assert simulator.ledger.charges == ()


def test_behaviours_are_taken_in_their_order(simulator: Simulator, api: PaymentApi) -> None:
    """Two calls speak for the next two payments, after which the default holds again."""
    simulator.next_payment(Behaviour(outcome="refused-online"))
    simulator.next_payment(Behaviour(outcome="authorised-offline"))
    results = [outcome_of(play(api, YES)).result for _ in range(3)]
    assert results == ["refused-online", "authorised-offline", "authorised-online"]


def test_waiting_for_a_hold_is_bounded() -> None:
    """A test that waits for nothing fails, with a sentence."""
    hold = Hold(Step.CARD)
    with pytest.raises(TimeoutError, match="no payment came to the step card"):
        hold.wait_until_reached(0)
    with pytest.raises(TimeoutError, match="no abort came"):
        hold.wait_until_abort_came(0)
    hold.release()
    hold.release()


def test_many_paypoints_take_payments_at_once(simulator: Simulator) -> None:
    """Paypoints do not wait for each other."""
    results: list[Result] = []

    def take(name: str) -> None:
        api = till(simulator, name)
        results.append(outcome_of(play(api, YES)).result)

    threads = [threading.Thread(target=take, args=(f"P{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [Result.AUTHORISED_ONLINE] * 8
