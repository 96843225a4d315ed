"""Where faults strike: at points, frames and destinations, in scenarios and from outside."""

import threading
from pathlib import Path

import pytest

from fault_till import Shop, open_shop
from ips_simulator import Fault, Hold, Scenario, Simulator, VirtualClock, load_scenario
from ips_simulator.scenario import TELL_ALL, Decide, Question, Reply, TakeCard
from sim_helpers import pay, till
from stompws.client import ReplyDecodeError
from stompws.errors import NotSentError, OutcomeUnknownError
from worldpay_ips import PaymentType, Result

GOOD = Result.AUTHORISED_ONLINE


def test_a_fault_stands_among_the_steps() -> None:
    """Of a frame it strikes the next message; another strikes where it stands."""
    steps = (TakeCard(), Decide(), *TELL_ALL[:2], Fault(kind="duplicate"), *TELL_ALL[2:])
    with open_shop(scenario=Scenario(name="x", title="X", payment=steps)) as shop:
        assert shop.sell().result is GOOD
        assert shop.spoilt == [("MESSAGE", "duplicate")] * 2
        assert shop.done == ["duplicate"]


def test_faults_of_a_scenario_wait_for_a_frame_a_destination_or_nothing() -> None:
    """CONNECTED is the first frame, so the third is the second message."""
    faults = (
        Fault(kind="duplicate", frame=3),
        Fault(kind="corrupt", destination="/client/v1/payment/receipt"),
        Fault(kind="chunked"),
    )
    with open_shop(scenario=Scenario(name="x", title="X", faults=faults)) as shop:
        sale = shop.sell()
        assert sale.names == [
            *["PaymentNotification"] * 4,
            *("Undecodable", "PaymentReceipt", "PaymentResult", "PaymentComplete"),
        ]
        assert shop.done == ["chunked", "duplicate", "corrupt"]
        assert shop.charged == [1099]


def test_other_operations_have_faults_too() -> None:
    """A query whose answer is lost can be asked again."""
    answers = {"queryPaymentResult": (Fault(kind="late", seconds=9), Reply())}
    with open_shop(scenario=Scenario(name="x", title="X", operations=answers)) as shop:
        assert shop.sell().result is GOOD
        assert shop.ask() is GOOD  # late, and nothing overtakes it
        assert shop.done == ["late"]
        assert shop.charged == [1099]


def test_all_that_a_file_can_say_of_a_fault_is_read(tmp_path: Path) -> None:
    """Points, frames, destinations and every parameter."""
    text = """name: wild
title: Wild
payment:
  - card
  - fault: {kind: missing-headers, headers: [x-wp-message-id], frame: 7}
  - decide
  - fault: drop
  - result
  - complete
faults:
  - {kind: late, before: result, seconds: 2.5}
  - {kind: merged, destination: /client/v1/payment/receipt, count: 3, seconds: 1}
  - kind: no-receipts
expect:
  - {do: startPayment, lost: true}
"""
    path = tmp_path / "wild.yaml"
    path.write_text(text)
    scenario = load_scenario(path)
    assert scenario.faults == (
        Fault(kind="late", at="result", seconds=2.5),
        Fault(kind="merged", destination="/client/v1/payment/receipt", count=3, seconds=1),
        Fault(kind="no-receipts"),
    )
    assert [step for step in scenario.payment or () if isinstance(step, Fault)] == [
        Fault(kind="missing-headers", headers=["x-wp-message-id"], frame=7),
        Fault(kind="drop"),
    ]


def test_a_question_over_a_half_open_link_ends_the_payment() -> None:
    """The server misses the heart-beats too; nobody can answer, and nothing is charged."""
    question = Question("voice-authorisation")
    steps = (TakeCard(), Fault(kind="half-open"), question, Decide(), *TELL_ALL)
    with open_shop(scenario=Scenario(name="x", title="X", payment=steps)) as shop:
        assert shop.sell().unknown is not None
        assert shop.ask() is Result.FAILED
        assert shop.charged == []


def test_injected_at_once_it_strikes_the_payment_in_flight() -> None:
    """From any thread, as the page does."""
    hold = Hold("authorisation")
    with open_shop() as shop:
        shop.simulator.next_payment("approved", hold=hold)

        def disturb() -> None:
            hold.wait_until_reached()
            shop.inject("drop")

        thread = threading.Thread(target=disturb)
        thread.start()
        sale = shop.sell()
        thread.join()
        assert sale.unknown is not None
        assert shop.charged == []
        hold.release()
        assert shop.ask() is GOOD
        assert (shop.charged, shop.done) == ([1099], ["drop"])


def test_a_point_that_is_behind_the_payment_is_one_of_the_next() -> None:
    """Nothing that was wished is forgotten, and nothing strikes twice."""
    hold = Hold("result")
    with open_shop() as shop:
        shop.simulator.next_payment("approved", hold=hold)
        threading.Thread(target=lambda: _inject_when_held(shop, hold), daemon=True).start()
        assert shop.sell().result is GOOD
        assert shop.done == []
        assert shop.sell().unknown is not None
        assert shop.done == ["drop"]
        assert shop.ask() is GOOD
        assert shop.sell().result is GOOD


def _inject_when_held(shop: Shop, hold: Hold) -> None:
    hold.wait_until_reached()
    shop.inject("drop", at="card")
    hold.release()


def test_what_is_injected_waits_for_its_paypoint() -> None:
    """Before the start already, and for nobody else; the next payment is as usual."""
    simulator = Simulator(clock=VirtualClock(auto=True))
    simulator.inject("TILL-2", Fault(kind="drop", at="result"))
    with simulator:
        assert pay(till(simulator), PaymentType.SALE, 1).result is GOOD
        api = till(simulator, "TILL-2")
        with pytest.raises(OutcomeUnknownError):
            pay(api, PaymentType.SALE, 2)
        while api.service_status().status == "busy":
            pass  # each question is a round trip
        assert pay(api, PaymentType.SALE, 3).result is GOOD
        assert [charge.amount for charge in simulator.ledger.charges] == [1, 2, 3]


def test_a_frame_fault_waits_for_any_connection() -> None:
    """The first frame is CONNECTED: no payment needs to run."""
    with open_shop() as shop:
        shop.inject("drop", frame=1)
        with pytest.raises(NotSentError):
            shop.api.service_status()
        assert shop.api.service_status().status == "not-busy"
        shop.inject("corrupt", destination="/client/v1/service/status")
        shop.sell()
        with pytest.raises(ReplyDecodeError):
            shop.api.service_status()
        assert shop.api.service_status().status == "not-busy"
        assert shop.done == ["drop", "corrupt"]
        assert shop.charged == [1099]
