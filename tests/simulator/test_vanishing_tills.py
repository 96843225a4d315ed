"""Tills that vanish while others work, a few of them; `nox -s scale` has hundreds."""

import pytest
from tests.scale.figures import Progress
from tests.scale.vanishing import measure, plan


@pytest.mark.parametrize("seed", [1, 2])
def test_whoever_vanishes_disturbs_nobody_and_the_ledger_is_what_was_told(seed: int) -> None:
    """No sale of a till that stays is lost or doubled; a query tells what became of the others."""
    part = measure(tills=12, sales=2, vanishing=24, seed=seed, progress=Progress())
    assert part.problems == []
    (row,) = part.rows
    shown = dict(zip(part.columns, row, strict=True))
    assert (shown["vanished"], shown["sold by the others"]) == ("24", "24")
    assert 0 < int(shown["of them charged"]) <= 24


def test_the_same_seed_gives_the_same_plan() -> None:
    """What was found once can be found again."""
    assert plan(50, 7) == plan(50, 7)
    assert plan(50, 7) != plan(50, 8)
