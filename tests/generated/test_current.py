"""The committed bindings and the table of sources are what the document gives."""

from pathlib import Path

import pytest

from stompgen.cli import main

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "spec" / "ips-payment-4.0.1.yaml"
GENERATED = ROOT / "generated"
SOURCES = ROOT / "spec" / "SOURCES.md"


def _check(spec: Path) -> int:
    return main(
        ["generate", str(spec), "--out", str(GENERATED), "--package", "worldpay_ips", "--check"]
    )


def test_the_committed_code_is_what_the_document_gives(capsys: pytest.CaptureFixture[str]) -> None:
    """`nox -s generate -- --check` finds nothing to do."""
    assert _check(SPEC) == 0
    assert main(["sources", str(SPEC), "--out", str(SOURCES), "--check"]) == 0
    assert capsys.readouterr().out == ""


def test_one_changed_constraint_is_noticed_and_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A document that moved on fails the check, with a diff, until the code is generated anew."""
    before = {path: path.read_bytes() for path in GENERATED.rglob("*.py")}
    changed = tmp_path / SPEC.name
    text = SPEC.read_text("utf-8")
    old = "maxLength: 30\n      pattern: '^[a-zA-Z0-9_-]{1,30}$'"
    assert text.count(old) == 1
    changed.write_text(text.replace(old, old.replace("30", "31")), "utf-8")
    assert _check(changed) == 1
    shown = capsys.readouterr().out
    assert any(
        line.startswith("+") and "max_length=31" in line and "{1,31}$" in line
        for line in shown.splitlines()
    )
    assert {path: path.read_bytes() for path in GENERATED.rglob("*.py")} == before
