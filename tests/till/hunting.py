"""A till that takes a payment while a watch looks at everything of it."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from rich.console import Console

from canaries import CUT, KEY, VOICE, Watch
from ips_simulator import Simulator
from ips_till.actions import Actions, Policy
from ips_till.errors import TillError
from ips_till.flight import (
    Flight,
    FlightError,
    FlightRecorder,
    read_flight,
    render_text,
    render_timeline,
    to_html,
    to_simulator_recording,
)
from ips_till.outcome import Outcome, to_stored
from ips_till.settings import TillSettings
from ips_till.telemetry import OpenTelemetry
from ips_till.till import Till
from ips_till.together import together
from stompws.trace import Trace
from worldpay_ips import ClientOptions

HANDLE = "492949XX"
"""What a settlement or cancellation needs is kept in the journal, and nowhere else."""


def look_at_files(watch: Watch, folder: Path) -> None:
    """Every flight and journal: the files, and everything they can be turned into."""
    for path in folder.rglob("*.flight.jsonl"):
        flight = read_flight(path)
        watch.look(flight, *flight.lines)
        console = Console(width=100, file=io.StringIO())
        console.print(render_timeline(flight))
        shown = [render_text(flight), to_html(flight), console.file.getvalue()]
        with contextlib.suppress(FlightError):
            shown.append(to_simulator_recording(flight))
        for text in shown:
            watch.text("a flight as it is shown", text)
    watch.files(folder)


def pay(
    watch: Watch, simulator: Simulator, folder: Path, *, key: str = KEY, **more: Any
) -> Outcome:
    """One sale by a till that records all it can, looked at from all sides."""
    trace = io.StringIO()
    spans, reader = InMemorySpanExporter(), InMemoryMetricReader()
    tracers, meters = TracerProvider(shutdown_on_exit=False), MeterProvider([reader])
    tracers.add_span_processor(SimpleSpanProcessor(spans))
    options = ClientOptions(trace=Trace(trace), on_stray=watch.look, on_problem=watch.look)
    recorder = FlightRecorder(folder / "flights")
    actions = Actions(
        voice_authorisation=lambda question: (watch.look(question), VOICE)[1],
        signature=lambda question: (watch.look(question), True)[1],
        avs=lambda question: (watch.look(question), True)[1],
        other=watch.look,
        otherwise=Policy.DECLINE,
    )
    with Till(
        simulator.server(),
        license_key=key,
        journal=folder / "journal.sqlite",
        options=options,
        on_action=actions,
        observe=together(recorder, OpenTelemetry(tracers, meters)),
        on_stray=watch.look,
        settings=TillSettings(recovery_total=3, recovery_pause=0.05, grace_after_result=0.5),
    ) as till:
        watch.look(till, recorder, actions, options, till.journal)
        try:
            with till.sale(1099, **more) as payment:
                watch.look(payment)
                for event in payment:
                    watch.look(event)
            outcome = payment.outcome
        except TillError as exc:
            watch.look_at(exc)
            raise
        watch.look(payment, outcome, outcome.what_to_do, outcome.amount_text())
        watch.text("stored outcome", json.dumps({**to_stored(outcome), "card": None}))
        entry = till.journal.find(payment.reference)
        assert entry is not None
        watch.look(entry, *entry.notes, *entry.receipts, *till.unresolved())
        for note in entry.notes:
            watch.text("note in the journal", json.dumps({**note.facts, "card": None}))
        for receipt in entry.receipts:
            watch.text("receipt in the journal", receipt.text)
        log = (folder / "journal.sqlite-wal").read_bytes()
        watch.data("journal while open", log.replace(CUT.encode(), b""))
    watch.text("trace", trace.getvalue())
    assert "MESSAGE" in trace.getvalue()
    assert spans.get_finished_spans()
    for span in spans.get_finished_spans():
        watch.text("span", span.to_json())
    watch.text("metrics", reader.get_metrics_data().to_json())
    tracers.shutdown()
    meters.shutdown()
    return outcome


def flown(good: Simulator, folder: Path, scenario: str) -> Flight:
    """What a good service says in a scenario, as this very till hears it."""
    recorder = FlightRecorder(folder / "good")
    good.next_payment(scenario)
    actions = Actions(
        voice_authorisation=lambda _: VOICE, signature=lambda _: True, avs=lambda _: True,
        other=lambda _: None, otherwise=Policy.DECLINE,
    )  # fmt: skip
    with Till(
        good.server(), license_key=good.license_key, journal=folder / "good.sqlite",
        on_action=actions, observe=recorder,
    ) as till, till.sale(1099) as payment:  # fmt: skip
        payment.finish()
    (path,) = (folder / "good").glob("*.jsonl")
    return read_flight(path)
