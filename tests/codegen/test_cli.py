"""The command: exit codes, what goes to which stream, and plain sentences for plain mistakes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import stompgen
from checking import ORDER, changed
from stompgen.cli import main

SPEC = Path(__file__).parents[2] / "spec" / "ips-payment-4.0.1.yaml"


@pytest.fixture
def spec(tmp_path, monkeypatch) -> Path:
    """The small correct document, in the current folder."""
    monkeypatch.chdir(tmp_path)
    path = Path("order.json")
    path.write_text(json.dumps(ORDER, indent=1), "utf-8")
    return path


def test_a_correct_document_is_silent(spec, capsys) -> None:
    """Exit code 0 and no output."""
    assert main(["validate", str(spec)]) == 0
    assert capsys.readouterr() == ("", "")


def test_all_problems_go_to_stderr_with_exit_code_2(spec, capsys) -> None:
    """One a line: file, line, column, pointer, what, advice."""
    data = changed("/channels/order/adress", "x")
    data["components"]["schemas"]["Cash"]["type"] = "objekt"
    spec.write_text(json.dumps(data, indent=1), "utf-8")
    assert main(["validate", str(spec)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        (
            "order.json:39:4: #/channels/order/adress: a channel has no field 'adress'"
            " (did you mean 'address'?)"
        ),
        (
            "order.json:240:5: #/components/schemas/Cash/type: there is no type 'objekt'"
            " (did you mean 'object'?)"
        ),
    ]


def test_warnings_alone_are_no_failure(spec, capsys) -> None:
    """They are shown, and the exit code is 0."""
    data = changed("/components/schemas/Cash/nullable", True)
    spec.write_text(json.dumps(data), "utf-8")
    assert main(["validate", str(spec)]) == 0
    assert "warning: 'nullable'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["validate", "nowhere.yaml"], "cannot use nowhere.yaml: No such file or directory"),
        (["validate", "."], "cannot use .: Is a directory"),
        (
            ["generate", "order.json", "--out", "order.json", "--package", "orders"],
            "order.json is not a folder",
        ),
        (
            ["generate", "order.json", "--out", "x", "--package", "1st-orders"],
            "'1st-orders' cannot be the package: it is not a Python module name",
        ),
        (
            ["generate", "order.json", "--out", "x", "--package", "orders.class"],
            "'orders.class' cannot be the package: it is not a Python module name",
        ),
        (
            ["generate", "order.json", "--out", "x", "--package", "a", "--runtime", "a b"],
            "'a b' cannot be the runtime: it is not a Python module name",
        ),
        (["sources", "order.json", "--out", "."], ". is a folder, not a file"),
        (
            ["sources", "order.json", "--out", "no/where.md"],
            "cannot use no/where.md: No such file or directory",
        ),
        (["validate", "--zigzag", "x"], "Unknown option: --zigzag."),
        (["sources", "order.json", "--out", "./order.json"], "order.json is the document itself"),
        (
            ["generate", "order.json", "--out", "x", "--package", "stompws"],
            "'stompws' cannot be the package: the runtime has that name",
        ),
        (
            ["generate", "order.json", "--out", "x", "--package", "a.b.c", "--runtime", "a.b"],
            "'a.b.c' cannot be the package: the runtime has that name",
        ),
        (
            ["generate", "order.json", "--out", "x", "--package", "__init__"],
            "'__init__' cannot be the package: Python keeps such names for itself",
        ),
        (
            ["generate", "order.json", "--out", "x", "--package", "a.__main__"],
            "'a.__main__' cannot be the package: Python keeps such names for itself",
        ),
        (
            ["generate", "order.json", "--out", "", "--package", "orders"],
            "the value of --out is empty",
        ),
        (
            ["generate", "order.json", "--out=", "--package", "orders"],
            "the value of --out is empty",
        ),
        (["validate", ""], "the value of validate is empty"),
    ],
)
@pytest.mark.usefixtures("spec")
def test_a_mistake_on_the_command_line_is_told_in_a_sentence(
    capsys, arguments: list[str], sentence: str
) -> None:
    """Exit code 2, one line on stderr, no traceback and nothing written."""
    assert main(arguments) == 2
    assert capsys.readouterr() == ("", f"stompgen: {sentence}\n")
    assert [path.name for path in Path().iterdir()] == ["order.json"]


def test_a_missing_argument_is_told_in_a_sentence(spec, capsys) -> None:
    """The words are the argument parser's."""
    assert main(["generate", str(spec), "--out", "x"]) == 2
    assert capsys.readouterr().err.startswith("stompgen: ")


def test_nothing_is_written_of_a_document_with_errors(spec) -> None:
    """All or nothing."""
    spec.write_text(json.dumps(changed("/channels/order/adress", "x")), "utf-8")
    assert main(["sources", str(spec), "--out", "page.md"]) == 2
    assert main(["generate", str(spec), "--out", "out", "--package", "orders"]) == 2
    assert not Path("page.md").exists()
    assert not Path("out").exists()


def test_check_shows_a_difference_and_writes_nothing(spec, capsys) -> None:
    """Exit code 1 and a unified diff on stdout; 0 and silence when all is current."""
    page = Path("page.md")
    assert main(["sources", str(spec), "--out", "page.md"]) == 0
    assert main(["sources", str(spec), "--out", "page.md", "--check"]) == 0
    assert capsys.readouterr() == ("", "")
    current = page.read_text("utf-8")
    page.write_text(current.replace("The page", "Another page"), "utf-8")
    assert main(["sources", str(spec), "--out", "page.md", "--check"]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith("--- page.md\n+++ page.md (new)\n@@")
    assert "-| `page` | Another page | high |\n+| `page` | The page | high |\n" in out
    assert "Another page" in page.read_text("utf-8")


def test_piped_output_is_plain(spec) -> None:
    """No colours and no wrapping, however narrow the terminal was; also as `python -m`."""
    spec.write_text(json.dumps(changed("/channels/order/adress", "x")), "utf-8")
    done = subprocess.run(  # this Python, and arguments from here
        [sys.executable, "-m", "stompgen", "validate", str(spec)],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "COLUMNS": "20", "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "\x1b" not in done.stderr


def test_the_library_returns_problems_and_files(spec) -> None:
    """`validate` never raises for a bad document; `generate_files` raises with its problems."""
    assert list(stompgen.validate(spec)) == []
    spec.write_text("a: [", "utf-8")
    assert len(stompgen.validate(spec)) == 1
    with pytest.raises(stompgen.DocumentError) as info:
        stompgen.generate_files(spec, package="orders")
    assert str(info.value) == str(info.value.problems)
    assert len(info.value.problems.errors) == 1


def test_a_page_replaces_nothing_but_a_page(spec, capsys) -> None:
    """What somebody else wrote stays, whatever `--out` says."""
    page = Path("notes.md")
    page.write_bytes(b"# Notes \xe9\n")
    assert main(["sources", str(spec), "--out", "notes.md"]) == 2
    sentence = "notes.md exists and is not a page of sources; move it away first"
    assert capsys.readouterr() == ("", f"stompgen: {sentence}\n")
    assert page.read_bytes() == b"# Notes \xe9\n"
    page.write_bytes(b"")
    assert main(["sources", str(spec), "--out", "notes.md"]) == 0
    assert main(["sources", str(spec), "--out", "notes.md"]) == 0
    assert page.read_text("utf-8").startswith("# Where Orders")


def test_a_page_of_sources_reads_a_document_as_generate_does(tmp_path) -> None:
    """From a side, without what is wrong, with its further files."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "thing.yaml").write_text("{type: object, x-source: {page: A page}}")
    (tmp_path / "sub" / "api.yaml").write_text(
        "asyncapi: 2.6.0\n"
        "info: {title: Things, version: '1'}\n"
        "channels: {c: {publish: {message: {payload: {$ref: ../thing.yaml}}}, wrong: true}}\n"
    )
    words = ["--side", "other", "--lenient", "--root", str(tmp_path)]
    page = tmp_path / "page.md"
    spec = str(tmp_path / "sub" / "api.yaml")
    assert main(["sources", spec, "--out", str(page)]) == 2
    assert not page.exists()
    assert main(["sources", spec, "--out", str(page), *words]) == 0
    assert page.read_text("utf-8").startswith("# Where Things 1 comes from")


@pytest.mark.parametrize("check", [[], ["--check"]])
def test_a_folder_where_a_file_would_be_is_told_in_a_sentence(spec, capsys, check) -> None:
    """It names the target, and the files that could be written stay as they are."""
    Path("out/orders/client.py").mkdir(parents=True)
    assert main(["generate", str(spec), "--out", "out", "--package", "orders", *check]) == 2
    what = "orders/client.py is a folder, and a file is to be there"
    assert f"stompgen: {what}; move it away first\n" in capsys.readouterr().err
    assert [path.name for path in Path("out/orders").iterdir()] == ["client.py"]


def test_a_stream_without_utf_8_shows_escapes(spec) -> None:
    """A terminal or log may have any encoding; that is no reason to fail."""
    spec.write_text(json.dumps(changed("/info/title", "Orders \u2014 \u20ac")), "utf-8")
    done = subprocess.run(  # this Python, and arguments from here
        [sys.executable, "-m", "stompgen", "sources", str(spec), "--out", "page.md", "--check"],
        capture_output=True,
        check=False,
        env={
            **os.environ,
            "PYTHONIOENCODING": "latin-1",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
    )
    assert done.stderr == b""
    assert done.returncode == 1
    assert rb"+# Where Orders \u2014 \u20ac 1.0.0 comes from" in done.stdout


def test_the_version_can_be_asked_for(capsys) -> None:
    """A report of a mistake names it."""
    assert main(["--version"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("stompgen")
    assert err == ""


def test_a_document_may_be_read_from_the_other_side(spec, capsys) -> None:
    """Conversations are judged as seen from there."""
    assert main(["validate", str(spec)]) == 0
    assert main(["validate", str(spec), "--side", "other"]) == 2
    assert "expected receive" in capsys.readouterr().err
    assert main(["validate", str(spec), "--side", "left"]) == 2


def test_errors_may_be_left_out(spec, tmp_path, capsys) -> None:
    """With `--lenient` they are warnings, and the rest is generated."""
    spec.write_text(json.dumps(changed("/channels/order/adress", "x")), "utf-8")
    arguments = [str(spec), "--out", str(tmp_path / "out"), "--package", "orders"]
    assert main(["generate", *arguments]) == 2
    assert main(["generate", *arguments, "--lenient"]) == 0
    assert "warning: a channel has no field 'adress' (it is left out" in capsys.readouterr().err
    assert (tmp_path / "out/orders/__init__.py").exists()


def test_files_outside_the_folder_are_read_below_the_root_only(tmp_path, capsys) -> None:
    """Nothing else on the machine is the document's business."""
    (tmp_path / "api").mkdir()
    (tmp_path / "common.json").write_text('{"A": {"type": "object"}}', "utf-8")
    data = changed("/components/schemas/Taken", {"$ref": "../common.json#/A"})
    (tmp_path / "api/order.json").write_text(json.dumps(data), "utf-8")
    path = str(tmp_path / "api/order.json")
    assert main(["validate", path]) == 2
    assert "it leads out of the folder" in capsys.readouterr().err
    assert main(["validate", path, "--root", str(tmp_path)]) == 0
