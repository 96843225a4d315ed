"""A simulator that runs for weeks: what a payment costs and leaves does not grow with their number.

Steps are counted, not seconds: one step is one function that Python enters.
"""

import sys
import tracemalloc
from collections.abc import Callable
from statistics import median
from types import FrameType
from typing import Any

from ips_simulator import ChargeKind, Ledger
from ips_simulator.ledger import add_up
from ips_simulator.paypoint import MOST_REMEMBERED
from ips_simulator.refusals import Refusal
from ips_simulator.world import MOST_REFUSALS, World
from straight import StraightTill, make_world
from worldpay_ips import PaymentType, Result

PAYMENTS = 20_000
PORTION = 20


def steps_of(work: Callable[[], object]) -> int:
    """How many calls a piece of work makes, those into C included."""
    steps = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal steps
        steps += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return steps


def sell_a_few(world: World, first: int) -> None:
    """Sales and one X report at the end: both must stay cheap."""
    for number in range(first, first + PORTION):
        outcome = StraightTill(world, "INST001").pay(PaymentType.SALE, f"LONG-{number}", 1099)
        assert outcome.result is Result.AUTHORISED_ONLINE
    report = StraightTill(world, "INST001").report(close=False)
    assert report.sale_count == first + PORTION


def test_the_last_of_many_payments_takes_no_more_steps_than_the_first() -> None:
    """20,000 payments of one batch are 20,000 times the work of one, reports included."""
    world = make_world()
    sell_a_few(world, 0)  # what is built once is built now
    early = steps_of(lambda: sell_a_few(world, PORTION))
    for number in range(2 * PORTION, PAYMENTS - PORTION):
        StraightTill(world, "INST001").pay(PaymentType.SALE, f"LONG-{number}", 1099)
    late = steps_of(lambda: sell_a_few(world, PAYMENTS - PORTION))
    assert late <= early * 1.02  # references and sums grow longer by a digit or two
    assert len(world.ledger.charges) == PAYMENTS
    assert world.ledger.totals(paypoint_id="INST001").sale_amount == PAYMENTS * 1099


def test_settling_and_cancelling_do_not_search_the_ledger() -> None:
    """Whoever follows up on a payment pays for that payment, not for all that others made."""
    world = make_world()

    def follow_up() -> None:
        till = StraightTill(world, "INST001")
        held = till.pay(PaymentType.PRE_AUTH, "PRE", 500)
        assert StraightTill(world, "INST001").settle("SET", held).result is not None
        assert StraightTill(world, "INST001").cancel("CAN", held).result is not None
        StraightTill(world, "INST001").offline_count()

    follow_up()
    early = steps_of(follow_up)
    for _ in range(3000):
        world.paypoint("INST001").book(
            ChargeKind.SALE, StraightTill(world, "OTHER").pay(PaymentType.SALE, "M", 1), 1
        )
    assert steps_of(follow_up) <= early * 1.02


def test_a_booking_copies_no_other_entries() -> None:
    """What an entry allocates does not grow with the ledger (now and then its list is renewed)."""
    ledger = Ledger()
    for amount in range(PAYMENTS):
        book(ledger, amount)
    peaks: list[int] = []
    tracemalloc.start()
    for amount in range(PAYMENTS, PAYMENTS + 21):
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        book(ledger, amount)
        peaks.append(tracemalloc.get_traced_memory()[1] - before)
    tracemalloc.stop()
    assert median(peaks) < PAYMENTS  # octets: not even one for each entry


def test_charges_are_copied_once_for_each_entry_and_not_for_each_question() -> None:
    """A test that asks in a loop gets the same tuple; a new entry does not change it."""
    ledger = Ledger()
    book(ledger, 1)
    seen = ledger.charges
    assert ledger.charges is seen
    book(ledger, 2)
    assert [charge.amount for charge in seen] == [1]
    assert [charge.amount for charge in ledger.charges] == [1, 2]


def book(ledger: Ledger, amount: int) -> None:
    ledger.book(
        ChargeKind.SALE,
        paypoint_id="INST001",
        batch_number=1,
        merchant_transaction_reference="M1",
        gateway_transaction_reference=f"G{amount}",
        amount=amount,
    )


def test_sums_that_are_kept_are_those_that_adding_up_finds() -> None:
    """Also of what no till can bring about: entries behind their own cancellation."""
    ledger = Ledger()
    kinds = [ChargeKind.SALE, ChargeKind.CANCEL, ChargeKind.SALE, ChargeKind.REFUND]
    for number, kind in enumerate([*kinds, *reversed(kinds), ChargeKind.SETTLEMENT]):
        ledger.book(
            kind,
            paypoint_id="INST001",
            batch_number=1,
            merchant_transaction_reference="M1",
            gateway_transaction_reference=f"G{number % 3}",
            amount=100 + number,
        )
        assert ledger.totals(paypoint_id="INST001", batch_number=1) == add_up(ledger.charges)


def test_a_paypoint_remembers_the_latest_references_only() -> None:
    """What can be asked for is bounded; what can be settled or cancelled is not."""
    world = make_world()
    outcomes = [
        StraightTill(world, "INST001").pay(PaymentType.SALE, f"LONG-{number}", 1000)
        for number in range(MOST_REMEMBERED + 10)
    ]
    paypoint = world.paypoint("INST001")
    assert paypoint.find("LONG-9") is None
    assert paypoint.find("LONG-10") is not None
    assert paypoint.last is paypoint.find(f"LONG-{MOST_REMEMBERED + 9}")
    assert StraightTill(world, "INST001").cancel("CAN", outcomes[0]).result is not None
    assert world.ledger.charges[-1].kind is ChargeKind.CANCEL


def test_a_reference_that_is_used_again_is_remembered_anew() -> None:
    """The age of a reference is that of its latest payment."""
    world = make_world()
    for number in [*range(MOST_REMEMBERED), 0, MOST_REMEMBERED]:
        StraightTill(world, "INST001").pay(PaymentType.SALE, f"LONG-{number}", 1000)
    assert world.paypoint("INST001").find("LONG-0") is not None
    assert world.paypoint("INST001").find("LONG-1") is None


def test_a_client_that_is_wrong_for_ever_fills_no_memory() -> None:
    """Of very many refusals the last ones are kept, oldest first."""
    world = make_world()
    for number in range(MOST_REFUSALS + 5):
        world.note(Refusal(kind="refused", code=str(number), message="no"))
    codes = [refusal.code for refusal in world.refusals]
    assert codes == [str(number) for number in range(5, MOST_REFUSALS + 5)]
