"""`ips-simulator pay`: what the small till tells, asks and concludes, against real payments."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from ips_simulator import Hold, Simulator, Step
from ips_simulator.cli_errors import CommandError
from ips_simulator.cli_facts import Facts, facts_folder, facts_published, find_facts
from ips_simulator.cli_pay import _Terminal, printable, read_amount
from ips_simulator.paying import Paying, Verdict, judge
from ips_simulator.scenario_library import Library
from sim_helpers import till
from worldpay_ips import (
    CardPresent,
    Instruction,
    PaymentRequest,
    PaymentType,
    RequestValue,
)


class Cashier:
    """Answers as it is told to, and keeps what it was told."""

    def __init__(self, *, yes: bool = True, code: str | None = "AB12") -> None:
        self.yes, self.code = yes, code
        self.told: list[str] = []
        self.receipts: list[str] = []
        self.questions: list[str] = []
        self.on_tell: Any = None

    def tell(self, text: str) -> None:
        self.told.append(text)
        if self.on_tell is not None:
            self.on_tell(text)

    def receipt(self, kind: str, text: str) -> None:
        self.receipts.append(kind)
        assert "REF" in text

    def ask_yes(self, question: str) -> bool:
        self.questions.append(question)
        return self.yes

    def ask_code(self, question: str) -> str | None:
        self.questions.append(question)
        return self.code


def paying(simulator: Simulator, cashier: Cashier, scenario: str | None = None) -> Paying:
    if scenario is not None:
        simulator.next_payment(scenario)
    request = PaymentRequest(
        payment_type=PaymentType.SALE,
        merchant_transaction_reference="PAY-1",
        instruction=Instruction(value=RequestValue(amount=1099), payment_instrument=CardPresent()),
    )
    return Paying(till(simulator), request, cashier, pause=lambda _seconds: None)


@pytest.mark.parametrize(
    ("scenario", "verdict"),
    [
        ("approved", Verdict.APPROVED),
        ("declined-online", Verdict.DECLINED),
        ("cancelled-at-pad", Verdict.NOT_TAKEN),
        ("lost-before-result", Verdict.APPROVED),
        ("lost-before-decline", Verdict.DECLINED),
        ("error-after-approval", Verdict.APPROVED),
        ("empty-list-approved", Verdict.APPROVED),
        ("several-payments", Verdict.APPROVED),
        ("older-server", Verdict.APPROVED),
        ("query-pending", Verdict.UNKNOWN),
        ("query-unknown", Verdict.UNKNOWN),
        ("newer-outcome", Verdict.UNKNOWN),
    ],
)
def test_the_verdict_is_what_the_ledger_says_or_that_nobody_knows(
    scenario: str, verdict: Verdict, simulator: Simulator
) -> None:
    """Never "not taken" for what was charged; an end that was not seen is asked for."""
    assert paying(simulator, Cashier(), scenario).take() is verdict
    charged = bool(simulator.ledger.charges)
    assert verdict is Verdict.UNKNOWN or charged is (verdict is Verdict.APPROVED)
    assert len(simulator.ledger.charges) <= 1


@pytest.mark.parametrize("name", [one for one in Library().names if one.startswith("result-")])
def test_every_result_is_judged_by_what_it_charged(name: str, simulator: Simulator) -> None:
    """A result that is charged is never told as declined or not taken."""
    verdict = paying(simulator, Cashier(), name).take()
    if simulator.ledger.charges:
        assert verdict in (Verdict.APPROVED, Verdict.UNKNOWN)
    else:
        assert verdict is not Verdict.APPROVED


@pytest.mark.parametrize(
    ("scenario", "cashier", "question", "verdict"),
    [
        ("signature-accepted", Cashier(), "signature", Verdict.APPROVED),
        ("signature-accepted", Cashier(yes=False), "signature", Verdict.DECLINED),
        ("avs-confirmed", Cashier(), "address", Verdict.APPROVED),
        ("referral-approved", Cashier(), "Authorisation code", Verdict.APPROVED),
        ("referral-approved", Cashier(code=None), "Authorisation code", Verdict.DECLINED),
    ],
)
def test_what_is_asked_is_asked_of_the_cashier(
    scenario: str, cashier: Cashier, question: str, verdict: Verdict, simulator: Simulator
) -> None:
    """Once each, and the answer counts."""
    assert paying(simulator, cashier, scenario).take() is verdict
    (asked,) = cashier.questions
    assert question in asked


def test_texts_receipts_and_the_result_are_told(simulator: Simulator) -> None:
    """In their order."""
    cashier = Cashier()
    paying(simulator, cashier, "approved").take()
    assert cashier.told[0] == "PLEASE INSERT CARD"
    assert cashier.told[-1] == "APPROVED 10.99 GBP (authorised-online)"
    assert cashier.receipts == ["customer", "merchant"]


def test_an_abort_is_asked_for_and_the_result_is_waited_for(simulator: Simulator) -> None:
    """In time it ends the payment; nothing is charged."""
    cashier = Cashier()
    hold = Hold(Step.STARTED)
    simulator.next_payment("approved", hold=hold)
    one = paying(simulator, cashier)
    simulator.pin_pad().mode = "manual"
    cashier.on_tell = lambda text: one.abort() if text == "PLEASE INSERT CARD" else None
    hold.release()
    assert one.take() is Verdict.NOT_TAKEN
    assert simulator.ledger.charges == ()
    one.abort()  # after the end it does nothing


def test_nothing_sent_is_not_taken(simulator: Simulator) -> None:
    """The server is gone: the till knows that nothing was charged."""
    one = paying(simulator, cashier := Cashier())
    simulator.stop()
    assert one.take() is Verdict.NOT_TAKEN
    assert cashier.told[-1].startswith("Not sent: ")


def test_an_empty_list_proves_nothing() -> None:
    """Neither that it was charged nor that it was not."""
    assert judge([]) is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("text", "minor"), [("10.99", 1099), ("0.01", 1), ("9000.06", 900006), ("0.00", 0)]
)
def test_an_amount_is_read_exactly(text: str, minor: int) -> None:
    """Never through a float."""
    assert read_amount(text) == minor


@pytest.mark.parametrize("text", ["10", "10.9", "-1.00", "1,00", "1e3", "\u0663.00", ""])
def test_what_could_mean_two_amounts_is_refused(text: str) -> None:
    """`10` may be ten pounds or ten pence."""
    with pytest.raises(CommandError, match="write it with two decimals"):
        read_amount(text)


def test_nobody_at_the_terminal_means_no(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script that pays is not stopped by a question; it accepts nothing."""
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert _Terminal().ask_yes("Does it match") is False
    assert _Terminal().ask_code("Code") is None
    monkeypatch.setattr("sys.stdin", io.StringIO("maybe\ny\n!!\nAB12\n"))
    assert _Terminal().ask_yes("Does it match") is True
    assert _Terminal().ask_code("Code") == "AB12"
    assert "A code has 2 to 6 letters and digits." in capsys.readouterr().out


def test_no_text_can_steer_the_terminal() -> None:
    """Texts come from the other side."""
    assert printable("a\x1b[2Jb\r\x07") == "a?[2Jb??"


# -- where it finds the simulator


def facts_of(simulator: Simulator) -> Facts:
    host, port = simulator.address
    return Facts(
        host=host,
        port=port,
        tls=False,
        paypoint_ids=["INST001"],
        ca_file=None,
        page_url=None,
        license_key=simulator.license_key,
    )


@pytest.fixture
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert tmp_path in facts_folder().parents
    return facts_folder()


def test_the_running_simulator_is_found(simulator: Simulator, own_folder: Path) -> None:
    """Its file is for its user alone, and gone when it has stopped."""
    facts = facts_of(simulator)
    with facts_published(facts, None) as failure:
        assert failure is None
        (path,) = own_folder.iterdir()
        assert path.stat().st_mode & 0o077 == 0
        assert find_facts(None) == facts
        assert simulator.license_key not in repr(facts)
    assert list(own_folder.iterdir()) == []
    with pytest.raises(CommandError, match="no simulator runs here; start one"):
        find_facts(None)


def test_of_several_simulators_one_has_to_be_named(simulator: Simulator, own_folder: Path) -> None:
    """A payment goes to no server by chance. One that was killed does not count."""
    with (
        Simulator() as other,
        facts_published(facts_of(simulator), None),
        facts_published(facts_of(other), None),
    ):
        with pytest.raises(CommandError) as caught:
            find_facts(None)
        paths = sorted(own_folder.iterdir())
        assert all(f"--facts {path}" in str(caught.value) for path in paths)
        other.stop()
        assert find_facts(None) == facts_of(simulator)
        named = own_folder / f"serving-{simulator.address[1]}.json"
        assert find_facts(named) == facts_of(simulator)
        (gone,) = [path for path in paths if path != named]
        with pytest.raises(CommandError, match="does not run any more"):
            find_facts(gone)


@pytest.mark.parametrize("text", ["", "[]", '{"host":1}', "{"])
def test_a_file_of_another_program_is_told(text: str, tmp_path: Path) -> None:
    """Instead of a traceback."""
    path = tmp_path / "facts"
    path.write_text(text, encoding="ascii")
    with pytest.raises(CommandError, match="was not written by ips-simulator serve"):
        find_facts(path)
    with pytest.raises(CommandError, match="No such file"):
        find_facts(tmp_path / "none")


def test_a_folder_that_cannot_be_written_is_told_and_harms_nobody(
    simulator: Simulator, tmp_path: Path
) -> None:
    """The simulator serves all the same."""
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="ascii")
    with facts_published(facts_of(simulator), blocked / "facts") as failure:
        assert failure is not None
        assert str(blocked) in failure


def test_the_facts_are_plain_json(simulator: Simulator, tmp_path: Path) -> None:
    """For programs that are no till of ours."""
    path = tmp_path / "facts"
    with facts_published(facts_of(simulator), path):
        assert json.loads(path.read_text(encoding="ascii"))["port"] == simulator.address[1]
