"""Deadlines and habits of a till: what they are, and what is refused."""

import math
from typing import Any

import pytest

from ips_till.errors import ConfigurationError
from ips_till.settings import LEAST_TOTAL, TillSettings

SECONDS = [
    *("connect", "first_event", "between_events", "action_answer", "total", "request"),
    *("grace_after_result", "close", "recovery_total", "recovery_pause"),
]


@pytest.mark.criterion("AC45")
def test_each_wait_has_a_deadline_of_its_own() -> None:
    """Connect, first event, between events, action answer and total; the total is 300 s or more."""
    settings = TillSettings(connect=1, first_event=2, between_events=3, action_answer=4, total=500)
    deadlines = settings.deadlines
    waits = deadlines.connect, deadlines.first_event, deadlines.between_events, deadlines.total
    assert (*waits, settings.action_answer) == (1, 2, 3, 500, 4)
    assert TillSettings().total >= LEAST_TOTAL == 300


@pytest.mark.parametrize("name", SECONDS)
@pytest.mark.parametrize("value", [0, -1, math.nan, math.inf, True, "3", None])
def test_what_is_no_time_is_refused_by_name(name: str, value: Any) -> None:
    """Not a second later, deep inside a payment."""
    with pytest.raises(ConfigurationError, match=f"^{name}: "):
        TillSettings(**{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("preflight", 1),
        ("preflight", "yes"),
        ("not_found_codes", "90032"),
        ("not_found_codes", [90032]),
        ("not_found_codes", [""]),
        ("follow_up_reference", "other"),
    ],
)
def test_other_nonsense_is_refused_by_name(name: str, value: Any) -> None:
    """A text is no set of codes, and 1 is not True."""
    with pytest.raises(ConfigurationError, match=f"^{name}: "):
        TillSettings(**{name: value})


def test_codes_may_be_given_as_any_collection() -> None:
    """And none at all means that no error is conclusive."""
    assert TillSettings(not_found_codes=["1", "2", "1"]).not_found_codes == {"1", "2"}
    assert TillSettings(not_found_codes=()).not_found_codes == frozenset()
