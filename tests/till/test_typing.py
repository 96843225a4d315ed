"""What a type checker says of programs that misuse a till."""

from pathlib import Path

import pytest

from misuse import found_by_mypy, wrong


@pytest.mark.criterion("AC47", "AC14", "AC27")
def test_a_type_checker_finds_every_misuse(tmp_path: Path) -> None:
    """`Unknown` forgotten, a float, a policy that is none, answers of another kind."""
    pytest.importorskip("mypy", reason="the session `typecheck` has it")
    found, said = found_by_mypy(tmp_path)
    assert wrong()
    assert found == wrong(), said
