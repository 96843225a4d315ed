"""A hostile service puts card data and secrets everywhere, and the till shows and stores none."""

import contextlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canaries import CUT, ENCODED, GROUPED, HOSTILE, KEY, PAN, TOKEN, TRACK2, VOICE, Watch
from hunting import HANDLE, flown, look_at_files, pay
from ips_simulator import Recorder, Simulator
from ips_till.errors import TillError
from ips_till.flight import (
    FlightRecorder,
    read_flight,
)
from ips_till.journals import open_journal
from ips_till.outcome import Approved, Outcome, Unknown
from ips_till.receiving import masked_receipt
from ips_till.settings import TillSettings
from ips_till.till import Till
from poison import Body, poison, poisoned_replay
from stompws.errors import LinkError
from worldpay_ips import OnPremise


@pytest.fixture(scope="module")
def good():
    with Simulator() as running:
        yield running


SCENARIOS = {
    "approved": "Approved",
    "referral-approved": "Approved",
    "declined-online": "Declined",
    "signature-accepted": "Approved",
    "newer-instrument": "Approved",
    "approved-keyed": "Approved",
    "error": "NotTaken",
    "partial-amount": "Approved",
    "cancelled-at-pad": "NotTaken",
}


@pytest.mark.parametrize(
    ("scenario", "receipt"),
    [*((name, "base64") for name in SCENARIOS),
     *(("approved", receipt) for receipt in ("latin-1", "wrapped", "plain", "empty"))],
)  # fmt: skip
def test_nothing_of_a_hostile_payment_is_shown_or_stored(
    good: Simulator, tmp_path: Path, scenario: str, receipt: str
) -> None:
    """Notifications, actions, receipts, results: events, logs, journal, flights, recordings."""
    outcome, watch, folder = hostile_payment(
        good, tmp_path, scenario, lambda body: poison(body, receipt=receipt)
    )
    assert type(outcome).__name__ == SCENARIOS[scenario]
    assert watch.found(but=[HANDLE]) == []
    assert {hit.split(" in ")[1] for hit in watch.found()} <= {"file .sqlite"}
    assert len(watch.seen) > 100
    journal = (folder / "journal.sqlite").read_bytes()
    if isinstance(outcome, Approved) and outcome.card is not None:
        assert outcome.card.number == CUT  # it is there, and nothing shows it
        assert journal.count(CUT.encode()) == journal.count(b'"number":"%b"' % CUT.encode())


@pytest.mark.parametrize(
    "number", [PAN, f"{PAN[:12]}XXXX", "49294900000X0006", PAN[::-1], f"{PAN}XXX"]
)
def test_a_number_that_is_not_cut_short_is_not_kept(
    good: Simulator, tmp_path: Path, number: str
) -> None:
    """Of cards that a server lists, the service tells the whole number: no settling by journal."""
    outcome, watch, folder = hostile_payment(
        good, tmp_path, "approved", lambda body: poison(body, card_number=number)
    )
    assert isinstance(outcome, Approved)
    watch.parts.append(number[:11])
    assert watch.found() == []
    assert b'"card"' not in (folder / "journal.sqlite").read_bytes()


def hostile_payment(
    good: Simulator, tmp_path: Path, scenario: str, change: Callable[[Body], Body], **more: Any
) -> tuple[Outcome, Watch, Path]:
    """A sale at a server that does as in a scenario, and changes every message."""
    replay = poisoned_replay(flown(good, tmp_path, scenario), tmp_path, change)
    folder = tmp_path / "shop"
    folder.mkdir()
    with Watch() as watch, Simulator(replay=replay) as hostile:
        seen: list[object] = []
        hostile.feed.subscribe(seen.append)
        with Recorder(hostile, folder / "simulator.jsonl"):
            outcome = pay(watch, hostile, folder, **more)
        watch.look(hostile, *seen)
    look_at_files(watch, folder)
    return outcome, watch, folder


def test_the_watch_sees_what_is_shown(tmp_path: Path) -> None:
    """The canary can die: each way of looking finds one."""
    ways = {
        "look": lambda watch: watch.look(PAN),
        "log": lambda _: logging.getLogger("stompws.x").debug("key %s", KEY),
        "error": lambda watch: watch.look_at(ValueError(HOSTILE)),
        "cause": lambda watch: watch.look_at(_caused(ValueError(TRACK2))),
        "file": lambda watch: watch.files(tmp_path),
        "encoded": lambda watch: watch.text("x", ENCODED),
    }
    (tmp_path / "x").write_bytes(PAN.encode("utf-16"))
    for name, way in ways.items():
        with Watch() as watch:
            way(watch)
        assert watch.found() != [], name
    with Watch() as watch:
        watch.look("************0006", "***")
    assert watch.found() == []


def _caused(cause: Exception) -> Exception:
    error = RuntimeError("harmless")
    error.__cause__ = cause
    return error


def test_errors_of_a_till_keep_secrets(good: Simulator, tmp_path: Path) -> None:
    """Refused, not sent, blocked, lost, unreadable: text, args, attributes, causes, traceback."""
    with Watch() as watch:
        till = Till(
            good.server(), license_key=KEY, journal=tmp_path / "journal.sqlite",
            on_action="decline", observe=FlightRecorder(tmp_path / "flights"),
            settings=TillSettings(recovery_total=0.3, recovery_pause=0.1, connect=2),
        )  # fmt: skip

        def fail(action: Callable[[], object]) -> None:
            with pytest.raises((TillError, LinkError, ValueError, TypeError)) as caught:
                action()
            watch.look_at(caught.value)

        def sell(**more: Any) -> object:
            with till.sale(1099, **more) as payment:
                return payment.finish()

        fail(sell)  # the simulator knows no such key
        fail(lambda: till.sale(PAN))
        fail(lambda: till.sale(1099, reference=f"{PAN} {PAN}"))
        fail(lambda: till.sale(1099, token=f"{TOKEN}!"))
        fail(lambda: till.sale(1099, auth_code=f"{VOICE}{VOICE}"))
        fail(lambda: till.settle("unknown"))
        fail(till.service_status)
        fail(till.x_report)
        fail(till.z_report)
        fail(lambda: till.restart().as_error())
        till.close()
        fail(sell)
        nowhere = OnPremise(host="127.0.0.1", port=1, paypoint_id="INST001", plain=True)
        for key in (KEY, f"{KEY}\n", lambda: f"{KEY}\x00", lambda: 5):
            with Till(
                nowhere, license_key=key, journal=tmp_path / "other.sqlite", on_action="decline"
            ) as till:
                fail(sell)
        (tmp_path / "garbage").write_text(f"{HOSTILE} {KEY}" * 100)
        fail(lambda: Till(nowhere, license_key=KEY, journal=tmp_path / "garbage"))
    (tmp_path / "garbage").unlink()
    look_at_files(watch, tmp_path)
    assert watch.found() == []


@pytest.mark.parametrize(
    "scenario", ["lost-before-result", "lost-before-complete", "fault-stomp-error"]
)
def test_a_recovery_keeps_secrets(good: Simulator, tmp_path: Path, scenario: str) -> None:
    """The link breaks, the service is asked, and answers with canaries."""
    outcome, watch, _ = hostile_payment(good, tmp_path, scenario, poison)
    assert isinstance(outcome, Approved | Unknown)
    assert watch.found(but=[HANDLE]) == []


def test_a_reference_that_looks_like_a_card_number_is_exempt_by_schema(
    good: Simulator, tmp_path: Path
) -> None:
    """It stays whole where it is the reference, and is masked where it is any other text."""
    good.next_payment("approved")
    with Watch() as watch:
        outcome = pay(watch, good, tmp_path, reference=PAN, key=good.license_key)
    assert outcome.reference == PAN
    with contextlib.closing(open_journal(tmp_path / "journal.sqlite")) as journal:
        assert journal.find(PAN).reference == PAN
        (receipt, _) = journal.find(PAN).receipts
        assert PAN in receipt.text
    (path,) = (tmp_path / "flights").iterdir()
    assert PAN not in path.name
    flight = read_flight(path)
    assert flight.header.reference == PAN
    assert PAN not in repr(flight.header)
    # What is called by it says its name; in logs, traces and messages it is like any number.
    places = {hit.split(" in ", 1)[1] for hit in watch.found()}
    assert places <= {"file .sqlite", "file .jsonl", "repr of Payment", "str of Payment",
                      "receipt in the journal", "journal while open", "span"}  # fmt: skip


@pytest.mark.parametrize("reference", ["4929", "0007", "49294900", "0006"])
def test_a_short_reference_does_not_uncover_a_number(
    good: Simulator, tmp_path: Path, reference: str
) -> None:
    """The exemption of references is for whole words that would be masked, not for parts."""
    replay = poisoned_replay(flown(good, tmp_path, "approved"), tmp_path, poison)
    with Watch() as watch, Simulator(replay=replay) as hostile:
        pay(watch, hostile, tmp_path, reference=reference)
    look_at_files(watch, tmp_path / "flights")
    watch.files(tmp_path)
    assert watch.found(but=[HANDLE, reference]) == []


def test_a_receipt_is_masked_before_it_comes_to_the_journal() -> None:
    """The journal masks too; what is handed on when it cannot be written was masked before."""
    with Watch() as watch:
        watch.text("receipt", masked_receipt(f"{HOSTILE} {KEY}", ["4929", "M1"]))
    assert watch.found() == []
    assert masked_receipt(f"{PAN}\n{GROUPED[0]}", [PAN]) == f"{PAN}\n************0006"
