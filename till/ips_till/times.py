"""The service's timestamps: read where they can be, shown as people write them, never a failure."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

from stompws.masking import mask_numbers
from stompws.shapes import DateTime

# RFC 3339 with what is seen besides: no colon in the zone, a comma, the 60th second.
_MOMENT: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:)(\d\d)(?:[.,](\d{1,9}))?\s?([Zz]|[+-]\d\d:?\d\d)",
    re.ASCII,
)
_EPOCH_MS: Final = re.compile(r"[0-9]{12,14}", re.ASCII)
_LONGEST: Final = 40
"""Characters of a text that is no time and is shown as it came."""


def moment_of(value: object) -> datetime | None:
    """Return the moment that a timestamp means, with its time zone; None when it says none.

    Read are RFC 3339 and its near relatives, and milliseconds since 1970, as in the header
    `timestamp`: an int or 12 to 14 digits. A time without a zone is not guessed at. Never raises.
    """
    if isinstance(value, datetime):
        return None if value.utcoffset() is None else value
    if isinstance(value, int) and not isinstance(value, bool):
        return _of_epoch_ms(value)
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = value.strip()
    if _EPOCH_MS.fullmatch(text):
        return _of_epoch_ms(int(text))
    return DateTime(text).moment or _of_relative(text)


def shown(when: object, zone: tzinfo | None = None) -> str:
    """Write a moment for people: `2026-07-01 14:05:09 BST (+01:00)`; empty for None.

    Args:
        when: A timestamp of the service, a datetime, or None.
        zone: The time zone to show it in; this machine's when None.

    What is no moment is shown as it came, cut short, without control characters and with numbers
    of cards masked. Never raises.
    """
    if when is None:
        return ""
    moment = moment_of(when)
    if moment is None:
        return _raw(when)
    try:
        local = moment.astimezone(zone)
    except (OverflowError, ValueError, OSError):  # the first and the last day of the calendar
        local = moment
    written = f"{local:%H:%M:%S}"
    name, offset = local.tzname() or "", _offset(local.utcoffset())
    # Some systems have names of several words, some zones only numbers.
    place = f"{name} ({offset})" if name.isalpha() and len(name) <= 5 else offset
    return f"{local.date().isoformat()} {written} {place}"


def _of_epoch_ms(milliseconds: int) -> datetime | None:
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None


def _of_relative(text: str) -> datetime | None:
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    day, minutes, seconds, fraction, place = found.groups()
    leap = seconds == "60"  # RFC 3339 5.6 allows it, datetime does not
    try:
        moment = datetime.fromisoformat(f"{day}T{minutes}{'59' if leap else seconds}")
        micros = int((fraction or "").ljust(6, "0")[:6])
        return moment.replace(tzinfo=_zone(place)) + timedelta(seconds=leap, microseconds=micros)
    except (OverflowError, ValueError):
        return None


def _zone(place: str) -> tzinfo:
    if place in "Zz":
        return UTC
    digits = place[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-size if place[0] == "-" else size)


def _offset(offset: timedelta | None) -> str:
    minutes = round((offset or timedelta()).total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _raw(when: object) -> str:
    if isinstance(when, datetime):
        return f"{when.replace(microsecond=0).isoformat(' ')} (time zone not known)"
    try:
        text = mask_numbers(str(when))
    except Exception:  # noqa: BLE001 - also a number of ten thousand digits has no text
        return "?"
    text = "".join(char if char.isprintable() else "\ufffd" for char in text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
