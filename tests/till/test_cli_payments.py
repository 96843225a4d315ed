"""`till sale` and its like, without a terminal: outcomes, exit codes, lines and JSON."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli_helpers import Shop
from ips_simulator import Hold, Simulator, Step
from ips_till.cli import main


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with Simulator() as simulator:
        yield Shop(tmp_path, simulator)


@pytest.mark.criterion("AC14")
@pytest.mark.parametrize(
    ("scenario", "code", "outcome", "charged"),
    [
        ("approved", 0, "approved", 1),
        ("declined-online", 10, "declined", 0),
        ("cancelled-at-pad", 11, "not-taken", 0),
        ("lost-before-result", 0, "approved", 1),
        ("lost-before-decline", 10, "declined", 0),
        ("query-unknown", 20, "unknown", 1),
    ],
)
def test_the_exit_code_is_the_outcome(
    shop: Shop, scenario: str, code: int, outcome: str, charged: int
) -> None:
    """And both agree with the ledger, or say that nobody knows."""
    shop.simulator.next_payment(scenario)
    ended = shop.till("sale", "10.99", "--json")
    assert ended.code == code
    told = ended.event("outcome")
    assert (told["outcome"], told["exit_code"]) == (outcome, code)
    assert told["requested_amount"] == 1099
    assert told["what_to_do"]
    assert len(shop.simulator.ledger.charges) == charged
    assert ended.err == ""


def test_json_lines_have_documented_keys(shop: Shop) -> None:
    """What happens, in its order; the receipts with their text; no key is left out."""
    ended = shop.till("sale", "10.99", "--json", "--reference", "TICKET-1")
    events = ended.events
    assert [one["event"] for one in events] == [
        "begun", "sent", *["notification"] * 4, "receipt", "receipt", "outcome",
        "voucher",
    ]  # fmt: skip
    assert all(one["format"] == 1 for one in events)
    assert events[0] == {
        "format": 1, "event": "begun", "reference": "TICKET-1", "operation": "sale",
        "paypoint": "INST001", "amount": 1099,
    }  # fmt: skip
    receipts = [one for one in events if one["event"] == "receipt"]
    assert [one["type"] for one in receipts] == ["customer", "merchant"]
    assert all("TICKET-1" in one["text"] and one["duplicate"] is False for one in receipts)
    outcome = events[-2]
    assert outcome["card"] == "************0002"
    assert set(outcome) == {
        "format", "event", "exit_code", "outcome", "operation", "reference", "paypoint", "amount",
        "requested_amount", "currency", "result", "amount_differs", "abort_requested",
        "gateway_reference", "card", "card_scheme", "missing_receipts", "reason", "error_code",
        "needs_person", "what_to_do",
    }  # fmt: skip


def test_plain_lines_are_for_people(shop: Shop) -> None:
    """No colours and no moving line where there is no terminal."""
    ended = shop.till("sale", "10.99")
    assert ended.code == 0
    assert "\x1b" not in ended.out
    assert "\r" not in ended.out
    assert ended.out.startswith("sale 10.99 GBP on INST001\n  Reference: ")
    assert "Approved: 10.99 GBP taken. Hand over the goods and the receipt.\n" in ended.out


@pytest.mark.criterion("AC27", "AC28")
@pytest.mark.parametrize(
    ("scenario", "action"),
    [
        ("signature-accepted", "signature-verification"),
        ("referral-approved", "voice-authorisation"),
        ("avs-confirmed", "avs-confirmation"),
    ],
)
def test_where_nobody_can_be_asked_the_answer_is_no(shop: Shop, scenario: str, action: str) -> None:
    """A pipe that says yes is nobody."""
    shop.simulator.next_payment(scenario)
    ended = shop.till("sale", "10.99", "--json", typed="y\nyes\nAB12\n")
    assert ended.event("question")["action"] == action
    assert ended.code == 10
    assert shop.simulator.ledger.charges == ()


@pytest.mark.parametrize("by", ["option", "environment"])
def test_a_policy_may_abort(shop: Shop, by: str) -> None:
    """It asks for an abort as well."""
    shop.simulator.next_payment("referral-approved")
    if by == "environment":
        shop.environ["IPS_TILL_ON_ACTION"] = "abort"
    options = ("--on-action", "abort") if by == "option" else ()
    ended = shop.till("sale", "10.99", "--json", *options)
    assert ended.event("outcome")["abort_requested"] is True
    assert shop.simulator.ledger.charges == ()


@pytest.mark.criterion("AC47")
@pytest.mark.parametrize(
    "arguments",
    [
        ("10",), ("10.9",), ("10,99",), ("1e3",), ("10.999",), (".99",), ("+10.99",), ("1 0.99",),
        ("--minor", "10.99"), ("10.99", "--minor", "1099"), (), ("\u0661\u0660.99",),
        ("10.00", "--currency", "JPY"), ("10.99", "--currency", "KWD"),
        ("10.99", "--currency", "gbp"), ("0.00",), ("10000000.00",), ("--minor", "-5"),
        ("4111111111111111",),
    ],
)  # fmt: skip
def test_what_could_mean_two_amounts_is_refused(shop: Shop, arguments: tuple[str, ...]) -> None:
    """Nothing is sent; what was typed is not repeated, for it may be a card number."""
    ended = shop.till("sale", *arguments)
    assert ended.code == 30
    assert ended.err.startswith("till: ")
    assert "Traceback" not in ended.err
    assert "4111111111111111" not in ended.err
    assert shop.simulator.ledger.charges == ()
    assert not shop.journal.exists() or shop.till("journal", "list", "--json").out == ""


@pytest.mark.parametrize(
    ("arguments", "minor"),
    [
        (("10.99",), 1099), (("--minor", "1099"), 1099), (("0.01",), 1),
        (("500", "--currency", "JPY"), 500), (("1.250", "--currency", "KWD"), 1250),
    ],
)  # fmt: skip
def test_an_amount_is_read_exactly(shop: Shop, arguments: tuple[str, ...], minor: int) -> None:
    """With as many decimals as its currency has."""
    assert shop.till("sale", *arguments).code == 0
    (charge,) = shop.simulator.ledger.charges
    assert charge.amount == minor


@pytest.mark.criterion("AC9", "AC8")
def test_an_unresolved_payment_blocks_the_next(shop: Shop) -> None:
    """Exit code 21, what to do, and nothing sent; an explicit reason overrides, and is recorded."""
    shop.simulator.next_payment("query-unknown")
    first = shop.till("sale", "10.99", "--json", "--reference", "FIRST")
    assert first.code == 20
    blocked = shop.till("sale", "5.00")
    assert blocked.code == 21
    assert "till recover" in blocked.err
    assert "FIRST" in blocked.err
    assert shop.till("status").code == 21
    assert shop.till("journal", "unresolved").code == 21
    reason = "the supervisor has seen the slip"
    assert shop.till("sale", "5.00", "--override", reason).code == 0
    (entry,) = [
        one for one in shop.till("journal", "list", "--json").events if one["reference"] == "FIRST"
    ]
    assert entry["broken"] == reason


def test_refund_preauth_settle_and_cancel(shop: Shop) -> None:
    """Each is one entry of the ledger."""
    assert shop.till("refund", "2.50", "--reference", "R1").code == 0
    assert shop.till("preauth", "20.00", "--reference", "P1").code == 0
    settled = shop.till("settle", "P1", "15.00", "--json")
    assert settled.code == 0
    assert settled.event("outcome")["operation"] == "settle"
    assert shop.till("sale", "3.00", "--reference", "S1").code == 0
    assert shop.till("cancel", "S1").code == 0
    assert shop.till("check-card").code == 0
    assert shop.till("cancel", "NOSUCH").code == 11
    assert shop.till("settle", "S1").code == 11


def test_nothing_sent_is_told_as_such(shop: Shop) -> None:
    """No server: exit code 11, and the next one is not blocked."""
    shop.simulator.stop()
    ended = shop.till("sale", "10.99")
    assert ended.code == 11
    assert "nothing was charged" in ended.err
    assert shop.till("journal", "unresolved").code == 0


def test_a_broken_pipe_does_not_stop_a_payment(shop: Shop) -> None:
    """Who reads may go away; the outcome is in the journal and in the exit code."""
    hold = Hold(Step.STARTED)
    shop.simulator.next_payment("approved", hold=hold)
    with shop.started("sale", "10.99", "--reference", "PIPE") as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        hold.release()
        assert process.wait(timeout=30) == 0
    assert len(shop.simulator.ledger.charges) == 1
    assert shop.till("journal", "show", "PIPE", "--json").event("entry")["outcome"] == "approved"


@pytest.mark.parametrize("redirection", [">/dev/full", ">&-", "<&-", "<&- >&- 2>&-"])
def test_whatever_the_streams_are_the_payment_goes_on(shop: Shop, redirection: str) -> None:
    """A full disk, or nothing at all: the exit code is that of the payment."""
    for amount, code in (("10.99", 0), ("ten", 30)):
        line = f'"{sys.executable}" -m ips_till.cli sale {amount} {redirection}'
        ended = subprocess.run(["/bin/sh", "-c", line], env=shop.environ, timeout=60, check=False)
        assert ended.returncode == code
    assert len(shop.simulator.ledger.charges) == 1


def test_a_folder_of_flights_gets_one_recording(shop: Shop) -> None:
    """It opens as a timeline, a page, and a recording; nothing is overwritten."""
    assert shop.till("sale", "10.99").code == 0
    (flight,) = (shop.folder / "flights").glob("*.jsonl")
    shown = shop.till("show", str(flight))
    assert shown.code == 0
    assert max(map(len, shown.out.splitlines())) <= 80
    page = shop.folder / "flight.html"
    assert shop.till("show", str(flight), "--html", str(page)).code == 0
    assert "<html" in page.read_text(encoding="utf-8")
    again = shop.till("show", str(flight), "--html", str(page))
    assert again.code == 30
    assert "none is overwritten" in again.err
    assert shop.till("show", str(shop.key_file)).code == 30
    assert shop.till("show", str(shop.folder / "none")).code == 30


def test_while_another_takes_a_payment_the_second_waits(shop: Shop) -> None:
    """There is nothing to recover then, and nobody is told to."""
    hold = Hold(Step.AUTHORISATION)
    shop.simulator.next_payment("approved", hold=hold)
    with shop.started("sale", "10.99", "--reference", "FIRST") as process:
        hold.wait_until_reached(30)
        for command in (("sale", "5.00"), ("recover",)):
            second = shop.till(*command)
            assert second.code == 21
            assert "wait for its end" in second.err
            assert "Find out" not in second.err
        hold.release()
        assert process.wait(30) == 0
    (charge,) = shop.simulator.ledger.charges
    assert charge.merchant_transaction_reference == "FIRST"


def test_a_tax_free_voucher_is_shown(shop: Shop) -> None:
    """It is in no journal: shown now, or never."""
    ended = shop.till("sale", "10.99", "--json")
    assert ended.event("voucher")["text"]


@pytest.mark.criterion("AC12")
def test_a_reference_is_charged_once_however_often_a_script_runs(shop: Shop) -> None:
    """And the second run does not say "not charged", for the first may have been."""
    assert shop.till("sale", "10.99", "--reference", "TICKET-9").code == 0
    again = shop.till("sale", "10.99", "--reference", "TICKET-9")
    assert again.code == 21
    assert "till journal show TICKET-9" in again.err
    assert len(shop.simulator.ledger.charges) == 1


def test_without_its_extra_the_command_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The core install has the entry point, and not what it needs."""
    monkeypatch.delitem(sys.modules, "ips_till.cli.app", raising=False)
    monkeypatch.setitem(sys.modules, "cyclopts", None)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 30
    assert "pip install 'worldpay-ips[till]'" in capsys.readouterr().err
