"""A flight as plain text: for terminals without colours, mails and tests."""

from collections.abc import Iterator
from typing import Final

from .format import Flight
from .timeline import Row, phases, seconds, timeline, verdict

_ARROWS: Final = {"sent": "->", "received": "<-", "till": "  "}
_MARK_OF_CUT: Final = "..."


def render_text(flight: Flight, *, columns: int = 100) -> str:
    """Write a flight as lines of at most `columns` characters. No control character is in it."""
    return "".join(line + "\n" for line in _lines(flight, max(columns, 40)))


def printable(text: str) -> str:
    """Replace what a terminal would act on, or not show."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def heading(flight: Flight) -> str:
    """What was recorded."""
    header = flight.header
    return printable(f"{header.operation} {header.reference} on {header.paypoint_id}")


def circumstances(flight: Flight) -> str:
    """When, by what, and how long."""
    header = flight.header
    return printable(
        f"{header.began}, {seconds(flight):.3f} s, till {header.till}, API {header.api}"
    )


def remarks(flight: Flight) -> tuple[str, ...]:
    """How it ended, and what is missing from the file."""
    torn = ("The last line of the file is cut off, and is left out here.",) if flight.torn else ()
    return (printable(verdict(flight)), *torn)


def _lines(flight: Flight, columns: int) -> Iterator[str]:
    yield _cut(heading(flight), columns)
    yield _cut(circumstances(flight), columns)
    if found := phases(flight):
        yield _cut(", ".join(f"{one.name} {one.seconds:.3f} s" for one in found), columns)
    yield ""
    for row in timeline(flight):
        if row.pause:
            yield f"{'':9} .. {row.pause:.1f} s later"
        yield _cut(_row(row), columns)
    yield ""
    yield from remarks(flight)


def _row(row: Row) -> str:
    detail = f": {row.detail}" if row.detail else ""
    return printable(f"{row.at:9.3f} {_ARROWS[row.side]} {row.title}{detail}")


def _cut(text: str, columns: int) -> str:
    return text if len(text) <= columns else text[: columns - len(_MARK_OF_CUT)] + _MARK_OF_CUT
