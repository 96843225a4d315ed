"""The till of an event loop: the same arguments, rules and outcomes as `Till`."""

import asyncio
import inspect
import threading
import time
from typing import Any

import pytest

from async_steps import async_till, run, until
from ips_simulator import Behaviour, Hold
from ips_till import (
    ActionError,
    Actions,
    Approved,
    AsyncTill,
    AvsQuestion,
    ConfigurationError,
    Declined,
    Journal,
    NotSentError,
    NotTaken,
    Phase,
    ReceiptReady,
    Recovering,
    ReferenceUsedError,
    RefusedError,
    SignatureQuestion,
    Till,
    TillError,
    Unknown,
    UnresolvedPaymentError,
    VoiceAuthorisationQuestion,
)
from till_helpers import Shop, agrees, quick
from worldpay_ips import OnPremise, TokenPurpose


@pytest.fixture
def journal(shop: Shop) -> Journal:
    """The shop's journal."""
    return shop.journal()


async def sell(till: AsyncTill, amount: int = 1099, **more: Any) -> Any:
    """Take a sale to its end."""
    async with till.sale(amount, **more) as payment:
        await payment.finish()
    return payment


def test_it_has_the_same_names_as_a_till() -> None:
    """Whoever knows one knows the other: methods, their arguments, in their order."""
    for name in (name for name in vars(Till) if not name.startswith("_")):
        one, other = getattr(Till, name), getattr(AsyncTill, name)
        assert list(inspect.signature(one).parameters) == list(inspect.signature(other).parameters)


@pytest.mark.parametrize(
    ("scenario", "kind"),
    [
        ("approved", Approved),
        ("declined-online", Declined),
        ("busy", NotTaken),
        ("cancelled-at-pad", NotTaken),
        ("lost-before-result", Approved),
        ("lost-before-decline", Declined),
        ("lost-before-complete", Approved),
        ("error-after-approval", Approved),
        ("fault-reset", Approved),
        ("fault-stomp-error", Approved),
        ("fault-duplicate", Approved),
        ("query-unknown", Unknown),
        ("empty-list", None),
        ("newer-result", Approved),
    ],
)
def test_a_sale_ends_as_with_a_till(
    shop: Shop, journal: Journal, scenario: str, kind: type[object] | None
) -> None:
    """The same scenario with threads and with a loop: the same outcome, true to the ledger."""

    async def play() -> Any:
        async with async_till(shop, journal) as till:
            return await sell(till)

    shop.simulator.choose("INST001", scenario)
    shop.simulator.choose("INST002", scenario)
    with shop.till(paypoint_id="INST002", journal=journal) as till, till.sale(1099) as first:
        first.finish()
    payment = run(play())
    assert type(payment.outcome) is type(first.outcome)
    assert kind is None or isinstance(payment.outcome, kind)
    assert payment.outcome.what_to_do == first.outcome.what_to_do
    charges = shop.charges(payment.reference)
    assert len(charges) <= 1
    assert agrees(payment.outcome, charges)


def test_all_operations_end_as_they_should(shop: Shop, journal: Journal) -> None:
    """Each that there is, one after the other."""

    async def play() -> None:
        async with async_till(shop, journal) as till:
            sale = (await sell(till)).outcome
            assert isinstance(await till.cancel(sale), Approved)
            async with till.pre_auth(2000) as held:
                await held.finish()
            assert isinstance(await till.settle(held.reference, 1500), Approved)
            verification = till.verify_account(token_purpose=TokenPurpose.RECURRING)
            for payment in (till.refund(100), till.check_card(), verification):
                async with payment:
                    assert isinstance(await payment.finish(), Approved)
            assert (await till.x_report()).batch_number is not None
            closed = await till.z_report()
            assert closed.report is not None
            assert (await till.offline_report()) is not None
            assert (await till.device_status()).status == "connected"
            assert (await till.service_status()).status == "not-busy"
            assert isinstance(await till.restart(), Approved)
            assert await till.unresolved() == ()
            assert await till.recover() is None

    run(play())


def test_receipts_are_kept_and_fetched(shop: Shop, journal: Journal) -> None:
    """Those that came are told; those that were lost are fetched, and told by the journal."""

    async def play() -> None:
        async with async_till(shop, journal) as till:
            shop.simulator.next_payment(Behaviour(drop_before="receipts"))
            lost = await sell(till)
            assert lost.outcome.missing_receipts == ()
            receipts = await till.ensure_receipts(lost.reference)
            assert sorted(receipt.type for receipt in receipts) == ["customer", "merchant"]
            async with till.sale(1) as payment:
                events = [event async for event in payment]
            assert len([event for event in events if isinstance(event, ReceiptReady)]) == 2
            shop.simulator.next_payment("declined-online")
            declined = await sell(till)
            for reference in (declined.reference, "NOBODY"):
                with pytest.raises(RefusedError):
                    await till.ensure_receipts(reference)

    run(play())


def test_a_loss_is_recovered_in_the_loop_over_events(shop: Shop, journal: Journal) -> None:
    """The screen is told that the service is being asked."""

    async def play() -> Any:
        async with async_till(shop, journal) as till, till.sale(1099) as payment:
            events = [event async for event in payment]
            assert any(isinstance(event, Recovering) for event in events)
        return payment

    shop.simulator.next_payment("lost-before-result")
    payment = run(play())
    assert isinstance(payment.outcome, Approved)
    assert len(shop.charges(payment.reference)) == 1


def test_a_loss_before_the_request_is_certain(journal: Journal) -> None:
    """Nobody listens: nothing was sent, and the paypoint is free."""

    async def play() -> None:
        nowhere = OnPremise(host="127.0.0.1", port=9, paypoint_id="INST001", plain=True)
        async with AsyncTill(
            nowhere, license_key="k", journal=journal, on_action="decline"
        ) as till:
            payment = till.sale(1099)
            with pytest.raises(NotSentError):
                await payment.__aenter__()
            assert await till.unresolved() == ()
            entry = till.journal.find(payment.reference)
            assert entry is not None
            assert (entry.phase, entry.sending_at) == (Phase.RESOLVED, None)

    run(play())


def test_a_second_payment_is_refused_until_the_first_is_found_out(
    shop: Shop, journal: Journal
) -> None:
    """While it runs, and after it was left behind."""

    async def play() -> None:
        hold = Hold("card")
        shop.simulator.next_payment(Behaviour(), hold=hold)
        async with async_till(shop, journal, settings=quick(recovery_total=0.2)) as till:
            async with till.sale(1099) as payment:
                with pytest.raises(UnresolvedPaymentError) as caught:
                    await till.sale(500).__aenter__()
                assert caught.value.in_flight
                with pytest.raises(UnresolvedPaymentError):
                    await till.recover()
                hold.release()
            hold = Hold("result")
            shop.simulator.next_payment(Behaviour(drop_before="card"), hold=hold)
            payment = await sell(till)
            assert isinstance(payment.outcome, Unknown)
            assert [entry.reference for entry in await till.unresolved()] == [payment.reference]
            with pytest.raises(UnresolvedPaymentError, match=payment.reference):
                await till.sale(500).__aenter__()
            hold.release()
            assert isinstance(await till.recover(payment.reference), Approved)
            with pytest.raises(ReferenceUsedError):
                await till.sale(1, reference=payment.reference).__aenter__()

    run(play())


async def _later(_: SignatureQuestion) -> bool:
    await asyncio.sleep(0.01)
    return True


class _Callable:
    async def __call__(self, _: SignatureQuestion) -> bool:
        return True


@pytest.mark.parametrize(
    "handler", [_later, lambda _: True, _Callable()], ids=["coroutine", "function", "object"]
)
def test_a_question_is_answered_by_a_handler(shop: Shop, journal: Journal, handler: Any) -> None:
    """A coroutine is awaited; a function has a thread of its own."""

    async def play() -> Any:
        actions = Actions(otherwise="decline", signature=handler)
        async with async_till(shop, journal, on_action=actions) as till:
            return (await sell(till)).outcome

    shop.simulator.next_payment("signature-accepted")
    assert isinstance(run(play()), Approved)


@pytest.mark.criterion("AC30")
def test_a_question_is_answered_in_the_loop_over_events(shop: Shop, journal: Journal) -> None:
    """The person thinks as long as they like; the slip was there before."""

    async def play() -> Any:
        actions = Actions(otherwise="decline", in_loop=True)
        slips = 0
        async with async_till(shop, journal) as till:
            async with till.sale(1099, on_action=actions) as payment:
                async for event in payment:
                    slips += isinstance(event, ReceiptReady)
                    if isinstance(event, SignatureQuestion):
                        assert slips == 1
                        await asyncio.sleep(1.0)  # three heart-beats
                        event.answer(True)
            return payment.outcome

    shop.simulator.next_payment("signature-accepted")
    assert isinstance(run(play()), Approved)


async def _never(_: object) -> bool:
    await asyncio.Event().wait()
    return True


async def _stubborn(_: object) -> bool:
    end = time.monotonic() + 1.5
    while time.monotonic() < end:
        try:
            await asyncio.sleep(0.05)
        except asyncio.CancelledError:
            continue
    return True


def _blocks(_: object) -> bool:
    time.sleep(1.0)
    return True


async def _fails(_: object) -> bool:
    raise ZeroDivisionError


def _fails_in_a_thread(_: object) -> bool:
    raise StopIteration


def _ends_its_thread(_: object) -> bool:
    raise SystemExit


async def _waits_for_what_is_cancelled(_: object) -> bool:
    inner = asyncio.ensure_future(asyncio.sleep(10))
    asyncio.get_running_loop().call_later(0.05, inner.cancel)
    await inner
    return True


async def _nonsense(_: object) -> Any:
    return "yes"


@pytest.mark.criterion("AC28")
@pytest.mark.parametrize(
    "handler",
    [
        _never,
        _stubborn,
        _blocks,
        _fails,
        _fails_in_a_thread,
        _ends_its_thread,
        _waits_for_what_is_cancelled,
        _nonsense,
    ],
)
def test_a_handler_without_an_answer_is_no_yes(shop: Shop, journal: Journal, handler: Any) -> None:
    """Late, stubborn, broken or cancelled: the policy answers in time, and the sale goes on."""

    async def play() -> Any:
        actions = Actions(otherwise="decline", signature=handler, deadline=0.2)
        async with async_till(shop, journal, on_action=actions) as till:
            begin = time.monotonic()
            outcome = (await sell(till)).outcome
            assert time.monotonic() - begin < 0.9
            return outcome

    shop.simulator.next_payment("signature-accepted")
    assert isinstance(run(play()), Declined)
    assert shop.simulator.ledger.charges == ()


@pytest.mark.criterion("AC38")
def test_a_handler_that_blocks_does_not_hold_up_the_loop(shop: Shop, journal: Journal) -> None:
    """A function has its own thread: another paypoint takes its sales meanwhile."""
    asked, over = threading.Event(), threading.Event()

    def stare(_: SignatureQuestion) -> bool:
        asked.set()
        return over.wait(20)

    async def play() -> None:
        actions = Actions(otherwise="decline", signature=stare)
        async with (
            async_till(shop, journal, on_action=actions) as one,
            async_till(shop, journal, paypoint_id="INST002") as two,
        ):
            first = asyncio.create_task(sell(one))
            await until(asked.is_set)
            for _ in range(3):
                assert isinstance((await sell(two)).outcome, Approved)
            over.set()
            assert isinstance((await first).outcome, Approved)

    shop.simulator.choose("INST001", "signature-accepted")
    run(play())


@pytest.mark.criterion("AC27")
def test_a_payment_without_a_policy_is_refused(shop: Shop, journal: Journal) -> None:
    """Before anything is journaled."""

    async def play() -> None:
        async with async_till(shop, journal, on_action=None) as till:
            with pytest.raises(ConfigurationError, match="on_action"):
                till.sale(1099)

    run(play())


@pytest.mark.criterion("AC17", "AC19")
def test_an_abort_is_a_request(shop: Shop, journal: Journal) -> None:
    """From another task; after the approval it points to `cancel`."""

    async def play() -> None:
        hold = Hold("card")
        shop.simulator.next_payment(Behaviour(), hold=hold)
        async with async_till(shop, journal) as till:
            async with till.sale(1099) as payment:
                reading = asyncio.create_task(payment.finish())
                await asyncio.to_thread(hold.wait_until_reached)
                await payment.abort()
                outcome = await reading
            assert isinstance(outcome, NotTaken)
            assert outcome.abort_requested
            done = await sell(till)
            with pytest.raises(ActionError, match="cancel"):
                await done.abort()
            with pytest.raises(TillError, match="not begun"):
                await till.sale(1).abort()

    run(play())


def test_two_tasks_take_turns(shop: Shop, journal: Journal) -> None:
    """Each event comes to one of them; leaving the block waits for the end, whoever reads."""

    async def play() -> None:
        async with async_till(shop, journal) as till:
            for _ in range(10):
                events: list[object] = []

                async def read(payment: Any, into: list[object]) -> None:
                    into.extend([event async for event in payment])

                async with till.sale(1099) as payment:
                    tasks = [asyncio.create_task(read(payment, events)) for _ in range(3)]
                    await asyncio.sleep(0.005)
                await asyncio.gather(*tasks)
                assert isinstance(payment.outcome, Approved)

    run(play())
    assert len(shop.simulator.ledger.charges) == 10


def test_leaving_early_reads_to_the_end(shop: Shop, journal: Journal) -> None:
    """`break` is no abort, and an error of the program comes out when the truth is known."""

    async def play() -> None:
        async with async_till(shop, journal) as till:
            async with till.sale(1099) as payment:
                async for _ in payment:
                    break
            assert isinstance(payment.outcome, Approved)
            payment = till.sale(1099)
            with pytest.raises(ZeroDivisionError):
                async with payment:
                    raise ZeroDivisionError
            assert isinstance(payment.outcome, Approved)
            with pytest.raises(TillError, match="entered once"):
                await payment.__aenter__()
            with pytest.raises(TillError, match="enter the payment first"):
                await anext(till.sale(1))

    run(play())


def test_a_closed_till_says_so(shop: Shop, journal: Journal) -> None:
    """Whatever is asked of it."""

    async def play() -> None:
        till = async_till(shop, journal)
        await till.close()
        await till.close()
        for use in (till.recover, till.x_report, till.device_status, till.z_report, till.restart):
            with pytest.raises(ConfigurationError, match="closed"):
                await use()
        with pytest.raises(ConfigurationError, match="closed"):
            till.sale(1)

    run(play())


@pytest.mark.criterion("AC28")
def test_avs_and_voice_questions_have_coroutines_too(shop: Shop, journal: Journal) -> None:
    """Each kind by its own handler."""
    seen: list[str] = []

    async def avs(question: AvsQuestion) -> bool:
        seen.append(question.action)
        return True

    async def voice(question: VoiceAuthorisationQuestion) -> str | None:
        seen.append(question.action)
        return "AB12"

    async def play() -> None:
        actions = Actions(otherwise="decline", avs=avs, voice_authorisation=voice)
        async with async_till(shop, journal, on_action=actions) as till:
            for scenario in ("avs-confirmed", "referral-approved"):
                shop.simulator.next_payment(scenario)
                assert isinstance((await sell(till)).outcome, Approved)

    run(play())
    assert seen == ["avs-confirmation", "voice-authorisation"]
