"""What watchers are told: everything in its order, and nothing that may not be seen."""

import logging
import threading

import pytest

from ips_simulator import FeedEvent, Hold, Simulator, Step
from ips_simulator.feed import (
    ActionAnswered,
    ActionAsked,
    ChargeBooked,
    ClientConnected,
    ClientLeft,
    FaultDone,
    Feed,
    FrameSeen,
    PadChanged,
    PaymentEnded,
    PaymentStarted,
    ReceiptSent,
    Refused,
    ScenarioChosen,
    StepTaken,
)
from scenario_till import Till
from sim_helpers import pay, till
from stompws.errors import LinkError
from worldpay_ips import PaymentApi, PaymentType, PointOfSaleRegistrationRequest


class Watcher:
    """Keeps what it is told."""

    def __init__(self, simulator: Simulator) -> None:
        self.events: list[FeedEvent] = []
        self._changed = threading.Condition()
        self.stop = simulator.feed.subscribe(self._take)

    def _take(self, event: FeedEvent) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def wait_until_left(self, clients: int = 1) -> None:
        """The client has heard the end before the server sees it leave."""

        def left() -> bool:
            return sum(isinstance(event, ClientLeft) for event in self.events) >= clients

        with self._changed:
            assert self._changed.wait_for(left, 10)

    def of(self, *types: type[FeedEvent]) -> list[FeedEvent]:
        return [event for event in self.events if isinstance(event, types)]


def test_a_payment_is_told_from_its_beginning_to_its_end(simulator: Simulator) -> None:
    """Without the frames: what happened, in the order of happening."""
    watcher = Watcher(simulator)
    simulator.next_payment("signature-accepted")
    (expected,) = simulator.library.get("signature-accepted").expect
    Till(simulator, till(simulator)).do(expected)
    watcher.wait_until_left()
    told = [event for event in watcher.events if not isinstance(event, FrameSeen | PadChanged)]
    assert [type(event) for event in told] == [
        ClientConnected,
        PaymentStarted,
        StepTaken,  # card
        StepTaken,  # notify
        StepTaken,  # receipt, to sign
        ReceiptSent,
        StepTaken,  # ask
        ActionAsked,
        ActionAnswered,
        StepTaken,  # decide
        ChargeBooked,
        StepTaken,  # receipt
        ReceiptSent,
        StepTaken,  # receipt, sent before
        StepTaken,  # result
        StepTaken,  # complete
        PaymentEnded,
        ClientLeft,
    ]
    steps = [event.step for event in told if isinstance(event, StepTaken)]
    assert steps[:4] == [
        "card: insert",
        "notify: Authorising...",
        "receipt: merchant",
        "ask: signature-verification",
    ]
    assert watcher.of(PaymentStarted) == [
        PaymentStarted(
            at=watcher.of(PaymentStarted)[0].at,
            paypoint_id="INST001",
            reference="M1",
            amount=1099,
            scenario="signature-accepted",
        )
    ]
    (receipt, _) = watcher.of(ReceiptSent)
    assert isinstance(receipt, ReceiptSent)
    assert "SIGN HERE" in receipt.text
    assert [event.display for event in watcher.of(PadChanged) if isinstance(event, PadChanged)] == [
        "PLEASE INSERT CARD",
        "Authorising...",
        "WELCOME",
    ]


def test_frames_are_seen_both_ways(simulator: Simulator, api: PaymentApi) -> None:
    """With their commands, harmless headers, and bodies as redacted messages."""
    watcher = Watcher(simulator)
    pay(api, PaymentType.SALE, 1099)
    watcher.wait_until_left()
    frames = [event for event in watcher.events if isinstance(event, FrameSeen)]
    assert (frames[0].direction, frames[0].command) == ("in", "CONNECT")
    assert (frames[1].direction, frames[1].command) == ("out", "CONNECTED")
    assert dict(frames[0].headers)["x-wp-authorization"] == "…"
    (sent,) = (frame for frame in frames if frame.command == "SEND")
    assert dict(sent.headers)["destination"] == "/v1/payment"
    assert '"amount":1099' in (sent.body or "")
    assert sent.size > 0
    assert {frame.connection for frame in frames} == {1}
    (result,) = (f for f in frames if '"outcome":"succeeded"' in (f.body or ""))
    assert '"cardNumber":"************0002"' in (result.body or "")


def test_nothing_that_is_told_may_not_be_seen(simulator: Simulator, api: PaymentApi) -> None:
    """Keys, codes, cards, tracks, tokens and authorisations pass by, and stay unseen."""
    watcher = Watcher(simulator)
    code = simulator.issue_activation_code()
    request = PointOfSaleRegistrationRequest(
        point_of_sale_id="D45FGT", point_of_sale_reference="POS123",
        point_of_sale_activation_code=code,
    )  # fmt: skip
    key = PaymentApi(simulator.server()).register_point_of_sale(request).point_of_sale_license_key
    for name in ("approved", "approved-token", "keyed-recovery", "referral-approved"):
        simulator.next_payment(name)
        Till(simulator, api).do(simulator.library.get(name).expect[0])
    with pytest.raises(LinkError):
        PaymentApi(simulator.server(), license_key=f"{key}x").service_status()
    watcher.wait_until_left(6)
    told = "\n".join(
        [repr(event) for event in watcher.events]
        + [event.text for event in watcher.events if isinstance(event, ReceiptSent)]
    )
    secrets = [
        code, key[:24], simulator.license_key[:24], "492949XXXXXX0002", "1234567890123445",
        "1234AA", "AB12",
        "A1B2C3D4E5F6G7H", "532931432DB44ABB5", "422800", '"12345"',
    ]  # fmt: skip
    assert [secret[:4] for secret in secrets if secret in told] == []
    assert "FrameSeen" in told
    assert "0002" in told  # four digits may be seen


def test_faults_choices_and_refusals_are_told(simulator: Simulator, api: PaymentApi) -> None:
    """What a person at a page did, or would want to know."""
    watcher = Watcher(simulator)
    simulator.choose("INST001", "lost-before-result")
    with pytest.raises(LinkError):
        pay(api, PaymentType.SALE, 1099)
    with pytest.raises(LinkError):
        PaymentApi(simulator.server(), license_key="wrong").service_status()
    watcher.wait_until_left(2)
    (chosen,) = watcher.of(ScenarioChosen)
    assert isinstance(chosen, ScenarioChosen)
    assert (chosen.paypoint_id, chosen.name) == ("INST001", "lost-before-result")
    assert [event.kind for event in watcher.of(FaultDone) if isinstance(event, FaultDone)] == [
        "drop"
    ]
    assert len(watcher.of(Refused)) == 1
    left = [event.how for event in watcher.of(ClientLeft) if isinstance(event, ClientLeft)]
    assert sorted(left) == ["error", "lost"]


def test_a_watcher_that_fails_harms_nobody(
    simulator: Simulator, api: PaymentApi, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the payment nor other watchers; its text is not logged."""

    def fail(_event: FeedEvent) -> None:
        raise RuntimeError("4929 4900")

    simulator.feed.subscribe(fail)
    watcher = Watcher(simulator)
    with caplog.at_level(logging.ERROR, logger="ips_simulator"):
        assert pay(api, PaymentType.SALE, 1099).outcome == "succeeded"
    assert watcher.of(PaymentEnded)
    assert "a watcher of the feed failed: RuntimeError" in caplog.text
    assert "4929" not in caplog.text


def test_who_has_unsubscribed_is_told_nothing(simulator: Simulator, api: PaymentApi) -> None:
    """And without watchers nothing is made for them."""
    watcher = Watcher(simulator)
    hold = Hold(Step.CARD)
    simulator.next_payment("approved", hold=hold)
    thread = threading.Thread(target=lambda: pay(api, PaymentType.SALE, 1099))
    thread.start()
    hold.wait_until_reached()
    watcher.stop()
    watcher.stop()
    seen = len(watcher.events)
    hold.release()
    thread.join()
    assert len(watcher.events) == seen
    assert not simulator.feed.watched
    assert not Feed().watched
