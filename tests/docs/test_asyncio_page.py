"""What docs/asyncio.md shows works."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

from ips_simulator import Behaviour, Simulator

PAGE = Path(__file__).parents[2] / "docs" / "asyncio.md"
(BLOCK,) = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_the_example_takes_a_payment_with_a_signature(capsys: pytest.CaptureFixture[str]) -> None:
    """As it stands, from the first notification to the completion; charged once."""
    names: dict[str, Any] = {}
    exec(compile(BLOCK, PAGE.name, "exec"), names)  # noqa: S102 - our own page
    with Simulator() as simulator:
        simulator.next_payment(Behaviour(actions=["signature-verification"]))
        asyncio.run(names["pay"](simulator.server(), simulator.license_key))
        assert [charge.amount for charge in simulator.ledger.charges] == [1099]
    assert capsys.readouterr().out.rstrip().endswith("PaymentComplete()")
