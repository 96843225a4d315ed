"""The pytest plugin: a simulator for each test that asks for one.

    @pytest.mark.ips_scenario("declined-online")
    def test_a_declined_card_pays_nothing(ips_api, ips_sale, ips_simulator):
        with ips_api.start_payment(ips_sale(1099)) as payment:
            list(payment)
        expect(ips_simulator.ledger).charged_nothing()

pytest loads this module in every run, wherever the distribution is installed. So nothing of the
simulator is loaded before a test asks for it.
"""

import inspect
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias, cast

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from worldpay_ips import ClientOptions, PaymentApi, PaymentRequest

    from .behaviour import Behaviour
    from .clock import RealClock, VirtualClock
    from .faults import Fault
    from .pytest_plugin_watch import Watch
    from .scenario import Scenario
    from .simulator import Simulator

    Wish: TypeAlias = str | Scenario | Behaviour

MARKER = (
    "ips_scenario(*scenarios, paypoint='INST001', clock='auto', faults=(), **simulator): what the "
    "simulator of `ips_simulator` plays: names of scenarios, or scenarios. Several are played one "
    "payment after the other, and the last from then on. clock: 'auto', 'manual' or 'real'. All "
    "else is given to `Simulator`."
)
_WATCH: "pytest.StashKey[Watch]" = pytest.StashKey()
_OF_PLUGIN = ("paypoint", "clock", "faults")
_NOT_YOURS = ("host", "port", "scenario", "behaviour")


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", MARKER)


@pytest.fixture
def ips_scenario(request: pytest.FixtureRequest) -> "Wish | tuple[Wish, ...] | None":
    """What is played, as the marker says. May be parametrized, or replaced by one of your own."""
    return tuple(_marked(request.node)[0]) or None


@pytest.fixture
def ips_clock(request: pytest.FixtureRequest) -> "VirtualClock | RealClock":
    """The time of simulator and `ips_api`; nobody waits for it unless the marker says so."""
    _load_simulator()
    from .clock import RealClock, VirtualClock

    match _marked(request.node)[1].get("clock", "auto"):
        case "auto":
            return VirtualClock(auto=True)
        case "manual":
            return VirtualClock()
        case "real":
            return RealClock()
        case other:
            return _refuse(f"clock is 'auto', 'manual' or 'real', not {other!r}")


@pytest.fixture
def ips_simulator(
    request: pytest.FixtureRequest,
    ips_scenario: "Wish | tuple[Wish, ...] | None",
    ips_clock: "VirtualClock | RealClock",
) -> "Iterator[Simulator]":
    """A running simulator, on a free port of this machine, that has seen nothing yet."""
    options = _marked(request.node)[1]
    simulator = _make_simulator(ips_scenario, ips_clock, options)
    from .pytest_plugin_watch import Watch

    with simulator:
        request.node.stash[_WATCH] = Watch(simulator)
        yield simulator


@pytest.fixture
def ips_options(ips_simulator: "Simulator") -> "ClientOptions":
    """What `ips_api` needs for this simulator; a fixture of your own may add to it."""
    from worldpay_ips import ClientOptions, TlsOptions

    from .clock import VirtualClock

    clock = ips_simulator.clock
    return ClientOptions(
        tls=TlsOptions(ca_file=ips_simulator.ca_file),
        clock=clock if isinstance(clock, VirtualClock) else None,
    )


@pytest.fixture
def ips_api(
    request: pytest.FixtureRequest, ips_simulator: "Simulator", ips_options: "ClientOptions"
) -> "PaymentApi":
    """A till of the simulator, with a license key; its deadlines go by `ips_clock`."""
    from worldpay_ips import PaymentApi

    paypoint = _marked(request.node)[1].get("paypoint", "INST001")
    server, key = ips_simulator.server(paypoint), ips_simulator.license_key
    return PaymentApi(server, license_key=key, options=ips_options)


@pytest.fixture
def ips_sale() -> "Callable[..., PaymentRequest]":
    """Makes requests for card-present sales: `ips_sale(1099)`, each with its own reference."""
    from worldpay_ips import CardPresent, Instruction, PaymentRequest, PaymentType, RequestValue

    made = 0

    def make(amount: int = 1099, *, reference: str | None = None) -> PaymentRequest:
        nonlocal made
        made += 1
        return PaymentRequest(
            payment_type=PaymentType.SALE,
            merchant_transaction_reference=reference or f"MS{made:010}",
            instruction=Instruction(
                value=RequestValue(amount=amount), payment_instrument=CardPresent()
            ),
        )

    return make


# -- reporting


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> "Generator[None, pytest.TestReport, pytest.TestReport]":
    """Show what was charged and said, when a test failed."""
    report = yield
    watch = item.stash.get(_WATCH, None)
    if watch is not None and report.failed:
        report.sections.extend(watch.sections())
    return report


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Show charges as a table."""
    if op != "==" or not (_may_be_charges(left) or _may_be_charges(right)):
        return None
    from .assertions import explain_comparison

    return explain_comparison(left, right)


def _may_be_charges(value: object) -> bool:
    """Whether it is worth loading the simulator; most comparisons are about something else."""
    if isinstance(value, list | tuple):
        value = next(iter(cast("Sequence[object]", value)), None)
    return type(value).__module__ == "ips_simulator.ledger"


# -- what a marker says


def _marked(node: pytest.Item) -> "tuple[list[Wish], dict[str, Any]]":
    """Scenarios and settings, of the nearest place that has the marker.

    That is the parameter, the test, its class, its module. Of several in one place the upper one
    comes first.
    """
    for marks in _places(node):
        found = [mark for mark in reversed(marks) if mark.name == "ips_scenario"]
        if found:
            options: dict[str, Any] = {}
            for mark in found:
                options |= mark.kwargs
            return [wish for mark in found for wish in mark.args], options
    return [], {}


def _places(node: pytest.Item) -> Iterator[list[pytest.Mark]]:
    of_parameter: list[pytest.Mark] = getattr(getattr(node, "callspec", None), "marks", [])
    yield of_parameter
    for place in reversed(node.listchain()):
        yield place.own_markers


def _make_simulator(
    wished: "Wish | tuple[Wish, ...] | None",
    clock: "VirtualClock | RealClock",
    options: Mapping[str, Any],
) -> "Simulator":
    simulator_class = _load_simulator()
    settings = {name: value for name, value in options.items() if name not in _OF_PLUGIN}
    _check_settings(simulator_class, settings)
    wishes = wished if isinstance(wished, tuple) else () if wished is None else (wished,)
    try:
        if faults := options.get("faults", ()):
            folders = settings.get("scenario_folders", ())
            wishes = tuple(_with_faults(one, faults, folders) for one in wishes or ("approved",))
        simulator = simulator_class(
            scenario=wishes[-1] if wishes else None, clock=clock, **settings
        )
        for wish in wishes[:-1]:
            simulator.next_payment(wish)
    except (LookupError, TypeError, ValueError) as exc:
        problem = str(exc)
    else:
        return simulator
    return _refuse(problem)  # here, for a short report


def _with_faults(
    wish: "Wish", faults: "Iterable[Fault | str]", folders: "Iterable[Path]"
) -> "Scenario":
    import attrs

    from .faults import Fault
    from .scenario import Scenario
    from .scenario_library import Library

    scenario = Library(folders).get(wish) if isinstance(wish, str) else wish
    if not isinstance(scenario, Scenario):
        raise TypeError("faults go with a scenario, not with a Behaviour")
    more = tuple(Fault(kind=one) if isinstance(one, str) else one for one in faults)
    return attrs.evolve(scenario, faults=(*scenario.faults, *more))


def _check_settings(simulator_class: "type[Simulator]", settings: Mapping[str, Any]) -> None:
    known = [*inspect.signature(simulator_class).parameters, *_OF_PLUGIN]
    usable = sorted(set(known) - set(_NOT_YOURS))
    for name in settings:
        if name not in usable:
            _refuse(f"{name!r} is not one of {', '.join(usable)}")


def _load_simulator() -> "type[Simulator]":
    """Return the class, or say what is not installed."""
    try:
        from .simulator import Simulator
    except ModuleNotFoundError as exc:
        if (exc.name or "").partition(".")[0] in ("ips_simulator", "stompws", "worldpay_ips"):
            raise
        pytest.fail(
            f"the simulator needs {exc.name}, which is not installed: "
            'pip install "worldpay-ips[simulator]"',
            pytrace=False,
        )
    return Simulator


def _refuse(why: str) -> NoReturn:
    pytest.fail(f"ips_scenario: {why}", pytrace=False)
