"""`x-header-role`: each role has one header, and AsyncAPI's `correlationId` names the same."""

from .document import Document
from .messages import message_pointers, parts, property_names, property_places, schema_of
from .pointers import as_object, as_text, join, split
from .problems import Problems
from .structure import Structure

HEADER = "$message.header#/"


def check_header_roles(document: Document, structure: Structure, problems: Problems) -> None:
    """Report roles that two headers of a message claim. The message's traits are applied."""
    for message in message_pointers(document, structure):
        schema = schema_of(document, message, "headers")
        if schema is None:
            continue
        roles = _roles(document, schema)
        for role, headers in roles.items():
            first, *others = headers.items()
            for name, place in others:
                what = f"the headers {first[0]!r} and {name!r} both have the role {role}"
                problems.add(document.problem(place, what, "keep one of the two"))
        found = document.find(join(message, "correlationId"))
        location = as_text(as_object(found[1] if found else None).get("location")) or ""
        claimed = roles.get("correlation-id", {})
        if found is None or not claimed or not location.startswith(HEADER):
            continue
        steps = split(location.removeprefix("$message.header#"))
        if steps[0] in property_names(document, schema) and steps[0] not in claimed:
            what = f"the header {steps[0]!r} is not the one with the role correlation-id"
            advice = f"name {next(iter(claimed))!r}, or move x-header-role"
            problems.add(document.problem(join(found[0], "location"), what, advice))


def _roles(document: Document, schema: str) -> dict[str, dict[str, str]]:
    """Return the headers of each role, with the place that says so."""
    roles: dict[str, dict[str, str]] = {}
    for name in property_names(document, schema):
        for place in property_places(document, schema, name):
            for part in parts(document, place):
                role = as_text(as_object(document.look(part)).get("x-header-role"))
                if role is not None:
                    # A header's own place: two headers may refer to one schema.
                    roles.setdefault(role, {}).setdefault(name, place)
    return roles
