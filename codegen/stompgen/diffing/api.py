"""One side of a comparison: everything the generator knows of a document."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from ..problems import Problems
from ..schemas import ClassSchema, references
from ..views import Context
from .changes import Direction, Side
from .surface import PythonClass, Surface, read_surface

if TYPE_CHECKING:
    from ..dmcg import Ask
    from ..document import Document

PACKAGE = "package"
"""Stands for the name of the package; no name in it depends on it."""


@attrs.frozen(kw_only=True)
class Api:
    """A document as the generator sees it, and the Python API it makes of it."""

    context: Context
    surface: Surface
    directions: Mapping[str, Direction]
    """Of each class, by pointer."""
    by_name: Mapping[str, str]
    """Name of each class → its pointer."""

    @property
    def classes(self) -> Mapping[str, ClassSchema]:
        """The classes by pointer."""
        return self.context.schemas.classes

    @property
    def side(self) -> Side:
        """The document in a line."""
        model = self.context.model
        return Side(
            title=model.title,
            version=model.version,
            digest=model.digest,
            source_name=model.source_name,
        )

    def message_class(self, pointer: str | None) -> str | None:
        """Return the pointer of the class of a message's payload or headers."""
        return _message_class(self.context, pointer)

    def name(self, pointer: str) -> str:
        """Name a class; by its pointer when it has none."""
        named = self.context.names.get(pointer)
        return pointer if named is None else named.name

    def python(self, pointer: str) -> PythonClass:
        """Return what the generated code has for a class."""
        name = self.name(pointer)
        return self.surface.get(name) or PythonClass(name=name, module="")


def read_api(
    document: "Document",
    problems: Problems,
    *,
    ask: "Ask | None" = None,
) -> Api | None:
    """Make all of a checked document that a comparison needs; None when code cannot be made."""
    from .. import dmcg
    from ..generate import generate
    from ..normalise import build_model
    from ..traits import apply_traits

    effective = apply_traits(document)
    model = build_model(effective, problems)
    seen: list[Context] = []
    files = generate(
        effective,
        model,
        package=PACKAGE,
        runtime="stompws",
        problems=problems,
        ask=ask or dmcg.ask,
        observe=seen.append,
    )
    if not seen or problems.errors:
        return None
    (context,) = seen
    return Api(
        context=context,
        surface=read_surface(files),
        directions=_directions(context),
        by_name={names.name: pointer for pointer, names in sorted(context.names.items())},
    )


def _directions(context: Context) -> dict[str, Direction]:
    """Tell of each class whether the described application sends or receives it."""
    found: dict[str, set[Direction]] = {pointer: set() for pointer in context.schemas.classes}
    for operation in context.model.operations:
        way = Direction.SENT if operation.action == "send" else Direction.RECEIVED
        for key in operation.messages:
            message = context.model.message_by_key.get(key)
            parts = () if message is None else (message.payload, message.headers)
            todo = [_message_class(context, pointer) for pointer in parts]
            while todo:
                pointer = todo.pop()
                if pointer is None or pointer not in found or way in found[pointer]:
                    continue
                found[pointer].add(way)
                todo += references(context.schemas.classes[pointer])
    return {pointer: joined(ways) for pointer, ways in found.items()}


def _message_class(context: Context, pointer: str | None) -> str | None:
    """Return where the class of a message is, when it is not where its schema is."""
    elsewhere: Mapping[str, str] = getattr(context.schemas, "messages", {})
    return None if pointer is None else elsewhere.get(pointer, pointer)


def joined(ways: set[Direction]) -> Direction:
    """Put directions together."""
    ways = ways - {Direction.NONE}
    if not ways:
        return Direction.NONE
    return ways.pop() if len(ways) == 1 else Direction.BOTH
