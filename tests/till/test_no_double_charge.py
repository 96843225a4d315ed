"""The proof of `nox -s no-double-charge`: a part of it, and that its judge can say no."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ips_till.journals.sqlite import SqliteJournal

ROOT = Path(__file__).resolve().parents[2]


def run_proof(*arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "tests.proof", "--no-hazards", "--processes", "1", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.criterion("AC1", "AC3", "AC4", "AC5", "AC6", "AC7", "AC10", "AC12", "AC31")
def test_a_sale_that_is_killed_or_cut_off_is_charged_once_or_not_at_all() -> None:
    """Wherever a kill or a cut strikes, the recovered outcome is what the ledger says."""
    arguments = ["--short", "--operation", "sale", "--scenario", "approved", "--octets", "6"]
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


@pytest.mark.criterion("AC5")
@pytest.mark.parametrize(
    ("operation", "scenario", "strike"),
    [
        # Receipts that came after the cut were neither asked for nor named as missing.
        ("check card", "newer-result", "act/kill/1.to-client.after.2"),
        # The service names a payment of somebody else, which was taken for an earlier one.
        ("settle", "query-pending", "act/kill/1.to-client.before.2"),
        # The X report before it failed, with an error that says "unknown".
        ("Z report", "plain", "act/reset/1.to-server.before.3"),
        # What the service could have told a second later was left to a person for ever.
        ("sale", "query-empty", "act/kill/1.to-client.before.4"),
    ],
)
def test_what_the_proof_has_found_stays_mended(operation: str, scenario: str, strike: str) -> None:
    """Each of these cells lost something once."""
    code, text = run_proof("--operation", operation, "--scenario", scenario, "--strike", strike)
    assert code == 0, text
    assert "ended as unknown" not in text


@pytest.mark.criterion("AC8")
def test_a_new_journal_may_be_opened_by_many_at_once(tmp_path: Path) -> None:
    """SQLite does not wait when the log is switched on, and tables come with their mark."""
    for number in range(20):
        path = tmp_path / str(number) / "journal.sqlite"
        with ThreadPoolExecutor(8) as threads:
            for journal in threads.map(SqliteJournal, [path] * 8):
                journal.close()


def test_a_single_cell_can_be_played_alone() -> None:
    """The command that is printed with a bad cell shows what every till of it told."""
    strike = "act/kill/journal.after.2"
    code, text = run_proof("--operation", "sale", "--scenario", "approved", "--strike", strike)
    assert code == 0, text
    assert "till 1 (killed)" not in text  # by its own hand
    assert "Not taken: the service has not received it. Nothing was charged." in text
    assert "ended as not-taken" in text
