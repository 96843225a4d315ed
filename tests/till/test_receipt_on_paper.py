"""Receipts of payments on paper: the slip to sign, a kill while printing, nothing forbidden."""

import subprocess
import sys
import textwrap

import pytest

from ips_simulator import Behaviour
from ips_till import Actions, Approved, ReceiptReady, SignatureQuestion, Till
from ips_till.receipts import AlreadyPrintedError, Receipt, Severity, lint, print_once
from till_helpers import Shop, sell


@pytest.mark.criterion("AC33")
def test_the_slip_to_sign_is_there_before_the_question(shop: Shop) -> None:
    """The cashier holds the slip, in the journal too, when asked whether the signature matches."""
    order = list[str]()

    def compare(_: SignatureQuestion) -> bool:
        slips = [receipt for receipt in printed if receipt.is_signature_slip]
        order.append(f"asked with {len(slips)} slip")
        return True

    printed = list[Receipt]()
    actions = Actions(otherwise="decline", signature=compare)
    with shop.till(on_action=actions) as till:
        shop.simulator.next_payment(Behaviour(actions=["signature-verification"]))
        with till.sale(1099) as payment:
            for event in payment:
                if isinstance(event, ReceiptReady):
                    printed.append(Receipt.from_stored(event.receipt))
                    order.append(event.receipt.type)
        assert isinstance(payment.outcome, Approved)
    assert order[:2] == ["merchant", "asked with 1 slip"]


CHILD = """
    import os, signal, sys
    from pathlib import Path
    from ips_till.journals import SqliteJournal
    from ips_till.receipts import print_once

    def dies(receipt, duplicate):
        Path(sys.argv[3]).write_text(receipt.text)
        os.kill(os.getpid(), signal.SIGKILL)

    with SqliteJournal(Path(sys.argv[1])) as journal:
        stored = journal.find(sys.argv[2]).receipts[0]
        print_once(stored, sys.argv[2], ledger=journal, output=dies)
"""


@pytest.mark.criterion("AC33")
def test_a_kill_while_printing_makes_no_second_original(shop: Shop, till: Till) -> None:
    """The paper came out and the process died: the next print is a duplicate."""
    payment = sell(till)
    paper = shop.folder / "paper"
    child = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(CHILD), shop.path, payment.reference, paper],
        check=False,
        timeout=60,
    )
    assert child.returncode == -9
    assert paper.exists()
    stored = till.ensure_receipts(payment.reference)[0]
    with pytest.raises(AlreadyPrintedError):
        print_once(stored, payment.reference, ledger=till.journal, output=lambda *_: None)


def test_receipts_of_the_simulator_have_nothing_forbidden(till: Till) -> None:
    """The reference, which may look like a card number, is exempt."""
    payment = sell(till)
    for stored in till.ensure_receipts(payment.reference):
        found = lint(Receipt.from_stored(stored), exempt=[payment.reference])
        assert {finding.severity for finding in found} <= {Severity.ADVICE}
