"""`ips-simulator serve`, as a program of its own."""

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stompws.client import ClientOptions, TlsOptions
from worldpay_ips import OnPremise, PaymentApi, PointOfSaleRegistrationRequest


@contextmanager
def serving(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "ips_simulator", *arguments]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "ips_simulator", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )


def first_line(process: "subprocess.Popen[str]") -> dict[str, str]:
    assert process.stdout is not None
    return json.loads(process.stdout.readline())


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_serve_prints_what_a_till_needs_and_stops_on_a_signal(ending: signal.Signals) -> None:
    """A till can register and connect with nothing but what was printed. Ctrl-C is a clean end."""
    with serving("serve", "--port", "0", "--json") as process:
        facts = first_line(process)
        assert facts["url"].startswith("wss://127.0.0.1:")
        port = int(facts["url"].split(":")[2].split("/")[0])
        server = OnPremise(host="127.0.0.1", port=port, paypoint_id=facts["paypointId"])
        options = ClientOptions(tls=TlsOptions(ca_file=facts["caFile"]))
        reply = PaymentApi(server, options=options).register_point_of_sale(
            PointOfSaleRegistrationRequest(
                point_of_sale_id=facts["pointOfSaleId"],
                point_of_sale_reference=facts["pointOfSaleReference"],
                point_of_sale_activation_code=facts["pointOfSaleActivationCode"],
            )
        )
        api = PaymentApi(server, license_key=reply.point_of_sale_license_key, options=options)
        assert api.service_status().status == "not-busy"
        process.send_signal(ending)
        assert process.wait(timeout=30) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_serve_prints_for_people_too() -> None:
    """Every fact stands on a line of its own, whole, so that it can be copied."""
    with serving("serve", "--port", "0", "--plain") as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(11)]
        assert max(map(len, lines)) <= 81
        text = "".join(lines)
        assert "ws://127.0.0.1:" in text
        assert "INST001" in text
        assert "AV46HTR3" in text
        assert "D45FGT" in text
        assert "POS123" in text
        assert "http://127.0.0.1:" in text
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
        assert "Stopped." in process.stdout.read()


def test_a_port_in_use_is_told_in_a_sentence() -> None:
    """No traceback; exit code 2."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port), "--plain", "--no-page")
    assert done.returncode == 2
    assert done.stderr.startswith(f"ips-simulator: cannot listen on 127.0.0.1:{port}: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--plain", "--host", "0.0.0.0"], "without TLS only this machine is served"),  # noqa: S104
        (["--port", "70000"], "there is no port 70000"),
    ],
)
def test_what_cannot_be_served_is_refused(arguments: list[str], sentence: str) -> None:
    """Plain WebSocket stays on this machine. Exit code 2, one sentence."""
    done = run("serve", *arguments)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1


def pay(facts: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return run("pay", *arguments, "--facts", str(facts))


def test_serve_and_pay_work_together(tmp_path: Path) -> None:
    """Another terminal needs no more than the command. The ledger is there in the end."""
    facts, ledger, session = (tmp_path / name for name in ("facts", "ledger", "session"))
    files = ["--facts", str(facts), "--ledger", str(ledger), "--record", str(session)]
    with serving("serve", "--port", "0", "--json", *files) as process:
        shown = first_line(process)
        assert facts.stat().st_mode & 0o077 == 0
        with urllib.request.urlopen(shown["pageUrl"]) as page:  # noqa: S310 - it is http
            assert page.status == 200
        done = pay(facts, "10.99", "--reference", "TICKET-7")
        assert done.returncode == 0, done.stderr
        assert "APPROVED 10.99 GBP (authorised-online)" in done.stdout
        assert "*** CUSTOMER COPY ***" in done.stdout
        assert pay(facts, "9000.06").returncode == 10
        assert pay(facts, "9000.42").returncode == 11
        assert pay(facts, "9000.52").returncode == 20
        unknown = pay(facts, "9099.98")
        assert unknown.returncode == 11
        assert "no scenario has this magic amount" in unknown.stdout
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert not facts.exists()
    charges = json.loads(ledger.read_text(encoding="ascii"))["charges"]
    assert [one["amount"] for one in charges] == [1099, 900052]
    assert charges[0]["merchantTransactionReference"] == "TICKET-7"
    with serving("replay", str(session), "--port", "0", "--json", "--facts", str(facts)) as process:
        first_line(process)
        again = pay(facts, "10.99", "--reference", "OTHER-1")
        assert again.returncode == 0
        assert "OTHER-1" in again.stdout
        assert "is 900006 in the recording" in pay(facts, "10.98").stdout


def test_a_port_of_the_page_in_use_is_told_as_such(tmp_path: Path) -> None:
    """It is another port than that of the server, and another option. Nothing is left behind."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        files = ["--record", str(session := tmp_path / "session.jsonl")]
        done = run("serve", "--port", "0", "--page-port", str(port), "--plain", *files)
    assert not session.exists()
    assert done.returncode == 2
    assert done.stderr.startswith(f"ips-simulator: cannot listen on 127.0.0.1:{port}: ")
    assert "--page-port 0 takes a free port" in done.stderr


def test_without_a_page_there_is_none() -> None:
    """And payments are unattended: nobody could click."""
    with serving("serve", "--port", "0", "--plain", "--no-page", "--json") as process:
        assert first_line(process)["pageUrl"] is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
