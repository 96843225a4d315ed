"""Answering an action: once, by a handler or by the policy, and never yes by accident."""

from typing import Any

from stompws.errors import LinkError
from stompws.masking import mask_numbers
from stompws.values import is_mapping
from worldpay_ips import (
    AvsConfirmationDone,
    AvsConfirmationRequired,
    PaymentAbort,
    PaymentActionDone,
    SignatureVerificationDone,
    SignatureVerificationRequired,
    VoiceAuthorisationDone,
    VoiceAuthorisationRequired,
)
from worldpay_ips.operations import ABORT_PAYMENT, CONFIRM_PAYMENT_ACTION

from .actions import Actions, Policy
from .effects import Ask, Procedure, Say, Talk, Tell
from .events import (
    AnyQuestion,
    AvsQuestion,
    OtherQuestion,
    SignatureQuestion,
    VoiceAuthorisationQuestion,
)
from .job import Job, note

_DECLINE = Actions(otherwise=Policy.DECLINE)


def answer(job: Job, talk: Talk, data: object) -> Procedure[None]:
    """Have an action answered, and send the answer."""
    actions = job.actions or _DECLINE
    seconds = job.settings.action_answer if actions.deadline is None else actions.deadline
    question = _question(job, data, seconds)
    name = question.name if isinstance(question, OtherQuestion) else question.action
    yield from note(job, "action-asked", {"action": name})
    job.watch.note("action-asked", action=name)
    given, by = yield from _ask(question, actions)
    if given is None:
        given = _no(question)
        if actions.otherwise is Policy.ABORT or isinstance(question, OtherQuestion):
            yield from request_abort(job, talk)
    yield from note(job, "action-answered", {"action": name, "by": by})
    job.watch.note("action-answered", action=name, by=by)
    done = _message(question, given[0])
    if done is None:
        return  # nothing that we could send: the service's own time runs out, or it is aborted
    reply = PaymentActionDone(merchant_transaction_reference=job.intent.wire_reference, data=done)
    try:
        yield Say(talk, CONFIRM_PAYMENT_ACTION, reply)
    except LinkError as exc:
        # The payment has ended, or the link broke: what there is to read tells which.
        job.watch.note("answer-not-sent", why=type(exc).__name__)


def request_abort(job: Job, talk: Talk) -> Procedure[None]:
    """Ask the service to abort. What comes of it, the result tells."""
    job.abort_requested = True
    yield from note(job, "abort-requested", {})
    job.watch.note("abort-requested")
    try:
        yield Say(talk, ABORT_PAYMENT, abort_message(job.intent.wire_reference))
    except LinkError as exc:
        job.watch.note("abort-not-sent", why=type(exc).__name__)


def abort_message(reference: str) -> PaymentAbort:
    """The request for an abort."""
    return PaymentAbort(merchant_transaction_reference=reference)


def _ask(question: AnyQuestion, actions: Actions) -> Procedure[tuple[tuple[Any] | None, str]]:
    """Get an answer that can be sent, and who gave it; None where the policy must."""
    handler = actions.handler(question)
    if handler is None:
        if not actions.in_loop:
            return None, "policy"
        yield Tell(question)
        given = question.close()
        return given, "policy" if given is None else "loop"
    try:
        reply = yield Ask(handler, question, question.seconds)
    except TimeoutError:
        return None, "policy, the handler was late"
    except Exception:  # noqa: BLE001 - whatever a handler does, it must not become a yes
        return None, "policy, the handler failed"
    finally:
        question.close()
    if isinstance(question, OtherQuestion):
        return None, "policy"
    if question.check(reply) is not None:
        return None, "policy, the handler's answer is none"
    return (reply,), "handler"


def _question(job: Job, data: object, seconds: float) -> AnyQuestion:
    reference = job.intent.reference
    match data:
        case SignatureVerificationRequired():
            return SignatureQuestion(reference=reference, seconds=seconds)
        case AvsConfirmationRequired(avs_results=results):
            return AvsQuestion(reference=reference, seconds=seconds, results=results)
        case VoiceAuthorisationRequired(merchant=merchant, referral_contacts=contacts):
            return VoiceAuthorisationQuestion(
                reference=reference,
                seconds=seconds,
                merchant_id=None if merchant is None else merchant.merchant_id,
                contacts=contacts or (),
            )
        case _:
            raw = getattr(data, "raw", data)
            found = raw.get("action") if is_mapping(raw) else None
            name = mask_numbers(found[:50]) if isinstance(found, str) else "unreadable"
            return OtherQuestion(reference=reference, seconds=seconds, name=name, raw=raw)


def _no(question: AnyQuestion) -> tuple[Any]:
    no = isinstance(question, SignatureQuestion | AvsQuestion)
    return (False if no else None,)


def _message(
    question: AnyQuestion, given: Any
) -> SignatureVerificationDone | AvsConfirmationDone | VoiceAuthorisationDone | None:
    match question:
        case SignatureQuestion():
            return SignatureVerificationDone(is_signature_verified=given)
        case AvsQuestion():
            return AvsConfirmationDone(is_avs_confirmed=given)
        case VoiceAuthorisationQuestion():
            return VoiceAuthorisationDone(authorisation_code=given)
        case OtherQuestion():
            return None
