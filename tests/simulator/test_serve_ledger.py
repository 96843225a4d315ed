"""The ledger as a file."""

import json
from pathlib import Path

from jsonschema import Draft202012Validator

import ips_simulator
from ips_simulator import ChargeKind, Ledger, Simulator
from ips_simulator.ledger_export import ledger_document, write_ledger
from sim_helpers import cancel, pay, settle, till
from worldpay_ips import PaymentType

SCHEMA = Path(ips_simulator.__file__).with_name("ledger.schema.json")


def test_every_kind_of_charge_is_exported_as_the_schema_says(simulator: Simulator) -> None:
    """A sale, an authorisation and its settlement, a refund, a cancel; on two paypoints."""
    first, second = till(simulator), till(simulator, "LANE2")
    pay(first, PaymentType.SALE, 1099)
    settle(first, pay(first, PaymentType.PRE_AUTH, 500), 400)
    pay(second, PaymentType.REFUND, 250)
    cancel(second, pay(second, PaymentType.SALE, 99))
    document = json.loads(simulator.ledger.to_json())
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    Draft202012Validator.check_schema(validator.schema)
    assert [error.message for error in validator.iter_errors(document)] == []
    assert [(one["kind"], one["amount"], one["paypointId"]) for one in document["charges"]] == [
        ("sale", 1099, "INST001"),
        ("authorisation", 500, "INST001"),
        ("settlement", 400, "INST001"),
        ("refund", 250, "LANE2"),
        ("sale", 99, "LANE2"),
        ("cancel", 99, "LANE2"),
    ]
    assert document["totals"] == {
        "saleCount": 2,
        "saleAmount": 1499,
        "refundCount": 1,
        "refundAmount": 250,
        "netAmount": 1249,
    }
    assert document["paypoints"]["LANE2"]["netAmount"] == -250
    kinds = validator.schema["$defs"]["charge"]["properties"]["kind"]["enum"]
    assert kinds == [kind.value for kind in ChargeKind]


def test_an_empty_ledger_is_a_document_too() -> None:
    """Nothing was charged, and that is what it says."""
    document = json.loads(Ledger().to_json())
    assert document["charges"] == []
    assert document["totals"]["netAmount"] == 0
    assert document["version"] == 1


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """The old content or the new, and nothing beside it."""
    path = tmp_path / "ledger.json"
    path.write_text("old", encoding="ascii")
    ledger = Ledger()
    ledger.book(
        ChargeKind.SALE,
        paypoint_id="INST001",
        batch_number=1,
        merchant_transaction_reference="Käse-1",
        gateway_transaction_reference="G1",
        amount=10**20,
    )
    write_ledger(ledger, path)
    assert json.loads(path.read_text(encoding="ascii")) == ledger_document(ledger)
    assert ledger_document(ledger)["charges"][0]["amount"] == 10**20
    assert list(tmp_path.iterdir()) == [path]
