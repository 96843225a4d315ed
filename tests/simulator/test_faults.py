"""Every kind of fault, played to a real client. The ledger judges: one sale, charged once."""

import pytest

from fault_till import Shop, open_shop
from ips_simulator import Fault, FaultKind, Hold
from ips_simulator.faults import OF_A_FRAME
from worldpay_ips import Result

GOOD = Result.AUTHORISED_ONLINE

# What the client says when the result does not come, by the fault that struck before it.
LOST = {
    FaultKind.DROP: "the server closed the connection",
    FaultKind.RESET: "the connection broke",
    FaultKind.HALF_OPEN: "expected a beat every 0.3 s",
    FaultKind.MUTE: "expected a beat every 0.3 s",
    FaultKind.STOMP_ERROR: "the server refused: [invented] the fault stomp-error",
    FaultKind.STOMP_ERROR_WITHOUT_CLOSE: "the server refused: [invented] the fault stomp-error-wi",
}
HARMLESS = (
    FaultKind.NO_RECEIPTS,
    FaultKind.NO_HEART_BEATS,
    FaultKind.CHUNKED,
    FaultKind.DEVICE_RESTART,
    FaultKind.DELAY,
    FaultKind.DUPLICATE,
    FaultKind.MERGED,
)
TOO_EARLY = "onPaymentComplete before onPaymentResult"
# The message that struck is no result to the till: what it is instead.
NO_RESULT = {
    FaultKind.LATE: ([TOO_EARLY], None),
    FaultKind.REORDER: ([TOO_EARLY], "startPayment had ended"),
    FaultKind.CORRUPT: (["expected JSON: Expecting value, line 1, column 1"], None),
    FaultKind.FOREIGN_CORRELATION_ID: ([TOO_EARLY], "a foreign correlation id"),
    FaultKind.MISSING_HEADERS: ([TOO_EARLY], "no correlation id"),
}


def test_every_kind_is_tested_here() -> None:
    """A new kind must come into one of the three tables."""
    assert {*LOST, *HARMLESS, *NO_RESULT} == set(FaultKind)


def still_right(shop: Shop, kind: FaultKind) -> None:
    """The fault struck, once; one sale was charged, once; the till can learn of it."""
    assert shop.ask() is GOOD
    assert shop.charged == [1099]
    assert shop.done == [kind]


@pytest.mark.parametrize("kind", LOST)
def test_a_lost_link_leaves_the_outcome_unknown_and_the_charge_single(kind: FaultKind) -> None:
    """The client says so in a typed error and never repeats anything; a query tells the rest."""
    with open_shop() as shop:
        shop.inject(kind, at="result")
        sale = shop.sell()
        assert sale.unknown is not None
        assert LOST[kind] in str(sale.unknown)
        assert not sale.known
        still_right(shop, kind)


@pytest.mark.parametrize("kind", HARMLESS)
def test_what_does_no_harm_is_not_noticed(kind: FaultKind) -> None:
    """The till sees the payment as without the fault."""
    with open_shop() as shop:
        usual = shop.sell().names
    with open_shop() as shop:
        shop.inject(kind, at="result")
        sale = shop.sell()
        assert (sale.result, sale.names) == (GOOD, usual)
        assert (sale.unknown, sale.problems, sale.strays) == (None, [], [])
        still_right(shop, kind)


@pytest.mark.parametrize("kind", NO_RESULT)
def test_a_spoilt_result_is_no_result(kind: FaultKind) -> None:
    """It is never taken for one: the till has a problem or a stray to look at, and asks."""
    problems, stray = NO_RESULT[kind]
    with open_shop() as shop:
        shop.inject(kind, at="result")
        sale = shop.sell()
        assert not sale.known
        assert sale.problems == problems
        assert set(sale.strays) <= {stray, "startPayment had ended"}
        if stray is not None and kind is not FaultKind.REORDER:  # that one may come too late
            assert sale.strays == [stray]
        still_right(shop, kind)


@pytest.mark.parametrize("kind", FaultKind)
def test_a_till_that_asks_before_it_repeats_never_charges_twice(kind: FaultKind) -> None:
    """Wherever a fault strikes: pay, ask, and pay again only what has failed."""
    for point in ("started", "card", "authorisation", "receipts", "result", "complete"):
        with open_shop() as shop:
            shop.inject(kind, at=point)
            sale = shop.sell()
            result = sale.result or shop.ask()
            if result is not GOOD:
                assert result is Result.ABORTED_DEVICE_UNAVAILABLE
                assert shop.charged == []
            else:
                assert shop.charged == [1099]
            assert shop.done == [kind]
            assert shop.api.service_status().status == "not-busy"


@pytest.mark.parametrize("kind", sorted(OF_A_FRAME))
def test_the_feed_names_the_fault_of_a_frame(kind: str) -> None:
    """Watchers see which frames were changed, and by what."""
    with open_shop() as shop:
        shop.inject(kind, at="receipts")
        shop.sell()
        shop.ask()
        assert ("MESSAGE", kind) in shop.spoilt
        assert {fault for _, fault in shop.spoilt} == {kind}


def test_without_heart_beats_a_pause_ends_the_link_and_not_the_payment() -> None:
    """Agreed and not kept: the client gives up; the payment goes on, and is charged once."""
    hold = Hold("authorisation")
    with open_shop() as shop:
        shop.simulator.next_payment("approved", hold=hold)
        shop.inject("no-heart-beats", at="started")
        sale = shop.sell()
        assert sale.unknown is not None
        assert "expected a beat" in str(sale.unknown)
        assert shop.charged == []
        hold.release()
        still_right(shop, FaultKind.NO_HEART_BEATS)


def test_duplicates_are_seen_once() -> None:
    """The same message id, delivered once, however often it comes."""
    with open_shop() as shop:
        shop.inject("duplicate", at="result", count=4)
        assert shop.sell().names.count("PaymentResult") == 1
        assert shop.spoilt == [("MESSAGE", "duplicate")] * 5


def test_receipts_that_change_places_are_receipts() -> None:
    """No rule of the API orders the two."""
    with open_shop() as shop:
        shop.inject("reorder", at="receipts")
        sale = shop.sell()
        assert sale.names.count("PaymentReceipt") == 2
        assert (sale.problems, sale.result) == ([], GOOD)


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        ({"kind": "drop", "seconds": 1}, "drop takes no seconds"),
        ({"kind": "late", "count": 1}, "late takes no count"),
        ({"kind": "late", "headers": ["a"]}, "late takes no headers"),
        ({"kind": "merged", "count": 1}, "merged: count is 2 or more"),
        ({"kind": "duplicate", "count": 0}, "duplicate: count is 1 or more"),
        ({"kind": "late", "seconds": -1}, "seconds is a time, from 0 on"),
        ({"kind": "late", "frame": 0}, "frame counts from 1"),
        ({"kind": "late", "frame": 1, "at": "card"}, "strikes at one of"),
        ({"kind": "sneeze"}, "is not a valid FaultKind"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(members: dict[str, object], sentence: str) -> None:
    """In Python as in a file."""
    with pytest.raises(ValueError, match=sentence):
        Fault(**members)  # type: ignore[arg-type]  # what is wrong is the point
