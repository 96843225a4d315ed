"""Conditions: the part of a schema that no type says, as a JSON Schema that stands alone.

The runtime judges them as draft 7 does. Annotations are left out, references are copied once into
`definitions`, and only what has the shape that the specification asks for is taken.
"""

from collections.abc import Callable, Iterable

import attrs

from .document import Document
from .ecma import BadPatternError, compile_pattern
from .pointers import Json, as_list, as_object, as_text, join, parent, texts

DEEPEST = 60
"""Levels of schemas inside of each other in one condition."""
MOST = 3000
"""Values copied into one condition. What would be longer is not checked, and told."""

SCHEMAS = frozenset(
    {
        "additionalItems",
        "additionalProperties",
        "contains",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
    }
)
LISTS = frozenset({"allOf", "anyOf", "oneOf", "items"})
MAPS = frozenset({"dependencies", "patternProperties", "properties"})
COUNTS = frozenset(
    {"maxItems", "maxLength", "maxProperties", "minItems", "minLength", "minProperties"}
)
NUMBERS = frozenset({"exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"})
TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
SILENT = frozenset({"discriminator", "format", "nullable", "x-open-enum"})
"""Keywords that say what others say, or nothing that can be judged."""
RULES = (
    SCHEMAS
    | LISTS
    | MAPS
    | COUNTS
    | NUMBERS
    | SILENT
    | {
        "const",
        "enum",
        "pattern",
        "required",
        "type",
        "uniqueItems",
    }
)
"""All keywords that allow and forbid something. Others are not part of draft 7."""
TOGETHER = {
    "additionalItems": ("items", "additionalItems"),
    "additionalProperties": ("additionalProperties", "patternProperties"),
    "else": (),
    "if": ("if", "then", "else"),
    "items": ("items", "additionalItems"),
    "then": (),
}
"""Keywords that mean something together."""


class TooLongError(Exception):
    """A condition would have too many values."""


@attrs.frozen
class Part:
    """Some keywords of the schema that stands at a pointer."""

    pointer: str
    names: tuple[str, ...]


class ConditionReader:
    """Copies parts of schemas."""

    def __init__(self, document: Document, told: Callable[[str, str], None]) -> None:
        self._document, self._told = document, told

    def read(self, parts: Iterable[Part]) -> dict[str, Json] | None:
        """Return what some parts say together; None when they say nothing.

        Raises TooLongError.
        """
        copy = _Copy(self._document, self._told)
        found = [one for part in parts if (one := copy.part(part))]
        if not found:
            return None
        whole: dict[str, Json] = {}
        for one in found:
            if whole.keys() & one.keys():
                whole = {"allOf": list[Json](found)}
                break
            whole |= one
        return {**whole, "definitions": copy.definitions} if copy.definitions else whole


class _Copy:
    def __init__(self, document: Document, told: Callable[[str, str], None]) -> None:
        self._document, self._told = document, told
        self._names: dict[str, str] = {}
        self._size = self._depth = 0
        self.definitions: dict[str, Json] = {}

    def part(self, part: Part) -> dict[str, Json]:
        """Copy some keywords. What has a rule of its own is named only, not copied."""
        schema = as_object(self._document.raw(part.pointer))
        chosen = {name: schema[name] for name in part.names if name in schema}
        found = self._keywords(part.pointer, chosen)
        named = as_object(schema.get("properties"))
        if "additionalProperties" in found and named:
            found["properties"] = dict.fromkeys(sorted(named), True)
        return found

    def _schema(self, pointer: str) -> Json:
        found = self._document.find(pointer)
        if found is None:
            return True  # a dangling reference; reported with the references
        home, value = found
        if home == pointer:
            return self._keywords(pointer, value) if isinstance(value, dict) else value is not False
        if isinstance(value, bool):
            return value
        if home not in self._names:
            name = self._names[home] = f"d{len(self._names)}"
            self.definitions[name] = True  # its place, while it is being read
            self.definitions[name] = self._keywords(home, as_object(value))
        return {"$ref": f"#/definitions/{self._names[home]}"}

    def _keywords(self, pointer: str, schema: dict[str, Json]) -> dict[str, Json]:
        self._size += 1 + len(schema)
        if self._size > MOST or self._depth > DEEPEST:
            raise TooLongError
        self._depth += 1
        try:
            return self._copied(pointer, schema)
        finally:
            self._depth -= 1

    def _copied(self, pointer: str, schema: dict[str, Json]) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for name in sorted(schema):
            value = self._keyword(join(pointer, name), name, schema[name])
            if value is not None:
                found[name] = value
        if schema.get("nullable") is True and isinstance(found.get("type"), str):
            found["type"] = [found["type"], "null"]
        for name, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
            if schema.get(name) is True and limit in found:  # as draft 4 and OpenAPI 3.0 write it
                found[name] = found.pop(limit)
        if "const" in schema:
            found["const"] = schema["const"]  # null is a value
        return found

    def _keyword(self, at: str, name: str, value: Json) -> Json:
        """Copy the value of a keyword; None when it says nothing."""
        if name in LISTS and isinstance(value, list):
            return [self._schema(join(at, index)) for index in range(len(value))]
        if name in SCHEMAS:
            return self._schema(at) if isinstance(value, dict | bool) else None
        if name == "dependencies":
            return {key: self._dependency(join(at, key), v) for key, v in _sorted(value)}
        if name in MAPS:
            patterns = name == "patternProperties"
            return {
                key: self._schema(join(at, key))
                for key, _ in _sorted(value)
                if not patterns or self._usable(at, key)
            }
        return self._leaf(at, name, value)

    def _leaf(self, at: str, name: str, value: Json) -> Json:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if name == "enum":
            self._size += len(as_list(value))
            return as_list(value)
        if name == "type":
            known = [t for t in texts(as_list(value) or [value]) if t in TYPES]
            return known[0] if len(known) == 1 else list[Json](known) or None
        if name == "required":
            return list[Json](texts(as_list(value))) or None
        if name == "pattern":
            pattern = as_text(value)
            return pattern if pattern is not None and self._usable(at, pattern) else None
        if name == "uniqueItems":
            return True if value is True else None
        counts = name in COUNTS and isinstance(value, int | float) and value >= 0
        return value if is_number and (counts or name in NUMBERS) else None

    def _dependency(self, at: str, value: Json) -> Json:
        return list[Json](texts(value)) if isinstance(value, list) else self._schema(at)

    def _usable(self, at: str, pattern: str) -> bool:
        try:
            compile_pattern(pattern)
        except BadPatternError:
            self._told(at, "this pattern cannot be checked")
            return False
        return True


def _sorted(value: Json) -> list[tuple[str, Json]]:
    return sorted(as_object(value).items())


def part_of(pointer: str) -> Part:
    """Return the keyword at a pointer with those that it means something together with."""
    name = pointer.rpartition("/")[2]
    return Part(parent(pointer), TOGETHER.get(name, (name,)))
