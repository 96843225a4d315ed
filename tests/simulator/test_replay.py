"""What was recorded is replayed to a real `PaymentApi`, and comes to the same."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ips_simulator import Simulator, VirtualClock
from ips_simulator.receipts import decode
from ips_simulator.recorder import Recorder
from ips_simulator.recording import RecordingError
from ips_simulator.replay import Replay
from ips_simulator.scenario_library import Library
from scenario_till import Came, Till
from sim_helpers import till
from stompws.errors import OutcomeUnknownError, RemoteRejectedError
from worldpay_ips import (
    CardPresent,
    Instruction,
    OfflineReportRequest,
    PaymentAbort,
    PaymentActionDone,
    PaymentActionRequired,
    PaymentApi,
    PaymentReceipt,
    PaymentRequest,
    PaymentResult,
    PaymentResultQuery,
    PaymentType,
    PointOfSaleRegistrationRequest,
    RequestValue,
    SignatureVerificationDone,
)

Do = Callable[[Simulator], Any]


def record(path: Path, do: Do, **options: Any) -> Any:
    simulator = Simulator(clock=VirtualClock(auto=True), **options)
    with simulator, Recorder(simulator, path):
        return do(simulator)


def replay(path: Path, do: Do, *, fast: bool = False) -> Any:
    clock = VirtualClock(auto=True)
    with Simulator(clock=clock, replay=Replay(path, fast=fast)) as simulator:
        return do(simulator)


def sale(reference: str = "M1", amount: int = 1099) -> PaymentRequest:
    return PaymentRequest(
        payment_type=PaymentType.SALE,
        merchant_transaction_reference=reference,
        instruction=Instruction(
            value=RequestValue(amount=amount), payment_instrument=CardPresent()
        ),
    )


def take(api: PaymentApi, request: PaymentRequest) -> list[Any]:
    """Everything that a sale brings, without a problem; a signature is accepted."""
    found = []
    reference = request.merchant_transaction_reference
    with api.start_payment(request) as payment:
        for event in payment:
            assert not event.problems
            found.append(event.payload)
            match event.payload:
                case PaymentActionRequired():
                    done = SignatureVerificationDone(is_signature_verified=True)
                    payment.confirm_payment_action(
                        PaymentActionDone(merchant_transaction_reference=reference, data=done)
                    )
    return found


class ReplayTill(Till):
    """Of a replay nobody has to move the clock on."""

    def _stay_silent(self) -> None:
        pass


def shape(came: Came) -> tuple[Any, ...]:
    """What of an operation does not depend on who has called it."""
    payments = getattr(came.answer, "payments", None)
    return (
        [type(payload).__name__ for payload in came.payloads],
        came.receipts,
        came.charges,
        came.lost,
        came.error,
        type(came.answer).__name__,
        payments and [(one.outcome, one.result, one.value, one.payment_type) for one in payments],
    )


@pytest.mark.parametrize("name", Library().names)
def test_a_replay_brings_what_was_recorded(name: str, tmp_path: Path) -> None:
    """Of every scenario: events, receipts, charges, errors, results, in the same order."""
    scenario, path = Library().get(name), tmp_path / "session.jsonl"

    def with_scenario(simulator: Simulator) -> list[Came]:
        player = Till(simulator, till(simulator))
        return [player.do(expected) for expected in scenario.expect]

    def with_replay(simulator: Simulator) -> list[Came]:
        player = ReplayTill(simulator, till(simulator))
        return [player.do(expected) for expected in scenario.expect]

    recorded = record(path, with_scenario, scenario=scenario)
    replayed = replay(path, with_replay)
    assert scenario.expect
    assert [shape(came) for came in replayed] == [shape(came) for came in recorded]


def test_the_new_client_has_references_and_ids_of_its_own(tmp_path: Path) -> None:
    """Its reference stands in notifications, receipts, result and ledger; also of a longer one."""
    path = tmp_path / "session.jsonl"
    record(path, lambda one: take(till(one), sale("M1")), scenario="signature-accepted")

    def again(simulator: Simulator) -> None:
        came = take(till(simulator), sale("ANOTHER-TILL-77"))
        named = [one for one in came if hasattr(one, "merchant_transaction_reference")]
        assert {one.merchant_transaction_reference for one in named} == {"ANOTHER-TILL-77"}
        receipts = [one for one in came if isinstance(one, PaymentReceipt)]
        assert len(receipts) == 2
        for receipt in receipts:
            (line,) = [one for one in decode(receipt.content).split("\n") if one.startswith("REF ")]
            assert line.split() == ["REF", "ANOTHER-TILL-77"]
            assert len(line) == 32
        (charge,) = simulator.ledger.charges
        assert charge.merchant_transaction_reference == "ANOTHER-TILL-77"
        assert (charge.kind, charge.amount) == ("sale", 1099)

    replay(path, again)


def test_what_was_hidden_is_filled_with_documented_examples(tmp_path: Path) -> None:
    """The messages are valid again: a card that can be settled, a key that works."""
    path = tmp_path / "session.jsonl"
    registration = PointOfSaleRegistrationRequest(
        point_of_sale_id="D45FGT",
        point_of_sale_reference="POS123",
        point_of_sale_activation_code="AV46HTR3",
    )

    def do(simulator: Simulator) -> Any:
        key = till(simulator).register_point_of_sale(registration).point_of_sale_license_key
        api = PaymentApi(simulator.server(), license_key=key)
        (result,) = [one for one in take(api, sale()) if isinstance(one, PaymentResult)]
        return result.payments[0].payment_instrument

    recorded, replayed = record(path, do), replay(path, do)
    assert replayed == recorded  # the simulator's values are the documentation's
    assert replayed.card.card_number == "492949XXXXXX0002"


@pytest.mark.parametrize("fast", [False, True])
def test_a_replay_takes_its_time(fast: bool, tmp_path: Path) -> None:
    """Pauses are kept, or left out."""
    path = tmp_path / "session.jsonl"

    def timed(simulator: Simulator) -> float:
        before = simulator.clock.now()
        take(till(simulator), sale())
        return simulator.clock.now() - before

    recorded = record(path, timed, scenario="slow")
    replayed = replay(path, timed, fast=fast)
    assert recorded > 5
    assert replayed == (0 if fast else pytest.approx(recorded, abs=1e-3))


def test_a_replay_of_several_paypoints_keeps_them_apart(tmp_path: Path) -> None:
    """A conversation of the same paypoint is preferred to an earlier one of another."""
    path = tmp_path / "session.jsonl"

    def record_both(simulator: Simulator) -> None:
        simulator.next_payment("declined-online", paypoint_id="LANE2")
        for lane in ("LANE1", "LANE2"):
            take(till(simulator, lane), sale(lane))

    def result(simulator: Simulator, lane: str) -> str:
        came = take(till(simulator, lane), sale(lane))
        return next(one for one in came if isinstance(one, PaymentResult)).payments[0].result

    record(path, record_both)
    found = replay(path, lambda one: [result(one, "LANE2"), result(one, "LANE1")])
    assert found == ["refused-online", "authorised-online"]


# -- clients that deviate


def expect_deviation(path: Path, do: Callable[[PaymentApi], Any], told: str) -> None:
    """The client is told in a STOMP ERROR, and the simulator notes it; it goes on."""
    with Simulator(clock=VirtualClock(auto=True), replay=Replay(path)) as simulator:
        with pytest.raises(OutcomeUnknownError) as caught:
            do(till(simulator))
        expect_refusal(simulator, caught.value, told)


def expect_refusal(simulator: Simulator, error: OutcomeUnknownError, told: str) -> None:
    """It is known on both sides why the session ended."""
    assert isinstance(error.reason, RemoteRejectedError)
    assert told in str(error.reason)
    (refusal,) = simulator.refusals
    assert refusal.kind == "deviation"
    assert told in refusal.message


@pytest.fixture
def recorded_sale(tmp_path: Path) -> Path:
    """A sale, then a query for it."""
    path = tmp_path / "session.jsonl"

    def do(simulator: Simulator) -> None:
        api = till(simulator)
        take(api, sale())
        api.query_payment_result(PaymentResultQuery(merchant_transaction_reference="M1"))

    record(path, do)
    return path


def test_another_operation_is_a_deviation(recorded_sale: Path) -> None:
    """The client is told what is to come."""
    expect_deviation(
        recorded_sale,
        lambda api: api.request_offline_report(OfflineReportRequest()),
        "in the recording startPayment, queryPaymentResult is to come",
    )


def test_another_amount_is_a_deviation(recorded_sale: Path) -> None:
    """The place and the recorded value are told; the client's own is not quoted."""
    told = "startPayment: $.instruction.value.amount is 1099 in the recording, line "
    expect_deviation(recorded_sale, lambda api: take(api, sale(amount=2099)), told)


def test_a_second_time_is_a_deviation(recorded_sale: Path) -> None:
    """A recording is played once."""

    def twice(api: PaymentApi) -> None:
        take(api, sale())
        take(api, sale("M2"))

    told = "startPayment is not expected here: in the recording queryPaymentResult is to come"
    expect_deviation(recorded_sale, twice, told)


def test_another_payment_is_a_deviation(recorded_sale: Path) -> None:
    """References are mapped, not ignored."""

    def other(api: PaymentApi) -> None:
        take(api, sale("MINE-1"))
        api.query_payment_result(PaymentResultQuery(merchant_transaction_reference="MINE-2"))

    expect_deviation(recorded_sale, other, "names another payment than in the recording")


def test_an_abort_that_was_not_recorded_is_a_deviation(tmp_path: Path) -> None:
    """Also inside a conversation."""
    path = tmp_path / "session.jsonl"
    record(path, lambda one: take(till(one), sale()), scenario="slow")
    clock = VirtualClock()  # it stands still while the till aborts: the recording cannot go on
    with Simulator(clock=clock, replay=Replay(path)) as simulator:
        api = till(simulator)
        with api.start_payment(sale()) as payment:
            clock.wait_until_asleep()
            payment.abort_payment(PaymentAbort(merchant_transaction_reference="M1"))
            with pytest.raises(OutcomeUnknownError) as caught:
                for _event in payment:
                    pass
        expect_refusal(simulator, caught.value, "abortPayment is not in the recording of this")


def test_what_does_not_come_is_a_deviation(tmp_path: Path) -> None:
    """The client has as long as it took then, and a while longer."""
    path = tmp_path / "session.jsonl"
    record(path, lambda one: take(till(one), sale()), scenario="signature-accepted")
    clock = VirtualClock()
    simulator = Simulator(clock=clock, replay=Replay(path, fast=True))
    with simulator, till(simulator).start_payment(sale()) as payment:
        while not isinstance(payment.next_event().payload, PaymentActionRequired):
            pass
        clock.wait_until_asleep()
        clock.advance(31)
        with pytest.raises(OutcomeUnknownError, match="confirmPaymentAction did not come"):
            payment.next_event()


# -- recordings that cannot be played


def test_a_recording_without_a_request_cannot_be_played(tmp_path: Path) -> None:
    """There is nothing to answer."""
    path = tmp_path / "session.jsonl"
    record(path, lambda _one: None)
    with pytest.raises(RecordingError, match="there is nothing to replay"):
        Replay(path)


def test_an_event_of_another_shape_is_told_with_its_line(recorded_sale: Path) -> None:
    """A file that was edited by hand."""
    text = recorded_sale.read_text(encoding="ascii")
    recorded_sale.write_text(text.replace('"kind":"sale"', '"kind":"gift"'), encoding="ascii")
    with pytest.raises(RecordingError, match=r"line \d+: a ChargeBooked is not as the recorder"):
        Replay(recorded_sale)
