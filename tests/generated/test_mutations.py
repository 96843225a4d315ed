"""Strict decoding judges as the specification's schemas judge; decoding loses nothing."""

import json
from collections.abc import Iterable

import pytest

from mutations import Mutant, examples, judge, random_ones, systematic
from stompws.codec import Codec
from stompws.errors import DecodeError
from stompws.shapes import Struct, Undecodable
from worldpay_ips.operations import API

CLASSES: dict[str, type[Struct]] = {message.name: message.payload for message in API.messages}
CODEC = Codec(CLASSES.values())


def _verdicts(mutants: Iterable[Mutant]) -> tuple[int, list[str]]:
    """Return how many mutants were judged and every disagreement or loss, in words."""
    count, wrong = 0, []
    for count, mutant in enumerate(mutants, 1):  # noqa: B007 - the last number is the count
        text = json.dumps(mutant.document)
        allowed = judge(mutant.message).is_valid(mutant.document)
        try:
            decoded = CODEC.decode(CLASSES[mutant.message], text)
        except DecodeError as error:
            if allowed:
                wrong.append(f"wrongly rejected: {mutant.message}: {mutant.what}: {error}")
        else:
            if not allowed:
                wrong.append(f"wrongly accepted: {mutant.message}: {mutant.what}")
            if json.loads(CODEC.dump(decoded)) != mutant.document:
                wrong.append(f"changed by decode and dump: {mutant.message}: {mutant.what}")
        received = CODEC.receive(CLASSES[mutant.message], text)
        if bool(received.problems) == allowed:
            wrong.append(f"tolerant receiving reports otherwise: {mutant.message}: {mutant.what}")
        if isinstance(received.payload, Undecodable):
            kept = json.loads(received.payload.raw)
        else:
            kept = json.loads(CODEC.dump(received.payload))
        if kept != mutant.document:
            wrong.append(f"lost by tolerant receiving: {mutant.message}: {mutant.what}")
    return count, wrong


@pytest.mark.parametrize(
    ("message", "document"),
    [pytest.param(message, document, id=title) for message, title, document in examples()],
)
def test_documented_example_comes_back_equal(message: str, document: object) -> None:
    """Every example decodes into its class and re-encodes to an equal document, both ways."""
    decoded = CODEC.decode(CLASSES[message], json.dumps(document))
    assert type(decoded) is CLASSES[message]
    assert json.loads(CODEC.encode(decoded)) == document
    assert json.loads(CODEC.dump(decoded)) == document


def test_mutated_examples_are_judged_as_the_schema_judges() -> None:
    """Strict decoding accepts exactly what `jsonschema` accepts; nothing received is lost."""
    count, wrong = _verdicts(systematic())
    assert wrong == []
    assert count >= 1000


def test_random_mutations_are_judged_as_the_schema_judges() -> None:
    """The same holds for 20,000 random changes that nobody chose, with a fixed seed."""
    count, wrong = _verdicts(random_ones(20_000, seed=401))
    assert wrong == []
    assert count == 20_000
