"""What the merchant is asked during a payment, and what the answers lead to."""

from typing import TypeVar

import attrs

from worldpay_ips import (
    AvsConfirmationDone,
    AvsConfirmationRequired,
    AvsMatch,
    AvsResults,
    PaymentActionRequired,
    Result,
    SignatureVerificationDone,
    SignatureVerificationRequired,
    VoiceAuthorisationDone,
    VoiceAuthorisationRequired,
)
from worldpay_ips.server import StartPaymentReplies

from .clock import Clock, within
from .documentation import documented
from .invented import WRONG_ACTION, WRONG_REFERENCE, Inventions
from .refusals import RefusedError
from .scenario import Ask, Question

_Question = VoiceAuthorisationRequired | SignatureVerificationRequired | AvsConfirmationRequired
_AnswerT = TypeVar(
    "_AnswerT", VoiceAuthorisationDone, SignatureVerificationDone, AvsConfirmationDone
)


@attrs.frozen(kw_only=True)
class Ruling:
    """Where an answer leads."""

    result: Result | None = None
    """None leaves the result as it was going to be."""
    authorisation_code: str | None = attrs.field(default=None, repr=False)


async def put(
    question: Question,
    replies: StartPaymentReplies,
    reference: str,
    inventions: Inventions,
    clock: Clock,
) -> Ruling:
    """Ask one question and wait for its answer, but not for ever.

    Raises:
        RefusedError: It is the answer to something else.
    """
    limit = inventions.answer_seconds if question.within is None else question.within
    try:
        said_yes, ruling = await within(
            clock, limit, _ask(question.kind, replies, reference, inventions)
        )
    except TimeoutError:
        return Ruling(result=question.late or inventions.answer_late)
    wished = question.yes if said_yes else question.no
    return ruling if wished is None else attrs.evolve(ruling, result=wished)


async def _ask(
    kind: Ask, replies: StartPaymentReplies, reference: str, inventions: Inventions
) -> tuple[bool, Ruling]:
    """Whether the merchant said yes, and where it leads by the rules."""
    match kind:
        case Ask.VOICE_AUTHORISATION:
            called = await _put(_voice(), VoiceAuthorisationDone, replies, reference)
            if called.authorisation_code is None:
                return False, Ruling(result=inventions.referral_declined)
            return True, Ruling(
                result=Result.AUTHORISED_REFERRAL, authorisation_code=called.authorisation_code
            )
        case Ask.SIGNATURE_VERIFICATION:
            question = SignatureVerificationRequired()
            signed = await _put(question, SignatureVerificationDone, replies, reference)
            verified = bool(signed.is_signature_verified)
            return verified, Ruling(result=None if verified else inventions.signature_refused)
        case Ask.AVS_CONFIRMATION:
            confirmed = await _put(_avs(), AvsConfirmationDone, replies, reference)
            agreed = bool(confirmed.is_avs_confirmed)
            return agreed, Ruling(result=None if agreed else inventions.avs_refused)


async def _put(
    question: _Question, answer_type: type[_AnswerT], replies: StartPaymentReplies, reference: str
) -> _AnswerT:
    message = PaymentActionRequired(merchant_transaction_reference=reference, data=question)
    answer = await replies.payment_action_required(message)
    if answer.merchant_transaction_reference != reference:
        raise RefusedError(WRONG_REFERENCE)
    if not isinstance(answer.data, answer_type):
        raise RefusedError(WRONG_ACTION)
    return answer.data


def _voice() -> VoiceAuthorisationRequired:
    """The question of the documentation's example."""
    data = documented(PaymentActionRequired).data
    return data if isinstance(data, VoiceAuthorisationRequired) else VoiceAuthorisationRequired()


def _avs() -> AvsConfirmationRequired:
    # `matched` is the only value that is known.
    matched = AvsMatch.MATCHED
    return AvsConfirmationRequired(
        avs_results=AvsResults(
            is_cvv_match=matched, is_address_line_match=matched, is_postal_code_match=matched
        )
    )
