"""What the README shows works."""

import re
from pathlib import Path
from typing import Any

import pytest

README = Path(__file__).parents[2] / "README.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[0][:40])
def test_python_in_the_readme_runs(block: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every Python block runs as it stands, one after the other not needed."""
    names: dict[str, Any] = {}
    exec(compile(block, "README.md", "exec"), names)  # noqa: S102 - our own page
    assert capsys.readouterr().err == ""


def test_the_first_payment_ends_complete(capsys: pytest.CaptureFixture[str]) -> None:
    """The first block takes a payment, from the first notification to the completion."""
    exec(compile(BLOCKS[0], "README.md", "exec"), {})  # noqa: S102 - our own page
    shown = capsys.readouterr().out
    assert "PaymentNotification(" in shown
    assert "PaymentResult(" in shown
    assert shown.rstrip().endswith("PaymentComplete()")
