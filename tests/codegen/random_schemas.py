"""Random schemas of draft 7, and values that many of them tell apart."""

from random import Random
from typing import Any

NAMES = ("a", "b", "c", "kind")
LEAVES: tuple[Any, ...] = (
    {"type": "string"},
    {"type": "integer"},
    {"type": "number"},
    {"type": "boolean"},
    {"type": "null"},
    {},
    True,
    False,
    {"const": "a"},
    {"const": 1},
    {"const": 1.5},
    {"const": None},
    {"const": {"a": 1}},
    {"enum": ["a", "x"]},
    {"enum": [1, 2]},
    {"enum": ["a", 1, None, True]},
    {"enum": [1.5, 2]},
    {"enum": [{"a": 1}, [1]]},
    {"type": "string", "minLength": 2, "pattern": "^x"},
    {"type": "string", "format": "date"},
    {"type": "integer", "minimum": 1, "maximum": 3},
    {"multipleOf": 2},
    {"minLength": 1, "minimum": 1},
    {"type": ["string", "null"]},
    {"type": ["integer", "string", "array"]},
)
VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, 2, 3, -1, 1.5, 2.0, 10, "", "a", "ab", "x", "xy", "2020-01-01",
    [], [1], ["a"], [1, "a"], ["a", 1], ["a", 1, True], [1, 1], [[1]], [2.0], [None],
    {}, {"a": 1}, {"a": "a"}, {"b": 1}, {"a": 1, "b": 2}, {"a": 2.0}, {"x1": 1}, {"x1": "s"},
    {"kind": "a"}, {"kind": "B", "b": 1}, {"a": {"a": 1}}, {"a": [1, "a"]}, {"a": None},
    {"a": {"a": {"a": None}}}, {"a": 1, "b": 2, "c": 3}, {"a": "xy", "z": 1},
)  # fmt: skip


def schema(random: Random, depth: int, names: tuple[str, ...]) -> Any:
    """Make a schema; it may refer to the components of some names.

    Object and array keywords stand beside their type: without one our reading of them differs.
    """
    choice = random.random()
    if depth <= 0 or choice < 0.15:
        return random.choice(LEAVES)
    if choice < 0.25:
        return {"$ref": f"#/components/schemas/{random.choice(names)}"}

    def inner() -> Any:
        return schema(random, depth - 1, names)

    if choice < 0.55:
        return _object(random, inner)
    if choice < 0.68:
        return _array(random, inner)
    if choice < 0.9:
        return _choice(random, inner)
    if choice < 0.95:
        return {"not": inner()}
    return {"if": inner(), "then": inner(), "else": inner()}


def value(random: Random) -> Any:
    """Make a value: one of the list, or an object or array of such."""
    if random.random() < 0.3:
        return random.choice(VALUES)
    if random.random() < 0.2:
        return [random.choice(VALUES) for _ in range(random.randint(1, 3))]
    names = random.sample((*NAMES, "x1", "z"), random.randint(1, 4))
    return {name: random.choice(VALUES) for name in names}


def _object(random: Random, inner: Any) -> Any:
    found: dict[str, Any] = {"type": "object"}
    found["properties"] = {name: inner() for name in random.sample(NAMES, random.randint(0, 3))}
    more = {
        "required": random.sample(("a", "b", "kind"), random.randint(1, 2)),
        "additionalProperties": random.choice([True, False, inner()]),
        "patternProperties": {"^x": inner()},
        "propertyNames": {"maxLength": 1},
        "minProperties": 1,
        "maxProperties": 2,
        "dependencies": random.choice([{"a": ["b"]}, {"a": inner()}]),
        "not": inner(),
        "oneOf": [inner(), inner()],
        "anyOf": [inner(), {"required": ["b"]}],
    }
    found |= {name: more[name] for name in more if random.random() < 0.15}
    if random.random() < 0.1:
        found |= {"if": {"required": ["a"]}, "then": inner(), "else": inner()}
    return found


def _array(random: Random, inner: Any) -> Any:
    found: dict[str, Any] = {"type": "array"}
    if random.random() < 0.5:
        found["items"] = inner()
    else:
        found["items"] = [inner() for _ in range(random.randint(0, 2))]
        if random.random() < 0.6:
            found["additionalItems"] = random.choice([False, inner()])
    more = {"minItems": 1, "maxItems": 2, "uniqueItems": True, "contains": inner()}
    return found | {name: more[name] for name in more if random.random() < 0.2}


def _choice(random: Random, inner: Any) -> Any:
    keyword = random.choice(["oneOf", "anyOf", "allOf", "allOf"])
    found: dict[str, Any] = {keyword: [inner() for _ in range(random.randint(1, 3))]}
    if random.random() < 0.2:
        found["type"] = random.choice(["object", "string", ["object", "string"]])
    if random.random() < 0.15:
        found["discriminator"] = "kind"
    return found
