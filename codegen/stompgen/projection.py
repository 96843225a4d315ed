"""What datamodel-code-generator is shown of the schemas: what names depend on, and nothing else."""

import re
from collections.abc import Mapping

from .naming import letters
from .pointers import Json, join, split
from .schemas import (
    AliasSchema,
    Array,
    ClassSchema,
    Const,
    EnumSchema,
    Map,
    Named,
    ObjectSchema,
    OpenEnumSchema,
    Scalar,
    ScalarKind,
    Schemas,
    UnionSchema,
    Value,
    WholeSchema,
)

ROOT = "/components/schemas"
FILES = "/x-stompgen-files/"
"""Where the trees of further files stand, each below its path."""
JSON_TYPES = {
    ScalarKind.TEXT: "string",
    ScalarKind.INTEGER: "integer",
    ScalarKind.NUMBER: "number",
    ScalarKind.BOOLEAN: "boolean",
    ScalarKind.DATE_TIME: "string",
    ScalarKind.DATE: "string",
}
PLAIN_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,79}")
PLAIN_NAME = re.compile(r"[A-Za-z0-9_$@.: -]{1,80}")
NAMING = frozenset({"definitions", "schemas", "$defs"})
"""Keys whose members are schemas with a name."""


class Projection:
    """The document that datamodel-code-generator is given."""

    def __init__(self, schemas: Schemas, keys: Mapping[str, str]) -> None:
        self.places: dict[str, str] = {}
        """Pointer in the projection → pointer of the class."""
        self._classes = schemas.classes
        self._keys = dict(keys)
        self._refs: dict[str, str] = {}
        self._odd: set[str] = set()

    def key(self, pointer: str) -> str | None:
        """Return the name of a schema that has one: a component, a definition, a file."""
        bare = pointer.removesuffix("#message")
        more = "Message" if bare != pointer else ""
        if (proposed := self._keys.get(bare)) is not None:
            return proposed + more
        steps = split(bare)
        if len(steps) >= 3 and steps[-2] in NAMING and steps[0] in {"components", FILES[1:-1]}:
            if len(steps) == 3 or steps[0] != "components":
                return steps[-1] + more
            owner = self.key("/" + "/".join(bare.split("/")[1:-2]))
            return None if owner is None else f"{owner} {steps[-1]}{more}"
        if steps[:1] == [FILES[1:-1]] and len(steps) == 2:
            return steps[1].rpartition("/")[2].partition(".")[0] + more
        return None

    def owner(self, pointer: str) -> tuple[str, list[str]]:
        """Return the nearest name above a schema that has none, and the steps down from there."""
        steps = pointer.removesuffix("#message").split("/")
        for length in range(len(steps) - 1, 1, -1):
            above = "/".join(steps[:length])
            if (found := self.key(above)) is not None:
                return found, split(pointer)[length - 1 :]
        return "", split(pointer)

    def is_plain(self, pointer: str) -> bool:
        """Tell whether the answer for a class rests on the names of the document alone."""
        return pointer not in self._odd

    def schemas(self) -> dict[str, Json]:
        """Return the components, sorted by key."""
        roots: dict[str, str] = {}
        for pointer, schema in self._classes.items():
            key = self.key(pointer)
            if key is None or isinstance(schema, WholeSchema | AliasSchema):
                continue
            if not PLAIN_KEY.fullmatch(key) or key in roots:
                key = f"Odd{letters(pointer)}"
                self._odd.add(pointer)
            roots[key] = pointer
        for key, pointer in roots.items():
            self._put(pointer, join(ROOT, key))
        return {
            key: self._class(self._classes[pointer], join(ROOT, key), pointer)
            for key, pointer in sorted(roots.items())
        }

    def _put(self, pointer: str, place: str) -> None:
        self.places[place] = pointer
        self._refs[pointer] = place

    def _class(self, schema: ClassSchema, place: str, owner: str) -> dict[str, Json]:
        if isinstance(schema, EnumSchema | OpenEnumSchema):
            return {"type": "string", "enum": [member.value for member in schema.members]}
        if isinstance(schema, UnionSchema):
            variants = enumerate(schema.variants)
            return {"oneOf": [self._ref(p, join(place, "oneOf", i), owner) for i, p in variants]}
        if not isinstance(schema, ObjectSchema):
            return {}
        fields = [field for field in schema.fields if PLAIN_NAME.fullmatch(field.wire)]
        return {
            "type": "object",
            "required": [field.wire for field in fields if field.required],
            "properties": {
                field.wire: self._value(field.value, join(place, "properties", field.wire), owner)
                for field in fields
            },
        }

    def _ref(self, pointer: str, place: str, owner: str) -> dict[str, Json]:
        """Refer to a class, or let it stand here when it has no place yet."""
        if pointer in self._refs:
            return {"$ref": "#" + self._refs[pointer]}
        if isinstance(self._classes[pointer], WholeSchema | AliasSchema):
            return {}
        if not pointer.startswith(f"{owner}/") or owner in self._odd:
            self._odd.add(pointer)  # the name would tell of another place than its own
        self._put(pointer, place)
        return self._class(self._classes[pointer], place, pointer)

    def _value(self, value: Value, place: str, owner: str) -> dict[str, Json]:
        inner = value.type
        if isinstance(inner, Named):
            return self._ref(inner.pointer, place, owner)
        found: dict[str, Json] = {}
        if isinstance(inner, Scalar):
            name = JSON_TYPES[inner.kind]
            found = {"type": [name, "null"] if value.nullable else name}
        elif isinstance(inner, Const):
            found = {"const": inner.value}
        elif isinstance(inner, Array):
            below = join(place, "items")
            found = {"type": "array", "items": self._value(inner.items, below, owner)}
        elif isinstance(inner, Map):
            below = join(place, "additionalProperties")
            values = self._value(inner.values, below, owner)
            found = {"type": "object", "additionalProperties": values}
        return found
