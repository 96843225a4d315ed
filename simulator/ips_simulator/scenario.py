"""A scenario: what the server does, step by step. Pure data, from a file or made in Python.

    Scenario(
        name="declined-at-night",
        title="Declined after a pause",
        payment=(TakeCard(by="tap"), Wait(2), Decide(result="refused-online"), *TELL_ALL),
    )

`payments.py` plays the steps, `scenario_file.py` reads them, `docs/scenarios.md` lists what is
shipped.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import attrs
from attrs.converters import optional

from worldpay_ips import Result

from .faults import Fault
from .scenario_steps import (
    TELL_ALL,
    AbortWindow,
    Ask,
    Complete,
    Conversion,
    Decide,
    Fail,
    GiveReceipt,
    Notify,
    OperationStep,
    Patch,
    PaymentStep,
    Question,
    Reply,
    TakeCard,
    TakeOutCard,
    TakePin,
    TellResult,
    Wait,
    read_only,
)

__all__ = [
    "TELL_ALL",
    "AbortWindow",
    "Ask",
    "Complete",
    "Conversion",
    "Decide",
    "Expected",
    "Fail",
    "GiveReceipt",
    "Notify",
    "OperationStep",
    "Patch",
    "PaymentStep",
    "Question",
    "Reply",
    "Scenario",
    "TakeCard",
    "TakeOutCard",
    "TakePin",
    "TellResult",
    "Wait",
]


def _steps(value: Iterable[PaymentStep]) -> tuple[PaymentStep, ...]:
    return tuple(value)


def _faults(value: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(value)


def _expectations(value: "Iterable[Expected]") -> "tuple[Expected, ...]":
    return tuple(value)


def _texts(value: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if value is None else tuple(value)


def _results(value: Iterable[str] | None) -> tuple[Result, ...] | None:
    return None if value is None else tuple(map(Result, value))


def _operations(
    value: Mapping[str, Iterable[OperationStep]],
) -> Mapping[str, tuple[OperationStep, ...]]:
    return MappingProxyType({name: tuple(steps) for name, steps in value.items()})


@attrs.frozen(kw_only=True)
class Scenario:
    """What the server does, from a payment on."""

    name: str
    title: str
    about: str = ""
    invented: bool = False
    """True when it rests on what no source tells."""
    payment: tuple[PaymentStep, ...] | None = attrs.field(default=None, converter=optional(_steps))
    """How the payment is played; None is an approval."""
    operations: Mapping[str, tuple[OperationStep, ...]] = attrs.field(
        factory=dict[str, tuple[OperationStep, ...]], converter=_operations
    )
    """How other operations are answered, by their names, until the next payment begins."""
    faults: tuple[Fault, ...] = attrs.field(default=(), converter=_faults)
    """What goes wrong at points of the payment."""
    rules: Mapping[str, Any] = attrs.field(factory=dict[str, Any], converter=read_only)
    """Switches of `Inventions` that are set otherwise."""
    magic_amount: int | None = None
    """A payment of this amount plays it."""
    expect: tuple["Expected", ...] = attrs.field(default=(), converter=_expectations)
    """What a till does with it, and what comes of that: documentation that a test checks."""


@attrs.frozen(kw_only=True)
class Expected:
    """One operation of a till, and its end."""

    operation: str
    send: Mapping[str, Any] = attrs.field(factory=dict[str, Any], converter=read_only)
    """What the request says otherwise than a sale of 10.99 with a card; see `docs/scenarios.md`."""
    answers: Mapping[str, bool] = attrs.field(factory=dict[str, bool])
    """What the merchant says to each question."""
    abort_at: str | None = None
    """The till aborts when it is notified of this."""
    results: tuple[Result, ...] | None = attrs.field(default=None, converter=_results)
    """One of these; several where two things race. Empty when the list of payments is. None where
    no result comes."""
    outcome: str | None = None
    error: str | None = None
    """The code of the error message."""
    lost: bool = False
    """The connection is lost before the end, or no result comes that can be read."""
    receipts: tuple[str, ...] | None = attrs.field(default=None, converter=_texts)
    """Their types, in the order in which they come."""
    charges: tuple[str, ...] | None = attrs.field(default=None, converter=_texts)
    """What the operation enters into the ledger: `sale 1099`. Of a race: if it was approved."""
    shows: Mapping[str, Any] = attrs.field(factory=dict[str, Any], converter=read_only)
    """What stands in the answer, as it travels."""
