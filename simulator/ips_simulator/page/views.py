"""What a page is shown, as JSON: numbers as people read them, and nothing that may not be seen.

Feed events are redacted already. What comes from elsewhere, such as the reference of a charge, a
client can have filled with anything; it is masked here.
"""

from collections import deque
from collections.abc import Iterable
from typing import Any, Final

import attrs

from stompws.redaction import mask_numbers

from ..choosing import Choices
from ..feed import FrameSeen, PaymentEnded, PaymentStarted, ReceiptSent
from ..ledger import Charge, Totals
from ..paypoint import Paypoint
from ..pin_pad import PinPad, Want
from ..scenario import Scenario

Json = dict[str, Any]

MOST_STEPS: Final = 100
MOST_RECEIPTS: Final = 8
LONGEST_BODY: Final = 20_000
"""Characters."""


def money(amount: int) -> str:
    """Minor units as a decimal number."""
    whole, rest = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{whole}.{rest:02}"


def frame_view(frame: FrameSeen, number: int, started: float) -> Json:
    """One line of the stream of frames."""
    body = frame.body
    if body is not None and len(body) > LONGEST_BODY:
        body = f"{body[:LONGEST_BODY]}… (cut; it has {frame.size} octets)"
    return {
        "number": number,
        "at": round(frame.at - started, 3),
        "paypoint": frame.paypoint_id,
        "connection": frame.connection,
        "direction": frame.direction,
        "command": frame.command,
        "headers": [list(header) for header in frame.headers],
        "body": body,
        "size": frame.size,
        "fault": frame.fault,
    }


def charge_view(charge: Charge) -> Json:
    """One line of the ledger."""
    return {
        "number": charge.number,
        "kind": charge.kind.value,
        "paypoint": charge.paypoint_id,
        "batch": charge.batch_number,
        "reference": mask_numbers(charge.merchant_transaction_reference),
        "amount": money(charge.amount),
        "offline": charge.offline,
    }


def totals_view(totals: Totals) -> Json:
    """The last line of the ledger."""
    return {
        "sales": totals.sale_count,
        "saleAmount": money(totals.sale_amount),
        "refunds": totals.refund_count,
        "refundAmount": money(totals.refund_amount),
        "net": money(totals.net_amount),
    }


def scenario_view(scenario: Scenario) -> Json:
    """One choice of the menu of scenarios."""
    magic = scenario.magic_amount
    return {
        "name": scenario.name,
        "title": scenario.title,
        "about": " ".join(scenario.about.split()),
        "invented": scenario.invented,
        "amount": None if magic is None else money(magic),
    }


@attrs.define
class PaymentView:
    """The payment that is played, or was played last."""

    reference: str
    amount: str
    scenario: str
    steps: deque[str] = attrs.field(factory=lambda: deque[str](maxlen=MOST_STEPS))
    question: str | None = None
    """What the till is asked and has not answered."""
    result: str | None = None
    outcome: str | None = None

    @classmethod
    def of(cls, event: PaymentStarted) -> "PaymentView":
        """One that begins."""
        return cls(event.reference, money(event.amount), event.scenario)

    def end(self, event: PaymentEnded) -> None:
        """It is over."""
        self.result, self.outcome, self.question = event.result, event.outcome, None

    def shown(self) -> Json:
        """As JSON."""
        return attrs.asdict(self) | {"steps": list(self.steps)}


class PaypointView:
    """What a page shows of one paypoint."""

    def __init__(self, paypoint: Paypoint, choices: Choices) -> None:
        self.id = paypoint.id
        self.revision = 0
        """Of the history, when something here last changed."""
        self.clients = 0
        self.payment: PaymentView | None = None
        self._paypoint = paypoint
        self._choices = choices
        self._receipts: deque[Json] = deque(maxlen=MOST_RECEIPTS)

    def print(self, event: ReceiptSent, number: int) -> None:
        """Keep a receipt."""
        self._receipts.append(
            {
                "number": number,
                "type": event.type,
                "reference": event.reference,
                "text": event.text,
            }
        )

    def shown(self) -> Json:
        """As JSON. The pad is looked at now, so that it is never shown as it was."""
        pad = self._paypoint.pad
        return {
            "id": self.id,
            "mode": pad.mode.value,
            "display": pad.display,
            "can": list(_possible(pad)),
            "wants": pad.wants.value,
            "scenario": self._choices.chosen(self.id),
            "clients": self.clients,
            "payment": None if self.payment is None else self.payment.shown(),
            "receipts": list(self._receipts),
        }


def _possible(pad: PinPad) -> Iterable[str]:
    """The buttons of the pad that would do something now."""
    match pad.wants:
        case Want.CARD:
            yield from (way.value for way in pad.allowed)
        case Want.PIN:
            yield from ("pin", "wrong-pin")
            if pad.card_inside:
                yield "remove"
        case Want.SIGNATURE:
            yield "sign"
        case Want.REMOVAL:
            yield "remove"
        case Want.NOTHING:
            return
    yield "cancel"
