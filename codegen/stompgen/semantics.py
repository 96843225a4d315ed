"""Rules between objects, most of which other AsyncAPI parsers do not check in 3.x documents."""

import re
from collections.abc import Iterable
from unicodedata import category

from .discriminators import check_discriminators
from .document import Document
from .messages import message_pointers, missing_step, operation_objects, property_names, schema_of
from .naming import snake_case
from .pointers import Json, as_list, as_object, as_text, join, split, texts
from .problems import Problems
from .schema_check import all_schemas
from .stomp import PROTOCOLS, speaks_stomp
from .structure import Structure
from .words import did_you_mean

STOMP_VERSIONS = ("1.0", "1.1", "1.2")
VARIABLE = re.compile(r"\{([^{}]*)\}")
LOCATION = re.compile(r"\$message\.(header|payload)(?:#((?:/(?:[^~/]|~[01])*)*))?")


def check_semantics(document: Document, structure: Structure, problems: Problems) -> None:
    """Report what is wrong between the objects of a document."""
    checker = _Checker(document, structure, problems)
    checker.servers()
    checker.addresses()
    checker.header_names()
    checker.operations()
    checker.correlation()
    checker.names()
    check_discriminators(document, structure, problems)


class _Checker:
    def __init__(self, document: Document, structure: Structure, problems: Problems) -> None:
        self._document = document
        self._structure = structure
        self._problems = problems
        # What AsyncAPI's own parser refuses in 2.x documents, it does not look at in 3.x ones.
        self._strict = "error" if document.upgraded else "warning"

    # Servers.

    def servers(self) -> None:
        """Variables are used and declared; a default is among the values."""
        for pointer in self._structure.of_kind("Server"):
            server = as_object(self._document.written(pointer))
            declared = as_object(server.get("variables"))
            used: set[str] = set()
            for part in ("host", "pathname"):
                for name in VARIABLE.findall(as_text(server.get(part)) or ""):
                    used.add(name)
                    if name not in declared:
                        what = f"the variable {name!r} is not declared"
                        advice = did_you_mean(name, declared)
                        self._report(join(pointer, part), what, advice, self._strict)
            for name in declared:
                if name not in used:
                    what = f"neither host nor pathname uses the variable {name!r}"
                    advice = did_you_mean(name, used) if used else "remove it"
                    self._report(join(pointer, "variables", name), what, advice, self._strict)
            self._protocol_version(pointer, server)
        for pointer in self._structure.of_kind("ServerVariable"):
            self._default(pointer)
        for pointer in self._structure.of_kind("Parameter"):
            self._default(pointer)

    def _protocol_version(self, pointer: str, server: dict[str, Json]) -> None:
        version = as_text(server.get("protocolVersion"))
        if version is None or as_text(server.get("protocol")) not in PROTOCOLS:
            return
        if version not in STOMP_VERSIONS:
            what = f"there is no STOMP {version!r}"
            advice = did_you_mean(version, STOMP_VERSIONS)
            self._report(join(pointer, "protocolVersion"), what, advice, "warning")

    def _default(self, pointer: str) -> None:
        value = as_object(self._document.written(pointer))
        default, enum = as_text(value.get("default")), texts(as_list(value.get("enum")))
        if default is not None and enum and default not in enum:
            what = f"the default {default!r} is not in the enum"
            advice = did_you_mean(default, enum)
            self._report(join(pointer, "default"), what, advice, self._strict)

    # Channels.

    def addresses(self) -> None:
        """A STOMP destination tells what a message is: what is received comes on one of its own.

        It has to where the document tells how conversations go; others are only warned.
        """
        stomp = speaks_stomp(self._document)
        received = self._receiving_channels() if stomp and self._tells() else set[str]()
        seen: dict[str, list[tuple[str, str]]] = {}
        for key in as_object(self._document.data.get("channels")):
            found = self._document.find(join("/channels", key))
            address = as_text(as_object(found[1] if found else None).get("address"))
            if found is None or address is None:
                continue
            if others := seen.get(address):
                both = found[0] in received and any(at in received for _, at in others)
                what = f"the address {address!r} is also that of channel {others[0][0]!r}"
                advice = "make one channel of the two"
                severity = "error" if both else "warning"
                self._report(join(found[0], "address"), what, advice, severity)
            seen.setdefault(address, []).append((key, found[0]))
            self._one_line(join(found[0], "address"), address)

    def _tells(self) -> bool:
        """Tell whether the author wrote of conversations, and not only of a `reply`."""
        written = as_object(self._document.read_as.data.get("operations")).values()
        return any("x-conversation" in as_object(operation) for operation in written)

    def _receiving_channels(self) -> set[str]:
        """Return the pointers of the channels on which something is received."""
        places = [
            self._document.find(join("/operations", key, "channel"))
            for key, operation in operation_objects(self._document).items()
            if operation.get("action") == "receive"
        ]
        return {place[0] for place in places if place is not None}

    def header_names(self) -> None:
        """A credential's header is a header."""
        for pointer in self._structure.of_kind("SecurityScheme"):
            if (
                name := as_text(as_object(self._document.written(pointer)).get("name"))
            ) is not None:
                self._one_line(join(pointer, "name"), name)

    def _one_line(self, pointer: str, text: str) -> None:
        """What travels in a frame's head could end its line, and so add headers of its own."""
        if any(category(char) == "Cc" for char in text):
            self._report(pointer, f"{text!r} has a control character", "remove it")

    # Operations.

    def operations(self) -> None:
        """Messages are those of the channel."""
        for key in operation_objects(self._document):
            pointer = self._document.resolve(join("/operations", key))
            self._messages(pointer)
            if self._document.find(join(pointer, "reply", "channel")) is not None:
                self._messages(self._document.resolve(join(pointer, "reply")))

    def _messages(self, pointer: str) -> None:
        channel = self._document.find(join(pointer, "channel"))
        if channel is None:
            return
        owner = as_object(self._document.at(pointer))
        prefix = as_text(as_object(owner.get("channel")).get("$ref")) or ""
        names = as_object(as_object(channel[1]).get("messages"))
        for index, item in enumerate(as_list(owner.get("messages"))):
            place = join(pointer, "messages", index)
            target = as_text(as_object(item).get("$ref"))
            if target is None or self._document.find(place) is None:
                continue  # reported as no reference, or as dangling
            if not target.startswith(f"{prefix}/messages/"):
                what = f"the message {target} is not one of the operation's channel"
                known = [f"{prefix}{join('/messages', name)}" for name in names]
                name = target.rpartition("/")[2]
                advice = f"write {prefix}/messages/{name}" if name in names else _known(known)
                self._report(join(place, "$ref"), what, advice)

    # Messages.

    def correlation(self) -> None:
        """Run-time expressions are written right and lead to a property."""
        for pointer in self._structure.of_kind("CorrelationId"):
            self._location(pointer)
        for pointer in self._structure.of_kind("ReplyAddress"):
            self._location(pointer)
        for message in message_pointers(self._document, self._structure):
            found = self._document.find(join(message, "correlationId"))
            location = as_text(as_object(found[1] if found else None).get("location"))
            match = LOCATION.fullmatch(location or "")
            if found is None or match is None or not match[2]:
                continue
            part = {"header": "headers", "payload": "payload"}[match[1]]
            place = join(found[0], "location")
            schema = schema_of(self._document, message, part)
            name = split(message)[-1]
            if schema is None and self._document.find(join(message, part)) is not None:
                continue  # in another schema language, which has been reported
            if schema is None:
                what = f"the message {name!r} has no {part}"
                self._report(place, what, f"give it {part}", "warning")
            elif (step := missing_step(self._document, schema, split(match[2]))) is not None:
                what = f"the {part} of message {name!r} have no {step!r}"
                what = what if part == "headers" else what.replace(" have no", " has no")
                names = property_names(self._document, schema)
                self._report(place, what, did_you_mean(step, names), "warning")

    def _location(self, pointer: str) -> None:
        location = as_text(as_object(self._document.written(pointer)).get("location"))
        if location is not None and not LOCATION.fullmatch(location):
            what = f"{location!r} is not a run-time expression"
            advice = "write it as $message.header#/name or $message.payload#/name"
            self._report(join(pointer, "location"), what, advice)

    # Names.

    def names(self) -> None:
        """No two operations, or fields of one object, have the same name in Python."""
        operations = as_object(self._document.data.get("operations"))
        self._clashes("/operations", operations, "operations")
        for pointer, schema in all_schemas(self._document, self._structure):
            properties = as_object(schema.get("properties"))
            self._clashes(join(pointer, "properties"), properties, "properties")

    def _clashes(self, pointer: str, names: Iterable[str], what: str) -> None:
        seen: dict[str, str] = {}
        for name in names:
            python = snake_case(name)
            if python in seen:
                text = f"{what} {seen[python]!r} and {name!r} are both {python!r} in Python"
                self._report(join(pointer, name), text, "rename one of them", "warning")
            seen.setdefault(python, name)

    def _report(self, pointer: str, what: str, advice: str, severity: str = "error") -> None:
        self._problems.add(self._document.problem(pointer, what, advice, severity))


def _known(names: list[str]) -> str:
    return "known: " + ", ".join(names) if names else "the channel has no messages"


def value_as(schema: dict[str, Json], text: str) -> Json:
    """Read a server variable's text as the type that its `x-schema` names."""
    if schema.get("type") == "integer" and re.fullmatch(r"-?[0-9]{1,18}", text):
        return int(text)
    return text
