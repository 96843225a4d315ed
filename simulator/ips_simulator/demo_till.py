"""The till of the demonstration: it knows the public API and nothing of the simulator's inside."""

from collections.abc import Callable
from typing import Any

from stompws.descriptors import Operation
from worldpay_ips import (
    CardPresent,
    ClientConversation,
    ClientOptions,
    Instruction,
    OriginalCard,
    Outcome,
    PaymentActionRequired,
    PaymentApi,
    PaymentComplete,
    PaymentNotification,
    PaymentOutcome,
    PaymentReceipt,
    PaymentRequest,
    PaymentResult,
    PaymentType,
    RequestValue,
    TlsOptions,
)
from worldpay_ips.operations import API

from .demo_view import View
from .simulator import Simulator


class DemoError(Exception):
    """The demonstration did not go as it should."""


class Till:
    """A till that shows every message.

    Args:
        simulator: For what the real world does: the cardholder, the issuer.
        view: Where it is shown.
    """

    def __init__(self, simulator: Simulator, view: View) -> None:
        self.simulator = simulator
        self.view = view
        self.options = ClientOptions(tls=TlsOptions(ca_file=simulator.ca_file))
        self.api = PaymentApi(simulator.server(), options=self.options)
        self.last: PaymentOutcome | None = None
        """The result of the sale that later operations are about."""
        self._count = 0

    @property
    def last_sale(self) -> PaymentOutcome:
        """The sale that later operations are about."""
        if self.last is None:
            raise DemoError("there was no sale")
        return self.last

    def use_key(self, license_key: str) -> None:
        """Go on with this license key."""
        server = self.simulator.server()
        self.api = PaymentApi(server, license_key=license_key, options=self.options)

    def payment(self, type_: PaymentType, amount: int) -> PaymentRequest:
        """A request for a card that is presented, with a reference of its own."""
        self._count += 1
        return PaymentRequest(
            payment_type=type_,
            merchant_transaction_reference=f"DEMO-{self._count:04}",
            instruction=Instruction(
                value=RequestValue(amount=amount), payment_instrument=CardPresent()
            ),
        )

    def sent(self, name: str, text: str) -> Operation:
        """Show what is sent."""
        operation = API.by_name[name]
        self.view.sent(operation, text)
        return operation

    def received(self, name: str, payload: object) -> None:
        """Show what came."""
        self.view.received(API.by_name[name], payload)

    def follow(
        self,
        conversation: ClientConversation[Any],
        *,
        receipts: int,
        on_action: Callable[[], None] | None = None,
        on_notification: Callable[[], None] | None = None,
    ) -> PaymentOutcome:
        """Show a conversation until it ends; return its result.

        Raises:
            DemoError: Something is missing.
        """
        outcome: PaymentOutcome | None = None
        seen, complete = 0, False
        with conversation:
            for event in conversation:
                self.view.received(event.operation, event.payload)
                match event.payload:
                    case PaymentNotification() if on_notification is not None:
                        on_notification()
                    case PaymentActionRequired() if on_action is not None:
                        on_action()
                    case PaymentReceipt():
                        seen += 1
                    case PaymentResult(payments=(payment,)):
                        outcome = payment
                    case PaymentComplete():
                        complete = True
                    case _:
                        pass
        if outcome is None or not complete or seen != receipts:
            raise DemoError(f"expected {receipts} receipts, a result and the completion")
        return outcome


def expect(outcome: PaymentOutcome, kind: Outcome) -> PaymentOutcome:
    """Return the outcome if it is of this kind."""
    if outcome.outcome != kind:
        raise DemoError(f"expected {kind.value}, got {outcome.result or 'no result'}")
    return outcome


def merchant_reference(outcome: PaymentOutcome) -> str:
    """What the till named the payment by."""
    if outcome.merchant_transaction_reference is None:
        raise DemoError("the outcome has no merchant transaction reference")
    return outcome.merchant_transaction_reference


def gateway_reference(outcome: PaymentOutcome) -> str:
    """What a settlement or cancellation names."""
    if outcome.gateway_transaction_reference is None:
        raise DemoError("the result has no gateway reference")
    return outcome.gateway_transaction_reference


def card_of(outcome: PaymentOutcome) -> OriginalCard:
    """The card of a payment, as a settlement or cancellation names it."""
    used = outcome.payment_instrument
    card = None if used is None else used.card
    if card is None or card.card_number is None or card.expiry_date is None:
        raise DemoError("the result names no card")
    return OriginalCard(card_number=card.card_number, card_expiry_date=card.expiry_date)
