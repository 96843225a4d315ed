"""How changes are put into words."""

import json
from typing import Any

from ..docs import range_text
from ..naming import snake_case
from ..schemas import (
    Among,
    Anything,
    Array,
    Const,
    Either,
    Map,
    Named,
    Never,
    Row,
    Scalar,
    Value,
)
from .changes import Kind
from .limits import Fit


class Told:
    """The documentation of a schema, under one roof with the place it is about."""

    def __init__(self, doc: Any, pointer: str | None = None) -> None:
        self.doc = doc
        self.pointer: str = doc.pointer if pointer is None else pointer

    def __getattr__(self, name: str) -> Any:
        return getattr(self.doc, name, None)


def kind_of(fit: Fit) -> Kind:
    """Name a change of values."""
    if fit.loses and fit.gains:
        return Kind.CHANGED
    if fit.loses or fit.gains:
        return Kind.NARROWED if fit.loses else Kind.WIDENED
    return Kind.PYTHON


def in_words(value: Value) -> str:
    """Say what may stand in one place: `text of 1 to 5 characters`, `list of integer, or null`."""
    text = _type(value.type)
    return f"{text}, or null" if value.nullable else text


def _type(type_: Any) -> str:
    limits = range_text(getattr(type_, "limits", ()))
    beside = f" ({limits})" if limits else ""
    if isinstance(type_, Scalar):
        return f"{type_.kind.value}{beside}"
    if isinstance(type_, Const):
        return f"always {json.dumps(type_.value, ensure_ascii=False)}"
    if isinstance(type_, Array):
        return f"list of {in_words(type_.items)}{beside}"
    if isinstance(type_, Map):
        return f"map of {in_words(type_.values)}{beside}"
    if isinstance(type_, Among):
        return f"one of {', '.join(json.dumps(v, ensure_ascii=False) for v in type_.values)}"
    if isinstance(type_, Either):
        return " or ".join(map(in_words, type_.variants))
    if isinstance(type_, Row):
        return f"row of {', '.join(map(in_words, type_.items)) or 'nothing'}{beside}"
    if isinstance(type_, Never):
        return "nothing"
    if isinstance(type_, Anything):
        return "any JSON"
    if isinstance(type_, Named):
        return f"{type_.pointer.rpartition('/')[2]}{beside}"
    return type(type_).__name__


def bare(annotation: str) -> str:
    """Leave out of a type what says that it may be absent."""
    parts = [part.strip() for part in annotation.split("|")]
    kept = [part for part in parts if part not in {"None", "Absent"}]
    return " | ".join(kept)


def variable(class_: str) -> str:
    """Name a variable that holds an object of a class."""
    return snake_case(class_)


def listing(names: Any) -> str:
    """List names: `a`, `b` and `c`."""
    quoted = [f"`{name}`" for name in names]
    if len(quoted) < 2:
        return "".join(quoted) or "nothing"
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"
