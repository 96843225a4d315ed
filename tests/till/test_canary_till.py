"""A hostile service puts card data and secrets everywhere, and the till shows and stores none."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from canaries import CUT, HOSTILE, KEY, PAN, TOKEN, VOICE, Watch
from flying import fly
from ips_simulator import Recorder, Simulator
from ips_till.actions import Actions, Policy
from ips_till.errors import TillError
from ips_till.flight import (
    FlightError,
    FlightRecorder,
    read_flight,
    render_text,
    render_timeline,
    to_html,
    to_simulator_recording,
)
from ips_till.outcome import Approved, Outcome, to_stored
from ips_till.till import Till
from ips_till.settings import TillSettings
from poison import poison, poisoned_replay
from stompws.errors import LinkError
from stompws.trace import Trace
from worldpay_ips import ClientOptions

HANDLE = "492949XX"
"""What a settlement or cancellation needs is kept in the journal, and nowhere else."""


@pytest.fixture(scope="module")
def good():
    with Simulator() as running:
        yield running


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
    watch: Watch, simulator: Simulator, folder: Path, *, reference: str | None = None, **more: Any
) -> Outcome:
    """One sale by a till that records all it can, looked at from all sides."""
    trace = io.StringIO()
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
        license_key=KEY,
        journal=folder / "journal.sqlite",
        options=options,
        on_action=actions,
        observe=recorder,
        on_stray=watch.look,
        settings=TillSettings(recovery_total=3, recovery_pause=0.05, grace_after_result=0.5),
    ) as till:
        watch.look(till, recorder, actions, options, till.journal)
        try:
            with till.sale(1099, reference=reference, **more) as payment:
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
        watch.data("journal while open", (folder / "journal.sqlite-wal").read_bytes().replace(CUT.encode(), b""))
    watch.text("trace", trace.getvalue())
    return outcome


@pytest.mark.parametrize("receipt", ["base64", "latin-1", "wrapped", "plain", "empty"])
@pytest.mark.parametrize(
    ("scenario", "kind"),
    [("approved", "Approved"), ("referral-approved", "Approved"), ("declined-online", "Declined"),
     ("signature-accepted", "Approved"), ("newer-instrument", "Approved")],
)  # fmt: skip
def test_nothing_of_a_hostile_payment_is_shown_or_stored(
    good: Simulator, tmp_path: Path, scenario: str, kind: str, receipt: str
) -> None:
    """Notifications, actions, receipts, results: events, logs, journal, flights, recordings."""
    if receipt != "base64" and scenario != "approved":
        pytest.skip("receipts are the same in all scenarios")
    flight = flown(good, tmp_path, scenario)
    replay = poisoned_replay(flight, tmp_path, lambda body: poison(body, receipt=receipt))
    folder = tmp_path / "shop"
    folder.mkdir()
    with Watch() as watch, Simulator(replay=replay) as hostile:
        recorder = Recorder(hostile, folder / "simulator.jsonl")
        seen = []
        hostile.feed.subscribe(seen.append)
        with recorder:
            outcome = pay(watch, hostile, folder)
        watch.look(hostile, *seen)
        assert type(outcome).__name__ == kind
        if isinstance(outcome, Approved) and outcome.card is not None:
            assert outcome.card.number == CUT  # it is there, and nothing shows it
    look_at_files(watch, folder)
    assert watch.found(but=[HANDLE]) == []
    assert all("journal" in hit for hit in watch.found()), watch.found()
    assert len(watch.seen) > 100


def flown(good: Simulator, folder: Path, scenario: str):
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
