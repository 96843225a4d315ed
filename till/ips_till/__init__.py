"""Payments that a shop can trust with money: at most once, and no result is ever lost.

    from ips_till import Approved, Declined, NotTaken, Till, Unknown

    with Till.from_env() as till, till.sale(1099, on_action="decline") as payment:
        for event in payment:
            print(event)
    match payment.outcome:
        case Approved(): ...
        case Declined(): ...
        case NotTaken(): ...
        case Unknown() as unknown: print(unknown.what_to_do)

Built on `worldpay_ips`, which speaks the API. What is added: a journal that is written before
anything is sent, a lease on the paypoint, recovery, outcomes, receipts.
"""

from typing import TYPE_CHECKING

from stompws.lazy import load_on_demand

if TYPE_CHECKING:
    from .actions import Actions, Policy
    from .async_till import AsyncTill
    from .errors import (
        ActionError,
        ConfigurationError,
        JournalError,
        LeaseLostError,
        NotSentError,
        OutcomeUnknownError,
        ReferenceUsedError,
        RefusedError,
        SecondResultError,
        TillError,
        UnresolvedPaymentError,
        UsedAfterForkError,
    )
    from .events import (
        AvsQuestion,
        JournalTrouble,
        Notification,
        OtherQuestion,
        ReceiptReady,
        Recovering,
        SignatureQuestion,
        VoiceAuthorisationQuestion,
    )
    from .journal import Entry, Intent, Journal, Phase, StoredReceipt
    from .key_file import KeyFile
    from .key_ring import KeyringKey
    from .money import Money
    from .operations import MoneyOperation
    from .outcome import Approved, CardHandle, Declined, NotTaken, Outcome, Unknown
    from .payment import Payment
    from .references import TimeSortedReferences
    from .registering import register
    from .settings import TillSettings
    from .till import Till
    from .z_reports import ZReport

if not TYPE_CHECKING:
    __getattr__, __dir__ = load_on_demand(
        __name__,
        {
            ".actions": ["Actions", "Policy"],
            ".async_till": ["AsyncTill"],
            ".errors": [
                "ActionError",
                "ConfigurationError",
                "JournalError",
                "LeaseLostError",
                "NotSentError",
                "OutcomeUnknownError",
                "ReferenceUsedError",
                "RefusedError",
                "SecondResultError",
                "TillError",
                "UnresolvedPaymentError",
                "UsedAfterForkError",
            ],
            ".events": [
                "AvsQuestion",
                "JournalTrouble",
                "Notification",
                "OtherQuestion",
                "ReceiptReady",
                "Recovering",
                "SignatureQuestion",
                "VoiceAuthorisationQuestion",
            ],
            ".journal": ["Entry", "Intent", "Journal", "Phase", "StoredReceipt"],
            ".key_file": ["KeyFile"],
            ".key_ring": ["KeyringKey"],
            ".money": ["Money"],
            ".operations": ["MoneyOperation"],
            ".outcome": ["Approved", "CardHandle", "Declined", "NotTaken", "Outcome", "Unknown"],
            ".payment": ["Payment"],
            ".references": ["TimeSortedReferences"],
            ".registering": ["register"],
            ".settings": ["TillSettings"],
            ".till": ["Till"],
            ".z_reports": ["ZReport"],
        },
    )

__all__ = [
    "ActionError",
    "Actions",
    "Approved",
    "AsyncTill",
    "AvsQuestion",
    "CardHandle",
    "ConfigurationError",
    "Declined",
    "Entry",
    "Intent",
    "Journal",
    "JournalError",
    "JournalTrouble",
    "KeyFile",
    "KeyringKey",
    "LeaseLostError",
    "Money",
    "MoneyOperation",
    "NotSentError",
    "NotTaken",
    "Notification",
    "OtherQuestion",
    "Outcome",
    "OutcomeUnknownError",
    "Payment",
    "Phase",
    "Policy",
    "ReceiptReady",
    "Recovering",
    "ReferenceUsedError",
    "RefusedError",
    "SecondResultError",
    "SignatureQuestion",
    "StoredReceipt",
    "Till",
    "TillError",
    "TillSettings",
    "TimeSortedReferences",
    "Unknown",
    "UnresolvedPaymentError",
    "UsedAfterForkError",
    "VoiceAuthorisationQuestion",
    "ZReport",
    "register",
]
