"""Client and simulator share one clock: minutes of waiting pass at once, and nothing is hurried."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from crowd import payment as request_for
from ips_simulator import Behaviour, Hold, Simulator, Step, VirtualClock
from ips_simulator.expecting import expect
from ips_simulator.scenario import (
    TELL_ALL,
    Ask,
    Decide,
    Fault,
    Notify,
    PaymentStep,
    Question,
    Scenario,
    TakeCard,
    Wait,
)
from sim_helpers import PROMPT
from stompws.errors import OutcomeUnknownError, ReplyTimeoutError
from worldpay_ips import (
    ClientOptions,
    Deadlines,
    PaymentActionDone,
    PaymentActionRequired,
    PaymentApi,
    PaymentComplete,
    PaymentNotification,
    PaymentResult,
    PaymentResultQuery,
    PaymentType,
    Result,
    SignatureVerificationDone,
    StartPayment,
)

QUERY = PaymentResultQuery(merchant_transaction_reference="M1")
SALE = request_for(PaymentType.SALE, "M1", 1099)
PATIENT = Deadlines(first_event=300, between_events=300, total=3600)
SILENT = Scenario(name="silent", title="No answer", operations={"queryPaymentResult": ()})


def till(simulator: Simulator, deadlines: Deadlines = PATIENT) -> PaymentApi:
    """A till that goes by the simulator's clock."""
    clock = simulator.clock
    assert isinstance(clock, VirtualClock)
    options = ClientOptions(deadlines=deadlines, clock=clock)
    return PaymentApi(simulator.server(), license_key=simulator.license_key, options=options)


def played(*steps: PaymentStep) -> Scenario:
    return Scenario(name="played", title="From a test", payment=(TakeCard(text=""), *steps))


@pytest.fixture
def cashier() -> Iterator[ThreadPoolExecutor]:
    """A thread that reads while the test does something else."""
    with ThreadPoolExecutor(1) as thread:
        yield thread


def dawdle(simulator: Simulator) -> None:
    """Take time enough for a jump: some round trips of a till that has nothing to do with it."""
    key = simulator.license_key
    other = PaymentApi(simulator.server("INST002"), license_key=key, options=PROMPT)
    for _ in range(20):
        other.service_status()


def waited_for(caught: pytest.ExceptionInfo[OutcomeUnknownError]) -> float:
    assert isinstance(caught.value.reason, ReplyTimeoutError)
    return caught.value.reason.waited


def test_a_reply_that_never_comes_is_given_up_after_300_seconds_in_no_time() -> None:
    """The deadline is kept to the second, and nobody waits for it."""
    clock = VirtualClock(auto=True)
    with Simulator(scenario=SILENT, clock=clock) as simulator:
        began = time.monotonic()
        with pytest.raises(OutcomeUnknownError) as caught:
            till(simulator).query_payment_result(QUERY)
        assert time.monotonic() - began < 10  # of 300; it takes some hundredths of one
    assert waited_for(caught) == 300
    assert clock.now() == 300


def test_a_payment_that_falls_silent_is_given_up_after_its_last_message() -> None:
    """Pauses of the server and the patience of the till add up on one clock."""
    clock = VirtualClock(auto=True)
    scenario = played(Wait(seconds=100), Notify("HELLO"), Fault(kind="mute"), Decide(), *TELL_ALL)
    with (
        Simulator(scenario=scenario, clock=clock) as simulator,
        till(simulator).start_payment(SALE) as payment,
    ):
        with pytest.raises(OutcomeUnknownError) as caught:
            list(payment)
        assert waited_for(caught) == 300
        assert clock.now() == 400
        expect(simulator.ledger).charged_once(1099)  # the payment went on


def test_slow_messages_are_in_time_when_each_of_them_is() -> None:
    """Time passes for the till only when it has read what was said until then."""
    clock = VirtualClock(auto=True)
    slow = [step for n in range(5) for step in (Wait(seconds=299), Notify(f"{n}"))]
    with (
        Simulator(scenario=played(*slow, Decide(), *TELL_ALL), clock=clock) as simulator,
        till(simulator).start_payment(SALE) as payment,
    ):
        payloads = [event.payload for event in payment]
    texts = [one.notification_text for one in payloads if isinstance(one, PaymentNotification)]
    assert texts == ["0", "1", "2", "3", "4"]
    assert isinstance(payloads[-1], PaymentComplete)
    assert clock.now() == 5 * 299


def test_a_server_that_is_too_slow_is_not_waited_for() -> None:
    """The nearer of two times comes first, also when a pause is skipped."""
    clock = VirtualClock(auto=True)
    scenario = played(Wait(seconds=301), Decide(), *TELL_ALL)
    with (
        Simulator(scenario=scenario, clock=clock) as simulator,
        till(simulator).start_payment(SALE) as payment,
        pytest.raises(OutcomeUnknownError) as caught,
    ):
        list(payment)
    assert waited_for(caught) == 300


def test_an_answer_that_does_not_come_is_given_up_by_the_server() -> None:
    """The till waits, the simulator waits for it: the simulator's deadline is the nearer one."""
    clock = VirtualClock(auto=True)
    question = Question(Ask.SIGNATURE_VERIFICATION, within=300, late=Result.REFUSED_ONLINE)
    scenario = played(question, Decide(), *TELL_ALL)
    with (
        Simulator(scenario=scenario, clock=clock) as simulator,
        till(simulator).start_payment(SALE) as payment,
    ):
        payloads = [event.payload for event in payment]
    (result,) = (one for one in payloads if isinstance(one, PaymentResult))
    assert result.payments[0].result == Result.REFUSED_ONLINE
    assert clock.now() == 300


def test_without_auto_nothing_happens_before_the_test_says_so(cashier: ThreadPoolExecutor) -> None:
    """A moment before the deadline the till still waits."""
    clock = VirtualClock()
    with Simulator(scenario=SILENT, clock=clock) as simulator:
        answer = cashier.submit(till(simulator).query_payment_result, QUERY)
        clock.wait_until_asleep()
        clock.advance(299.9)
        assert not answer.done()
        clock.advance(0.1)
        with pytest.raises(OutcomeUnknownError) as caught:
            answer.result(10)
    assert waited_for(caught) == 300


def test_a_clock_without_a_simulator_moves_a_till_alone(cashier: ThreadPoolExecutor) -> None:
    """A till can be tested against any server."""
    clock = VirtualClock()
    options = ClientOptions(deadlines=PATIENT, clock=clock)
    with Simulator(scenario=SILENT) as simulator:  # on the machine's time
        key = simulator.license_key
        api = PaymentApi(simulator.server(), license_key=key, options=options)
        answer = cashier.submit(api.query_payment_result, QUERY)
        clock.wait_until_asleep()
        clock.advance(300)
        with pytest.raises(OutcomeUnknownError):
            answer.result(10)


def test_what_a_test_holds_up_is_not_too_late(cashier: ThreadPoolExecutor) -> None:
    """While a payment waits for a test, no deadline is jumped to."""
    clock, hold = VirtualClock(auto=True), Hold(Step.CARD)
    with (
        Simulator(behaviour=Behaviour(hold=hold), clock=clock) as simulator,
        till(simulator).start_payment(SALE) as payment,
    ):
        events = cashier.submit(list, payment)
        hold.wait_until_reached()
        dawdle(simulator)
        assert clock.now() == 0
        hold.release()
        assert isinstance(events.result(10)[-1].payload, PaymentComplete)


def test_what_a_person_does_at_the_pad_is_not_too_late(cashier: ThreadPoolExecutor) -> None:
    """Nor while the pad waits for somebody's card."""
    clock = VirtualClock(auto=True)
    with (
        Simulator(scenario="approved", clock=clock, pin_pads="manual") as simulator,
        till(simulator).start_payment(SALE) as payment,
    ):
        events = cashier.submit(list, payment)
        pad = simulator.pin_pad()
        pad.wait_until_wants("card")
        dawdle(simulator)
        assert clock.now() == 0
        pad.press_cancel()
        assert isinstance(events.result(10)[-1].payload, PaymentComplete)


def test_who_asks_for_an_event_within_a_time_waits_by_the_clock() -> None:
    """`next_event(60)` returns when 60 seconds have passed there, and the payment goes on."""
    clock, question = VirtualClock(auto=True), Question(Ask.SIGNATURE_VERIFICATION)
    with (
        Simulator(scenario=played(question, Decide(), *TELL_ALL), clock=clock) as simulator,
        till(simulator).start_payment(SALE) as payment,
    ):
        while not isinstance(next(payment).payload, PaymentActionRequired):
            pass
        assert payment.next_event(60) is None
        assert clock.now() == 60
        answer(payment)
        assert isinstance(list(payment)[-1].payload, PaymentComplete)


def answer(payment: StartPayment) -> None:
    payment.confirm_payment_action(
        PaymentActionDone(
            merchant_transaction_reference="M1",
            data=SignatureVerificationDone(is_signature_verified=True),
        )
    )


def test_an_answer_from_another_thread_brings_the_nearer_deadline_back(
    cashier: ThreadPoolExecutor,
) -> None:
    """Who reads had waited for the total deadline: the other side was owed an answer."""
    clock = VirtualClock(auto=True)
    question = Question(Ask.SIGNATURE_VERIFICATION)
    scenario = played(question, Fault(kind="mute"), Decide(), *TELL_ALL)
    with (
        Simulator(scenario=scenario, clock=clock) as simulator,
        till(simulator).start_payment(SALE) as payment,
    ):
        with clock.held():
            while not isinstance(next(payment).payload, PaymentActionRequired):
                pass
            rest = cashier.submit(list, payment)
            clock.wait_until_asleep()
            answer(payment)
        with pytest.raises(OutcomeUnknownError) as caught:
            rest.result(10)
    assert waited_for(caught) == 300
    assert clock.now() == 300


def test_two_tills_on_one_clock_are_late_one_after_the_other() -> None:
    """Each at its own time."""
    clock = VirtualClock(auto=True)
    with Simulator(scenario=SILENT, clock=clock) as simulator, ThreadPoolExecutor(2) as tills:
        late = [
            tills.submit(till(simulator, Deadlines(first_event=first)).query_payment_result, QUERY)
            for first in (100, 250)
        ]
        reasons = [call.exception(10) for call in late]
    waits = [getattr(getattr(one, "reason", None), "waited", None) for one in reasons]
    assert waits == [100, 250]
