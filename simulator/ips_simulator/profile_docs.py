"""The table of profiles on the page about faults: `python -m ips_simulator.profile_docs`."""

import sys
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

from .profiles import ALL_RECEIPTS, PROFILES, AfterError, Profile

_AFTER: Final = MappingProxyType(
    {AfterError.CLOSES: "closes", AfterError.STAYS: "stays, deaf", AfterError.SERVES: "goes on"}
)
_ROWS: Final[tuple[tuple[str, str, Callable[[Profile], str]], ...]] = (
    ("versions", "STOMP, the preferred first", lambda one: ", ".join(one.versions)),
    ("heart_beat_ms", "Heart-beats, ms", lambda one: "{}, {}".format(*one.heart_beat_ms)),
    ("receipts", "Receipts", lambda one: _receipts(one.receipts)),
    (
        "subprotocols",
        "Subprotocol",
        lambda one: "its first" if one.own_order else "the client's first",
    ),
    ("longest_paypoint", "Paypoint, characters", lambda one: f"1 to {one.longest_paypoint}"),
    ("max_frame_octets", "Largest frame", lambda one: f"{one.max_frame_octets // 1024} KB"),
    ("after_error", "After ERROR it", lambda one: _AFTER[one.after_error]),
    ("closes_silently", "Closes without ERROR", lambda one: _silent(one)),
    ("content_length", "Messages with content-length", lambda one: _yes(one.content_length)),
    ("trailing_eol", "Line feed behind frames", lambda one: _yes(one.trailing_eol)),
    ("repeats_receipt", "Copies `receipt` into messages", lambda one: _yes(one.repeats_receipt)),
)


def profile_table() -> str:
    """Profiles side by side."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    profiles = tuple(PROFILES.values())
    yield "| | " + " | ".join(f"`{one.name}`" for one in profiles) + " |"
    yield "|---|" + "---|" * len(profiles)
    for member, title, show in _ROWS:
        cells = (show(one) + (" \\*" if member in one.invented else "") for one in profiles)
        yield f"| {title} | " + " | ".join(cells) + " |"


def _receipts(commands: frozenset[str]) -> str:
    missing = ALL_RECEIPTS - commands
    if not missing:
        return "all"
    if len(commands) < len(missing):
        return ", ".join(sorted(commands))
    return "all but " + ", ".join(sorted(missing))


def _silent(profile: Profile) -> str:
    found = [f"{kind.value} ({code})" for kind, code in profile.closes_silently.items()]
    return ", ".join(found) or "nothing"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def main() -> None:
    """Print the table."""
    sys.stdout.write(profile_table() + "\n")


if __name__ == "__main__":
    main()
