"""`$ref` and `allOf`: what a schema says once its parts are put together.

A reference keeps the identity of what it points to. `allOf` with one reference and further parts is
an overlay: annotations and `x-` keys are replaced or inherited, limits are tightened. When objects
are put together, the result is an object of its own.
"""

from collections.abc import Mapping

import attrs

from .document import Document
from .model import SourceModel
from .pointers import Json, as_list, as_object, as_text, join, texts
from .problems import Problems

ANNOTATIONS = frozenset(
    {
        "$comment",
        "$id",
        "$schema",
        "contentEncoding",
        "contentMediaType",
        "default",
        "definitions",
        "deprecated",
        "description",
        "example",
        "examples",
        "externalDocs",
        "readOnly",
        "title",
        "writeOnly",
    }
)
"""Keywords that allow and forbid nothing."""

LARGER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
SMALLER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})


@attrs.frozen(kw_only=True)
class Keyword:
    """A keyword's value and where it stands."""

    value: Json
    pointer: str


@attrs.frozen(kw_only=True)
class Merged:
    """A schema as one set of keywords."""

    pointer: str
    """Where it was asked for."""
    home: str
    """Where its class is defined: the referenced schema's pointer, or its own."""
    keywords: Mapping[str, Keyword]
    properties: Mapping[str, str]
    """The properties' pointers, by name."""
    own: frozenset[str]
    """Keywords that stand here and not in a referenced schema."""

    def get(self, name: str) -> Json:
        """Return a keyword's value, None when it is not there."""
        found = self.keywords.get(name)
        return None if found is None else found.value

    def text(self, name: str) -> str | None:
        """Return a keyword's text, None when it is not there or no text."""
        return as_text(self.get(name))

    def where(self, name: str) -> str:
        """Return the pointer of a keyword."""
        return self.keywords[name].pointer

    @property
    def rules(self) -> frozenset[str]:
        """Names of the keywords that are not mere annotations."""
        return frozenset(
            name
            for name in self.keywords
            if name == "x-open-enum" or not (name in ANNOTATIONS or name.startswith("x-"))
        )

    @property
    def source(self) -> SourceModel | None:
        """`x-source`, own or inherited."""
        return source_of(self.get("x-source"))


def source_of(value: Json) -> SourceModel | None:
    """Read an `x-source`; its shape has been checked with the document."""
    if not isinstance(value, dict):
        return None
    origins = value.get("from")
    return SourceModel(
        origins=texts(as_list(origins)) if isinstance(origins, list) else texts([origins]),
        confidence=as_text(value.get("confidence")) or "low",
        note=as_text(value.get("note")),
    )


class Merger:
    """Puts the parts of schemas together."""

    def __init__(self, document: Document, problems: Problems) -> None:
        self._document, self._problems = document, problems
        self._open: list[str] = []

    def merge(self, pointer: str) -> Merged | None:
        """Return the schema at a pointer as one; None when it cannot be, which is reported."""
        found = self._document.find(pointer)
        if found is None:
            return None  # a dangling reference; reported with the references
        home, schema = found
        if home in self._open:
            self._problem(pointer, "the schema refers to itself without an object in between")
            return None
        if schema is True:
            schema = {}
        if not isinstance(schema, dict):
            self._problem(pointer, "a schema that allows nothing cannot be expressed")
            return None
        self._open.append(home)
        try:
            merged = self._parts(home, schema)
        finally:
            self._open.pop()
        if merged is None or home == pointer:
            return merged
        return attrs.evolve(merged, pointer=pointer, own=frozenset())

    def _parts(self, pointer: str, schema: dict[str, Json]) -> Merged | None:
        here = {
            key: Keyword(value=value, pointer=join(pointer, key))
            for key, value in schema.items()
            if key != "allOf"
        }
        merged = Merged(
            pointer=pointer,
            home=pointer,
            keywords=here,
            properties={
                name: join(pointer, "properties", name)
                for name in as_object(schema.get("properties"))
            },
            own=frozenset(here),
        )
        for index in range(len(as_list(schema.get("allOf")))):
            part = self.merge(join(pointer, "allOf", index))
            if part is None:
                return None
            merged = self._both(merged, part)
        return merged

    def _both(self, top: Merged, part: Merged) -> Merged:
        """Put a part under what was found so far, which wins where only one can."""
        keywords = dict(part.keywords)
        for name, keyword in top.keywords.items():
            keywords[name] = self._one(name, keyword, keywords.get(name))
        return Merged(
            pointer=top.pointer,
            home=_home(top, part),
            keywords=keywords,
            properties=self._properties(top, part),
            own=top.own | part.own,
        )

    def _one(self, name: str, top: Keyword, part: Keyword | None) -> Keyword:
        if part is None or top.value == part.value:
            return top
        if name == "x-sensitive":
            return top if top.value is True else part
        if name in ANNOTATIONS or name.startswith("x-"):
            return top
        if name in LARGER | SMALLER and _is_number(top.value) and _is_number(part.value):
            above = float(str(top.value)) > float(str(part.value))
            return top if above == (name in LARGER) else part
        if name == "required":
            names = list(dict.fromkeys([*texts(as_list(top.value)), *texts(as_list(part.value))]))
            return Keyword(value=list[Json](names), pointer=top.pointer)
        if name == "properties":
            return top  # joined apart, by their pointers
        self._problem(top.pointer, f"{name} is given twice in allOf, with different values")
        return top

    def _properties(self, top: Merged, part: Merged) -> dict[str, str]:
        for name in sorted(top.properties.keys() & part.properties.keys()):
            ours, theirs = top.properties[name], part.properties[name]
            if self._document.find(ours) != self._document.find(theirs):
                self._problem(ours, "allOf defines this property twice")
        return {**part.properties, **top.properties}

    def _problem(self, pointer: str, what: str) -> None:
        advice = "write it so that each place has one schema"
        self._problems.add(self._document.problem(pointer, what, advice))


def _home(top: Merged, part: Merged) -> str:
    """Tell whose class it is: that of the reference, unless something adds to its rules."""
    inline = part.home.startswith(top.pointer + "/allOf/")
    if top.home == top.pointer and not top.rules - {"type"} and not inline:
        return part.home
    return top.pointer if part.rules - {"type"} else top.home


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
