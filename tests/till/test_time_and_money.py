"""Deadlines by the monotonic clock, and money without floats."""

import ast
import time
from decimal import Decimal
from pathlib import Path

import pytest

import ips_till
from ips_simulator import Behaviour, Fault, Hold
from ips_simulator.scenario_steps import Complete, Decide, TellResult, Wait
from ips_till import (
    Approved,
    Intent,
    Money,
    MoneyOperation,
    NotSentError,
    Till,
    TillSettings,
    Unknown,
    UnresolvedPaymentError,
)
from ips_till.money import exponent, format_minor
from ips_till.z_reports import ZReport
from silent_server import silent_server
from till_helpers import Shop, quick, sell, sends
from worldpay_ips import OnPremise


@pytest.mark.criterion("AC45")
def test_the_deadline_of_all_is_five_minutes_or_more() -> None:
    """A person finds a card, types a PIN, calls the acquirer."""
    assert TillSettings().total >= 300


@pytest.mark.criterion("AC45")
def test_connecting_has_a_deadline_of_its_own(tmp_path: Path) -> None:
    """A server that accepts and says nothing: not sent, in about a second."""
    with silent_server() as port:
        server = OnPremise(host="127.0.0.1", port=port, paypoint_id="INST001", plain=True)
        with Till(
            server,
            license_key="k",
            journal=tmp_path / "till.sqlite3",
            settings=quick(connect=0.3, total=300),
            on_action="decline",
        ) as till:
            began = time.monotonic()
            with pytest.raises(NotSentError), till.sale(1099):
                pass
            assert time.monotonic() - began < 10


@pytest.mark.criterion("AC45")
@pytest.mark.parametrize(
    ("point", "settings"),
    [
        ("started", {"first_event": 0.3}),
        ("authorisation", {"between_events": 0.3}),
        ("authorisation", {"total": 0.6}),
    ],
)
def test_a_silent_service_is_found_out(shop: Shop, point: str, settings: dict[str, float]) -> None:
    """Before the first message, between two, and in all: then the till asks, and learns it."""
    hold = Hold(point)
    shop.simulator.next_payment(Behaviour(), hold=hold)
    others = {"first_event": 60, "between_events": 60, "total": 300, "recovery_total": 0.3}
    with shop.till(settings=quick(**{**others, **settings})) as till:
        began = time.monotonic()
        payment = sell(till)
        assert time.monotonic() - began < 15  # the other deadlines are far away
        assert isinstance(payment.outcome, Unknown)
        hold.release()
        time.sleep(0.2)
        assert isinstance(till.recover(), Approved)
        assert len(shop.charges(payment.reference)) == 1


@pytest.mark.criterion("AC45", "AC25")
def test_the_completion_has_a_deadline_of_its_own(shop: Shop) -> None:
    """After the result the till waits for the grace time only, whatever the others are."""
    hold = Hold("complete")
    shop.simulator.next_payment(Behaviour(), hold=hold)
    with shop.till(settings=quick(between_events=60, total=300)) as till:
        began = time.monotonic()
        assert isinstance(sell(till).outcome, Approved)
        assert time.monotonic() - began < 15
        hold.release()


@pytest.mark.criterion("AC46")
def test_no_deadline_goes_by_the_wall_clock() -> None:
    """In the modules that wait nobody asks for the time of day."""
    folder = Path(ips_till.__file__).parent
    waiting = ("finding", "paying", "receiving", "recovering", "player", "async_player", "keeping")
    for name in waiting:
        tree = ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))
        named = {
            ast.unparse(node)
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute | ast.Name)
        }
        imported = {
            f"{node.module}.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        assert not {name.split(".")[0] for name in named} & {"datetime"}, name
        assert not (named | imported) & {"time.time", "time.time_ns", "datetime.datetime"}, name


@pytest.mark.criterion("AC47")
@pytest.mark.parametrize("amount", [10.99, 1099.0, "1099", Decimal("10.99"), True, None])
def test_an_amount_is_an_int_or_money(till: Till, amount: object) -> None:
    """A float is refused whatever its value; so are texts, decimals and booleans."""
    for pay in (till.sale, till.refund, till.pre_auth):
        with pytest.raises(TypeError, match="minor units"):
            pay(amount)  # type: ignore[arg-type]
    assert till.journal.latest() == ()


@pytest.mark.criterion("AC47")
@pytest.mark.parametrize("amount", [0, -1, 1_000_000_000])
def test_an_amount_has_limits(till: Till, amount: int) -> None:
    """A sale of nothing, of less, or of more than the service takes is refused."""
    with pytest.raises(ValueError, match="an amount is"):
        till.sale(amount)


@pytest.mark.criterion("AC47")
@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("10.99", "GBP", 1099),
        ("10", "GBP", 1000),
        ("1099", "JPY", 1099),
        ("1.234", "KWD", 1234),
        ("0.0001", "CLF", 1),
    ],
)
def test_money_knows_its_currency(text: str, currency: str, minor: int) -> None:
    """The decimals are those of ISO 4217, in both directions."""
    money = Money.parse(text, currency)
    assert money == Money(minor, currency)
    assert Money.parse(str(money).split()[0], currency) == money


@pytest.mark.criterion("AC47")
@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("10.999", "GBP"),
        ("1.5", "JPY"),
        ("", "GBP"),
        ("1,50", "GBP"),
        ("NaN", "GBP"),
        ("1e3", "gbp"),
    ],
)
def test_an_amount_that_is_none_is_refused(text: str, currency: str) -> None:
    """Rounding money is not ours to do."""
    with pytest.raises(ValueError, match=r"decimals|not an amount|three capital letters"):
        Money.parse(text, currency)
    with pytest.raises(TypeError):
        Money(10.99, "GBP")  # type: ignore[arg-type]


def test_exponents_are_those_of_the_standard() -> None:
    """Two where the list of exceptions does not name the currency."""
    expected = {"GBP": 2, "EUR": 2, "USD": 2, "ISK": 0, "KRW": 0, "TND": 3, "UYW": 4}
    assert {name: exponent(name) for name in expected} == expected
    assert format_minor(5, "JPY") == "5"
    assert format_minor(5, None) == "0.05"


@pytest.mark.criterion("AC47")
def test_money_is_charged_in_minor_units(shop: Shop, till: Till) -> None:
    """What `Money` says is what the ledger has."""
    payment = sell(till, Money(1250, "GBP"))  # type: ignore[arg-type]
    assert [charge.amount for charge in shop.charges(payment.reference)] == [1250]


@pytest.mark.criterion("AC49")
def test_a_z_report_is_journaled_and_sent_once(till: Till) -> None:
    """The report stands in the journal; the batch is closed."""
    sell(till)
    done = till.z_report(reference="Z1")
    assert isinstance(done, ZReport)
    assert done.report is not None
    assert done.report.sale_total_amount == 1099
    entry = till.journal.find("Z1")
    assert entry is not None
    reports = [note.facts for note in entry.notes if note.kind == "report"]
    assert [report["saleTotalAmount"] for report in reports] == [1099]
    assert till.x_report().sale_count == 0


class CutAtZ:
    """Cuts the link at the reply of a Z report; the X report before it has passed."""

    def __init__(self, shop: Shop, intent: Intent) -> None:
        self._shop, self._intent = shop, intent

    def note(self, kind: str, /, **_: object) -> None:
        """When the request of the Z report itself is about to leave."""
        if self._intent.operation is MoneyOperation.Z_REPORT and kind == "connected":
            fault = Fault(kind="drop", destination="/client/v1/payment/report/batch")
            self._shop.simulator.inject(self._intent.paypoint_id, fault)

    def trace(self, *_: object) -> None: ...

    def end(self) -> None: ...


@pytest.mark.criterion("AC49", "AC1")
def test_a_z_report_whose_reply_is_lost_is_found_out(shop: Shop) -> None:
    """An X report tells that the batch has another number. No second Z report is sent."""
    with shop.till(observe=lambda intent: CutAtZ(shop, intent)) as till:
        sell(till)
        before = till.x_report().batch_number
        done = till.z_report()
        assert (done.batch_number, done.report) == (before, None)
        assert done.before.sale_count == 1
        assert till.x_report().batch_number == before + 1
        assert till.unresolved() == ()


@pytest.mark.criterion("AC49", "AC9")
def test_of_two_tills_that_close_the_batch_at_once_one_does(shop: Shop) -> None:
    """The first has the paypoint from before its X report: the other cannot close a second one."""
    refused: list[UnresolvedPaymentError] = []

    class Rival(CutAtZ):
        """Closes the batch too, just when the first till has had its X report."""

        def note(self, kind: str, /, **_: object) -> None:
            if kind == "connected":
                with shop.till() as other, pytest.raises(UnresolvedPaymentError) as caught:
                    other.z_report()
                refused.append(caught.value)

    with shop.till() as till:
        sell(till)
    with shop.till(observe=lambda intent: Rival(shop, intent)) as till:
        before = till.x_report().batch_number
        assert before is not None
        done = till.z_report(reference="Z1")
        assert (done.batch_number, done.before.sale_count) == (before, 1)
        assert [(one.reference, one.in_flight) for one in refused] == [("Z1", True)]
        assert till.x_report().batch_number == before + 1


@pytest.mark.criterion("AC49")
def test_a_z_report_without_its_x_report_is_not_sent(shop: Shop, till: Till) -> None:
    """The batch stays open, and the paypoint is free."""
    number = till.x_report().batch_number
    requests = sends(shop, "/v1/payment/report/batch")
    fault = Fault(kind="drop", destination="/client/v1/payment/report/batch")
    shop.simulator.inject("INST001", fault)
    with pytest.raises(NotSentError):
        till.z_report(reference="Z1")
    assert len(requests) == 1
    entry = till.journal.find("Z1")
    assert entry is not None
    assert entry.outcome is not None
    assert entry.outcome["kind"] == "not-taken"
    assert till.x_report().batch_number == number
    sell(till)


@pytest.mark.criterion("AC49")
def test_a_batch_is_not_closed_while_a_payment_is_open(shop: Shop, till: Till) -> None:
    """Its outcome would be asked for in another batch."""
    hold = Hold("card")
    shop.simulator.next_payment(Behaviour(), hold=hold)
    with till.sale(1099) as payment:
        with shop.till() as other, pytest.raises(UnresolvedPaymentError):
            other.z_report()
        hold.release()
        payment.finish()


def test_waiting_for_a_long_completion_costs_nothing(shop: Shop, till: Till) -> None:
    """A completion that comes minutes later on the simulator's clock comes at once."""
    shop.play(Decide(), TellResult(), Wait(120), Complete())
    assert isinstance(sell(till).outcome, Approved)
