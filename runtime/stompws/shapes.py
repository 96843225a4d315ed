"""What generated code is built from: structs, tagged unions, what was not understood, servers."""

# ruff: noqa: D102 - what the methods of rules do is documented once, in `Rule`

import ipaddress
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar, TypeAlias
from urllib.parse import quote, urlsplit

import attrs

from .errors import InvalidMessageError, Problem
from .late_init import frozen
from .masking import show, show_names
from .records import Record
from .rule import Accepts, kind_of
from .rules import Boolean, Const, Rule, Violation
from .values import (
    ABSENT,
    NO_FIELDS,
    NO_REST,
    Absent,
    Date,
    DateTime,
    FrozenMap,
    Json,
    OpenStrEnum,
    UnknownFields,
)

__all__ = [
    "ABSENT",
    "NO_REST",
    "Absent",
    "Date",
    "DateTime",
    "FrozenMap",
    "Json",
    "OpenStrEnum",
    "Raw",
    "Server",
    "Struct",
    "TaggedUnion",
    "Undecodable",
    "UnknownFields",
    "Unrecognised",
    "field_info",
    "frozen",
]

FieldInfo: TypeAlias = Mapping[str, Any]

_EXPRESSION = re.compile(r"\{([^{}]*)\}")


def field_info(
    wire: str,
    *,
    sensitive: bool = False,
    guessed: bool = False,
    unit: str | None = None,
    kind: str | None = None,
) -> FieldInfo:
    """Describe a field: its name on the wire, and what the runtime must know of it.

    A field of the kind `rest` holds the properties that no other field names; the one field of the
    kind `whole` is the JSON value itself, which need not be an object.
    """
    return MappingProxyType(
        {"wire": wire, "sensitive": sensitive, "guessed": guessed, "unit": unit}
        if kind is None
        else {"wire": wire, "sensitive": sensitive, "guessed": guessed, "unit": unit, "kind": kind}
    )


@attrs.frozen(kw_only=True)
class Struct(Record):
    """Base of all messages and of the objects inside them."""

    schema_closed: ClassVar[bool] = False
    """True when there may be no other properties than the fields."""
    schema_conditions: ClassVar[Mapping[str, Any] | None] = None
    """A JSON Schema that the object as a whole has to satisfy besides the rules of its fields."""

    # Not hashed: equal structs still have equal hashes, and unknown values may be lists.
    unknown_fields: Mapping[str, Json] = attrs.field(default=NO_FIELDS, hash=False)
    """Received fields that the schema does not name. Never sent; `Codec.dump` writes them back."""

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        # attrs would give each class a repr that shows the unknown values.
        type.__setattr__(cls, "__repr__", Struct.__repr__)

    def __repr__(self) -> str:
        # Whoever wrote a text may have put a card number into it. References that look like one
        # are masked as well: here, and not in the data.
        shown = [
            f"{field.name}={show(getattr(self, field.name))}"
            for field in attrs.fields(type(self))
            if field.repr and not field.metadata.get("sensitive") and field.name != "unknown_fields"
        ]
        if self.unknown_fields:
            shown.append(f"unknown_fields={show_names(self.unknown_fields)}")
        return f"{type(self).__name__}({', '.join(shown)})"


@attrs.frozen(kw_only=True)
class Raw(Struct):
    """A message as it travels: no JSON, or nothing is known of it."""

    data: bytes = attrs.field(repr=False, metadata=field_info("data", sensitive=True))


@attrs.frozen
class Unrecognised(Record):
    """A member of an open union that a newer peer knows and we do not. Kept, never sent."""

    tag: str | None = attrs.field(repr=show)
    raw: Mapping[str, Json] = attrs.field(repr=False, hash=False)


@attrs.frozen
class Undecodable(Record):
    """A message that does not fit its type. Delivered all the same, as it came."""

    message: str
    """The type it should have been."""
    raw: bytes = attrs.field(repr=False)
    problems: tuple[Problem, ...] = attrs.field(repr=show)


@attrs.frozen(init=False, repr=False)
class TaggedUnion(Rule):
    """One of several classes, told apart by the constant in one of their fields."""

    tag: str
    variants: tuple[type[Struct], ...]
    open: bool
    by_tag: Mapping[str, type[Struct]] = attrs.field(eq=False)

    def __init__(self, tag: str, *variants: type[Struct], open: bool = False) -> None:
        by_tag = {_tag_of(variant, tag): variant for variant in variants}
        if len(by_tag) != len(variants):
            raise TypeError(f"two variants share one value of {tag}")
        for name, value in (("tag", tag), ("variants", variants), ("open", open)):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "by_tag", by_tag)
        self.__attrs_post_init__()

    def compiled(self) -> Accepts:
        types = frozenset((*self.variants, Unrecognised) if self.open else self.variants)
        return lambda value: type(value) in types

    def __repr__(self) -> str:
        names = ", ".join(variant.__name__ for variant in self.variants)
        return f"TaggedUnion({self.tag!r}, {names}{', open=True' if self.open else ''})"

    def violations(self, value: object) -> Sequence[Violation]:
        if self.accepts(value):
            return ()
        names = ", ".join(variant.__name__ for variant in self.variants)
        return [("", f"expected one of {names}, got {kind_of(value)}")]

    def structs(self) -> Sequence[type[Any]]:
        return self.variants


def _tag_of(variant: type[Struct], tag: str) -> str:
    for field in attrs.fields(variant):
        rule = field.validator
        fixed = field.metadata.get("wire") == tag and isinstance(rule, Const)
        if fixed and isinstance(rule.value, str):
            return rule.value
    raise TypeError(f"{variant.__name__} has no constant {tag}")


@attrs.frozen(kw_only=True)
class Server(Record):
    """Base of the generated servers: where an API is reached."""

    location: ClassVar[str] = ""
    """Host and path, with the server's variables in braces."""
    stomp_versions: ClassVar[tuple[str, ...]] = ()
    subprotocols: ClassVar[tuple[str, ...]] = ()

    plain: bool = attrs.field(default=False, validator=Boolean(), metadata=field_info("plain"))
    """Use `ws://`, without TLS. For loopback hosts only."""

    def __attrs_post_init__(self) -> None:
        if self.plain and not _is_loopback(urlsplit(self.url).hostname or ""):
            problem = Problem("$.plain", "expected a loopback host: without TLS all is readable")
            raise InvalidMessageError(type(self).__name__, [problem])

    @property
    def url(self) -> str:
        """The address to connect to; the variables' values are percent-encoded.

        Raises:
            InvalidMessageError: A value cannot be written in a URL so that it stays what it is.
        """
        authority, slash, path = self.location.partition("/")
        place = _filled(authority, self._values(_host)) + slash
        place += _filled(path, self._values(_segment))
        return f"{'ws' if self.plain else 'wss'}://{place}"

    def _values(self, encode: Callable[[str], str]) -> dict[str, str]:
        fields = attrs.fields(type(self))
        found: dict[str, str] = {}
        for field in fields:
            name = field.metadata.get("wire", field.name)
            try:
                found[name] = encode(str(getattr(self, field.name)))
            except ValueError:
                problem = Problem(f"$.{name}", "expected a value that a URL can hold")
                raise InvalidMessageError(type(self).__name__, [problem]) from None
        return found


def _filled(template: str, values: Mapping[str, str]) -> str:
    """Not by `str.format`, in which a name such as `{host.x}` looks into the value."""
    return _EXPRESSION.sub(lambda found: values.get(found[1], found[0]), template)


def _segment(text: str) -> str:
    if text in (".", ".."):  # RFC 3986, 5.2.4: would take segments away
        raise ValueError
    return quote(text, safe="")


def _host(text: str) -> str:
    """An IPv6 address stands in brackets; nothing in a name may end the authority early."""
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    address, percent, zone = bare.partition("%")
    try:
        written = ipaddress.IPv6Address(address).compressed
    except ValueError:
        return quote(text, safe="")
    if percent and (not zone or quote(zone, safe="") != zone):
        raise ValueError
    return f"[{written}{percent}{zone}]"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
