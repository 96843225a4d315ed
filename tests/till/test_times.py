"""Timestamps: sensible ones are shown in local time, odd ones as they came."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ips_till.times import moment_of, shown
from stompws.shapes import DateTime

LONDON = ZoneInfo("Europe/London")
SUMMER = datetime(2026, 7, 1, 13, 5, 9, tzinfo=UTC)


@pytest.fixture
def in_india() -> Iterator[None]:
    """For one test, this machine's time zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Asia/Kolkata"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.criterion("AC48")
@pytest.mark.parametrize(
    "text",
    [
        *("2026-07-01T13:05:09Z", "2026-07-01T14:05:09+01:00", "2026-07-01 13:05:09.000z"),
        *("2026-07-01T14:05:09+0100", "2026-07-01T13:05:09,000Z", " 2026-07-01T13:05:09 Z "),
        *("2026-07-01T13:05:09.000000000Z", "2026-07-01t08:05:09-05:00", "1782911109000"),
    ],
)
def test_what_says_a_moment_is_read(text: str) -> None:
    """RFC 3339, what is seen besides, and milliseconds since 1970."""
    assert moment_of(text) == moment_of(DateTime(text)) == SUMMER
    assert shown(text, LONDON) == "2026-07-01 14:05:09 BST (+01:00)"


def test_other_ways_to_say_a_moment() -> None:
    """Milliseconds as a number, a datetime, the 60th second."""
    assert moment_of(1782911109000) == SUMMER
    assert moment_of(SUMMER) is SUMMER
    assert moment_of("2016-12-31T23:59:60Z") == datetime(2017, 1, 1, tzinfo=UTC)
    assert moment_of("2026-07-01T13:05:09.25Z") == SUMMER.replace(microsecond=250_000)


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        (UTC, "2026-07-01 13:05:09 UTC (+00:00)"),
        (ZoneInfo("America/Sao_Paulo"), "2026-07-01 10:05:09 -03:00"),
        (ZoneInfo("Asia/Kolkata"), "2026-07-01 18:35:09 IST (+05:30)"),
        (timezone(timedelta(hours=-3, minutes=-30)), "2026-07-01 09:35:09 -03:30"),
    ],
)
def test_a_time_is_shown_with_its_zone(zone: Any, text: str) -> None:
    """The name where there is one, for people; the offset always: names are used twice."""
    assert shown(SUMMER, zone) == text


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    """At the end of summer time."""
    first, second = (shown(f"2026-10-25T{hour}:30:00Z", LONDON) for hour in ("00", "01"))
    assert first == "2026-10-25 01:30:00 BST (+01:00)"
    assert second == "2026-10-25 01:30:00 GMT (+00:00)"


@pytest.mark.usefixtures("in_india")
def test_a_time_is_local_when_nothing_else_is_said() -> None:
    """The clock on the wall is the one that the cashier compares with."""
    assert shown(SUMMER) == "2026-07-01 18:35:09 IST (+05:30)"


@pytest.mark.criterion("AC48")
@pytest.mark.parametrize(
    "odd",
    [
        *("", "yesterday", "2026-02-30T10:00:00Z", "2026-07-01T25:00:00Z", "01/07/2026"),
        *("2026-07-01T13:05:09", "2026-07-01", "2026-07-01T13:05:09+99:99", "13:05"),
        *("2026-13-01T00:00:00Z", "0000-01-01T00:00:00Z", "١٧٨٢٩١١١٠٩٠٠٠"),
    ],
)
def test_what_says_none_stays_as_it_came(odd: str) -> None:
    """A time without a zone is not guessed at either."""
    assert moment_of(odd) is None
    assert shown(odd) == odd


@pytest.mark.parametrize(
    ("odd", "text"),
    [
        (None, ""),
        (True, "True"),
        ("a\x1b[2Jb\nc", "a\ufffd[2Jb\ufffdc"),
        ("x" * 100, "x" * 39 + "…"),
        ("card 4111111111111111", "card ************1111"),
        (datetime(2026, 7, 1, 13, 5, 9), "2026-07-01 13:05:09 (time zone not known)"),  # noqa: DTZ001
    ],
)
def test_odd_things_are_shown_safely(odd: object, text: str) -> None:
    """No terminal is steered, no card number shown, no page filled."""
    assert shown(odd) == text


def test_a_number_without_a_text_is_shown_all_the_same() -> None:
    """Python writes no integer of more than 4300 digits."""
    assert shown(10**5000) == "?"


@pytest.mark.parametrize(
    "edge", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+23:59"]
)
@pytest.mark.parametrize("hours", [-12, 14])
def test_the_ends_of_the_calendar_are_shown(edge: str, hours: int) -> None:
    """In the zone they came in, where the one asked for has no such day."""
    assert shown(edge, timezone(timedelta(hours=hours)))[4] == "-"


@pytest.mark.criterion("AC48")
@given(st.one_of(st.text(), st.integers(), st.floats(), st.binary(), st.datetimes(), st.none()))
def test_nothing_raises(value: object) -> None:
    """Whatever stands in a field that should hold a time."""
    moment_of(value)
    assert isinstance(shown(value, UTC), str)


_FORM = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}([.,][0-9]{1,9})?(Z|[+-][0-9:]{4,5})"
)


@given(st.from_regex(_FORM, fullmatch=True))
def test_nothing_raises_that_looks_like_a_time(text: str) -> None:
    """Months 0 to 99, zones of 99 hours."""
    moment_of(text)
    assert shown(text, LONDON)
