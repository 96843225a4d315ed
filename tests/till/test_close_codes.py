"""What a till says when the server closes the WebSocket with a code, instead of answering."""

from collections.abc import Callable

import pytest

from driver_peers import Peer, serving
from ips_till import NotSentError, Till, TillSettings, Unknown
from stompws.errors import ConnectionLostError
from stompws.protocol import ConnectRequested, SendReceived
from till_helpers import Shop, quick
from worldpay_ips import OnPremise

CODES = {
    1000: "all is well",
    1001: "the server goes away",
    1008: "a rule was broken",
    1011: "the server has a fault",
    1012: "the server starts again",
    4321: "a code of the service's own",
}
"""Of RFC 6455 and its registry, but for the last."""


def closes_at(moment: type[ConnectRequested | SendReceived], code: int) -> Callable[[Peer], None]:
    """A server that is well until a client has said something; then it closes, and stays closed."""
    well = True

    def play(peer: Peer) -> None:
        nonlocal well
        for event in peer.events():
            if isinstance(event, moment) or not well:
                break
            if isinstance(event, ConnectRequested):
                peer.protocol.accept()
                peer.flush()
        well = False
        peer.ws.close(code, CODES[code])

    return play


class LinkLosses:
    """An observer that keeps what it is told about lost links."""

    def __init__(self) -> None:
        self.told: list[dict[str, object]] = []

    def note(self, kind: str, /, **facts: object) -> None:
        """One more."""
        if kind == "link-lost":
            self.told.append(facts)

    def trace(self, *_: object) -> None:
        """Frames are not looked at."""

    def end(self) -> None:
        """Nothing is to be closed."""


def till_at(url: str, shop: Shop, settings: TillSettings, losses: LinkLosses) -> Till:
    """A till of the shop, at another server."""
    port = int(url.rsplit(":", 1)[1].split("/")[0])
    return Till(
        OnPremise(host="127.0.0.1", port=port, paypoint_id="INST001", plain=True),
        license_key="k",
        journal=shop.journal(),
        settings=settings,
        on_action="decline",
        observe=lambda _intent: losses,
    )


@pytest.mark.criterion("AC26")
@pytest.mark.parametrize("code", CODES)
def test_closed_before_the_request_it_is_not_sent(shop: Shop, code: int) -> None:
    """The error says so, and has the code; the paypoint is free."""
    losses = LinkLosses()
    with (
        serving(closes_at(ConnectRequested, code)) as url,
        till_at(url, shop, quick(), losses) as till,
    ):
        with pytest.raises(NotSentError) as caught, till.sale(1099, reference="A1"):
            pass
        assert till.unresolved() == ()
    assert isinstance(caught.value.reason, ConnectionLostError)
    assert caught.value.reason.close_code == code
    assert str(code) in str(caught.value)
    assert [facts["phase"] for facts in losses.told] == ["before-sent"]


@pytest.mark.criterion("AC26")
@pytest.mark.parametrize("code", CODES)
def test_closed_after_the_request_it_is_not_known(shop: Shop, code: int) -> None:
    """Whatever the code says: also after "all is well" the money may have moved."""
    losses = LinkLosses()
    settings = quick(recovery_total=0.2)
    with (
        serving(closes_at(SendReceived, code)) as url,
        till_at(url, shop, settings, losses) as till,
    ):
        with till.sale(1099, reference="A1") as payment:
            payment.finish()
        assert [entry.reference for entry in till.unresolved()] == ["A1"]
    outcome = payment.outcome
    assert isinstance(outcome, Unknown)
    assert str(code) in outcome.why
    assert not outcome.needs_person
    assert losses.told == [{"phase": "after-sent", "why": "ConnectionLostError"}]
