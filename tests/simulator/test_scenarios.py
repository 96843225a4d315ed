"""Every scenario that is shipped, played to a real till, does what its file says of it."""

from collections.abc import Mapping
from typing import Any

import attrs
import pytest

from ips_simulator import Library, Simulator, VirtualClock
from ips_simulator.documentation import codec
from ips_simulator.scenario import Expected, Scenario
from scenario_till import Came, Till
from sim_helpers import PROMPT
from stompws.jsontext import parse
from worldpay_ips import PaymentApi

LIBRARY = Library()


def holds(document: Any, wanted: Any) -> bool:
    """Whether a document has everything that is wanted; it may have more."""
    if isinstance(wanted, Mapping):
        return isinstance(document, Mapping) and all(
            name in document and holds(document[name], item) for name, item in wanted.items()
        )
    return document == wanted


def shown(came: Came) -> Any:
    """The answer as it travelled: of a result, the payment that counts."""
    document: Any = parse(codec().dump(came.answer))[0]
    return document["payments"][-1] if "payments" in document else document


def check(expected: Expected, came: Came) -> None:
    assert came.lost == expected.lost
    assert (came.error.code if came.error else None) == expected.error
    result, approved = None, True
    if expected.results:
        last = came.answer.payments[-1]
        result, approved = last.result, last.outcome == "succeeded"
        assert result in expected.results
    elif expected.results is not None:
        assert came.answer.payments == ()
    if expected.outcome is not None:
        assert came.answer.payments[-1].outcome == expected.outcome
    if expected.receipts is not None:
        assert came.receipts == expected.receipts
    if expected.charges is not None:
        raced = expected.results is not None and len(expected.results) > 1
        assert came.charges == (expected.charges if approved or not raced else ())
    if expected.shows:
        document = shown(came)
        assert holds(document, expected.shows), document


def clock_for(scenario: Scenario) -> VirtualClock:
    """Pauses are skipped, except the one in which the till shall abort."""
    return VirtualClock(auto=scenario.name != "abort-in-time")


@pytest.mark.parametrize("name", LIBRARY.names)
def test_a_scenario_does_what_it_says(name: str) -> None:
    """Results, receipts, charges and errors are those of its `expect`."""
    scenario = LIBRARY.get(name)
    clock = clock_for(scenario)
    beat_ms = 500 if name.startswith("fault-") else 10_000  # so long a silence is waited for, twice
    with Simulator(scenario=name, clock=clock, heart_beat_ms=(beat_ms, beat_ms)) as simulator:
        options = attrs.evolve(PROMPT, heart_beat_ms=(beat_ms, beat_ms))
        api = PaymentApi(simulator.server(), license_key=simulator.license_key, options=options)
        till_ = Till(simulator, api)
        for expected in scenario.expect:
            check(expected, till_.do(expected))
