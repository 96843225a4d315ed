"""OpenTelemetry for operations: a span for each phase, and a few metrics. No card data, no secret.

    till = Till(…, observe=OpenTelemetry())

Off unless it is given; then it needs the extra `telemetry`. What is exported, and where to, is the
program's business. `docs/telemetry.md` lists all spans, metrics and attributes.
"""

import importlib
import re
import threading
import time
from collections.abc import Mapping
from typing import Any, Final

from stompws.frames import Frame
from stompws.masking import mask_numbers
from stompws.session import Direction

from .errors import ConfigurationError
from .journal import Intent
from .observing import Observer

SCOPE: Final = "ips_till"

# Which facts of a note become attributes of its span event. All others stay here.
_FACTS: Final = {
    "action-asked": ("action",),
    "action-answered": ("action", "by"),
    "answer-not-sent": ("why",),
    "abort-requested": (),
    "abort-not-sent": ("why",),
    "receipt": ("type", "number"),
    "result": ("outcome", "result"),
    "complete": (),
    "error": ("code",),
    "stray": ("reason", "operation"),
    "duplicate": ("operation",),
    "link-lost": ("phase", "why"),
    "recovery-step": ("step", "found"),
    "journal-trouble": ("why",),
    "outcome": ("outcome", "needs_person"),
}
_COUNTED: Final = {
    "stray": "ips_till.strays",
    "duplicate": "ips_till.duplicates",
    "journal-trouble": "ips_till.journal.troubles",
    "link-lost": "ips_till.links.lost",
}
# Metrics count under these names only: what a server makes up would make a series each.
_OUTCOMES: Final = frozenset({"approved", "declined", "not-taken", "unknown"})
_ACTIONS: Final = frozenset({"signature-verification", "voice-authorisation", "avs-confirmation"})
_ANSWERED_BY: Final = frozenset({"handler", "loop", "policy"})
_PHASES: Final = frozenset({"before-sent", "after-sent"})
_SECONDS: Final = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0)
_LONGEST: Final = 64
_ODD: Final = re.compile(r"[^\w .,:/*-]", re.ASCII)


class OpenTelemetry:
    """Makes an observer for each operation of a till. Give it as `observe=`; safe to share.

    Args:
        tracer_provider: The program's global one when None.
        meter_provider: The program's global one when None.

    Raises:
        ConfigurationError: The package is not installed.
    """

    def __init__(self, tracer_provider: Any = None, meter_provider: Any = None) -> None:
        try:
            self._trace = importlib.import_module("opentelemetry.trace")
            metrics = importlib.import_module("opentelemetry.metrics")
        except ImportError:
            raise ConfigurationError(
                "telemetry needs the extra telemetry: pip install 'worldpay-ips[telemetry]'"
            ) from None
        self._tracer = self._trace.get_tracer(SCOPE, tracer_provider=tracer_provider)
        self._instruments = _Instruments(metrics.get_meter(SCOPE, meter_provider=meter_provider))

    def __call__(self, intent: Intent) -> Observer:
        """Begin the span of an operation, under the one that is current."""
        return _Watched(self._trace, self._tracer, self._instruments, intent)


class _Instruments:
    def __init__(self, meter: Any) -> None:
        def seconds(name: str, description: str) -> Any:
            return meter.create_histogram(
                name,
                unit="s",
                description=description,
                explicit_bucket_boundaries_advisory=_SECONDS,
            )

        self.outcomes = meter.create_counter(
            "ips_till.operations", unit="{operation}", description="Operations by outcome."
        )
        self.duration = seconds("ips_till.operation.duration", "From beginning to outcome.")
        self.recovery = seconds("ips_till.recovery.duration", "From the first question on.")
        self.action = seconds("ips_till.action.duration", "From an action to its answer.")
        self.counters = {
            kind: meter.create_counter(name, unit="{occurrence}") for kind, name in _COUNTED.items()
        }


class _Watched:
    """Watches one operation. Its phases: connect, send, pay, finish, recover, receipts."""

    def __init__(self, trace: Any, tracer: Any, instruments: _Instruments, intent: Intent) -> None:
        self._trace, self._tracer, self._instruments = trace, tracer, instruments
        self._operation = intent.operation.value
        self._began = time.monotonic()
        self._lock = threading.Lock()
        self._span = tracer.start_span(
            f"ips_till {self._operation}",
            kind=trace.SpanKind.CLIENT,
            attributes={
                "ips_till.operation": self._operation,
                # Its alphabet is checked; masked, a reference that is all digits would be lost.
                "ips_till.reference": intent.reference,
                "ips_till.paypoint": intent.paypoint_id,
            },
        )
        self._under = trace.set_span_in_context(self._span)
        self._phase: Any = None
        self._phase_name = ""
        self._asked: dict[str, tuple[float, Any]] = {}
        self._here = self._sent = False
        """Whether it was begun by this till, not recovered; whether its request left."""
        self._recovering: float | None = None
        self._outcome: str | None = None
        self._over = False

    def note(self, kind: str, /, **facts: Any) -> None:
        """Something happened."""
        with self._lock:
            if not self._over:
                self._follow(kind, facts)
                self._tell(kind, facts)

    def trace(self, direction: Direction, frame: Frame, when: float) -> None:
        """Frames hold secrets and card data: nothing of them gets in here."""

    def end(self) -> None:
        """Nothing more happens."""
        with self._lock:
            if not self._over:
                self._over = True
                self._finish()

    def _follow(self, kind: str, facts: Mapping[str, Any]) -> None:
        match kind:
            case "begun":
                self._here = True
                self._begin_phase("connect")
            case "connected":
                self._begin_phase("send")
            case "sent":
                self._sent = True
                self._begin_phase("pay")
                correlation_id = _plain(facts.get("correlation_id"))
                self._span.set_attribute("ips_till.correlation_id", correlation_id)
            case "action-asked":
                self._ask(str(facts.get("action")))
            case "action-answered":
                self._answer(str(facts.get("action")), str(facts.get("by")))
            case "result":
                self._begin_phase("finish")
            case "recovery-step":
                self._recover(str(facts.get("found")))
            case "outcome":
                self._outcome = _known(facts.get("outcome"), _OUTCOMES)
            case _:
                pass

    def _tell(self, kind: str, facts: Mapping[str, Any]) -> None:
        names = _FACTS.get(kind)
        if names is None:
            return
        known = {f"ips_till.{name}": _plain(facts[name]) for name in names if name in facts}
        self._span.add_event(kind, known)
        if (counter := self._instruments.counters.get(kind)) is not None:
            labels = {"ips_till.operation": self._operation}
            if "phase" in facts:
                labels["ips_till.phase"] = _known(facts["phase"], _PHASES)
            counter.add(1, labels)

    def _begin_phase(self, name: str) -> None:
        if name == self._phase_name:
            return
        if self._phase is not None:
            self._phase.end()
        self._phase_name = name
        self._phase = self._tracer.start_span(f"ips_till {name}", context=self._under)

    def _ask(self, action: str) -> None:
        span = self._tracer.start_span(
            "ips_till action", context=self._under, attributes={"ips_till.action": _plain(action)}
        )
        if (before := self._asked.pop(action, None)) is not None:
            before[1].end()
        self._asked[action] = time.monotonic(), span

    def _answer(self, action: str, by: str) -> None:
        if (asked := self._asked.pop(action, None)) is None:
            return
        since, span = asked
        span.set_attribute("ips_till.by", _plain(by))
        span.end()
        labels = {
            "ips_till.action": _known(action, _ACTIONS),
            "ips_till.by": _known(by.partition(",")[0], _ANSWERED_BY),
        }
        self._instruments.action.record(time.monotonic() - since, labels)

    def _recover(self, found: str) -> None:
        if found.startswith("asking for"):  # a receipt: the outcome is known by then
            self._begin_phase("receipts")
            return
        if self._recovering is None:
            self._recovering = time.monotonic()
        self._begin_phase("recover")

    def _finish(self) -> None:
        for span in (self._phase, *(span for _, span in self._asked.values())):
            if span is not None:
                span.end()
        outcome = self._outcome
        if outcome is None and self._here:
            outcome = "unknown" if self._sent else "not-sent"
        if outcome is not None:
            self._count(outcome)
            self._span.set_attribute("ips_till.outcome", outcome)
        if outcome in ("unknown", "other"):
            self._span.set_status(self._trace.StatusCode.ERROR, f"outcome {outcome}")
        self._span.end()

    def _count(self, outcome: str) -> None:
        now = time.monotonic()
        labels = {"ips_till.operation": self._operation, "ips_till.outcome": outcome}
        if self._recovering is not None:
            self._instruments.recovery.record(now - self._recovering, labels)
        # Recovered later, an operation ends twice: an unknown outcome first, then what it was.
        labels["ips_till.begun"] = "here" if self._here else "before"
        self._instruments.outcomes.add(1, labels)
        self._instruments.duration.record(now - self._began, labels)


def _known(value: object, names: frozenset[str]) -> str:
    return value if isinstance(value, str) and value in names else "other"


def _plain(value: object) -> str | int | bool:
    """Return a fact as an attribute: short, of plain characters, with numbers of cards masked."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**9 else "large"
    text = "" if value is None else mask_numbers(str(value))
    return _ODD.sub("?", text)[:_LONGEST]
