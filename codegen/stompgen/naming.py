"""Python names: how the document's keys are spelled in the generated code, and which are taken."""

import keyword
import re
import unicodedata
from collections.abc import Iterable, Mapping

WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_A-Za-z]+")

# Names that mean something inside the body of a generated class. A field of the same name would
# hide them from the fields below it, or from attrs.
TAKEN_ATTRIBUTES = frozenset(
    {
        "attrs",
        "bool",
        "field_info",
        "int",
        "location",
        "optional",
        "plain",
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
        "Action",
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
        "Event",
        "Example",
        "FrozenMap",
        "HeaderRoles",
        "Integer",
        "Items",
        "Json",
        "Literal",
        "Mapping",
        "MessageType",
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
    return WORD.findall(unicodedata.normalize("NFKC", text))


def snake_case(text: str) -> str:
    """Spell a name as variables are spelled."""
    return _identifier("_".join(words(text)).lower())


def constant_case(text: str) -> str:
    """Spell a name as constants are spelled."""
    return _identifier("_".join(words(text)).upper())


def pascal_case(text: str) -> str:
    """Spell a name as classes are spelled; inner capitals stay as they are."""
    return _identifier("".join(word[:1].upper() + word[1:] for word in words(text)))


def attribute(name: str, taken: Iterable[str] = TAKEN_ATTRIBUTES) -> str:
    """Make a name safe as an attribute: not a keyword, nothing that hides what is needed."""
    name = unicodedata.normalize("NFKC", name)
    return f"{name}_" if keyword.iskeyword(name) or name in taken else name


def method(key: str) -> str:
    """Name the method of an operation: `startPayment` becomes `start_payment`."""
    return attribute(snake_case(key), TAKEN_METHODS)


def reply_method(key: str) -> str:
    """Name a reply after its operation: `onPaymentResult` becomes `payment_result`."""
    parts = words(key)
    if len(parts) > 1 and parts[0] == "on":
        parts = parts[1:]
    return attribute(snake_case("_".join(parts)), TAKEN_METHODS)


def class_name(name: str) -> str:
    """Make a name safe as a class in the generated modules."""
    return f"{name}_" if name in TAKEN_CLASSES or keyword.iskeyword(name) else name


def clashes(names: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the names that several keys share, with those keys."""
    owners: dict[str, list[str]] = {}
    for key, name in sorted(names.items()):
        owners.setdefault(name, []).append(key)
    return {name: keys for name, keys in owners.items() if len(keys) > 1}


def _identifier(text: str) -> str:
    if not text.isidentifier():
        text = f"n{text}"  # a name that starts with a digit, or is empty
    return text
