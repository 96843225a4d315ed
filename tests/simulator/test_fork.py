"""A program that forks: the child is refused, and its parent's payment comes to its end."""

import os
import warnings
from collections.abc import Callable

import attrs
import pytest

from held import held_payment
from ips_simulator import Behaviour, Simulator
from sim_helpers import PROMPT, till
from stompws.client import TlsOptions
from worldpay_ips import PaymentAbort, PaymentApi, PaymentResult, StartPayment

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


ABORT = PaymentAbort(merchant_transaction_reference="M1")


def in_a_child(work: Callable[[], object]) -> str:
    """Fork, run, and return the text of what was raised there."""
    readable, writable = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a fork beside threads is the point
        child = os.fork()
    if child == 0:
        text = "nothing was raised"
        try:
            work()
        except BaseException as exc:  # noqa: BLE001 - the parent shall see it
            text = f"{type(exc).__name__}: {exc}"
        os.write(writable, text.encode())
        os._exit(0)
    os.close(writable)
    with os.fdopen(readable, encoding="utf-8") as pipe:
        text = pipe.read()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return text


@pytest.mark.parametrize(
    "use",
    [
        lambda api, _: api.service_status(),
        lambda _, conversation: next(conversation),
        lambda _, conversation: conversation.next_event(0),
        lambda _, conversation: conversation.abort_payment(ABORT),
        lambda _, conversation: conversation.close(),
    ],
    ids=["API", "next", "next_event", "send", "close"],
)
def test_use_after_a_fork_is_refused_and_harms_nobody(
    simulator: Simulator, api: PaymentApi, use: Callable[[PaymentApi, StartPayment], object]
) -> None:
    """The child is told what to do instead; its parent's payment comes to its end."""
    with held_payment(simulator, api) as (conversation, hold):
        told = in_a_child(lambda: use(api, conversation))
        assert told.startswith("LocalProtocolError: ")
        assert "before a fork" in told
        assert "in each process" in told
        hold.release()
        assert isinstance([event.payload for event in conversation][-2], PaymentResult)
    assert conversation.ended
    assert len(simulator.ledger.charges) == 1


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "TLS"])
def test_a_child_that_forgets_its_parents_payment_says_nothing(tls: bool) -> None:
    """Neither leaving the block nor what the collector calls touches the parent's connection."""
    with Simulator(tls=tls) as simulator:
        options = attrs.evolve(PROMPT, tls=TlsOptions(ca_file=simulator.ca_file))
        api = PaymentApi(simulator.server(), license_key=simulator.license_key, options=options)
        with held_payment(simulator, api) as (conversation, hold):

            def forget() -> None:
                conversation.__exit__(None, None, None)
                conversation._driver.abandon()  # what the collector calls

            assert in_a_child(forget) == "nothing was raised"
            hold.release()
            assert isinstance([event.payload for event in conversation][-2], PaymentResult)
            assert conversation.ended


def test_a_forked_simulator_is_its_parents(simulator: Simulator) -> None:
    """A child may connect to it. Its ledger there would be a copy that nobody writes in."""
    for use in (
        lambda: simulator.ledger,
        lambda: simulator.refusals,
        lambda: simulator.next_payment(Behaviour()),
        simulator.issue_license_key,
        simulator.issue_activation_code,
        simulator.start,
        simulator.stop,
    ):
        told = in_a_child(use)
        assert told.startswith("LocalProtocolError: started before a fork")
    assert in_a_child(lambda: simulator.__exit__(None, None, None)) == "nothing was raised"
    assert in_a_child(lambda: till(simulator).service_status()) == "nothing was raised"
    assert till(simulator).service_status()


def test_a_child_that_ends_leaves_the_authoritys_file() -> None:
    """The certificate that tills are told to trust is removed by the process that made it."""
    with Simulator(tls=True) as simulator:
        ca_file = simulator.ca_file
        assert ca_file is not None
        tls = simulator._tls
        assert tls is not None
        assert in_a_child(tls.close) == "nothing was raised"
        assert ca_file.exists()
    assert not ca_file.parent.exists()
