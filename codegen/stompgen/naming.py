"""Python names: how the document's keys are spelled in the generated code, and which are taken."""

import hashlib
import keyword
import re
import unicodedata
from collections.abc import Iterable, Mapping

LONGEST = 80
"""Characters of a name; a longer one is cut, and gets letters of its own."""
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")

# Names that mean something inside the body of a generated class. A field of the same name would
# hide them from the fields below it, or from attrs.
TAKEN_ATTRIBUTES = frozenset(
    {
        "additional_properties",
        "attrs",
        "bool",
        "field_info",
        "int",
        "location",
        "optional",
        "plain",
        "schema_closed",
        "schema_conditions",
        "self",
        "stomp_versions",
        "str",
        "subprotocols",
        "tuple",
        "unknown_fields",
        "url",
    }
)
# Names that generated modules import or define beside the classes of the document.
TAKEN_CLASSES = frozenset(
    {
        "Absent",
        "API",
        "API_VERSION",
        "Action",
        "Among",
        "Any",
        "Anything",
        "Api",
        "ApiClient",
        "ApiHandler",
        "Boolean",
        "Channel",
        "Choice",
        "ClassVar",
        "ClientConnection",
        "ClientConversation",
        "ClientOptions",
        "ConnectHeader",
        "Connection",
        "Const",
        "ConversationRules",
        "Date",
        "DateText",
        "DateTime",
        "DateTimeText",
        "Deadlines",
        "Decimal",
        "Either",
        "Event",
        "Example",
        "Fits",
        "FrozenMap",
        "HeaderRoles",
        "Integer",
        "Items",
        "Json",
        "Late",
        "Literal",
        "Mapping",
        "MessageType",
        "Never",
        "Nothing",
        "Nullable",
        "Number",
        "Occurs",
        "Endpoint",
        "Of",
        "OnEnd",
        "OpenStrEnum",
        "Operation",
        "Parameter",
        "Raw",
        "Recovery",
        "Replies",
        "Reply",
        "ReplyAddress",
        "Route",
        "Row",
        "Secret",
        "SecurityScheme",
        "Server",
        "StrEnum",
        "Struct",
        "Subscription",
        "TaggedUnion",
        "TerminalWhen",
        "Text",
        "TypeAlias",
        "Undecodable",
        "Unrecognised",
        "Values",
    }
)
# Methods that the runtime's client and conversation classes have.
TAKEN_METHODS = frozenset(
    {
        "api",
        "close",
        "connect",
        "correlation_id",
        "dispatch",
        "headers",
        "next_event",
        "next_of",
        "options",
        "routes",
        "self",
        "server",
        "strays",
        "unsubscribe",
    }
)


def words(text: str) -> list[str]:
    """Take a name apart: `startPayment`, `start-payment` and `start_payment` are two words."""
    text = unicodedata.normalize("NFKC", text)
    shape = text if text.isascii() else "".join(map(_shape, text))
    return [text[found.start() : found.end()] for found in WORD.finditer(shape)]


def _shape(char: str) -> str:
    """Stand for a character of any script: a capital, another letter, a digit, or none of these."""
    if not f"a{char}".isidentifier() or char == "_":
        return "-"
    return "A" if char.isupper() else "0" if char.isdecimal() else "a"


def snake_case(text: str) -> str:
    """Spell a name as variables are spelled."""
    return _identifier("_".join(words(text)).lower())


def constant_case(text: str) -> str:
    """Spell a name as constants are spelled."""
    return _capital(_identifier("_".join(words(text)).upper()))


def pascal_case(text: str) -> str:
    """Spell a name as classes are spelled; inner capitals stay as they are."""
    return _capital(_identifier("".join(word[:1].upper() + word[1:] for word in words(text))))


def attribute(name: str, taken: Iterable[str] = TAKEN_ATTRIBUTES) -> str:
    """Make a name safe as an attribute: not a keyword, nothing that hides what is needed."""
    name = unicodedata.normalize("NFKC", name)
    return f"{name}_" if keyword.iskeyword(name) or name in taken else name


def method(key: str) -> str:
    """Name the method of an operation: `startPayment` becomes `start_payment`."""
    return attribute(snake_case(key), TAKEN_METHODS)


def credential_name(key: str) -> str:
    """Name the client's parameter for a credential, beside its own ones."""
    return attribute(snake_case(key), {"options", "self", "server"})


def reply_method(key: str) -> str:
    """Name a reply after its operation: `onPaymentResult` becomes `payment_result`."""
    parts = words(key)
    if len(parts) > 1 and parts[0] == "on":
        parts = parts[1:]
    return attribute(snake_case("_".join(parts)), TAKEN_METHODS)


def class_name(name: str) -> str:
    """Make a name safe as a class in the generated modules."""
    return f"{name}_" if name in TAKEN_CLASSES or keyword.iskeyword(name) else name


def safe_class_name(name: str) -> str:
    """Make a name safe as a class: with a capital where there is one, and nothing else's name."""
    name = name[:1].upper() + name[1:]
    return class_name(name if name.isidentifier() else f"N{name}")


def letters(text: str) -> str:
    """Return four letters that depend on nothing but a text."""
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8])
    found = ""
    for _ in range(4):
        number, rest = divmod(number, 26)
        found += chr(ord("a") + rest)
    return found


STEPS = {
    "additionalItems": "other",
    "additionalProperties": "value",
    "allOf": "part",
    "anyOf": "option",
    "contains": "item",
    "items": "item",
    "oneOf": "option",
    "patternProperties": "value",
    "payload": "",
    "properties": "",
    "definitions": "",
    "schema": "",
}


def named_from(steps: Iterable[str]) -> str:
    """Name a schema by the steps that lead to it from one that has a name.

    The place of an alternative in its list says which one it is, from A to Z.
    """
    found: list[str] = []
    keyword_before = ""
    for step in steps:
        if keyword_before in {"anyOf", "oneOf", "allOf", "items"} and step.isdecimal():
            index = int(step)
            found.append(chr(ord("a") + index) if index < 26 else letters(step))
            keyword_before = ""
        elif keyword_before in {"properties", "definitions"}:
            found.append(step)
            keyword_before = ""
        elif keyword_before == "patternProperties":
            keyword_before = ""  # a regular expression is no name
        else:
            found.append(STEPS.get(step, step))
            keyword_before = step
    return " ".join(word for word in found if word)


def clashes(names: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the names that several keys share, with those keys."""
    owners: dict[str, list[str]] = {}
    for key, name in sorted(names.items()):
        owners.setdefault(name, []).append(key)
    return {name: keys for name, keys in owners.items() if len(keys) > 1}


def _capital(name: str) -> str:
    """Spell the letter that was put before a name as the name is spelled."""
    return name[:1].upper() + name[1:] if name[:1].isascii() else name


def _identifier(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)  # as Python reads it
    if len(text) > LONGEST:
        text = f"{text[:LONGEST].rstrip('_')}_{letters(text)}"
    if not text.isidentifier():
        text = f"n{text}"  # a name that starts with a digit, or is empty
    if not text.isidentifier():
        text = f"n_{letters(text)}"
    return text
