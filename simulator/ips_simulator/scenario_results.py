"""A scenario for each value of `result`: `result-refused-online` and so on.

They differ in one word, so they are made here and not written as files.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from worldpay_ips import Outcome, Result

from .results import outcome_of
from .scenario import TELL_ALL, Decide, Expected, Notify, Scenario, TakeCard, TakePin

# Written out, so that an amount keeps its meaning when the API grows a value. Append only.
_AMOUNTS: Final[Mapping[Result, int]] = {
    Result.ABORTED: 90_01_01,
    Result.ABORTED_BUSY: 90_01_02,
    Result.ABORTED_DEVICE_UNAVAILABLE: 90_01_03,
    Result.AUTH_COMPLETED: 90_01_04,
    Result.AUTHORISED_OFFLINE: 90_01_05,
    Result.AUTHORISED_ONLINE: 90_01_06,
    Result.AUTHORISED_REFERRAL: 90_01_07,
    Result.CANCELLED: 90_01_08,
    Result.DENIED_CASHBACK: 90_01_09,
    Result.DENIED_TRANSACTION: 90_01_10,
    Result.FAILED: 90_01_11,
    Result.IN_PROGRESS: 90_01_12,
    Result.INVALID_AMOUNT: 90_01_13,
    Result.INVALID_CARD_EXPIRY_DATE: 90_01_14,
    Result.INVALID_CARD_NUMBER: 90_01_15,
    Result.INVALID_EXPIRED_CARD: 90_01_16,
    Result.INVALID_GATEWAY_TRANSACTIONS_REFERENCE: 90_01_17,
    Result.INVALID_ISSUE_NUMBER: 90_01_18,
    Result.INVALID_MERCHANT: 90_01_19,
    Result.INVALID_MERCHANT_STATUS: 90_01_20,
    Result.INVALID_OPERATION: 90_01_21,
    Result.INVALID_TERMINAL: 90_01_22,
    Result.INVALID_TRANSACTION_STATE: 90_01_23,
    Result.KEYED_RECOVERY_SUCCESS: 90_01_24,
    Result.PRE_AUTH_COMPLETED: 90_01_25,
    Result.PRE_VALID_CARD: 90_01_26,
    Result.REFUSED_AVS_REQUIRED: 90_01_27,
    Result.REFUSED_DO_NOT_REATTEMPT: 90_01_28,
    Result.REFUSED_OFFLINE: 90_01_29,
    Result.REFUSED_ONLINE: 90_01_30,
    Result.REFUSED_ONLINE_CAPTURE_CARD: 90_01_31,
    Result.REJECTED_CARD_EXPIRY_DATE_NOT_MATCHED: 90_01_32,
    Result.REJECTED_CARD_NOT_ACCEPTED: 90_01_33,
    Result.REJECTED_CARD_NUMBER_NOT_MATCHED: 90_01_34,
    Result.REJECTED_PRE_AUTH: 90_01_35,
    Result.STARTED: 90_01_36,
    Result.SUCCEEDED: 90_01_37,
}


def _make(result: Result, amount: int) -> Scenario:
    outcome = outcome_of(result)
    charged = outcome is Outcome.SUCCEEDED
    return Scenario(
        name=f"result-{result.value}",
        title=f"A sale that ends with `{result.value}`",
        about="Which payments a server ends so is not documented; the value is.",
        invented=True,
        magic_amount=amount,
        payment=(
            TakeCard(by="insert"),
            TakePin(),
            Notify("Authorising..."),
            Decide(result=result),
            *TELL_ALL,
        ),
        expect=(
            Expected(
                operation="startPayment",
                outcome=outcome.value,
                results=(result,),
                receipts=("customer", "merchant"),
                charges=("sale 1099",) if charged else (),
            ),
        ),
    )


RESULT_SCENARIOS: Final[Mapping[str, Scenario]] = MappingProxyType(
    {(made := _make(result, amount)).name: made for result, amount in _AMOUNTS.items()}
)
