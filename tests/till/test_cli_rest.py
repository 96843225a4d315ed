"""The other commands: keys, reports, the journal, receipts, the doctor."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli_helpers import Shop
from ips_simulator import Simulator
from ips_till.errors import ConfigurationError
from ips_till.keys import KeyFile
from postgres_server import Server


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with Simulator() as simulator:
        yield Shop(tmp_path, simulator)


@pytest.fixture
def new_shop(tmp_path: Path) -> Iterator[Shop]:
    """Without a key, and with TLS."""
    with Simulator(tls=True) as simulator:
        shop = Shop(tmp_path, simulator)
        shop.key_file.unlink()
        shop.environ["IPS_TILL_CA_FILE"] = str(simulator.ca_file)
        yield shop


def register(shop: Shop) -> tuple[str, ...]:
    """The command line of a registration."""
    pos = shop.simulator.point_of_sale
    return ("register", "--pos-id", pos.id, "--pos-reference", pos.reference)


# -- keys


def test_a_code_from_the_standard_input_becomes_a_key(new_shop: Shop) -> None:
    """Neither is ever shown; the file is for its user alone; a code works once."""
    code = new_shop.simulator.activation_code
    ended = new_shop.till(*register(new_shop), typed=f"{code}\n")
    assert ended.code == 0
    key = new_shop.key_file.read_text(encoding="ascii").strip()
    assert new_shop.key_file.stat().st_mode & 0o777 == 0o600
    for secret in (code, key):
        assert secret not in ended.out + ended.err
    assert new_shop.till("sale", "10.99").code == 0
    again = new_shop.till(*register(new_shop), typed=f"{code}\n")
    assert again.code == 32
    assert code not in again.out + again.err
    assert new_shop.key_file.read_text(encoding="ascii").strip() == key


def test_a_code_is_typed_unseen(new_shop: Shop) -> None:
    """At a terminal it is asked for, and not echoed."""
    code = new_shop.simulator.activation_code
    with new_shop.terminal(*register(new_shop)) as terminal:
        terminal.wait_for("Activation code")
        terminal.type(f"{code}\r")
        assert terminal.ends() == 0
        assert code not in terminal.seen
        assert "Registered. The license key " in terminal.seen


def test_without_a_code_nothing_is_sent(new_shop: Shop) -> None:
    """The code is still good afterwards."""
    assert new_shop.till(*register(new_shop), typed="").code == 30
    assert new_shop.till(*register(new_shop), typed="\n").code == 30
    code = new_shop.simulator.activation_code
    assert new_shop.till(*register(new_shop), typed=code).code == 0


def test_a_code_is_no_argument(new_shop: Shop) -> None:
    """Command lines are seen by everybody on the machine."""
    code = new_shop.simulator.activation_code
    ended = new_shop.till(*register(new_shop), "--activation-code", code)
    assert ended.code == 30
    ended = new_shop.till(*register(new_shop), code)
    assert ended.code == 30


def test_the_key_has_a_place_of_its_own(new_shop: Shop) -> None:
    """Where no setting names a file, it is in the user's data folder."""
    del new_shop.environ["IPS_TILL_KEY_FILE"]
    code = new_shop.simulator.activation_code
    assert new_shop.till(*register(new_shop), typed=code).code == 0
    key_file = new_shop.folder / "data" / "ips-till" / "license-key"
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert new_shop.till("sale", "10.99").code == 0


@pytest.mark.criterion("AC50")
def test_a_key_is_renewed(shop: Shop) -> None:
    """The new one works; only its fingerprint is shown."""
    before = shop.key_file.read_text(encoding="ascii").strip()
    ended = shop.till("refresh", "--json")
    assert ended.code == 0
    key = shop.key_file.read_text(encoding="ascii").strip()
    assert key != before
    assert len(ended.event("refreshed")["fingerprint"]) == 14
    assert key not in ended.out
    assert shop.till("sale", "10.99").code == 0


def test_a_key_that_cannot_be_stored_is_saved_elsewhere(
    new_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service gives it once."""
    offer = KeyFile.offer

    def full(store: KeyFile, new: str) -> None:
        if store.path == new_shop.key_file:
            raise ConfigurationError("the disk is full")
        offer(store, new)

    monkeypatch.setattr(KeyFile, "offer", full)
    ended = new_shop.till(*register(new_shop), "--json", typed=new_shop.simulator.activation_code)
    assert ended.code == 32
    saved = Path(ended.event("rescued")["path"])
    assert saved.stat().st_mode & 0o777 == 0o600
    assert saved.read_text(encoding="ascii") not in ended.out + ended.err
    saved.rename(new_shop.key_file)
    assert new_shop.till("sale", "10.99").code == 0


# -- settings


def test_all_that_is_missing_is_named_at_once(shop: Shop) -> None:
    """By variable, without a traceback; options win over variables."""
    del shop.environ["IPS_TILL_URL"]
    shop.environ["IPS_TILL_CA_FILE"] = "/nonexistent.pem"
    ended = shop.till("sale", "10.99")
    assert ended.code == 30
    assert "IPS_TILL_URL" in ended.err
    assert "IPS_TILL_CA_FILE" in ended.err
    assert "Traceback" not in ended.err
    del shop.environ["IPS_TILL_CA_FILE"]
    url = shop.simulator.server("INST002").url
    told = shop.till("sale", "10.99", "--url", url, "--json").event("outcome")
    assert told["paypoint"] == "INST002"


def test_errors_are_json_lines_where_these_were_asked_for(shop: Shop) -> None:
    """On the standard output, as everything else."""
    ended = shop.till("sale", "ten", "--json")
    assert ended.code == 30
    assert ended.err == ""
    assert ended.event("error")["exit_code"] == 30
    assert shop.till("sale", "--no-such", "--json").event("error")["error"] == "UsageError"


def test_a_password_of_a_database_is_no_argument(shop: Shop) -> None:
    """The address without one may be."""
    ended = shop.till("journal", "list", "--journal", "postgresql://till:hunter2@db.example/till")
    assert ended.code == 30
    assert "hunter2" not in ended.err + ended.out


# -- reports and the device


def test_reports_and_status(shop: Shop) -> None:
    """X changes nothing, Z closes the batch."""
    shop.till("sale", "10.99")
    first = shop.till("report", "x", "--json").event("batch-report")
    assert (first["sale_count"], first["sale_total"], first["closed"]) == (1, 1099, False)
    closed = shop.till("report", "z", "--json").event("batch-report")
    assert (closed["batch_number"], closed["closed"]) == (first["batch_number"], True)
    after = shop.till("report", "x", "--json").event("batch-report")
    assert after["sale_count"] == 0
    assert after["batch_number"] != first["batch_number"]
    assert "Sales" in shop.till("report", "x").out
    assert shop.till("report", "y").code == 30
    assert shop.till("offline", "--json").event("offline-report")["count"] == 0
    status = shop.till("status", "--json").event("status")
    assert (status["service"], status["device"], status["unresolved"]) == (
        "not-busy", "connected", [],
    )  # fmt: skip
    assert shop.till("restart").code == 0


@pytest.mark.parametrize("command", ["status", "offline"])
def test_a_service_that_does_not_answer_is_told(shop: Shop, command: str) -> None:
    """Exit code 32: no payment, so nothing can be unknown."""
    shop.simulator.stop()
    ended = shop.till(command)
    assert ended.code == 32
    assert ended.err.startswith("till: ")


# -- receipts


def test_a_receipt_is_printed_once_and_then_as_a_duplicate(shop: Shop) -> None:
    """What the sale has shown counts as printed."""
    shop.till("sale", "10.99", "--reference", "SHOWN")
    assert shop.till("receipt", "SHOWN").code == 11
    shop.till("sale", "10.99", "--reference", "KEPT", "--no-receipts")
    first = shop.till("receipt", "KEPT")
    assert first.code == 0
    assert "CUSTOMER COPY" in first.out
    assert "MERCHANT COPY" in first.out
    assert "DUPLICATE" not in first.out
    again = shop.till("receipt", "KEPT")
    assert again.code == 11
    assert "--reprint" in again.err
    for columns in ("32", "42", "48"):
        copy = shop.till("receipt", "KEPT", "--reprint", "--type", "customer", "--columns", columns)
        assert copy.out.count("DUPLICATE") == 2
        assert "MERCHANT" not in copy.out
        assert max(map(len, copy.out.splitlines())) <= int(columns)
    assert shop.till("receipt", "KEPT", "--fetch", "--reprint").code == 0
    assert shop.till("receipt", "NOSUCH").code == 11
    assert shop.till("receipt", "KEPT", "--columns", "3").code == 30


# -- the journal


@pytest.mark.criterion("AC11")
def test_a_person_decides_what_nobody_else_can(shop: Shop) -> None:
    """Recovery says that it cannot; the reason is recorded; the paypoint is free again."""
    shop.simulator.next_payment("query-unknown")
    assert shop.till("sale", "10.99", "--reference", "LOST").code == 20
    recovered = shop.till("recover")
    assert recovered.code == 20
    assert "till journal decide LOST" in recovered.out
    assert shop.till("journal", "decide", "LOST", "--as", "approved", "--reason", " ").code == 30
    assert shop.till("journal", "decide", "LOST", "--as", "maybe", "--reason", "so").code == 30
    assert shop.till("journal", "decide", "LOST", "--as", "approved").code == 30
    reason = "the slip lies in the drawer"
    decided = shop.till("journal", "decide", "LOST", "--as", "approved", "--reason", reason)
    assert decided.code == 0
    entry = shop.till("journal", "show", "LOST", "--json").event("entry")
    assert (entry["outcome"], entry["phase"]) == ("approved", "resolved")
    assert reason in json.dumps(entry["notes"])
    assert reason in shop.till("journal", "show", "LOST").out
    again = shop.till("journal", "decide", "LOST", "--as", "not-taken", "--reason", "no")
    assert again.code == 11
    assert shop.till("sale", "1.00").code == 0


def test_a_journal_is_listed_in_80_columns(shop: Shop) -> None:
    """With references as long as they may be."""
    shop.till("sale", "10.99", "--reference", "A" * 30)
    shop.till("sale", "9999999.99", "--reference", "B" * 30)
    listed = shop.till("journal", "list")
    assert listed.code == 0
    assert "A" * 30 in listed.out
    assert max(map(len, listed.out.splitlines())) <= 80
    assert shop.till("journal", "list", "--count", "0").code == 30


def test_what_is_purged_is_gone_and_its_reference_stays_taken(shop: Shop) -> None:
    """Nothing is purged by default."""
    shop.till("sale", "10.99", "--reference", "OLD")
    assert shop.till("journal", "purge").code == 30
    purged = shop.till("journal", "purge", "--cards-older-than", "0", "--json")
    assert purged.event("purged")["cards"] == 1
    assert shop.till("cancel", "OLD").code == 11
    purged = shop.till("journal", "purge", "--entries-older-than", "0", "--json")
    assert purged.event("purged")["entries"] >= 1
    assert shop.till("journal", "show", "OLD").code == 11
    assert shop.till("sale", "1.00", "--reference", "OLD").code == 21


@pytest.mark.criterion("AC7")
def test_a_journal_that_cannot_be_written_refuses_the_payment(shop: Shop) -> None:
    """Exit code 31, before anything is sent."""
    assert shop.till("sale", "10.99", "--journal", "/dev/null/journal").code == 31
    assert shop.till("sale", "10.99", "--journal", str(shop.folder)).code == 30
    shop.journal.write_text("this is no database, but a letter " * 200, encoding="ascii")
    ended = shop.till("sale", "10.99")
    assert ended.code == 31
    assert "Traceback" not in ended.err
    assert shop.till("doctor").code == 31
    assert shop.simulator.ledger.charges == ()


def test_a_journal_in_use_is_waited_for_and_then_told(shop: Shop) -> None:
    """Another program keeps it locked."""
    shop.till("status")
    with sqlite3.connect(shop.journal, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        ended = shop.till("sale", "10.99")
        other.execute("ROLLBACK")
    other.close()
    assert ended.code == 31
    assert shop.simulator.ledger.charges == ()


def test_the_journal_may_be_a_database(shop: Shop, postgres: Server) -> None:
    """Its address comes from the environment."""
    shop.environ["IPS_TILL_JOURNAL"] = postgres.new_database()
    assert shop.till("sale", "10.99", "--reference", "PG").code == 0
    assert shop.till("recover").code == 0
    assert shop.till("doctor").code == 0
    assert shop.till("receipt", "PG", "--reprint").code == 0
    (entry,) = shop.till("journal", "list", "--json").events
    assert entry["outcome"] == "approved"
    assert not shop.journal.exists()


# -- the doctor


def checks(ended_out: list[dict[str, str]]) -> dict[str, str]:
    return {one["check"]: one["state"] for one in ended_out if one["event"] == "check"}


def test_the_doctor_finds_all_well(new_shop: Shop) -> None:
    """With TLS: certificate, clock, license, service, PIN pad, journal."""
    new_shop.till(*register(new_shop), typed=new_shop.simulator.activation_code)
    ended = new_shop.till("doctor", "--json")
    assert ended.code == 0
    assert checks(ended.events) == dict.fromkeys(
        ["settings", "TLS", "clock", "license", "service", "PIN pad", "journal", "unresolved"],
        "ok",
    )
    shown = new_shop.till("doctor")
    assert max(map(len, shown.out.splitlines())) <= 80
    key = new_shop.key_file.read_text(encoding="ascii").strip()
    assert key not in shown.out + ended.out


def test_the_doctor_names_what_is_wrong(new_shop: Shop) -> None:
    """Each with what to do; the exit code is that of the first."""
    ended = new_shop.till("doctor", "--json")
    assert ended.code == 30
    found = checks(ended.events)
    assert (found["license"], found["service"]) == ("failed", "skipped")
    del new_shop.environ["IPS_TILL_CA_FILE"]
    ended = new_shop.till("doctor", "--json")
    assert (checks(ended.events)["TLS"], ended.code) == ("failed", 32)
    new_shop.simulator.stop()
    ended = new_shop.till("doctor")
    assert ended.code == 32
    assert "is the service running there" in " ".join(ended.out.split())
    new_shop.environ["IPS_TILL_URL"] = "wss://no-such-host.invalid:7080/ipc-app/payment/X"
    assert new_shop.till("doctor").code == 32
    new_shop.environ["IPS_TILL_URL"] = "ws://shop.example:7080/ipc-app/payment/X"
    assert new_shop.till("doctor").code == 30


def test_the_doctor_sees_what_is_unresolved_and_no_pin_pad(shop: Shop) -> None:
    """Without TLS on this machine is a warning."""
    shop.simulator.next_payment("query-unknown")
    shop.till("sale", "10.99")
    ended = shop.till("doctor", "--json")
    assert ended.code == 21
    found = checks(ended.events)
    assert (found["TLS"], found["unresolved"]) == ("warning", "failed")


# -- everything


@pytest.mark.parametrize(
    "command",
    [
        (), ("sale",), ("refund",), ("preauth",), ("settle",), ("cancel",), ("check-card",),
        ("recover",), ("report",), ("offline",), ("status",), ("restart",), ("register",),
        ("refresh",), ("doctor",), ("show",), ("receipt",), ("journal",), ("journal", "decide"),
    ],
)  # fmt: skip
def test_every_command_has_help(shop: Shop, command: tuple[str, ...]) -> None:
    """In 80 columns; an option for a secret is in none of them."""
    ended = shop.till(*command, "--help")
    assert ended.code == 0
    assert max(map(len, ended.out.splitlines())) <= 80
    for secret in ("--license-key", "--activation", "--token", "--password"):
        assert secret not in ended.out
