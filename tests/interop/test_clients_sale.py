"""STOMP clients that are not ours register at the simulator and take a sale.

Each is a small program in `clients/`, given its task on standard input and nothing else of ours.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
import trustme

from ips_simulator import Behaviour, Hold, Simulator, Step
from stompws.headers import write_headers
from worldpay_ips import PaymentApi
from worldpay_ips.operations import API

CLIENTS = Path(__file__).parent / "clients"
AMOUNT = 1099
REFERENCE = "MS1231000001"


@attrs.frozen
class Client:
    """One foreign client, and what it speaks when nobody tells it otherwise."""

    program: str
    stomp: str
    goodbye: str
    """Whether it waits for the receipt of its DISCONNECT."""
    tls: bool = True
    """Whether it can be given a certificate authority for a WebSocket."""


STOMPJS = Client("stompjs.mjs", stomp="1.2", goodbye="receipt")
WEBSTOMP = Client("webstomp.mjs", stomp="1.0", goodbye="none")
STOMP_PY = Client("stomp_py.py", stomp="1.2", goodbye="receipt")
STOMPMAN = Client("stompman_.py", stomp="1.2", goodbye="untold", tls=False)
ALL = (STOMPJS, WEBSTOMP, STOMP_PY, STOMPMAN)


def tool(name: str) -> str:
    """Node and npm come with the development dependencies; else the machine's own are taken."""
    beside_python = str(Path(sys.executable).parent)
    path = os.pathsep.join([beside_python, os.environ.get("PATH", os.defpath)])
    found = shutil.which(name, path=path)
    assert found is not None, f"{name} is missing: install the locked development dependencies"
    return found


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs, and beside them exactly the packages that the lock file names."""
    folder = tmp_path_factory.mktemp("clients") / "clients"
    shutil.copytree(CLIENTS, folder, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    npm = [tool("npm"), "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(npm, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"npm ci failed:\n{done.stderr}"
    return folder


def request(operation: str, body: dict[str, Any]) -> dict[str, Any]:
    """One request as a client has to make it, by the document's rules."""
    rules = API.by_name[operation].conversation
    replies = [API.by_name[reply.operation].channel.address for reply in rules.replies]
    errors = [API.by_name[name].channel.address for name in rules.errors]
    roles = API.headers
    assert roles.correlation_id is not None
    return {
        "subscribe": [*errors, *replies],
        "error": errors[0],
        "until": next(
            API.by_name[reply.operation].channel.address
            for reply in rules.replies
            if reply.terminal
        ),
        "destination": API.by_name[operation].channel.address,
        "correlationHeader": roles.correlation_id,
        "headers": write_headers(
            roles,
            correlation_id=str(uuid.uuid4()),
            message_id=str(uuid.uuid4()),
            publisher_id="a-foreign-client",
        ),
        "body": body,
    }


def task_for(simulator: Simulator) -> dict[str, Any]:
    """What a client is told."""
    server = simulator.server()
    assert API.credential is not None
    pos = simulator.point_of_sale
    registration = {
        "pointOfSaleId": pos.id,
        "pointOfSaleReference": pos.reference,
        "pointOfSaleActivationCode": simulator.activation_code,
    }
    sale = {
        "paymentType": "sale",
        "merchantTransactionReference": REFERENCE,
        "instruction": {
            "value": {"amount": AMOUNT},
            "paymentInstrument": {"type": "card/present"},
        },
    }
    host, port = simulator.address
    return {
        "url": server.url,
        "host": host,
        "port": port,
        "path": server.url.split(str(port), 1)[1],
        "caFile": None if simulator.ca_file is None else str(simulator.ca_file),
        "keyHeader": API.credential.name,
        "reconnectDelay": 0,
        "registration": request("registerPointOfSale", registration),
        "sale": request("startPayment", sale),
    }


@contextlib.contextmanager
def started(client: Client, programs: Path) -> Iterator[subprocess.Popen[str]]:
    """A client that runs, and that is gone when the block ends."""
    interpreter = tool("node") if client.program.endswith(".mjs") else sys.executable
    with subprocess.Popen(
        [interpreter, str(programs / client.program)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            kill(process)


def kill(process: subprocess.Popen[str]) -> None:
    """End it and what it has started: the `node` of PyPI starts another process."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def play(
    client: Client, programs: Path, task: dict[str, Any], seconds: float = 30
) -> tuple[dict[str, Any], str]:
    """Run a client; return what it saw and what it wrote on standard error."""
    with started(client, programs) as process:
        try:
            stdout, stderr = process.communicate(json.dumps(task), timeout=seconds)
            end = f"ended with {process.returncode}"
        except subprocess.TimeoutExpired:
            kill(process)
            stdout, stderr = process.communicate()
            end = f"did not end in {seconds:g} s"
    assert end == "ended with 0", f"{client.program} {end}:\n{stderr}"
    assert stdout, f"{client.program} printed nothing:\n{stderr}"
    seen: dict[str, Any] = json.loads(stdout)
    return seen, stderr


def in_short(message: dict[str, Any]) -> tuple[str, object]:
    """Destination, and what tells two messages of a sale apart."""
    body = message["body"]
    match message["destination"]:
        case "/client/v1/payment/notification":
            told: object = body["merchantTransactionReference"]
        case "/client/v1/payment/receipt":
            told = body["type"]
        case "/client/v1/payment/result":
            told = [(p["outcome"], p["value"]["amount"]) for p in body["payments"]]
        case _:
            told = body
    return message["destination"], told


@pytest.mark.parametrize(
    ("client", "tls"),
    [(client, tls) for client in ALL for tls in (False, True) if client.tls or not tls],
    ids=lambda value: value.program if isinstance(value, Client) else "wss" if value else "ws",
)
def test_a_foreign_client_registers_and_takes_a_sale(
    client: Client, tls: bool, programs: Path
) -> None:
    """Everything of a sale reaches it, in order and with its correlation id; one charge is made."""
    with Simulator(tls=tls) as simulator:
        task = task_for(simulator)
        seen, stderr = play(client, programs, task)
        charges, refusals = simulator.ledger.charges, simulator.refusals
    shown = [in_short(message) for message in seen["messages"]]
    assert shown == [
        *[("/client/v1/payment/notification", REFERENCE)] * 4,
        ("/client/v1/payment/receipt", "customer"),
        ("/client/v1/payment/receipt", "merchant"),
        ("/client/v1/payment/result", [("succeeded", AMOUNT)]),
        ("/client/v1/payment/complete", {}),
    ], stderr
    correlation = task["sale"]["headers"][task["sale"]["correlationHeader"]]
    assert {message["correlation"] for message in seen["messages"]} == {correlation}
    assert [(charge.amount, charge.kind) for charge in charges] == [(AMOUNT, "sale")]
    assert refusals == (), "the simulator minded something"
    assert (seen["stomp"], seen["goodbye"]) == (client.stomp, client.goodbye)
    assert stderr == "", "the client minded something"


@pytest.mark.parametrize(
    "client", [client for client in ALL if client.tls], ids=lambda client: client.program
)
def test_a_client_that_does_not_know_the_authority_says_nothing(
    client: Client, programs: Path, tmp_path: Path
) -> None:
    """So the other tests over `wss` do verify the certificate."""
    authority = tmp_path / "another.pem"
    trustme.CA().cert_pem.write_to_path(str(authority))
    with Simulator(tls=True) as simulator:
        task = {**task_for(simulator), "caFile": str(authority)}
        with pytest.raises(AssertionError) as failed:
            play(client, programs, task)
        assert f"{client.program} ended with 1" in str(failed.value)
        play(client, programs, task_for(simulator))  # the activation code is still fresh
        assert [charge.amount for charge in simulator.ledger.charges] == [AMOUNT]


@pytest.mark.parametrize("client", ALL, ids=lambda client: client.program)
def test_a_client_that_is_killed_in_the_middle_has_paid_once(
    client: Client, programs: Path
) -> None:
    """Its payment goes on without it."""
    with Simulator() as simulator, started(client, programs) as process:
        hold = Hold()
        simulator.next_payment(Behaviour(hold=hold))
        assert process.stdin is not None
        process.stdin.write(json.dumps(task_for(simulator)))
        process.stdin.close()
        hold.wait_until_reached(timeout=30)
        kill(process)
        process.wait()
        hold.release()
        api = PaymentApi(simulator.server(), license_key=simulator.license_key)
        while api.service_status().status == "busy":
            pass
        assert [charge.amount for charge in simulator.ledger.charges] == [AMOUNT]


def test_a_client_that_reconnects_by_itself_pays_twice(programs: Path) -> None:
    """It calls again what was to be done when connected; stompjs reconnects by default.

    Each of the two charges stands in the ledger: that is how a test finds such a till.
    """
    with Simulator() as simulator:
        simulator.next_payment(Behaviour(drop_before=Step.RESULT))
        play(STOMPJS, programs, {**task_for(simulator), "reconnectDelay": 1})
        assert [charge.amount for charge in simulator.ledger.charges] == [AMOUNT, AMOUNT]


def test_a_client_that_hangs_is_reported(programs: Path) -> None:
    """It is not waited for beyond its time."""
    with Simulator() as simulator:
        simulator.next_payment(Behaviour(hold=Hold()))
        with pytest.raises(AssertionError, match=r"stompjs\.mjs did not end in 0\.5 s"):
            play(STOMPJS, programs, task_for(simulator), seconds=0.5)


@pytest.mark.parametrize("client", ALL, ids=lambda client: client.program)
def test_a_client_that_fails_says_why(client: Client, programs: Path) -> None:
    """What a client prints when it is refused is in the assertion, and holds no secret."""
    with Simulator() as simulator:
        task = task_for(simulator)
        task["registration"]["body"]["pointOfSaleActivationCode"] = "NONESUCH"
        with pytest.raises(AssertionError) as failed:
            play(client, programs, task)
        assert simulator.ledger.charges == ()
    assert f"{client.program} ended with 1" in str(failed.value)
    assert "the activation code does not belong to this point of sale" in str(failed.value)
    assert "NONESUCH" not in str(failed.value)
