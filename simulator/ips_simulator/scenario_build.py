"""Checked data of a scenario file -> `Scenario`."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from .faults import Fault
from .scenario import (
    AbortWindow,
    Complete,
    Conversion,
    Decide,
    Expected,
    Fail,
    GiveReceipt,
    Notify,
    OperationStep,
    PaymentStep,
    Question,
    Reply,
    Scenario,
    TakeCard,
    TakeOutCard,
    TakePin,
    TellResult,
    Wait,
)

Members = Mapping[str, Any]


def build_scenario(data: Members) -> Scenario:
    """Make the scenario; the schema and the checks have found nothing wrong with it."""
    payment = data.get("payment")
    return Scenario(
        name=data["name"],
        title=data["title"],
        about=" ".join(data.get("about", "").split()),
        invented=data.get("invented", False),
        payment=None if payment is None else map(_payment_step, payment),
        operations={
            name: [_operation_step(step) for step in steps]
            for name, steps in data.get("operations", {}).items()
        },
        faults=[build_fault(one) for one in data.get("faults", ())],
        rules=data.get("rules", {}),
        magic_amount=data.get("magic_amount"),
        expect=map(_expected, data["expect"]),
    )


def _split(step: Any) -> tuple[str, Any]:
    """A step is a word, or a word and what belongs to it."""
    if isinstance(step, str):
        return step, None
    ((word, value),) = step.items()
    return word, value


def _members(value: Any) -> dict[str, Any]:
    """What belongs to a step; nothing when it is a word alone."""
    return dict(value or {})


def _payment_step(step: Any) -> PaymentStep:
    word, value = _split(step)
    return _STEPS[word](value)


def _operation_step(step: Any) -> OperationStep:
    word, value = _split(step)
    match word:
        case "wait":
            return Wait(float(value))
        case "error":
            return Fail(**value)
        case "fault":
            return build_fault(value)
        case _:
            return Reply(**_members(value))


def _card(value: Any) -> TakeCard:
    if isinstance(value, str):
        return TakeCard(by=value)
    members: dict[str, Any] = dict(value or {})
    if "after" in members:
        members["after"] = float(members["after"])
    return TakeCard(**members)


def _pin(value: Any) -> TakePin:
    members: dict[str, Any] = {"is": value} if isinstance(value, str) else dict(value)
    correct = members.pop("is") == "correct"
    return TakePin(correct, **members)


def _ask(value: Any) -> Question:
    if isinstance(value, str):
        return Question(value)
    members = dict(value)
    if "within" in members:
        members["within"] = float(members["within"])
    return Question(**members)


def _decide(value: Any) -> Decide:
    members: dict[str, Any] = {"result": value} if isinstance(value, str) else dict(value or {})
    if members.get("result") == "success":
        del members["result"]
    if "dcc" in members:
        members["dcc"] = Conversion(**members["dcc"])
    return Decide(**members)


def build_fault(value: Any) -> Fault:
    """A fault, from its kind or from all that belongs to it.

    Raises:
        ValueError: Its parameters do not fit its kind.
    """
    members: dict[str, Any] = {"kind": value} if isinstance(value, str) else dict(value)
    if "before" in members:
        members["at"] = members.pop("before")
    return Fault(**members)


def _receipt(value: Any) -> GiveReceipt:
    return GiveReceipt(value) if isinstance(value, str) else GiveReceipt(**value)


_STEPS: Final[Mapping[str, Callable[[Any], PaymentStep]]] = {
    "notify": Notify,
    "wait": lambda value: Wait(float(value)),
    "card": _card,
    "pin": _pin,
    "remove_card": lambda value: TakeOutCard(value == "too-soon"),
    "abort_window": lambda value: AbortWindow(value == "open"),
    "ask": _ask,
    "decide": _decide,
    "receipt": _receipt,
    "result": lambda value: TellResult(**_members(value)),
    "complete": lambda _: Complete(),
    "error": lambda value: Fail(**value),
    "fault": build_fault,
}


def _expected(data: Members) -> Expected:
    results = data.get("result")
    if isinstance(results, str):
        results = [results]
    if data.get("no_payments"):
        results = []
    return Expected(
        operation=data["do"],
        send=data.get("with", {}),
        answers={kind: said == "yes" for kind, said in data.get("answers", {}).items()},
        abort_at=data.get("abort_at"),
        results=results,
        outcome=data.get("outcome"),
        error=data.get("error"),
        lost=data.get("lost", False),
        receipts=data.get("receipts"),
        charges=data.get("charges"),
        shows=data.get("shows", {}),
    )
