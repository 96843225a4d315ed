"""What a JSON Schema says beyond types: its conditions, judged on JSON values.

The vocabulary is that of draft 7 without `format`, which that draft leaves open. A condition stands
alone: references lead to its own `definitions`. No text ever quotes the value.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, TypeAlias

from .ecma import compile_pattern
from .numeric import is_multiple
from .rule import Violation, kind_of
from .rules import fingerprint, step
from .values import is_array, is_mapping

Schema: TypeAlias = Mapping[str, Any]
"""A JSON Schema as Python holds it; its floats mean the decimals they are written as."""

_DEFINITIONS: Final = "#/definitions/"


class Conditions:
    """A schema, ready to judge values: ints, Decimals, strs, sequences, mappings, bools, None."""

    def __init__(self, schema: Schema) -> None:
        self._definitions: Final[Mapping[str, Any]] = schema.get("definitions", {})
        self._schema: Final = schema

    def hold(self, value: object) -> bool:
        """Tell whether a JSON value is valid."""
        return next(self.violations(value), None) is None

    def violations(self, value: object) -> Iterator[Violation]:
        """Tell what is wrong with a JSON value."""
        return self._judge(self._schema, value, "", set())

    def _judge(
        self, schema: Any, value: object, path: str, seen: set[tuple[int, int]]
    ) -> Iterator[Violation]:
        if schema is True or schema is False:
            if schema is False:
                yield path, "expected nothing to be here"
            return
        key = id(schema), id(value)
        if key in seen:
            return  # a schema that says of a value what it says of that value
        seen.add(key)
        try:
            yield from self._keywords(schema, value, path, seen)
        finally:
            seen.discard(key)

    def _keywords(
        self, schema: Schema, value: object, path: str, seen: set[tuple[int, int]]
    ) -> Iterator[Violation]:
        target = schema.get("$ref")
        if isinstance(target, str):
            found = self._definitions[target.removeprefix(_DEFINITIONS)]
            yield from self._judge(found, value, path, seen)
            return
        types = schema.get("type")
        if types is not None and not any(map(is_of_type, _listed(types), _forever(value))):
            yield path, f"expected {' or '.join(_listed(types))}, got {kind_of(value)}"
        if "const" in schema and fingerprint(_exact(schema["const"])) != fingerprint(value):
            yield path, "expected the constant of the schema"
        if "enum" in schema:
            known = {fingerprint(_exact(item)) for item in schema["enum"]}
            if fingerprint(value) not in known:
                yield path, "expected one of the values that the schema lists"
        if isinstance(value, str):
            yield from _text(schema, value, path)
        elif is_array(value):
            yield from self._array(schema, value, path, seen)
        elif is_mapping(value):
            yield from self._object(schema, value, path, seen)
        elif isinstance(value, int | Decimal) and not isinstance(value, bool):
            yield from _number(schema, value, path)
        yield from self._in_place(schema, value, path, seen)

    def _in_place(
        self, schema: Schema, value: object, path: str, seen: set[tuple[int, int]]
    ) -> Iterator[Violation]:
        """Judge by the keywords that hold other schemas for the same value."""

        def fits(inner: Any) -> bool:
            return next(self._judge(inner, value, path, seen), None) is None

        for inner in schema.get("allOf", ()):
            yield from self._judge(inner, value, path, seen)
        if "anyOf" in schema and not any(map(fits, schema["anyOf"])):
            yield path, "expected what fits at least one of the alternatives"
        if "oneOf" in schema and (count := sum(map(fits, schema["oneOf"]))) != 1:
            yield path, f"expected what fits exactly one of the alternatives, this fits {count}"
        if "not" in schema and fits(schema["not"]):
            yield path, "expected something else: the schema excludes this"
        if "if" in schema:
            branch = schema.get("then" if fits(schema["if"]) else "else", True)
            yield from self._judge(branch, value, path, seen)

    def _array(
        self, schema: Schema, value: Sequence[object], path: str, seen: set[tuple[int, int]]
    ) -> Iterator[Violation]:
        yield from _size(schema, len(value), "Items", "items", path)
        if schema.get("uniqueItems") and len({fingerprint(item) for item in value}) < len(value):
            yield path, "expected items that differ from each other"
        items = schema.get("items", True)
        first: Sequence[Any] = items if is_array(items) else ()
        others = schema.get("additionalItems", True) if is_array(items) else items
        for index, item in enumerate(value):
            inner = first[index] if index < len(first) else others
            yield from self._judge(inner, item, f"{path}[{index}]", seen)
        if "contains" in schema:
            inner = schema["contains"]
            if all(next(self._judge(inner, item, path, seen), None) for item in value):
                yield path, "expected an item that the schema asks for"

    def _object(
        self, schema: Schema, value: Mapping[Any, object], path: str, seen: set[tuple[int, int]]
    ) -> Iterator[Violation]:
        yield from _size(schema, len(value), "Properties", "properties", path)
        for name in schema.get("required", ()):
            if name not in value:
                yield path + step(name), "required, but missing"
        named: Mapping[str, Any] = schema.get("properties", {})
        patterns: Mapping[str, Any] = schema.get("patternProperties", {})
        others = schema.get("additionalProperties", True)
        for name, item in value.items():
            at = path + step(str(name))
            rules = [named[name]] if name in named else []
            rules += [r for p, r in patterns.items() if compile_pattern(p).search(str(name))]
            for rule in rules or [others]:
                yield from self._judge(rule, item, at, seen)
            if "propertyNames" in schema:
                yield from self._judge(schema["propertyNames"], name, at, set())
        for name, needed in schema.get("dependencies", {}).items():
            if name not in value:
                continue
            if not is_array(needed):
                yield from self._judge(needed, value, path, seen)
                continue
            for other in needed:
                if other not in value:
                    yield path + step(other), f"required beside {name}, but missing"


def is_of_type(name: str, value: object) -> bool:
    """Tell whether a JSON value is of one of JSON Schema's types. `1.0` is an integer."""
    kind = kind_of(value)
    if name == "number":
        return kind in {"integer", "number"}
    if name == "integer" and isinstance(value, Decimal):
        return value == value.to_integral_value()
    if name == "array":
        return is_array(value)
    if name == "object":
        return is_mapping(value)
    if name == "string":
        return isinstance(value, str)
    return kind == name


def _text(schema: Schema, value: str, path: str) -> Iterator[Violation]:
    yield from _size(schema, len(value), "Length", "characters", path)
    pattern = schema.get("pattern")
    if pattern is not None and not compile_pattern(pattern).search(value):
        yield path, f"expected a match of the pattern {pattern}"


def _number(schema: Schema, value: int | Decimal, path: str) -> Iterator[Violation]:
    limit = {name: _exact(schema[name]) for name in _NUMERIC if name in schema}
    if "minimum" in limit and value < limit["minimum"]:
        yield path, f"expected at least {limit['minimum']}"
    if "maximum" in limit and value > limit["maximum"]:
        yield path, f"expected at most {limit['maximum']}"
    if "exclusiveMinimum" in limit and value <= limit["exclusiveMinimum"]:
        yield path, f"expected more than {limit['exclusiveMinimum']}"
    if "exclusiveMaximum" in limit and value >= limit["exclusiveMaximum"]:
        yield path, f"expected less than {limit['exclusiveMaximum']}"
    if "multipleOf" in limit and not is_multiple(value, limit["multipleOf"]):
        yield path, f"expected a multiple of {limit['multipleOf']}"


_NUMERIC: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")


def _size(schema: Schema, size: int, suffix: str, what: str, path: str) -> Iterator[Violation]:
    low, high = schema.get(f"min{suffix}"), schema.get(f"max{suffix}")
    if low is not None and size < low:
        yield path, f"expected at least {low} {what}"
    if high is not None and size > high:
        yield path, f"expected at most {high} {what}"


def _listed(types: Any) -> Sequence[str]:
    return [types] if isinstance(types, str) else types


def _forever(value: object) -> Iterator[object]:
    while True:
        yield value


def _exact(value: Any) -> Any:
    """Take the floats of a schema for the decimals they are written as."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if is_mapping(value):
        return {name: _exact(item) for name, item in value.items()}
    return [_exact(item) for item in value] if is_array(value) else value
