"""Where message classes stand: in which module, and in which order."""

from collections.abc import Callable, Iterable

from .model import ApiModel
from .naming import attribute, snake_case
from .schemas import ClassSchema, Schemas, UnionSchema, references

COMMON, HEADERS, OTHERS = "common", "headers", "others"
"""Modules for what several tags share, for headers, and for what no message needs."""


DEVICES = frozenset(
    {
        "aux",
        "con",
        "nul",
        "prn",
        *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
    }
)
"""What Windows takes for a device, whatever follows after a dot."""


def module_name(tag: str) -> str:
    """Name the module of a tag."""
    return attribute(snake_case(tag), {COMMON, HEADERS, OTHERS, *DEVICES})


def place_classes(model: ApiModel, schemas: Schemas) -> dict[str, str]:
    """Choose the module of each class: that of its tag, or a shared one."""
    groups: dict[str, set[str]] = {pointer: set() for pointer in schemas.classes}
    modules = {tag.key: module_name(tag.key) for tag in model.tags}
    by_message: dict[str, set[str]] = {}
    for operation in model.operations:
        for key in operation.messages:
            by_message.setdefault(key, set()).update(operation.tags)
    for message in model.messages:
        tags = message.tags or tuple(sorted(by_message.get(message.key, ())))
        homes = {modules[tag] for tag in tags} or {COMMON}
        _reach(schemas, schemas.message_class(message.payload), homes, groups)
        _reach(schemas, schemas.message_class(message.headers), {HEADERS}, groups)
    # Nothing that a message needs leads to OTHERS, so no two modules import each other.
    return {
        p: OTHERS if not g else next(iter(g)) if len(g) == 1 else COMMON for p, g in groups.items()
    }


def _reach(
    schemas: Schemas, pointer: str | None, homes: set[str], groups: dict[str, set[str]]
) -> None:
    """Note for a class, and all it refers to, that some modules need it."""
    todo = [pointer] if pointer in schemas.classes else []
    while todo:
        found = todo.pop()
        if found is None or homes <= groups[found]:
            continue
        groups[found] |= homes
        todo += references(schemas.classes[found])


def dependencies_first(
    pointers: Iterable[str],
    schema: Callable[[str], ClassSchema],
    name: Callable[[str], str],
) -> list[str]:
    """Sort classes so that each follows what it refers to, as far as can be; otherwise by name."""
    here = sorted(pointers, key=name)
    known, order = set(here), list[str]()
    state: dict[str, str] = {}
    for start in here:
        stack = [(start, False)]
        while stack:
            pointer, done = stack.pop()
            if done:
                state[pointer] = "done"
                order.append(pointer)
                continue
            if pointer in state:
                continue
            state[pointer] = "open"
            stack.append((pointer, True))
            below = sorted(known & set(references(schema(pointer))), key=name, reverse=True)
            stack += [(p, False) for p in below if p not in state]
    return _unions_after_members(order, schema)


def _unions_after_members(order: list[str], schema: Callable[[str], ClassSchema]) -> list[str]:
    """Move unions in a circle down: a union needs its members, they can name it later."""
    here, placed = set(order), set[str]()
    found: list[str] = []
    waiting: dict[str, set[str]] = {}
    for pointer in order:
        union = schema(pointer)
        missing = set[str]()
        if isinstance(union, UnionSchema):
            missing = here.intersection(union.variants) - placed
        if missing:
            waiting[pointer] = missing
            continue
        found.append(pointer)
        placed.add(pointer)
        for union_pointer, rest in list(waiting.items()):
            rest.discard(pointer)
            if not rest:
                found.append(union_pointer)
                placed.add(union_pointer)
                del waiting[union_pointer]
    return found
