"""The structure: every object has the fields that AsyncAPI gives it, and no others.

The descriptions are in `objects.py`. Schemas are found here and examined in `schema_check.py`.
"""

import re
from collections.abc import Iterator

import attrs

from .document import Document
from .objects import (
    COMPONENTS,
    IN_WORDS,
    MULTI_FORMAT,
    NEEDED_BY_TYPE,
    NO_REFERENCE,
    OBJECTS,
    Field,
    is_json_schema,
)
from .objects_2 import OBJECTS_2
from .pointers import Json, as_list, as_object, as_text, join
from .problems import Problems
from .references import FILES
from .words import did_you_mean, kind_of

ONE_OF = Field("oneOf", "list of Message", required=True)
VERSION = re.compile(r"(2\.[0-6]|3\.[01])\.[0-9]+(-[0-9A-Za-z.\-]+)?")
LATER_VERSION = re.compile(r"[23]\.[0-9]+\.[0-9]+(-[0-9A-Za-z.\-]+)?")
COMPONENT_KEY = re.compile(r"[\w.\-]+")
SIMPLE_KINDS = {"text": "a text", "text?": "a text or null", "boolean": "a boolean"}
TYPES: dict[str, tuple[type, ...]] = {
    "a text": (str,),
    "a text or null": (str, type(None)),
    "a boolean": (bool,),
    "a list": (list,),
    "an object": (dict,),
}


@attrs.frozen
class Structure:
    """Which kind of object stands where, by JSON pointer; references are not in it."""

    kinds: dict[str, str]
    schemas: tuple[str, ...]
    """Pointers of the outermost schemas: components, payloads, headers."""

    def of_kind(self, kind: str) -> Iterator[str]:
        """Yield the pointers of all objects of a kind."""
        return (pointer for pointer, found in self.kinds.items() if found == kind)


def check_version(document: Document, problems: Problems) -> bool:
    """Report a version that is not supported; tell whether to go on."""
    document = document.read_as
    version = document.data.get("asyncapi")
    if isinstance(version, str) and VERSION.fullmatch(version):
        return True
    if isinstance(version, str) and LATER_VERSION.fullmatch(version):
        read_as = "2.6.0" if version.startswith("2.") else "3.1.0"
        what = f"AsyncAPI {version} is not known; it is read as {read_as}"
        problems.add(document.problem("/asyncapi", what, "expect surprises", "warning"))
        return True
    if "asyncapi" not in document.data:
        what, advice = "the document lacks 'asyncapi'", "start it with 'asyncapi: 3.0.0'"
    elif isinstance(version, str):
        what, advice = f"AsyncAPI {version!r} is not supported", "convert it to 3.0.0"
    else:
        what, advice = f"expected a text, got {kind_of(version)}", "write 'asyncapi: 3.0.0'"
    problems.add(document.problem("/asyncapi", what, advice))
    return False


def check_structure(document: Document, problems: Problems) -> Structure:
    """Report every object that lacks a field, has one too many or one of the wrong type.

    Of a document that was read as AsyncAPI 2.x, and only of such a one, it speaks the words of 2.x.
    """
    if document.upgraded:
        # Our own 3.x document is right where the document that was read is.
        _examined(document.read_as, problems)
        return _examined(document, Problems())
    return _examined(document, problems)


def structure_2(document: Document) -> Structure:
    """Return which object stands where in a 2.x document."""
    return _examined(document, Problems())


def is_version_2(document: Document) -> bool:
    """Tell whether a document, as its text has it, is to be read by AsyncAPI 2.x."""
    return (as_text(document.data.get("asyncapi")) or "").startswith("2.")


def _examined(document: Document, problems: Problems) -> Structure:
    walker = _Walker(document, problems, OBJECTS_2 if is_version_2(document) else OBJECTS)
    walker.examine(document.data, "", "AsyncAPI")
    walker.reference_kinds()
    return Structure(walker.kinds, tuple(walker.schemas))


class _Walker:
    def __init__(
        self, document: Document, problems: Problems, objects: dict[str, dict[str, Field]]
    ) -> None:
        self.kinds: dict[str, str] = {}
        self.schemas: list[str] = []
        self._references: list[tuple[str, str]] = []
        self._examined: set[tuple[str, str]] = set()
        self._document = document
        self._problems = problems
        self._objects = objects
        components = as_object(document.look("/components"))
        self._schemes = as_object(components.get("securitySchemes")).keys()
        self._servers = as_object(document.data.get("servers")).keys()

    def reference_kinds(self) -> None:
        """Report references that lead to another kind of object than the place needs.

        What stands in another file, or in no place of its own, is examined when the first
        reference to it tells what it is; it may have references too.
        """
        seen: set[tuple[str, str]] = set()
        for pointer, kind in self._references:
            if (pointer, kind) in seen:
                continue  # a `$ref` that is no text leads to itself
            seen.add((pointer, kind))
            if (found := self._document.find(pointer)) is None:
                continue  # reported as dangling
            if found[0] not in self.kinds and self._is_homeless(found[0], kind):
                self._examine_once(found[1], found[0], kind)
            if (there := self.kinds.get(found[0], kind)) != kind:
                what = f"$ref leads to {IN_WORDS[there]}, expected {IN_WORDS[kind]}"
                advice = f"point to {IN_WORDS[kind]}"
                # As a schema, any object can be read: its fields are unknown keywords.
                severity = "warning" if kind == "schema" else "error"
                self._report(join(pointer, "$ref"), what, advice, severity)

    def _is_homeless(self, pointer: str, kind: str) -> bool:
        return kind != "schema" or pointer.startswith(f"/{FILES}/")

    def _examine_once(self, value: Json, pointer: str, kind: str) -> None:
        """Check what a reference leads to: not again when it leads back to itself."""
        if (pointer, kind) not in self._examined:
            self._examined.add((pointer, kind))
            self._value(value, pointer, kind)

    def examine(self, value: Json, pointer: str, kind: str) -> None:
        """Check one object and what is in it."""
        if not isinstance(value, dict):
            what = f"expected {IN_WORDS[kind]} (an object), got {kind_of(value)}"
            self._report(pointer, what, "")
            return
        if "$ref" in value and kind not in NO_REFERENCE:
            self._reference(value, pointer, kind)
            return
        self.kinds[pointer] = kind
        self._fields(value, pointer, self._objects[kind], IN_WORDS[kind])
        if kind == "SecurityScheme":
            self._security_scheme(value, pointer)
        elif kind == "Components":
            self._component_keys(value, pointer)
        elif kind == "Message" and self._objects is OBJECTS_2:
            self._payload(value, pointer)
        elif kind == "Channel" and self._objects is OBJECTS_2:
            for index, name in enumerate(as_list(value.get("servers"))):
                if isinstance(name, str) and name not in self._servers:
                    place = join(pointer, "servers", index)
                    what = f"there is no server {name!r}"
                    self._report(place, what, did_you_mean(name, self._servers))

    def _fields(
        self, value: dict[str, Json], pointer: str, fields: dict[str, Field], words: str
    ) -> None:
        for name, item in value.items():
            if (field := fields.get(name)) is not None:
                self._value(item, join(pointer, name), field.kind)
            elif not name.startswith("x-"):
                what = f"{words} has no field {name!r}"
                advice = did_you_mean(name, fields)
                # 2.0 says of examples only that they are objects.
                free = words == IN_WORDS["MessageExample"] and self._document.version.startswith(
                    "2.0."
                )
                severity = "warning" if free else "error"
                self._report(join(pointer, name), what, advice, severity)
        for field in fields.values():
            if field.required and field.name not in value:
                self._report(pointer, f"{words} lacks {field.name!r}", "add it")

    def _value(self, value: Json, pointer: str, kind: str) -> None:
        if kind.startswith("list of "):
            if self._is(value, pointer, "a list"):
                for index, item in enumerate(value if isinstance(value, list) else []):
                    self._value(item, join(pointer, index), kind.removeprefix("list of "))
        elif kind.startswith("map of "):
            if self._is(value, pointer, "an object"):
                for name, item in as_object(value).items():
                    self._value(item, join(pointer, name), kind.removeprefix("map of "))
        elif kind.startswith("one of "):
            self._one_of(value, pointer, kind.removeprefix("one of ").split())
        elif kind.startswith("ref "):
            self._only_reference(value, pointer, kind.removeprefix("ref "))
        elif kind == "schema":
            self._schema(value, pointer)
        elif kind == "bindings":
            self._bindings(value, pointer)
        elif kind == "choice of messages":
            self._choice_of_messages(value, pointer)
        elif kind == "requirement":
            self._requirement(value, pointer)
        elif kind in SIMPLE_KINDS:
            self._is(value, pointer, SIMPLE_KINDS[kind])
        elif kind not in ("any", "payload"):
            self.examine(value, pointer, kind)

    def _is(self, value: Json, pointer: str, words: str) -> bool:
        if isinstance(value, TYPES[words]):
            return True
        scalar = value is not None and not isinstance(value, dict | list)
        advice = "write it in quotes" if words.startswith("a text") and scalar else ""
        self._report(pointer, f"expected {words}, got {kind_of(value)}", advice)
        return False

    def _one_of(self, value: Json, pointer: str, known: list[str]) -> None:
        if self._is(value, pointer, "a text") and value not in known:
            self._report(pointer, f"{value!r} is not allowed here", did_you_mean(str(value), known))

    def _only_reference(self, value: Json, pointer: str, kind: str) -> None:
        if isinstance(value, dict) and "$ref" in value:
            self._reference(value, pointer, kind)
        elif isinstance(value, dict) and kind in ("Channel", "Message"):
            # What is meant is plain, and documents whose references were resolved look like this.
            what = f"expected a $ref to {IN_WORDS[kind]}, got {kind_of(value)}: it is used as it is"
            self._report(pointer, what, "define it elsewhere and point to it", "warning")
            self.examine(value, pointer, kind)
        else:
            what = f"expected a $ref to {IN_WORDS[kind]}, got {kind_of(value)}"
            self._report(pointer, what, "define it elsewhere and point to it")

    def _reference(self, value: dict[str, Json], pointer: str, kind: str) -> None:
        self._references.append((pointer, kind))
        for name in value:
            if name != "$ref":
                what = f"{name!r} beside $ref is ignored"
                advice = "use allOf: [{$ref: …}]" if kind == "schema" else "remove it"
                self._report(join(pointer, name), what, advice, "warning")

    def _schema(self, value: Json, pointer: str) -> None:
        if isinstance(value, bool):
            return
        if not isinstance(value, dict):
            self._report(pointer, f"expected a schema (an object), got {kind_of(value)}", "")
        elif "$ref" in value:
            self._reference(value, pointer, "schema")
        elif "schemaFormat" in value:
            self._fields(value, pointer, MULTI_FORMAT, "a schema with a format")
            if is_json_schema(value["schemaFormat"]) and not isinstance(
                value.get("schema"), dict | bool
            ):
                what = f"expected a schema, got {kind_of(value.get('schema'))}: any value is taken"
                self._report(join(pointer, "schema"), what, "write a schema", "warning")
            elif is_json_schema(value["schemaFormat"]):
                self._schema(value.get("schema"), join(pointer, "schema"))
            else:
                self._foreign(value["schemaFormat"], join(pointer, "schemaFormat"))
        else:
            self.kinds[pointer] = "schema"
            self.schemas.append(pointer)

    def _foreign(self, stated: Json, place: str) -> None:
        language = str(stated).partition(";")[0].strip()
        what = f"schemas in {language} are not supported: any value is taken here"
        self._report(place, what, "write it as a JSON Schema", "warning")

    # What only 2.x has.

    def _payload(self, message: dict[str, Json], pointer: str) -> None:
        stated = message.get("schemaFormat")
        if isinstance(stated, str) and not is_json_schema(stated):
            self._foreign(stated, join(pointer, "schemaFormat"))
        elif "payload" in message:
            self._schema(message["payload"], join(pointer, "payload"))

    def _choice_of_messages(self, value: Json, pointer: str) -> None:
        choice = as_object(value)
        if "oneOf" not in choice or "$ref" in choice:
            self.examine(value, pointer, "Message")
            return
        self._fields(choice, pointer, {"oneOf": ONE_OF}, "a choice of messages")

    def _requirement(self, value: Json, pointer: str) -> None:
        if not self._is(value, pointer, "an object"):
            return
        for name, scopes in as_object(value).items():
            place = join(pointer, name)
            if name not in self._schemes:
                what = f"there is no security scheme {name!r}"
                self._report(place, what, did_you_mean(name, self._schemes))
            self._value(scopes, place, "list of text")

    def _bindings(self, value: Json, pointer: str) -> None:
        if not self._is(value, pointer, "an object"):
            return
        fields = as_object(value)
        if "$ref" in fields:
            self._reference(fields, pointer, "bindings")
            return
        self.kinds[pointer] = "bindings"
        for protocol, binding in fields.items():
            place = join(pointer, protocol)
            if protocol.startswith("x-"):
                continue
            if not isinstance(binding, dict):
                what = f"expected an object, got {kind_of(binding)}"
                self._report(place, what, "name the protocol first", "warning")
            # STOMP binding 0.1.0: "This object MUST NOT contain any properties."
            for name in as_object(binding) if protocol == "stomp" else ():
                if not name.startswith("x-"):
                    what = "a stomp binding has no fields"
                    self._report(join(place, name), what, "remove it", "warning")

    def _security_scheme(self, value: dict[str, Json], pointer: str) -> None:
        needed = NEEDED_BY_TYPE.get(str(value.get("type")), {})
        for name, values in needed.items():
            if name not in value:
                what = f"a security scheme of type {value['type']!r} lacks {name!r}"
                self._report(pointer, what, "add it")
            elif values and value[name] not in values:
                self._one_of(value[name], join(pointer, name), list(values))

    def _component_keys(self, value: dict[str, Json], pointer: str) -> None:
        for section in COMPONENTS.keys() & value.keys():
            for key in as_object(value[section]):
                if not COMPONENT_KEY.fullmatch(key):
                    what = f"the component key {key!r} has characters that are not allowed"
                    advice = "use letters, digits, '.', '_' and '-'"
                    # AsyncAPI's own parser takes them, and class names of Java have a `$`.
                    self._report(join(pointer, section, key), what, advice, "warning")

    def _report(self, pointer: str, what: str, advice: str, severity: str = "error") -> None:
        self._problems.add(self._document.problem(pointer, what, advice, severity))
