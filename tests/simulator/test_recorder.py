"""Recordings: what stands in them, what does not, and what is told of a file that is none."""

import json
from pathlib import Path
from typing import Any

import pytest

from ips_simulator import Behaviour, Simulator
from ips_simulator.feed import ClientConnected, Feed
from ips_simulator.recorder import Recorder
from ips_simulator.recording import FORMAT, RecordingError, read_recording
from sim_helpers import cancel, pay, settle, till
from test_canary import CARD, Watch, token_sale
from test_canary import till as watched_till
from worldpay_ips import (
    PaymentActionDone,
    PaymentActionRequired,
    PaymentReceiptQuery,
    PaymentType,
    PointOfSaleRegistrationRequest,
    ReceiptType,
    VoiceAuthorisationDone,
)
from worldpay_ips.operations import API

REFERENCE_THAT_IS_A_CARD = "4111111111111111"


def events(path: Path, name: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in path.read_text(encoding="ascii").splitlines()]
    return [line for line in lines[1:] if line["event"] == name]


def test_a_session_is_written_as_it_happens(simulator: Simulator, tmp_path: Path) -> None:
    """A header, then frames in their order with decoded bodies, steps, charges, receipts."""
    path = tmp_path / "session.jsonl"
    with Recorder(simulator, path, profile="on-premise"):
        pay(till(simulator), PaymentType.SALE, 1099)
        header = json.loads(path.read_text(encoding="ascii").splitlines()[0])
    assert header["format"] == FORMAT
    assert header["version"] == 1
    assert header["api"] == "4.0.1"
    assert header["profile"] == "on-premise"
    frames = events(path, "FrameSeen")
    assert [one["command"] for one in frames if one["direction"] == "in"][-2:] == [
        "SEND",
        "DISCONNECT",
    ]
    (request,) = [one for one in frames if one["command"] == "SEND"]
    assert request["body"]["instruction"]["value"] == {"amount": 1099}
    (result,) = [one for one in frames if "payments" in one.get("body", {})]
    assert result["body"]["payments"][0]["result"] == "authorised-online"
    (charge,) = events(path, "ChargeBooked")
    assert charge["charge"]["amount"] == 1099
    assert "*** CUSTOMER COPY ***" in events(path, "ReceiptSent")[0]["text"]
    assert events(path, "StepTaken")
    times = [json.loads(line)["at"] for line in path.read_text("ascii").splitlines()[1:]]
    assert times == sorted(times)
    assert times[0] >= 0
    read = read_recording(path)
    assert read.header.profile == "on-premise"
    assert [one.at for one in read.events] == times


def test_refusals_and_faults_are_written(simulator: Simulator, tmp_path: Path) -> None:
    """What went wrong is what a ticket is about."""
    path = tmp_path / "session.jsonl"
    with Recorder(simulator, path):
        simulator.next_payment("lost-before-result")
        with pytest.raises(Exception, match="outcome unknown"):
            pay(till(simulator), PaymentType.SALE, 1099)
        query = PaymentReceiptQuery(merchant_transaction_reference="X", type=ReceiptType.CUSTOMER)
        with pytest.raises(Exception, match="the service answered with an error"):
            list(till(simulator).query_payment_receipt(query))
    assert [one["kind"] for one in events(path, "FaultDone")] == ["drop"]
    assert [one["refusal"]["code"] for one in events(path, "Refused")] == ["90032"]


def test_nothing_after_the_end_is_written(simulator: Simulator, tmp_path: Path) -> None:
    """Stopping twice does nothing."""
    path = tmp_path / "session.jsonl"
    recorder = Recorder(simulator, path)
    recorder.start()
    recorder.stop()
    recorder.stop()
    pay(till(simulator), PaymentType.SALE, 1099)
    assert len(path.read_text(encoding="ascii").splitlines()) == 1


def test_no_file_is_overwritten(simulator: Simulator, tmp_path: Path) -> None:
    """A recording may be all that is left of a lost payment."""
    path = tmp_path / "session.jsonl"
    path.write_text("precious", encoding="ascii")
    with pytest.raises(FileExistsError):
        Recorder(simulator, path).start()
    assert path.read_text(encoding="ascii") == "precious"


def test_a_full_disk_stops_the_recording_and_nothing_else(tmp_path: Path) -> None:
    """The reason is kept; the server does not notice."""

    class Full:
        def write(self, _text: str) -> None:
            raise OSError(28, "No space left on device")

        def close(self) -> None:
            pass

    with Simulator() as simulator:
        recorder = Recorder(simulator, tmp_path / "session.jsonl")
        recorder.start()
        recorder._file, file = Full(), recorder._file
        file.close()
        assert pay(till(simulator), PaymentType.SALE, 1099).result == "authorised-online"
        recorder.stop()
    assert recorder.failure is not None
    assert recorder.failure.errno == 28


def test_a_recording_can_be_attached_to_a_ticket(simulator: Simulator, tmp_path: Path) -> None:
    """No key, code, card, token, track or authorisation code of any operation stands in it.

    Not even a card number that a till has put into a reference.
    """
    path, watch = tmp_path / "session.jsonl", Watch(simulator)
    with Recorder(simulator, path):
        secrets = run_everything(simulator, watch)
    text = path.read_text(encoding="ascii")
    assert len(secrets) == len(CARD) + 5
    # Of a key the beginning, behind what all keys have in common, is too much already.
    parts = [part for secret in secrets for part in (secret[:60], secret[-40:])]
    assert [f"{part[:4]}…" for part in parts if part in text] == []
    # It is the session: nothing was left out to keep the secrets.
    assert {"registerPointOfSale", "refreshRegistration"} <= operations(path)
    assert '"merchantTransactionReference":"************1111"' in text
    assert '"authorisationCode":"***"' in text


def operations(path: Path) -> set[str]:
    addresses = {one.channel.address: one.name for one in API.operations}
    found = set()
    for frame in events(path, "FrameSeen"):
        address = dict(frame["headers"]).get("destination", "")
        found.add(addresses.get(address, address))
    return found


def run_everything(simulator: Simulator, watch: Watch) -> list[str]:
    """Run every operation that has a secret; return the secrets."""
    api = watched_till(watch)
    registered = api.register_point_of_sale(
        PointOfSaleRegistrationRequest(
            point_of_sale_id="D45FGT",
            point_of_sale_reference="POS123",
            point_of_sale_activation_code=simulator.activation_code,
        )
    )
    refreshed = api.refresh_registration()
    sale = pay(api, PaymentType.SALE, 1099)
    cancel(api, sale)
    settle(api, pay(api, PaymentType.PRE_AUTH, 1099))
    pay(api, PaymentType.SALE, 1099, REFERENCE_THAT_IS_A_CARD)
    simulator.next_payment(Behaviour(actions=["voice-authorisation"]))
    with api.start_payment(token_sale()) as payment:
        for event in payment:
            if isinstance(event.payload, PaymentActionRequired):
                done = VoiceAuthorisationDone(authorisation_code=CARD[-1])
                payment.confirm_payment_action(
                    PaymentActionDone(merchant_transaction_reference="M1", data=done)
                )
    return [
        *watch.secrets,
        registered.point_of_sale_license_key,
        refreshed.point_of_sale_license_key,
        REFERENCE_THAT_IS_A_CARD,
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty"),
        ("hello\n", ":1: this line is no JSON"),
        ("[]\n", ":1: this line is no JSON object"),
        ('{"format":"har"}\n', ":1: this is no recording"),
        ('{"format":"%s","version":2}\n', ":1: this recording has another version"),
        ('{"format":"%s","version":1}\n', ":1: the header needs"),
        ('{"format":"%s","version":1,"simulator":"x","api":"y"}\n{"at":0}\n', ":2: an event needs"),
        (
            '{"format":"%s","version":1,"simulator":"x","api":"y"}\n{"at":0,"ev',
            ":2: the line is cut off",
        ),
        ('{"format":"%s","version":1,"simulator":"x","api":"y"}\n' + "[" * 99_999, ":2: "),
        ("\udcff\n", ":1: this is no UTF-8 text"),
    ],
)
def test_a_file_that_is_no_recording_is_told_with_its_line(
    text: str, told: str, tmp_path: Path
) -> None:
    """What cannot be read is reported with its position; nothing is skipped."""
    path = tmp_path / "session.jsonl"
    path.write_bytes(text.replace("%s", FORMAT).encode("utf-8", "surrogateescape"))
    with pytest.raises(RecordingError) as caught:
        read_recording(path)
    assert told in str(caught.value)
    assert str(caught.value).startswith(str(path))


def test_a_new_kind_of_event_is_written_without_being_known(tmp_path: Path) -> None:
    """The recorder knows no list of events."""

    class Simulated:
        feed = Feed()

        class clock:  # noqa: N801 - it stands for an object
            @staticmethod
            def now() -> float:
                return 5.0

    path = tmp_path / "session.jsonl"
    with Recorder(Simulated(), path):
        Simulated.feed.publish(ClientConnected(at=7.5, paypoint_id="INST001", connection=3))
    assert json.loads(path.read_text("ascii").splitlines()[1]) == {
        "at": 2.5,
        "event": "ClientConnected",
        "paypoint_id": "INST001",
        "connection": 3,
    }
