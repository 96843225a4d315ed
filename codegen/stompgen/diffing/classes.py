"""Compares the classes: objects with their fields, enums, unions."""

from ..schemas import EnumSchema, ObjectSchema, OpenEnumSchema, UnionSchema, Value
from .changes import WIRE, Area, Breaks, Direction, Kind
from .comparison import Comparison
from .fields import compare_fields
from .limits import OTHER
from .members import compare_members, compare_variants
from .surface import PythonClass
from .wording import Told, in_words, kind_of

TOLD = ("description", "source", "deprecated", "format")


def compare_classes(comparison: Comparison) -> None:
    """Note what changed in all classes."""
    old, new, match = comparison.old, comparison.new, comparison.classes
    for pointer in old.classes:
        if pointer not in match.pairs:
            _removed(comparison, pointer)
    taken = set(match.pairs.values())
    for pointer in new.classes:
        if pointer not in taken:
            comparison.add(
                Kind.ADDED,
                Area.CLASS,
                new.name(pointer),
                f"New {_sort(new.classes[pointer])}.",
                new=pointer,
                direction=comparison.direction(None, pointer),
            )
    for one, two in match.pairs.items():
        _pair(comparison, one, two)


def _removed(comparison: Comparison, pointer: str) -> None:
    name = comparison.old.name(pointer)
    comparison.add(
        Kind.REMOVED,
        Area.CLASS,
        name,
        f"The {_sort(comparison.old.classes[pointer])} is gone.",
        old=pointer,
        direction=comparison.direction(pointer, None),
        breaks=Breaks(python=True),  # the wire is judged where the class was used
        before=f"from {{package}} import {name}",
    )


def _pair(comparison: Comparison, one: str, two: str) -> None:
    old, new = comparison.old, comparison.new
    name = new.name(two)
    if old.name(one) != name:
        comparison.add(
            Kind.RENAMED,
            Area.CLASS,
            name,
            f"Was called {old.name(one)}.",
            old=one,
            new=two,
            direction=comparison.direction(one, two),
            breaks=Breaks(python=True),
            guess=comparison.classes.guesses.get(one),
            before=f"from {{package}} import {old.name(one)}",
            after=f"from {{package}} import {name}",
        )
    before, after = old.classes[one], new.classes[two]
    if isinstance(before, ObjectSchema) and isinstance(after, ObjectSchema):
        compare_fields(comparison, before, after)
    elif isinstance(before, UnionSchema) and isinstance(after, UnionSchema):
        compare_variants(comparison, before, after)
    elif _is_enum(before) and _is_enum(after):
        compare_members(comparison, before, after)
    elif type(before) is not type(after):
        _other_sort(comparison, one, two)
        return
    elif not comparison.judge.equal(before, after):
        _unknown(comparison, one, two)
    comparison.docs(Area.CLASS, name, Told(before.doc, one), Told(after.doc, two), TOLD)
    _module(comparison, one, two)


def _is_enum(schema: object) -> bool:
    return isinstance(schema, EnumSchema | OpenEnumSchema)


def _sort(schema: object) -> str:
    if isinstance(schema, ObjectSchema):
        return "object"
    if isinstance(schema, UnionSchema):
        return "union"
    return "enum" if _is_enum(schema) else "class"


def _other_sort(comparison: Comparison, one: str, two: str) -> None:
    before, after = comparison.old.classes[one], comparison.new.classes[two]
    comparison.add(
        Kind.CHANGED,
        Area.CLASS,
        comparison.new.name(two),
        f"Was an {_sort(before)} and is an {_sort(after)}."
        if _sort(before) != _sort(after)
        else "Is another sort of class.",
        old=one,
        new=two,
        direction=comparison.direction(one, two),
        breaks=WIRE | Breaks(python=True),
    )


def _unknown(comparison: Comparison, one: str, two: str) -> None:
    before, after = comparison.python_pair(one, two)
    was: object = getattr(comparison.old.classes[one], "value", None)
    now: object = getattr(comparison.new.classes[two], "value", None)
    fit, detail = OTHER, ""
    if isinstance(was, Value) and isinstance(now, Value):  # a name for a value
        fit = comparison.judge.fit(was, now)
        detail = f": {in_words(now)}, was {in_words(was)}"
    what = {(True, False): "Takes less", (False, True): "Takes more"}.get(
        (fit.loses, fit.gains), "Takes other values"
    )
    comparison.add(
        kind_of(fit),
        Area.CLASS,
        comparison.new.name(two),
        f"{what}{detail}.",
        old=one,
        new=two,
        direction=comparison.direction(one, two),
        breaks=Breaks(
            sender=fit.loses, receiver=fit.gains, python=_differ(comparison, before, after)
        ),
    )


def _differ(comparison: Comparison, old: PythonClass, new: PythonClass) -> bool:
    """Tell whether two classes that are not known in detail differ in Python."""
    alias = None if old.alias is None else comparison.renamed(old.alias)
    attributes = [(a.name, comparison.renamed(a.annotation)) for a in old.attributes]
    return (
        alias != new.alias
        or attributes != [(a.name, a.annotation) for a in new.attributes]
        or old.members != new.members
    )


def _module(comparison: Comparison, one: str, two: str) -> None:
    before, after = comparison.python_pair(one, two)
    if before.name == after.name and before.module != after.module:
        comparison.add(
            Kind.PYTHON,
            Area.CLASS,
            after.name,
            f"Stands in the module {after.module}, was in {before.module}. "
            "Names imported from the package itself are as they were.",
            old=one,
            new=two,
            direction=Direction.NONE,
        )
