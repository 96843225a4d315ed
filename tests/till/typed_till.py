"""Programs that a type checker must accept, and, where marked, complain about."""

from typing import assert_never

from ips_till import (
    Actions,
    Approved,
    Declined,
    NotTaken,
    Outcome,
    SignatureQuestion,
    Till,
    Unknown,
)


def complete(outcome: Outcome) -> str:
    match outcome:
        case Approved(amount=_, amount_differs=False):
            return "approved"
        case Approved():
            return "another amount"
        case Declined(reason=reason):
            return reason
        case NotTaken():
            return "not taken"
        case Unknown() as unknown:
            return unknown.what_to_do
        case _:
            assert_never(outcome)


def forgets_unknown(outcome: Outcome) -> str:
    match outcome:
        case Approved() | Declined() | NotTaken():
            return "known"
        case _:
            assert_never(outcome)  # wrong


def pays_a_float(till: Till) -> None:
    till.sale(10.99)  # wrong


def invents_a_policy(till: Till) -> None:
    till.sale(1099, on_action="yes")  # wrong


def answers_with_a_text(question: SignatureQuestion) -> None:
    question.answer("yes")  # wrong


def has_a_handler_of_another_kind() -> Actions:
    def code(_question: SignatureQuestion) -> str:
        return "1234"

    return Actions(otherwise="decline", signature=code)  # wrong
