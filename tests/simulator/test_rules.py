"""The switches for what nobody knows about the real server, each in all its positions."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from ips_simulator import (
    Behaviour,
    Hold,
    Inventions,
    SecondPayment,
    Simulator,
    Step,
    VirtualClock,
    WrongReference,
)
from ips_simulator.feed import PaymentEnded
from ips_simulator.scenario import TELL_ALL, Decide, Scenario, TakeCard, Wait
from sim_helpers import pay, till
from stompws.errors import ApiError, NotSentError, OutcomeUnknownError
from worldpay_ips import (
    CardPresent,
    ClientOptions,
    Deadlines,
    Error,
    Instruction,
    PaymentApi,
    PaymentReceipt,
    PaymentReceiptQuery,
    PaymentRequest,
    PaymentResult,
    PaymentResultQuery,
    PaymentType,
    ReceiptType,
    RequestValue,
    Result,
)


def sale(reference: str) -> PaymentRequest:
    return PaymentRequest(
        payment_type=PaymentType.SALE,
        merchant_transaction_reference=reference,
        instruction=Instruction(value=RequestValue(amount=1099), payment_instrument=CardPresent()),
    )


def query(api: PaymentApi, reference: str) -> list[Result | None]:
    request = PaymentResultQuery(merchant_transaction_reference=reference)
    return [one.result for one in api.query_payment_result(request).payments]


def query_receipt(api: PaymentApi, reference: str) -> str | None:
    request = PaymentReceiptQuery(
        merchant_transaction_reference=reference, type=ReceiptType.CUSTOMER
    )
    with api.query_payment_receipt(request) as receipts:
        (told,) = (one.payload for one in receipts if isinstance(one.payload, PaymentReceipt))
    return told.merchant_transaction_reference


def code_of(action: Callable[[], object]) -> str | None:
    with pytest.raises(ApiError) as caught:
        action()
    assert isinstance(caught.value.payload, Error)
    return caught.value.payload.code


def two_payments(api: PaymentApi) -> None:
    for reference in ("FIRST", "SECOND"):
        pay(api, PaymentType.SALE, 1099, reference)


def test_a_wrong_reference_can_get_an_error(api: PaymentApi) -> None:
    """The default: it is told that this is not the last payment."""
    two_payments(api)
    assert code_of(lambda: query(api, "FIRST")) == "90032"
    assert code_of(lambda: query_receipt(api, "FIRST")) == "90032"
    assert query(api, "SECOND") == [Result.AUTHORISED_ONLINE]


def test_a_wrong_reference_can_get_an_empty_list() -> None:
    """For a receipt there is no such thing: the error."""
    rules = Inventions(wrong_reference=WrongReference.EMPTY)
    with Simulator(inventions=rules) as simulator:
        api = till(simulator)
        assert query(api, "NONE YET".replace(" ", "-")) == []
        two_payments(api)
        assert query(api, "FIRST") == []
        assert code_of(lambda: query_receipt(api, "FIRST")) == "90032"


def test_a_wrong_reference_can_get_the_last_payment() -> None:
    """The most dangerous: a till that does not compare takes another's result for its own."""
    with Simulator(inventions=Inventions(wrong_reference="last")) as simulator:
        api = till(simulator)
        assert code_of(lambda: query(api, "FIRST")) == "90032"  # there is no last payment
        two_payments(api)
        request = PaymentResultQuery(merchant_transaction_reference="FIRST")
        (told,) = api.query_payment_result(request).payments
        assert told.merchant_transaction_reference == "SECOND"
        assert query_receipt(api, "FIRST") == "SECOND"


def test_queries_can_answer_for_earlier_payments() -> None:
    """Documented is the last one."""
    with Simulator(inventions=Inventions(only_last_payment=False)) as simulator:
        api = till(simulator)
        simulator.next_payment("declined-online")
        two_payments(api)
        assert query(api, "FIRST") == [Result.REFUSED_ONLINE]
        assert query(api, "SECOND") == [Result.AUTHORISED_ONLINE]
        assert query_receipt(api, "FIRST") == "FIRST"
        assert code_of(lambda: query(api, "THIRD")) == "90032"


@pytest.mark.parametrize("pending", [True, False])
def test_a_payment_in_flight_is_pending_or_unknown(*, pending: bool) -> None:
    """Otherwise the payment before it is the last one."""
    with Simulator(inventions=Inventions(pending_while_in_flight=pending)) as simulator:
        api = till(simulator)
        pay(api, PaymentType.SALE, 1099, "BEFORE")
        hold = Hold(Step.AUTHORISATION)
        simulator.next_payment(Behaviour(hold=hold))
        with api.start_payment(sale("NOW")) as payment:
            hold.wait_until_reached()
            if pending:
                assert query(api, "NOW") == [Result.IN_PROGRESS]
                assert code_of(lambda: query(api, "BEFORE")) == "90032"
            else:
                assert code_of(lambda: query(api, "NOW")) == "90032"
                assert query(api, "BEFORE") == [Result.AUTHORISED_ONLINE]
            hold.release()
            list(payment)
        assert query(api, "NOW") == [Result.AUTHORISED_ONLINE]


def test_a_second_payment_can_be_told_that_it_is_busy(
    simulator: Simulator, api: PaymentApi
) -> None:
    """The default; what runs is not disturbed, and what was queued stays queued."""
    hold = Hold(Step.CARD)
    simulator.next_payment("approved", hold=hold)
    with api.start_payment(sale("ONE")) as payment:
        hold.wait_until_reached()
        simulator.next_payment("declined-online")
        assert pay(api, PaymentType.SALE, 5, "TWO").result is Result.ABORTED_BUSY
        hold.release()
        list(payment)
    assert pay(api, PaymentType.SALE, 5, "TWO").result is Result.REFUSED_ONLINE
    assert [charge.amount for charge in simulator.ledger.charges] == [1099]


def test_a_second_payment_can_get_an_error() -> None:
    """With a code of its own."""
    with Simulator(inventions=Inventions(second_payment=SecondPayment.ERROR)) as simulator:
        api, hold = till(simulator), Hold(Step.CARD)
        simulator.next_payment("approved", hold=hold)
        with api.start_payment(sale("ONE")) as payment:
            hold.wait_until_reached()
            assert code_of(lambda: pay(api, PaymentType.SALE, 5, "TWO")) == "90034"
            hold.release()
            list(payment)
        assert [charge.amount for charge in simulator.ledger.charges] == [1099]


def test_a_second_payment_can_wait_for_its_turn() -> None:
    """Both are charged, one after the other; one whose client leaves is never begun."""
    with Simulator(inventions=Inventions(second_payment="queue")) as simulator:
        api, hold = till(simulator), Hold(Step.CARD)
        simulator.next_payment("approved", hold=hold)
        first = api.start_payment(sale("ONE"))
        hold.wait_until_reached()
        impatient, patient = api.start_payment(sale("TWO")), api.start_payment(sale("THREE"))
        impatient.close()
        assert query(api, "ONE") == [Result.IN_PROGRESS]
        hold.release()
        for conversation in (first, patient):
            with conversation as events:
                assert any(isinstance(event.payload, PaymentResult) for event in events)
        references = [c.merchant_transaction_reference for c in simulator.ledger.charges]
        assert references == ["ONE", "THREE"]


PATIENT = Scenario(
    name="patient", title="Two minutes", payment=(TakeCard(), Wait(120), Decide(), *TELL_ALL)
)


@pytest.mark.parametrize(
    ("seconds", "result"),
    [(None, Result.AUTHORISED_ONLINE), (60, Result.FAILED), (180, Result.AUTHORISED_ONLINE)],
)
def test_a_payment_survives_its_client_for_so_long(seconds: float | None, result: Result) -> None:
    """Here it needs two minutes more. What was given up is not charged, and has failed."""
    clock = VirtualClock()
    with Simulator(inventions=Inventions(survival_seconds=seconds), clock=clock) as simulator:
        api = till(simulator)
        simulator.next_payment(PATIENT)
        api.start_payment(sale("M1")).close()
        clock.wait_until_asleep(1 if seconds is None else 2)
        clock.advance(200)
        while api.service_status().status == "busy":
            pass
        assert query(api, "M1") == [result]
        charged = result is Result.AUTHORISED_ONLINE
        assert [charge.amount for charge in simulator.ledger.charges] == [1099] * charged


def test_the_server_waits_for_an_answer_so_long() -> None:
    """Five minutes by default: then nobody has answered."""
    clock = VirtualClock()
    with Simulator(clock=clock) as simulator:
        ended: list[PaymentEnded] = []
        simulator.feed.subscribe(
            lambda event: ended.append(event) if isinstance(event, PaymentEnded) else None
        )
        api = till(simulator)
        simulator.next_payment(Behaviour(actions=["avs-confirmation"]))
        with api.start_payment(sale("M1")) as payment:
            clock.wait_until_asleep()
            clock.advance(299)
            assert query(api, "M1") == [Result.IN_PROGRESS]
            clock.advance(1)
            list(payment)
        assert query(api, "M1") == [Result.ABORTED]
        assert [event.result for event in ended] == ["aborted"]
        assert simulator.ledger.charges == ()


def test_license_keys_expire_by_the_clock() -> None:
    """How long they live is a switch, and a refresh gives a new life."""
    clock = VirtualClock()
    with Simulator(inventions=Inventions(license_days=10), clock=clock) as simulator:
        api = till(simulator)
        clock.advance(9.9 * 86400)
        fresh = api.refresh_registration().point_of_sale_license_key
        clock.advance(0.2 * 86400)
        with pytest.raises(NotSentError):
            api.service_status()
        assert PaymentApi(simulator.server(), license_key=fresh).service_status()
        long = simulator.issue_license_key(timedelta(days=30))
        clock.advance(20 * 86400)
        assert PaymentApi(simulator.server(), license_key=long).service_status()


def test_the_amount_of_a_result_can_leave_out_its_parts() -> None:
    """All of it is charged in any case."""
    with Simulator(inventions=Inventions(amount_is_total=False), scenario="cashback") as simulator:
        value = pay(till(simulator), PaymentType.SALE, 1099).value
        assert value is not None
        assert (value.amount, value.cashback_amount) == (1099, 2000)
        assert [charge.amount for charge in simulator.ledger.charges] == [3099]


def test_rules_of_a_scenario_hold_while_it_is_played(simulator: Simulator) -> None:
    """For its payment and for the questions about it, until the next payment begins."""
    api = till(simulator)
    simulator.next_payment(
        Scenario(name="a", title="A", rules={"wrong_reference": "empty", "check_card": "failed"})
    )
    assert pay(api, PaymentType.CHECK_CARD, 0).result is Result.FAILED
    assert query(api, "OTHER") == []
    assert pay(api, PaymentType.CHECK_CARD, 0).result is Result.SUCCEEDED
    assert code_of(lambda: query(api, "OTHER")) == "90032"


@pytest.mark.parametrize(
    "rules",
    [
        {"abort_pre_auth": "yes"},
        {"second_payment": "maybe"},
        {"answer_seconds": -1},
        {"survival_seconds": float("nan")},
        {"license_days": "soon"},
    ],
)
def test_a_switch_has_no_other_positions(rules: dict[str, object]) -> None:
    """A typing error is no rule."""
    with pytest.raises(ValueError, match=r".+"):
        Inventions(**rules)  # type: ignore[arg-type]


def test_an_operation_without_an_answer_is_never_answered() -> None:
    """The till's own deadline ends it."""
    silent = Scenario(name="silent", title="Silent", operations={"serviceStatus": ()})
    with Simulator(scenario=silent) as simulator:
        options = ClientOptions(deadlines=Deadlines(total=0.2))
        api = PaymentApi(simulator.server(), license_key=simulator.license_key, options=options)
        with pytest.raises(OutcomeUnknownError):
            api.service_status()
        assert api.device_status().status == "connected"
