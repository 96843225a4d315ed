"""Message classes as the codec sees them: an entry for each field, and where fields lead."""

from collections.abc import Iterable
from typing import Any, Final

import attrs

from .conditions import Conditions
from .records import Record
from .rules import Const, Optional, Rule
from .shapes import Raw, Struct


@attrs.frozen
class Field(Record):
    """How one field stands in Python and on the wire."""

    name: str
    wire: str
    rule: Rule
    """What a value that is there must satisfy."""
    required: bool
    absent: object
    """The value of a field that is not there. Required fields have none."""
    guessed: bool
    sensitive: bool
    fixed: bool
    """True for a constant that is not a parameter of the class."""
    kind: str | None = None
    """`rest` or `whole`; None for a property."""


_FIELDS: Final[dict[type[Any], tuple[Field, ...]]] = {}


def fields_of(cls: type[Struct]) -> tuple[Field, ...]:
    """List the fields that the schema names. A class without a rule for one is refused."""
    if (known := _FIELDS.get(cls)) is None:
        known = _FIELDS[cls] = _read_fields(cls)
    return known


def _read_fields(cls: type[Struct]) -> tuple[Field, ...]:
    if issubclass(cls, Raw):
        return ()  # octets: nothing in them has a rule
    return tuple(
        _field(cls, field) for field in attrs.fields(cls) if field.name != "unknown_fields"
    )


def _field(cls: type[Struct], field: "attrs.Attribute[Any]") -> Field:
    rule, wire = field.validator, field.metadata.get("wire")
    if not isinstance(rule, Rule) or not isinstance(wire, str):
        raise TypeError(f"{cls.__name__}.{field.name} needs a rule and field_info")
    if field.alias != field.name or not field.name.isidentifier():
        raise TypeError(f"{cls.__name__}.{field.name}: the parameter must have the field's name")
    required = not isinstance(rule, Optional)
    absent: object = None
    if isinstance(rule, Optional):
        absent, rule = rule.absent, rule.rule
        if field.default is not absent:
            raise TypeError(f"{cls.__name__}.{field.name} needs the default {absent!r}")
    fixed = not field.init
    if fixed and not (required and isinstance(rule, Const)):
        raise TypeError(f"{cls.__name__}.{field.name}: only a required constant is no parameter")
    guessed, sensitive = bool(field.metadata.get("guessed")), bool(field.metadata.get("sensitive"))
    kind = field.metadata.get("kind")
    return Field(field.name, wire, rule, required, absent, guessed, sensitive, fixed, kind)


def whole_of(cls: type[Struct]) -> Field | None:
    """Return the field that is the whole JSON value; None for a class of objects."""
    return next((field for field in fields_of(cls) if field.kind == "whole"), None)


def rest_of(cls: type[Struct]) -> Field | None:
    """Return the field that holds the properties which no other field names, if there is one."""
    return next((field for field in fields_of(cls) if field.kind == "rest"), None)


def conditions_of(cls: type[Struct]) -> Conditions | None:
    """Return what the objects of a class have to satisfy as a whole, if anything."""
    schema = cls.schema_conditions
    return None if schema is None else Conditions(schema)


def rules_below(rules: Iterable[Rule]) -> Iterable[Rule]:
    """Go through rules and the rules inside them."""
    for rule in rules:
        yield rule
        yield from rules_below(rule.parts())


def closure(types: Iterable[type[Struct]]) -> tuple[type[Struct], ...]:
    """List the classes and all classes that their fields lead to."""
    found: dict[type[Struct], None] = {}
    waiting = list(types)
    while waiting:
        cls = waiting.pop(0)
        if cls not in found:
            found[cls] = None
            for rule in rules_below(field.rule for field in fields_of(cls)):
                waiting.extend(rule.structs())
    return tuple(found)
