"""The proof of `nox -s no-double-charge`: a part of it, and that its judge can say no."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run_proof(*arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "tests.proof", "--no-hazards", "--processes", "1", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.criterion("AC1", "AC3", "AC4", "AC5", "AC6", "AC7", "AC10", "AC12", "AC31")
@pytest.mark.parametrize("scenario", ["declined-online", "lost-before-result"])
def test_a_sale_that_is_killed_or_cut_off_is_charged_once_or_not_at_all(scenario: str) -> None:
    """Wherever a kill or a cut strikes, the recovered outcome is what the ledger says."""
    arguments = ["--short", "--operation", "sale", "--scenario", scenario, "--octets", "6"]
    code, text = run_proof(*arguments)
    assert code == 0, text
    assert " 0 bad" in text


@pytest.mark.criterion("AC49")
def test_a_z_report_that_is_killed_or_cut_off_closes_one_batch_or_none() -> None:
    """A Z report is never repeated: the number of the batch tells what became of it."""
    code, text = run_proof("--short", "--operation", "Z report", "--octets", "4")
    assert code == 0, text


def test_the_proof_finds_what_a_careless_till_does() -> None:
    """A till that repeats what was cut off charges twice, and the proof says so and how."""
    arguments = ["--short", "--operation", "sale", "--scenario", "approved", "--octets", "6"]
    code, text = run_proof("--careless", *arguments)
    assert code == 1
    assert "charged 2 times" in text
    assert "said to be nothing, and it was charged" in text
    assert '--operation "sale" --scenario approved --strike act/' in text


def test_a_single_cell_can_be_played_alone() -> None:
    """The command that is printed with a bad cell shows what every till of it told."""
    strike = "act/kill/journal.after.2"
    code, text = run_proof("--operation", "sale", "--scenario", "approved", "--strike", strike)
    assert code == 0, text
    assert "till 1 (killed)" not in text  # by its own hand
    assert "Not taken: the service has not received it. Nothing was charged." in text
    assert "ended as not-taken" in text
