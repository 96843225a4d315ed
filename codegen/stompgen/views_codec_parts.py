"""One codec module in the making: its constants, its functions, and what it calls elsewhere."""

from typing import Any

import attrs

from .filters import literal
from .imports import Imports
from .schemas import ClassSchema, EnumSchema, ObjectSchema, OpenEnumSchema, UnionSchema
from .views import Context


class Parts:
    """Collects the parts of a module.

    All names of it are a prefix and a class's name or a number, so none meets another; names of the
    document stand in literals and, where they already are attributes, after a dot.
    """

    def __init__(self, context: Context, module: str, imports: Imports) -> None:
        self._context, self._module, self._imports = context, module, imports
        self.constants: list[str] = []
        self.functions: list[str] = []
        self.tables: list[str] = []
        self._named: dict[str, str] = {}
        self._shared: dict[tuple[str, str], str] = {}
        self._entries: list[str] = []

    def runtime(self, *names: str) -> None:
        """Use names of the runtime's module for this code."""
        self._imports.runtime("ahead", *names)

    def schema(self, pointer: str) -> ClassSchema:
        """Return a class of the document."""
        return self._context.schemas.classes[pointer]

    def name(self, pointer: str) -> str:
        """Return the name of a class."""
        return self._context.names[pointer].name

    def attributes(self, schema: ObjectSchema) -> dict[str, str]:
        """Return the attributes of a class by their names on the wire."""
        members = self._context.names[schema.pointer].members
        return {f.wire: n for f, n in zip(schema.fields, members, strict=True)}

    def constant(self, name: str, value: str) -> str:
        """Define a name of the module once."""
        if name not in self._named:
            self._named[name] = value
            self.constants.append(f"{name} = {value}")
        return name

    def shared(self, prefix: str, value: str) -> str:
        """Define a constant, or return the name of an equal one."""
        if (prefix, value) not in self._shared:
            name = f"{prefix}_{len(self._named)}"
            self._shared[prefix, value] = self.constant(name, value)
        return self._shared[prefix, value]

    def search(self, pattern: str) -> str:
        """Return the name that searches a pattern."""
        if ("search", pattern) not in self._shared:
            self.runtime("searcher")
            name = f"search_{len(self._named)}"
            value = f'searcher(globals(), "{name}", {literal(pattern)})'
            self._shared["search", pattern] = self.constant(name, value)
        return self._shared["search", pattern]

    def reference(self, prefix: str, pointer: str) -> str:
        """Write a function or table of a class, wherever it stands."""
        home, name = self._context.homes[pointer], f"{prefix}_{self.name(pointer)}"
        if home == self._module:
            return name
        # The module, not the name: modules may need each other.
        self._imports.name(".", f"{home} as codec_{home}")
        return f"codec_{home}.{name}"

    def enum(self, prefix: str, make: str, pointer: str) -> str:
        """Return the name of a table of an enumeration's members."""
        self.runtime(make)
        return self.constant(f"{prefix}_{self.name(pointer)}", f"{make}({self.type_of(pointer)})")

    def type_of(self, pointer: str) -> str:
        """Write a class of the messages."""
        home, name = self._context.homes[pointer], self.name(pointer)
        types = "types"
        if home != self._module:
            types = f"types_{home}"
            self._imports.name("..messages", f"{home} as {types}")
        # Of no type, so that a value is not taken for one either: nothing is known of its parts.
        self.constant(f"type_{name}: Any", f"{types}.{name}")
        return f"type_{name}"

    def function(self, signature: str, lines: list[str]) -> None:
        """Add a function."""
        self.functions.append("\n".join([f"def {signature}:", *(f"    {line}" for line in lines)]))

    def entry(self, name: str) -> None:
        """Offer the functions of a class to the runtime."""
        self._entries.append(f"    type_{name}: (read_{name}, write_{name}, tree_{name}),")

    @property
    def codec(self) -> str:
        """Write the table that the runtime looks for."""
        return "\n".join(["CODEC: dict[Any, Any] = {", *self._entries, "}"])

    def is_known_union(self, pointer: str) -> bool:
        """Tell whether a class is a union told apart by a tag, of objects only."""
        schema = self._context.schemas.classes.get(pointer)
        return (
            isinstance(schema, UnionSchema)
            and self.has_only(schema, {"pointer", "tag", "variants", "open", "doc"})
            and all(isinstance(self.schema(p), ObjectSchema) for p in schema.variants)
        )

    def is_known_enum(self, pointer: str) -> bool:
        """Tell whether a class is an enumeration of texts."""
        schema = self._context.schemas.classes.get(pointer)
        return isinstance(schema, EnumSchema | OpenEnumSchema) and self.has_only(
            schema, {"pointer", "members", "doc"}
        )

    @staticmethod
    def has_only(schema: Any, known: set[str] | frozenset[str]) -> bool:
        """Tell whether a schema says nothing but what is known here."""
        fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(schema.__class__)
        return all(f.name in known or getattr(schema, f.name) == f.default for f in fields)
