"""Threads that share one API object: each looks whether what it is told answers what it asked."""

import queue
import threading
import time
from collections import Counter

import attrs

from stompws.errors import ApiError
from worldpay_ips import (
    BatchReportRequest,
    CardPresent,
    Instruction,
    PaymentApi,
    PaymentComplete,
    PaymentNotification,
    PaymentOutcome,
    PaymentReceipt,
    PaymentRequest,
    PaymentResult,
    PaymentResultQuery,
    PaymentType,
    RequestValue,
    Result,
)

KINDS = ("sale", "service status", "refund", "query", "batch report", "device status", "sale")
PATIENCE_SECONDS = 120.0


@attrs.frozen
class Charged:
    """One payment that a thread was told of: comparable with what stands in a ledger."""

    kind: str
    reference: str
    gateway_reference: str
    amount: int


@attrs.define
class Tally:
    """What all threads together have seen."""

    done: Counter[str] = attrs.field(factory=Counter[str])
    """Operations that were answered, by their kind."""
    charged: list[Charged] = attrs.field(factory=list[Charged])
    busy: int = 0
    """Payments that were refused, each under its own reference, because another one ran."""
    wrong: list[str] = attrs.field(factory=list[str])
    """Replies that did not belong to what was asked, and errors."""
    seconds: float = 0.0


def payment(kind: PaymentType, reference: str, amount: int) -> PaymentRequest:
    """A payment with the card present."""
    return PaymentRequest(
        payment_type=kind,
        merchant_transaction_reference=reference,
        instruction=Instruction(
            value=RequestValue(amount=amount), payment_instrument=CardPresent()
        ),
    )


def run_crowd(api: PaymentApi, *, threads: int, operations: int) -> Tally:
    """Divide `operations` among threads that start together; return when all have ended."""
    tallies: queue.SimpleQueue[Tally] = queue.SimpleQueue()
    barrier = threading.Barrier(threads + 1)

    def work(number: int) -> None:
        one = _One(api)
        barrier.wait(PATIENCE_SECONDS)
        try:
            for index in range(number, operations, threads):
                one.operate(index, KINDS[(index + index // threads) % len(KINDS)])
        except Exception as exc:  # noqa: BLE001 - an error in a thread is the finding
            one.tally.wrong.append(f"{type(exc).__name__}: {exc}")
        finally:
            tallies.put(one.tally)

    crowd = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for thread in crowd:
        thread.start()
    barrier.wait(PATIENCE_SECONDS)
    begin = time.monotonic()
    total = Tally()
    for _ in crowd:
        one = tallies.get(timeout=PATIENCE_SECONDS)
        total.done.update(one.done)
        total.charged += one.charged
        total.busy += one.busy
        total.wrong += one.wrong
    for thread in crowd:
        thread.join(PATIENCE_SECONDS)
    total.seconds = time.monotonic() - begin
    return total


class _One:
    """One thread's part."""

    def __init__(self, api: PaymentApi) -> None:
        self._api = api
        self._last: str | None = None
        self.tally = Tally()

    def operate(self, index: int, kind: str) -> None:
        """Do one operation and look at what comes back."""
        match kind:
            case "sale":
                self._pay(PaymentType.SALE, index)
            case "refund":
                self._pay(PaymentType.REFUND, index)
            case "query":
                self._query()
            case "batch report":
                self._api.request_batch_report(BatchReportRequest(close_batch=False))
            case "service status":
                self._api.service_status()
            case _:
                self._api.device_status()
        self.tally.done[kind] += 1

    def _pay(self, kind: PaymentType, index: int) -> None:
        reference, amount = f"CROWD-{index}", 1000 + index
        self._last = reference
        outcomes: list[PaymentOutcome] = []
        last: object = None
        with self._api.start_payment(payment(kind, reference, amount)) as conversation:
            for event in conversation:
                headers = event.headers
                self._compare(
                    getattr(headers, "x_wp_correlation_id", None), conversation.correlation_id
                )
                last = event.payload
                if isinstance(last, PaymentNotification | PaymentReceipt):
                    self._compare(last.merchant_transaction_reference, reference)
                elif isinstance(last, PaymentResult):
                    outcomes += last.payments
            for stray in conversation.strays:
                self.tally.wrong.append(f"a stray: {stray.reason}")
        self._compare((len(outcomes), type(last)), (1, PaymentComplete))
        for outcome in outcomes:
            self._note(outcome, kind, reference, amount)

    def _note(self, outcome: PaymentOutcome, kind: PaymentType, reference: str, sum_: int) -> None:
        self._compare(outcome.merchant_transaction_reference, reference)
        if outcome.result is Result.ABORTED_BUSY:
            self.tally.busy += 1
            return
        told = None if outcome.value is None else outcome.value.amount
        self._compare(told, sum_)
        gateway_reference = outcome.gateway_transaction_reference or ""
        self.tally.charged.append(Charged(kind.value, reference, gateway_reference, sum_))

    def _query(self) -> None:
        """Ask for a payment of this thread's; the paypoint only knows the last one of all."""
        reference = self._last or "NONE-YET"
        try:
            reply = self._api.query_payment_result(
                PaymentResultQuery(merchant_transaction_reference=reference)
            )
        except ApiError:
            return
        for outcome in reply.payments:
            self._compare(outcome.merchant_transaction_reference, reference)

    def _compare(self, told: object, asked: object) -> None:
        if told != asked:
            self.tally.wrong.append(f"told {told}, asked {asked}")
