"""Annotations and rules: how a value is written in a generated class body."""

import re
from collections.abc import Mapping
from decimal import Decimal

import attrs

from .filters import literal
from .imports import Imports
from .schemas import (
    Among,
    Anything,
    Array,
    ClassSchema,
    Const,
    Either,
    EnumSchema,
    Limit,
    Map,
    Named,
    Never,
    OpenEnumSchema,
    Row,
    Scalar,
    ScalarKind,
    UnionSchema,
    Value,
    ValueType,
    parts,
    takes_null,
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
    position: int = -1
    """Where it stands in the module that defines it, from 0."""


NEVER = re.compile(r"(?<![\w'\"])Never\b")


class TypeWriter:
    """Writes annotations and rules, and notes what has to be imported for them."""

    def __init__(self, imports: Imports, classes: Mapping[str, ClassUse]) -> None:
        self._imports, self._classes = imports, classes
        self.here = 0
        """Position of the class that is being written: what stands there or below comes later."""
        self.late: set[str] = set()
        """Constants that are used above their definition: type checkers want theirs annotated."""

    def annotation(self, value: Value, *, optional: bool = False) -> str:
        """Write the annotation of a field."""
        text = self._optional(value) if optional else self._annotation(value)
        if text == "Never":
            return self._bare(Anything())  # nothing can be given; checkers allow no such field
        if NEVER.search(text):  # a choice of types drops it, so it is looked for at the end
            self._imports.name("typing", "Never")
        # What is defined further down can only be named in quotes.
        return f'"{text}"' if self._later(value) else text

    def rule(self, value: Value, *, optional: bool = False) -> str:
        """Write the rule of a field."""
        text = self._rule(value)
        if optional:
            self._imports.runtime("rules", "optional")
            return f"optional({text})"
        return text

    def rest_rule(self, value: Value) -> str:
        """Write the rule of the properties that have no field of their own."""
        return self._call("Values", self._rule(value))

    def _optional(self, value: Value) -> str:
        text = self._bare(value.type)
        if not takes_null(value):
            return f"{text} | None"
        self._imports.runtime("shapes", "Absent")
        return f"{text} | Absent{' | None' if value.nullable else ''}"

    def _annotation(self, value: Value) -> str:
        text = self._bare(value.type)
        return f"{text} | None" if value.nullable else text

    def _bare(self, type_: ValueType) -> str:
        if isinstance(type_, Scalar):
            return self._scalar(type_)
        if isinstance(type_, Named):
            return self._use(type_).name
        if isinstance(type_, Const | Among):
            return self._literal(type_)
        if isinstance(type_, Array):
            return f"tuple[{self._annotation(type_.items)}, ...]"
        if isinstance(type_, Row):
            return self._row(type_)
        if isinstance(type_, Either):
            return self._either(type_.variants)
        if isinstance(type_, Map):
            self._imports.name("collections.abc", "Mapping")
            return f"Mapping[str, {self._annotation(type_.values)}]"
        if isinstance(type_, Never):
            return "Never"
        self._imports.runtime("shapes", "Json")
        return "Json"

    def _literal(self, type_: Const | Among) -> str:
        values = type_.values if isinstance(type_, Among) else (type_.value,)
        if values == (None,):
            return "None"
        self._imports.name("typing", "Literal")
        return f"Literal[{', '.join(map(literal, values))}]"

    def _row(self, row: Row) -> str:
        length = len(row.items)
        if length == 0 and row.rest is None:
            return "tuple[()]"
        low = _size(row.limits, "min_items", 0)
        high = _size(row.limits, "max_items", length + 1)
        if length and low >= length and (row.rest is None or high <= length):
            return f"tuple[{', '.join(map(self._annotation, row.items))}]"
        rest = () if row.rest is None else (row.rest,)
        return f"tuple[{self._either((*row.items, *rest))}, ...]"

    def _either(self, values: tuple[Value, ...]) -> str:
        """Join types, each once; None comes last."""
        known = dict.fromkeys(self._bare(value.type) for value in values)
        null = "None" in known or any(value.nullable for value in values)
        known.pop("None", None)
        if len(known) > 1:
            known.pop("Never", None)
        return " | ".join([*known, *(["None"] if null else [])])

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
            text = self._call("Nullable", text)
        if value.conditions is not None:
            self._imports.runtime("compound", "Fits")
            return f"Fits({text}, {literal(value.conditions)})"
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
        if isinstance(type_, Named):
            return self._named_rule(type_)
        return self._compound(type_)

    def _compound(self, type_: Among | Either | Row | Never) -> str:
        if isinstance(type_, Among):
            return self._call("Among", *map(literal, type_.values), module="compound")
        if isinstance(type_, Never):
            return self._call("Nothing", module="compound")
        if isinstance(type_, Row):
            arguments = [self._rule(item) for item in type_.items]
            arguments += [] if type_.rest is None else [f"rest={self._rule(type_.rest)}"]
            arguments += self._limits(type_.limits)
            return self._call("Row", *arguments, module="compound")
        arguments = [self._rule(variant) for variant in type_.variants]
        arguments += ["one=True"] if type_.one else []
        if type_.tag is not None:
            arguments += [f"tag={literal(type_.tag)}", f"names={literal(dict(type_.names))}"]
        return self._call("Either", *arguments, module="compound")

    def _named_rule(self, type_: Named) -> str:
        use = self._use(type_)
        if isinstance(use.schema, UnionSchema):
            if use.module is not None:
                self._imports.name(use.module, use.constant)
            if self._is_later(use):
                self.late.add(use.constant)
                return self._call("Late", f"lambda: {use.constant}", module="compound")
            return use.constant
        if isinstance(use.schema, EnumSchema | OpenEnumSchema):
            return self._call("Choice", use.name, *self._limits(type_.limits))
        return self._call("Of", f"lambda: {use.name}" if self._is_later(use) else use.name)

    def _use(self, type_: Named) -> ClassUse:
        use = self._classes[type_.pointer]
        if use.module is not None:
            self._imports.name(use.module, use.name)
        return use

    def _is_later(self, use: ClassUse) -> bool:
        return use.module is None and use.position >= self.here

    def _later(self, value: Value) -> bool:
        if isinstance(value.type, Named):
            return self._is_later(self._classes[value.type.pointer])
        return any(map(self._later, parts(value.type)))

    def _limits(self, limits: tuple[Limit, ...]) -> list[str]:
        return [f"{name}={self._limit(value)}" for name, value in limits]

    def _limit(self, value: str | int | float | bool) -> str:
        if not isinstance(value, float):
            return literal(value)
        if value.is_integer():
            return literal(int(value))
        self._imports.name("decimal", "Decimal")
        return f"Decimal({literal(str(Decimal(repr(value))))})"

    def _call(self, rule: str, *arguments: str, module: str = "rules") -> str:
        self._imports.runtime(module, rule)
        return f"{rule}({', '.join(arguments)})"


def _size(limits: tuple[Limit, ...], name: str, otherwise: int) -> int:
    found = dict(limits).get(name)
    return found if isinstance(found, int) else otherwise
