"""The payment device restarts while a payment is on it."""

from collections.abc import Callable, Iterator
from threading import Thread

import pytest

from fault_till import SALE, Shop, open_shop
from ips_simulator import Fault, Hold, PadMode, Scenario, Simulator, VirtualClock
from ips_simulator.pin_pad import Want
from ips_simulator.scenario import TELL_ALL, Decide, Question, TakeCard
from sim_helpers import till
from worldpay_ips import (
    CardToken,
    Instruction,
    PaymentApi,
    PaymentRequest,
    PaymentResult,
    PaymentType,
    RequestValue,
    Result,
)

CARD_ON_FILE = "532931432DB44ABB5"  # the documentation's
GOOD, GONE = Result.AUTHORISED_ONLINE, Result.ABORTED_DEVICE_UNAVAILABLE


@pytest.fixture
def shop() -> Iterator[Shop]:
    with open_shop() as opened:
        yield opened


@pytest.mark.parametrize(
    ("point", "result", "charged"),
    [
        ("started", GONE, []),
        ("card", GONE, []),
        ("authorisation", GONE, []),
        ("receipts", GOOD, [1099]),
        ("result", GOOD, [1099]),
        ("complete", GOOD, [1099]),
    ],
)
def test_what_is_decided_stays_and_what_is_not_ends(
    shop: Shop, point: str, result: Result, charged: list[int]
) -> None:
    """Invented: a payment without its device ends as the documentation's word for that says."""
    shop.inject("device-restart", at=point)
    assert (shop.sell().result, shop.charged) == (result, charged)
    assert shop.ask() is result


def test_the_device_is_away_for_a_while(shop: Shop) -> None:
    """Its status shows it, payments that read a card fail, and then all is well again."""
    shop.inject("device-restart", at="card", seconds=20)
    assert shop.sell().result is GONE
    assert shop.api.device_status().status == "disconnected"
    assert shop.sell().result is GONE
    assert shop.done == ["device-restart"]
    clock = shop.simulator.clock
    assert isinstance(clock, VirtualClock)
    clock.advance(20)
    assert shop.api.device_status().status == "connected"
    assert shop.sell().result is GOOD
    assert shop.charged == [1099]


def test_another_paypoint_has_another_device(shop: Shop) -> None:
    """One device is one paypoint's."""
    shop.inject("device-restart", at="card")
    assert shop.sell().result is GONE
    assert till(shop.simulator, "TILL-2").device_status().status == "connected"


def test_a_payment_that_needs_no_device_goes_on(shop: Shop) -> None:
    """A token brings its card. What runs when the device goes ends in any case: invented."""
    shop.inject("device-restart", at="card")
    assert shop.sell().result is GONE
    instrument = CardToken(token_id=CARD_ON_FILE)
    token = Instruction(value=RequestValue(amount=5), payment_instrument=instrument)
    request = PaymentRequest(
        payment_type=PaymentType.SALE, merchant_transaction_reference="M2", instruction=token
    )
    with shop.api.start_payment(request) as payment:
        results = [e.payload for e in payment if isinstance(e.payload, PaymentResult)]
    assert results[0].payments[0].outcome == "succeeded"
    assert shop.charged == [5]


def test_it_ends_a_payment_that_waits_for_a_person() -> None:
    """Nobody has to touch the pad first; the pad wants nothing afterwards."""
    with Simulator(pin_pads=PadMode.MANUAL) as simulator:
        pad = simulator.pin_pad()

        def restart() -> None:
            pad.wait_until_wants(Want.CARD)
            simulator.inject("INST001", Fault(kind="device-restart", seconds=0))

        assert _sell_while(simulator, restart) is GONE
        assert pad.wants is Want.NOTHING
        assert simulator.ledger.charges == ()
        assert till(simulator).device_status().status == "connected"


@pytest.mark.parametrize("where", ["hold", "pause", "question"])
def test_it_ends_a_payment_wherever_it_waits(where: str) -> None:
    """At a hold, in a pause, before an answer of the merchant."""
    hold = Hold("authorisation" if where == "hold" else "card")
    middle = {"hold": (), "pause": (), "question": (Question("voice-authorisation"),)}[where]
    card = TakeCard(after=60 if where == "pause" else 0)
    scenario = Scenario(name="x", title="X", payment=(card, *middle, Decide(), *TELL_ALL))
    clock = VirtualClock()
    with Simulator(clock=clock) as simulator:
        simulator.next_payment(scenario, hold=hold)

        def restart() -> None:
            hold.wait_until_reached()
            if where != "hold":
                hold.release()
                clock.wait_until_asleep()
            simulator.inject("INST001", Fault(kind="device-restart"))

        assert _sell_while(simulator, restart) is GONE
        assert simulator.ledger.charges == ()


def _sell_while(simulator: Simulator, other: Callable[[], None]) -> Result:
    api: PaymentApi = till(simulator)
    thread = Thread(target=other)
    thread.start()
    with api.start_payment(SALE) as payment:
        results = [e.payload for e in payment if isinstance(e.payload, PaymentResult)]
    thread.join()
    result = results[0].payments[0].result
    assert result is not None
    return result
