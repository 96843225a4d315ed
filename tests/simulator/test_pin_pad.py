"""The PIN pad in the hands of a person."""

import threading
from collections.abc import Callable, Iterator

import pytest

from ips_simulator import CardWay, Inventions, PadMode, PinPadError, Simulator, VirtualClock
from ips_simulator.pin_pad import Want
from scenario_till import Came, Till
from sim_helpers import till
from worldpay_ips import PaymentNotification, PaymentOutcome


class Counter:
    """A till at work in a thread, and a person at its pad."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.pad = simulator.pin_pad()
        self._came: list[Came] = []
        self._thread: threading.Thread | None = None

    def start(self, scenario: str) -> None:
        self.simulator.next_payment(scenario)
        expected = self.simulator.library.get(scenario).expect[0]
        work = Till(self.simulator, till(self.simulator))
        self._thread = threading.Thread(target=lambda: self._came.append(work.do(expected)))
        self._thread.start()

    def finish(self) -> Came:
        assert self._thread is not None
        self._thread.join(10)
        return self._came[-1]

    def outcome(self) -> PaymentOutcome:
        return self.finish().answer.payments[0]


@pytest.fixture
def counter() -> Iterator[Counter]:
    with Simulator(pin_pads="manual", clock=VirtualClock()) as simulator:
        yield Counter(simulator)


@pytest.mark.parametrize(
    ("way", "entry"),
    [
        (CardWay.INSERT, "integrated-circuit-chip"),
        (CardWay.TAP, "contactless-chip"),
        (CardWay.SWIPE, "magstripe"),
        (CardWay.KEY, "keyed"),
    ],
)
def test_a_person_presents_the_card_and_enters_the_pin(
    counter: Counter, way: CardWay, entry: str
) -> None:
    """The way that the person took stands in the result, whatever the scenario thought."""
    counter.start("approved")
    counter.pad.wait_until_wants("card")
    assert counter.pad.display == "PLEASE INSERT CARD"
    counter.pad.present(way)
    counter.pad.wait_until_wants("pin")
    counter.pad.enter_pin()
    used = counter.outcome().payment_instrument
    assert used is not None
    assert (used.pos_entry_mode, used.card_verification_method) == (entry, "pin-or-consumer-device")
    assert (used.debug is None) == (way in (CardWay.SWIPE, CardWay.KEY))


def test_a_pin_can_be_wrong_three_times(counter: Counter) -> None:
    """Then the payment is refused, and nothing is charged."""
    counter.start("approved")
    counter.pad.wait_until_wants("card")
    counter.pad.present("insert")
    for _ in range(3):
        counter.pad.wait_until_wants("pin")
        counter.pad.enter_pin(correct=False)
    came = counter.finish()
    assert came.answer.payments[0].result == "refused-offline"
    texts = [one.notification_text for one in came.payloads if isinstance(one, PaymentNotification)]
    assert texts.count("INCORRECT PIN") == 3
    assert came.charges == ()


def test_a_second_pin_can_be_right(counter: Counter) -> None:
    """As at every till."""
    counter.start("approved")
    counter.pad.wait_until_wants("card")
    counter.pad.present("insert")
    for correct in (False, True):
        counter.pad.wait_until_wants("pin")
        counter.pad.enter_pin(correct=correct)
    assert counter.outcome().result == "authorised-online"


@pytest.mark.parametrize("want", [Want.CARD, Want.PIN])
def test_the_red_key_cancels(counter: Counter, want: Want) -> None:
    """Wherever the pad waits. Nothing is charged."""
    counter.start("approved")
    counter.pad.wait_until_wants("card")
    if want is Want.PIN:
        counter.pad.present("insert")
        counter.pad.wait_until_wants("pin")
    counter.pad.press_cancel()
    came = counter.finish()
    assert came.answer.payments[0].result == "cancelled"
    assert came.charges == ()


def test_nobody_comes(counter: Counter) -> None:
    """After 30 seconds the payment is cancelled; how long it is, is a switch."""
    counter.start("approved")
    counter.pad.wait_until_wants("card")
    clock = counter.simulator.clock
    assert isinstance(clock, VirtualClock)
    clock.wait_until_asleep()
    clock.advance(Inventions().card_seconds)
    assert counter.outcome().result == "cancelled"
    assert counter.pad.wants is Want.NOTHING


def test_an_abort_ends_the_wait_for_the_card(counter: Counter) -> None:
    """The pad wants nothing any more."""
    counter.start("abort-race")
    came = counter.finish()
    assert came.answer.payments[0].result == "aborted"
    assert counter.pad.wants is Want.NOTHING
    with pytest.raises(PinPadError, match="waits for nothing"):
        counter.pad.present("tap")


def test_the_cardholder_signs_and_takes_the_card(counter: Counter) -> None:
    """Before the merchant is asked whether the signature is right."""
    counter.start("signature-accepted")
    counter.pad.wait_until_wants("card")
    counter.pad.present("swipe")
    counter.pad.wait_until_wants("signature")
    counter.pad.sign()
    used = counter.outcome().payment_instrument
    assert used is not None
    assert used.card_verification_method == "signature"
    counter.pad.mode = PadMode.AUTOMATIC
    counter.start("approved")
    assert counter.outcome().result == "authorised-online"


@pytest.mark.parametrize(
    ("do", "message"),
    [
        (lambda pad: pad.enter_pin(), "the pad waits for the card now"),
        (lambda pad: pad.sign(), "the pad waits for the card now"),
        (lambda pad: pad.remove_card(), "the pad waits for the card now"),
    ],
)
def test_the_pad_takes_what_it_wants_only(
    counter: Counter, do: Callable[[object], None], message: str
) -> None:
    """And says what that is; the payment does not notice."""
    counter.start("approved-contactless")
    counter.pad.wait_until_wants("card")
    with pytest.raises(PinPadError, match=message):
        do(counter.pad)
    counter.pad.present("tap")
    assert counter.outcome().result == "authorised-online"


def test_waiting_for_the_pad_is_bounded(counter: Counter) -> None:
    """With a sentence that says what it wants instead."""
    with pytest.raises(TimeoutError, match="the pad wants nothing, not pin, after 0 s"):
        counter.pad.wait_until_wants("pin", timeout=0)
    with pytest.raises(PinPadError, match="waits for nothing now"):
        counter.pad.press_cancel()
