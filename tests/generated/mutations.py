"""Messages that are almost right: every way of spoiling a documented example, and random ones.

The judge is `jsonschema` on the specification's own schemas, read as ECMA-262 reads patterns: `$`
is the end of the text, never the place before a final newline.
"""

import copy
import random
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import yaml
from jsonschema import Draft7Validator, ValidationError
from jsonschema.validators import extend

SPEC = Path(__file__).parents[2] / "spec" / "ips-payment-4.0.1.yaml"
OTHER_VALUES = (
    None,
    True,
    False,
    0,
    7,
    -1,
    1.5,
    10**12,
    "",
    "7",
    "x" * 300,
    [],
    {},
    [None],
    {"a": 1},
)


@attrs.frozen
class Mutant:
    """One spoiled example: the class it belongs to, what was done, and the document."""

    message: str
    what: str
    document: Any


def _pattern(_validator: Any, pattern: str, value: Any, _schema: Any) -> Iterator[ValidationError]:
    whole = pattern[:-1] + r"\Z" if pattern.endswith("$") else pattern
    if isinstance(value, str) and not re.search(whole, value, re.ASCII):
        yield ValidationError("does not match")


Judge = extend(Draft7Validator, {"pattern": _pattern})


@cache
def specification() -> Mapping[str, Any]:
    """Return the document, dates kept as text."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith("timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(SPEC.read_text("utf-8"), Loader)  # noqa: S506 - a safe loader, one type less


def _inlined(node: Any) -> Any:
    """Return the schema with its references replaced, since none of them is recursive."""
    if isinstance(node, list):
        return [_inlined(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        name = node["$ref"].removeprefix("#/components/schemas/")
        return _inlined(specification()["components"]["schemas"][name])
    return {key: _inlined(value) for key, value in node.items()}


@cache
def judge(message: str) -> Any:
    """Return the validator of a message's payload."""
    payload = specification()["components"]["messages"][message]["payload"]
    return Judge(_inlined(payload))


def examples() -> Iterator[tuple[str, str, Any]]:
    """Yield message, title and payload of every documented example."""
    for name, message in specification()["components"]["messages"].items():
        for example in message["examples"]:
            yield name, example["name"], example["payload"]


def _places(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(document, dict):
        for key, value in document.items():
            yield from _places(value, (*path, key))
    elif isinstance(document, list):
        for index, value in enumerate(document):
            yield from _places(value, (*path, index))


def _at(document: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        document = document[step]
    return document


def _with(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return copy.deepcopy(value)
    changed = copy.deepcopy(document)
    _at(changed, path[:-1])[path[-1]] = copy.deepcopy(value)
    return changed


def _without(document: Any, path: tuple[Any, ...]) -> Any:
    changed = copy.deepcopy(document)
    del _at(changed, path[:-1])[path[-1]]
    return changed


def systematic() -> Iterator[Mutant]:
    """Every field left out, null, of another type, out of range, empty, too long, and so on."""
    for message, title, document in examples():
        for path in _places(document):
            where = f"{title} at /{'/'.join(map(str, path))}"
            value = _at(document, path)
            if path:
                yield Mutant(message, f"{where}: left out", _without(document, path))
            for other in OTHER_VALUES:
                yield Mutant(message, f"{where}: {other!r:.20}", _with(document, path, other))
            if isinstance(value, str):
                for text in (value + "\n", "\n" + value, value + " ", value[:-1], value * 20):
                    yield Mutant(message, f"{where}: other text", _with(document, path, text))
            if isinstance(value, int) and not isinstance(value, bool):
                for number in (float(value), -value - 1, value + 10**9, str(value), bool(value)):
                    yield Mutant(message, f"{where}: {number!r}", _with(document, path, number))
            if isinstance(value, dict):
                more = {**value, "aFieldOfANewerServer": {"deep": [1, None]}}
                yield Mutant(message, f"{where}: unknown sibling", _with(document, path, more))
            if isinstance(value, list):
                for items in ([*value, None], value + value, [7, *value]):
                    yield Mutant(message, f"{where}: other items", _with(document, path, items))


def _random_value(rng: random.Random, pool: list[Any]) -> Any:
    match rng.randrange(6):
        case 0:
            return rng.choice(OTHER_VALUES)
        case 1:
            return rng.randint(-5, 10**10)
        case 2:
            return "".join(rng.choice("aZ0 -_/\n\\é€😀") for _ in range(rng.randrange(0, 24)))
        case 3:
            return round(rng.uniform(-2, 2e6), rng.randrange(0, 8))
        case _:
            return rng.choice(pool)


def random_ones(count: int, seed: int) -> Iterator[Mutant]:
    """Yield `count` examples with one to three random changes each, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - reproducible, not secret
    originals = list(examples())
    pool = [_at(doc, path) for _, _, doc in originals for path in _places(doc)]
    for number in range(count):
        message, title, document = rng.choice(originals)
        for _ in range(rng.randint(1, 3)):
            path = rng.choice(list(_places(document)))
            target = _at(document, path)
            change = rng.randrange(3)
            if change == 0 and path:
                document = _without(document, path)
            elif change == 1 and isinstance(target, dict):
                key = rng.choice(["type", "action", "amount", "value", "card", "unknownField"])
                document = _with(document, (*path, key), _random_value(rng, pool))
            else:
                document = _with(document, path, _random_value(rng, pool))
        yield Mutant(message, f"{title}, random change {number}", document)
