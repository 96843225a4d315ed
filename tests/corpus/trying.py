"""One document, in a process of its own: `python -m tests.corpus.trying DOCUMENT OUT PACKAGE ROOT`.

Prints what became of it as one line of JSON. The process may take too long or die; whoever started
it makes that a line of the table.
"""

import argparse
import ast
import importlib
import json
import sys
import time
import traceback
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
from tests.corpus.raw import Raw, read_raw

from stompgen import DocumentError, Problems, generate_files
from stompgen.output import write_tree


@attrs.define
class Outcome:
    """What became of one document."""

    generated: bool = False
    seconds: float = 0.0
    files: int = 0
    imports: bool = False
    payloads: tuple[int, int] = (0, 0)
    """Examples whose payload is written back equal, of all."""
    headers: tuple[int, int] = (0, 0)
    schema_examples: tuple[int, int] = (0, 0)
    """The same of the examples that named schemas have."""
    misfits: int = 0
    """Examples that do not fit their own schema; they are written back equal all the same."""
    schemas: tuple[int, int] = (0, 0)
    """Named object schemas that have a class, of all."""
    errors: list[str] = attrs.field(factory=list)
    """What the generator says, or what it did wrong."""
    warnings: int = 0
    placeless: int = 0
    """Problems without a line."""
    lost: list[str] = attrs.field(factory=list)
    """What is missing: schemas without a class, examples that change."""


def main(arguments: list[str] | None = None) -> int:
    """Try one document and print the outcome."""
    options = _parse(arguments)
    outcome = Outcome()
    try:
        _count(read_raw(options.document, options.root), outcome)
        _generate(options, outcome)
        if outcome.generated:
            _use(options, outcome)
    except BaseException as exc:  # noqa: BLE001 - whatever it is, it belongs into the table
        where = traceback.extract_tb(exc.__traceback__)[-1]
        place = f"{Path(where.filename).name}:{where.lineno}"
        outcome.errors.append(f"{type(exc).__name__} at {place}: {str(exc)[:200]}")
    print(json.dumps(attrs.asdict(outcome)))
    return 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("document", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("package")
    parser.add_argument("root", type=Path)
    parser.add_argument("--lenient", action="store_true")
    return parser.parse_args(arguments)


def _generate(options: argparse.Namespace, outcome: Outcome) -> None:
    begin = time.perf_counter()
    found = Problems()
    try:
        files = generate_files(
            options.document,
            package=options.package,
            problems=found,
            lenient=options.lenient,
            root=options.root,
        )
    except DocumentError as exc:
        found = exc.problems
        outcome.errors = [str(problem) for problem in found.errors]
        files = {}
    outcome.seconds = round(time.perf_counter() - begin, 2)
    outcome.warnings = len(list(found)) - len(found.errors)
    outcome.placeless = sum(1 for problem in found if problem.line < 1 or not problem.file)
    if files:
        write_tree(files, options.out)
        outcome.generated, outcome.files = True, len(files)


def _count(raw: Raw, outcome: Outcome) -> None:
    """Say how much there is, in case that nothing comes of it."""
    examples, schemas = raw.examples(), raw.object_schemas()
    outcome.payloads = (0, sum(example.has_payload for example in examples))
    outcome.headers = (0, sum(isinstance(example.headers, dict) for example in examples))
    outcome.schema_examples = (0, sum(len(examples_of(schema)) for _, _, schema in schemas))
    outcome.schemas = (0, len(schemas))


def examples_of(schema: dict[str, Any]) -> list[Any]:
    """Return a schema's own examples."""
    found = schema.get("examples")
    return found if isinstance(found, list) else []


def _use(options: argparse.Namespace, outcome: Outcome) -> None:
    sys.path.insert(0, str(options.out))
    package = options.package
    for path in sorted((options.out / package).rglob("*.py")):
        parts = path.relative_to(options.out).with_suffix("").parts
        importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    front = importlib.import_module(package)
    for name in front.__all__:
        getattr(front, name)
    outcome.imports = True
    raw = read_raw(options.document, options.root)
    classes = _classes(options.out / package, package)
    _count_schemas(raw, classes, outcome)
    judge = _Judge(package, outcome)
    judge.messages(raw)
    judge.schemas(raw, classes)


# Schemas.


def _classes(folder: Path, package: str) -> dict[str, tuple[str, str]]:
    """Return module and name of the classes by the pointer that their docstring names."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted((folder / "messages").glob("*.py")):
        module = f"{package}.messages.{path.stem}"
        body = ast.parse(path.read_text("utf-8")).body
        for before, node in zip([None, *body], body, strict=False):
            if isinstance(node, ast.ClassDef):
                _note(found, ast.get_docstring(node, clean=False), module, node.name)
            elif isinstance(node, ast.Expr) and isinstance(before, ast.Assign | ast.AnnAssign):
                target = before.target if isinstance(before, ast.AnnAssign) else before.targets[0]
                text = node.value.value if isinstance(node.value, ast.Constant) else None
                if isinstance(target, ast.Name) and isinstance(text, str):
                    _note(found, text, module, target.id)
    return found


def _note(found: dict[str, tuple[str, str]], text: str | None, module: str, name: str) -> None:
    for part in "".join((text or "").split()).split("Source:#")[1:]:
        pointer = part.partition("(")[0].rstrip(".")
        found.setdefault(pointer, (module, name))
        found.setdefault(part.rstrip("."), (module, name))  # a key may hold brackets


def _pointers(raw: Raw, file: str, key: str) -> list[str]:
    escaped = key.replace("~", "~0").replace("/", "~1")
    pointer = "".join(f"/components/schemas/{escaped}".split())
    if file == raw.first:
        return [pointer]
    inside = file.replace("~", "~0").replace("/", "~1")
    return [f"/x-stompgen-files/{inside}{pointer}", f"{file}#{pointer}"]


def _count_schemas(raw: Raw, classes: dict[str, tuple[str, str]], outcome: Outcome) -> None:
    named = total = 0
    for file, key, _ in raw.object_schemas():
        total += 1
        if any(pointer in classes for pointer in _pointers(raw, file, key)):
            named += 1
        else:
            outcome.lost.append(f"no class for {file}#/components/schemas/{key}"[:160])
    outcome.schemas = (named, total)


# Examples.


class _Judge:
    def __init__(self, package: str, outcome: Outcome) -> None:
        from stompws.decoding import codec_of

        self._outcome = outcome
        self._api = importlib.import_module(f"{package}.operations").API
        self._examples = importlib.import_module(f"{package}.examples").EXAMPLES
        self._codec = codec_of(self._api)

    def messages(self, raw: Raw) -> None:
        """Count the messages' examples, payloads and headers."""
        good = [0, 0]
        total = [0, 0]
        for example in raw.examples():
            total[0] += example.has_payload
            total[1] += isinstance(example.headers, dict)
            types = self._types(example.payload) if example.has_payload else self._api.messages
            if example.has_payload and self._any(types, "payload", example.payload):
                good[0] += 1
            if isinstance(example.headers, dict):
                own = [type_ for type_ in types if type_.headers is not None]
                good[1] += self._any(own, "headers", example.headers) if own else not types
        self._outcome.payloads = (good[0], total[0])
        self._outcome.headers = (good[1], total[1])

    def _types(self, payload: Any) -> list[Any]:
        return [
            example.message
            for example in self._examples
            if same(json.loads(example.payload_text), payload)
        ]

    def _any(self, types: list[Any], part: str, value: Any) -> bool:
        classes = dict.fromkeys(getattr(type_, part) for type_ in types)
        kept = [cls for cls in classes if self._keeps(cls, value)]
        if not kept:
            text = json.dumps(value, ensure_ascii=False)[:80]
            self._outcome.lost.append(f"example changes or is missing: {part} {text}")
        return bool(kept)

    def schemas(self, raw: Raw, classes: dict[str, tuple[str, str]]) -> None:
        """Count the examples of named object schemas."""
        from stompws.codec import Codec
        from stompws.shapes import Struct

        good = total = 0
        for file, key, schema in raw.object_schemas():
            place = next((p for p in _pointers(raw, file, key) if p in classes), None)
            examples = examples_of(schema)
            total += len(examples)
            if place is None or not examples:
                continue
            module, name = classes[place]
            cls = getattr(importlib.import_module(module), name)
            if not (isinstance(cls, type) and issubclass(cls, Struct)):
                good += len(examples)  # an alias: what it stands for is tried with the messages
                continue
            codec = Codec([cls])
            for example in examples:
                if self._keeps(cls, example, codec):
                    good += 1
                else:
                    self._outcome.lost.append(f"example of {key} changes")
        self._outcome.schema_examples = (good, total)

    def _keeps(self, cls: Any, value: Any, codec: Any = None) -> bool:
        """Tell whether a value is read and written back equal."""
        from stompws.errors import DecodeError, InvalidMessageError
        from stompws.shapes import Undecodable

        codec = codec or self._codec
        text = json.dumps(value)
        received = codec.receive(cls, text)
        if isinstance(received.payload, Undecodable):
            return False
        try:
            read = codec.decode(cls, text)
        except DecodeError:
            self._outcome.misfits += 1
            read = received.payload
        try:
            written = codec.encode(read)
        except InvalidMessageError:  # it holds what is not known, or does not fit
            written = codec.dump(read)
        return same(json.loads(written), value)


def same(one: Any, other: Any) -> bool:
    """Compare JSON: a boolean is no number, and 1.0 is 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float | Decimal) and isinstance(other, int | float | Decimal):
        return one == other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


if __name__ == "__main__":
    sys.exit(main())
