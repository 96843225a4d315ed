"""What is proved: each operation that moves money, and with which scenarios it is played."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from ips_simulator import Library, Scenario
from ips_simulator.ledger import ChargeKind
from ips_simulator.scenario import Decide
from worldpay_ips.operations import API

AMOUNT: Final = 1099
"""Minor units of what is paid; the scenarios' own."""
PRE_AUTH_AMOUNT: Final = 8000


@attrs.frozen(kw_only=True)
class Operation:
    """One operation, as a till is asked for it."""

    name: str
    method: str
    """Of `Till`."""
    arguments: dict[str, Any] = attrs.field(factory=dict[str, Any])
    amount: int | None = AMOUNT
    charge: ChargeKind | None = None
    """What it enters into the ledger when it is approved."""
    opens: str = "startPayment"
    """The operation of the API."""
    mark: bytes = b""
    """What tells its request from others to the same destination."""
    prepare: str | None = None
    """The operation that comes before it, over a link that works."""
    instrument: str = "card/present"
    """Of the scenarios that are written for it alone."""
    payment_type: str = "sale"

    @property
    def destination(self) -> str:
        """Where its request goes: never twice."""
        return API.by_name[self.opens].channel.address

    @property
    def is_payment(self) -> bool:
        """True when it is played by a scenario's steps."""
        return self.prepare is None and self.method in _PAYMENT_METHODS


_PAYMENT_METHODS: Final = {"sale", "refund", "pre_auth", "check_card", "verify_account"}

OPERATIONS: Final = {
    operation.name: operation
    for operation in (
        Operation(name="sale", method="sale", charge=ChargeKind.SALE),
        Operation(name="refund", method="refund", charge=ChargeKind.REFUND, payment_type="refund"),
        Operation(
            name="pre-auth",
            method="pre_auth",
            charge=ChargeKind.AUTHORISATION,
            payment_type="pre-auth",
        ),
        Operation(
            name="token sale",
            method="sale",
            arguments={"token": "A1B2C3D4E5F6G7H"},  # the documentation's
            charge=ChargeKind.SALE,
            instrument="card/token",
        ),
        Operation(
            name="keyed-recovery sale",
            method="sale",
            arguments={"auth_code": "1234AA"},
            charge=ChargeKind.SALE,
            instrument="card/keyed-recovery",
        ),
        Operation(
            name="keyed sale",
            method="sale",
            arguments={"keyed": True},
            charge=ChargeKind.SALE,
            instrument="card/keyed",
        ),
        Operation(
            name="account verification",
            method="verify_account",
            arguments={"token_purpose": "recurring"},
            amount=None,
        ),
        Operation(
            name="telephone sale",
            method="sale",
            arguments={"not_present": True},
            charge=ChargeKind.SALE,
            instrument="card/not-present",
        ),
        Operation(name="check card", method="check_card", amount=None, payment_type="check-card"),
        Operation(
            name="settle",
            method="settle",
            opens="settlePayment",
            amount=6500,
            charge=ChargeKind.SETTLEMENT,
            prepare="pre-auth",
        ),
        Operation(
            name="cancel",
            method="cancel",
            opens="cancelPayment",
            amount=None,
            charge=ChargeKind.CANCEL,
            prepare="sale",
        ),
        Operation(
            name="Z report",
            method="z_report",
            opens="requestBatchReport",
            mark=b'"closeBatch":true',
            amount=None,
            prepare="sale",
        ),
        Operation(name="restart", method="restart", opens="restartDevice", amount=None),
    )
}

PLAIN: Final = "plain"
"""The scenario of operations that no scenario plays."""

_FOLLOW_UPS: Final = ("query-pending", "query-empty", "query-unknown", "busy")
"""Scenarios that answer questions otherwise, for what is not a payment."""


def pairs(library: Library) -> Iterator[tuple[Operation, str]]:
    """Every operation with every scenario that fits it."""
    for operation in OPERATIONS.values():
        if not operation.is_payment:
            yield operation, PLAIN
            if operation.charge is not None:
                yield from ((operation, name) for name in _FOLLOW_UPS)
            continue
        for scenario in library.all():
            if fits(operation, scenario):
                yield operation, scenario.name


def fits(operation: Operation, scenario: Scenario) -> bool:
    """Whether a scenario plays an operation.

    One that says which kind of payment or card it is about plays that; the others play every kind.
    """
    if (first := _request_of(scenario)) is None:
        return False
    if not is_special(scenario):
        return operation.amount is not None or not _says_an_amount(scenario)
    type_ = first.get("paymentType", "sale")
    instrument = first.get("instrument", {}).get("type", "card/present")
    if type_ != operation.payment_type or instrument != operation.instrument:
        return False
    return (first.get("amount") == 0) == (operation.method == "verify_account")


def is_special(scenario: Scenario) -> bool:
    """Whether a scenario says which kind of payment or card it is about."""
    return bool({"paymentType", "instrument", "amount"} & set(_request_of(scenario) or ()))


def _request_of(scenario: Scenario) -> Mapping[str, Any] | None:
    found = (one for one in scenario.expect if one.operation == "startPayment")
    first = next(found, None)
    return None if first is None else first.send


def _says_an_amount(scenario: Scenario) -> bool:
    """Whether it charges something of its own, which nothing without an amount does."""
    return any(
        part is not None
        for step in scenario.payment or ()
        if isinstance(step, Decide)
        for part in (step.amount, step.cashback, step.gratuity, step.donation)
    )
