"""Every example of the documentation is in the document, verbatim, and fits its schemas."""

import json
from pathlib import Path
from typing import Any

import pytest

from .document import MESSAGES, at, complaints, full_message, merged

DOCUMENTED = json.loads(
    Path(__file__).with_name("documented_examples.json").read_text(encoding="utf-8")
)

PAYMENT_REQUEST_TITLES = [
    "Card present sale",
    "Account verification request, storing the card on file for a future recurring payment",
    "Card token sale",
    "Card keyed recovery sale",
    "Card present refund",
    "Card present check card only",
    "Card present check card, wait for payment",
    "Card present pre-authorisation",
]


def _camel_case(title: str) -> str:
    first, *others = "".join(c if c.isalnum() else " " for c in title).split()
    return first.lower() + "".join(word.capitalize() for word in others)


def _all_examples() -> list[Any]:
    return [
        pytest.param(name, example, id=f"{name}-{example['name']}")
        for name, message in MESSAGES.items()
        for example in message["examples"]
    ]


@pytest.mark.parametrize("name", MESSAGES)
def test_message_has_the_three_headers_and_a_correlation_id(name: str) -> None:
    """Every message, both ways, carries the same headers; none is marked as required."""
    message = full_message(name)
    headers = merged(message["headers"])
    assert set(headers["properties"]) == set(DOCUMENTED["headers"])
    assert "required" not in headers
    for header, schema in headers["properties"].items():
        assert schema["x-header-role"] == header.removeprefix("x-wp-")
    correlation = at(message["correlationId"]["$ref"])
    assert correlation["location"] == "$message.header#/x-wp-correlation-id"
    assert message["contentType"] == "application/json"
    assert all(message[key] for key in ("title", "summary", "description"))


@pytest.mark.parametrize("name", MESSAGES)
def test_examples_are_the_documented_ones(name: str) -> None:
    """Values are transcribed verbatim and in order, with the types they have in JSON."""
    payloads = [example["payload"] for example in MESSAGES[name]["examples"]]
    documented = DOCUMENTED["payloads"][name]
    assert json.dumps(payloads, sort_keys=True) == json.dumps(documented, sort_keys=True)
    assert all(e["headers"] == DOCUMENTED["headers"] for e in MESSAGES[name]["examples"])


def test_payment_requests_have_the_documented_titles() -> None:
    """The documentation names its eight payment requests."""
    examples = MESSAGES["PaymentRequest"]["examples"]
    assert [example["summary"] for example in examples] == PAYMENT_REQUEST_TITLES


@pytest.mark.parametrize(("name", "example"), _all_examples())
def test_example_fits_its_own_schemas(name: str, example: dict[str, Any]) -> None:
    """An example is valid against payload and headers, and is named after its title."""
    message = full_message(name)
    assert complaints(message["payload"], example["payload"]) == []
    assert complaints(message["headers"], example["headers"]) == []
    assert example["name"] == _camel_case(example["summary"])
