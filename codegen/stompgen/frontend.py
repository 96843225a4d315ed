"""Names of the schemas' classes and of what is in them.

datamodel-code-generator proposes them. It gets a document that has only what names depend on:
classes and their fields, sorted, with keys that it can handle. So its answer does not depend on the
order of keys, and it has little to do. Where it has no answer, or one that depends on what else is
there, `naming` makes a name of the place of the schema alone.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from .dmcg import Ask, FrontEndError, Model, ask
from .document import Document
from .naming import (
    attribute,
    constant_case,
    letters,
    named_from,
    pascal_case,
    safe_class_name,
    snake_case,
)
from .pointers import join
from .problems import Problems, Severity
from .projection import Projection
from .schemas import (
    ClassSchema,
    EnumSchema,
    ObjectSchema,
    OpenEnumSchema,
    Schemas,
    UnionSchema,
    WholeSchema,
)

ATTRIBUTE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*_?")
MEMBER = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_?")
SEPARATORS = re.compile(r"[\s._-]+")
CLASS = re.compile(r"[A-Z][A-Za-z0-9]*_?")


@attrs.frozen(kw_only=True)
class ClassNames:
    """The names inside one class."""

    name: str
    members: tuple[str, ...] = ()
    """Attributes of an object, in the order of its fields; members of an enum, in their order."""
    types: tuple[str, ...] = ()
    """The fields' types as datamodel-code-generator sees them; a second opinion."""


Names = Mapping[str, ClassNames]
"""By the pointer of the class."""


def name_schemas(
    document: Document,
    schemas: Schemas,
    keys: Mapping[str, str],
    problems: Problems,
    ask: Ask = ask,
    reserved: Iterable[str] = (),
) -> dict[str, ClassNames]:
    """Name all classes and what is in them.

    `keys` proposes names for schemas that are no components, by pointer; `reserved` ones are taken.
    """
    return _Namer(document, schemas, keys, problems, frozenset(reserved)).names(ask)


class _Namer:
    def __init__(
        self,
        document: Document,
        schemas: Schemas,
        keys: Mapping[str, str],
        problems: Problems,
        reserved: frozenset[str],
    ) -> None:
        self._reserved = reserved
        self._document, self._schemas, self._problems = document, schemas, problems
        self._projection = Projection(schemas, keys)

    def names(self, ask: Ask) -> dict[str, ClassNames]:
        models = self._models(ask)
        classes = self._class_names(models)
        # A field called as a class would hide that class from the fields below it.
        hidden = frozenset(name for name in classes.values() if not name[0].isupper())
        return {
            pointer: self._inside(schema, classes[pointer], models.get(pointer), hidden)
            for pointer, schema in self._schemas.classes.items()
        }

    def _models(self, ask: Ask) -> dict[str, Model]:
        """Ask, and keep the answers about places that have their own names."""
        places = self._projection.places
        try:
            models = ask(self._projection.schemas())
        except FrontEndError:
            raise
        except Exception as exc:  # noqa: BLE001 - whatever stops it, names can be made without it
            what = f"datamodel-code-generator gives no names ({type(exc).__name__})"
            self._warn("", what, "names are made of the places of the schemas")
            return {}
        return {places[p]: m for m in models if (p := _pointer(m)) in places}

    # Classes.

    def _class_names(self, models: Mapping[str, Model]) -> dict[str, str]:
        """Choose a name for each class: what is named in the document comes first."""
        proposed = {p: self._proposed(p, models.get(p)) for p in self._schemas.classes}
        key = self._projection.key

        def order(pointer: str) -> tuple[int, int, str]:
            return (
                0 if key(pointer) == proposed[pointer] else 1 if key(pointer) is not None else 2,
                pointer.count("/"),
                pointer,
            )

        taken = set(self._reserved)
        names: dict[str, str] = {}
        for pointer in sorted(self._schemas.classes, key=order):
            name = proposed[pointer]
            if name in taken:
                name = f"{name.removesuffix('_')}_{letters(pointer)}"
                what = f"the class is called {name}, because {proposed[pointer]} is taken"
                self._warn(pointer, what, "give the schema another name")
            elif (own := key(pointer)) is not None and _bare(own) != name.casefold():
                advice = "give the component that name"
                self._warn(pointer, f"the class of this component is called {name}", advice)
            taken.add(name)
            names[pointer] = name
        return names

    def _proposed(self, pointer: str, model: Model | None) -> str:
        own = self._projection.key(pointer)
        if model is not None and self._projection.is_plain(pointer):
            name = str(model["class_name"])
            digits = re.search(r"\d+$", name)
            numbered = digits and not (own or pointer).endswith(digits[0])
            if CLASS.fullmatch(name) and not numbered:
                return safe_class_name(name)
        if own is not None:
            return safe_class_name(pascal_case(own))
        base, steps = self._projection.owner(pointer)
        return safe_class_name(pascal_case(f"{base} {named_from(steps)}"))

    # What is in a class.

    def _inside(
        self, schema: ClassSchema, name: str, model: Model | None, hidden: frozenset[str]
    ) -> ClassNames:
        fields: list[dict[str, Any]] = [] if model is None else model["fields"]
        if isinstance(schema, EnumSchema | OpenEnumSchema):
            values = [member.value for member in schema.members]
            found = [str(field["name"]).upper() for field in fields]
            answers = dict(zip(values, found, strict=False)) if len(found) == len(values) else {}
            members = self._unique(schema, values, lambda value: _member(value, answers))
            return ClassNames(name=name, members=members)
        if isinstance(schema, UnionSchema):
            return ClassNames(name=name, types=tuple(str(field["type"]) for field in fields))
        if isinstance(schema, WholeSchema):
            return ClassNames(name=name, members=("value",))
        if not isinstance(schema, ObjectSchema):
            return ClassNames(name=name)
        by_wire = {str(field["original_name"]): field for field in fields}
        wires = [field.wire for field in schema.fields]
        answers = {wire: str(field["name"]) for wire, field in by_wire.items()}
        members = self._unique(schema, wires, lambda wire: _attribute(wire, answers, hidden))
        types = tuple(str(by_wire[wire]["type"]) for wire in wires if wire in by_wire)
        return ClassNames(name=name, members=members, types=types)

    def _unique(
        self, schema: ClassSchema, wires: Iterable[str], name: Callable[[str], str]
    ) -> tuple[str, ...]:
        """Name each wire name; of several with one name the last ones get letters of their own."""
        found: dict[str, str] = {}
        owners: dict[str, str] = {}
        for wire in sorted(wires, key=lambda wire: (name(wire) != wire, wire)):
            own = name(wire)
            if own in owners:
                more = letters(wire)
                clear = f"{own.rstrip('_')}_{more.upper() if own.isupper() else more}"
                what = f"{owners[own]!r} and {wire!r} would both be called {own}"
                self._warn(schema.pointer, what, f"the second is called {clear}")
                own = clear
            owners[own] = wire
            found[wire] = own
        return tuple(found[wire] for wire in wires)

    def _warn(self, pointer: str, what: str, advice: str) -> None:
        self._problems.add(self._document.problem(pointer, what, advice, Severity.WARNING))


def _bare(key: str) -> str:
    """Return a key as its class is looked for: without what only separates words, in any case."""
    return SEPARATORS.sub("", key).casefold()


def _attribute(wire: str, answers: Mapping[str, str], hidden: frozenset[str]) -> str:
    name = answers.get(wire, "")
    number = re.search(r"_\d+$", name)
    if not ATTRIBUTE.fullmatch(name) or (number and number[0].strip("_") not in wire):
        name = snake_case(wire)
    name = attribute(name)
    return f"{name}_" if name in hidden else name


def _member(value: str, answers: Mapping[str, str]) -> str:
    name = answers.get(value, "")
    number = re.search(r"_\d+$", name)
    if not MEMBER.fullmatch(name) or (number and number[0].strip("_") not in value):
        name = constant_case(value)
    return f"N{name[1:]}" if name.startswith("n") else name


def _pointer(model: Model) -> str:
    path: list[str] | None = model.get("source_path")
    if not path:
        raise FrontEndError(f"the model {model.get('class_name')} has no source_path")
    return join("", *path)
