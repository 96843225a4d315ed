"""Narrowed and widened are what `jsonschema` finds when it tries values; both ways agree."""

import random
from copy import deepcopy
from functools import cache
from typing import Any

import attrs
import pytest
import yaml
from jsonschema import Draft7Validator

from differing import api_of, maybe_api
from generating import SPEC
from stompgen.diffing import Api, Difference, Kind, compare
from stompgen.diffing.changes import Area
from stompgen.diffing.limits import Fit, fit_limits
from stompgen.diffing.values import ValueJudge
from stompgen.schemas import Anything, Array, Scalar, ScalarKind, Value

SEED, MUTANTS = 405, 40
TURNED = {
    Kind.ADDED: Kind.REMOVED,
    Kind.REMOVED: Kind.ADDED,
    Kind.NARROWED: Kind.WIDENED,
    Kind.WIDENED: Kind.NARROWED,
}


class Loader(yaml.SafeLoader):
    """Reads what looks like a date as the text it is."""


Loader.yaml_implicit_resolvers = {
    key: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for key, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@cache
def specification() -> dict[str, Any]:
    """The document as data."""
    return yaml.load(SPEC.read_text("utf-8"), Loader)  # noqa: S506 - a safe loader


@cache
def original() -> Api:
    """The document as the generator sees it."""
    return api_of(specification())


def _strings(length: int) -> list[str]:
    return ["A" * length, "1" * length, "a-" * (length // 2) + "x" * (length % 2)]


def samples(schema: dict[str, Any]) -> list[Any]:
    """Values around everything that a schema says."""
    found: list[Any] = [None, True, 1.5, "", "x", "7", [], {}, [1, 1], {"a": 1}, -1, 0, 1, 10**12]
    for keyword in ("minLength", "maxLength"):
        for length in (schema.get(keyword, 0) + step for step in (-1, 0, 1)):
            found += _strings(max(length, 0))
    for keyword in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"):
        found += [schema[keyword] + step for step in (-1, 0, 1)] if keyword in schema else []
    for keyword in ("minItems", "maxItems"):
        found += (
            [["x"] * max(schema[keyword] + s, 0) for s in (-1, 0, 1)] if keyword in schema else []
        )
    return [*found, *schema.get("enum", []), *([schema["const"]] if "const" in schema else [])]


def mutate(rng: random.Random, schema: dict[str, Any]) -> dict[str, Any]:
    """Change one thing in a schema of a scalar."""
    new = deepcopy(schema)
    changes: list[tuple[str, Any]] = [("nullable", None)]
    if "x-open-enum" not in schema:  # its values are texts
        changes += [("type", rng.choice(["string", "integer", "boolean"]))]
    if schema.get("type") == "string" and not {"enum", "const", "x-open-enum"} & set(schema):
        changes += [("minLength", rng.randint(0, 6)), ("maxLength", rng.randint(1, 40))] * 3
        changes += [("pattern", rng.choice(["^[A-Z]+$", "^[0-9]*$"]))]
    if schema.get("type") in {"integer", "number"}:
        changes += [("minimum", rng.randint(-5, 5)), ("maximum", rng.randint(6, 99))] * 3
        changes += [("exclusiveMinimum", rng.randint(-5, 5)), ("multipleOf", rng.randint(2, 4))]
    if "enum" in schema:
        changes = [("enum", [*schema["enum"], "one-more"]), ("enum", schema["enum"][:-1])]
    changes += [(name, None) for name in schema if name in {"minLength", "maxLength", "pattern"}]
    name, value = rng.choice(changes)
    if name == "nullable":
        new["type"] = [schema["type"], "null"]
    elif value is None:
        del new[name]
    else:
        new[name] = value
    return new


def places(document: dict[str, Any]) -> list[tuple[str, str | None]]:
    """List the scalar schemas: components, and properties of components."""
    found: list[tuple[str, str | None]] = []
    for name, schema in document["components"]["schemas"].items():
        if isinstance(schema.get("type"), str) and schema["type"] != "object":
            found.append((name, None))
        for key, inner in schema.get("properties", {}).items():
            if "oneOf" in schema:
                continue  # the variants say what the tag is
            if isinstance(inner.get("type"), str) and not {"const", "not", "items"} & set(inner):
                found.append((name, key))
    return [place for place in found if place[0] != "MessageHeaders"]


def at(document: dict[str, Any], place: tuple[str, str | None]) -> dict[str, Any]:
    """Return the schema at a place."""
    schema = document["components"]["schemas"][place[0]]
    return schema if place[1] is None else schema["properties"][place[1]]


def observed(old: dict[str, Any], new: dict[str, Any]) -> Fit:
    """Ask `jsonschema` about values around both schemas."""
    judges = [Draft7Validator(schema) for schema in (old, new)]
    verdicts = [
        tuple(judge.is_valid(value) for judge in judges) for value in (*samples(old), *samples(new))
    ]
    return Fit(loses=(True, False) in verdicts, gains=(False, True) in verdicts)


def mutants() -> list[tuple[tuple[str, str | None], dict[str, Any]]]:
    """Random changes of the document, with a fixed seed."""
    rng = random.Random(SEED)  # noqa: S311 - no secret
    found: list[tuple[tuple[str, str | None], dict[str, Any]]] = []
    document = specification()
    for _ in range(MUTANTS):
        place = rng.choice(places(document))
        found.append((place, mutate(rng, at(document, place))))
    return found


def told(difference: Difference) -> list[tuple[str, Kind, bool, bool]]:
    """List what is told of classes: name, kind, whether senders and receivers break."""
    return [
        (change.name, change.kind, change.breaks.sender, change.breaks.receiver)
        for change in difference.changes
        if change.area is Area.CLASS
    ]


def turned(difference: Difference) -> list[tuple[str, Kind, bool, bool]]:
    """List the same as it has to be when the documents change places."""
    return [
        (name, TURNED.get(kind, kind), receiver, sender)
        for name, kind, sender, receiver in told(difference)
    ]


@pytest.mark.parametrize(("place", "schema"), mutants(), ids=lambda value: str(value)[:40])
def test_what_jsonschema_sees_is_judged_so(
    place: tuple[str, str | None], schema: dict[str, Any]
) -> None:
    """A value lost breaks senders, a value gained breaks receivers, and nothing else is claimed.

    Compared the other way round, added is removed and narrowed is widened.
    """
    document = deepcopy(specification())
    before = deepcopy(at(document, place))
    at(document, place).clear()
    at(document, place).update(schema)
    api = maybe_api(document)
    if api is None:
        pytest.skip("the generator refuses this document")
    there, back = compare(original(), api), compare(api, original())
    seen = observed(before, schema)
    changes = [c for c in there.changes if c.kind is not Kind.DOCS]
    if seen.loses:
        assert any(c.breaks.sender for c in changes), (before, schema)
    if seen.gains:
        assert any(c.breaks.receiver for c in changes), (before, schema)
    for change in changes:
        if change.kind is Kind.NARROWED:
            assert not seen.gains, (before, schema, change)
        if change.kind is Kind.WIDENED:
            assert not seen.loses, (before, schema, change)
    if before == schema:
        assert not there
    assert sorted(told(back)) == sorted(turned(there))


def test_the_document_does_not_differ_from_itself() -> None:
    """Read twice, from YAML and from JSON."""
    assert not compare(original(), api_of(specification()))


@pytest.mark.parametrize(
    ("old", "new", "fit"),
    [
        ((), (("minimum", 0),), Fit(loses=True)),
        ((("minimum", 0),), (("exclusive_minimum", -1),), Fit()),
        ((("minimum", 0),), (("exclusive_minimum", 0),), Fit(loses=True)),
        ((("maximum", 5),), (("maximum", 4.5),), Fit(loses=True)),
        ((("multiple_of", 2),), (("multiple_of", 4),), Fit(loses=True)),
        ((("multiple_of", 4),), (("multiple_of", 2),), Fit(gains=True)),
        ((("multiple_of", 2),), (("multiple_of", 3),), Fit(loses=True, gains=True)),
        ((("unique", True),), (), Fit(gains=True)),
        ((), (("min_length", 0),), Fit()),
        ((("made_up", 1),), (("made_up", 2),), Fit(loses=True, gains=True)),
    ],
)
def test_limits_of_whole_numbers(old: Any, new: Any, fit: Fit) -> None:
    """More than -1 is at least 0; a limit that is not known counts as both."""
    assert fit_limits(old, new, whole=True) == fit


@attrs.frozen(kw_only=True)
class Unheard:
    """A type that the schema model does not have yet."""

    size: int
    inside: Value


def test_a_type_that_is_not_known_is_compared_by_its_structure() -> None:
    """Equal ones are the same, others count as both less and more; nothing fails."""
    judge = ValueJudge(original(), original(), {})
    text = Scalar(kind=ScalarKind.TEXT)
    one, two = (Unheard(size=size, inside=Value(type=text)) for size in (1, 2))
    values: list[Any] = [one, two, text, Anything(), Array(items=Value(type=text))]
    for old in values:
        for new in values:
            fit = judge.fit_type(old, new)
            assert (old == new) is not bool(fit), (old, new)
    assert judge.fit_type(one, two) == Fit(loses=True, gains=True)
    assert judge.fit_type(one, attrs.evolve(one)) == Fit()


@pytest.mark.parametrize("name", ["Error", "PaymentReceipt", "PaymentSettlement"])
def test_fields_that_come_and_go_are_told_both_ways(name: str) -> None:
    """Every property of some objects is removed, and made required or optional, in turn."""
    for key in specification()["components"]["schemas"][name]["properties"]:
        for what in ("removed", "required"):
            document = deepcopy(specification())
            schema = document["components"]["schemas"][name]
            required = schema.get("required", [])
            if what == "removed":
                del schema["properties"][key]
                schema["required"] = [other for other in required if other != key]
            else:
                schema["required"] = sorted({key} ^ set(required))
            if not schema["required"]:
                del schema["required"]
            api = api_of(document)
            there, back = compare(original(), api), compare(api, original())
            assert there, (name, key, what)
            assert sorted(told(back)) == sorted(turned(there)), (name, key, what)
