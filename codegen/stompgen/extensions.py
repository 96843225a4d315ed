"""Our `x-` keys: spelled right, of the right shape, in the right place.

What `x-conversation` says about other operations is checked in `conversations.py`. The shapes are
described a second time, for editors and other tools, in `x-extensions.schema.json`.
"""

from collections.abc import Iterator

from .conversations import check_conversation
from .document import Document
from .header_roles import check_header_roles
from .messages import missing_step, operation_objects, parts, payloads
from .ours import is_ours
from .pointers import Json, as_list, as_object, as_text, join, parent, split
from .problems import Problems
from .schema_check import all_schemas
from .structure import Structure
from .words import did_you_mean, kind_of, nearest

SCHEMA = frozenset({"schema"})
PLACES: dict[str, frozenset[str]] = {
    "x-perspective": frozenset({"Info"}),
    "x-client-name": frozenset({"Info"}),
    "x-sources": frozenset({"Info"}),
    "x-transport": frozenset({"Server"}),
    "x-schema": frozenset({"Parameter", "ServerVariable"}),
    "x-conversation": frozenset({"Operation", "OperationTrait"}),
    "x-sensitive": SCHEMA | {"SecurityScheme"},
    "x-open-enum": SCHEMA,
    "x-enum-values": SCHEMA,
    "x-unit": SCHEMA,
    "x-unit-of": SCHEMA,
    "x-header-role": SCHEMA,
    "x-source": SCHEMA
    | {"Message", "Channel", "Operation", "Server", "ServerVariable", "SecurityScheme"}
    | {"MessageTrait", "OperationTrait"},
    "x-header-of": frozenset({"SecurityScheme"}),
    "x-obtained-from": frozenset({"SecurityScheme"}),
}
"""Our keys and the objects on which they mean something."""


CHOICES = {
    "x-perspective": ("client",),
    "x-header-of": ("stomp-connect",),
    "x-header-role": ("correlation-id", "message-id", "publisher-id"),
}
CONFIDENCES = ("high", "medium", "low", "invented")
TRUSTS = ("high", "medium", "low")
OBJECT_KEYS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "x-transport": (frozenset({"protocol"}), frozenset({"subprotocols"})),
    "x-source": (frozenset({"from", "confidence"}), frozenset({"note"})),
    "x-obtained-from": (frozenset({"operation", "payload"}), frozenset()),
}
"""Required and optional keys inside the extensions that are objects."""


def check_extensions(document: Document, structure: Structure, problems: Problems) -> None:
    """Report every `x-` key of ours that is misspelt, misplaced or says something impossible."""
    objects = list(_objects(document, structure))
    # Others use some of these names too, and mean something else.
    checker = _Checker(document, problems, "error" if is_ours(document) else "warning")
    for pointer, kind, value in objects:
        for name in value:
            if name.startswith("x-"):
                checker.key(pointer, kind, name, value)
    for key, operation in operation_objects(document).items():
        if "x-conversation" in operation:
            check_conversation(document, key, problems)
    check_header_roles(document, structure, problems)


def _objects(
    document: Document, structure: Structure
) -> Iterator[tuple[str, str, dict[str, Json]]]:
    for pointer, kind in structure.kinds.items():
        if kind != "schema":
            yield pointer, kind, as_object(document.written(pointer))
    for pointer, schema in all_schemas(document, structure):
        yield pointer, "schema", schema


class _Checker:
    def __init__(self, document: Document, problems: Problems, severity: str) -> None:
        self._severity = severity
        self._document = document
        self._problems = problems
        self._sources = as_object(as_object(document.data.get("info")).get("x-sources"))
        self._operations = operation_objects(document)

    def key(self, pointer: str, kind: str, name: str, owner: dict[str, Json]) -> None:
        """Check one `x-` key of an object."""
        place = join(pointer, name)
        if name not in PLACES:
            # Without `x-`, which would make any two of them alike.
            near = nearest(name[2:], [known[2:] for known in PLACES], cutoff=0.8)
            if near is not None:
                what = f"unknown extension {name!r}"
                self._report(place, what, f"did you mean 'x-{near}'?")
            return
        if kind not in PLACES[name]:
            self._report(place, f"{name} means nothing here", f"it belongs on: {_places(name)}")
            return
        value = owner[name]
        if name in CHOICES:
            self._choice(place, value, CHOICES[name])
        elif name in OBJECT_KEYS:
            required, optional = OBJECT_KEYS[name]
            if self._keys(place, value, required, optional):
                self._object(name, place, as_object(value))
        elif name == "x-sensitive":
            if value is not True:
                self._report(place, f"expected true, got {_shown(value)}", "leave it out instead")
        elif name == "x-sources":
            self._legend(place, value)
        elif name in ("x-open-enum", "x-enum-values"):
            self._descriptions(name, place, value, owner)
        elif name in ("x-client-name", "x-unit", "x-unit-of"):
            if self._text(place, value) and name == "x-unit-of":
                self._unit_of(pointer, str(value))
            elif value == "currency-minor":
                self._minor_units(pointer)
        elif name == "x-schema" and not isinstance(value, dict):
            self._report(place, f"expected a schema (an object), got {kind_of(value)}", "")

    def _object(self, name: str, place: str, value: dict[str, Json]) -> None:
        if name == "x-source":
            self._source(place, value)
        elif name == "x-transport":
            if "protocol" in value:
                self._choice(join(place, "protocol"), value["protocol"], ("wss", "ws"))
            self._texts(join(place, "subprotocols"), value.get("subprotocols", []))
        else:
            self._obtained_from(place, value)

    def _source(self, place: str, value: dict[str, Json]) -> None:
        if "confidence" in value:
            self._choice(join(place, "confidence"), value["confidence"], CONFIDENCES)
        if "note" in value:
            self._text(join(place, "note"), value["note"])
        if "from" not in value:
            return
        origin, at = value["from"], join(place, "from")
        if not isinstance(origin, list):
            origins: list[tuple[str, Json]] = [(at, origin)]
        else:
            origins = [(join(at, index), item) for index, item in enumerate(origin)]
            if not origin:
                self._report(at, "no source is named", "name one of info.x-sources")
        for item_place, item in origins:
            if self._text(item_place, item) and item not in self._sources:
                what = f"{item!r} is not among info.x-sources"
                self._report(item_place, what, did_you_mean(str(item), self._sources))

    def _legend(self, place: str, value: Json) -> None:
        if not isinstance(value, dict):
            self._report(place, f"expected an object, got {kind_of(value)}", "")
            return
        for key, source in value.items():
            at = join(place, key)
            if self._keys(at, source, frozenset({"title", "trust"}), frozenset({"url"})):
                fields = as_object(source)
                for name in ("title", "url"):
                    if name in fields:
                        self._text(join(at, name), fields[name])
                if "trust" in fields:
                    self._choice(join(at, "trust"), fields["trust"], TRUSTS)

    def _obtained_from(self, place: str, value: dict[str, Json]) -> None:
        key, payload = as_text(value.get("operation")), as_text(value.get("payload"))
        for name in ("operation", "payload"):
            if name in value:
                self._text(join(place, name), value[name])
        if key is None or payload is None:
            return
        at = join(place, "operation")
        if key not in self._operations:
            self._report(at, f"there is no operation {key!r}", did_you_mean(key, self._operations))
        elif self._operations[key].get("action") != "receive":
            self._report(at, f"{key!r} does not receive", "name a receive operation")
        else:
            for schema in payloads(self._document, key):
                if (step := _missing(self._document, schema, payload)) is not None:
                    what = f"the payload of {key!r} has no {step!r}"
                    self._report(join(place, "payload"), what, "point to a property")

    def _descriptions(self, name: str, place: str, value: Json, owner: dict[str, Json]) -> None:
        if not isinstance(value, dict):
            what = f"expected an object (value: description), got {kind_of(value)}"
            self._report(place, what, "")
            return
        for key, text in value.items():
            if text is not None and not isinstance(text, str):
                self._report(join(place, key), f"expected a text, got {kind_of(text)}", "")
        if name == "x-open-enum":
            if "enum" in owner:
                advice = "keep enum when the list is closed, x-open-enum when it is open"
                self._report(place, "x-open-enum and enum contradict each other", advice)
            if owner.get("type") != "string":
                self._report(place, "x-open-enum needs 'type: string' beside it", "add it")
            if not value:
                self._report(place, "no value is known", "name some, or remove the key")
            return
        if "enum" not in owner:
            self._report(place, "x-enum-values needs an enum beside it", "add it")
            return
        known = [str(item) for item in as_list(owner["enum"])]
        for key in value:
            if key not in known:
                what = f"{key!r} is described but is not in the enum"
                self._report(join(place, key), what, did_you_mean(key, known))

    def _unit_of(self, pointer: str, name: str) -> None:
        """A single word names the sibling with the currency; anything else is prose."""
        steps = split(pointer)
        if len(steps) < 2 or steps[-2] != "properties" or not name.isidentifier():
            return
        owner = parent(parent(pointer))
        siblings = as_object(as_object(self._document.written(owner)).get("properties"))
        if name not in siblings and (near := nearest(name, siblings)) is not None:
            what = f"there is no property {name!r} beside {steps[-1]!r}"
            self._report(join(pointer, "x-unit-of"), what, f"did you mean {near!r}?")
        elif name not in siblings:
            what = f"there is no property {name!r} beside {steps[-1]!r}"
            advice = "name the property with the unit, or say in words where it is"
            self._report(join(pointer, "x-unit-of"), what, advice)

    def _minor_units(self, pointer: str) -> None:
        schemas = [as_object(self._document.look(part)) for part in parts(self._document, pointer)]
        types = [name for schema in schemas for name in _listed(schema.get("type"))]
        if "integer" not in types:
            what = "an amount in minor units is a whole number: expected 'type: integer'"
            self._report(join(pointer, "x-unit"), what, "mend the type or the unit")

    # Shapes.

    def _keys(
        self, place: str, value: Json, required: frozenset[str], optional: frozenset[str]
    ) -> bool:
        if not isinstance(value, dict):
            self._report(place, f"expected an object, got {kind_of(value)}", "")
            return False
        for name in value:
            if name not in required | optional:
                advice = did_you_mean(name, required | optional)
                self._report(join(place, name), f"unknown key {name!r}", advice)
        for name in sorted(required - value.keys()):
            self._report(place, f"{split(place)[-1]} lacks {name!r}", "add it")
        return True

    def _choice(self, place: str, value: Json, known: tuple[str, ...]) -> None:
        if self._text(place, value) and value not in known:
            self._report(place, f"{value!r} is not allowed here", did_you_mean(str(value), known))

    def _text(self, place: str, value: Json) -> bool:
        if isinstance(value, str) and value:
            return True
        what = "expected a text, got an empty one" if value == "" else None
        self._report(place, what or f"expected a text, got {kind_of(value)}", "")
        return False

    def _texts(self, place: str, value: Json) -> None:
        if not isinstance(value, list):
            self._report(place, f"expected a list, got {kind_of(value)}", "")
        for index, item in enumerate(as_list(value)):
            self._text(join(place, index), item)

    def _report(self, pointer: str, what: str, advice: str) -> None:
        self._problems.add(self._document.problem(pointer, what, advice, self._severity))


def _missing(document: Document, schema: str, pointer: str) -> str | None:
    if pointer and not pointer.startswith("/"):
        return pointer
    return missing_step(document, schema, split(pointer))


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def _places(name: str) -> str:
    return ", ".join(sorted(kind[0].lower() + kind[1:] for kind in PLACES[name]))


def _shown(value: Json) -> str:
    return "false" if value is False else kind_of(value)
