"""The command at a terminal: questions, interruptions, narrow screens, and the plug pulled."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli_helpers import Shop
from ips_simulator import Hold, Simulator, Step

CTRL_C = "\x03"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with Simulator() as simulator:
        yield Shop(tmp_path, simulator)


def held(shop: Shop, scenario: str = "approved", at: Step = Step.STARTED) -> Hold:
    """The next payment waits at a step until it is released."""
    hold = Hold(at)
    shop.simulator.next_payment(scenario, hold=hold)
    return hold


def silent(shop: Shop) -> None:
    """The next payment waits for a card that nobody inserts."""
    shop.simulator.pin_pad().mode = "manual"


@pytest.mark.parametrize("columns", [40, 80])
def test_no_line_is_wider_than_the_terminal(shop: Shop, columns: int) -> None:
    """And the line at the bottom is gone at the end; the cursor was never hidden."""
    with shop.terminal("sale", "10.99", columns=columns) as terminal:
        assert terminal.ends() == 0
        assert "Approved: 10.99 GBP taken." in terminal.seen
        shown = [line.rpartition("\r")[2] for line in terminal.seen.split("\n")]
        assert max(map(len, shown)) <= columns
        assert shown[-1] == ""
        assert terminal.modes_now() == terminal.modes


@pytest.mark.criterion("AC33")
@pytest.mark.parametrize(
    ("typed", "code", "charged"),
    [("y\r", 0, 1), ("YES\r", 0, 1), ("\r", 10, 0), ("n\r", 10, 0), ("\x04", 10, 0),
     ("x\x7fy\r", 0, 1), ("nobody\x15\r", 10, 0), ("y\x15\r", 10, 0)],
)  # fmt: skip
def test_a_signature_is_judged_by_the_cashier(
    shop: Shop, typed: str, code: int, charged: int
) -> None:
    """The slip is shown before the question; only y and Enter is a yes; the modes come back."""
    shop.simulator.next_payment("signature-accepted")
    with shop.terminal("sale", "10.99") as terminal:
        terminal.wait_for("[y/N]")
        assert terminal.seen.index("SIGN HERE") < terminal.seen.index("Does the signature match")
        terminal.type(typed)
        assert terminal.ends() == code
        assert terminal.modes_now() == terminal.modes
    assert len(shop.simulator.ledger.charges) == charged


@pytest.mark.parametrize(("option", "code"), [("ask", 0), ("decline", 10)])
def test_the_terminal_is_asked_unless_an_option_says_otherwise(
    shop: Shop, option: str, code: int
) -> None:
    """The environment's policy is for where nobody can be asked."""
    shop.simulator.next_payment("signature-accepted")
    shop.environ["IPS_TILL_ON_ACTION"] = "abort"
    with shop.terminal("sale", "10.99", "--on-action", option) as terminal:
        if option == "ask":
            terminal.wait_for("[y/N]")
            terminal.type("y\r")
        assert terminal.ends() == code


def test_what_is_neither_yes_nor_no_is_asked_again(shop: Shop) -> None:
    """And what was typed after it does not count."""
    shop.simulator.next_payment("signature-accepted")
    with shop.terminal("sale", "10.99") as terminal:
        terminal.wait_for("[y/N]")
        terminal.type("maybe\ry\r")
        terminal.wait_for("Enter alone for no.")
        terminal.forget()
        terminal.wait_for("[y/N] 11")
        terminal.type("n\r")
        assert terminal.ends() == 10


def test_what_was_typed_before_answers_nothing(shop: Shop) -> None:
    """A cashier who leans on the keyboard has not agreed."""
    hold = held(shop, "signature-accepted")
    with shop.terminal("sale", "10.99") as terminal:
        terminal.wait_for("Reference")
        terminal.type("y\ry\ry\r")
        hold.release()
        terminal.wait_for("[y/N] 11")
        terminal.type("\r")
        assert terminal.ends() == 10
    assert shop.simulator.ledger.charges == ()


def test_a_code_is_asked_for_until_it_is_one(shop: Shop) -> None:
    """The telephone number is shown; nonsense is asked again; the code counts."""
    shop.simulator.next_payment("referral-approved")
    with shop.terminal("sale", "10.99") as terminal:
        terminal.wait_for("[code]")
        assert "02011112222" in terminal.seen
        terminal.type("!\r")
        terminal.wait_for("A code is 2 to 6")
        terminal.type("AB12\r")
        assert terminal.ends() == 0


@pytest.mark.criterion("AC28", "AC30")
def test_nobody_answers_in_time_is_a_no(shop: Shop) -> None:
    """The seconds count down, and at their end the answer is no."""
    shop.simulator.next_payment("signature-accepted")
    shop.environ["IPS_TILL_ACTION_SECONDS"] = "2"
    with shop.terminal("sale", "10.99") as terminal:
        terminal.wait_for("[y/N] 1 s")
        assert terminal.ends() == 10
        assert "Nobody answered in time" in terminal.seen
        assert terminal.modes_now() == terminal.modes
    assert shop.simulator.ledger.charges == ()


@pytest.mark.criterion("AC17")
def test_ctrl_c_asks_for_an_abort_and_waits_for_the_truth(shop: Shop) -> None:
    """In time it ends the payment; the outcome says so, not the key."""
    silent(shop)
    with shop.terminal("sale", "10.99") as terminal:
        terminal.wait_for("PLEASE INSERT CARD")
        terminal.type(CTRL_C)
        assert terminal.ends() == 11
        assert "Asking for an abort" in terminal.seen
        assert "Not taken: it was aborted." in terminal.seen
    assert shop.simulator.ledger.charges == ()
    assert shop.till("journal", "unresolved").code == 0


@pytest.mark.criterion("AC18", "AC19")
def test_an_abort_that_comes_too_late_is_an_approval(shop: Shop) -> None:
    """The money is taken, and the cashier is told how to give it back."""
    hold = held(shop, "approved", Step.RECEIPTS)
    with shop.terminal("sale", "10.99") as terminal:
        terminal.wait_for("ENTER PIN")
        hold.wait_until_reached(30)
        terminal.type(CTRL_C)
        hold.wait_until_abort_came(30)
        hold.release()
        assert terminal.ends() == 0
        assert "The abort came too late." in " ".join(terminal.seen.split())
    assert len(shop.simulator.ledger.charges) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_other_signals_ask_for_an_abort_too(shop: Shop, number: signal.Signals) -> None:
    """Whoever stops the program does not stop the money."""
    silent(shop)
    with shop.terminal("sale", "10.99") as terminal:
        terminal.wait_for("PLEASE INSERT CARD")
        terminal.stop(number)
        assert terminal.ends() == 11


def test_a_closed_window_asks_for_an_abort_too(shop: Shop) -> None:
    """Nobody reads any more; the truth is in the journal and in the exit code."""
    silent(shop)
    with shop.terminal("sale", "10.99", "--reference", "WINDOW") as terminal:
        terminal.wait_for("PLEASE INSERT CARD")
        terminal.hang_up()
        assert terminal.process.wait(30) == 11
    assert shop.till("journal", "show", "WINDOW", "--json").event("entry")["outcome"] == "not-taken"


def test_a_window_closed_in_a_question_is_a_no(shop: Shop) -> None:
    """Whoever closes it has not agreed."""
    shop.simulator.next_payment("signature-accepted")
    with shop.terminal("sale", "10.99", "--reference", "WINDOW") as terminal:
        terminal.wait_for("[y/N]")
        terminal.hang_up()
        assert terminal.process.wait(30) in (10, 11)
    assert shop.simulator.ledger.charges == ()


def test_a_job_in_the_background_is_not_asked(shop: Shop) -> None:
    """Asking would stop it, and its heart-beats with it."""
    shop.simulator.next_payment("signature-accepted")
    with shop.terminal("sale", "10.99", background=True) as terminal:
        assert terminal.ends() == 10
        assert "Nobody is asked: no." in terminal.seen


def test_a_payment_is_not_paused(shop: Shop) -> None:
    """Ctrl-Z would let the heart-beats die."""
    silent(shop)
    with shop.terminal("sale", "10.99") as terminal:
        terminal.wait_for("PLEASE INSERT CARD")
        terminal.type("\x1a")
        terminal.wait_for("cannot be paused")
        terminal.type(CTRL_C)
        assert terminal.ends() == 11


def test_ctrl_c_in_a_question_is_no_and_an_abort(shop: Shop) -> None:
    """And the terminal is as it was."""
    shop.simulator.next_payment("signature-accepted")
    with shop.terminal("sale", "10.99") as terminal:
        terminal.wait_for("[y/N]")
        terminal.type("y" + CTRL_C)
        assert terminal.ends() in (10, 11)
        assert terminal.modes_now() == terminal.modes
    assert shop.simulator.ledger.charges == ()


def test_the_third_ctrl_c_leaves_and_tells_how_to_recover(shop: Shop) -> None:
    """The second says that it still waits. What was left is found out afterwards."""
    hold = held(shop, at=Step.AUTHORISATION)
    with shop.terminal("sale", "10.99", "--reference", "LEFT") as terminal:
        terminal.wait_for("Reference")
        hold.wait_until_reached(30)
        for said in ("Asking for an abort", "Still waiting for the truth", "till recover"):
            terminal.type(CTRL_C)
            terminal.wait_for(said)
        assert terminal.ends() == 20
        assert terminal.modes_now() == terminal.modes
    hold.release()
    assert shop.till("sale", "1.00").code == 21
    recovered = shop.till("recover", "--json")
    told = recovered.event("outcome")
    assert told["reference"] == "LEFT"
    assert recovered.code == (0 if shop.simulator.ledger.charges else 11)


@pytest.mark.criterion("AC5")
@pytest.mark.parametrize("scenario", ["approved", "declined-online"])
@pytest.mark.parametrize("at", [Step.STARTED, Step.RECEIPTS])
def test_after_the_plug_was_pulled_recover_tells_the_truth(
    shop: Shop, scenario: str, at: Step
) -> None:
    """The process is killed (-9) in the middle of a sale; the ledger is the judge."""
    hold = held(shop, scenario, at)
    with shop.terminal("sale", "10.99", "--reference", "PLUG") as terminal:
        hold.wait_until_reached(30)
        terminal.stop(signal.SIGKILL)
        assert terminal.ends() == -9
        assert terminal.modes_now() == terminal.modes
    hold.release()
    assert shop.till("sale", "10.99").code == 21
    recovered = shop.till("recover", "--json")
    told = recovered.event("outcome")
    charged = len(shop.simulator.ledger.charges)
    assert told["reference"] == "PLUG"
    assert told["outcome"] in ("approved", "declined", "not-taken")
    assert (told["outcome"] == "approved") is (charged == 1)
    assert recovered.code == told["exit_code"]
    assert shop.till("sale", "1.00").code == 0
