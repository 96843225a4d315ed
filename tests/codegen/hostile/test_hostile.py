"""A document is data: whatever it says, it becomes correct code or a problem with its place.

Every string and every key of a rich document is another text here: quotes, line ends, templates,
names that Python or we use ourselves, paths. What becomes of it is judged by `worker.py` (only
declarations, only texts that differ, a reference that holds together) and `sandbox.py` (importing
it touches nothing). These tests take a sample, the same one each time; `nox -s hostile` takes more.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostile.payloads import PATHS, PAYLOADS
from hostile.positions import keys, names, renamed, values, with_prose, with_value
from hostile.rich import rich
from hostile.running import Job, everywhere, judge, renamings, replacements, sample
from hostile.whitelist import device_faults, skeleton, tree_faults
from stompgen import generate_from
from stompgen.check import check
from stompgen.cli import main
from stompgen.document import parse
from stompgen.problems import Problems

TEXTS = st.text(st.characters(), min_size=1, max_size=40) | st.lists(
    st.sampled_from([p for p in PAYLOADS if len(p) < 100]), min_size=1, max_size=4
).map("".join)


def files_of(data: Any) -> dict[str, str] | None:
    """Generate a package, None when the document has errors."""
    problems = Problems()
    document = parse(json.dumps(data), "spec.json", problems)
    if document is not None:
        check(document, problems)
    if document is None or problems.errors:
        return None
    return generate_from(document, problems, package="pkg", runtime="stompws")


def test_the_document_is_rich_and_correct() -> None:
    """It has hundreds of strings, and it is the document that would be generated unchanged."""
    data = rich()
    assert len(list(values(data))) > 200
    assert len(list(keys(data))) > 400
    assert len(names(data)) > 50
    files = files_of(data)
    assert files is not None
    assert tree_faults(files, "pkg") == []


def test_free_texts_change_nothing_but_texts(tmp_path: Path) -> None:
    """The code has the same shape, whatever is said in descriptions, summaries and titles."""
    verdicts = judge(sample(everywhere(rich()), 24), tmp_path)
    assert verdicts.faults == []
    assert verdicts.code > 20


def test_any_name_is_a_name_or_a_problem(tmp_path: Path) -> None:
    """A name that is something else in Python, in a path or for us is spelled otherwise."""
    verdicts = judge(sample(renamings(rich()), 20), tmp_path)
    assert verdicts.faults == []
    assert verdicts.code > 10


def test_any_string_at_any_place_is_data_or_a_problem(tmp_path: Path) -> None:
    """Also a keyword or a reference that is something else leads to a problem with its place."""
    verdicts = judge(sample(replacements(rich()), 40), tmp_path)
    assert verdicts.faults == []
    assert verdicts.code > 5
    assert verdicts.problems > 5


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_no_free_text_at_all_changes_the_shape(text: str) -> None:
    """The same for texts that nobody thought of."""
    files = files_of(with_prose(rich(), text))
    if files is None or not text.strip():
        return
    assert tree_faults(files, "pkg") == []
    shapes = {path: skeleton(code) for path, code in files.items() if path.endswith(".py")}
    assert shapes == _plain_shapes()


@cache
def _plain_shapes() -> dict[str, str]:
    files = files_of(with_prose(rich(), "text")) or {}
    return {path: skeleton(code) for path, code in files.items() if path.endswith(".py")}


@pytest.mark.parametrize("start", [0, 7, 14])
def test_nothing_is_written_outside_the_folder(start: int, tmp_path: Path) -> None:
    """Names that are paths lead nowhere, neither for code nor for pages."""
    data = rich()
    for name, payload in zip(
        ("orders", "shop", "placeOrder", "branch"), PATHS[start:], strict=False
    ):
        data = renamed(data, name, payload)
    place = tmp_path / "a" / "b"
    place.mkdir(parents=True)
    spec = place / "spec.json"
    spec.write_text(json.dumps(data), "utf-8")
    assert main(["generate", str(spec), "--out", str(place / "out"), "--package", "p"]) in (0, 2)
    assert main(["docs", str(spec), "--out", str(place / "docs")]) in (0, 2)
    assert {path.name for path in place.iterdir()} <= {"spec.json", "out", "docs"}
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]
    assert not Path("/tmp/CANARY").exists()  # noqa: S108 - the payload names it


@pytest.mark.parametrize("device", ["con", "NUL", "com1", "aux.py"])
def test_no_module_is_a_device_on_windows(device: str) -> None:
    """A tag called `con` must not become `con.py`."""
    assert device_faults(files_of(renamed(rich(), "orders", device)) or {}) == []


@pytest.mark.parametrize("name", ["class", "options", "self", "server", "2nd"])
def test_a_credential_may_be_called_as_anything_else(name: str) -> None:
    """Its name is a parameter of the client, beside others that the client has."""
    files = files_of(renamed(rich(), "shopKey", name))
    assert files is not None
    compile(files["pkg/client.py"], "client.py", "exec")


@pytest.mark.parametrize("inner", [{"$ref": "#/x"}, {}, None, 1, ["#/info"]])
@pytest.mark.parametrize("place", ["/channels/query/messages/Order", "/operations/onTaken/channel"])
def test_a_reference_that_is_no_text_ends(place: str, inner: Any) -> None:
    """It leads to itself at most, and looking for it comes to an end."""
    steps = (*place.split("/")[1:], "$ref")
    assert files_of(with_value(rich(), steps, inner)) is None


# The judges can fail.


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("print('x')", "calls something when it is imported"),
        ("import os", "imports os"),
        ("from os import path", "imports os"),
        ("from stompws.rules import *", "imports everything"),
        ("X = __import__('os')", "uses the name __import__"),
        ("X = eval('1')", "uses the name eval"),
        ("X = ''.__class__", "reaches __class__"),
        ("X = f'{API}'\nAPI = 1", "has JoinedStr"),
        ("X = [x for x in ()]", "has ListComp"),
        ("class X:\n    print()", "calls something in a class"),
        ("for X in ():\n    pass", "has For"),
        ("X = 1 if True else 2", "has IfExp"),
        ("if X:\n    pass\nX = 1", "decides something"),
        ('"""ends early"""; X = 1 + 2', "has Add"),
        ("X = (", "does not compile"),
        ("X = b'x'", "has a bytes"),
        ('"""A text."""\nX = "a" "b"', None),
    ],
)
def test_code_that_is_no_declaration_is_found(code: str, fault: str | None) -> None:
    """Each thing that a text might smuggle in is seen."""
    found = tree_faults({"pkg/x.py": code}, "pkg")
    assert found == [] if fault is None else any(fault in line for line in found)


def test_functions_are_allowed_only_where_they_belong() -> None:
    """What decodes ahead of time may decide and repeat; it may not reach more than the rest."""
    code = "def read(x):\n    for y in x:\n        if y: return f'{y}'"
    assert tree_faults({"pkg/_codec/x.py": code}, "pkg") == []
    assert tree_faults({"pkg/messages/x.py": code}, "pkg") != []
    for smuggled in ("eval(x)", "x.__globals__", "__import__('os')", "open(x)"):
        assert tree_faults({"pkg/_codec/x.py": f"def read(x):\n    {smuggled}"}, "pkg") != []


@pytest.mark.parametrize("path", ["../pkg/x.py", "/pkg/x.py", "pkg/../x.py", "pkg/a b.py", "x.py"])
def test_a_path_that_leads_out_is_found(path: str) -> None:
    """Paths are names below the package, and nothing else."""
    assert tree_faults({path: ""}, "pkg") != []


def test_shapes_differ_when_code_does() -> None:
    """A text that became code would be seen, one that stayed a text is not."""
    assert skeleton("X = 'a'") == skeleton("X = 'b'")
    assert skeleton("X = 'a'") != skeleton("X = 'a' + 'b'")
    assert skeleton('"""a"""') != skeleton('"""a"""; x')


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("open('CANARY', 'w')", "open"),
        ("import os; os.system('touch CANARY')", "os.system"),
        ("import subprocess; subprocess.run(['touch', 'CANARY'])", "subprocess"),
        ("import socket; socket.socket()", "socket"),
        ("import os; os.mkdir('CANARY')", "os.mkdir"),
        ("CANARY()", "the canary was called"),
        ("raise ValueError('x')", "ValueError: x"),
    ],
)
def test_the_sandbox_sees_what_an_import_does(code: str, fault: str, tmp_path: Path) -> None:
    """Each way to act on import is a fault, and fails."""
    from hostile.running import imported

    package = tmp_path / "out" / "0" / "pkg"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(f"__all__ = []\n{code}\n", "utf-8")
    (tmp_path / "work").mkdir()
    found = imported([Job("evil", dict)], tmp_path / "out", tmp_path / "work")
    assert any(fault in line for line in found), found
    assert not list((tmp_path / "work").iterdir())
