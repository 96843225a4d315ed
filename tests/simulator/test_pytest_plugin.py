"""The pytest plugin, in runs of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pytest_plugin_cost import PLUGIN

pytest_plugins = "pytester"

HERE = Path(__file__).parent
IMPORTS = """
import pytest
from ips_simulator import *
from worldpay_ips import *

def pay(api, sale):
    with api.start_payment(sale) as payment:
        return [e.payload for e in payment if isinstance(e.payload, PaymentResult)][-1].payments[-1]
"""


OWN_SCENARIO = """
name: own
title: Mine
about: A decline.
payment:
  - decide: refused-online
  - result
  - complete
expect:
  - do: startPayment
    result: refused-online
"""


def run(pytester: pytest.Pytester, test: str, *arguments: str) -> pytest.RunResult:
    """Run a test module in this process."""
    pytester.makepyfile(IMPORTS + test)
    return pytester.runpytest_inprocess(*PLUGIN, "-p", "no:cacheprovider", *arguments)


def run_apart(pytester: pytest.Pytester, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, which finds what this one finds."""
    paths = [str(Path(entry).resolve()) for entry in sys.path if entry]
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=pytester.path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_each_test_has_a_world_of_its_own(pytester: pytest.Pytester) -> None:
    """What one test charges, the next one does not see; references begin again."""
    run(
        pytester,
        """
@pytest.mark.parametrize("time", [1, 2, 3])
def test_sale(ips_api, ips_sale, ips_simulator, time):
    assert pay(ips_api, ips_sale(1099)).result == "authorised-online"
    assert expect(ips_simulator.ledger).only.merchant_transaction_reference == "MS0000000001"
""",
    ).assert_outcomes(passed=3)


def test_the_nearest_marker_says_what_is_played(pytester: pytest.Pytester) -> None:
    """That of the parameter, else of the test, else of the class, else of the module."""
    run(
        pytester,
        """
pytestmark = pytest.mark.ips_scenario("declined-offline")

def test_module(ips_api, ips_sale):
    assert pay(ips_api, ips_sale()).result == "refused-offline"

@pytest.mark.ips_scenario("declined-online")
class TestClass:
    def test_class(self, ips_api, ips_sale):
        assert pay(ips_api, ips_sale()).result == "refused-online"

    @pytest.mark.ips_scenario("approved")
    def test_function(self, ips_api, ips_sale):
        assert pay(ips_api, ips_sale()).result == "authorised-online"

    @pytest.mark.ips_scenario("approved")
    @pytest.mark.parametrize("n", [
        pytest.param(1, marks=pytest.mark.ips_scenario("capture-card")),
    ])
    def test_parameter(self, ips_api, ips_sale, n):
        assert pay(ips_api, ips_sale()).result == "refused-online-capture-card"
""",
    ).assert_outcomes(passed=4)


def test_several_scenarios_are_played_one_after_the_other(pytester: pytest.Pytester) -> None:
    """From the upper marker to the lower, and the last from then on."""
    run(
        pytester,
        """
def results(api, sale):
    return [pay(api, sale(1000 + n)).result for n in range(4)]

@pytest.mark.ips_scenario("declined-online", "capture-card", "approved")
def test_one(ips_api, ips_sale):
    assert results(ips_api, ips_sale) == ["refused-online", "refused-online-capture-card",
        "authorised-online", "authorised-online"]

@pytest.mark.ips_scenario("declined-online")
@pytest.mark.ips_scenario(Behaviour(outcome="refused-online-capture-card"))
@pytest.mark.ips_scenario("approved")
def test_three(ips_api, ips_sale):
    assert results(ips_api, ips_sale) == ["refused-online", "refused-online-capture-card",
        "authorised-online", "authorised-online"]
""",
    ).assert_outcomes(passed=2)


def test_what_is_played_can_be_a_parameter_or_a_fixture(pytester: pytest.Pytester) -> None:
    """`ips_scenario` is an ordinary fixture; settings of a marker still hold."""
    run(
        pytester,
        """
@pytest.mark.ips_scenario(paypoint="INST007")
@pytest.mark.parametrize(("ips_scenario", "result"),
    [("approved", "authorised-online"), ("declined-online", "refused-online")])
def test_parameter(ips_api, ips_sale, ips_scenario, result):
    assert pay(ips_api, ips_sale()).result == result
    assert "INST007" in ips_api.server.url

class TestFixture:
    @pytest.fixture
    def ips_scenario(self):
        return Library().get("declined-online")

    def test_fixture(self, ips_api, ips_sale):
        assert pay(ips_api, ips_sale()).result == "refused-online"
""",
    ).assert_outcomes(passed=3)


def test_the_marker_sets_up_the_simulator(pytester: pytest.Pytester) -> None:
    """TLS, faults, the clock, and whatever `Simulator` takes."""
    folder = pytester.mkdir("mine")
    (folder / "own.yaml").write_text(OWN_SCENARIO)
    run(
        pytester,
        """
from pathlib import Path

@pytest.mark.ips_scenario(tls=True)
def test_tls(ips_api, ips_sale):
    assert ips_api.server.url.startswith("wss://")
    assert pay(ips_api, ips_sale()).result == "authorised-online"

@pytest.mark.ips_scenario("approved", faults=["drop"])
def test_fault(ips_api, ips_sale):
    with pytest.raises(OutcomeUnknownError):
        pay(ips_api, ips_sale())

@pytest.mark.ips_scenario(faults=[Fault(kind="drop", at="result")])
def test_fault_at_a_point(ips_api, ips_sale, ips_simulator):
    with pytest.raises(OutcomeUnknownError):
        pay(ips_api, ips_sale(5))
    expect(ips_simulator.ledger).charged_once(5)

@pytest.mark.ips_scenario("own", scenario_folders=[Path(__file__).with_name("mine")])
def test_folder(ips_api, ips_sale):
    assert pay(ips_api, ips_sale()).result == "refused-online"

@pytest.mark.ips_scenario(pin_pads="manual")
def test_pad(ips_simulator):
    assert ips_simulator.pin_pad().mode == "manual"

@pytest.mark.parametrize(("kind", "type_"), [
    pytest.param("auto", VirtualClock, marks=pytest.mark.ips_scenario()),
    pytest.param("manual", VirtualClock, marks=pytest.mark.ips_scenario(clock="manual")),
    pytest.param("real", RealClock, marks=pytest.mark.ips_scenario(clock="real")),
])
def test_clock(ips_clock, ips_simulator, ips_options, kind, type_):
    assert type(ips_clock) is type_
    assert ips_simulator.clock is ips_clock
    assert ips_options.clock is (None if kind == "real" else ips_clock)
""",
    ).assert_outcomes(passed=8)


@pytest.mark.parametrize(
    ("marker", "said"),
    [
        ("'aproved'", "there is no scenario 'aproved'; is 'approved' meant?"),
        ("port=7", "'port' is not one of as_documented, clock, faults,"),
        ("clock='fast'", "clock is 'auto', 'manual' or 'real', not 'fast'"),
        ("faults=['drip']", "'drip' is not a valid FaultKind"),
        ("Behaviour(), faults=['drop']", "faults go with a scenario, not with a Behaviour"),
    ],
)
def test_a_wrong_marker_is_told_in_one_sentence(
    pytester: pytest.Pytester, marker: str, said: str
) -> None:
    """Without a traceback, for the mistake is in the test."""
    result = run(
        pytester,
        f"@pytest.mark.ips_scenario({marker})\ndef test_it(ips_simulator): raise LookupError",
    )
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"ips_scenario: {said.replace('[', '[[]')}*"])
    assert "Traceback" not in result.stdout.str()
    assert "pytest_plugin.py" not in result.stdout.str()


def test_a_failed_test_shows_ledger_and_frames_and_no_secret(pytester: pytest.Pytester) -> None:
    """Neither license key nor card number nor receipt, whatever went over the line."""
    result = run(
        pytester,
        """
from pathlib import Path

def test_it(ips_api, ips_sale, ips_simulator):
    secrets = ips_simulator.license_key, "4444" "3333" "2222" "1111"
    Path("secrets").write_text("|".join(secrets))
    paid = pay(ips_api, ips_sale(1099, reference="M1"))
    with ips_api.cancel_payment(PaymentCancellation(
        merchant_transaction_reference="M" + secrets[1],
        gateway_transaction_reference=paid.gateway_transaction_reference,
        payment_instrument=OriginalCard(
            card_number=secrets[1], card_expiry_date=ExpiryDate(month=5, year=35)),
    )) as cancellation:
        list(cancellation)
    expect(ips_simulator.ledger).charged_nothing()
""",
    )
    result.assert_outcomes(failed=1)
    shown = result.stdout.str()
    result.stdout.fnmatch_lines(
        [
            "E * AssertionError: expected no charge, but there is one of 1099",
            "E *1  sale    1099  M1 *",
            "*- IPS ledger -*",
            "   1  sale    1099  M1 *",
            "*- IPS conversation 1 -*",
            "*→ simulator CONNECT",
            "*→ simulator SEND /v1/payment {*",
            "*← simulator MESSAGE /client/v1/payment/complete {}",
            "*the client left: goodbye",
            "*- IPS conversation 2 -*",
        ]
    )
    license_key, card = (pytester.path / "secrets").read_text().split("|")
    assert len(license_key) > 100
    for secret in (license_key, license_key.rpartition(".")[2], card):
        assert secret not in shown
    assert "TOTAL" not in shown


def test_a_refusal_is_in_the_report(pytester: pytest.Pytester) -> None:
    """It is most often why the test failed."""
    result = run(
        pytester,
        """
def test_it(ips_simulator):
    api = PaymentApi(ips_simulator.server(), license_key="wrong")
    api.service_status()
""",
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*- IPS refusals -*", "  *license key*"])


def test_charges_are_compared_as_tables(pytester: pytest.Pytester) -> None:
    """An ordinary `assert` can be read too, and others are left to pytest."""
    result = run(
        pytester,
        """
def test_charges(ips_simulator, ips_api, ips_sale):
    pay(ips_api, ips_sale(1099))
    assert ips_simulator.ledger.charges == ()

def test_others():
    assert (1, 2) == (1, 3)
""",
    )
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "E * assert the charges are not those",
            "E *1  sale    1099  MS0000000001 *",
            "E * but should be",
            "E *(no entries)",
            "E * assert (1, 2) == (1, 3)",
        ]
    )


def test_a_test_without_a_simulator_is_left_alone(pytester: pytest.Pytester) -> None:
    """Loading the plugin loads nothing else: every run of pytest loads it."""
    code = (
        "import pytest, sys; before = set(sys.modules); import ips_simulator.pytest_plugin\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = run_apart(pytester, "-c", code)
    loaded = {name for name in done.stdout.split() if name.partition(".")[0] not in SMALL}
    assert done.stdout.split()[:2] == ["ips_simulator", "ips_simulator.pytest_plugin"], done.stderr
    assert not loaded


SMALL = {"ips_simulator", "stompws"}
"""Of these it loads the two packages, the plugin itself and `stompws.lazy`."""


def test_without_the_extra_other_tests_run_and_fixtures_say_what_is_missing(
    pytester: pytest.Pytester,
) -> None:
    """The plugin comes with the distribution, what it needs with the extra."""
    pytester.makeconftest("import sys\nsys.modules['websockets'] = None")
    pytester.makepyfile(
        "def test_other(): assert True\n"
        "def test_simulator(ips_simulator): raise NotImplementedError\n"
    )
    done = run_apart(pytester, "-m", "pytest", *PLUGIN, "-p", "no:cacheprovider")
    assert "1 passed, 1 error" in done.stdout
    assert 'pip install "worldpay-ips[simulator]"' in done.stdout
    assert "Traceback" not in done.stdout


EVERY_SCENARIO = """
import attrs, pytest
from ips_simulator import Library
from scenario_till import Till
from test_scenarios import check
from worldpay_ips import Deadlines

# In this one the till shall abort during a pause, which must not be skipped.
MANUAL = pytest.mark.ips_scenario(clock="manual")
NAMES = [
    pytest.param(name, marks=MANUAL if name == "abort-in-time" else ())
    for name in Library().names
]

@pytest.fixture
def ips_options(ips_options):
    return attrs.evolve(ips_options, deadlines=Deadlines(
        first_event=7200, between_events=7200, total=7200))  # an answer may be an hour late

@pytest.mark.parametrize("ips_scenario", NAMES)
def test_scenario(ips_simulator, ips_api, ips_scenario):
    till = Till(ips_simulator, ips_api)
    for expected in Library().get(ips_scenario).expect:
        check(expected, till.do(expected))
"""


def test_every_scenario_is_played_in_parallel_runs(pytester: pytest.Pytester) -> None:
    """Two processes play them all at the same time, and no port is taken twice."""
    from ips_simulator import Library

    pytester.makepyfile(EVERY_SCENARIO)
    arguments = ("-p", "no:cacheprovider", "-n", "2", "-q", f"-opythonpath={HERE}")
    done = run_apart(pytester, "-m", "pytest", *PLUGIN, *arguments)
    assert f"{len(Library().names)} passed" in done.stdout, done.stdout[-3000:]
    assert done.returncode == 0
