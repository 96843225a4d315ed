"""`ips-simulator demo`, as `nox -s demo` runs it."""

import os
import re
import subprocess
import sys

import pytest

SECRETS = (
    "492949",  # the documentation's card number,
    "1234567890123445",  # the one in its track 2,
    "A1B2C3D4E5F6G7H",  # a token,
    "532931432DB44ABB5",
    "AV46HTR3",  # the activation code,
    "eyJ",  # the head of every license key,
    "12345\n",  # the code of the referral,
    "SIGN HERE",  # and what stands on receipts
    "KEEP THIS RECEIPT",
)
OPERATIONS = (
    "registerPointOfSale",
    "startPayment",
    "queryPaymentResult",
    "queryPaymentReceipt",
    "confirmPaymentAction",
    "abortPayment",
    "settlePayment",
    "cancelPayment",
    "requestBatchReport",
    "requestOfflineReport",
    "deviceStatus",
    "serviceStatus",
    "restartDevice",
    "refreshRegistration",
)


def run(**environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "ips_simulator", "demo"],
        capture_output=True,
        text=True,
        encoding=environment.get("PYTHONIOENCODING", "utf-8"),
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def demo() -> "subprocess.CompletedProcess[str]":
    return run()


def test_all_14_operations_are_ok(demo: "subprocess.CompletedProcess[str]") -> None:
    """One numbered section and one line of the table for each; exit code 0."""
    assert (demo.returncode, demo.stderr) == (0, "")
    assert demo.stdout.rstrip().endswith("14 of 14 operations ok")
    for number, operation in enumerate(OPERATIONS, 1):
        assert re.search(rf"^ ?{number}/14  {operation}  ", demo.stdout, re.MULTILINE)
        assert re.search(rf"^ ?{number} +{operation} +/\S+ +✓ ok *$", demo.stdout, re.MULTILINE)


def test_the_sale_is_shown_message_by_message(demo: "subprocess.CompletedProcess[str]") -> None:
    """Notifications as they come, two receipts, the result, the completion."""
    sale = demo.stdout.partition("2/14  startPayment")[2].partition("3/14")[0]
    order = [
        "/v1/payment ",
        "PLEASE INSERT CARD",
        "receipt: customer, ",
        "receipt: merchant, ",
        "sale: authorised-online, 10.99 GBP",
        "/client/v1/payment/complete",
    ]
    places = [sale.index(text) for text in order]
    assert places == sorted(places)


def test_no_secret_is_shown(demo: "subprocess.CompletedProcess[str]") -> None:
    """Neither card data nor keys, codes, tokens or what stands on receipts."""
    assert [secret for secret in SECRETS if secret in demo.stdout + demo.stderr] == []


@pytest.mark.parametrize("columns", ["80", "100"])
def test_lines_fit_and_are_not_wrapped(columns: str) -> None:
    """In a narrow terminal as in a pipe: 80 columns, no colour where there is no terminal."""
    done = run(COLUMNS=columns)
    assert "\x1b" not in done.stdout
    assert max(len(line.rstrip()) for line in done.stdout.splitlines()) <= 80


def test_a_terminal_that_cannot_draw_is_no_obstacle() -> None:
    """Signs are typed then, and the outcome is the same."""
    done = run(PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, "")
    assert "->  /v1/payment" in done.stdout
