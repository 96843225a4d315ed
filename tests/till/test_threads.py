"""One program, many threads: tills, their payments and their journal are shared."""

import contextlib
import random
import signal
import threading
from collections.abc import Callable

import pytest

from ips_simulator import Behaviour, Fault, Hold, Simulator
from ips_till import (
    ActionError,
    Approved,
    Declined,
    NotSentError,
    NotTaken,
    Outcome,
    Payment,
    Till,
    Unknown,
    UnresolvedPaymentError,
)
from till_helpers import Shop, agrees, quick, sell

THREADS, PAYMENTS = 16, 20
_SEED = 20261123


def together(count: int, work: Callable[[int], None]) -> None:
    """Run it in so many threads that start at once; raise what one of them raises."""
    barrier, failures = threading.Barrier(count), list[BaseException]()

    def one(number: int) -> None:
        try:
            barrier.wait(20)
            work(number)
        except BaseException as exc:  # noqa: BLE001 - raised below
            failures.append(exc)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(200)
        assert not thread.is_alive()
    if failures:
        raise failures[0]


def cut_somewhere(simulator: Simulator, paypoint_id: str, chance: random.Random) -> None:
    """In two of three payments the link breaks, at some frame of the server's."""
    if chance.random() < 2 / 3:
        kind = chance.choice(["drop", "reset"])
        simulator.inject(paypoint_id, Fault(kind=kind, frame=chance.randint(1, 12)))


@pytest.mark.criterion("AC2", "AC3", "AC8")
def test_sixteen_paypoints_take_their_payments_over_bad_links(shop: Shop) -> None:
    """Twenty on each, links cut at random: every outcome is what the ledger says, none is lost."""
    journal = shop.journal()
    outcomes: dict[str, Outcome | None] = {}
    lock = threading.Lock()
    tills = [
        shop.till(paypoint_id=f"P{number:03}", journal=journal, settings=quick(recovery_pause=0.01))
        for number in range(THREADS)
    ]

    def work(number: int) -> None:
        chance, till = random.Random(_SEED + number), tills[number]  # noqa: S311 - repeatable
        for _ in range(PAYMENTS):
            cut_somewhere(shop.simulator, till.paypoint_id, chance)
            payment = till.sale(chance.randint(100, 9999))
            outcome: Outcome | None = None
            try:
                with payment:
                    outcome = payment.finish()
            except NotSentError:
                outcome = None
            if isinstance(outcome, Unknown):
                outcome = till.recover(payment.reference)
            with lock:
                outcomes[payment.reference] = outcome

    together(THREADS, work)
    assert len(outcomes) == THREADS * PAYMENTS
    for reference, outcome in outcomes.items():
        charges = shop.charges(reference)
        assert len(charges) <= 1
        assert not isinstance(outcome, Unknown)
        assert charges == () if outcome is None else agrees(outcome, charges)
        assert journal.find(reference) is not None
    assert journal.unresolved() == ()
    assert len(shop.simulator.ledger.charges) > THREADS * PAYMENTS / 2


@pytest.mark.criterion("AC8", "AC9")
def test_sixteen_threads_share_one_till(shop: Shop, till: Till) -> None:
    """One paypoint: a payment is taken or refused, never queued and never doubled."""
    taken: list[str] = []
    refused: list[bool] = []

    def work(_: int) -> None:
        for _ in range(5):
            try:
                payment = sell(till)
            except UnresolvedPaymentError as exc:
                refused.append(exc.in_flight)
            else:
                assert isinstance(payment.outcome, Approved)
                taken.append(payment.reference)

    together(THREADS, work)
    assert len(taken) + len(refused) == THREADS * 5
    assert taken
    assert all(refused)
    charged = [charge.merchant_transaction_reference for charge in shop.simulator.ledger.charges]
    assert sorted(charged) == sorted(taken)


@pytest.mark.criterion("AC8")
def test_of_sixteen_threads_one_recovers(shop: Shop) -> None:
    """All of them find what was left behind: the others are told that it is being done, or is."""
    with shop.till(settings=quick(recovery_total=0.2)) as till:
        hold = Hold("result")
        shop.simulator.next_payment(Behaviour(drop_before="card"), hold=hold)
        payment = sell(till)
        assert isinstance(payment.outcome, Unknown)
        hold.release()
        found: list[Outcome | None] = []
        refused: list[bool] = []

        def work(_: int) -> None:
            try:
                found.append(till.recover())
            except UnresolvedPaymentError as exc:
                refused.append(exc.in_flight)

        together(THREADS, work)
        assert all(refused)
        assert [outcome for outcome in found if isinstance(outcome, Approved)]
        assert all(outcome is None or isinstance(outcome, Approved) for outcome in found)
        assert len(shop.charges(payment.reference)) == 1


def test_threads_that_iterate_one_payment_take_turns(shop: Shop, till: Till) -> None:
    """Each event comes to one of them, and all of them see the end."""
    for _ in range(10):
        with till.sale(1099) as payment:

            def read(_: int, payment: Payment = payment) -> None:
                for _event in payment:
                    pass

            together(4, read)
        assert isinstance(payment.outcome, Approved)
        assert len(shop.charges(payment.reference)) == 1


def test_leaving_waits_for_the_thread_that_reads(shop: Shop, till: Till) -> None:
    """The block ends when the payment has, whoever reads it."""
    hold = Hold("card")
    shop.simulator.next_payment(Behaviour(), hold=hold)
    with till.sale(1099) as payment:
        thread = threading.Thread(target=payment.finish)
        thread.start()
        hold.wait_until_reached()
        hold.release()
    thread.join()
    assert isinstance(payment.outcome, Approved)


@pytest.mark.criterion("AC17", "AC18")
def test_aborts_from_many_threads_are_one_request(shop: Shop, till: Till) -> None:
    """Everybody presses the button; the outcome agrees with the ledger."""
    for _ in range(5):
        shop.simulator.next_payment("abort-race")
        with till.sale(1099) as payment:

            def press(_: int, payment: Payment = payment) -> None:
                with contextlib.suppress(ActionError):  # it is approved already
                    payment.abort()

            together(8, press)
        assert isinstance(payment.outcome, Approved | Declined | NotTaken)
        assert agrees(payment.outcome, shop.charges(payment.reference))


@pytest.mark.criterion("AC8")
def test_who_is_interrupted_twice_holds_no_paypoint(shop: Shop, till: Till) -> None:
    """Ctrl-C, and once more during the goodbye; a program that goes on may recover the payment."""
    hold = Hold("card")
    shop.simulator.next_payment(Behaviour(), hold=hold)

    def again(*_: object) -> None:
        raise KeyboardInterrupt

    def interrupted_twice(payment: Payment) -> None:
        with payment:
            hold.wait_until_reached()
            shop.simulator.inject("INST001", Fault(kind="half-open"))
            signal.setitimer(signal.ITIMER_REAL, 0.1)
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, again)
    payment = till.sale(1099)
    try:
        with pytest.raises(KeyboardInterrupt):
            interrupted_twice(payment)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    hold.release()
    assert isinstance(payment.outcome, Unknown)
    outcome = till.recover()
    assert outcome is not None
    assert agrees(outcome, shop.charges(payment.reference))
    assert till.unresolved() == ()
