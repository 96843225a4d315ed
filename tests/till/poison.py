"""A server that puts card numbers and secrets wherever a message has room for them.

It is the simulator, replaying what a good one said, with every message poisoned.
"""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs

from canaries import (
    ACTIVATION,
    CUT,
    HOSTILE,
    KEY,
    PAN,
    TOKEN,
    TRACK2_PAN,
    VOICE,
    WRAPPED,
)
from ips_simulator.recording import Recording, read_recording, render_header, render_line
from ips_simulator.replay import Replay
from ips_till.flight import Flight, to_simulator_recording

Body = dict[str, Any]

_UNKNOWN: Body = {
    "pan": PAN,
    "applicationPan": int(PAN),
    "trackTwo": TRACK2_PAN,
    "cvv2": "123",
    "licenseKey": KEY,
    "activationCode": ACTIVATION,
    "tokenOfCard": TOKEN,
    "authorisationOfBank": VOICE,
    "note": f"{HOSTILE} {KEY}",
    "list": [HOSTILE, [PAN, int(PAN)], {PAN: 1}],
    PAN: PAN,
}


def poisoned_receipt(kind: str) -> str:
    """What a receipt carries on the wire."""
    if kind == "base64":
        return base64.b64encode(f"COPY\n{HOSTILE}\n{KEY}\n10.99 GBP\n".encode()).decode()
    if kind == "latin-1":
        return base64.b64encode(f"\xa3 10.99 {PAN}".encode("latin-1")).decode()
    return {"wrapped": WRAPPED, "plain": f"no base64: {HOSTILE}", "empty": ""}[kind]


def poison(body: Body, *, card_number: str = CUT, receipt: str = "base64") -> Body:
    """Put canaries into a message of the server. Its meaning stays."""
    body = {**body, **_UNKNOWN}
    if "notificationText" in body:
        body["notificationText"] = f"{HOSTILE} {KEY}"
    if "content" in body:
        body["content"] = poisoned_receipt(receipt)
    if "pointOfSaleLicenseKey" in body:
        body["pointOfSaleLicenseKey"] = KEY
    if "code" in body:
        body.update(code=PAN, message=f"{HOSTILE} {KEY}")
    for payment in body.get("payments", []):
        payment.update(_UNKNOWN)
        payment["receiptRetentionReminder"] = HOSTILE
        payment["taxFreeVoucher"] = base64.b64encode(f"05{PAN}\r".encode()).decode()
        payment.get("merchant", {})["name"] = f"SHOP {PAN}"
        payment.get("value", {})["note"] = PAN
        instrument = payment.get("paymentInstrument", {})
        instrument.update(_UNKNOWN)
        if (card := instrument.get("card")) is not None:
            card.update(_UNKNOWN)
            card.update(
                cardNumber=card_number,
                track2Data=TRACK2_PAN,
                tokenId=TOKEN,
                expiryDate={"month": 12, "year": 30},
                applicationLabel=PAN,
                issuerCode=PAN,
            )
        instrument.get("authorisation", {}).update(authorisationCode=VOICE)
    return body


def poisoned_replay(
    flight: Flight, folder: Path, change: Callable[[Body], Body] = poison
) -> Replay:
    """The server's side of a flight, every message changed."""
    path = folder / "good.jsonl"
    path.write_text(to_simulator_recording(flight))
    return Replay(poisoned(path, change), fast=True)


def poisoned(path: Path, change: Callable[[Body], Body] = poison) -> Recording:
    """A recording of the simulator, every message of the server changed."""
    good = read_recording(path)
    events = []
    for event in good.events:
        body = event.data.get("body")
        if event.data.get("direction") == "out" and isinstance(body, dict):
            body = change(json.loads(json.dumps(body)))
            event = attrs.evolve(event, data={**event.data, "body": body})
        events.append(event)
    path.unlink()
    return Recording(header=good.header, events=tuple(events))


def write_recording(recording: Recording, path: Path) -> None:
    """Write a recording as its file, poison and all."""
    lines = [render_header(recording.header)]
    for event in recording.events:
        place = {"connection": event.connection, "paypoint_id": event.paypoint_id}
        data = {"at": event.at, "event": event.event, **event.data, **place}
        lines.append(render_line({name: it for name, it in data.items() if it is not None}))
    path.write_text("".join(lines))
