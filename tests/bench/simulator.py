"""What the simulator adds to each message under 100 tills, beside a server that plays by heart.

Both serve the same tills: 100 of them, each at a paypoint and over a plain connection of its own,
in this process; the servers take turns, each in a process of its own. The floor answers CONNECT and
SEND with the very octets of one sale of the simulator and does nothing else, so what is above it is
the simulator: reading, checking, playing, writing. Steady tills sell every two seconds, evenly
spread: 50 sales, or 400 messages, a second. Then all 100 sell in one moment.

`first reply` is from handing SEND to the socket until the first message was read. Before SEND stand
the six SUBSCRIBE of a sale, without a pause, so the first reply pays for them too. `each message`
is from one message to the next, the first from SEND; where all sell in one moment it is the time
until the last till has its last message, divided by the number of messages, and the median of the
rounds. All as the tills see it: wall clock.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from statistics import median, quantiles

import attrs
import psutil
from rich.table import Table
from tests.bench.stomp_messages import table_of
from tests.scale.simulating import simulating
from tests.scale.tills import Till, Told, dial, make_codec, sell

TILLS, SALES, SECONDS_APART, ROUNDS = 100, 3, 2.0, 5
GOAL_MS = 1.0
SIMULATOR, FLOOR = "simulator", "by heart"
REFERENCE, AMOUNT = "BENCH", 1099
_CODEC = make_codec()


@attrs.frozen
class Server:
    """One of the two, in a process of its own."""

    url: str
    license_key: str = attrs.field(repr=False)
    pid: int

    def processor_seconds(self) -> float:
        """What it has used so far."""
        used = psutil.Process(self.pid).cpu_times()
        return float(used.user + used.system)


@attrs.define
class Seen:
    """Milliseconds, of all rounds of one server."""

    first: list[float] = attrs.field(factory=list[float])
    each: list[float] = attrs.field(factory=list[float])
    processor: list[float] = attrs.field(factory=list[float])
    """Of the server, for each message of a round."""

    def add(self, told: list[Told], seconds: float, *, as_one: bool) -> None:
        """Take in one round, perhaps as one piece; every sale in it must have been told well."""
        if wrong := [one.reference for one in told if not one.sold]:
            raise RuntimeError(f"{len(wrong)} sales came to nothing, {wrong[0]} first")
        self.first += [1000 * (one.heard_at[0] - one.sent_at) for one in told]
        messages = sum(len(one.heard_at) for one in told)
        self.processor.append(1000 * seconds / messages)
        if as_one:
            whole = max(one.heard_at[-1] for one in told) - min(one.sent_at for one in told)
            self.each.append(1000 * whole / messages)
        else:
            moments = [(one.sent_at, *one.heard_at) for one in told]
            self.each += [1000 * (b - a) for one in moments for a, b in pairwise(one)]

    def row(self) -> list[float]:
        """Medians, and the 95th percentiles behind those that have them."""
        first, each = quantiles(self.first, n=20)[-1], quantiles(self.each, n=20)[-1]
        return [median(self.first), first, median(self.each), each, median(self.processor)]


def measure(progress: Callable[[str], None]) -> Table:
    """Return medians and 95th percentiles in milliseconds, and what the simulator adds."""
    table = table_of("The simulator under 100 tills", "ms", "first reply", "p95", "each message",
                     "p95", "processor, each message", "goal", "verdict")  # fmt: skip
    with ExitStack() as held:
        servers = {
            SIMULATOR: held.enter_context(_simulator()),
            FLOOR: held.enter_context(_by_heart()),
        }
        for title, crowd in (("steady", _steady), ("all in one moment", _in_one_moment)):
            seen = {name: Seen() for name in servers}
            for number in range(ROUNDS):
                for name, server in servers.items():
                    progress(f"{title}: {name}, round {number + 1} of {ROUNDS}")
                    before = server.processor_seconds()
                    told = asyncio.run(crowd(server))
                    used = server.processor_seconds() - before
                    seen[name].add(told, used, as_one=crowd is _in_one_moment)
            table.add_row(f"[bold]{title}[/]")
            _add_rows(table, seen, judged=crowd is _steady)
            table.add_section()
    return table


def _add_rows(table: Table, seen: dict[str, Seen], *, judged: bool) -> None:
    rows = {name: one.row() for name, one in seen.items()}
    for name, row in rows.items():
        table.add_row(f"  {name}", *(f"{value:.2f}" for value in row))
    added = [ours - floor for ours, floor in zip(rows[SIMULATOR], rows[FLOOR], strict=True)]
    worst = max(added[0], added[2])  # the first reply's median and that of each message
    judgement = (f"< {GOAL_MS:g}", "reached" if worst < GOAL_MS else "MISSED") if judged else ()
    table.add_row("  added", *(f"{value:.2f}" for value in added), *judgement)


async def _steady(server: Server) -> list[Told]:
    """Every till sells again and again, as evenly spread as 100 tills can be."""
    begin = time.monotonic()

    async def till(number: int) -> list[Told]:
        told: list[Told] = []
        for turn in range(SALES):
            at = begin + SECONDS_APART * (turn + number / TILLS)
            await asyncio.sleep(max(0.0, at - time.monotonic()))
            told.append(await _sell(server, number))
        return told

    return [one for some in await asyncio.gather(*map(till, range(TILLS))) for one in some]


async def _in_one_moment(server: Server) -> list[Told]:
    """Every till is connected and subscribed; then all ask."""
    go = asyncio.Barrier(TILLS)

    async def till(number: int) -> Told:
        told = Told(REFERENCE, AMOUNT)
        async with dial(f"{server.url}-{number}") as socket:
            one = Till(socket, told)
            await one.begin(server.license_key)
            await go.wait()
            await one.ask(_CODEC)
            while not told.complete:
                await one.hear()
        return told

    return await asyncio.gather(*map(till, range(TILLS)))


def _sell(server: Server, number: int) -> Awaitable[Told]:
    # The same reference for all: the floor knows only one sale.
    url = f"{server.url}-{number}"
    return sell(url, server.license_key, REFERENCE, AMOUNT, codec=_CODEC)


@contextmanager
def _simulator() -> Iterator[Server]:
    with simulating(tls=False) as simulator:
        yield Server(simulator.url("PP"), simulator.license_key, simulator.pid)


@contextmanager
def _by_heart() -> Iterator[Server]:
    with simulating(tls=False) as simulator:
        lines = asyncio.run(_learn(simulator.url("PP"), simulator.license_key))
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.bare_player"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(lines) + "\n")
        process.stdin.flush()
        port = int(process.stdout.readline())
        yield Server(f"ws://127.0.0.1:{port}/ipc-app/payment/PP", "KEY", process.pid)


async def _learn(url: str, license_key: str) -> dict[str, list[str]]:
    """Take one sale, and keep what the simulator said after CONNECT and after SEND."""
    heard: list[str] = []
    told = Told(REFERENCE, AMOUNT)
    async with dial(url) as socket:
        till = Till(socket, told, overheard=heard.append)
        await till.begin(license_key)
        await till.ask(_CODEC)
        while not told.complete:
            await till.hear()
    return {"CONNECT": heard[:1], "SEND": heard[1:]}
