"""`stompgen new`: a project that passes its own tests at once, and writes over nothing."""

import ast
import contextlib
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from checking import ORDER, changed
from clean_environment import ROOT, Environment, build_wheel
from stompgen.cli import main
from stompgen.markup import code, markdown, toml
from stompgen.new_project import Project, package_name, split_root

SPEC = ROOT / "spec" / "ips-payment-4.0.1.yaml"
CASES = Path(__file__).parent / "cases"
FILES = {
    ".github/workflows/ci.yml",
    ".gitignore",
    "README.md",
    "noxfile.py",
    "pyproject.toml",
    "tests/test_bindings.py",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of this tree."""
    return build_wheel(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def environment(tmp_path_factory, wheel) -> Environment:
    """The wheel with its generator's needs, and pytest; nothing of the source tree."""
    made = Environment(tmp_path_factory.mktemp("environment") / "venv")
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    made.add([*needs["dependencies"], *needs["optional-dependencies"]["codegen"], "pytest"])
    made.add_wheel(wheel)
    return made


def files(folder: Path) -> set[str]:
    """The paths of all files below a folder."""
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("more", [[], ["--vendored"]], ids=["installed", "vendored"])
@pytest.mark.parametrize("spec", [SPEC, CASES / "shapes" / "spec.yaml"], ids=["api", "shapes"])
def test_a_new_project_passes_its_own_tests(tmp_path, environment, spec, more) -> None:
    """Made and tested by the installed wheel; its types are clean as well."""
    words = ["new", "project", "--spec", str(spec), "--package", "shop_api", *more]
    environment.run("-m", "stompgen", *words, cwd=tmp_path)
    project = tmp_path / "project"
    assert files(project) > FILES | {f"spec/{spec.name}", "src/shop_api/_manifest.json"}
    assert (project / "src/shop_api/_stompws").is_dir() == bool(more)
    done = environment.run("-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=project)
    assert "passed" in done.stdout
    types = ["mypy", "--python-executable", str(environment.python), "--cache-dir", os.devnull]
    checked = subprocess.run(
        [sys.executable, "-m", *types],
        cwd=project,
        env={name: value for name, value in os.environ.items() if name != "MYPYPATH"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


def test_further_options_of_the_generator_are_kept(tmp_path) -> None:
    """The project's own commands have them, also to check."""
    project = tmp_path / "project"
    words = ["new", str(project), "--spec", str(CASES / "request/spec.yaml"), "--package", "clock"]
    options = ["--runtime", "stompws"]
    assert main([*words, "--", *options]) == 0
    for path in ("noxfile.py", "tests/test_bindings.py"):
        tree = ast.parse((project / path).read_text("utf-8"))
        found = [node.value for node in tree.body if isinstance(node, ast.Assign)]
        command = next(ast.literal_eval(v) for v in found if isinstance(v, ast.Tuple))
        with contextlib.chdir(project):
            assert command[-2:] == tuple(options)
            assert main([command[0], "--check", *command[1:]]) == 0


def test_how_a_document_is_read_may_be_said_plainly(tmp_path) -> None:
    """`--side`, `--lenient` and `--root` are those of `generate`, and the project keeps them."""
    folder, project = tmp_path / "documents", tmp_path / "project"
    (folder / "sub").mkdir(parents=True)
    (folder / "thing.yaml").write_text("{type: object, properties: {a: {type: string}}}")
    spec = folder / "sub" / "api.yaml"
    spec.write_text(
        "asyncapi: 2.6.0\n"
        "info: {title: Things, version: '1'}\n"
        "channels:\n"
        "  things:\n"
        "    publish: {operationId: tell, message: {name: Thing, payload: {$ref: ../thing.yaml}}}\n"
        "    wrong: true\n"
    )
    words = ["--side", "other", "--lenient", "--root", str(folder)]
    assert main(["new", str(project), "--spec", str(spec), *words]) == 0
    assert files(project) > {"spec/sub/api.yaml", "spec/thing.yaml"}
    operations = (project / "src/things/operations.py").read_text("utf-8")
    assert "Action.SEND" in operations
    with contextlib.chdir(project):
        kept = ["--side", "other", "--lenient", "--root", "spec"]
        command = ["generate", "spec/sub/api.yaml", "--out", "src", "--package", "things"]
        assert main([*command, *kept, "--check"]) == 0


def test_the_files_of_a_document_lie_in_a_root_of_their_own() -> None:
    """Where they lay before is of no interest to the project."""
    options = ["--side", "other", "--root", "../..", "--lenient", "--root=x"]
    assert split_root(options) == ("x", ("--side", "other", "--lenient"))
    assert split_root(["--lenient", "--root"]) == (None, ("--lenient", "--root"))
    project = Project(
        title="", entry="a/b.yaml", package="p", vendored=True, options=("--root", "spec")
    )
    spec = ("--spec", "spec/a/b.yaml", "--package", "p")
    assert project.generate == ("vendor", "src", *spec, "--", "--root", "spec")


def test_the_projects_own_tests_can_fail(tmp_path, environment) -> None:
    """Code that was edited, or is behind its document."""
    project = tmp_path / "project"
    words = ["new", str(project), "--spec", str(CASES / "request/spec.yaml"), "--package", "clock"]
    environment.run("-m", "stompgen", *words, cwd=tmp_path)
    (project / "src/clock/servers.py").unlink()
    done = environment.run("-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=project, check=False)
    assert done.returncode == 1
    assert "+++ b/clock/servers.py" in done.stdout


def test_the_installed_wheel_vendors_the_same_as_the_tree(tmp_path, environment) -> None:
    """Document, runtime and licence are found in both; what was vendored by one suits the other."""
    environment.run("-m", "stompgen", "vendor", "dest", cwd=tmp_path)
    assert main(["vendor", str(tmp_path / "dest"), "--check"]) == 0
    assert main(["vendor", str(tmp_path / "other")]) == 0
    environment.run("-m", "stompgen", "vendor", "other", "--check", cwd=tmp_path)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Café: Orders", "cafe_orders"),
        ("JSON", "bindings"),
        ("点心", "bindings"),
        ("class", "bindings"),
        ("3 things", "bindings"),
        ("Worldpay IPS", "bindings"),
        ("", "bindings"),
        ("x" * 10_000, "x" * 40),
    ],
)
def test_the_package_is_named_after_the_title(title, name) -> None:
    """When that gives a name that is free."""
    assert package_name(title) == name


HOSTILE = (
    'x"]\n[tool.evil]\nrun = "\\" \'\'\' """ `id` | <script> {{ 1 }} {% x %} ${{ y }} \u202e \x7f'
)


def test_texts_of_the_document_are_data(tmp_path) -> None:
    """They end no string, table, span or line of the project's files."""
    spec = tmp_path / "order.json"
    spec.write_text(json.dumps(changed("/info/title", HOSTILE)), "utf-8")
    project = tmp_path / "project"
    assert main(["new", str(project), "--spec", str(spec), "--package", "orders"]) == 0
    settings = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    assert settings["project"]["description"] == " ".join(
        f"Bindings of {HOSTILE}, generated.".split()
    )
    assert set(settings["tool"]) == {"hatch", "mypy", "pytest"}
    for path in ("noxfile.py", "tests/test_bindings.py"):
        text = (project / path).read_text("utf-8")
        ast.parse(text)
        assert "evil" not in text
    assert "evil" not in (project / ".github/workflows/ci.yml").read_text("utf-8")
    page = (project / "README.md").read_text("utf-8")
    assert r"\`id\` \| \<script\>" in page
    assert "\u202e" not in page


@pytest.mark.parametrize("text", [HOSTILE, "", "a\tb", "\ud800", "\U000e0001", "é", "''"])
def test_a_string_of_toml_is_what_it_was(text) -> None:
    """But for half a character, which TOML does not know."""
    assert tomllib.loads(f"x = {toml(text)}") == {"x": text.replace("\ud800", "\ufffd")}


def test_code_in_markdown_is_never_closed() -> None:
    """The fence is longer than any run of backticks inside."""
    assert code("a`b``c") == "``` a`b``c ```"
    assert code("x") == "`x`"
    assert code("") == "`  `"
    assert markdown("a\n# b www.x.y http://z") == r"a \# b www\.x.y http\://z"


def test_the_workflow_is_yaml_and_runs_nox(tmp_path) -> None:
    """On all versions of Python that the project says it supports."""
    words = ["--spec", str(CASES / "request/spec.yaml"), "--package", "clock"]
    assert main(["new", str(tmp_path / "p"), *words]) == 0
    job = yaml.safe_load((tmp_path / "p/.github/workflows/ci.yml").read_text())["jobs"]["ci"]
    assert "3.11" in job["strategy"]["matrix"]["python"]
    assert job["steps"][1]["with"] == {"python-version": "${{ matrix.python }}"}
    assert job["steps"][-1] == {"run": "nox"}


def test_a_folder_that_is_not_empty_is_left_alone_unless_told(tmp_path, capsys) -> None:
    """And told, no file of it is overwritten."""
    spec = ["--spec", str(CASES / "request/spec.yaml"), "--package", "clock"]
    (tmp_path / "notes.txt").write_text("mine")
    assert main(["new", str(tmp_path), *spec]) == 2
    assert "is not empty" in capsys.readouterr().err
    (tmp_path / "README.md").write_text("mine")
    assert main(["new", str(tmp_path), *spec, "--force"]) == 2
    assert "README.md" in capsys.readouterr().err
    assert files(tmp_path) == {"notes.txt", "README.md"}
    (tmp_path / "README.md").unlink()
    assert main(["new", str(tmp_path), *spec, "--force"]) == 0
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_fresh_repository_counts_as_empty(tmp_path, monkeypatch) -> None:
    """`git init` first is as good; the current folder will do."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    assert main(["new", ".", "--spec", str(CASES / "request/spec.yaml"), "--package", "clock"]) == 0
    assert files(tmp_path) > FILES


def test_nothing_is_left_of_a_project_that_could_not_be_made(tmp_path, capsys) -> None:
    """A document with errors, also such as only generating finds; a link that leads away."""
    spec = tmp_path / "order.json"
    spec.write_text(json.dumps(changed("/channels/order/adress", "x")), "utf-8")
    words = ["--spec", str(spec), "--package", "orders"]
    assert main(["new", str(tmp_path / "a/b"), *words]) == 2
    assert "adress" in capsys.readouterr().err
    spec.write_text(json.dumps(ORDER), "utf-8")
    outside, project = tmp_path / "outside", tmp_path / "project"
    outside.mkdir()
    project.mkdir()
    (project / "src").symlink_to(outside)
    assert main(["new", str(project), *words, "--force"]) == 2
    assert "src is a link" in capsys.readouterr().err
    (project / "src").unlink()
    (project / "src").mkdir()
    (project / "src/orders").mkdir()
    (project / "src/orders/client.py").write_text("mine = 1\n")
    assert main(["new", str(project), *words, "--force"]) == 2
    assert files(project) == {"src/orders/client.py"}
    assert [path.name for path in project.iterdir()] == ["src"]
    assert list(outside.iterdir()) == []
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("name", ["json", "stompws", "worldpay_ips", "pytest", "a-b", "class"])
def test_a_name_that_is_taken_is_refused(tmp_path, capsys, name) -> None:
    """The project's own tests could not import both."""
    words = ["--spec", str(CASES / "request/spec.yaml"), "--package", name]
    assert main(["new", str(tmp_path / "p"), *words]) == 2
    assert "cannot be the package" in capsys.readouterr().err
    assert not (tmp_path / "p").exists()
