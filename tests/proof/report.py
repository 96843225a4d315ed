"""The matrix: for whoever waits for the run, and for docs/no-double-charge.md."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.box import SIMPLE
from rich.table import Table
from tests.proof.campaign import Result
from tests.proof.hazards import Hazard
from tests.proof.operations import OPERATIONS, PLAIN

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "no-double-charge.md"

_GROUPS: Final = (
    ("fault-", "broken by the service"),
    ("lost-", "broken by the service"),
    ("query-", "odd answers to questions"),
    ("busy", "odd answers to questions"),
    ("device-", "odd answers to questions"),
    ("newer-", "newer or older services"),
    ("older-", "newer or older services"),
    ("empty-", "odd results"),
    ("several-", "odd results"),
    ("error", "odd results"),
    ("abort-", "aborts"),
    ("signature-", "questions to the merchant"),
    ("referral-", "questions to the merchant"),
    ("avs-", "questions to the merchant"),
    ("answer-", "questions to the merchant"),
    ("offline-referral", "questions to the merchant"),
    ("approved-swiped", "questions to the merchant"),
)
_COLUMNS: Final = ("cells", "charged once", "charged none", "person", "bad")


def group_of(scenario: str) -> str:
    """The group of a scenario in the matrix."""
    if scenario == PLAIN:
        return "as usual"
    return next((name for prefix, name in _GROUPS if scenario.startswith(prefix)), "as usual")


def kind_of(result: Result) -> str:
    """What struck, in the words of the matrix."""
    strike = result.case.strike
    return "nothing" if strike is None else strike.kind


def rows(results: Sequence[Result]) -> list[tuple[str, str, str, tuple[int, ...]]]:
    """Operation, group of scenarios, kind of strike, and the counts of `_COLUMNS`."""
    cells: dict[tuple[str, str, str], list[Result]] = {}
    for result in results:
        key = (result.case.operation, group_of(result.case.scenario), kind_of(result))
        cells.setdefault(key, []).append(result)
    order = {name: number for number, name in enumerate(OPERATIONS)}
    return [
        (*key, counts(cells[key])) for key in sorted(cells, key=lambda k: (order[k[0]], *k[1:]))
    ]


def counts(results: Iterable[Result]) -> tuple[int, ...]:
    """Cells, charged once, charged none, needing a person, bad."""
    all_ = [result.verdict for result in results]
    return (
        len(all_),
        sum(verdict.charged for verdict in all_),
        sum(not verdict.charged for verdict in all_),
        sum(verdict.person for verdict in all_),
        sum(bool(verdict.bad) for verdict in all_),
    )


def make_table(results: Sequence[Result]) -> Table:
    """By operation and by kind of strike: what fits on a screen."""
    table = Table(title="No double charge", box=SIMPLE, pad_edge=False)
    table.add_column("", no_wrap=True)
    for column in _COLUMNS:
        table.add_column(column, justify="right")
    names = [n for n in OPERATIONS if any(r.case.operation == n for r in results)]
    for name in names:
        own = counts(result for result in results if result.case.operation == name)
        table.add_row(name, *map(str, own), end_section=name == names[-1])
    kinds = sorted({kind_of(result) for result in results})
    for kind in kinds:
        own = counts(result for result in results if kind_of(result) == kind)
        table.add_row(kind, *map(str, own), end_section=kind == kinds[-1])
    table.add_row("all", *map(str, counts(results)))
    return table


def make_hazard_table(hazards: Sequence[Hazard]) -> Table:
    """What was done to the journal, and to the till that wrote it."""
    table = Table(title="Journals, rivals, other services", box=SIMPLE, pad_edge=False)
    table.add_column("what happens")
    table.add_column("rounds", justify="right")
    table.add_column("bad", justify="right")
    table.add_column("what was seen")
    for hazard in hazards:
        table.add_row(hazard.name, str(hazard.rounds), str(len(hazard.bad)), hazard.seen)
    return table


_EVERYWHERE = """Each operation with each scenario is
struck at every boundary of every frame, and killed at every write into the journal. Outages, kills
while recovering, and a journal that is full, locked or torn are played with one scenario or two of
each kind of operation, everywhere as well."""
_SAMPLED = """Sales are struck everywhere, and
so is each operation with what is made for it; scenarios that other operations share with a sale,
and those that differ in nothing but the result, are struck at a sample of places (`-- --all` leaves
no boundary out, and takes hours)."""


def write_page(results: Sequence[Result], hazards: Sequence[Hazard], *, size: str) -> None:
    """Write docs/no-double-charge.md."""
    command = "nox -s no-double-charge" + ("" if size == "usual" else f" -- --{size}")
    total = counts(results)
    lines = [
        f"| {operation} | {group} | {kind} | " + " | ".join(map(str, numbers)) + " |"
        for operation, group, kind, numbers in rows(results)
    ]
    lines.append("| **all** | | | " + " | ".join(f"**{number}**" for number in total) + " |")
    summary = [
        f"| {name} | "
        + " | ".join(map(str, counts(r for r in results if r.case.operation == name)))
        + " |"
        for name in OPERATIONS
        if any(r.case.operation == name for r in results)
    ]
    persons = _persons(results)
    troubles = [
        f"| {hazard.name} | {hazard.rounds} | {len(hazard.bad)} | {hazard.seen} |"
        for hazard in hazards
    ]
    octets = sum("octets" in kind_of(result) for result in results)
    missed = sum(result.verdict.missed for result in results)
    named = sum(bool(result.verdict.missing) for result in results)
    PAGE.write_text(
        _PAGE.format(
            command=command,
            extent=_EVERYWHERE if size == "all" else _SAMPLED,
            date=f"{datetime.now(UTC):%Y-%m-%d}",
            cells=total[0],
            octets=octets,
            missed=missed,
            named=named,
            needed_well=sum(result.verdict.needed_well for result in results),
            could_know=sum(result.verdict.could_know for result in results),
            persons="\n".join(persons) or "| none | | |",
            summary="\n".join(summary),
            rows="\n".join(lines),
            troubles="\n".join(troubles),
        )
    )


def _persons(results: Sequence[Result]) -> list[str]:
    """Which scenarios need a person, how often, and how often the service would have told."""
    found: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        if result.verdict.person:
            key = (result.case.operation, result.case.scenario)
            found.setdefault(key, []).append(result)
    return [
        f"| {operation} | {scenario} | {len(own)} | {sum(r.verdict.could_know for r in own)} |"
        for (operation, scenario), own in sorted(found.items())
    ]


_PAGE = """# No double charge: the proof

Written by `{command}` on {date}; do not edit.

Every operation that moves money is played against the simulator with every shipped scenario that
fits it, by a till in a process of its own (over threads; the asyncio till, which has the same core,
stands below the matrix). It is struck once in each run. {extent}

- **kill at frames**: SIGKILL of the till's process at each boundary between STOMP frames, of each
  of its connections, in each direction; of what the till hears, just before a frame passes and just
  after it;
- **cut** and **reset at frames**: the link ends there, with FIN or with RST in turn, and the same
  till goes on with a new one;
- **outage**: the link ends, and no other stands before the till has given up;
- **kill at the journal**: SIGKILL before each write into the journal, and just after it;
- **disk full**, **journal locked**: from a write on the disk takes nothing more, or another program
  keeps the journal locked until the till has ended; **journal torn**: SIGKILL, and what a power cut
  leaves of a further write lies behind what was written;
- **at octets**: kills and cuts behind octets by chance, with a fixed seed: {octets} of them;
- **kill while recovering**: the process that recovers is killed too, at each frame and each write.

Then a new process opens the journal and recovers. If the cashier is told that it is safe, and only
then, the operation is tried a second time. At last another customer pays: nothing stays blocked.

The simulator's ledger is the judge. A cell is **bad** when

- one request was sent twice, or there is more than one charge, also after the second try;
- the outcome and the ledger differ: approved means charged, with that amount; declined, not taken
  and not begun mean not charged;
- what the till told once is not what it tells later, but for what it did not know;
- a receipt is neither in the journal nor named as missing, or was handed over before it was kept;
- a till hangs, ends with an error that was not foreseen, or tells nothing;
- the next sale, or the safe second try, is refused.

## The matrix

| operation | cells | charged once | charged none | person | bad |
|---|--:|--:|--:|--:|--:|
{summary}

"Person" counts cells in which the till says that a person must decide; after that the paypoint is
free. In {needed_well} cells the outcome was found when the service had stopped to answer oddly. In
{named} cells a receipt was named as missing. In {missed} cells the run was over before the place of
the strike came: they count as runs without one.

### Where a person is needed

| operation | scenario | cells | of these, the service would have told |
|---|---|--:|--:|
{persons}

### Journals in trouble, rivals, and other services

| what happens | rounds | bad | what was seen |
|---|--:|--:|---|
{troubles}

### All of it

| operation | scenarios | struck by | cells | charged once | charged none | person | bad |
|---|---|---|--:|--:|--:|--:|--:|
{rows}

## What it does not show

- The service is a simulator. What nobody knows of the real one is *invented* there; first of all
  how it answers a question about a payment that it does not know.
- A service that denies a payment which it has charged, and its receipts as well, and had said
  nothing about it before, cannot be told from one that never got it. With the simulator's error
  code in `not_found_codes` the till believes it; with an empty set it asks for a person instead.
- A request that is on its way for longer than the questions of a recovery take, and arrives after
  them, would be charged after the till has said that it was not taken. The till asks twice, with
  `recovery_pause` between.
- SIGKILL leaves what was written to the operating system. A power cut does not: there the journal
  relies on `fsync`, and on a disk that does not lie about it.
- Time is short here: pauses of the simulator are a thousandth of what they say, deadlines a
  hundredth.
- A settlement leaves no receipt that could bear witness. So there the word of the service that it
  knows of none is never enough: a person is asked, also when nothing had arrived.
- In PostgreSQL a worker counts as dead when its heart-beat is old. It may only have stood still,
  and send its request yet; so where the service knows of no payment, a person is asked. In a file
  the system tells that the process has ended, and nobody has to be asked.
- Kills of the machine or of the payment server are not part of it.

The tests of the proof show that it can fail: played with a till that has no journal and repeats
what was cut off (`tests/proof/careless.py`), it finds double charges and lost results.
"""
