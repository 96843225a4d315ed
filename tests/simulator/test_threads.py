"""One program, many threads: shared API objects, two paypoints, closing from elsewhere."""

import queue
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import attrs
import pytest

from crowd import Charged, run_crowd
from held import PATIENCE, held_payment, sale
from ips_simulator import Behaviour, Hold, Simulator, Step
from sim_helpers import PROMPT, till
from stompws.client import Stray
from stompws.errors import LinkError, LocalProtocolError, OutcomeUnknownError
from worldpay_ips import (
    PaymentApi,
    PaymentNotification,
    PaymentResult,
    PaymentResultQuery,
    PointOfSaleRegistrationRequest,
    Result,
    StartPayment,
)

THREADS, OPERATIONS = 64, 1000


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Every conversation's thread has ended when a test is over."""
    yield
    names = [thread.name for thread in threading.enumerate() if thread.name.startswith("stompws ")]
    assert names == []


def charged_in(simulator: Simulator) -> list[Charged]:
    return [
        Charged(
            entry.kind.value,
            entry.merchant_transaction_reference,
            entry.gateway_transaction_reference,
            entry.amount,
        )
        for entry in simulator.ledger.charges
    ]


def in_order(charges: list[Charged]) -> list[Charged]:
    return sorted(charges, key=attrs.astuple)


# -- sharing


def test_64_threads_share_one_api_object(simulator: Simulator) -> None:
    """1,000 operations of six kinds: every reply answers what its own thread asked.

    Each payment has its own reference and amount, and the ledger holds exactly what the threads
    were told, each once: a reply that went to another thread would show in either.
    """
    strays: list[Stray] = []
    options = attrs.evolve(PROMPT, on_stray=strays.append)
    api = PaymentApi(simulator.server(), license_key=simulator.license_key, options=options)
    tally = run_crowd(api, threads=THREADS, operations=OPERATIONS)
    assert tally.wrong == []
    assert strays == []
    assert tally.done.total() == OPERATIONS
    assert len(tally.charged) + tally.busy == tally.done["sale"] + tally.done["refund"]
    assert tally.charged
    assert in_order(charged_in(simulator)) == in_order(tally.charged)


def test_a_credential_that_is_fetched_goes_to_the_thread_that_asked(simulator: Simulator) -> None:
    """A function that gives a key is called in each thread; no thread gets another's answer."""
    codes = [simulator.issue_activation_code() for _ in range(16)]
    pos = simulator.point_of_sale
    keys: queue.SimpleQueue[str] = queue.SimpleQueue()
    asked: list[int] = []

    def key() -> str:
        asked.append(threading.get_ident())
        return simulator.license_key

    api = PaymentApi(simulator.server(), license_key=key, options=PROMPT)

    def register(code: str) -> None:
        request = PointOfSaleRegistrationRequest(
            point_of_sale_id=pos.id,
            point_of_sale_reference=pos.reference,
            point_of_sale_activation_code=code,
        )
        keys.put(api.register_point_of_sale(request).point_of_sale_license_key)
        api.service_status()

    threads = [threading.Thread(target=register, args=(code,)) for code in codes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len({keys.get(timeout=0) for _ in threads}) == len(threads)
    assert sorted(asked) == sorted(thread.ident or 0 for thread in threads)


def test_two_paypoints_side_by_side() -> None:
    """Two paypoints of one server and one of another, each with the same reference at once."""
    with Simulator() as shop, Simulator() as kiosk:
        holds = [Hold(Step.CARD) for _ in range(3)]
        for simulator, hold in zip((shop, shop, kiosk), holds, strict=True):
            simulator.next_payment(Behaviour(hold=hold))
        apis = [till(shop, "A"), till(shop, "B"), till(kiosk, "A")]
        running = [
            api.start_payment(sale(amount=amount))
            for api, amount in zip(apis, (100, 200, 300), strict=True)
        ]
        for hold in holds:
            hold.wait_until_reached()
        for hold in reversed(holds):  # the last to begin is the first to end
            hold.release()
        told = [
            [
                (outcome.result, outcome.value and outcome.value.amount)
                for event in conversation
                if isinstance(event.payload, PaymentResult)
                for outcome in event.payload.payments
            ]
            for conversation in running
        ]
        assert told == [[(Result.AUTHORISED_ONLINE, amount)] for amount in (100, 200, 300)]
        assert sorted((c.paypoint_id, c.amount) for c in shop.ledger.charges) == [
            ("A", 100),
            ("B", 200),
        ]
        assert [(c.paypoint_id, c.amount) for c in kiosk.ledger.charges] == [("A", 300)]


# -- closing from another thread


def read_in_a_thread(
    conversation: StartPayment,
) -> "tuple[threading.Thread, queue.SimpleQueue[object]]":
    """Iterate elsewhere; the queue gets every payload, then the error or None."""
    seen: queue.SimpleQueue[object] = queue.SimpleQueue()

    def read() -> None:
        try:
            for event in conversation:
                seen.put(event.payload)
        except LinkError as exc:
            seen.put(exc)
        else:
            seen.put(None)

    thread = threading.Thread(target=read)
    thread.start()
    return thread, seen


def test_a_close_from_another_thread_leaves_the_outcome_unknown(
    simulator: Simulator, api: PaymentApi
) -> None:
    """The request has left: whoever iterates is told so, and how to ask. The payment goes on."""
    with held_payment(simulator, api) as (conversation, hold):
        reader, seen = read_in_a_thread(conversation)
        assert isinstance(seen.get(timeout=PATIENCE), PaymentNotification)
        conversation.close()
        error = seen.get(timeout=PATIENCE)
        reader.join(PATIENCE)
        assert isinstance(error, OutcomeUnknownError)
        assert isinstance(error.reason, LocalProtocolError)
        assert (error.recover_with, error.key) == ("queryPaymentResult", "M1")
        conversation.close()  # the second changes nothing
        with pytest.raises(OutcomeUnknownError):
            next(conversation)
        query = PaymentResultQuery(merchant_transaction_reference="M1")
        assert api.query_payment_result(query).payments[0].result is Result.IN_PROGRESS
        hold.release()
    while (result := api.query_payment_result(query).payments[0].result) is Result.IN_PROGRESS:
        pass
    assert result is Result.AUTHORISED_ONLINE
    assert [entry.amount for entry in simulator.ledger.charges] == [1099]


def test_many_threads_may_close_at_once(simulator: Simulator, api: PaymentApi) -> None:
    """Each returns when it is closed; the reader is told once, and not that all is well."""
    with held_payment(simulator, api) as (conversation, _):
        reader, seen = read_in_a_thread(conversation)
        assert isinstance(seen.get(timeout=PATIENCE), PaymentNotification)
        closers = [threading.Thread(target=conversation.close) for _ in range(8)]
        for closer in closers:
            closer.start()
        for closer in closers:
            closer.join(PATIENCE)
        assert not any(closer.is_alive() for closer in closers)
        assert isinstance(seen.get(timeout=PATIENCE), OutcomeUnknownError)
        reader.join(PATIENCE)
        assert seen.empty()


def test_a_close_after_the_end_loses_nothing(simulator: Simulator, api: PaymentApi) -> None:
    """Another thread that closes too late finds a payment that has ended."""
    with held_payment(simulator, api) as (conversation, hold):
        reader, seen = read_in_a_thread(conversation)
        hold.release()
        reader.join(PATIENCE)
        conversation.close()
        assert conversation.ended
        told = [seen.get(timeout=0) for _ in range(seen.qsize())]
        assert told[-1] is None
        assert sum(isinstance(payload, PaymentResult) for payload in told) == 1


# -- interrupting


@contextmanager
def interrupted_when(happens: Callable[[], None]) -> Iterator[None]:
    """Ctrl-C for this thread, as soon as `happens` returns in another one."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    owner = threading.get_ident()

    def press() -> None:
        happens()
        time.sleep(0.1)  # a signal on the very brink of waiting is seen after the wait: CPython's
        signal.pthread_kill(owner, signal.SIGINT)

    presser = threading.Thread(target=press)
    presser.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            yield
    finally:
        presser.join(PATIENCE)
        signal.signal(signal.SIGINT, before)


needs_signals = pytest.mark.skipif(
    not hasattr(signal, "pthread_kill"), reason="this system cannot interrupt one thread"
)


@needs_signals
def test_ctrl_c_while_reading_closes_and_passes(simulator: Simulator, api: PaymentApi) -> None:
    """The interrupt is not swallowed, the goodbye is said, the payment itself goes on."""
    hold = Hold(Step.CARD)
    simulator.next_payment(Behaviour(hold=hold))
    read = threading.Event()
    with (
        interrupted_when(lambda: read.wait(PATIENCE) and None),
        api.start_payment(sale()) as conversation,
    ):
        for event in conversation:  # the first is all there is to read until the card comes
            assert isinstance(event.payload, PaymentNotification)
            read.set()
    assert not conversation.ended
    with pytest.raises(OutcomeUnknownError):
        next(conversation)
    hold.release()


@needs_signals
def test_ctrl_c_while_connecting_leaves_nothing_behind(simulator: Simulator) -> None:
    """Nothing was sent, nothing stays open, and the next payment goes through."""
    asking, never = threading.Event(), threading.Event()

    def stuck(_direction: str, frame: object, _seconds: float) -> None:
        if getattr(frame, "command", "") == "CONNECTED":  # it has come: the opener still waits
            asking.set()
            never.wait(0.5)

    options = attrs.evolve(PROMPT, trace=stuck)
    api = PaymentApi(simulator.server(), license_key=simulator.license_key, options=options)
    with interrupted_when(lambda: asking.wait(PATIENCE) and None):
        api.start_payment(sale())
    assert simulator.ledger.charges == ()
    assert api.service_status()
