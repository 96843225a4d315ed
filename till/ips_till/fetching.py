"""The receipts that an operation should have printed: fetched where they did not come."""

from stompws.errors import ApiError, LinkError
from worldpay_ips import PaymentReceipt, PaymentReceiptQuery, ReceiptType
from worldpay_ips.operations import QUERY_PAYMENT_RECEIPT

from .effects import Close, Procedure, Talk, open_talk, read
from .job import Job, note
from .operations import MoneyOperation
from .receiving import error_code, keep_receipt

_BOTH = (ReceiptType.CUSTOMER, ReceiptType.MERCHANT)
_RECEIPTS = {
    MoneyOperation.SALE: _BOTH,
    MoneyOperation.REFUND: _BOTH,
    MoneyOperation.PRE_AUTH: _BOTH,
    MoneyOperation.CANCEL: _BOTH,
}
"""Which receipts an approved operation has, by the guide of 2020. A settlement has none."""

_PERHAPS = {MoneyOperation.ACCOUNT_VERIFICATION: _BOTH, MoneyOperation.CHECK_CARD: _BOTH}
"""Which it may have; nobody knows. Where they exist none is lost: they are asked for, and are
missing only when the service could not be asked."""


def expected_receipts(job: Job) -> tuple[ReceiptType, ...]:
    """The receipts that can be asked for. Sent with another's reference, it has none of its own."""
    if job.intent.wire_reference != job.intent.reference:
        return ()
    return _RECEIPTS.get(job.intent.operation, ())


def has_receipt(job: Job) -> Procedure[bool]:
    """Ask for a receipt as a second witness. Only a plain "no such payment" is a no."""
    for type_ in expected_receipts(job):
        try:
            yield from _fetch(job, type_, set())
        except ApiError as exc:
            if error_code(exc.payload) not in job.settings.not_found_codes:
                return True
        except LinkError:
            return True
        else:
            return True
    return False


def fetch_receipts(job: Job, kept: set[str]) -> Procedure[tuple[str, ...]]:
    """Ask for the receipts that should have come and did not; return the types still missing.

    Possible only while the payment is the last one of the paypoint.
    """
    due = expected_receipts(job)
    perhaps = _PERHAPS.get(job.intent.operation, ())  # of payments, which have their own reference
    missing = [type_ for type_ in (*due, *perhaps) if type_ not in kept]
    there_is_none = set[ReceiptType]()
    for type_ in missing:
        job.watch.note("recovery-step", found=f"asking for the {type_.value} receipt")
        try:
            yield from _fetch(job, type_, kept)
        except LinkError as exc:
            if isinstance(exc, ApiError) and type_ in perhaps:
                there_is_none.add(type_)
                continue
            why = error_code(exc.payload) if isinstance(exc, ApiError) else type(exc).__name__
            yield from note(job, "receipt-missing", {"type": type_.value, "why": why})
    return tuple(t.value for t in missing if t not in kept and t not in there_is_none)


def _fetch(job: Job, type_: ReceiptType, kept: set[str]) -> Procedure[None]:
    query = PaymentReceiptQuery(
        merchant_transaction_reference=job.intent.wire_reference, type=type_
    )
    talk = yield from open_talk(QUERY_PAYMENT_RECEIPT, query, job.asking)
    try:
        yield from _read_receipts(job, talk, kept)
    except Exception:
        yield Close(talk)
        raise
    yield Close(talk)


def _read_receipts(job: Job, talk: Talk, kept: set[str]) -> Procedure[None]:
    while (event := (yield from read(talk, None))) is not None:
        receipt = event.payload
        if not isinstance(receipt, PaymentReceipt):
            continue
        if receipt.merchant_transaction_reference in (None, job.intent.wire_reference):
            yield from keep_receipt(job, receipt, kept)
