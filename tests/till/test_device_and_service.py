"""The device and the service: busy, unavailable, restarting, silent."""

import threading
import time

import pytest

from ips_simulator import Behaviour, Fault, Hold, Simulator
from ips_simulator.feed import FrameSeen
from ips_till import (
    Actions,
    Approved,
    NotTaken,
    Recovering,
    Till,
    Unknown,
    UnresolvedPaymentError,
)
from stompws.client import ClientOptions
from stompws.errors import LinkError
from till_helpers import FAST, Shop, quick, sell


@pytest.mark.criterion("AC34")
@pytest.mark.parametrize(
    ("scenario", "advice"), [("busy", "Wait until"), ("device-unavailable", "Check that")]
)
def test_busy_and_unavailable_are_not_taken(
    shop: Shop, till: Till, scenario: str, advice: str
) -> None:
    """Nothing was charged, and the cashier is told what to do."""
    shop.simulator.next_payment(scenario)
    outcome = sell(till).outcome
    assert isinstance(outcome, NotTaken)
    assert advice in outcome.what_to_do
    assert "Nothing was charged" in outcome.what_to_do
    assert shop.simulator.ledger.charges == ()


@pytest.mark.criterion("AC35")
def test_a_restart_is_refused_during_a_payment(shop: Shop, till: Till) -> None:
    """A restart would end the payment; forced with a reason it is done, and recorded."""
    hold = Hold("card")
    shop.simulator.next_payment(Behaviour(), hold=hold)
    with till.sale(1099) as payment:
        with shop.till() as other, pytest.raises(UnresolvedPaymentError) as caught:
            other.restart()
        assert caught.value.in_flight
        hold.release()
    assert isinstance(payment.outcome, Approved)
    assert isinstance(till.restart(), Approved)


@pytest.mark.criterion("AC35", "AC10")
def test_a_forced_restart_is_recorded(shop: Shop) -> None:
    """The reason stands in the journal, with the payment whose lease it broke."""
    with shop.till(settings=quick(recovery_total=0.2)) as till:
        hold = Hold("result")
        shop.simulator.next_payment(Behaviour(drop_before="card"), hold=hold)
        payment = sell(till)
        assert isinstance(payment.outcome, Unknown)
        hold.release()
        assert isinstance(till.restart(force="the device hangs"), Approved)
        entry = till.journal.find(payment.reference)
        assert entry is not None
        assert entry.broken == "the device hangs"


@pytest.mark.criterion("AC36")
def test_the_check_before_a_payment_is_optional_and_in_order(shop: Shop) -> None:
    """First the service, then the device, then the payment; without it the payment alone."""
    order: list[str] = []

    def look(event: object) -> None:
        if isinstance(event, FrameSeen) and event.command in ("SEND", "SUBSCRIBE"):
            place = dict(event.headers).get("destination", "")
            if place in ("/client/v1/service/status", "/client/v1/device/status", "/v1/payment"):
                order.append(place.rsplit("v1/")[-1])

    shop.simulator.feed.subscribe(look)
    with shop.till() as till:
        sell(till)
    assert order == ["payment"]
    order.clear()
    with shop.till(settings=quick(preflight=True)) as till:
        sell(till)
    assert order == ["service/status", "device/status", "payment"]


@pytest.mark.criterion("AC36")
def test_the_check_before_a_payment_says_no(shop: Shop) -> None:
    """Another client's payment runs: ours is not sent, and the paypoint is free again."""
    hold = Hold("card")
    shop.simulator.next_payment(Behaviour(), hold=hold)
    with shop.till() as till, till.sale(1099) as running:
        elsewhere = shop.folder / "elsewhere.sqlite3"
        with Till(
            shop.simulator.server(),
            license_key=shop.simulator.license_key,
            journal=elsewhere,
            settings=quick(preflight=True),
            on_action="decline",
        ) as other:
            with other.sale(500) as refused:
                assert list(refused) == []
            assert isinstance(refused.outcome, NotTaken)
            assert "busy" in refused.outcome.reason
            assert other.unresolved() == ()
        hold.release()
        assert isinstance(running.finish(), Approved)


@pytest.mark.criterion("AC36")
@pytest.mark.parametrize("place", ["service", "device"])
def test_the_check_before_a_payment_is_bounded(shop: Shop, place: str) -> None:
    """A status that never comes is waited for as long as any request; then the payment is tried."""
    fault = Fault(kind="mute", destination=f"/client/v1/{place}/status")
    shop.simulator.inject("INST001", fault)
    with shop.till(settings=quick(preflight=True, request=0.3, connect=2)) as till:
        began = time.monotonic()
        payment = sell(till)
        assert 0.3 <= time.monotonic() - began < 15
        assert isinstance(payment.outcome, Approved)
        assert len(shop.charges(payment.reference)) == 1


@pytest.mark.criterion("AC37", "AC38", "AC30")
def test_heart_beats_go_on_while_a_person_thinks(shop: Shop) -> None:
    """A handler that blocks for many beats, on a link that dies after two missed ones."""

    def think(_question: object) -> bool:
        time.sleep(1.5)
        return True

    options = ClientOptions(heart_beat_ms=(200, 200))
    actions = Actions(otherwise="decline", signature=think, deadline=5)
    with Simulator(heart_beat_ms=(200, 200)) as simulator:
        own = Shop(simulator, shop.folder)
        with own.till(options=options, on_action=actions) as till:
            simulator.next_payment(Behaviour(actions=["signature-verification"]))
            payment = sell(till)
            assert isinstance(payment.outcome, Approved)
            assert len(own.charges(payment.reference)) == 1
        own.close()


@pytest.mark.criterion("AC39")
def test_a_half_open_link_is_noticed(shop: Shop) -> None:
    """Nothing comes any more, and nobody is told: missed heart-beats tell within seconds."""
    with Simulator(heart_beat_ms=(200, 200)) as simulator:
        own = Shop(simulator, shop.folder)
        with own.till(settings=quick(first_event=60, between_events=60, total=300)) as till:
            simulator.inject("INST001", Fault(kind="half-open", at="result"))
            began = time.monotonic()
            payment = sell(till)
            assert isinstance(payment.outcome, Approved)
            assert (
                time.monotonic() - began < 20
            )  # of 60 until our deadline, and 300 until the server's
            assert len(own.charges(payment.reference)) == 1
        own.close()


@pytest.mark.criterion("AC40")
def test_a_server_without_heart_beats_works(shop: Shop) -> None:
    """It agrees to none, and says nothing for longer than beats would be waited for."""
    options = ClientOptions(heart_beat_ms=(100, 100))
    with Simulator(heart_beat_ms=(0, 0)) as simulator:
        own = Shop(simulator, shop.folder)
        with own.till(options=options) as till:
            hold = Hold("card")
            simulator.next_payment(Behaviour(), hold=hold)
            with till.sale(1099) as payment:
                later = threading.Timer(1, hold.release)
                later.start()
                events = list(payment)
                later.join()
            assert isinstance(payment.outcome, Approved)
            assert not any(isinstance(event, Recovering) for event in events)
        own.close()


@pytest.mark.criterion("AC44")
@pytest.mark.parametrize("profile", ["on-premise", "cloud", "spring", "rabbitmq"])
def test_other_servers_are_the_same_to_a_till(shop: Shop, profile: str) -> None:
    """Sale, question, loss, cancel, report: against each kind of server."""
    with Simulator(profile=profile) as simulator:
        own = Shop(simulator, shop.folder / profile)
        own.folder.mkdir()
        actions = Actions(otherwise="decline", signature=lambda _question: True)
        with own.till(on_action=actions) as till:
            simulator.next_payment(Behaviour(actions=["signature-verification"]))
            signed = sell(till).outcome
            assert isinstance(signed, Approved)
            simulator.next_payment(Behaviour(drop_before="result"))
            assert isinstance(sell(till).outcome, Approved)
            assert isinstance(till.cancel(signed), Approved)
            assert till.z_report().report is not None
        own.close()


def test_reports_and_statuses_are_asked(till: Till) -> None:
    """What changes nothing is asked as often as one likes, and is not journaled."""
    assert till.service_status().status == "not-busy"
    assert till.device_status().status == "connected"
    assert till.offline_report().count == 0
    assert till.x_report() == till.x_report() or till.x_report().sale_count == 0
    assert till.journal.latest() == ()


def test_a_till_is_shared_by_threads(shop: Shop) -> None:
    """Statuses from eight threads while one takes payments: none disturbs another."""
    with shop.till() as till:
        failures: list[BaseException] = []

        def ask() -> None:
            try:
                for _ in range(5):
                    till.service_status()
                    till.unresolved()
            except (LinkError, OSError) as exc:
                failures.append(exc)

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for _ in range(3):
            assert isinstance(sell(till).outcome, Approved)
        for thread in threads:
            thread.join(60)
        assert failures == []
    assert FAST.total < 300
