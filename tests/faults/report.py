"""The tables: one for whoever waits for the run, one that stands in docs/faults.md."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from textwrap import fill
from typing import Final

from rich.box import SIMPLE
from rich.table import Table
from tests.faults.campaign import Result
from tests.faults.cases import HEART_BEAT_SECONDS, Case, Group, Shape
from tests.faults.judging import MOST_INTERVALS, Ending
from tests.faults.nap import Nap

from fault_relay import Bytes, FrameNumber

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "faults.md"
_COLUMNS: Final = {
    "complete": (Ending.COMPLETED,),
    "not sent": (Ending.NOT_SENT,),
    "unknown": (Ending.UNKNOWN,),
    "error": (Ending.API_ERROR, Ending.UNDECODABLE),
}
"""How an operation may end, in few letters: a log is 80 columns wide."""


def make_table(results: Sequence[Result]) -> Table:
    """How the operations ended, each with all its faults."""
    table = Table(title="Faults survived", box=SIMPLE, pad_edge=False)
    table.add_column("operation", no_wrap=True)
    for column in ("runs", *_COLUMNS, "violated"):
        table.add_column(str(column), justify="right")
    names = sorted({result.case.operation for result in results})
    for name in names:
        own = [result for result in results if result.case.operation == name]
        table.add_row(name, *_counts(own), end_section=name == names[-1])
    for group in Group:
        own = [result for result in results if result.case.group is group]
        table.add_row(f"all: {group}", *_counts(own))
    table.add_row("all", *_counts(results))
    return table


def _counts(results: Sequence[Result]) -> list[str]:
    endings = Counter(result.ending for result in results)
    violations = sum(bool(result.violations) for result in results)
    ended = [sum(endings[ending] for ending in column) for column in _COLUMNS.values()]
    return [str(count) for count in (len(results), *ended, violations)]


def write_page(
    cases: Iterable[Case], shapes: dict[str, Shape], results: Sequence[Result], nap: Nap | None
) -> None:
    """Write docs/faults.md: what does not change from run to run."""
    broken = Counter(result.case.operation for result in results if result.violations)
    by_name: dict[str, list[Case]] = {name: [] for name in shapes}
    for case in cases:
        by_name[case.operation].append(case)
    rows = [_row(name, own, broken[name]) for name, own in by_name.items()]
    total = _row("**all**", [c for own in by_name.values() for c in own], broken.total())
    slept = _NO_NAP if nap is None else _nap_text(nap)
    PAGE.write_text(
        _PAGE.format(
            rows="\n".join([*rows, total]),
            nap=slept,
            beat=f"{HEART_BEAT_SECONDS:g}",
            most=f"{MOST_INTERVALS:g}",
        )
    )


def _row(name: str, cases: Sequence[Case], broken: int) -> str:
    cuts = [case for case in cases if case.group is Group.CUT]
    counts = [
        sum(isinstance(case.fault.at, FrameNumber) for case in cuts),
        sum(isinstance(case.fault.at, Bytes) for case in cuts),
        sum(case.group is Group.HALF_OPEN for case in cases),
        sum(case.group is Group.SPOILED for case in cases),
        len(cases),
        broken,
    ]
    shown = name if name.startswith("*") else f"`{name}`"
    return f"| {shown} | " + " | ".join(f"{count:,}" for count in counts) + " |"


def _nap_text(nap: Nap) -> str:
    verdict = "none was lost" if not nap.violations else "; ".join(nap.violations)
    return fill(
        f"A consumer slept for {nap.seconds:g} seconds while {nap.expected} messages arrived: "
        f"{verdict}. Heart-beats went on both ways meanwhile, one at least every ten seconds.",
        width=100,
    )


_NO_NAP: Final = "The consumer that sleeps was left out of this run."
_PAGE: Final = """\
# Faults on the link

Written by `nox -s faults -- --write`. `nox -s faults` plays it all again and fails on any
violation.

A relay stands between the client and the simulator and breaks the link at one place. Each fault is
played in a run of its own, with a simulator, a ledger and a connection of its own.

| operation | cuts at boundaries | cuts at random octets | half-open | spoiled | runs | violations |
|---|---:|---:|---:|---:|---:|---:|
{rows}

- **Cuts**: FIN, FIN as of a process that dies (RST to what is said after it), and RST. Both
  directions: after the HTTP upgrade, before and after each STOMP frame, and at random octets of the
  whole stream, the upgrade included; there the three kinds take turns.
- **Half-open**: at the same boundaries nothing passes any more, both ways or one way, and nobody
  is told.
- **Spoiled frames**: each frame of the server is dropped, sent twice, sent after the next one, and
  has one bit flipped, in six places.

{nap}

## What is checked in every run

- The fault happened, where it was to happen.
- It ends by its deadline; after a cut at once.
- It ends with a reply, `NotSentError`, `OutcomeUnknownError`, `ApiError` or `ReplyDecodeError`.
- `outcome_known` is right, by what passed the relay and by the ledger. "Not sent" is wrong as
  soon as one octet of the request came to the relay, or anything stands in the ledger. "Unknown"
  is wrong while no session had been agreed on.
- There was one connection, and no SEND or SUBSCRIBE was said twice on it. The ledger holds no more
  than one run without a fault makes.
- What passed was delivered, in its order and once. When the last message passed, the operation is
  complete. Excepted is what passed after the client had ended the session: because its deadline
  was over, or because a second CONNECTED came, which STOMP forbids.
- Where no message comes any more, the link is given up within {most} heart-beat intervals ({beat} s
  in these runs), by the runtime's own clock.
- No thread and no descriptor is left; for half-open links and spoiled frames that is looked at once
  for each portion of up to 64 runs.

## What is not stable, and what is not detected

- Runs and positions are the same for the same `--seed`. How many runs end as "not sent", "unknown"
  or complete is not in the table: at some positions that depends on which thread is first. The
  command prints it.
- After RST a system may throw away what had arrived. Linux does not, so there the rule about what
  passed holds after RST too; elsewhere it is not checked for RST.
- A plain WebSocket has no checksum. A flipped bit that breaks WebSocket, STOMP, UTF-8, JSON or a
  rule of the schema is noticed; one in a correlation id makes the message a stray. One that turns a
  valid value into another valid value, such as a digit of an amount into another digit, cannot be
  noticed. TLS notices it: use `wss`.
- A message that is dropped in the middle is noticed only when the document says that it must come
  (`event.problems`), for messages carry no sequence numbers.
"""
