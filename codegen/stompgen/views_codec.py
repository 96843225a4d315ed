"""Views of the codec modules: straight-line functions for each class, beside its module.

They do what the runtime does from the rules of the classes, only sooner. A class or a field of a
shape that is not known here is left to the runtime, so a new kind of schema needs nothing here.
"""

import attrs

from .schemas import Array, ClassSchema, Map, ObjectSchema, UnionSchema, Value, references
from .views import Context, ModuleView
from .views_codec_parts import Parts
from .views_codec_read import reader, union_reader
from .views_codec_write import union_writers, writers

KNOWN_OF_OBJECTS = frozenset({"pointer", "fields", "doc"})
KNOWN_OF_UNIONS = frozenset({"pointer", "tag", "variants", "open", "doc"})
DEEPEST = 80
"""Arrays and objects inside each other that nobody has to count at run time."""


@attrs.frozen(kw_only=True)
class CodecView:
    """The functions of one module."""

    constants: tuple[str, ...]
    functions: tuple[str, ...]
    tables: tuple[str, ...]


def codec_modules(context: Context) -> list[ModuleView]:
    """Make the views of all codec modules and of their package."""
    by_module: dict[str, list[str]] = {}
    for pointer, module in context.homes.items():
        if pointer in context.names:
            by_module.setdefault(module, []).append(pointer)
    depths = _depths({p: context.schemas.classes[p] for p in context.names})
    found = [
        ModuleView(
            path="_codec/__init__.py",
            template="empty.jinja",
            doc="Decoding and encoding, written ahead of time. Only the runtime imports this.",
        )
    ]
    for module in sorted(by_module):
        pointers = sorted(by_module[module], key=lambda p: context.names[p].name)
        found.append(_module(context, module, pointers, depths))
    return found


def _module(
    context: Context, module: str, pointers: list[str], depths: dict[str, int]
) -> ModuleView:
    imports = context.imports(depth=1)
    parts = Parts(context, module, imports)
    imports.name("typing", "Any")
    imports.name("..messages", f"{module} as types")
    for pointer in pointers:
        _class(parts, pointer, deep=depths[pointer] > DEEPEST)
    return ModuleView(
        path=f"_codec/{module}.py",
        template="codec.jinja",
        doc=f"Codec of the messages in `{module}`: made for speed, and not for reading.",
        imports=imports.sections(),
        content=CodecView(
            constants=tuple(parts.constants),
            functions=tuple(parts.functions),
            tables=(*parts.tables, parts.codec),
        ),
    )


def _class(parts: Parts, pointer: str, *, deep: bool) -> None:
    schema = parts.schema(pointer)
    if isinstance(schema, UnionSchema) and parts.is_known_union(pointer):
        union_reader(parts, schema)
        union_writers(parts, schema)
    elif isinstance(schema, ObjectSchema):
        name = parts.name(pointer)
        parts.constant(f"type_{name}: Any", f"types.{name}")
        if parts.has_only(schema, KNOWN_OF_OBJECTS):
            reader(parts, schema, deep=deep)
            writers(parts, schema)
            parts.entry(name)
        else:
            for kind in ("reader", "writer", "tree"):
                made = {"reader": "read", "writer": "write"}.get(kind, kind)
                parts.runtime(f"late_{kind}")
                parts.constant(f"{made}_{name}", f"late_{kind}(types.{name})")


def _depths(classes: dict[str, ClassSchema]) -> dict[str, int]:
    """Tell how many arrays and objects a value of each class can nest; cycles count as very many.

    Iterative: a chain of references may be longer than Python's stack.
    """
    depths: dict[str, int] = {}
    for start in classes:
        stack = [(start, False)]
        open_: set[str] = set()
        while stack:
            pointer, done = stack.pop()
            below = [p for p in references(classes[pointer]) if p in classes]
            if done:
                open_.discard(pointer)
                depths[pointer] = _levels(classes[pointer]) + max(
                    (depths.get(p, 10**6) for p in below), default=0
                )
            elif pointer not in depths and pointer not in open_:
                open_.add(pointer)
                stack.append((pointer, True))
                stack += [(p, False) for p in below if p not in depths]
    return depths


def _levels(schema: ClassSchema) -> int:
    """How many levels a class adds to what its fields refer to."""
    if not isinstance(schema, ObjectSchema):
        return 0
    return 1 + max((_nested(field.value) for field in schema.fields), default=0)


def _nested(value: Value) -> int:
    if isinstance(value.type, Array):
        return 1 + _nested(value.type.items)
    return 1 + _nested(value.type.values) if isinstance(value.type, Map) else 0
