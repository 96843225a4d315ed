"""`stompgen vendor`: one folder that needs nothing of this distribution, and knows its state."""

import ast
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import attrs
import pytest

from checking import ORDER
from clean_environment import CORE, ROOT, Environment
from ips_simulator import Simulator
from stompgen import manifest
from stompgen.cli import main
from stompgen.distribution import find
from stompgen.vendor import Wanted, state, vendored_files, write

SALE = """
import json, pathlib, sys
from shop.payments.worldpay_ips import (
    CardPresent, ClientOptions, Instruction, OnPremise, PaymentApi, PaymentRequest, PaymentResult,
    PaymentType, RequestValue, TlsOptions,
)
facts = json.load(sys.stdin)
api = PaymentApi(
    OnPremise(host=facts["host"], port=facts["port"], paypoint_id="INST001"),
    license_key=facts["key"],
    options=ClientOptions(tls=TlsOptions(ca_file=pathlib.Path(facts["ca"]))),
)
sale = PaymentRequest(
    payment_type=PaymentType.SALE,
    merchant_transaction_reference="VENDOR-0001",
    instruction=Instruction(value=RequestValue(amount=1099), payment_instrument=CardPresent()),
)
with api.start_payment(sale) as payment:
    for event in payment:
        if isinstance(event.payload, PaymentResult):
            print(event.payload.payments[0].result)
print(*sorted(name for name in sys.modules if name.split(".")[0] in ("stompws", "worldpay_ips")))
"""


@pytest.fixture(scope="module")
def once(tmp_path_factory) -> Path:
    """A folder into which this distribution's bindings were vendored."""
    folder = tmp_path_factory.mktemp("once")
    assert main(["vendor", str(folder)]) == 0
    return folder


@pytest.fixture
def dest(once, tmp_path) -> Path:
    """A copy of that."""
    shutil.copytree(once, tmp_path / "dest")
    return tmp_path / "dest"


def modules(folder: Path) -> dict[str, ast.Module]:
    """The syntax trees of all modules below a folder."""
    found = {path: ast.parse(path.read_text("utf-8")) for path in folder.rglob("*.py")}
    return {path.relative_to(folder).as_posix(): tree for path, tree in found.items()}


def absolute_imports(tree: ast.Module) -> set[str]:
    """The top names that are imported absolutely."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(str(node.module).partition(".")[0])
    return found


def test_the_runtime_never_imports_itself_by_name() -> None:
    """It may lie in any package."""
    for path, tree in modules(ROOT / "runtime" / "stompws").items():
        assert "stompws" not in absolute_imports(tree), path


def test_a_vendored_folder_imports_nothing_of_ours_by_name(once) -> None:
    """Neither in a statement nor in a text from which something is imported later."""
    found = modules(once / "worldpay_ips")
    assert {"__init__.py", "messages/payments.py", "_stompws/client.py"} <= set(found)
    others = {"attrs", "cattrs", "websocket", "orjson", "typing_extensions"}
    for path, tree in found.items():
        assert absolute_imports(tree) <= sys.stdlib_module_names | others, path
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not node.value.startswith(("stompws.", "worldpay_ips.")), path


def test_a_shop_with_a_vendored_folder_takes_a_payment(once, tmp_path) -> None:
    """In an environment with the three core dependencies, where the distribution is unknown."""
    environment = Environment(tmp_path / "venv")
    environment.add(CORE)
    assert "worldpay-ips" not in environment.installed()
    assert set(CORE) <= environment.installed()
    project = tmp_path / "project"
    (project / "shop").mkdir(parents=True)
    (project / "shop/__init__.py").write_text("")
    shutil.copytree(once, project / "shop/payments")
    (project / "sale.py").write_text(SALE)
    with Simulator(tls=True) as simulator:
        host, port = simulator.address
        facts = {"host": host, "port": port, "key": simulator.license_key}
        done = environment.run(
            "sale.py", cwd=project, given={**facts, "ca": str(simulator.ca_file)}
        )
        assert done.stdout.splitlines() == ["authorised-online", ""]
        assert [charge.amount for charge in simulator.ledger.charges] == [1099]


def test_a_fresh_folder_is_current_and_unmodified(dest, capsys) -> None:
    """Silence and 0; also when the generator must be asked."""
    assert main(["vendor", str(dest), "--check"]) == 0
    package = dest / "worldpay_ips"
    other = manifest.read(package)
    other["generator"]["python"] = "another"
    (package / manifest.NAME).write_text(manifest.dump(other), "utf-8")
    assert main(["vendor", "--check", str(dest)]) == 0
    assert capsys.readouterr() == ("", "")


def test_modified_files_are_told_and_not_overwritten(dest, capsys) -> None:
    """Which ones, and how; `--force` puts them right and leaves what is not ours."""
    package = dest / "worldpay_ips"
    (package / "client.py").write_text("mine = 1\n")
    (package / "_stompws/clock.py").unlink()
    (package / "own.py").write_text("own = 1\n")
    assert main(["vendor", str(dest), "--check"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "modified: worldpay_ips/_stompws/clock.py (missing)",
        "modified: worldpay_ips/client.py (changed)",
        "modified: worldpay_ips/own.py (added)",
    ]
    assert main(["vendor", str(dest)]) == 2
    error = capsys.readouterr().err
    assert "client.py" in error
    assert "--force" in error
    assert (package / "client.py").read_text() == "mine = 1\n"
    assert main(["vendor", str(dest), "--force"]) == 0
    assert (package / "own.py").read_text() == "own = 1\n"
    (package / "own.py").unlink()
    assert main(["vendor", str(dest), "--check"]) == 0


def test_an_old_folder_is_outdated_and_brought_up_to_date(dest, capsys) -> None:
    """Told apart from a modified one; a file that is not written any more goes."""
    package = dest / "worldpay_ips"
    old = manifest.read(package)
    (package / "_stompws/clock.py").write_text("old = 1\n")
    (package / "_stompws/gone.py").write_text("gone = 1\n")
    old["files"]["_stompws/clock.py"] = manifest.sha256(b"old = 1\n")
    old["files"]["_stompws/gone.py"] = manifest.sha256(b"gone = 1\n")
    old["generator"]["runtime"] = "older"
    (package / manifest.NAME).write_text(manifest.dump(old), "utf-8")
    assert main(["vendor", str(dest), "--check"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "outdated: worldpay_ips/_stompws/clock.py (changed)",
        "outdated: worldpay_ips/_stompws/gone.py (removed)",
    ]
    assert main(["vendor", str(dest)]) == 0
    assert not (package / "_stompws/gone.py").exists()
    assert main(["vendor", str(dest), "--check"]) == 0


def test_a_file_in_the_way_is_never_overwritten(dest, capsys) -> None:
    """One that we did not write, though its name is one of ours now."""
    package = dest / "worldpay_ips"
    old = manifest.read(package)
    del old["files"]["_stompws/clock.py"]
    (package / "_stompws/clock.py").write_text("mine = 1\n")
    (package / manifest.NAME).write_text(manifest.dump(old), "utf-8")
    assert main(["vendor", str(dest)]) == 2
    assert "_stompws/clock.py exists" in capsys.readouterr().err


def test_a_folder_of_others_is_left_alone(tmp_path, capsys) -> None:
    """Not even with `--force`: it was never vendored."""
    (tmp_path / "worldpay_ips").mkdir()
    (tmp_path / "worldpay_ips/client.py").write_text("mine = 1\n")
    for more in ([], ["--force"]):
        assert main(["vendor", str(tmp_path), *more]) == 2
        assert "was not vendored" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "worldpay_ips").iterdir()] == ["client.py"]


def test_a_document_of_ones_own_is_vendored_likewise(tmp_path, capsys, monkeypatch) -> None:
    """With a name for it; the check needs the document again, and notices when it moved on."""
    monkeypatch.chdir(tmp_path)
    spec = Path("a | `b`.json")
    spec.write_text(json.dumps(ORDER), "utf-8")
    own = ["--spec", str(spec), "--package", "shop.orders"]
    assert main(["vendor", "dest", *own]) == 0
    assert {path.name for path in Path("dest/shop/orders").iterdir()} > {"_stompws", "VENDORED.md"}
    page = Path("dest/shop/orders/VENDORED.md").read_text("utf-8")
    assert r"| document | a \| \`b\`.json |" in page
    assert "stompgen vendor ../ --spec 'PATH/TO/a | `b`.json' --package shop.orders" in page
    assert main(["vendor", "dest", *own, "--check"]) == 0
    capsys.readouterr()
    assert main(["vendor", "dest", "--package", "shop.orders", "--check"]) == 2
    assert "give it with --spec" in capsys.readouterr().err
    spec.write_text(json.dumps({**ORDER, "info": {**ORDER["info"], "version": "2"}}), "utf-8")
    assert main(["vendor", "dest", *own, "--check"]) == 1
    out = capsys.readouterr().out
    assert "outdated: shop/orders/VENDORED.md (changed)" in out
    assert "modified" not in out


def test_further_options_of_the_generator_are_kept(tmp_path, capsys) -> None:
    """They go to the generator, and belong to the command that refreshes; others are other code."""
    asked: list[list[str]] = []

    def generate(arguments: Sequence[str]) -> int:
        asked.append(list(arguments))
        return main([word for word in arguments if word != "--loud"])

    spec = ROOT / "tests/codegen/cases/request/spec.yaml"
    wanted = Wanted(spec=spec, package="clock", given=True, more=("--loud",))
    files = vendored_files(wanted, find(), generate)
    assert asked[0][-1] == "--loud"
    known = manifest.parse(files["clock/_manifest.json"].encode())
    assert known["options"]["more"] == ["--loud"]
    page = files["clock/VENDORED.md"]
    assert "vendor . --spec PATH/TO/spec.yaml --package clock -- --loud\n" in page
    write(files, tmp_path)
    assert state(wanted, tmp_path, find(), generate).outdated == {}
    quiet = attrs.evolve(wanted, more=())
    assert state(quiet, tmp_path, find(), generate).outdated == {"VENDORED.md": "changed"}
    words = ["vendor", str(tmp_path / "other"), "--spec", str(spec), "--package", "clock"]
    assert main([*words, "--", "--frob"]) == 2
    assert "--frob" in capsys.readouterr().err
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["dest", "--spec", "x.yaml"], "needs a name: give --package as well"),
        (["dest", "--check", "--force"], "nothing to --force"),
        (["dest", "--package", "a b"], "not a Python module name"),
        (["file"], "file is not a folder"),
        (["dest", "--spec", "nowhere.yaml", "--package", "x"], "cannot use nowhere.yaml"),
        (["dest", "--check"], "holds no vendored package"),
        (["there", "--check"], "holds no vendored package; --package may be orders"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(tmp_path, monkeypatch, capsys, words, sentence) -> None:
    """Exit code 2, and nothing written."""
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("")
    Path("there/orders").mkdir(parents=True)
    Path("there/orders", manifest.NAME).write_text("{}")
    before = sorted(tmp_path.rglob("*"))
    assert main(["vendor", *words]) == 2
    assert sentence in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_vendored_folder_has_its_papers(once) -> None:
    """Licence, typed marker, and a page that says what it is made of and how to refresh it."""
    package = once / "worldpay_ips"
    assert "Apache License" in (package / "LICENSE").read_text("utf-8")
    assert (package / "py.typed").is_file()
    assert (package / "_stompws/py.typed").is_file()
    page = (package / "VENDORED.md").read_text("utf-8")
    spec = ROOT / "spec" / "ips-payment-4.0.1.yaml"
    assert manifest.sha256(spec.read_bytes()) in page
    assert "stompgen vendor . --check\n" in page
    assert str(ROOT) not in page
