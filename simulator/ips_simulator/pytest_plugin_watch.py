"""What the simulator of a test has seen, for the report when the test fails. All of it redacted."""

from collections import deque
from collections.abc import Iterator

from .assertions import table_of
from .feed import ClientLeft, FaultDone, FeedEvent, FrameSeen
from .simulator import Simulator

MOST_CONNECTIONS = 3
MOST_LINES = 60
LONGEST_LINE = 400


class Watch:
    """Watches a simulator, and remembers its last conversations."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._lines: dict[int, deque[str]] = {}
        simulator.feed.subscribe(self._note)

    def sections(self) -> Iterator[tuple[str, str]]:
        """Titles and texts, for `TestReport.sections`."""
        yield "IPS ledger", "\n".join(table_of(self._simulator.ledger.charges))
        refusals = self._simulator.refusals
        if refusals:
            yield "IPS refusals", "\n".join(f"  {refusal.message}" for refusal in refusals)
        for connection, lines in tuple(self._lines.items()):
            yield f"IPS conversation {connection}", "\n".join(tuple(lines))

    def _note(self, event: FeedEvent) -> None:
        """Called in the simulator's thread."""
        line = _line_of(event)
        if event.connection is None or line is None:
            return
        if event.connection not in self._lines:
            self._lines[event.connection] = deque(maxlen=MOST_LINES)
            if len(self._lines) > MOST_CONNECTIONS:
                del self._lines[min(self._lines)]
        if len(line) > LONGEST_LINE:
            line = line[: LONGEST_LINE - 1] + "…"
        self._lines[event.connection].append(f"  {event.at:9.3f} {line}")


def _line_of(event: FeedEvent) -> str | None:
    match event:
        case FrameSeen():
            arrow = "→ simulator" if event.direction == "in" else "← simulator"
            headers = dict(event.headers)
            what = headers.get("destination") or headers.get("message") or ""
            fault = f" [{event.fault}]" if event.fault else ""
            return " ".join(filter(None, [arrow, event.command, what, event.body])) + fault
        case FaultDone():
            return f"fault: {event.kind}"
        case ClientLeft():
            return f"the client left: {event.how}"
        case _:
            return None
