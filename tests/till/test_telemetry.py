"""Telemetry: what happened can be measured, and nothing of a card leaves that way."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from ips_simulator import Simulator
from ips_simulator.faults import Fault, FaultKind
from ips_till import Actions, Payment, Till, Unknown
from ips_till.actions import OnAction
from ips_till.errors import NotSentError
from ips_till.journal import Intent
from ips_till.operations import MoneyOperation
from ips_till.settings import TillSettings
from ips_till.telemetry import OpenTelemetry
from key_helpers import PROMPT
from stompws.frames import Frame
from stompws.session import Direction

QUICK = TillSettings(
    first_event=5, between_events=5, total=20, recovery_total=2, recovery_pause=0.05, request=5
)
INTENT = Intent(reference="M1", paypoint_id="INST001", operation=MoneyOperation.SALE, amount=1099)


@attrs.define
class Exported:
    """What an exporter would be given."""

    spans_of: InMemorySpanExporter
    reader: InMemoryMetricReader
    observe: OpenTelemetry

    @property
    def spans(self) -> dict[str, ReadableSpan]:
        return {span.name.removeprefix("ips_till "): span for span in self.all_spans}

    @property
    def all_spans(self) -> tuple[ReadableSpan, ...]:
        return self.spans_of.get_finished_spans()

    def metrics(self) -> dict[str, list[Any]]:
        """The points of each metric."""
        data = self.reader.get_metrics_data()
        found = {} if data is None else data.resource_metrics[0].scope_metrics[0].metrics
        return {metric.name: list(metric.data.data_points) for metric in found}

    def everything(self) -> str:
        """All of it as JSON."""
        data = self.reader.get_metrics_data()
        return "\n".join(
            [*(span.to_json() for span in self.all_spans), "" if data is None else data.to_json()]
        )


@pytest.fixture
def exported() -> Iterator[Exported]:
    spans, reader = InMemorySpanExporter(), InMemoryMetricReader()
    tracers, meters = TracerProvider(shutdown_on_exit=False), MeterProvider([reader])
    tracers.add_span_processor(SimpleSpanProcessor(spans))
    yield Exported(spans, reader, OpenTelemetry(tracers, meters))
    tracers.shutdown()
    meters.shutdown()


def till_of(
    simulator: Simulator, folder: Path, exported: Exported, settings: TillSettings = QUICK
) -> Till:
    return Till(
        simulator.server(),
        license_key=simulator.license_key,
        journal=folder / "journal.sqlite3",
        options=PROMPT,
        settings=settings,
        observe=exported.observe,
    )


def sell(till: Till, on_action: OnAction = "decline") -> Payment:
    """Take one payment to its end."""
    with till.sale(1099, on_action=on_action) as payment:
        payment.finish()
    return payment


def labels(point: Any) -> Mapping[str, Any]:
    """The labels of a point, without the prefix."""
    return {name.removeprefix("ips_till."): value for name, value in point.attributes.items()}


def test_a_sale_is_a_span_with_its_phases_under_it(tmp_path: Path, exported: Exported) -> None:
    """They follow each other, and say which operation they are of."""
    with Simulator() as simulator, till_of(simulator, tmp_path, exported) as till:
        payment = sell(till)
    spans = exported.spans
    assert list(spans) == ["connect", "send", "pay", "finish", "sale"]
    sale = spans["sale"]
    assert sale.attributes is not None
    assert sale.attributes["ips_till.reference"] == payment.reference
    assert sale.attributes["ips_till.correlation_id"] == payment.correlation_id
    assert sale.attributes["ips_till.outcome"] == "approved"
    assert sale.status.status_code is StatusCode.UNSET
    phases = [spans[name] for name in ("connect", "send", "pay", "finish")]
    assert all(
        phase.parent is not None and phase.parent.span_id == sale.context.span_id
        for phase in phases
    )
    times = [time for phase in phases for time in (phase.start_time, phase.end_time)]
    assert times == sorted(times, key=lambda time: time or 0)
    assert [event.name for event in sale.events] == [
        *("receipt", "receipt", "result", "complete", "outcome"),
    ]


def test_outcomes_and_durations_are_counted(tmp_path: Path, exported: Exported) -> None:
    """By operation and outcome; in seconds, with buckets that fit payments."""
    with Simulator() as simulator, till_of(simulator, tmp_path, exported) as till:
        for wish in ("approved", "declined-online", "approved"):
            simulator.next_payment(wish)
            sell(till)
    metrics = exported.metrics()
    counted = {
        point.attributes["ips_till.outcome"]: point.value
        for point in metrics["ips_till.operations"]
    }
    assert counted == {"approved": 2, "declined": 1}
    duration = metrics["ips_till.operation.duration"][0]
    assert labels(duration)["operation"] == "sale"
    assert 0 < duration.sum < 60
    assert duration.explicit_bounds[:3] == (0.1, 0.25, 0.5)


def test_the_time_an_action_took_is_measured(tmp_path: Path, exported: Exported) -> None:
    """And who answered it."""
    actions = Actions(otherwise="decline", signature=lambda _question: True)
    with (
        Simulator(scenario="signature-accepted") as simulator,
        till_of(simulator, tmp_path, exported) as till,
    ):
        sell(till, actions)
        sell(till)
    points = exported.metrics()["ips_till.action.duration"]
    assert [labels(point) for point in points] == [
        {"action": "signature-verification", "by": "handler"},
        {"action": "signature-verification", "by": "policy"},
    ]
    assert exported.spans["action"].attributes is not None


def test_a_lost_link_and_its_recovery_are_measured(tmp_path: Path, exported: Exported) -> None:
    """How often, in which phase, and how long it took until the outcome was known."""
    with (
        Simulator(scenario="lost-before-result") as simulator,
        till_of(simulator, tmp_path, exported) as till,
    ):
        sell(till)
    metrics = exported.metrics()
    assert labels(metrics["ips_till.links.lost"][0]) == {"operation": "sale", "phase": "after-sent"}
    recovery = metrics["ips_till.recovery.duration"]
    assert labels(recovery[0]) == {"operation": "sale", "outcome": "approved"}
    assert "recover" in exported.spans


def test_unknown_is_an_error_and_what_it_was_is_told_apart(
    tmp_path: Path, exported: Exported
) -> None:
    """The rate of unknown outcomes is taken from those that were begun here."""
    hasty = attrs.evolve(QUICK, recovery_total=0.001)
    query_is_lost = Fault(kind=FaultKind.DROP, destination="/client/v1/payment/result")
    with Simulator(scenario="lost-before-result") as simulator:
        simulator.inject("INST001", query_is_lost)
        with till_of(simulator, tmp_path, exported, settings=hasty) as till:
            assert isinstance(sell(till).outcome, Unknown)
        assert exported.spans["sale"].status.status_code is StatusCode.ERROR
        with till_of(simulator, tmp_path, exported) as till:
            till.recover()
    points = exported.metrics()["ips_till.operations"]
    assert [labels(point) for point in points] == [
        {"operation": "sale", "outcome": "unknown", "begun": "here"},
        {"operation": "sale", "outcome": "approved", "begun": "before"},
    ]


def test_what_was_not_sent_is_told_apart(tmp_path: Path, exported: Exported) -> None:
    """It is no failure of a payment, and no unknown outcome."""
    with Simulator() as simulator:
        till = till_of(simulator, tmp_path, exported)
    with till, pytest.raises(NotSentError), till.sale(1099, on_action="decline"):
        pass
    assert labels(exported.metrics()["ips_till.operations"][0])["outcome"] == "not-sent"


@pytest.mark.parametrize(
    "scenario", ["approved", "approved-keyed", "fault-duplicate", "newer-enums"]
)
def test_no_card_data_and_no_secret_is_exported(
    tmp_path: Path, exported: Exported, scenario: str
) -> None:
    """Not a digit of the card, not the key, no text of a receipt, a notification or a result."""
    with Simulator(scenario=scenario) as simulator:
        with till_of(simulator, tmp_path, exported) as till:
            payment = sell(till)
        text = exported.everything()
        assert simulator.license_key not in text
    assert payment.reference in text
    for name in ("track2", "cardNumber", "MERCHANT", "CUSTOMER COPY", "PLEASE"):
        assert name not in text
    exported_values = [
        value for span in exported.all_spans for value in (span.attributes or {}).values()
    ]
    assert not {1099, "1099"} & set(exported_values)


def test_facts_are_chosen_by_name_and_made_plain(exported: Exported) -> None:
    """Only those that are listed; short; and a number of a card is masked whatever it is in."""
    card = "4111111111111111"
    watched = exported.observe(INTENT)
    watched.note("begun", override=False)
    watched.note("result", outcome="approved", result=card, card=card)
    watched.note("error", code=f"{card[:4]} {card[4:]}")
    watched.note("stray", reason="\x1b[2J" + "x" * 1000, operation=int(card))
    watched.note("notification", text=card)
    watched.note("something-new", text=card)
    watched.note("action-asked", action=card)
    watched.note("action-answered", action=card, by=card)
    watched.note("link-lost", phase=card, why=card)
    watched.note("outcome", outcome=card, needs_person=True)
    watched.end()
    watched.note("error", code="after the end")
    watched.end()
    text = exported.everything()
    assert card not in text
    assert card[4:] not in text
    assert "after the end" not in text
    assert "\\u001b" not in text
    assert "x" * 65 not in text
    points = [point for found in exported.metrics().values() for point in found]
    assert {value for point in points for value in labels(point).values()} <= {
        *("sale", "other", "here"),
    }


def test_a_frame_leaves_no_trace(exported: Exported) -> None:
    """Frames hold everything that must not be seen."""
    watched = exported.observe(INTENT)
    frame = Frame("MESSAGE", [("x", "zebra")], b'{"zebra": 1}')
    watched.trace(next(iter(Direction)), frame, 1.0)
    watched.end()
    assert "zebra" not in exported.everything()


def test_what_is_left_open_is_ended(exported: Exported) -> None:
    """An action that nobody answered, a phase that never ended; nothing is counted twice."""
    watched = exported.observe(INTENT)
    for kind, facts in [
        ("begun", {}),
        ("connected", {}),
        ("sent", {"correlation_id": "c"}),
        ("action-asked", {"action": "avs-confirmation"}),
        ("action-asked", {"action": "avs-confirmation"}),
    ]:
        watched.note(kind, **facts)
    watched.end()
    names = sorted(span.name for span in exported.all_spans)
    assert names == sorted(
        f"ips_till {name}" for name in ("action", "action", "connect", "pay", "sale", "send")
    )
    point = exported.metrics()["ips_till.operations"][0]
    assert (labels(point)["outcome"], point.value) == ("unknown", 1)


def test_fetching_receipts_later_is_no_operation(exported: Exported) -> None:
    """It ends without an outcome, and is no failure."""
    watched = exported.observe(INTENT)
    watched.note("recovery-step", found="asking for the customer receipt")
    watched.end()
    assert "ips_till.operations" not in exported.metrics()
    assert exported.spans["sale"].status.status_code is StatusCode.UNSET
    assert "receipts" in exported.spans


def test_off_it_costs_nothing() -> None:
    """Without it nothing of the package is loaded, and with it missing one is told what to do."""
    script = (
        "import sys, json\n"
        "import ips_till, ips_till.till, ips_till.telemetry\n"
        "print(json.dumps([name for name in sys.modules if name.startswith('opentelemetry')]))\n"
        "sys.modules['opentelemetry.trace'] = None\n"
        "try: ips_till.telemetry.OpenTelemetry()\n"
        "except ips_till.ConfigurationError as exc: print(exc)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    loaded, told = done.stdout.splitlines()
    assert json.loads(loaded) == []
    assert "worldpay-ips[telemetry]" in told
