"""Schemas: keywords that exist, of the right type, that do not contradict each other."""

from collections.abc import Iterator
from typing import TypeGuard

from .document import Document
from .ecma import BadPatternError, compile_pattern
from .objects import IN_WORDS
from .ours import is_ours
from .pointers import Json, as_list, as_object, join, texts
from .problems import Problems
from .structure import Structure
from .words import did_you_mean, kind_of, nearest

TYPE_NAMES = ("null", "boolean", "integer", "number", "string", "array", "object")
ONE_SCHEMA: tuple[str, ...] = (
    "additionalItems",
    "contains",
    "additionalProperties",
    "propertyNames",
    "not",
    "if",
    "then",
    "else",
    "x-schema",
)
SCHEMA_LISTS = ("allOf", "anyOf", "oneOf")
SCHEMA_MAPS = ("properties", "patternProperties", "definitions")
COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
TEXTS: tuple[str, ...] = (
    "title",
    "description",
    "format",
    "pattern",
    "contentEncoding",
    "contentMediaType",
    "$id",
    "$schema",
    "$comment",
    "discriminator",
)
FLAGS = ("uniqueItems", "readOnly", "writeOnly", "deprecated")
OTHERS: tuple[str, ...] = (
    "type",
    "items",
    "required",
    "enum",
    "const",
    "default",
    "examples",
    "dependencies",
    "externalDocs",
    "$ref",
    "example",
)
"""`example` is a harmless keyword of OpenAPI."""
KEYWORDS = frozenset(
    ONE_SCHEMA + SCHEMA_LISTS + SCHEMA_MAPS + COUNTS + NUMBERS + TEXTS + FLAGS + OTHERS
) - {"x-schema"}
PAIRS = (
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minimum", "maximum"),
    ("exclusiveMinimum", "maximum"),
    ("minimum", "exclusiveMaximum"),
    ("exclusiveMinimum", "exclusiveMaximum"),
)


def all_schemas(document: Document, structure: Structure) -> Iterator[tuple[str, dict[str, Json]]]:
    """Yield pointer and value of every schema of the document, each once, with those inside."""
    seen: set[str] = set()
    todo = [*structure.schemas, *_variable_schemas(document, structure)]
    while todo:
        pointer = todo.pop()
        if pointer in seen or (found := document.find(pointer)) is None:
            continue
        seen.add(pointer)
        value = found[1]
        if structure.kinds.get(found[0], "schema") != "schema":
            continue
        if found[0] != pointer:
            todo.append(found[0])
        elif isinstance(value, dict):
            yield pointer, value
            todo += subschemas(pointer, value)


def subschemas(pointer: str, schema: dict[str, Json]) -> Iterator[str]:
    """Yield the pointers of the schemas directly inside a schema."""
    for name in ONE_SCHEMA:
        if name in schema:
            yield join(pointer, name)
    items = schema.get("items")
    if isinstance(items, list):
        yield from (join(pointer, "items", index) for index in range(len(items)))
    elif items is not None:
        yield join(pointer, "items")
    for name in SCHEMA_LISTS:
        for index in range(len(as_list(schema.get(name)))):
            yield join(pointer, name, index)
    for name in SCHEMA_MAPS:
        for key in as_object(schema.get(name)):
            yield join(pointer, name, key)
    for key, value in as_object(schema.get("dependencies")).items():
        if not isinstance(value, list):
            yield join(pointer, "dependencies", key)


def check_schemas(document: Document, structure: Structure, problems: Problems) -> None:
    """Report what is wrong with the schemas themselves."""
    doubtful = "error" if is_ours(document) else "warning"
    for pointer, schema in all_schemas(document, structure):
        _Checker(document, problems, pointer, schema, doubtful).check()
        for place in subschemas(pointer, schema):
            found = document.find(place)
            if found is None or found[0] == place:
                continue
            kind = structure.kinds.get(found[0], "schema")
            if kind != "schema" or not isinstance(found[1], dict | bool):
                there = IN_WORDS[kind] if kind != "schema" else kind_of(found[1])
                what = f"$ref leads to {there}, expected a schema"
                # As a schema, any object can be read: its fields are unknown keywords.
                severity = "warning" if isinstance(found[1], dict) else "error"
                at = join(place, "$ref")
                problem = document.problem(at, what, "point to a schema", severity)
                problems.add(problem)


def _variable_schemas(document: Document, structure: Structure) -> Iterator[str]:
    for pointer in structure.of_kind("ServerVariable"):
        if isinstance(as_object(document.written(pointer)).get("x-schema"), dict):
            yield join(pointer, "x-schema")


class _Checker:
    def __init__(
        self,
        document: Document,
        problems: Problems,
        pointer: str,
        schema: dict[str, Json],
        doubtful: str,
    ) -> None:
        self._doubtful = doubtful
        """Severity of what most likely is a slip."""
        self._document = document
        self._problems = problems
        self._pointer = pointer
        self._schema = schema

    def check(self) -> None:
        """Check one schema; those inside are checked on their own."""
        for name, value in self._schema.items():
            if name in KEYWORDS:
                self._keyword(name, value)
            elif not name.startswith("x-"):
                self._unknown(name)
        self._types()
        self._pattern()
        self._limits()
        self._enum()
        self._required()

    def _unknown(self, name: str) -> None:
        if name == "nullable":
            what = "'nullable' is not a keyword of AsyncAPI schemas and is ignored"
            self._report(name, what, "use type: [string, 'null']", "warning")
        elif nearest(name, KEYWORDS) is not None:
            what = f"unknown keyword {name!r}"
            self._report(name, what, did_you_mean(name, KEYWORDS), self._doubtful)
        else:
            self._report(name, f"unknown keyword {name!r} is ignored", "remove it", "warning")

    def _keyword(self, name: str, value: Json) -> None:
        if name in ONE_SCHEMA:
            self._expect(name, isinstance(value, dict | bool), "a schema", value)
        elif name in SCHEMA_LISTS:
            listed = isinstance(value, list) and bool(value)
            self._expect(name, listed, "a list of schemas", value)
            for index, item in enumerate(as_list(value)):
                fits = isinstance(item, dict | bool)
                self._expect(f"{name}/{index}", fits, "a schema", item)
        elif name in SCHEMA_MAPS:
            self._expect(name, isinstance(value, dict), "an object", value)
            for key, item in as_object(value).items():
                place = join("", name, key)[1:]
                if key == "$ref" and isinstance(item, str):
                    what = f"$ref stands where the names of {name} are: no reference is read here"
                    self._report(place, what, "put the reference above it", "warning")
                    continue
                self._expect(place, isinstance(item, dict | bool), "a schema", item)
        elif name in COUNTS:
            fits = isinstance(value, int) and not isinstance(value, bool) and value >= 0
            self._expect(name, fits, "an integer from 0", value)
        elif name in NUMBERS:
            self._expect(name, _is_number(value), "a number", value)
        elif name == "discriminator" and isinstance(value, dict):
            what = "expected the name of a property, got an object as in OpenAPI"
            advice = "write the property's name; values are the const of each"
            self._report(name, what, advice, "warning")
        elif name in TEXTS:
            self._expect(name, isinstance(value, str), "a text", value)
        elif name in FLAGS:
            self._expect(name, isinstance(value, bool), "true or false", value)
        elif name in ("enum", "examples"):
            self._expect(name, isinstance(value, list), "a list", value)
        elif name == "dependencies":
            self._expect(name, isinstance(value, dict), "an object", value)
            for key, item in as_object(value).items():
                place = join("", name, key)[1:]
                fits = isinstance(item, dict | bool | list)
                self._expect(place, fits, "a schema or a list of names", item)
        elif name == "items":
            self._expect(name, isinstance(value, dict | bool | list), "a schema", value)

    def _types(self) -> None:
        if "type" not in self._schema:
            return
        value = self._schema["type"]
        for name in value if isinstance(value, list) else [value]:
            if not isinstance(name, str):
                self._expect("type", False, "a type's name", name)
            elif name not in TYPE_NAMES:
                self._report("type", f"there is no type {name!r}", did_you_mean(name, TYPE_NAMES))

    def _pattern(self) -> None:
        patterns = [("pattern", self._schema.get("pattern"))]
        names = as_object(self._schema.get("patternProperties"))
        patterns += [(join("", "patternProperties", name)[1:], name) for name in names]
        for place, pattern in patterns:
            if isinstance(pattern, str):
                try:
                    compile_pattern(pattern)
                except BadPatternError as exc:
                    what = f"the pattern cannot be read: {exc}"
                    self._report(place, what, "mend the pattern", self._doubtful)

    def _limits(self) -> None:
        for low, high in PAIRS:
            least, most = self._schema.get(low), self._schema.get(high)
            if not (_is_number(least) and _is_number(most)):
                continue
            exclusive = low.startswith("exclusive") or high.startswith("exclusive")
            if least > most or (exclusive and least == most):
                what = f"no value can have {low} {least} and {high} {most}"
                self._report(low, what, "exchange or widen the limits", self._doubtful)
        multiple = self._schema.get("multipleOf")
        if _is_number(multiple) and multiple <= 0:
            self._report("multipleOf", f"expected a number above 0, got {multiple}", "")

    def _enum(self) -> None:
        values = self._schema.get("enum")
        if not isinstance(values, list):
            return
        if not values:
            what = "no value is allowed: the list is empty"
            self._report("enum", what, "name some", "warning")
        seen: set[str] = set()
        for index, value in enumerate(values):
            shown = repr(value)
            if shown in seen:
                what = f"{shown} stands in the list twice"
                self._report(f"enum/{index}", what, "remove one", "warning")
            seen.add(shown)

    def _required(self) -> None:
        if "required" not in self._schema:
            return
        required = self._schema["required"]
        if not isinstance(required, list) or len(texts(required)) != len(required):
            self._expect("required", False, "a list of names", required)
            return
        properties = as_object(self._schema.get("properties"))
        others = {"allOf", "anyOf", "oneOf", "patternProperties", "if"} & self._schema.keys()
        for index, name in enumerate(texts(required)):
            if name in properties or not properties:
                continue
            place = f"required/{index}"
            what = f"{name!r} is required but is not among the properties"
            if nearest(name, properties) is not None:
                self._report(place, what, did_you_mean(name, properties), self._doubtful)
            elif not others:
                self._report(place, what, "define it", "warning")

    def _expect(self, place: str, fits: bool, expected: str, value: Json) -> None:
        if not fits:
            self._report(place, f"expected {expected}, got {_shown(value)}", "")

    def _report(self, place: str, what: str, advice: str, severity: str = "error") -> None:
        """Report a problem; the place is a keyword, or a pointer below the schema without `/`."""
        known = place in self._schema
        below = join(self._pointer, place) if known else f"{self._pointer}/{place}"
        self._problems.add(self._document.problem(below, what, advice, severity))


def _is_number(value: Json) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: Json) -> str:
    return str(value) if _is_number(value) else kind_of(value)
