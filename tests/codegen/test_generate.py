"""The generator as a whole: golden trees, the same bytes always, and nothing a text can do.

A folder in `cases` is a case: `spec.yaml` and the tree `expected`. `STOMPGEN_UPDATE_CASES=1` writes
the trees anew; look at the difference before you commit it.
"""

import ast
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from checking import changed
from generating import CASES, SPEC, document_of, files_of
from stompgen.document import Document
from stompgen.formatting import FormatError, format_python
from stompgen.generate import client_name, generate
from stompgen.normalise import build_model
from stompgen.output import write_tree
from stompgen.problems import Problems

UPDATE = os.environ.get("STOMPGEN_UPDATE_CASES") == "1"
NAMES = sorted(path.name for path in CASES.iterdir())
RUFF = ["check", "--isolated", "--line-length=100", "--target-version=py311", "--quiet"]


@pytest.fixture(scope="module", params=[*NAMES, "real"])
def case(request) -> tuple[str, dict[str, str]]:
    """The text and the files of each case, and of the real document."""
    path = SPEC if request.param == "real" else CASES / request.param / "spec.yaml"
    text = path.read_text("utf-8")
    return text, files_of(text)


@pytest.mark.parametrize("name", NAMES)
def test_the_tree_is_the_expected_one(name) -> None:
    """Every change of the output is seen by a person."""
    files = files_of((CASES / name / "spec.yaml").read_bytes())
    expected = CASES / name / "expected"
    if UPDATE:
        write_tree(files, expected)
    found = {
        path.relative_to(expected).as_posix(): path.read_bytes().decode("utf-8")
        for path in expected.rglob("*")
        if path.is_file()
    }
    assert files == found


def test_the_committed_bindings_are_current() -> None:
    """`generated/` is what specification and generator give."""
    document, problems = document_of(SPEC.read_bytes(), SPEC.name), Problems()
    model = build_model(document, problems)
    files = generate(document, model, package="worldpay_ips", runtime="stompws", problems=problems)
    generated = SPEC.parents[1] / "generated"
    for path, text in files.items():
        assert (generated / path).read_bytes().decode("utf-8") == text, path


def test_everything_compiles(case) -> None:
    """Whatever the document says, the code is Python."""
    _, files = case
    for path, text in files.items():
        if path.endswith(".py"):
            compile(text, path, "exec")


def test_every_field_of_the_real_document_tells_its_source() -> None:
    """Its own, else that of the schema it refers to, else that of its class."""
    fields = [
        (node.target, below)
        for path, code in files_of(SPEC.read_bytes()).items()
        if "/messages/" in path
        for class_ in ast.walk(ast.parse(code))
        if isinstance(class_, ast.ClassDef)
        for node, below in pairwise(class_.body)
        if isinstance(node, ast.AnnAssign)
    ]
    assert fields
    assert [ast.unparse(name) for name, doc in fields if "Source:" not in ast.unparse(doc)] == []


def test_the_order_of_keys_makes_no_difference(case) -> None:
    """The same content gives the same bytes."""
    text, files = case
    data = document_of(text).original
    assert data is not None
    for seed in (1, 2):
        shuffled = json.dumps(_shuffled(data.data, random.Random(seed)))  # noqa: S311
        assert files_of(shuffled) == files


def test_the_hash_seed_makes_no_difference(tmp_path) -> None:
    """Neither does the process, nor the folder."""
    found: list[str] = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        arguments = ["generate", str(CASES / "shapes" / "spec.yaml"), "--out", str(out)]
        subprocess.run(
            [sys.executable, "-m", "stompgen", *arguments, "--package", "pkg"],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=True,
            capture_output=True,
        )
        found.append("".join(p.read_text("utf-8") for p in sorted(out.rglob("*.py"))))
    assert found[0] == found[1]


def test_only_the_name_of_the_document_is_written() -> None:
    """Where it lay is of no interest, and would make the output depend on the machine."""
    files = _files(document_of((CASES / "request" / "spec.yaml").read_bytes(), "/a/b/x y.yaml"))
    first = files["pkg/client.py"].splitlines()[0]
    assert first == "# Generated from x y.yaml by stompgen. Do not edit."
    assert "/a/b" not in "".join(files.values())


def test_the_imports_are_sorted_and_exact(case, tmp_path) -> None:
    """Decided by the views: no tool prunes or sorts afterwards."""
    _, files = case
    write_tree(files, tmp_path)
    config = "lint.isort.known-first-party=['stompws']"
    _ruff("--select=I,F", f"--config={config}", cwd=tmp_path)


def test_the_code_is_clean(tmp_path) -> None:
    """A reader of the bindings finds nothing to mend, and no comment that hides it."""
    files = files_of(SPEC.read_bytes())
    write_tree(files, tmp_path)
    config = "lint.isort.known-first-party=['stompws']"
    _ruff("--select=E,F,W,I,UP,B,SIM,RUF,PT", f"--config={config}", cwd=tmp_path)
    read = [text for path, text in files.items() if "/_codec/" not in path]
    assert not any("noqa" in text or "type: ignore" in text for text in read)


def test_everything_has_a_docstring(case) -> None:
    """Modules, classes and methods say what they are."""
    _, files = case
    for path, text in files.items():
        for node in ast.walk(ast.parse(text)) if text and "/_codec/" not in path else ():
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                assert ast.get_docstring(node), f"{path}: {node}"


def test_hostile_texts_add_no_statement(case) -> None:
    """A module holds imports, constants and classes; a function one docstring and one call."""
    _, files = case
    allowed = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.ClassDef)
    for path, text in files.items():
        if "/_codec/" in path:
            continue
        for node in _shown_to_type_checkers(ast.parse(text).body):
            assert isinstance(node, allowed) or _is_text(node), f"{path}: {ast.dump(node)[:100]}"
            imported = node.names if isinstance(node, ast.Import) else []
            assert {alias.name for alias in imported} <= {"abc", "attrs"}
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert len(node.body) <= 2
            assert not (isinstance(node, ast.Name) and node.id in {"os", "eval", "exec"})


_CODEC_NAMES = re.compile(
    r"(read|write|tree|new|type|names|members|quoted|texts|readers|writers|trees|right|search|field"
    r"|writer|key|const|items|text|list|types|codec|t)_?\w*"
    r"|late_(reader|writer|tree)|field_(reader|writer)|(quoted|texts)_right|[A-Z]{4,}|NO_FIELDS"
    r"|Any|Date|DateTime|Decimal|Misfit|bool|dict|e|fragment|frozenset|get|globals|grown|int|items"
    r"|len|m|maker|n|number|out|quote|searcher|seen|size|str|tuple|unknown|unrecognised|v|wire|dict"
)
_CODEC_ATTRIBUTES = {
    "__class__", "append", "count", "get", "is_finite", "isalnum", "isalpha", "isascii", "isdigit",
    "join", "strip", "unknown_fields",
}  # fmt: skip


def test_hostile_texts_add_nothing_to_the_codec(case) -> None:
    """Its names are ours or begin with ours; all else of a document is a constant or a field."""
    _, files = case
    attributes = {
        node.target.id
        for path, text in files.items()
        if "/messages/" in path
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    classes = {
        node.name
        for text in files.values()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ClassDef)
    }
    codec = {path: text for path, text in files.items() if "/_codec/" in path}
    assert codec
    for path, text in codec.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Name):
                assert _CODEC_NAMES.fullmatch(node.id), f"{path}: {node.id}"
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                of_module = node.value.id.startswith(("types", "codec_"))
                assert (
                    node.attr in _CODEC_ATTRIBUTES | (classes if of_module else attributes)
                    or node.value.id.startswith("codec_")
                ), f"{path}: {node.attr}"  # fmt: skip


def _shown_to_type_checkers(statements: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Open the one `if TYPE_CHECKING` that the front door has."""
    for node in statements:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from (*node.body, *node.orelse)
        else:
            yield node


def test_enum_values_are_exactly_those_of_the_document() -> None:
    """Backslashes, quotes, line ends, templates and marks come through."""
    text = (CASES / "hostile" / "spec.yaml").read_text("utf-8")
    values = json.loads(text.partition("\n")[2])["components"]["schemas"]["HostileEnum"]["enum"]
    module = ast.parse(files_of(text)["pkg/messages/class_.py"])
    enum = next(n for n in module.body if isinstance(n, ast.ClassDef) and n.name == "HostileEnum")
    found = [ast.literal_eval(n.value) for n in enum.body if isinstance(n, ast.Assign)]
    assert found == values


def test_a_runtime_inside_the_package_is_imported_relatively() -> None:
    """So that one folder can be copied into another tree."""
    text = (CASES / "request" / "spec.yaml").read_bytes()
    files = files_of(text, runtime="._stompws")
    assert "from ._stompws.client import " in files["pkg/client.py"]
    assert "from .._stompws.shapes import " in files["pkg/messages/time.py"]
    assert "import stompws" not in "".join(files.values())
    assert "from stompws" not in "".join(files.values())


@pytest.mark.parametrize(
    ("info", "name"),
    [
        ({"title": "Some Server - Payment API"}, "PaymentApi"),
        ({"title": "Clock"}, "Clock"),
        ({"title": "Clock: Time"}, "Time"),
        ({"title": "Clock", "x-client-name": "TimeClient"}, "TimeClient"),
        ({"title": "Event"}, "Event_"),
        ({"title": "!!!"}, "Client"),
        ({"title": "3 things"}, "N3Things"),
    ],
)
def test_the_client_is_named_after_the_title(info, name) -> None:
    """The last part of the title, or what the document says itself."""
    text = json.dumps({"asyncapi": "3.0.0", "info": {"version": "1", **info}})
    document = document_of(text)
    assert client_name(document, build_model(document, Problems())) == name


def test_names_may_begin_with_a_digit() -> None:
    """In Python none does: a letter is put before it, spelled as the name is."""
    data = {
        "asyncapi": "3.0.0",
        "info": {"title": "3 things", "version": "1", "tags": [{"name": "3 tags"}]},
        "servers": {
            "9prod": {"host": "x", "protocol": "stomp"},
            "0other": {"host": "x", "protocol": "kafka"},
        },
        "channels": {"1way": {"address": "/1/{2p}", "messages": {"4you": {"payload": {}}}}},
        "operations": {
            "6th": {
                "action": "send",
                "channel": {"$ref": "#/channels/1way"},
                "reply": {"channel": {"$ref": "#/channels/1way"}},
                "tags": [{"name": "8 tags"}],
            }
        },
    }
    files = files_of(json.dumps(data))
    for path, text in files.items():
        if path.endswith(".py"):
            ast.parse(text)
    assert "class N9Prod(" in files["pkg/servers.py"]
    assert "N0_OTHER = " in files["pkg/servers.py"]
    assert "class N3Things(" in files["pkg/client.py"]


def test_code_that_is_no_python_is_told_as_a_problem(monkeypatch) -> None:
    """A defect of ours, and yet no traceback."""

    def refuse(_: object) -> dict[str, str]:
        raise FormatError("f0.py:1:1")

    monkeypatch.setattr("stompgen.generate.format_python", refuse)
    problems = Problems()
    info = {"title": "T", "version": "1"}
    assert _files(document_of(json.dumps({"asyncapi": "3.0.0", "info": info})), problems) == {}
    assert "report this as a mistake of stompgen" in str(problems)


def test_a_client_with_the_name_of_a_server_gets_another() -> None:
    """A title is no name that anybody chose: it gives way."""
    info, server = {"title": "Main", "version": "1"}, {"host": "x", "protocol": "stomp"}
    data = {"asyncapi": "3.0.0", "info": info, "servers": {"main": server}}
    assert "class MainClient(ApiClient):" in files_of(json.dumps(data))["pkg/client.py"]


def test_names_that_are_needed_twice_are_told_apart() -> None:
    """By a mark made of the key, so that a further channel renames none; the author is told."""
    channels = {"someThing": {"address": "/a"}, "some_thing": {"address": "/b"}}
    first = _channels_of(channels)
    assert len(first) == 2
    assert all(name.startswith("SOME_THING") for name in first)
    assert first == _channels_of({"another": {"address": "/c"}, **channels}) - {"ANOTHER"}


def _channels_of(channels: dict[str, Any]) -> set[str]:
    info = {"title": "T", "version": "1"}
    problems = Problems()
    data = {"asyncapi": "3.0.0", "info": info, "channels": channels}
    files = _files(document_of(json.dumps(data)), problems)
    assert "the name SOME_THING is taken" in str(problems)
    body = ast.parse(files["pkg/channels.py"]).body
    return {ast.unparse(node.targets[0]) for node in body if isinstance(node, ast.Assign)}


def test_an_operation_outside_all_conversations_is_a_method_of_the_connection() -> None:
    """A subscription, and a message, at any time."""
    news = {"action": "receive", "channel": {"$ref": "#/channels/taken"}}
    files = _files(document_of(json.dumps(changed("/operations/onNews", news))))
    assert "def on_news(self) -> Subscription[Taken | Undecodable]:" in files["pkg/client.py"]


def test_an_operation_that_no_conversation_lets_in_is_reported() -> None:
    """It may be sent in a running one only, and no one names it."""
    lone = {
        "action": "send",
        "channel": {"$ref": "#/channels/cancel"},
        "x-conversation": {"connection": "current"},
    }
    document = document_of(json.dumps(changed("/operations/lone", lone)))
    problems = Problems()
    _files(document, problems)
    assert "#/operations/lone: warning: the operation is part of no conversation" in str(problems)


def test_a_conversation_with_an_unknown_address_is_reported() -> None:
    """Its replies would come somewhere; nobody could subscribe in time."""
    problems = Problems()
    files = _files(document_of(json.dumps(changed("/channels/taken/address", None))), problems)
    assert "an address is known at run time only; no method is made" in str(problems)
    assert "def place_order" not in files["pkg/client.py"]


def _files(document: Document, problems: Problems | None = None) -> dict[str, str]:
    problems = Problems() if problems is None else problems
    model = build_model(document, problems)
    return generate(document, model, package="pkg", runtime="stompws", problems=problems)


def _shuffled(value: Any, chance: random.Random) -> Any:
    if isinstance(value, list):
        return [_shuffled(item, chance) for item in value]
    if not isinstance(value, dict):
        return value
    items = [(key, _shuffled(item, chance)) for key, item in value.items()]
    chance.shuffle(items)
    return dict(items)


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _ruff(*arguments: str, cwd: Path) -> None:
    command = [sys.executable, "-m", "ruff", *RUFF, *arguments, "."]
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert result.stdout + result.stderr == ""


def test_the_place_of_temporary_files_makes_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A formatter passes over what git ignores, and `.nox`, where nox has its temporary files."""
    folder = tmp_path / ".nox" / "build"
    folder.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("build/\n")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    assert format_python({"a.py": "x = 'a'\n"}) == {"a.py": 'x = "a"\n'}
