"""`docs/faults-in-scenarios.md` says what there is, and shows what works."""

import re
from pathlib import Path

import pytest

from ips_simulator import FaultKind, Step
from ips_simulator.faults import DEFAULT_COUNT, DEFAULT_SECONDS, OF_A_FRAME
from ips_simulator.profile_docs import profile_table
from ips_simulator.profiles import PROFILES
from ips_simulator.scenario_file import parse_scenario

PAGE = (Path(__file__).parents[2] / "docs" / "faults-in-scenarios.md").read_text(encoding="utf-8")


def rows(heading: str) -> dict[str, str]:
    """The rows of a table by their first cells."""
    table = PAGE.partition(heading)[2].lstrip().partition("\n\n")[0]
    found = (line.split("|") for line in table.splitlines() if line.startswith("| `"))
    return {cells[1].strip(" `"): cells[2] for cells in found}


LINE, FRAME = rows("Of the connection, or of the server:"), rows("Of one frame:")


def test_every_kind_stands_in_its_table() -> None:
    """Once, where it belongs."""
    assert set(FRAME) == {kind.value for kind in OF_A_FRAME}
    assert {*LINE, *FRAME} == {kind.value for kind in FaultKind}
    assert not set(LINE) & set(FRAME)


@pytest.mark.parametrize("kind", FaultKind)
def test_defaults_are_told(kind: FaultKind) -> None:
    """As `seconds` (5), for each kind that takes it and for no other."""
    text = {**LINE, **FRAME}[kind.value]
    seconds = re.findall(r"`seconds` \((\d+)\)", text)
    count = re.findall(r"`count` \((\d+)\)", text)
    assert seconds == ([f"{DEFAULT_SECONDS[kind]:g}"] if kind in DEFAULT_SECONDS else [])
    assert count == ([f"{DEFAULT_COUNT[kind]}"] if kind in DEFAULT_COUNT else [])


def test_every_point_is_named() -> None:
    """In the order of the flow."""
    assert ", ".join(f"`{step.value}`" for step in Step) in PAGE


def test_the_example_is_a_scenario() -> None:
    """It can be read as it stands, in a file with a name and an end."""
    example = re.sub(r" +#.*", "", PAGE.partition("```yaml\n")[2].partition("```")[0])
    text = f"name: x\ntitle: X\n{example}expect:\n  - {{do: startPayment, lost: true}}\n"
    scenario = parse_scenario(text, "x.yaml")
    assert [fault.kind for fault in scenario.faults] == ["duplicate", "corrupt", "reset"]


def test_the_table_of_profiles_is_current() -> None:
    """Written by `python -m ips_simulator.profile_docs`."""
    assert profile_table() in PAGE
    assert all(f"- **{name}** " in PAGE for name in PROFILES)
