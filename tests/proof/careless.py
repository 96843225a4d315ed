"""A till as many are: it has no journal before it sends, and takes a lost link for a failure.

The proof is played with it too, to see that it finds what such a till does: a proof that never
fails proves nothing.
"""

import json
import os
import socket
from pathlib import Path
from typing import Any

from tests.proof.telling import Link

from stompws.client import ClientOptions, Deadlines
from stompws.errors import LinkError
from worldpay_ips import (
    CardPresent,
    Instruction,
    OnPremise,
    PaymentApi,
    PaymentReceipt,
    PaymentRequest,
    PaymentResult,
    PaymentType,
    RequestValue,
)
from worldpay_ips import Outcome as Ending

_KINDS = {Ending.SUCCEEDED: "approved", Ending.REFUSED: "declined"}


def work(socket_: socket.socket, task: dict[str, Any]) -> None:
    """Do a task, as `till_process.work` does."""
    link = Link(socket_)
    link.tell("born", pid=os.getpid())
    link.wait_for_go()
    server = OnPremise(
        host="127.0.0.1", port=task["port"], paypoint_id=task["paypoint"], plain=True
    )
    names = ("connect", "first_event", "between_events", "total", "close")
    deadlines = Deadlines(**{name: task["settings"][name] for name in names})
    options = ClientOptions(deadlines=deadlines)
    api = PaymentApi(server, license_key=task["key"], options=options)
    memory = Path(task["journal"])
    for step in task["do"]:
        if step["do"] == "perform":
            _sell(api, memory, link, step)
        elif step["do"] == "recover":
            _remember(memory, link)
        else:
            link.tell("decided", count=0)
    link.tell("journal", calls=[])
    link.tell("done")
    socket_.close()


def _sell(api: PaymentApi, memory: Path, link: Link, step: dict[str, Any]) -> None:
    request = PaymentRequest(
        payment_type=PaymentType.SALE,
        merchant_transaction_reference=step["reference"],
        instruction=Instruction(
            value=RequestValue(amount=step["amount"]), payment_instrument=CardPresent()
        ),
    )
    known: dict[str, Any] = {"kind": "not-taken", "amount": None, "receipts": [], "missing": []}
    for _ in range(2):  # "the link was bad, try once more"
        try:
            with api.start_payment(request) as payment:
                for event in payment:
                    if isinstance(event.payload, PaymentReceipt):
                        known["receipts"].append(event.payload.type)
                    if isinstance(event.payload, PaymentResult) and event.payload.payments:
                        done = event.payload.payments[0]
                        known["kind"] = _KINDS.get(done.outcome, "not-taken")
                        known["amount"] = done.value.amount if done.value else None
            break
        except LinkError:
            continue
    known["reference"] = step["reference"]
    memory.write_text(json.dumps(known))
    _tell(link, known, "till")


def _remember(memory: Path, link: Link) -> None:
    nothing = {"kind": "nothing", "amount": None, "receipts": [], "missing": [], "reference": None}
    known = json.loads(memory.read_text()) if memory.exists() else nothing
    _tell(link, known, "journal")


def _tell(link: Link, known: dict[str, Any], by: str) -> None:
    link.tell("outcome", by=by, what_to_do="Go on.", differs=True, phase="resolved", **known)
