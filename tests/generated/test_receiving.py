"""A rule that rests on a guess never makes a received message unusable."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from mutations import examples
from stompws.codec import Codec
from stompws.descriptors import Action
from stompws.shapes import Struct, Undecodable
from worldpay_ips import Result
from worldpay_ips.operations import API

CODEC = Codec(message.payload for message in API.messages)
RECEIVED: dict[str, type[Struct]] = {
    message.name: message.payload
    for operation in API.operations
    if operation.action is Action.RECEIVE
    for message in operation.messages
}
WITHOUT_MEANING = {
    # message: the field without which it says nothing
    "DeviceRestart": "result",
    "DeviceStatus": "status",
    "OfflineReport": "count",
    "PaymentActionRequired": "data",
    "PaymentNotification": "notificationText",
    "PaymentReceipt": "content",
    "PaymentResult": "payments",
    "PointOfSaleRegistration": "pointOfSaleLicenseKey",
    "RegistrationRefresh": "pointOfSaleLicenseKey",
    "ServiceStatus": "status",
}


def _shortened(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield the document without each of its fields, with the path of what is missing."""
    place = document
    for step in path:
        place = place[step]
    for step in list(place) if isinstance(place, dict) else range(len(place)):
        if isinstance(place, dict):
            changed = copy.deepcopy(document)
            target = changed
            for above in path:
                target = target[above]
            del target[step]
            yield (*path, step), changed
        if isinstance(place[step], dict | list):
            yield from _shortened(document, (*path, step))


@pytest.mark.parametrize("message", RECEIVED)
def test_a_message_that_lacks_a_field_is_still_that_message(message: str) -> None:
    """Only the one field that is the message's whole meaning can make it undecodable."""
    documents = [document for name, _, document in examples() if name == message]
    assert documents
    for document in documents:
        for path, changed in _shortened(document):
            received = CODEC.receive(RECEIVED[message], json.dumps(changed))
            lost = isinstance(received.payload, Undecodable)
            assert lost == (path == (WITHOUT_MEANING.get(message),)), path


def test_a_payment_result_without_its_time_and_reference_still_tells_the_result() -> None:
    """What the sibling API requires, and this one may not, costs nothing else."""
    document: Any = next(doc for name, _, doc in examples() if name == "PaymentResult")
    changed = copy.deepcopy(document)
    for name in ("transactionDateTime", "merchantTransactionReference", "paymentType"):
        del changed["payments"][0][name]
    del changed["payments"][0]["value"]["currencyCode"]
    received: Any = CODEC.receive(RECEIVED["PaymentResult"], json.dumps(changed))
    assert received.problems == ()
    (outcome,) = received.payload.payments
    assert outcome.result is Result.AUTHORISED_ONLINE
    assert outcome.value.amount == 3000
