"""`ips-simulator`: what it tells of scenarios, and how it says what is wrong."""

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ips_simulator import Library
from ips_simulator.cli import main
from ips_simulator.cli_options import open_library, read_rules, usual_scenario
from ips_simulator.invented import Inventions

GOOD = """\
name: my-own
title: My own
payment:
  - decide: refused-online
  - result
  - complete
expect:
  - do: startPayment
    outcome: refused
    result: refused-online
"""
BAD = """\
name: my-bad
title: My bad
payment:
  - decide: refused-on-tuesdays
  - notfy: HELLO
expect:
  - do: startPayment
    outcome: refused
    result: refused-online
"""


@contextmanager
def given_up_after(seconds: int) -> Iterator[None]:
    """What serves although it should not ends with an error, and not never."""

    def give_up() -> None:
        signal.raise_signal(signal.SIGTERM)

    timer = threading.Timer(seconds, give_up)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The command in this process; its exit code."""
    monkeypatch.setattr("sys.argv", ["ips-simulator", *arguments])
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as ended, given_up_after(60):
        main()
    return int(ended.value.code or 0)


def fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str
) -> str:
    """What it says on stderr when it cannot do what it is asked to; exit code 2, no traceback."""
    assert run(monkeypatch, *arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("ips-simulator: ")
    assert "Traceback" not in shown.err
    return shown.err.removeprefix("ips-simulator: ").rstrip("\n")


def test_scenarios_are_listed_in_80_columns(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every name whole, with its amount; the family of results on one line."""
    assert run(monkeypatch, "scenarios") == 0
    text = capsys.readouterr().out
    assert max(map(len, text.splitlines())) <= 80
    words = text.split()
    for scenario in Library().all():
        assert (scenario.name in words) is not scenario.name.startswith("result-")
    assert "9000.06" in words
    assert "9001.01 to 9001.37" in text


def test_all_scenarios_are_listed_on_demand(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The family one by one."""
    assert run(monkeypatch, "scenarios", "--all") == 0
    words = capsys.readouterr().out.split()
    assert [one for one in Library().names if one not in words] == []


def test_scenarios_are_listed_for_machines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """One JSON array; one's own files are in it."""
    (tmp_path / "my-own.yaml").write_text(GOOD, encoding="utf-8")
    assert run(monkeypatch, "scenarios", "--json", "--scenarios", str(tmp_path)) == 0
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert set(found) == {*Library().names, "my-own"}
    assert found["my-own"]["payment"] == ["decide: refused-online", "result", "complete"]
    assert found["declined-online"]["magicAmount"] == 900006


def test_a_scenario_is_shown_step_by_step(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its magic amount, what of it is invented, its faults and its rules."""
    assert run(monkeypatch, "scenarios", "show", "lost-before-decline") == 0
    text = capsys.readouterr().out
    for part in ("invented", "9000.50", "drop, before ", "  1  card: insert", "7  complete"):
        assert part in text
    assert run(monkeypatch, "scenarios", "show", "query-unknown") == 0
    assert "queryPaymentResult" in capsys.readouterr().out


def test_a_misspelt_scenario_is_told_with_the_nearest(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By `show` and by `serve`."""
    sentence = "there is no scenario 'declined-onlin'; is 'declined-online' meant?"
    assert fails(monkeypatch, capsys, "scenarios", "show", "declined-onlin") == sentence
    assert fails(monkeypatch, capsys, "serve", "--scenario", "declined-onlin") == sentence
    told = fails(monkeypatch, capsys, "serve", "--scenario", "xyz")
    assert told == "there is no scenario 'xyz' (ips-simulator scenarios lists them)"


def test_good_files_are_told_by_title(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Exit code 0: they can be played."""
    path = tmp_path / "my-own.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert run(monkeypatch, "check", str(path)) == 0
    assert capsys.readouterr().out == f"{path}: My own\n"


def test_all_problems_of_all_files_are_told_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Each with file, line and column; by `check` and, before anything is served, by `serve`."""
    for name in ("my-bad", "my-worse"):
        text = BAD.replace("my-bad", name)
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    files = [str(tmp_path / "my-bad.yaml"), str(tmp_path / "my-worse.yaml")]
    for arguments in (["check", *files], ["serve", "--scenarios", str(tmp_path)]):
        lines = fails(monkeypatch, capsys, *arguments).splitlines()
        assert lines[0] == "4 problems in scenario files:"
        places = [line.split(": ")[0].strip() for line in lines[1:]]
        assert [place.rsplit(":", 1)[0] for place in places] == [
            f"{file}:{line}" for file in files for line in (4, 5)
        ]


@pytest.mark.parametrize("name", ["nothing.yaml", "My Own.yaml"])
def test_a_file_that_is_not_there_or_has_no_name_is_told(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Instead of a traceback."""
    (tmp_path / "My Own.yaml").write_text(GOOD, encoding="utf-8")
    told = fails(monkeypatch, capsys, "check", str(tmp_path / name))
    expected = {"nothing.yaml": "there is no such file", "My Own.yaml": "in small letters"}
    assert expected[name] in told


def test_check_wants_files(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing to check is no success."""
    assert "name the files" in fails(monkeypatch, capsys, "check")


def test_two_scenarios_cannot_have_one_magic_amount(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Nobody could tell which is played."""
    text = GOOD.replace("payment:", "magic_amount: 900006\npayment:")
    (tmp_path / "my-own.yaml").write_text(text, encoding="utf-8")
    told = fails(monkeypatch, capsys, "serve", "--scenarios", str(tmp_path))
    assert told == "the magic amount 9000.06 belongs to declined-online and to my-own"


def test_rules_are_read_as_what_they_are() -> None:
    """Booleans, numbers, results, nothing; hyphens may stand for underscores."""
    rules = read_rules(
        ["only-last-payment=false", "card_seconds=2.5", "busy=failed", "survival_seconds=none"]
    )
    assert rules == Inventions(
        only_last_payment=False, card_seconds=2.5, busy="failed", survival_seconds=None
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--rule", "card_seconds"], "write it as NAME=VALUE"),
        (["--rule", "card_second=1"], "there is no rule 'card_second'; is 'card_seconds' meant?"),
        (["--rule", "card_seconds=-1"], "--rule card_seconds: it cannot be '-1'"),
        (["--rule", "only_last_payment=maybe"], "--rule only_last_payment: it cannot be 'maybe'"),
        (["--rule", "busy=tuesday"], "--rule busy: it cannot be 'tuesday'"),
        (["--profile", "sprung"], "there is no profile 'sprung'; is 'spring' meant?"),
        (["--paypoint", "A B"], "'A B' is no paypoint"),
        (["--scenarios", "/nowhere/at/all"], "/nowhere/at/all is no folder of scenario files"),
        (["--record", "/nowhere/at/all/x"], "there is no folder /nowhere/at/all"),
        (["--ledger", "/nowhere/at/all/x"], "there is no folder /nowhere/at/all"),
        (["--page-port", "70000"], "there is no port 70000"),
        (["--pad", "maybe"], "--pad"),
        (["--colour"], "--colour"),
    ],
)
def test_what_cannot_be_served_is_told_before_anything_is_done(
    arguments: list[str],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A sentence that names the option and what would be right."""
    assert told in fails(monkeypatch, capsys, "serve", *arguments)


def test_a_file_is_not_overwritten_by_a_recording(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """It may be the last one's."""
    path = tmp_path / "session.jsonl"
    path.touch()
    told = fails(monkeypatch, capsys, "serve", "--record", str(path))
    assert told == f"{path}: there is such a file, and no recording is overwritten"


def test_a_file_that_is_no_recording_is_not_replayed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The reason is told with its line; a file that is not there, too."""
    path = tmp_path / "session.jsonl"
    path.write_text("{}\n", encoding="ascii")
    told = fails(monkeypatch, capsys, "replay", str(path))
    assert told.startswith(f"{path}:1: this is no recording")
    told = fails(monkeypatch, capsys, "replay", str(tmp_path / "none"))
    assert told == f"{tmp_path / 'none'}: No such file or directory"


def test_the_usual_scenario_fits_what_is_asked_for() -> None:
    """Chip and PIN as in `approved`, and no result of its own."""
    usual, approved = usual_scenario(open_library(())), Library().get("approved")
    assert [str(one) for one in usual.payment or () if not str(one).startswith("decide")] == [
        str(one) for one in approved.payment or () if not str(one).startswith("decide")
    ]
    (decide,) = [one for one in usual.payment or () if str(one).startswith("decide")]
    assert decide.result is None
