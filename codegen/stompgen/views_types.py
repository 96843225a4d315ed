"""Annotations and rules: how a value is written in a generated class body."""

from decimal import Decimal

import attrs

from .filters import literal
from .imports import Imports
from .schemas import (
    Anything,
    Array,
    ClassSchema,
    Const,
    EnumSchema,
    Limit,
    Map,
    Named,
    OpenEnumSchema,
    Scalar,
    ScalarKind,
    UnionSchema,
    Value,
    ValueType,
)

SCALARS = {
    ScalarKind.TEXT: ("str", "Text"),
    ScalarKind.INTEGER: ("int", "Integer"),
    ScalarKind.NUMBER: ("Decimal", "Number"),
    ScalarKind.BOOLEAN: ("bool", "Boolean"),
    ScalarKind.DATE_TIME: ("DateTime", "DateTimeText"),
    ScalarKind.DATE: ("Date", "DateText"),
}


@attrs.frozen(kw_only=True)
class ClassUse:
    """How a module names a class of the document."""

    name: str
    schema: ClassSchema
    constant: str
    """Of a union: the constant that holds its rule."""
    module: str | None = None
    """Where it is imported from; None in the module that defines it."""
    later: bool = False
    """True when it is defined further down, in a cycle."""


class TypeWriter:
    """Writes annotations and rules, and notes what has to be imported for them."""

    def __init__(self, imports: Imports, classes: dict[str, ClassUse]) -> None:
        self._imports, self._classes = imports, classes

    def annotation(self, value: Value, *, optional: bool = False) -> str:
        """Write the annotation of a field."""
        text = self._optional(value) if optional else self._annotation(value)
        # What is defined further down can only be named in quotes.
        return f'"{text}"' if self._later(value) else text

    def rule(self, value: Value, *, optional: bool = False) -> str:
        """Write the rule of a field."""
        text = self._rule(value)
        if optional:
            self._imports.runtime("rules", "optional")
            return f"optional({text})"
        return text

    def _optional(self, value: Value) -> str:
        text = self._bare(value.type)
        if not self.takes_null(value):
            return f"{text} | None"
        self._imports.runtime("shapes", "Absent")
        return f"{text} | Absent{' | None' if value.nullable else ''}"

    @staticmethod
    def takes_null(value: Value) -> bool:
        """Tell whether null is a value, so that None cannot stand for absence."""
        return value.nullable or isinstance(value.type, Anything)

    def _annotation(self, value: Value) -> str:
        text = self._bare(value.type)
        return f"{text} | None" if value.nullable else text

    def _bare(self, type_: ValueType) -> str:
        if isinstance(type_, Scalar):
            return self._scalar(type_)
        if isinstance(type_, Const):
            if type_.value is None:
                return "None"
            self._imports.name("typing", "Literal")
            return f"Literal[{literal(type_.value)}]"
        if isinstance(type_, Array):
            return f"tuple[{self._annotation(type_.items)}, ...]"
        if isinstance(type_, Map):
            self._imports.name("collections.abc", "Mapping")
            return f"Mapping[str, {self._annotation(type_.values)}]"
        if isinstance(type_, Anything):
            self._imports.runtime("shapes", "Json")
            return "Json"
        return self._use(type_).name

    def _scalar(self, type_: Scalar) -> str:
        name, _ = SCALARS[type_.kind]
        if name == "Decimal":
            self._imports.name("decimal", "Decimal")
        elif name in {"DateTime", "Date"}:
            self._imports.runtime("shapes", name)
        return name

    def _rule(self, value: Value) -> str:
        text = self._bare_rule(value.type)
        if value.nullable and not isinstance(value.type, Anything):
            return self._call("Nullable", text)
        return text

    def _bare_rule(self, type_: ValueType) -> str:
        if isinstance(type_, Scalar):
            return self._call(SCALARS[type_.kind][1], *self._limits(type_.limits))
        if isinstance(type_, Const):
            return self._call("Const", literal(type_.value))
        if isinstance(type_, Array):
            return self._call("Items", self._rule(type_.items), *self._limits(type_.limits))
        if isinstance(type_, Map):
            return self._call("Values", self._rule(type_.values), *self._limits(type_.limits))
        if isinstance(type_, Anything):
            return self._call("Anything")
        return self._named_rule(type_)

    def _named_rule(self, type_: Named) -> str:
        use = self._use(type_)
        if isinstance(use.schema, UnionSchema):
            if use.module is not None:
                self._imports.name(use.module, use.constant)
            return use.constant
        if isinstance(use.schema, EnumSchema | OpenEnumSchema):
            return self._call("Choice", use.name, *self._limits(type_.limits))
        return self._call("Of", f"lambda: {use.name}" if use.later else use.name)

    def _use(self, type_: Named) -> ClassUse:
        use = self._classes[type_.pointer]
        if use.module is not None:
            self._imports.name(use.module, use.name)
        return use

    def _later(self, value: Value) -> bool:
        inner = value.type
        if isinstance(inner, Named):
            return self._classes[inner.pointer].later
        if isinstance(inner, Array):
            return self._later(inner.items)
        return isinstance(inner, Map) and self._later(inner.values)

    def _limits(self, limits: tuple[Limit, ...]) -> list[str]:
        return [f"{name}={self._limit(value)}" for name, value in limits]

    def _limit(self, value: str | int | float | bool) -> str:
        if not isinstance(value, float):
            return literal(value)
        if value.is_integer():
            return literal(int(value))
        self._imports.name("decimal", "Decimal")
        return f"Decimal({literal(str(Decimal(repr(value))))})"

    def _call(self, rule: str, *arguments: str) -> str:
        self._imports.runtime("rules", rule)
        return f"{rule}({', '.join(arguments)})"
