"""The service asks, a person or the policy answers: once, and never yes by accident."""

import time
from typing import Any

import pytest

from ips_simulator import Behaviour
from ips_till import (
    ActionError,
    Actions,
    Approved,
    AvsQuestion,
    ConfigurationError,
    Declined,
    NotTaken,
    OtherQuestion,
    ReceiptReady,
    SignatureQuestion,
    Till,
    VoiceAuthorisationQuestion,
)
from ips_till.answering import answer
from ips_till.effects import Ask, Say, Write
from ips_till.job import Job
from ips_till.journal import Intent
from ips_till.observing import Watch
from ips_till.operations import MoneyOperation
from stompws.shapes import Unrecognised
from till_helpers import FAST, Shop, quick, sell, sends

KINDS = ["signature-verification", "voice-authorisation", "avs-confirmation"]
YES: dict[str, Any] = {
    "signature": lambda _question: True,
    "voice_authorisation": lambda _question: "1234AA",
    "avs": lambda _question: True,
}


@pytest.mark.criterion("AC27")
def test_a_payment_without_a_decision_about_actions_is_refused(shop: Shop) -> None:
    """Before anything is journaled or sent, with what to write."""
    with shop.till(on_action=None) as till:
        with pytest.raises(ConfigurationError, match="on_action="):
            till.sale(1099)
        assert till.journal.latest() == ()


@pytest.mark.criterion("AC27")
@pytest.mark.parametrize("policy", ["yes", "", None, True])
def test_a_policy_is_decline_or_abort(policy: Any) -> None:
    """There is no policy that says yes, and none by default."""
    with pytest.raises(ConfigurationError, match="decline or abort"):
        Actions(otherwise=policy)
    with pytest.raises(TypeError):
        Actions()  # type: ignore[call-arg]


@pytest.mark.criterion("AC27")
@pytest.mark.parametrize("deadline", [0, -1, float("inf"), float("nan"), True])
def test_a_deadline_is_a_number_of_seconds(deadline: float) -> None:
    """Nobody waits for ever, or not at all."""
    with pytest.raises(ConfigurationError, match="seconds"):
        Actions(otherwise="decline", deadline=deadline)


@pytest.mark.criterion("AC30")
@pytest.mark.parametrize("kind", KINDS)
def test_a_handler_answers(shop: Shop, kind: str) -> None:
    """Yes from a handler is yes: approved and charged; who answered stands in the journal."""
    with shop.till(on_action=Actions(otherwise="decline", **YES)) as till:
        shop.simulator.next_payment(Behaviour(actions=[kind]))
        payment = sell(till)
        assert isinstance(payment.outcome, Approved)
        assert len(shop.charges(payment.reference)) == 1
        entry = till.journal.find(payment.reference)
        assert entry is not None
        answers = [note.facts for note in entry.notes if note.kind == "action-answered"]
        assert answers == [{"action": kind, "by": "handler"}]


def _raises(_question: object) -> bool:
    raise RuntimeError("the screen is gone")


def _exits(_question: object) -> bool:
    raise SystemExit(0)


def _late(_question: object) -> bool:
    time.sleep(0.6)
    return True


@pytest.mark.criterion("AC28", "AC30")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "handler",
    [
        pytest.param(_raises, id="raises"),
        pytest.param(_exits, id="exits"),
        pytest.param(_late, id="late"),
        pytest.param(lambda _question: "yes, please", id="nonsense"),
        pytest.param(lambda _question: 1, id="a number"),
        pytest.param(lambda _question: object(), id="an object"),
    ],
)
def test_a_handler_that_fails_is_a_no(shop: Shop, kind: str, handler: Any) -> None:
    """The policy answers: not charged, and the payment ends as the service says."""
    field = {
        "signature-verification": "signature",
        "voice-authorisation": "voice_authorisation",
        "avs-confirmation": "avs",
    }[kind]
    actions = Actions(otherwise="decline", deadline=0.2, **{field: handler})
    sent = sends(shop, "/v1/payment/action")
    with shop.till(on_action=actions) as till:
        shop.simulator.next_payment(Behaviour(actions=[kind]))
        payment = sell(till)
        assert isinstance(payment.outcome, Declined | NotTaken)
        assert shop.charges(payment.reference) == ()
        entry = till.journal.find(payment.reference)
        assert entry is not None
        answers = [note.facts["by"] for note in entry.notes if note.kind == "action-answered"]
        assert len(answers) == len(sent) == 1
        assert answers[0].startswith("policy")


@pytest.mark.criterion("AC28")
@pytest.mark.parametrize("kind", KINDS)
def test_without_a_handler_the_policy_answers(shop: Shop, till: Till, kind: str) -> None:
    """Declined, and nothing charged."""
    shop.simulator.next_payment(Behaviour(actions=[kind]))
    payment = sell(till)
    assert isinstance(payment.outcome, Declined | NotTaken)
    assert shop.charges(payment.reference) == ()


@pytest.mark.criterion("AC28")
def test_a_handler_that_forgets_to_return_is_a_no(shop: Shop) -> None:
    """None is no answer to a yes-or-no question."""
    actions = Actions(otherwise="decline", signature=lambda _question: None)  # type: ignore[arg-type, return-value]
    with shop.till(on_action=actions) as till:
        shop.simulator.next_payment(Behaviour(actions=["signature-verification"]))
        payment = sell(till)
        assert isinstance(payment.outcome, Declined | NotTaken)
        assert shop.charges(payment.reference) == ()


@pytest.mark.criterion("AC30")
def test_questions_can_be_answered_in_the_loop(shop: Shop) -> None:
    """Each once, in its own kind; the next event is not read before."""
    actions = Actions(otherwise="decline", in_loop=True)
    with shop.till(on_action=actions) as till:
        shop.simulator.next_payment(Behaviour(actions=KINDS))
        with till.sale(1099) as payment:
            for event in payment:
                match event:
                    case SignatureQuestion() | AvsQuestion():
                        event.answer(True)
                        with pytest.raises(ActionError, match="already"):
                            event.answer(True)
                    case VoiceAuthorisationQuestion():
                        assert event.contacts
                        with pytest.raises(ActionError, match="2 to 6"):
                            event.answer("too long a code")
                        event.answer("1234AA")
        assert isinstance(payment.outcome, Approved)
        assert len(shop.charges(payment.reference)) == 1


@pytest.mark.criterion("AC28")
def test_a_question_that_the_loop_ignores_is_a_no(shop: Shop) -> None:
    """Asking for the next event without an answer is no answer."""
    with shop.till(on_action=Actions(otherwise="decline", in_loop=True)) as till:
        shop.simulator.next_payment(Behaviour(actions=["signature-verification"]))
        questions = []
        with till.sale(1099) as payment:
            questions += [event for event in payment if isinstance(event, SignatureQuestion)]
        assert isinstance(payment.outcome, Declined | NotTaken)
        with pytest.raises(ActionError, match="too late"):
            questions[0].answer(True)
        assert shop.charges(payment.reference) == ()


@pytest.mark.criterion("AC28")
def test_the_policy_can_ask_for_an_abort(shop: Shop) -> None:
    """It says no, and asks for an abort as well; not charged."""
    with shop.till(on_action="abort") as till:
        shop.simulator.next_payment(Behaviour(actions=["signature-verification"]))
        payment = sell(till)
        assert payment.outcome.abort_requested
        assert shop.charges(payment.reference) == ()


@pytest.mark.criterion("AC29")
def test_an_unknown_action_is_handed_over_raw_and_never_answered(till: Till) -> None:
    """The handler sees the data; what is sent is an abort, as a request, and no answer.

    The procedure is played by hand: no simulator asks what nobody knows.
    """
    seen: list[OtherQuestion] = []
    intent = Intent(reference="NEW", paypoint_id="INST001", operation=MoneyOperation.SALE)
    job = Job(
        intent=intent,
        lease=till.journal.begin(intent),
        journal=till.journal,
        settings=FAST,
        watch=Watch(None, intent),
        actions=Actions(otherwise="decline", other=seen.append),
    )
    raw = {"action": "cashback-amount", "limit": 5000}
    procedure = answer(job, object(), Unrecognised(tag="action", raw=raw))  # type: ignore[arg-type]
    said = []
    effect = next(procedure)
    try:
        while True:
            match effect:
                case Write(call):
                    effect = procedure.send(call())
                case Ask(handler, question, _):
                    effect = procedure.send(handler(question))
                case Say(_, operation, _):
                    said.append(operation.name)
                    effect = procedure.send(None)
                case _:
                    raise AssertionError(effect)
    except StopIteration:
        pass
    assert [(question.name, question.raw) for question in seen] == [("cashback-amount", raw)]
    assert said == ["abortPayment"]
    assert job.abort_requested
    till.journal.give_back(job.lease)  # type: ignore[arg-type]


@pytest.mark.criterion("AC33")
def test_the_slip_comes_before_the_question(shop: Shop) -> None:
    """When the handler is asked whether the signature matches, the slip has been delivered."""
    order: list[str] = []

    def matches(_question: SignatureQuestion) -> bool:
        order.append("question")
        return True

    with shop.till(on_action=Actions(otherwise="decline", signature=matches)) as till:
        shop.simulator.next_payment("signature-accepted")
        with till.sale(1099) as payment:
            order.extend(event.receipt.type for event in payment if isinstance(event, ReceiptReady))
        assert order == ["merchant", "question", "customer"]


@pytest.mark.criterion("AC45", "AC28")
def test_the_deadline_of_an_answer_is_the_till_s_unless_it_is_given(shop: Shop) -> None:
    """A late handler is a no after the settings' time, too."""
    actions = Actions(otherwise="decline", signature=_late)
    with shop.till(on_action=actions, settings=quick(action_answer=0.2)) as till:
        shop.simulator.next_payment(Behaviour(actions=["signature-verification"]))
        payment = sell(till)
        assert isinstance(payment.outcome, Declined | NotTaken)
        assert shop.charges(payment.reference) == ()
