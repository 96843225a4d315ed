"""Payments by clicking on the PIN pad."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from ips_simulator import Simulator
from stompws.errors import OutcomeUnknownError
from worldpay_ips import PaymentApi, PointOfSaleRegistrationRequest

from .tills import Tills

# A till that pays until somebody kills it.
TILL_IN_A_PROCESS = """
import sys
from ips_simulator import Simulator
from worldpay_ips import (
    CardPresent, Instruction, OnPremise, PaymentApi, PaymentRequest, PaymentType, RequestValue,
)
host, port = sys.argv[1:]
server = OnPremise(host=host, port=int(port), paypoint_id="INST001", plain=True)
instruction = Instruction(value=RequestValue(amount=1099), payment_instrument=CardPresent())
request = PaymentRequest(
    payment_type=PaymentType.SALE, merchant_transaction_reference="GONE", instruction=instruction
)
with PaymentApi(server, license_key=sys.stdin.readline()).start_payment(request) as payment:
    for event in payment:
        pass
"""


def press(page: Page, *names: str) -> None:
    """Press buttons of the pad, each when it does something."""
    for name in names:
        button = page.get_by_role("button", name=name, exact=True)
        expect(button).to_have_attribute("aria-disabled", "false")
        button.click()


def choose(page: Page, scenario: str, title: str) -> None:
    """Choose a scenario, and see that the simulator has taken it."""
    page.get_by_label("Scenario of the next payments").select_option(scenario)
    expect(page.locator(".about")).to_contain_text(title)


def rows(page: Page) -> list[str]:
    """Kind, amount, reference and paypoint of each line of the ledger, newest first."""
    lines = page.locator("#ledger-rows tr:not(.empty)").all()
    return [" ".join(line.locator("td").all_inner_texts()[:4]) for line in lines]


def nothing_is_charged(page: Page, simulator: Simulator) -> None:
    """Neither in the simulator nor on the page."""
    assert simulator.ledger.charges == ()
    expect(page.locator("#ledger-rows")).to_have_text("Nothing was charged.")


def test_an_inserted_card_pays(page: Page, tills: Tills) -> None:
    """Insert: approved, charged once, and a line of the ledger and two receipts to look at."""
    till = tills.pay()
    press(page, "Insert card")
    assert till.wait().result == "authorised-online"
    assert [charge.amount for charge in tills.simulator.ledger.charges] == [1099]
    expect(page.locator(".receipt pre")).to_have_count(2)
    expect(page.locator(".roll")).to_contain_text("*** CUSTOMER COPY ***")
    expect(page.locator(".roll")).to_contain_text("*** MERCHANT COPY ***")
    expect(page.locator(".payment .outcome")).to_have_text("authorised online")
    assert rows(page) == ["sale 10.99 PAGE-1 INST001"]
    expect(page.locator("#ledger-totals")).to_contain_text("Sales (1)10.99")


def test_a_card_and_its_pin_pay(page: Page, tills: Tills) -> None:
    """The payment waits for the PIN, and nothing is charged before it."""
    choose(page, "approved", "Approved with chip and PIN.")
    till = tills.pay()
    press(page, "Insert card")
    expect(page.locator(".hint")).to_contain_text("The pad waits for the PIN.")
    nothing_is_charged(page, tills.simulator)
    press(page, "Enter PIN")
    assert till.wait().result == "authorised-online"
    expect(page.locator("#ledger-rows")).to_contain_text("PAGE-1")


def test_a_tapped_card_pays(page: Page, tills: Tills) -> None:
    """Tap: approved without a PIN."""
    choose(page, "approved-contactless", "Approved without PIN, by tapping.")
    till = tills.pay()
    press(page, "Tap card")
    assert till.wait().result == "authorised-online"
    expect(page.locator("#ledger-rows")).to_contain_text("PAGE-1")


def test_a_wrong_pin_can_be_entered_again(page: Page, tills: Tills) -> None:
    """A wrong PIN, then the right one: charged once."""
    choose(page, "approved", "Approved with chip and PIN.")
    till = tills.pay()
    press(page, "Insert card", "Wrong PIN")
    expect(page.locator(".hint")).to_contain_text("The pad waits for the PIN.")
    press(page, "Enter PIN")
    assert till.wait().result == "authorised-online"
    assert [charge.amount for charge in tills.simulator.ledger.charges] == [1099]


@pytest.mark.parametrize(
    ("buttons", "result"),
    [
        (["Cancel"], "cancelled"),
        (["Insert card", "Cancel"], "cancelled"),
        (["Insert card", "Remove card"], "aborted"),
    ],
)
def test_who_goes_away_is_not_charged(
    page: Page, tills: Tills, buttons: list[str], result: str
) -> None:
    """The red key, before the card and after it, and the card taken out too soon."""
    choose(page, "approved", "Approved with chip and PIN.")
    till = tills.pay()
    press(page, *buttons)
    assert till.wait().result == result
    expect(page.locator(".payment .outcome")).to_have_text(result)
    nothing_is_charged(page, tills.simulator)


def test_a_signature_is_given_at_the_pad_and_accepted_at_the_till(page: Page, tills: Tills) -> None:
    """The pad wants the signature before the till is asked about it."""
    choose(page, "signature-accepted", "The merchant accepts the signature.")
    till = tills.pay()
    press(page, "Insert card")
    expect(page.locator(".hint")).to_have_text("The pad waits for the signature.")
    press(page, "Sign")
    assert till.wait().result == "authorised-online"
    expect(page.locator("#ledger-rows")).to_contain_text("PAGE-1")


def test_a_scenario_chosen_on_the_page_is_played(page: Page, tills: Tills) -> None:
    """Declined: the till is told so, and the ledger is empty."""
    choose(page, "declined-online", "Declined by the issuer.")
    till = tills.pay()
    press(page, "Insert card", "Enter PIN")
    assert till.wait().result == "refused-online"
    expect(page.locator(".payment .outcome")).to_have_text("refused online")
    nothing_is_charged(page, tills.simulator)


def test_a_link_cut_before_the_result_leaves_the_charge(page: Page, tills: Tills) -> None:
    """The till does not know the outcome; page and ledger agree that it was charged."""
    till = tills.pay()
    page.get_by_label("Fault", exact=True).select_option("drop")
    page.get_by_label("When", exact=True).select_option("result")
    page.get_by_role("button", name="Inject fault").click()
    press(page, "Insert card")
    assert isinstance(till.wait().error, OutcomeUnknownError)
    expect(page.locator("#notices-list")).to_contain_text("Fault: drop")
    expect(page.locator("#ledger-rows")).to_contain_text("PAGE-1")
    (charge,) = tills.simulator.ledger.charges
    assert rows(page) == [f"sale 10.99 {charge.merchant_transaction_reference} INST001"]


def test_frames_are_decoded_and_keep_their_secrets(page: Page, tills: Tills) -> None:
    """Messages can be read; the license key and the activation code cannot."""
    simulator = tills.simulator
    request = PointOfSaleRegistrationRequest(
        point_of_sale_id=simulator.point_of_sale.id,
        point_of_sale_reference=simulator.point_of_sale.reference,
        point_of_sale_activation_code=simulator.activation_code,
    )
    key = PaymentApi(simulator.server()).register_point_of_sale(request).point_of_sale_license_key
    till = tills.pay()
    press(page, "Insert card")
    till.wait()
    expect(page.locator(".clients")).to_have_text("no till connected")
    for line in page.locator("#frames-list summary").all():
        line.click()
    shown = page.locator("#frames-list").inner_text()
    assert '"merchantTransactionReference": "PAGE-1"' in shown
    assert "pointOfSaleActivationCode" in shown
    for secret in (key, simulator.license_key, simulator.activation_code):
        assert secret[:20] not in page.content()  # long values are cut: a part is a leak, too


def test_the_pad_can_be_left_to_the_scenario(page: Page, tills: Tills) -> None:
    """Automatic pays without a click; manual waits again."""
    page.get_by_text("the scenario", exact=True).click()
    expect(page.locator(".hint")).to_contain_text("The scenario uses the pad.")
    assert tills.pay().wait().result == "authorised-online"
    page.get_by_text("me", exact=True).click()
    expect(page.locator(".hint")).to_contain_text("The pad waits for nothing")
    till = tills.pay()
    press(page, "Cancel")
    assert till.wait().result == "cancelled"


def test_a_till_that_vanishes_is_seen_and_the_next_one_pays(page: Page, tills: Tills) -> None:
    """The process of the till is killed while the pad waits for the card."""
    simulator = tills.simulator
    host, port = simulator.address
    command = [sys.executable, "-c", TILL_IN_A_PROCESS, host, str(port)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdin is not None
        process.stdin.write(simulator.license_key)
        process.stdin.close()
        expect(page.locator(".clients")).to_have_text("1 till connected")
        expect(page.locator(".told")).to_contain_text("GONE")
        process.kill()
    expect(page.locator(".clients")).to_have_text("no till connected")
    press(page, "Cancel")
    expect(page.locator(".payment .outcome")).to_have_text("cancelled")
    till = tills.pay()
    press(page, "Insert card")
    assert till.wait().result == "authorised-online"
    expect(page.locator("#ledger-rows")).to_contain_text("PAGE-1")
