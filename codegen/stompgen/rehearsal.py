"""Generating without names and without text: what `generate` would refuse, told by `check`.

All of it runs but for datamodel-code-generator, the templates and the formatter. Classes get names
that clash with nothing, since only datamodel-code-generator knows theirs.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from .document import Document
from .frontend import ClassNames
from .generate import VIEWS, View, components, make_context, outermost, with_payloads
from .messages import operation_messages, operation_objects, schema_of
from .naming import attribute, class_name, pascal_case, snake_case
from .normalise import build_model
from .pointers import as_list, as_object, join, parent, split
from .problems import Problems
from .schema_reader import read_schemas
from .schemas import ClassSchema, EnumSchema, ObjectSchema, OpenEnumSchema, Schemas
from .views import Context, ModuleView

T = TypeVar("T")
RUNTIME = "stompws"
"""No problem depends on its name."""


def rehearse(document: Document, problems: Problems) -> None:
    """Add what `generate` would refuse in a document whose traits are applied.

    The document may be wrong already. Then what cannot be read is skipped, and what is said of the
    same place, or follows from it, is not said again.
    """
    broken = {place for problem in problems.errors for place in _broken(document, problem.pointer)}
    found = Problems()
    rehearsal = _Rehearsal(document, found)
    rehearsal.run()
    for problem in found.errors if problems.errors else found:  # a warning may follow from an error
        if not any(_follows(problem.pointer, place) for place in broken):
            problems.add(problem)
    if rehearsal.failures and not problems.errors:
        what = f"no code can be generated: {', '.join(sorted(rehearsal.failures))}"
        problems.add(document.problem("", what, "report this as a mistake of stompgen"))


class _Rehearsal:
    def __init__(self, document: Document, problems: Problems) -> None:
        self.failures: set[str] = set()
        """Names of the exceptions that ended a stage."""
        self._document, self._problems = document, problems

    def run(self) -> None:
        document, problems = self._document, self._problems
        built = self._try(lambda: build_model(document, problems))
        if built is None:
            self._schemas(_roots(document))
            return
        keys = self._try(lambda: outermost(document, built)) or {}
        schemas = self._schemas([*keys, *components(built)])
        model = with_payloads(built)
        names = stand_in_names(schemas, keys)
        context = self._try(
            lambda: make_context(
                document, model, schemas, names, runtime=RUNTIME, problems=problems
            )
        )
        if context is None:
            return
        for view in VIEWS:
            self._try(partial(_made, view, context))

    def _schemas(self, roots: list[str]) -> Schemas:
        """Read the schemas; each on its own when one of them cannot be read."""
        found = self._try(lambda: read_schemas(self._document, roots, self._problems))
        if found is not None:
            return found
        classes: dict[str, ClassSchema] = {}
        for root in roots:
            one = self._try(partial(read_schemas, self._document, [root], self._problems))
            classes.update({} if one is None else one.classes)
        return Schemas(classes=dict(sorted(classes.items())))

    def _try(self, stage: Callable[[], T]) -> T | None:
        """Run a stage. What is wrong with a document may end it anywhere."""
        try:
            return stage()
        except Exception as exc:  # noqa: BLE001 - the cause has been reported as a problem
            self.failures.add(type(exc).__name__)
            return None


def _made(view: View, context: Context) -> list[ModuleView]:
    return list(view(context))


def stand_in_names(schemas: Schemas, keys: dict[str, str]) -> dict[str, ClassNames]:
    """Name all classes as well as can be: components by their keys, others by a number."""
    names: dict[str, ClassNames] = {}
    taken: set[str] = set()
    for number, (pointer, schema) in enumerate(schemas.classes.items()):
        steps = split(pointer)
        key = steps[2] if len(steps) == 3 else keys.get(pointer, "")
        name = class_name(pascal_case(key)) if key else ""
        if not key or name in taken:
            name = f"Inline{number}Schema"
        taken.add(name)
        names[pointer] = ClassNames(name=name, members=_members(schema))
    return names


def _members(schema: ClassSchema) -> tuple[str, ...]:
    if isinstance(schema, ObjectSchema):
        return tuple(attribute(snake_case(field.wire)) for field in schema.fields)
    if isinstance(schema, EnumSchema | OpenEnumSchema):
        return tuple(f"MEMBER_{index}" for index in range(len(schema.members)))
    return ()


def _roots(document: Document) -> list[str]:
    """List the schemas of the operations' messages, without a model of the document."""
    messages = [
        at for key in operation_objects(document) for at in operation_messages(document, key)
    ]
    found = [schema_of(document, at, part) for at in messages for part in ("payload", "headers")]
    return sorted({pointer for pointer in found if pointer is not None})


def _broken(document: Document, pointer: str) -> Iterator[str]:
    """Yield what cannot be judged because of an error: of a union, also its variants."""
    yield pointer
    steps = split(pointer)
    if steps[:1] == ["components"] and len(steps) > 3:
        yield parent(pointer)  # mostly a keyword; the others beside it mean something together
    for _ in steps:
        schema = as_object(document.look(pointer))
        for index in range(len(as_list(schema.get("oneOf")))):
            if (found := document.find(join(pointer, "oneOf", index))) is not None:
                yield found[0]
        pointer = parent(pointer)


def _follows(pointer: str, broken: str) -> bool:
    """Tell whether a problem is at, or inside of, a broken place, or has it inside.

    What is wrong inside a component makes the component unusable; an operation or a server has
    faults of its own.
    """
    if pointer == broken or (broken and pointer.startswith(f"{broken}/")):
        return True
    return len(split(pointer)) > 2 and broken.startswith(f"{pointer}/")
