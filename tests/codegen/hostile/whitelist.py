"""What generated code may be made of: declarations. Anything else in a module's tree is a fault."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

MODULES = frozenset(
    {"abc", "attrs", "collections.abc", "decimal", "enum", "functools", "re", "typing"}
)
BUILTINS = frozenset(
    {"__name__", "bool", "bytes", "float", "int", "list", "dict", "object", "str", "super", "tuple"}
    | {"type", "property", "classmethod", "staticmethod", "isinstance", "len", "ValueError"}
)
HIDDEN_ATTRIBUTES = frozenset({"__init__"})
"""Of those with two underscores, what may be reached: `super().__init__`."""

STATEMENTS = (
    ast.AnnAssign, ast.Assign, ast.AsyncFunctionDef, ast.ClassDef, ast.Expr, ast.FunctionDef,
    ast.If, ast.Import, ast.ImportFrom, ast.Pass, ast.Return,
)  # fmt: skip
EXPRESSIONS = (
    ast.Attribute, ast.Await, ast.BinOp, ast.BoolOp, ast.Call, ast.Constant, ast.Dict, ast.Lambda,
    ast.List, ast.Name, ast.Subscript, ast.Tuple, ast.UnaryOp,
)  # fmt: skip
OPERATORS = (ast.BitOr, ast.Or, ast.USub)
OTHERS = (
    ast.Module, ast.alias, ast.arg, ast.arguments, ast.expr_context, ast.keyword, *OPERATORS,
)  # fmt: skip
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{i}" for i in range(10)), *(f"lpt{i}" for i in range(10))}
)
STRAIGHT_LINE = "_codec"
"""How modules begin that hold functions written by the generator: more statements, same names."""


def tree_faults(files: Mapping[str, str], package: str, runtime: str = "stompws") -> list[str]:
    """List what is wrong with a generated package: its paths, and what its code could do."""
    found = list(_path_faults(files, package))
    for path, text in files.items():
        if path.endswith(".py"):
            found += [f"{path}: {fault}" for fault in code_faults(text, path, runtime)]
        elif PurePosixPath(path).name != "py.typed" and not path.endswith(".json"):
            found.append(f"{path}: a file of a kind that is not known")
    return found


def code_faults(text: str, path: str, runtime: str = "stompws") -> list[str]:
    """List what a module has that is no declaration."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError) as exc:
        return [f"does not compile: {exc}"]
    checker = _Checker(runtime, straight_line=PurePosixPath(path).name.startswith(STRAIGHT_LINE))
    checker.module(tree)
    return checker.found


def skeleton(text: str) -> str:
    """Return the shape of a module: its tree, with every text left out."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


def _path_faults(files: Mapping[str, str], package: str) -> Iterator[str]:
    if len({path.lower() for path in files}) != len(files):
        yield "two files have one name where capitals do not count"
    for path in files:
        steps = path.split("/")
        if steps[: package.count(".") + 1] != package.split("."):
            yield f"{path!r} is not in the package"
        for step in steps:
            stem = step.partition(".")[0]
            if not stem.isidentifier() or step in ("", ".", "..") or len(step.encode()) > 200:
                yield f"{path[:80]!r} is an odd path"


def device_faults(files: Mapping[str, str]) -> list[str]:
    """List the files that Windows would take for a device."""
    return [
        f"{path} is a device on Windows"
        for path in files
        if any(step.partition(".")[0].lower() in DEVICES for step in path.split("/"))
    ]


class _Checker:
    def __init__(self, runtime: str, *, straight_line: bool) -> None:
        self.found: list[str] = []
        self._runtime = runtime
        self._straight_line = straight_line
        self._known: set[str] = set(BUILTINS)

    def module(self, tree: ast.Module) -> None:
        for node in ast.walk(tree):
            self._know(node)
        for node in ast.walk(tree):
            self._node(node)
        for statement in tree.body:
            if isinstance(statement, ast.Expr) and not _is_text(statement):
                self._fault(statement, "calls something when it is imported")
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                for statement in node.body:
                    if isinstance(statement, ast.Expr) and not _is_text(statement):
                        self._fault(statement, "calls something in a class")

    def _know(self, node: ast.AST) -> None:
        """Note the names that the module itself makes."""
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            self._known.add(node.name)
        elif isinstance(node, ast.alias):
            self._known.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.arg):
            self._known.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            self._known.add(node.id)

    def _node(self, node: ast.AST) -> None:
        allowed = (*STATEMENTS, *EXPRESSIONS, *OTHERS)
        if not isinstance(node, allowed) and not self._straight_line:
            self._fault(node, f"has {type(node).__name__}")
        elif isinstance(node, ast.Import):
            self._modules(node, [alias.name for alias in node.names])
        elif isinstance(node, ast.ImportFrom):
            self._import_from(node)
        elif isinstance(node, ast.Name):
            if node.id not in self._known:
                self._fault(node, f"uses the name {node.id}")
        elif isinstance(node, ast.Attribute):
            if node.attr.startswith("__") and node.attr not in HIDDEN_ATTRIBUTES:
                self._fault(node, f"reaches {node.attr}")
        elif isinstance(node, ast.Constant):
            if not isinstance(node.value, str | int | bool | float | None | type(...)):
                self._fault(node, f"has a {type(node.value).__name__}")
        elif isinstance(node, ast.If) and not self._straight_line and not _is_for_types(node):
            self._fault(node, "decides something")

    def _import_from(self, node: ast.ImportFrom) -> None:
        if any(alias.name == "*" for alias in node.names):
            self._fault(node, "imports everything")
        if node.level == 0:
            self._modules(node, [node.module or ""])

    def _modules(self, node: ast.AST, modules: list[str]) -> None:
        for module in modules:
            if module not in MODULES and not f"{module}.".startswith(f"{self._runtime}."):
                self._fault(node, f"imports {module}")

    def _fault(self, node: ast.AST, what: str) -> None:
        self.found.append(f"line {getattr(node, 'lineno', 0)} {what}")


def _is_for_types(node: ast.If) -> bool:
    return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _is_text(statement: ast.Expr) -> bool:
    return isinstance(statement.value, ast.Constant) and isinstance(statement.value.value, str)
