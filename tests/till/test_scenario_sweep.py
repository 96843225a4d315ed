"""Every shipped scenario, as sale, refund and pre-authorisation: the outcome is the ledger's."""

from pathlib import Path
from typing import Any

import pytest

import ips_simulator
from ips_till import Actions, Unknown
from till_helpers import Shop, agrees, quick

SCENARIOS = sorted(
    path.stem for path in (Path(ips_simulator.__file__).parent / "scenarios").glob("*.yaml")
)
YES: dict[str, Any] = {
    "signature": lambda _question: True,
    "voice_authorisation": lambda _question: "1234AA",
    "avs": lambda _question: True,
}
NOBODY_KNOWS = {"newer-outcome", "query-pending", "query-unknown"}
"""In these the service says nothing that can be believed: a person is needed."""


@pytest.mark.criterion("AC5", "AC22")
@pytest.mark.parametrize("answers", ["yes", "no"])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_outcome_agrees_with_the_ledger(shop: Shop, scenario: str, answers: str) -> None:
    """Approved means charged once with that amount; declined and not taken mean not charged."""
    actions = Actions(otherwise="decline", **(YES if answers == "yes" else {}))
    settings = quick(first_event=1, between_events=1, recovery_total=3)
    with shop.till(on_action=actions, settings=settings) as till:
        for start in (till.sale, till.refund, till.pre_auth):
            shop.simulator.choose("INST001", scenario)
            with start(1099) as payment:
                payment.finish()
            assert agrees(payment.outcome, shop.charges(payment.reference)), payment.outcome
            if isinstance(payment.outcome, Unknown):
                assert scenario in NOBODY_KNOWS
                till.journal.decide(payment.reference, {"kind": "not-taken"}, reason="a test")
