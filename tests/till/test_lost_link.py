"""The link is lost, the process is killed: what the till says, and what the ledger knows."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from ips_simulator import Behaviour, Fault, Hold, Inventions, Simulator, VirtualClock
from ips_simulator.feed import FrameSeen
from ips_simulator.scenario_steps import Complete, Decide, Fail, Reply, TellResult
from ips_till import (
    Approved,
    ConfigurationError,
    Declined,
    Intent,
    MoneyOperation,
    NotSentError,
    NotTaken,
    OutcomeUnknownError,
    Payment,
    Phase,
    Recovering,
    Till,
    Unknown,
    UnresolvedPaymentError,
)
from till_helpers import FAST, Shop, agrees, quick, sell, sends
from worldpay_ips import OnPremise

ROOT = Path(__file__).resolve().parents[2]


def take_until(payment: Payment, trouble: type[BaseException]) -> None:
    """Take a payment in a program that has trouble at the first event."""
    with payment:
        for _ in payment:
            raise trouble


@pytest.mark.criterion("AC1")
@pytest.mark.parametrize(
    "scenario",
    [
        "lost-before-result",
        "error-after-approval",
        "fault-reset",
        "fault-stomp-error",
        "query-empty",
    ],
)
def test_a_payment_is_sent_once_whatever_happens(shop: Shop, till: Till, scenario: str) -> None:
    """After losses, errors and queries there is one SEND to /v1/payment, and one charge."""
    requests = sends(shop, "/v1/payment")
    shop.simulator.next_payment(scenario)
    payment = sell(till)
    till.recover()
    assert len(requests) == 1
    assert len(shop.charges(payment.reference)) == 1


@pytest.mark.criterion("AC2")
def test_a_loss_before_the_request_is_certain(tmp_path: Path) -> None:
    """Nobody listens: nothing was sent, the journal says so, and the paypoint is free."""
    nowhere = OnPremise(host="127.0.0.1", port=9, paypoint_id="INST001", plain=True)
    journal = tmp_path / "till.sqlite3"
    with Till(nowhere, license_key="k", journal=journal, settings=FAST) as till:
        payment = till.sale(1099, on_action="decline")
        with pytest.raises(NotSentError, match="nothing was charged; try again") as caught, payment:
            pass
        assert caught.value.reference == payment.reference
        assert till.unresolved() == ()
        entry = till.journal.find(payment.reference)
        assert entry is not None
        assert (entry.phase, entry.sending_at) == (Phase.RESOLVED, None)


@pytest.mark.criterion("AC2")
def test_a_license_key_that_is_refused_is_not_sent(shop: Shop) -> None:
    """The server refuses the connection: the error says what it said."""
    with (
        shop.till(license_key="wrong") as till,
        pytest.raises(NotSentError, match="the server refused"),
        till.sale(1099),
    ):
        pass
    assert shop.simulator.ledger.charges == ()


@pytest.mark.criterion("AC2", "AC14")
def test_an_unknown_outcome_says_all_that_recovery_needs(shop: Shop) -> None:
    """Reference, paypoint, correlation id and a way to recover; as an outcome and as an error."""
    with shop.till(settings=quick(recovery_total=0.2, request=0.3)) as till:
        shop.play(
            Decide(),
            TellResult(),
            faults=(Fault(kind="drop", at="result"),),
            operations={"queryPaymentResult": (Fail(code="90099", message="[invented] not now"),)},
        )
        payment = sell(till)
        outcome = payment.outcome
        assert isinstance(outcome, Unknown)
        assert (outcome.reference, outcome.paypoint_id) == (payment.reference, "INST001")
        assert outcome.correlation_id == payment.correlation_id
        assert "Do not charge again" in outcome.what_to_do
        error = outcome.as_error()
        assert isinstance(error, OutcomeUnknownError)
        assert payment.reference in str(error)
        assert agrees(error.recover(), shop.charges(payment.reference))


@pytest.mark.criterion("AC3")
def test_recovery_goes_on_while_the_payment_does(shop: Shop, till: Till) -> None:
    """The payment goes on without its client; the till asks until it is decided."""
    hold = Hold("result")
    queries = sends(shop, "/v1/payment/query/result")
    shop.simulator.next_payment(Behaviour(drop_before="card"), hold=hold)
    with till.sale(1099) as payment:
        steps = []
        for event in payment:
            if isinstance(event, Recovering):
                steps.append(event)
                hold.release()
    assert isinstance(payment.outcome, Approved)
    assert steps
    assert queries
    assert len(shop.charges(payment.reference)) == 1


@pytest.mark.criterion("AC3")
def test_recovery_asks_again_while_it_is_pending(shop: Shop, till: Till) -> None:
    """The query says pending until the third time; then it is what the ledger has."""
    pending = {
        "merchantTransactionReference": "PEND",
        "outcome": "pending",
        "paymentType": "sale",
    }
    shop.play(
        Decide(),
        TellResult(),
        Complete(),
        faults=(Fault(kind="drop", at="result"),),
        operations={"queryPaymentResult": (Reply(patch={"payments": [pending]}),)},
    )
    queries = sends(shop, "/v1/payment/query/result")

    def settle(_event: object) -> None:
        if len(queries) == 3:
            shop.simulator.choose("INST001", None)  # what an operation is answered ends

    unsubscribe = shop.simulator.feed.subscribe(settle)
    payment = sell(till, reference="PEND")
    unsubscribe()
    assert len(queries) >= 3
    assert isinstance(payment.outcome, Approved)
    assert len(shop.charges("PEND")) == 1


@pytest.mark.criterion("AC3")
def test_recovery_waits_for_a_busy_service_and_gives_up_in_time(shop: Shop) -> None:
    """A payment that hangs is not decided by impatience: unknown, then known."""
    hold = Hold("result")
    shop.simulator.next_payment(Behaviour(drop_before="card"), hold=hold)
    with shop.till(settings=quick(recovery_total=0.3)) as till:
        payment = sell(till)
        assert isinstance(payment.outcome, Unknown)
        assert not payment.outcome.needs_person
        hold.release()
        recovered = till.recover()
        assert isinstance(recovered, Approved)
        assert len(shop.charges(payment.reference)) == 1


@pytest.mark.criterion("AC3", "AC31")
def test_receipts_are_complete_after_a_loss(shop: Shop, till: Till) -> None:
    """The link was cut before the receipts: both copies are fetched and in the journal."""
    shop.simulator.next_payment(Behaviour(drop_before="receipts"))
    payment = sell(till)
    assert isinstance(payment.outcome, Approved)
    assert payment.outcome.missing_receipts == ()
    entry = till.journal.find(payment.reference)
    assert entry is not None
    assert sorted(receipt.type for receipt in entry.receipts) == ["customer", "merchant"]


@pytest.mark.criterion("AC4")
def test_the_intent_is_on_disk_before_the_request_leaves(shop: Shop, till: Till) -> None:
    """When the server reads the request, another process would find the entry in the journal."""
    phases: list[str] = []
    other = shop.journal()

    def look(event: object) -> None:
        if isinstance(event, FrameSeen) and event.command == "SEND":
            phases.extend(entry.phase.value for entry in other.unresolved())

    unsubscribe = shop.simulator.feed.subscribe(look)
    sell(till)
    unsubscribe()
    assert phases[0] == "sending"


CHILD = """
    import os, signal, sys
    from pathlib import Path
    from ips_till import Notification, Till
    from worldpay_ips import OnPremise
    from till_helpers import FAST

    port, key, journal, when = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
    server = OnPremise(host="127.0.0.1", port=port, paypoint_id="INST001", plain=True)
    with Till(server, license_key=key, journal=journal, settings=FAST, on_action="decline") as till:
        with till.sale(1099, reference="KILLED") as payment:
            for number, event in enumerate(payment):
                if number == when:
                    os.kill(os.getpid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.criterion("AC5")
@pytest.mark.parametrize("when", [0, 3, 5, 99])
def test_a_killed_till_finds_out_what_became_of_its_payment(shop: Shop, when: int) -> None:
    """Killed at the first message, in the middle, at the receipts, at the end: charged once.

    `nox -s no-double-charge` kills at every frame.
    """
    host, port = shop.simulator.address
    assert host
    arguments = [str(port), shop.simulator.license_key, str(shop.path), str(when)]
    folders = ["generated", "runtime", "simulator", "till", "tests/till"]
    died = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(CHILD), *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(str(ROOT / name) for name in folders)},
        check=False,
        timeout=60,
    )
    assert died.returncode == -signal.SIGKILL
    with shop.till() as till:
        outcome = till.recover("KILLED")
        assert isinstance(outcome, Approved)
        assert till.unresolved() == ()
    assert len(shop.charges("KILLED")) == 1


@pytest.mark.criterion("AC5", "AC11")
def test_what_the_service_never_received_is_not_taken(till: Till) -> None:
    """Left behind while sending; the service knows nothing: with the lease whole it counts."""
    intent = Intent(reference="LOST", paypoint_id="INST001", operation=MoneyOperation.SALE)
    lease = till.journal.begin(intent)
    till.journal.sending(lease, correlation_id="c")
    till.journal.give_back(lease)
    outcome = till.recover()
    assert isinstance(outcome, NotTaken)
    assert till.unresolved() == ()


@pytest.mark.criterion("AC5")
def test_what_was_only_intended_was_not_sent(shop: Shop, till: Till) -> None:
    """Nothing is asked: the journal alone knows that nothing left."""
    intent = Intent(reference="NEVER", paypoint_id="INST001", operation=MoneyOperation.SALE)
    till.journal.give_back(till.journal.begin(intent))
    queries = sends(shop, "/v1/payment/query/result")
    outcome = till.recover("NEVER")
    assert isinstance(outcome, NotTaken)
    assert queries == []


@pytest.mark.criterion("AC5")
def test_a_program_that_is_interrupted_leaves_the_payment_to_recovery(
    shop: Shop, till: Till
) -> None:
    """An interrupt in the loop ends the till's work at once, and loses nothing."""
    payment = till.sale(1099)
    with pytest.raises(KeyboardInterrupt):
        take_until(payment, KeyboardInterrupt)
    assert isinstance(payment.outcome, Unknown)
    outcome = till.recover()
    assert isinstance(outcome, Approved)
    assert len(shop.charges(payment.reference)) == 1


@pytest.mark.criterion("AC5")
def test_an_error_of_the_program_does_not_end_the_payment(shop: Shop, till: Till) -> None:
    """The screen fails; the payment is read to its end all the same, and the error comes out."""
    payment = till.sale(1099)
    with pytest.raises(ZeroDivisionError):
        take_until(payment, ZeroDivisionError)
    assert isinstance(payment.outcome, Approved)
    assert len(shop.charges(payment.reference)) == 1


def test_leaving_early_reads_to_the_end(till: Till) -> None:
    """`break` is no abort."""
    with till.sale(1099) as payment:
        for _ in payment:
            break
    assert isinstance(payment.outcome, Approved)


@pytest.mark.criterion("AC11")
@pytest.mark.parametrize("scenario", ["query-unknown", "query-pending"])
def test_not_found_is_not_believed_against_evidence(shop: Shop, till: Till, scenario: str) -> None:
    """The service had sent receipts, and now knows of nothing: a person has to look."""
    shop.simulator.next_payment(scenario)
    payment = sell(till)
    assert isinstance(payment.outcome, Unknown)
    assert payment.outcome.needs_person
    assert shop.charges(payment.reference)


@pytest.mark.criterion("AC11")
def test_a_receipt_is_a_second_witness(shop: Shop, till: Till) -> None:
    """Nothing was heard before the loss and the query denies it; but there is a receipt of it."""
    shop.simulator.inject("INST001", Fault(kind="drop", frame=2))
    shop.simulator.next_payment("query-unknown")
    payment = sell(till)
    assert isinstance(payment.outcome, Unknown)
    assert payment.outcome.needs_person
    assert "receipt" in payment.outcome.why


@pytest.mark.criterion("AC11")
@pytest.mark.parametrize("follow_up_reference", ["own", "payment"])
def test_a_denied_settlement_is_for_a_person(shop: Shop, follow_up_reference: str) -> None:
    """It leaves no receipt: one word of the service is not enough to settle it a second time."""
    settings = quick(follow_up_reference=follow_up_reference)
    with shop.till(settings=settings) as till:
        with till.pre_auth(8000) as held:
            held.finish()
        shop.simulator.inject("INST001", Fault(kind="drop", frame=2))
        shop.simulator.choose("INST001", shop.simulator.library.get("query-unknown"))
        outcome = till.settle(held.reference, 6500, reference="S1")
        assert isinstance(outcome, Unknown)
        assert outcome.needs_person
        assert "no receipt" in outcome.why
        with pytest.raises(UnresolvedPaymentError):
            till.settle(held.reference, 6500)
        assert [charge.kind for charge in shop.simulator.ledger.charges].count("settlement") == 1


@pytest.mark.criterion("AC5")
def test_a_payment_that_ends_with_its_client_is_found_out(tmp_path: Path) -> None:
    """The other answer to what nobody knows: the payment dies with the link."""
    rules = Inventions(payment_survives_client=False)
    with Simulator(clock=VirtualClock(auto=True), inventions=rules) as simulator:
        shop = Shop(simulator, tmp_path)
        with shop.till() as till:
            simulator.next_payment(Behaviour(drop_before="card"))
            payment = sell(till)
            assert isinstance(payment.outcome, NotTaken | Declined)
            assert shop.charges(payment.reference) == ()
        shop.close()


def test_a_closed_till_says_so(shop: Shop) -> None:
    """Use after close is an error of the program, not of the payment."""
    till = shop.till()
    till.close()
    with pytest.raises(ConfigurationError, match="closed"):
        till.sale(1099)


def _locked() -> str:
    raise ConfigurationError("the keyring is locked")


def _broken() -> str:
    raise RuntimeError("the vault is gone")


@pytest.mark.criterion("AC2")
@pytest.mark.parametrize(("key", "error"), [(_locked, ConfigurationError), (_broken, NotSentError)])
def test_a_key_that_cannot_be_fetched_leaves_the_paypoint_free(
    shop: Shop, key: Callable[[], str], error: type[Exception]
) -> None:
    """Nothing was connected: nothing was sent, and the next till need not recover anything."""
    with shop.till(license_key=key) as till:
        with pytest.raises(error), till.sale(1099):
            pass
        assert till.unresolved() == ()
