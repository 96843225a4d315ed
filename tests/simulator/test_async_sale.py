"""A till in an event loop: payments over the asyncio client, with the simulator as the judge."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from ips_simulator import Behaviour, Simulator
from ips_simulator.behaviour import Hold, Step
from sim_helpers import PROMPT
from stompws.async_client import AsyncApiClient
from stompws.client import ClientOptions, TlsOptions
from stompws.errors import ApiError, NotSentError, OutcomeUnknownError
from worldpay_ips import (
    CardPresent,
    Instruction,
    PaymentActionDone,
    PaymentActionRequired,
    PaymentReceipt,
    PaymentRequest,
    PaymentResult,
    PaymentResultQuery,
    PaymentType,
    ReceiptType,
    RequestValue,
    ServiceStatus,
    SignatureVerificationDone,
)
from worldpay_ips.operations import (
    API,
    CONFIRM_PAYMENT_ACTION,
    QUERY_PAYMENT_RESULT,
    SERVICE_STATUS,
    START_PAYMENT,
)


def sale(reference: str = "M1", amount: int = 1099) -> PaymentRequest:
    return PaymentRequest(
        payment_type=PaymentType.SALE,
        merchant_transaction_reference=reference,
        instruction=Instruction(
            value=RequestValue(amount=amount), payment_instrument=CardPresent()
        ),
    )


def till(simulator: Simulator, paypoint_id: str = "INST001") -> AsyncApiClient:
    return AsyncApiClient(
        API, simulator.server(paypoint_id), credential=simulator.license_key, options=PROMPT
    )


async def pay(client: AsyncApiClient, request: PaymentRequest) -> list[Any]:
    """Take a payment, verify the signature when asked; return all that came."""
    payloads: list[Any] = []
    async with client.open(START_PAYMENT, request) as conversation:
        async for event in conversation:
            payloads.append(event.payload)
            if isinstance(event.payload, PaymentActionRequired):
                done = PaymentActionDone(
                    merchant_transaction_reference=request.merchant_transaction_reference,
                    data=SignatureVerificationDone(is_signature_verified=True),
                )
                await conversation.send(CONFIRM_PAYMENT_ACTION, done)
    return payloads


def result_of(payloads: list[Any]) -> PaymentResult:
    (result,) = (payload for payload in payloads if isinstance(payload, PaymentResult))
    assert isinstance(result, PaymentResult)
    return result


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "TLS"])
def test_a_whole_sale_with_a_signature(tls: bool) -> None:
    """The slip, the question, one answer, the receipts, the result; charged once."""
    with Simulator(tls=tls) as simulator:
        simulator.next_payment(Behaviour(actions=["signature-verification"]))
        options = ClientOptions(
            deadlines=PROMPT.deadlines,
            tls=TlsOptions(ca_file=simulator.ca_file) if tls else TlsOptions(),
        )
        client = AsyncApiClient(
            API, simulator.server(), credential=simulator.license_key, options=options
        )
        payloads = asyncio.run(pay(client, sale()))
        charges = [charge.amount for charge in simulator.ledger.charges]
    receipts = [payload for payload in payloads if isinstance(payload, PaymentReceipt)]
    assert [receipt.type for receipt in receipts] == [ReceiptType.MERCHANT, ReceiptType.CUSTOMER]
    assert sum(isinstance(payload, PaymentActionRequired) for payload in payloads) == 1
    assert result_of(payloads).payments[0].outcome == "succeeded"
    assert charges == [1099]


def test_a_result_is_asked_for_and_a_status_is_subscribed_to(simulator: Simulator) -> None:
    """Conversations of one reply, with and without a request."""

    async def play() -> tuple[Any, Any]:
        client = till(simulator)
        await pay(client, sale())
        query = PaymentResultQuery(merchant_transaction_reference="M1")
        found = await client.request(QUERY_PAYMENT_RESULT, query, reply=PaymentResult)
        return found, await client.request(SERVICE_STATUS, reply=ServiceStatus)

    result, status = asyncio.run(play())
    assert result.payments[0].outcome == "succeeded"
    assert isinstance(status, ServiceStatus)


def test_many_paypoints_take_payments_at_once(simulator: Simulator) -> None:
    """Each is told its own result, and the ledger holds each once."""

    async def play() -> list[list[Any]]:
        return await asyncio.gather(
            *(pay(till(simulator, f"P{n}"), sale(f"R{n}", 100 + n)) for n in range(25))
        )

    for number, payloads in enumerate(asyncio.run(play())):
        (told,) = result_of(payloads).payments
        assert told.merchant_transaction_reference == f"R{number}"
        assert told.value is not None
        assert told.value.amount == 100 + number
    amounts = sorted(charge.amount for charge in simulator.ledger.charges)
    assert amounts == [100 + number for number in range(25)]


@pytest.mark.parametrize("after", ["the request", "the session"])
def test_a_cancelled_sale_is_charged_once_or_never(simulator: Simulator, after: str) -> None:
    """Cancelled before its request left nothing is charged; after it the outcome is unknown."""
    hold = Hold(Step.CARD)
    simulator.next_payment(Behaviour(hold=hold))
    opened: list[Any] = []

    async def stop(_: str) -> None:
        reached.set()
        await asyncio.Event().wait()

    async def take() -> None:
        hook: Callable[[str], Awaitable[None]] | None = stop if after == "the session" else None
        async with till(simulator).open(START_PAYMENT, sale(), before_request=hook) as conversation:
            opened.append(conversation)
            await anext(conversation)
            reached.set()
            async for _ in conversation:
                pass

    async def play() -> None:
        task = asyncio.create_task(take())
        await reached.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        for conversation in opened:
            with pytest.raises(OutcomeUnknownError):
                await conversation.next_event()

    reached = asyncio.Event()
    asyncio.run(play())
    hold.release()
    assert len(opened) == (after == "the request")
    if after == "the session":
        assert simulator.ledger.charges == ()


def test_a_refused_key_is_not_sent_and_shown_nowhere(
    simulator: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither in the error and its causes nor in any log, at any level."""
    key = "canary-key-7d1f"

    async def play() -> None:
        client = AsyncApiClient(API, simulator.server(), credential=key, options=PROMPT)
        async with client.open(START_PAYMENT, sale()) as conversation:
            async for _ in conversation:
                pass

    with caplog.at_level(logging.DEBUG), pytest.raises((NotSentError, ApiError)) as refused:
        asyncio.run(play())
    found: BaseException | None = refused.value
    while found is not None:
        assert key not in f"{found!r} {found} {found.args}"
        found = found.__cause__ or found.__context__
    mine = [one for one in caplog.records if not one.name.startswith("websockets.server")]
    assert key not in "\n".join(one.getMessage() for one in mine)
    assert simulator.ledger.charges == ()
