"""The Python API of a generated package, read from its code: what a caller can name.

The code is parsed and never run. Read from the text and not from the views, it is what callers
really get, whatever kinds of schemas the generator learns.
"""

import ast
from collections.abc import Iterator, Mapping

import attrs

UNSEEN = frozenset({"examples", "operations", "channels"})
"""Modules of data: what changes there is told of channels, operations and messages."""


@attrs.frozen(kw_only=True)
class Attribute:
    """An attribute of a class."""

    name: str
    annotation: str
    required: bool
    """True when the constructor asks for it."""
    wire: str | None = None
    """Its name on the wire, when it has one."""


@attrs.frozen(kw_only=True)
class Parameter:
    """A parameter of a method."""

    name: str
    annotation: str
    required: bool


@attrs.frozen(kw_only=True)
class Method:
    """A method and its types."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: str


@attrs.frozen(kw_only=True)
class PythonClass:
    """A class, an enum or an alias of a union."""

    name: str
    module: str
    bases: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    members: tuple[tuple[str, str], ...] = ()
    """Of an enum: names and values."""
    methods: tuple[Method, ...] = ()
    alias: str | None = None

    def attribute_of(self, wire: str) -> Attribute | None:
        """Return the attribute of a field, by its name on the wire."""
        return next((a for a in self.attributes if a.wire == wire), None)

    def member_of(self, value: str) -> str | None:
        """Return the name of an enum's value."""
        return next((name for name, held in self.members if held == value), None)


Surface = Mapping[str, PythonClass]
"""By name of the class."""


def read_surface(files: Mapping[str, str]) -> dict[str, PythonClass]:
    """Read the classes of a generated package; paths as `generate` gives them."""
    found: dict[str, PythonClass] = {}
    for path, text in sorted(files.items()):
        module = path.removesuffix(".py").replace("/", ".").partition(".")[2]
        steps = module.split(".")
        if not path.endswith(".py") or steps[-1] in UNSEEN or any(map(_is_private, steps)):
            continue
        for node in ast.parse(text).body:
            if (made := _class(node, module)) is not None:
                found.setdefault(made.name, made)
    return found


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _class(node: ast.stmt, module: str) -> PythonClass | None:
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
        if ast.unparse(node.annotation) != "TypeAlias":
            return None
        return PythonClass(name=node.target.id, module=module, alias=_type(node.value))
    if not isinstance(node, ast.ClassDef) or _is_private(node.name):
        return None
    return PythonClass(
        name=node.name,
        module=module,
        bases=tuple(ast.unparse(base) for base in node.bases),
        attributes=tuple(_attributes(node)),
        members=tuple(_members(node)),
        methods=tuple(_methods(node)),
    )


def _attributes(node: ast.ClassDef) -> Iterator[Attribute]:
    for part in node.body:
        if not isinstance(part, ast.AnnAssign) or not isinstance(part.target, ast.Name):
            continue
        annotation = _type(part.annotation)
        if annotation.startswith("ClassVar"):
            continue
        call = part.value
        given = {k.arg: k.value for k in call.keywords} if isinstance(call, ast.Call) else {}
        yield Attribute(
            name=part.target.id,
            annotation=annotation,
            required=not {"default", "factory"} & set(given),
            wire=_wire(given.get("metadata")),
        )


def _wire(metadata: ast.expr | None) -> str | None:
    """Take the wire name out of `field_info("name", …)`."""
    if not isinstance(metadata, ast.Call) or not metadata.args:
        return None
    first = metadata.args[0]
    held = first.value if isinstance(first, ast.Constant) else None
    return held if isinstance(held, str) else None


def _members(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for part in node.body:
        if isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name):
            value = part.value
            held = value.value if isinstance(value, ast.Constant) else ast.unparse(value)
            yield part.targets[0].id, str(held)


def _methods(node: ast.ClassDef) -> Iterator[Method]:
    for part in node.body:
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            name = part.name
            if name == "__init__" or not name.startswith("_"):
                yield Method(
                    name=name,
                    parameters=tuple(_parameters(part.args)),
                    returns="" if part.returns is None else _type(part.returns),
                )


def _parameters(given: ast.arguments) -> Iterator[Parameter]:
    plain = [*given.posonlyargs, *given.args]
    first = len(plain) - len(given.defaults)
    for index, part in enumerate(plain):
        if part.arg != "self":
            yield Parameter(name=part.arg, annotation=_annotation(part), required=index < first)
    for part, default in zip(given.kwonlyargs, given.kw_defaults, strict=True):
        yield Parameter(name=part.arg, annotation=_annotation(part), required=default is None)


def _annotation(part: ast.arg) -> str:
    return "" if part.annotation is None else _type(part.annotation)


def _type(node: ast.expr) -> str:
    """Write a type; what stands in quotes is a type as well."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Subscript):
        return f"{_type(node.value)}[{_type(node.slice)}]"
    if isinstance(node, ast.Tuple):
        return ", ".join(map(_type, node.elts))
    members: list[str] = []
    # A union of a thousand classes is nested a thousand deep; `ast.unparse` would give up.
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        members.append(_type(node.right))
        node = node.left
    return " | ".join([_type(node) if members else ast.unparse(node), *reversed(members)])
