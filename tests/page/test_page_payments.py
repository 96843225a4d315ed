"""Payments by clicking on the PIN pad."""

from playwright.sync_api import Page, expect

from tests.page.tills import Tills


def test_an_inserted_card_and_its_pin_pay(page: Page, tills: Tills) -> None:
    """Insert, enter the PIN: approved, charged once, and two receipts to look at."""
    till = tills.pay()
    page.get_by_role("button", name="Insert card").click()
    assert till.wait().result == "authorised-online"
    assert [charge.amount for charge in tills.simulator.ledger.charges] == [1099]
    expect(page.get_by_text("CUSTOMER COPY")).to_be_visible()
