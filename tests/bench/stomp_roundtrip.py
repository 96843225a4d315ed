"""A message through RabbitMQ and back, beside stomp.py and the floor. Wall clock, medians.

Each session subscribes to a topic of its own and sends to it; a round trip ends when the program
has its message back. The contenders take turns, a burst of round trips each; the figure is the
median over the bursts. A one-shot cycle is connect, subscribe, send, reply, disconnect, and ends
when the connection is gone; the contenders take turns cycle by cycle.

Most of that is the broker's time. So there is a third contender, the least that websocket-client
can do: one thread, frames written beforehand, nothing read but the body. What a client takes beyond
that is its own; `own ms` and its ratio compare it. Another is our protocol without our driver, read
by the thread that waits: what decision 8 gives away. Printed too is the round trip to a server that
only echoes, in another process: no broker, no STOMP.
"""

import uuid
from collections.abc import Callable
from contextlib import ExitStack

from rich.table import Table
from tests.bench import stomp_sessions
from tests.bench.rounds import in_turns
from tests.bench.stomp_messages import LARGE, SMALL, body_of, table_of, verdict

BURSTS, BURST, CYCLES = 41, 20, 41
OURS, STOMP_PY, LEAST, ECHO = "stompws", "stomp.py", "frames as constants", "bare echo"
ONE_THREAD = "stompws protocol, caller's thread"
GOALS = {SMALL: 1.7, LARGE: 4.0}
CYCLE_GOAL = 1.5


def _topic() -> str:
    return f"/topic/bench-{uuid.uuid4()}"


def measure(progress: Callable[[str], None]) -> Table:
    """Return the medians in milliseconds, as multiples of stomp.py, and the goals."""
    table = table_of(
        "Through RabbitMQ", "what", "ms", "ratio to stomp.py", "goal", "verdict", "own ms", "ratio"
    )
    progress("starting RabbitMQ")
    with ExitStack() as held:
        url = held.enter_context(stomp_sessions.rabbitmq())
        echo = held.enter_context(stomp_sessions.echo_address())
        for size in (SMALL, LARGE):
            progress(f"{size}: {BURSTS} bursts of {BURST} round trips for each contender")
            seconds = _round_trips(url, echo, body_of(size))
            table.add_row(f"[bold]round trip, {size}[/]")
            _add_rows(table, seconds, GOALS[size])
            distance = (seconds[OURS] - seconds[ECHO]) * 1000
            table.add_row("  stompws beyond the echo", f"+{distance:.2f}")
            table.add_section()
        progress(f"{CYCLES} one-shot cycles for each contender")
        table.add_row(f"[bold]one-shot cycle, {SMALL}[/]")
        _add_rows(table, _cycles(url, body_of(SMALL)), CYCLE_GOAL)
    return table


def _round_trips(url: str, echo: str, body: bytes) -> dict[str, float]:
    with ExitStack() as sessions:
        contenders = {
            STOMP_PY: sessions.enter_context(stomp_sessions.stomp_py(url, _topic(), body)),
            OURS: sessions.enter_context(stomp_sessions.ours(url, _topic(), body)),
            ONE_THREAD: sessions.enter_context(stomp_sessions.on_this_thread(url, _topic(), body)),
            LEAST: sessions.enter_context(stomp_sessions.constants(url, _topic(), body)),
            ECHO: sessions.enter_context(stomp_sessions.bare(echo, body)),
        }
        return in_turns(contenders, rounds=BURSTS, calls=BURST)


def _cycles(url: str, body: bytes) -> dict[str, float]:
    contenders = {
        STOMP_PY: stomp_sessions.one_shot_stomp_py(url, _topic(), body),
        OURS: stomp_sessions.one_shot_ours(url, _topic(), body),
        LEAST: stomp_sessions.one_shot_constants(url, _topic(), body),
    }
    return in_turns(contenders, rounds=CYCLES)


def _add_rows(table: Table, seconds: dict[str, float], goal: float) -> None:
    own = {name: seconds[name] - seconds[LEAST] for name in (STOMP_PY, OURS)}
    for name, taken in seconds.items():
        ratio = seconds[STOMP_PY] / taken
        judged = (f"≥ {goal:g}", verdict(ratio, goal)) if name == OURS else ("", "")
        beyond = (
            (f"{own[name] * 1000:.2f}", f"{own[STOMP_PY] / own[name]:.2f}") if name in own else ()
        )
        table.add_row(f"  {name}", f"{taken * 1000:.2f}", f"{ratio:.2f}", *judged, *beyond)
