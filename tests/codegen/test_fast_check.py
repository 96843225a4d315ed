"""`generate --check` answers from the manifest when nothing changed, and never wrongly."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import attrs
import pytest

from stompgen import fast_check, manifest
from stompgen.cli import _generate, main

CASES = Path(__file__).parent / "cases"
COMMAND = ["generate", "spec.yaml", "--out", "out", "--package", "pkg"]
PACKAGE = Path("out/pkg")


@pytest.fixture(scope="module")
def once(tmp_path_factory) -> Path:
    """A folder with a document and the package that was generated from it."""
    folder = tmp_path_factory.mktemp("once")
    spec = folder / "spec.yaml"
    shutil.copy(CASES / "request" / "spec.yaml", spec)
    assert main(["generate", str(spec), "--out", str(folder / "out"), "--package", "pkg"]) == 0
    return folder


@pytest.fixture
def _written(once, tmp_path, monkeypatch) -> None:
    """A copy of that, as the current folder."""
    shutil.copytree(once, tmp_path / "work")
    monkeypatch.chdir(tmp_path / "work")


def is_fast(*more: str) -> bool:
    """Whether the check is answered at once."""
    return fast_check.is_current([*COMMAND, "--check", *more], _generate)


@pytest.mark.usefixtures("_written")
def test_an_unchanged_package_is_current_at_once(capsys) -> None:
    """However the command is spelled; and silently."""
    assert is_fast()
    assert is_fast("--runtime", "stompws")
    assert is_fast("--runtime=stompws")
    spec = str(Path("spec.yaml").resolve())
    words = ["generate", "--check", "--package=pkg", "--out=out", spec]
    assert fast_check.is_current(words, _generate)
    assert main([*COMMAND, "--check"]) == 0
    assert capsys.readouterr() == ("", "")


def edit(path: str, old: str, new: str) -> None:
    """Change a file."""
    text = Path(path).read_text("utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new, 1), "utf-8")


CHANGES = {
    "a generated file edited": lambda: edit("out/pkg/client.py", "import", " import"),
    "a generated file emptied": lambda: (PACKAGE / "client.py").write_text(""),
    "a generated file missing": (PACKAGE / "servers.py").unlink,
    "the marker missing": (PACKAGE / "py.typed").unlink,
    "a stale file": lambda: shutil.copy(PACKAGE / "client.py", PACKAGE / "more.py"),
    "a stale file below": lambda: shutil.copy(PACKAGE / "client.py", PACKAGE / "messages/more.py"),
    "the manifest missing": (PACKAGE / manifest.NAME).unlink,
    "the document changed": lambda: edit("spec.yaml", "title: ", "title: The "),
    "the package missing": lambda: shutil.rmtree(PACKAGE),
}


@pytest.mark.usefixtures("_written")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_is_found_by_the_full_check(capsys, change) -> None:
    """The fast one has no idea; the full one shows what generating would do."""
    change()
    assert not is_fast()
    assert main([*COMMAND, "--check"]) == 1
    assert "+++ " in capsys.readouterr().out


@pytest.mark.usefixtures("_written")
def test_after_generating_the_package_is_current_again() -> None:
    """The manifest is written anew, and what was missing or too much is mended."""
    for change in ("a stale file", "a generated file edited", "the document changed"):
        CHANGES[change]()
    (PACKAGE / manifest.NAME).write_text("{}", "utf-8")
    assert main(COMMAND) == 0
    assert is_fast()


@pytest.mark.usefixtures("_written")
def test_a_file_that_only_links_to_the_right_text_is_not_current(capsys) -> None:
    """It may be another text tomorrow."""
    (PACKAGE / "client.py").rename("client.py")
    (PACKAGE / "client.py").symlink_to(Path("client.py").resolve())
    assert not is_fast()
    assert main([*COMMAND, "--check"]) == 2
    assert "pkg/client.py is a link" in capsys.readouterr().err


@pytest.mark.usefixtures("_written")
def test_a_users_own_file_does_not_matter() -> None:
    """It would not be touched."""
    (PACKAGE / "mine.py").write_text("mine = 1\n", "utf-8")
    (PACKAGE / "notes.txt").write_text("notes\n", "utf-8")
    assert is_fast()
    assert main([*COMMAND, "--check"]) == 0


@pytest.mark.usefixtures("_written")
@pytest.mark.parametrize(
    "words",
    [
        [*COMMAND],
        [*COMMAND, "--check", "--runtime", "other"],
        ["generate", "other.yaml", "--out", "out", "--package", "pkg", "--check"],
        ["generate", "spec.yaml", "--out", "other", "--package", "pkg", "--check"],
        ["generate", "spec.yaml", "--out", "out", "--package", "other", "--check"],
        [*COMMAND, "--check", "--frob"],
        [*COMMAND, "--check", "--frob=1"],
        [*COMMAND, "--check", "--out"],
        [*COMMAND, "--check", "--check=no"],
        [*COMMAND, "--check", "-v"],
        [*COMMAND, "--check", "--help"],
        [*COMMAND, "--check", "another.yaml"],
        ["validate", "spec.yaml", "--check"],
        ["generate", "--check"],
        [],
    ],
    ids=" ".join,
)
def test_another_command_is_not_answered(words: list[str]) -> None:
    """Other options give other code, and what is not understood is not guessed."""
    shutil.copy("spec.yaml", "other.yaml")
    assert not fast_check.is_current(words, _generate)


def made_by(key: str) -> bytes:
    """Let the manifest say that another generator wrote the package."""
    other = manifest.read(PACKAGE)
    other["generator"][key] = "another"
    (PACKAGE / manifest.NAME).write_text(manifest.dump(other), "utf-8")
    return (PACKAGE / manifest.NAME).read_bytes()


@pytest.mark.usefixtures("_written")
def test_another_generator_decides_by_generating() -> None:
    """The same code is current all the same; the manifest is renewed when it is generated next."""
    made_by("sources")
    assert not is_fast()
    assert main([*COMMAND, "--check"]) == 0
    assert main(COMMAND) == 0
    assert is_fast()


@pytest.mark.usefixtures("_written")
def test_another_python_alone_changes_nothing() -> None:
    """Two people with different ones would write the manifest back and forth."""
    before = made_by("python")
    assert not is_fast()
    assert main(COMMAND) == 0
    assert (PACKAGE / manifest.NAME).read_bytes() == before
    assert main([*COMMAND, "--check"]) == 0


@pytest.mark.usefixtures("_written")
def test_a_tool_that_cannot_be_identified_is_no_answer(monkeypatch) -> None:
    """Unknown is not the same as unchanged."""
    monkeypatch.setattr(sys, "path", [str(Path(manifest.__file__).parents[1])])
    other = manifest.read(PACKAGE)
    other["generator"] = manifest.generator()
    assert other["generator"]["tools"]["ruff"] is None
    (PACKAGE / manifest.NAME).write_text(manifest.dump(other), "utf-8")
    assert not is_fast()


@pytest.mark.usefixtures("_written")
@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace('"format": 1', '"format": 2'),
        lambda text: text.replace("client.py", "clients.py"),  # merged by hand
        lambda text: text[:-20],
        lambda _: "[]",
        lambda _: "[" * 100_000,
        lambda _: "\0",
        lambda _: manifest.dump({"format": 1}),
        lambda _: manifest.dump(
            {"format": 1, "files": [], "spec": 1, "options": "", "generator": 0}
        ),
        lambda text: manifest.dump(
            {**json.loads(text), "files": {"../x": "0", "/etc/passwd": "0"}}
        ),
    ],
)
def test_a_spoiled_manifest_is_no_answer(spoil) -> None:
    """And no traceback: the full check takes over, and tells."""
    path = PACKAGE / manifest.NAME
    path.write_text(spoil(path.read_text("utf-8")), "utf-8")
    assert not is_fast()
    assert main([*COMMAND, "--check"]) == 1


@pytest.mark.usefixtures("_written")
def test_every_parameter_of_the_command_is_in_the_manifest() -> None:
    """An option that nobody recorded would let other code pass for current."""
    parameters = set(_generate.__annotations__) - fast_check.FREE - {"return"}
    assert set(manifest.read(PACKAGE)["options"]) == parameters


def known_with(files: dict[str, str]) -> None:
    """Let the manifest know of further files that the document was read with."""
    known = manifest.read(PACKAGE)
    known["spec"] |= {name: manifest.sha256(text.encode()) for name, text in files.items()}
    (PACKAGE / manifest.NAME).write_text(manifest.dump(known), "utf-8")


@pytest.mark.usefixtures("_written")
def test_every_file_of_the_document_counts() -> None:
    """They lie where they did, below the document's folder, and are files and no links."""
    known_with({"parts/more.yaml": "more"})
    assert not is_fast()
    Path("parts").mkdir()
    Path("parts/more.yaml").write_text("more", "utf-8")
    assert is_fast()
    Path("parts/more.yaml").write_text("less", "utf-8")
    assert not is_fast()
    Path("parts/more.yaml").write_text("more", "utf-8")
    Path("parts").rename("elsewhere")
    Path("parts").symlink_to("elsewhere")
    assert not is_fast()


@pytest.mark.usefixtures("_written")
def test_the_document_itself_is_compared_wherever_its_root_is() -> None:
    """A file of the same name below another root is not taken for it."""
    Path("root").mkdir()
    shutil.copy("spec.yaml", "root/spec.yaml")
    edit("spec.yaml", "title: ", "title: The ")
    asked = fast_check.understand([*COMMAND, "--check"], _generate)
    assert asked is not None
    assert not fast_check.nothing_changed(attrs.evolve(asked, root=Path("root")))
    shutil.copy("root/spec.yaml", "spec.yaml")
    assert fast_check.nothing_changed(attrs.evolve(asked, root=Path("root")))
    assert fast_check.entry_name(Path("root/a/../spec.yaml"), Path("root")) == "spec.yaml"
    assert fast_check.entry_name(Path("root/spec.yaml"), Path()) == "root/spec.yaml"
    assert fast_check.entry_name(Path("spec.yaml"), Path("root")) == "spec.yaml"


@pytest.mark.usefixtures("_written")
def test_a_document_from_a_pipe_is_never_answered_at_once() -> None:
    """It cannot be read twice."""
    text = Path("spec.yaml").read_bytes()
    os.mkfifo("pipe.yaml")
    words = ["generate", "pipe.yaml", "--out", "out", "--package", "pkg"]
    command = [sys.executable, "-m", "stompgen", *words]
    for more in ([], ["--check"]):
        process = subprocess.Popen(
            [*command, *more], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        )
        Path("pipe.yaml").write_bytes(text)
        assert process.wait(timeout=60) == 0
    assert not fast_check.is_current([*words, "--check"], _generate)


def test_the_generators_digest_covers_all_it_consists_of(tmp_path) -> None:
    """Sources, templates and tables: one changed byte, one file more or renamed."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "a.py").write_text("a")
    (tmp_path / "templates/t.jinja").write_text("t")
    before = manifest.tree_digest(tmp_path)
    (tmp_path / "templates/t.jinja").write_text("u")
    changed = manifest.tree_digest(tmp_path)
    (tmp_path / "templates/t.jinja").rename(tmp_path / "templates/u.jinja")
    renamed = manifest.tree_digest(tmp_path)
    (tmp_path / "more.txt").write_text("")
    assert len({before, changed, renamed, manifest.tree_digest(tmp_path)}) == 4
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__/a.pyc").write_text("")
    assert manifest.tree_digest(tmp_path) == manifest.tree_digest(tmp_path)


@pytest.mark.usefixtures("_written")
def test_the_answer_costs_a_few_starts_of_python() -> None:
    """Less than 0.3 s where Python starts in 0.02 s; loading YAML or a front end costs far more."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

    def seconds(*command: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, *command], env=environment, check=True)
        return time.perf_counter() - start

    pairs = [
        (seconds("-c", "pass"), seconds("-m", "stompgen", *COMMAND, "--check")) for _ in range(7)
    ]
    assert median(check for _, check in pairs) < 15 * median(bare for bare, _ in pairs)
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "stompgen", *COMMAND, "--check"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stderr
    assert "stompgen.fast_check" in loaded
    assert not any(name in loaded for name in (" yaml", " jinja2", " cyclopts", "datamodel_code"))
