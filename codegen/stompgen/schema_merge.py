"""`$ref` and `allOf`: what a schema says once its parts are put together.

A reference keeps the identity of what it points to. `allOf` with one reference and further parts is
an overlay: annotations and `x-` keys are replaced or inherited, limits are tightened. When objects
are put together, the result is an object of its own.
"""

from collections.abc import Mapping

import attrs

from .document import Document
from .model import SourceModel
from .pointers import Json, as_list, as_object, as_text, is_text, join, texts
from .problems import Problems, Severity
from .schema_conditions import RULES, Part, part_of

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

NO_CIRCLE = 1_000_000
DEEPEST = 100
"""Levels of `allOf` inside of each other."""
LARGER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
SMALLER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})


@attrs.frozen(kw_only=True)
class Keyword:
    """A keyword's value and where it stands."""

    value: Json
    pointer: str
    also: tuple[str, ...] = ()
    """Where else it stands, when the value was made of several."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """All places of the keyword."""
        return tuple(part_of(pointer) for pointer in (self.pointer, *self.also))


@attrs.frozen(kw_only=True)
class Merged:
    """A schema as one set of keywords."""

    pointer: str
    """Where it was asked for."""
    home: str
    """Where its class is defined: the referenced schema's pointer, or its own."""
    keywords: Mapping[str, Keyword]
    properties: Mapping[str, tuple[str, ...]]
    """The pointers of the properties' schemas, by name; several when `allOf` defines one twice."""
    own: frozenset[str]
    """Keywords that stand here and not in a referenced schema."""
    apart: tuple[Part, ...] = ()
    """What has to hold too, and could not be put together with the keywords."""
    never: bool = False
    """True for the schema `false`."""

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
        """Names of the keywords that allow or forbid something."""
        return RULES.intersection(self.keywords)

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
        self._open: dict[str, int] = {}
        """Schemas that are being put together, and how deep inside each other."""
        self._circle = NO_CIRCLE
        """The outermost of them that was met again: what is inside of it lacks a part."""
        self._known: dict[str, Merged] = {}
        self._joined: dict[str, tuple[str, ...]] = {}

    def merge(self, pointer: str) -> Merged:
        """Return the schema at a pointer as one; a dangling reference allows everything."""
        if pointer in self._joined:
            return self._together(pointer, self._joined[pointer])
        found = self._document.find(pointer)
        if found is None:
            return _nothing_said(pointer)  # reported with the references
        home, schema = found
        if home in self._known:
            return self._as_asked(pointer, self._known[home])
        if home in self._open:
            self._circle = min(self._circle, self._open[home])
            self._warn(pointer, "the schema is part of itself: this part says nothing")
            return _nothing_said(pointer)
        if isinstance(schema, bool):
            return attrs.evolve(_nothing_said(pointer), never=not schema)
        if not isinstance(schema, dict):
            self._warn(pointer, "this is no schema: it is taken for one that allows everything")
            return _nothing_said(pointer)
        if len(self._open) >= DEEPEST:
            self._warn(
                pointer, f"more than {DEEPEST} parts inside each other: this one is left out"
            )
            return _nothing_said(pointer)
        around, self._circle = self._circle, NO_CIRCLE
        self._open[home] = depth = len(self._open)
        merged = self._parts(home, schema)
        del self._open[home]
        if self._circle >= depth:
            self._known[home] = merged
            self._circle = NO_CIRCLE
        self._circle = min(self._circle, around)
        return self._as_asked(pointer, merged)

    def _as_asked(self, pointer: str, merged: Merged) -> Merged:
        if merged.pointer == pointer:
            return merged
        return attrs.evolve(merged, pointer=pointer, own=frozenset())

    def property(self, owner: Merged, name: str) -> Merged:
        """Return the schema of a property."""
        places = owner.properties[name]
        if len(places) == 1:
            return self.merge(places[0])
        home = join(owner.home, "properties", name)
        home = join(home, "allOf") if home in places else home
        self._joined[home] = places
        return self._together(home, places)

    def _together(self, home: str, places: tuple[str, ...]) -> Merged:
        merged = _nothing_said(home)
        for place in places:
            merged = self._both(merged, self.merge(place))
        return merged

    def _parts(self, pointer: str, schema: dict[str, Json]) -> Merged:
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
                name: (join(pointer, "properties", name),)
                for name in as_object(schema.get("properties"))
                if self._travels(join(pointer, "properties", name), name)
            },
            own=frozenset(here),
        )
        for index in range(len(as_list(schema.get("allOf")))):
            merged = self._both(merged, self.merge(join(pointer, "allOf", index)))
        return merged

    def _travels(self, pointer: str, name: str) -> bool:
        if is_text(name):
            return True
        self._warn(pointer, "the name holds half a surrogate pair: such a property cannot travel")
        return False

    def _both(self, top: Merged, part: Merged) -> Merged:
        """Put a part under what was found so far, which wins where only one can."""
        keywords = dict(part.keywords)
        apart = dict.fromkeys((*top.apart, *part.apart))
        if _limits_others(top, part) or _limits_others(part, top):
            # `additionalProperties` counts the properties that stand beside it, and no others.
            for one in (top, part):
                if (found := one.keywords.get("additionalProperties")) is not None:
                    apart |= dict.fromkeys(found.parts)
            keywords.pop("additionalProperties", None)
        for name, keyword in top.keywords.items():
            if name == "additionalProperties" and keyword.parts[0] in apart:
                continue
            found = _one(name, keyword, keywords.get(name))
            if found is None:
                apart |= dict.fromkeys(keywords[name].parts)
                found = keyword
            keywords[name] = found
        return Merged(
            pointer=top.pointer,
            home=_home(top, part),
            keywords=keywords,
            properties=self._properties(top, part),
            own=top.own | part.own,
            apart=tuple(apart),
            never=top.never or part.never,
        )

    def _properties(self, top: Merged, part: Merged) -> dict[str, tuple[str, ...]]:
        found = {**part.properties, **top.properties}
        for name in top.properties.keys() & part.properties.keys():
            places: dict[str | None, str] = {}
            for place in (*top.properties[name], *part.properties[name]):
                home = self._document.find(place)
                places.setdefault(None if home is None else home[0], place)
            found[name] = tuple(places.values())
        return found

    def _warn(self, pointer: str, what: str) -> None:
        advice = "leave it out"
        self._problems.add(self._document.problem(pointer, what, advice, Severity.WARNING))


def _nothing_said(pointer: str) -> Merged:
    return Merged(pointer=pointer, home=pointer, keywords={}, properties={}, own=frozenset())


def _limits_others(one: Merged, other: Merged) -> bool:
    """Tell whether one schema says something of properties that only the other knows."""
    value = one.get("additionalProperties")
    if value is None or value is True or value == {}:
        return False
    return bool(other.properties.keys() - one.properties.keys()) or (
        "patternProperties" in other.keywords or "additionalProperties" in other.keywords
    )


def _one(name: str, top: Keyword, part: Keyword | None) -> Keyword | None:
    """Choose what a keyword says; None when it takes both to say it."""
    if part is None or (top.value == part.value and name != "properties"):
        return top
    if name == "x-sensitive":
        return top if top.value is True else part
    if name in ANNOTATIONS or name.startswith("x-") or name == "discriminator":
        return top
    if name in LARGER | SMALLER and _is_number(top.value) and _is_number(part.value):
        above = float(str(top.value)) > float(str(part.value))
        return top if above == (name in LARGER) else part
    if name == "required":
        names = list(dict.fromkeys([*texts(as_list(top.value)), *texts(as_list(part.value))]))
        return _joined(top, part, list[Json](names))
    if name == "properties":
        return _joined(top, part, top.value)  # joined apart, by their pointers
    if name == "type":
        return _both_types(top, part)
    if name == "nullable":
        return top if top.value is False else part
    if name == "format":
        return top
    return None


def _both_types(top: Keyword, part: Keyword) -> Keyword | None:
    ours = texts(as_list(top.value) or [top.value])
    theirs = texts(as_list(part.value) or [part.value])
    both = [t for t in ours if t in theirs or (t == "integer" and "number" in theirs)]
    both += [t for t in theirs if t == "integer" and "number" in ours and t not in both]
    if not both:
        return None
    return _joined(top, part, both[0] if len(both) == 1 else list[Json](both))


def _joined(top: Keyword, part: Keyword, value: Json) -> Keyword:
    # Each once: a part that is met on many ways would be noted as often as there are ways.
    also = dict.fromkeys((*top.also, part.pointer, *part.also))
    also.pop(top.pointer, None)
    return Keyword(value=value, pointer=top.pointer, also=tuple(also))


def _home(top: Merged, part: Merged) -> str:
    """Tell whose class it is: that of the reference, unless something adds to its rules."""
    inline = part.home.startswith(top.pointer + "/allOf/")
    if top.home == top.pointer and not top.rules - {"type"} and not inline:
        return part.home
    return top.pointer if part.rules - {"type"} else top.home


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
