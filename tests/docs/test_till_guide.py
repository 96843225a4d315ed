"""What the guide for till developers shows works, as it stands."""

import re
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from ips_simulator import Simulator, VirtualClock
from ips_till import Approved, Till, Unknown

GUIDE = Path(__file__).parents[2] / "docs" / "till.md"
TEXT = GUIDE.read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


class Screen:
    """What a cashier answers."""

    def ask(self, text: str, *, seconds: float) -> bool:
        """Yes, in time."""
        return bool(text) and seconds > 0


@pytest.fixture
def simulator(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Generator[Simulator]:
    """A service over TLS, and the environment that leads to it."""
    with Simulator(clock=VirtualClock(auto=True), tls=True) as simulator:
        host, port = simulator.address
        monkeypatch.setenv("IPS_TILL_URL", f"wss://{host}:{port}/ipc-app/payment/INST001")
        monkeypatch.setenv("IPS_TILL_CA_FILE", str(simulator.ca_file))
        monkeypatch.setenv("IPS_TILL_LICENSE_KEY", simulator.license_key)
        monkeypatch.setenv("IPS_TILL_JOURNAL", str(tmp_path / "till.sqlite3"))
        yield simulator


def start(block: str) -> dict[str, Any]:
    """Run one block after the imports of those before it."""
    names: dict[str, Any] = {"screen": Screen()}
    exec("from ips_till import *", names)  # noqa: S102 - names of the blocks before
    exec(compile(block, GUIDE.name, "exec"), names)  # noqa: S102 - our own page
    return names


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[0][:40])
def test_python_in_the_guide_runs(
    simulator: Simulator, block: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every block by itself, against a service that asks where the block answers."""
    asks = "SignatureQuestion" in block
    if asks:
        simulator.next_payment("signature-accepted")
    names = start(block)
    assert capsys.readouterr().err == ""
    payment = names.get("payment")
    if payment is not None:
        assert isinstance(payment.outcome, Approved)
    if asks:
        assert len(simulator.ledger.charges) == 1


def test_the_first_payment_says_what_to_do(
    simulator: Simulator, capsys: pytest.CaptureFixture[str]
) -> None:
    """Approved, declined: each arm of the match is reached."""
    start(BLOCKS[0])
    assert "hand over the goods" in capsys.readouterr().out
    simulator.next_payment("declined-online")
    reason = start(BLOCKS[0])["payment"].outcome.reason
    assert reason
    assert capsys.readouterr().out.endswith(f"{reason}\n")
    simulator.next_payment("partial-amount")
    start(BLOCKS[0])
    assert "another amount" in capsys.readouterr().out


@pytest.mark.usefixtures("simulator")
def test_what_was_left_behind_is_recovered_as_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """A payment that a program left is found out by the block on recovery."""
    with Till.from_env(on_action="decline") as till:
        payment = till.sale(1099, reference="LEFT")
        with pytest.raises(KeyboardInterrupt), payment:
            raise KeyboardInterrupt
        assert isinstance(payment.outcome, Unknown)
    block = next(block for block in BLOCKS if "till.unresolved()" in block)
    names = start(block)
    assert isinstance(names["outcome"], Approved)
    assert "LEFT" in capsys.readouterr().out


def test_the_links_of_the_guide_lead_somewhere() -> None:
    """Each linked file is there."""
    links = re.findall(r"\]\(([^)#:]+)\)", TEXT)
    assert links
    assert all((GUIDE.parent / link).exists() for link in links)
