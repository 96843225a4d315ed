"""The boundary where people come in: the command lines of `stompgen` and `ips-simulator`."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from stompgen.cli import main


@pytest.fixture(autouse=True)
def _in_a_folder_with_one_file(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ips.yaml").write_text("asyncapi: 3.0.0\n", "utf-8")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("validate nowhere.yaml", "cannot use nowhere.yaml: No such file or directory"),
        ("validate .", "cannot use .: Is a directory"),
        ("validate ips.yaml/x", "cannot use ips.yaml/x: Not a directory"),
        ("validate --xyzzy ips.yaml", "Unknown option: --xyzzy."),
        (
            "generate ips.yaml --out x --package ips --chek",
            "Unknown option: --chek. Did you mean --check?",
        ),
        ("validate", 'Command "validate" parameter SPEC requires an argument.'),
        (
            "generate ips.yaml --out x",
            'Command "generate" parameter --package requires an argument.',
        ),
        (
            "frobnicate ips.yaml",
            (
                'Unknown command "frobnicate". Available commands: '
                "validate, generate, sources, vendor, new, docs, schema, diff, ..."
            ),
        ),
        (
            "generate ips.yaml --out x --package 1st-ips",
            "'1st-ips' cannot be the package: it is not a Python module name",
        ),
        (
            "generate ips.yaml --out x --package ips.class",
            "'ips.class' cannot be the package: it is not a Python module name",
        ),
        (
            "generate ips.yaml --out x --package ips --runtime my-own",
            "'my-own' cannot be the runtime: it is not a Python module name",
        ),
        ("generate ips.yaml --out ips.yaml --package ips", "ips.yaml is not a folder"),
        ("sources ips.yaml --out .", ". is a folder, not a file"),
    ],
)
def test_misuse_of_stompgen_is_told_in_one_sentence(capsys, arguments: str, sentence: str) -> None:
    """Exit code 2, one line on stderr, no traceback, and nothing is written."""
    assert main(arguments.split()) == 2
    assert capsys.readouterr() == ("", f"stompgen: {sentence}\n")
    assert [path.name for path in Path().iterdir()] == ["ips.yaml"]


def run_ips_simulator(arguments: str) -> str:
    """Run the command as a program of its own; return its stderr. Exit code 2 is a rule of all."""
    done = subprocess.run(
        [sys.executable, "-m", "ips_simulator", *arguments.split()],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "200", "PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=30,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            "serve --plain --host 0.0.0.0",
            "without TLS only this machine is served, not 0.0.0.0 (leave --plain out)",
        ),
        ("serve --port 70000", "there is no port 70000; the last one is 65535"),
        ("serve --port=-1", "there is no port -1; the last one is 65535"),
    ],
)
def test_what_ips_simulator_does_not_serve_is_told_in_one_sentence(
    arguments: str, sentence: str
) -> None:
    """Exit code 2 and one line on stderr; no port is opened."""
    assert run_ips_simulator(arguments) == f"ips-simulator: {sentence}\n"


def test_a_port_in_use_is_named() -> None:
    """The address, and the reason in the words of the operating system."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        err = run_ips_simulator(f"serve --plain --port {port}")
    assert re.fullmatch(
        rf"ips-simulator: cannot listen on 127\.0\.0\.1:{port}: .*address already in use.*\n",
        err,
        re.IGNORECASE,
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("serve --frob", "Unknown option: --frob."),
        ("serve --port http", 'Invalid value for --port: unable to convert "http" into int.'),
        ("serve --port", 'Command "serve" parameter --port requires an argument.'),
        (
            "frobnicate",
            (
                'Unknown command "frobnicate". '
                "Available commands: serve, pay, scenarios, check, replay, demo."
            ),
        ),
    ],
)
def test_a_command_line_that_ips_simulator_cannot_read_is_refused(
    arguments: str, sentence: str
) -> None:
    """Exit code 2; the argument at fault is named, and what there is instead where that helps."""
    shown = run_ips_simulator(arguments)
    assert shown == f"ips-simulator: {sentence} (see ips-simulator --help)\n"
