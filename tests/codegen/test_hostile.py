"""A document is data: whatever its names and texts are, the code says what the schemas say."""

import ast
import builtins
import json
import keyword
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stompgen.naming import TAKEN_ATTRIBUTES, TAKEN_CLASSES
from stompgen.output import write_tree
from stompgen.pointers import is_text
from trials import codecs, imported, package_of

ROOT = Path(__file__).parents[2]
MARKER = "pwned"
CODE = f'__import__("pathlib").Path("{MARKER}").touch()'
TEXTS = (
    '"""', "'''", "\\", 'ends with \\"', f'""" + {CODE} + """', f"'+{CODE}+'", f"\\\n{CODE}\n",
    "{{ 7*7 }}", "{% raw %}", "{# x #}", "# type: ignore", "# noqa", "# -*- coding: latin-1 -*-",
    "\u202eevil\u2066", "\x00\x07\x1b[31m", "\ud800", "\u2028", "\r\n- a\n- b\n", "%s {0} $x",
    "\\N{DEAD} \\x \\u12", "x" * 3000, "word " * 500,
)  # fmt: skip
NAMES = (
    *keyword.kwlist, *dir(builtins), *sorted(TAKEN_ATTRIBUTES), *sorted(TAKEN_CLASSES),
    "", "-", "$", "@", "/", "..", "~1", "a/b", "a.b", "a b", "1", "1st", "_", "__", "_x_", "x_",
    "__class__", "__slots__", "__init__", "__attrs_attrs__", "mro", "name", "value", "validator",
    "fooBar", "foo_bar", "FooBar", "foo-bar", "ß", "\u017f", "\u212a", "\u212b", "\ufb01", "fi",
    "\uff41", "\u0130", "\u0131", "\u0149", "\u01c5",
    "名前", "שלום", "a\u0301", "á", "😀", "con", "nul", "x" * 10_000, *TEXTS,
)  # fmt: skip
NAME = st.sampled_from(NAMES) | st.text(max_size=20)
TEXT = st.sampled_from(TEXTS) | st.text(max_size=200)
FIELD = st.one_of(
    st.fixed_dictionaries({"type": st.just("string"), "description": TEXT}),
    st.fixed_dictionaries({"type": st.just("string"), "enum": st.lists(NAME, min_size=1)}),
    st.fixed_dictionaries({"const": NAME}),
    st.fixed_dictionaries({"enum": st.tuples(NAME, st.just(1), st.none()).map(list)}),
    st.fixed_dictionaries(
        {"default": TEXT, "title": TEXT, "not": st.fixed_dictionaries({"const": NAME})}
    ),
    st.dictionaries(NAME, st.just({"type": "integer"}), max_size=3).map(
        lambda properties: {
            "oneOf": [{"type": "object", "properties": properties}, {"type": "null"}]
        }
    ),
)
OBJECT = st.fixed_dictionaries(
    {"type": st.just("object"), "properties": st.dictionaries(NAME, FIELD, max_size=6)},
    optional={"description": TEXT, "title": TEXT, "required": st.lists(NAME, max_size=1)},
)
SCHEMAS = st.dictionaries(NAME, OBJECT, min_size=1, max_size=4)


STATEMENTS = (ast.Import, ast.ImportFrom, ast.ClassDef, ast.Assign, ast.AnnAssign, ast.Expr)


def strangers(text: str) -> list[str]:
    """Name what no template writes into a module of messages."""
    tree = ast.parse(text)
    names = {
        alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }

    def fine(node: ast.AST) -> bool:
        if isinstance(node, ast.Expr):
            return isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        if not isinstance(node, ast.Call):
            return True
        called = ast.unparse(node.func)
        return called in names or called in {"attrs.field", "attrs.frozen"}

    return [
        ast.dump(node)
        for node in ast.walk(tree)
        if not fine(node) or (node in tree.body and not isinstance(node, STATEMENTS))
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(schemas=SCHEMAS)
def test_names_and_texts_change_nothing(schemas: dict[str, Any], tmp_path_factory: Any) -> None:
    """Any document of hostile names: it compiles, imports, holds nothing else, and works."""
    package, files, _ = package_of(schemas)
    for path, text in files.items():
        if "/messages/" in path and text:
            assert strangers(text) == []
        assert all(char.isprintable() or char == "\n" for char in text)
        assert all(len(part) < 120 for part in Path(path).parts)
    folder = tmp_path_factory.mktemp("hostile")
    with imported(package, files, folder) as operations:
        for key, codec, cls in codecs(operations, schemas):
            for name, field in schemas[key]["properties"].items():
                if not is_text(name) or schemas[key].get("required"):
                    continue
                value = field.get("const", "x" if field.get("type") == "string" else None)
                value = field["enum"][0] if "enum" in field else value
                if "not" in field or (isinstance(value, str) and not is_text(value)):
                    continue
                text = json.dumps({name: value})
                assert json.loads(codec.encode(codec.decode(cls, text))) == json.loads(text)


@pytest.mark.parametrize("batch", range(4))
def test_every_hostile_name_works_beside_all_others(batch: int, tmp_path: Path) -> None:
    """Fields of one class, members of one enum and classes of one package all get along."""
    names = NAMES[batch::4]
    schemas: dict[str, Any] = {
        "Fields": {"type": "object", "properties": {n: {"type": "string"} for n in names}},
        "Words": {"type": "string", "enum": list(names)},
        **{name: {"type": "object", "properties": {"x": {"type": "string"}}} for name in names},
    }
    package, files, _ = package_of(schemas)
    with imported(package, files, tmp_path) as operations:
        classes = {key: (codec, cls) for key, codec, cls in codecs(operations, schemas)}
        value = {name: "x" for name in names if is_text(name)}
        codec, cls = classes["Fields"]
        assert json.loads(codec.encode(codec.decode(cls, json.dumps(value)))) == value
        codec, cls = classes["Words"]
        for name in filter(is_text, names):
            assert json.loads(codec.encode(codec.decode(cls, json.dumps(name)))) == name
        assert len({cls for _, cls in classes.values()}) == len(classes)


def test_importing_hostile_code_does_nothing(tmp_path: Path) -> None:
    """In a process of its own, in an empty folder: nothing is run, nothing is written."""
    field = {"type": "string", "enum": list(TEXTS), "default": TEXTS[4]}
    properties = {text: {**field, "description": text, "title": text} for text in TEXTS}
    schemas = {text: {"type": "object", "properties": properties} for text in TEXTS[:8]}
    _, files, _ = package_of(schemas)
    write_tree(files, tmp_path / "code")
    (tmp_path / "empty").mkdir()
    environment = {
        "PYTHONPATH": f"{tmp_path / 'code'}:{ROOT / 'runtime'}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    modules = [path.removesuffix(".py").replace("/", ".") for path in files if path.endswith(".py")]
    code = f"import {', '.join(module.removesuffix('.__init__') for module in modules)}"
    subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        check=True,
        cwd=tmp_path / "empty",
        env=environment,
    )
    assert list((tmp_path / "empty").iterdir()) == []


def test_hostile_names_are_named_the_same_in_any_order() -> None:
    """Which of two clashing names gets letters does not depend on the order of keys."""
    schemas = {
        name: {"type": "object", "properties": {n: {} for n in NAMES[-60:]}} for name in NAMES[-40:]
    }
    package, files, _ = package_of(schemas)
    other, again, _ = package_of(
        {
            key: {**value, "properties": dict(reversed(value["properties"].items()))}
            for key, value in reversed(schemas.items())
        }
    )
    messages = [path for path in files if "/messages/" in path]
    assert messages
    for path in messages:
        ours, theirs = files[path], again[path.replace(package, other, 1)]
        assert ours.split("\n")[2:] == theirs.split("\n")[2:]  # the first lines have the digest
