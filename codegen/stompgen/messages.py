"""Where a document's operations, messages and payloads are, and what properties a schema has."""

from collections.abc import Iterator

from .document import Document
from .objects import is_json_schema
from .pointers import Json, as_list, as_object, as_text, join
from .structure import Structure

MAX_PARTS = 200
"""Schemas looked through for one property; only unions of unions need more."""


def operation_objects(document: Document) -> dict[str, dict[str, Json]]:
    """Return the document's operations by key."""
    found: dict[str, dict[str, Json]] = {}
    for key in as_object(document.data.get("operations")):
        place = document.find(join("/operations", key))
        if place is not None and isinstance(place[1], dict):
            found[key] = place[1]
    return found


def message_pointers(document: Document, structure: Structure) -> Iterator[str]:
    """Yield the pointers of all messages."""
    return (pointer for pointer in structure.of_kind("Message") if document.find(pointer))


def operation_messages(document: Document, key: str) -> list[str]:
    """Return the pointers of an operation's messages, references followed."""
    operation_place = document.find(join("/operations", key))
    if operation_place is None:
        return []
    at, value = operation_place
    operation = as_object(value)
    if "messages" in operation:
        places = [join(at, "messages", i) for i in range(len(as_list(operation["messages"])))]
    else:
        channel = document.find(join(at, "channel"))
        if channel is None:
            return []
        names = as_object(as_object(channel[1]).get("messages"))
        places = [join(channel[0], "messages", name) for name in names]
    return [found[0] for place in places if (found := document.find(place)) is not None]


def schema_of(document: Document, message: str, part: str) -> str | None:
    """Return the pointer of a message's `payload` or `headers` schema, references followed.

    None when there is none, or when it is in another schema language, which has been reported.
    """
    found = document.find(join(message, part))
    if found is not None and "schemaFormat" in as_object(found[1]):
        if not is_json_schema(as_object(found[1])["schemaFormat"]):
            return None
        found = document.find(join(found[0], "schema"))
    return None if found is None else found[0]


def payloads(document: Document, operation: str) -> list[str]:
    """Return the pointers of the payload schemas of an operation."""
    found = [schema_of(document, at, "payload") for at in operation_messages(document, operation)]
    return [pointer for pointer in found if pointer is not None]


def parts(document: Document, schema: str) -> list[str]:
    """Return a schema and those it is made of: `allOf`, `oneOf`, `anyOf`, references followed."""
    seen: dict[str, None] = {}
    todo = [schema]
    while todo and len(seen) < MAX_PARTS:
        found = document.find(todo.pop())
        if found is None or found[0] in seen:
            continue
        seen[found[0]] = None
        for name in ("oneOf", "anyOf", "allOf"):
            members = as_list(as_object(found[1]).get(name))
            todo += [join(found[0], name, index) for index in reversed(range(len(members)))]
    return list(seen)


def has_property(document: Document, schema: str, name: str) -> bool:
    """Tell whether a schema, or one it is made of, names a property."""
    return property_places(document, schema, name) != []


def property_places(document: Document, schema: str, name: str) -> list[str]:
    """Return the pointers of all definitions of a property."""
    return [
        join(part, "properties", name)
        for part in parts(document, schema)
        if name in as_object(as_object(document.look(part)).get("properties"))
    ]


def property_names(document: Document, schema: str) -> list[str]:
    """Return the names of the properties of a schema and of those it is made of."""
    names: dict[str, None] = {}
    for part in parts(document, schema):
        names |= dict.fromkeys(as_object(as_object(document.look(part)).get("properties")))
    return list(names)


def missing_step(document: Document, schema: str, steps: list[str]) -> str | None:
    """Return the first step of a JSON pointer that no property of the schema provides, if any."""
    here = [schema]
    for step in steps:
        # Each place once: unions of unions lead to the same schemas again and again.
        found = [place for at in here if (place := document.find(at)) is not None]
        here = list(dict.fromkeys(place[0] for place in found))[:MAX_PARTS]
        below = [place for at in here for place in property_places(document, at, step)]
        if step.isdecimal() or step == "-":
            below += [join(part, "items") for at in here for part in parts(document, at)]
            below = [place for place in below if document.find(place) is not None]
        if not below:
            return step
        here = below
    return None


def is_required(document: Document, schema: str, name: str) -> bool:
    """Tell whether a schema, or one that it extends by `allOf`, requires a property."""
    seen: set[str] = set()
    todo = [schema]
    while todo and len(seen) < MAX_PARTS:
        found = document.find(todo.pop())
        if found is None or found[0] in seen:
            continue
        seen.add(found[0])
        value = as_object(found[1])
        if any(as_text(item) == name for item in as_list(value.get("required"))):
            return True
        members = range(len(as_list(value.get("allOf"))))
        todo += [join(found[0], "allOf", index) for index in members]
    return False
