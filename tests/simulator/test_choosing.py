"""Which scenario is played: queued, chosen, by its amount, by default."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ips_simulator import (
    Behaviour,
    Hold,
    Library,
    Scenario,
    ScenarioError,
    Simulator,
    Step,
    UnknownScenarioError,
)
from ips_simulator.choosing import FIRST_MAGIC, LAST_MAGIC
from ips_simulator.scenario import TELL_ALL, Decide, TakeCard
from ips_simulator.scenario_results import RESULT_SCENARIOS
from sim_helpers import pay, till
from stompws.errors import ApiError
from worldpay_ips import Error, PaymentApi, PaymentType, Result

MAGIC = {one.magic_amount: one.name for one in Library().all() if one.magic_amount is not None}


def sale(api: PaymentApi, amount: int = 1099) -> Result | None:
    return pay(api, PaymentType.SALE, amount).result


@pytest.fixture
def magic() -> Iterator[Simulator]:
    with Simulator(magic_amounts=True) as simulator:
        yield simulator


def test_what_is_queued_comes_first(magic: Simulator) -> None:
    """Then what was chosen for the paypoint, then the amount, then the default."""
    api, declined = till(magic), 90_00_06
    assert MAGIC[declined] == "declined-online"
    magic.next_payment("capture-card")
    magic.choose("INST001", "declined-offline")
    assert sale(api, declined) is Result.REFUSED_ONLINE_CAPTURE_CARD
    assert sale(api, declined) is Result.REFUSED_OFFLINE
    magic.choose("INST001", None)
    assert sale(api, declined) is Result.REFUSED_ONLINE
    assert sale(api) is Result.AUTHORISED_ONLINE


def test_a_queued_scenario_can_wait_for_its_paypoint(simulator: Simulator) -> None:
    """A payment of another paypoint does not take it."""
    simulator.next_payment("declined-online", paypoint_id="B")
    assert sale(till(simulator, "A")) is Result.AUTHORISED_ONLINE
    assert sale(till(simulator, "B")) is Result.REFUSED_ONLINE


def test_a_choice_is_of_one_paypoint(simulator: Simulator) -> None:
    """And lasts."""
    simulator.choose("A", "declined-online")
    assert [sale(till(simulator, name)) for name in "ABA"] == [
        Result.REFUSED_ONLINE,
        Result.AUTHORISED_ONLINE,
        Result.REFUSED_ONLINE,
    ]


def test_behaviours_and_scenarios_made_in_python_can_be_chosen(simulator: Simulator) -> None:
    """Names, scenarios and behaviours are the same to every way of choosing."""
    own = Scenario(
        name="own", title="Own", payment=(TakeCard(), Decide(result="pre-valid-card"), *TELL_ALL)
    )
    api = till(simulator)
    simulator.next_payment(own)
    simulator.next_payment(Behaviour(outcome="denied-cashback"))
    assert [sale(api), sale(api)] == [Result.PRE_VALID_CARD, Result.DENIED_CASHBACK]


def test_a_success_without_a_card_is_charged_too(simulator: Simulator) -> None:
    """A scenario that has forgotten the card must not make a till believe in money."""
    own = Scenario(name="own", title="Own", payment=(Decide(), *TELL_ALL))
    simulator.next_payment(own)
    assert sale(till(simulator)) is Result.AUTHORISED_ONLINE
    assert [charge.amount for charge in simulator.ledger.charges] == [1099]


@pytest.mark.parametrize("step", list(Step))
def test_a_scenario_can_be_held_at_every_point(simulator: Simulator, step: Step) -> None:
    """As a behaviour can; files name no points, the steps make them."""
    hold = Hold(step)
    simulator.next_payment("approved", hold=hold)
    api = till(simulator)
    hold_released: list[bool] = []

    def watch() -> None:
        hold.wait_until_reached()
        hold_released.append(api.service_status().status == "busy")
        hold.release()

    thread = threading.Thread(target=watch)
    thread.start()
    assert sale(till(simulator)) is Result.AUTHORISED_ONLINE
    thread.join()
    assert hold_released == [True]


def test_magic_amounts_are_unique_and_in_their_range() -> None:
    """Every scenario with one can be had by it, and by no other's."""
    having = [one for one in Library().all() if one.magic_amount is not None]
    assert len(MAGIC) == len(having)
    assert all(FIRST_MAGIC <= amount <= LAST_MAGIC for amount in MAGIC)
    assert {f"result-{value.value}" for value in Result} == RESULT_SCENARIOS.keys()


def test_an_amount_says_which_result_comes(magic: Simulator) -> None:
    """Every value of `result` can be had by an amount alone."""
    api = till(magic)
    for name, scenario in RESULT_SCENARIOS.items():
        assert sale(api, scenario.magic_amount or 0) == name.removeprefix("result-")


def test_an_unknown_magic_amount_is_refused(magic: Simulator) -> None:
    """A typing error must not become an approval."""
    with pytest.raises(ApiError) as caught:
        sale(till(magic), LAST_MAGIC)
    assert caught.value.payload == Error(
        code="90035",
        message="[invented] no scenario has this magic amount; docs/scenarios.md lists them",
    )
    assert magic.ledger.charges == ()
    assert sale(till(magic)) is Result.AUTHORISED_ONLINE


def test_amounts_mean_nothing_where_magic_is_off(simulator: Simulator) -> None:
    """In a test, an amount is an amount."""
    assert sale(till(simulator), 90_00_06) is Result.AUTHORISED_ONLINE


def test_an_unknown_name_is_told_with_the_next_one(simulator: Simulator) -> None:
    """At once, and not when a payment comes."""
    with pytest.raises(UnknownScenarioError, match="'declined-onlin'; is 'declined-online' meant"):
        simulator.next_payment("declined-onlin")
    with pytest.raises(UnknownScenarioError):
        simulator.choose("INST001", "../scenarios/approved")
    with pytest.raises(UnknownScenarioError):
        Simulator(scenario="nothing")


def test_a_folder_of_ones_own_is_known_by_name(tmp_path: Path) -> None:
    """And replaces what is shipped."""
    text = "name: approved\ntitle: Never\npayment: [card, decide: refused-online, result, complete]"
    expectation = "expect: [{do: startPayment, result: refused-online}]"
    (tmp_path / "approved.yaml").write_text(f"{text}\n{expectation}\n", encoding="utf-8")
    with Simulator(scenario_folders=[tmp_path], scenario="approved") as simulator:
        assert sale(till(simulator)) is Result.REFUSED_ONLINE
        assert simulator.library.names == Library().names
    (tmp_path / "approved.yaml").write_text("name: approved\n", encoding="utf-8")
    with pytest.raises(ScenarioError):
        Library([tmp_path]).get("approved")
