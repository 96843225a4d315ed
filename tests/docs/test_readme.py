"""What the README shows works."""

import re
from pathlib import Path
from typing import Any

import pytest

README = Path(__file__).parents[2] / "README.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[0][:40])
def test_python_in_the_readme_runs(
    block: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every Python block runs as it stands, one after the other not needed."""
    monkeypatch.chdir(tmp_path)  # one of them writes a journal
    names: dict[str, Any] = {}
    exec(compile(block, "README.md", "exec"), names)  # noqa: S102 - our own page
    assert capsys.readouterr().err == ""


def test_the_till_says_what_was_taken(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first block takes a safe payment, and its last line is for the cashier."""
    monkeypatch.chdir(tmp_path)
    exec(compile(BLOCKS[0], "README.md", "exec"), {})  # noqa: S102 - our own page
    assert capsys.readouterr().out.rstrip().endswith("1099 pence taken")


def test_the_first_payment_ends_complete(capsys: pytest.CaptureFixture[str]) -> None:
    """The first block with the bindings takes a payment, from notification to completion."""
    first = next(block for block in BLOCKS if "PaymentApi(" in block)
    exec(compile(first, "README.md", "exec"), {})  # noqa: S102 - our own page
    shown = capsys.readouterr().out
    assert "PaymentNotification(" in shown
    assert "PaymentResult(" in shown
    assert shown.rstrip().endswith("PaymentComplete()")
