"""Everybody can use the page: by keyboard, in a narrow window, by names, and after a reload."""

from playwright.sync_api import Locator, Page, expect

from .tills import Tills

# What assistive technology calls a control: its label, its own words or its title.
NAMELESS = """
() => [...document.querySelectorAll("a, button, input, select, summary, [tabindex='0']")]
  .filter((control) => control.checkVisibility())
  .filter((control) => {
    const told = (control.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
    const words = told.map((id) => document.getElementById(id)?.textContent ?? "").join("");
    const labels = [...(control.labels ?? [])].map((label) => label.textContent).join("");
    const own = control.matches("input, select") ? "" : control.textContent;
    const name = (control.getAttribute("aria-label") ?? "") + words + labels + own;
    return name.trim() === "";
  })
  .map((control) => control.outerHTML)
"""

# What stands out of the window, and is not inside something that scrolls by itself.
TOO_WIDE = """
() => document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth ? [] :
  [...document.querySelectorAll("body *")]
    .filter((it) => it.getBoundingClientRect().right > document.documentElement.clientWidth)
    .map((it) => it.outerHTML.slice(0, 100))
"""


def pad_of(page: Page, paypoint_id: str) -> Locator:
    return page.get_by_role("group", name=f"PIN pad of {paypoint_id}")


def test_a_reload_in_the_middle_of_a_payment_loses_nothing(page: Page, tills: Tills) -> None:
    """The page shows the same payment, and the card that is inserted then pays it."""
    till = tills.pay()
    expect(page.locator(".told")).to_contain_text("PAGE-1")
    page.reload()
    expect(page.locator(".told")).to_contain_text("PAGE-1")
    expect(page.locator(".display")).to_have_text("PLEASE INSERT CARD")
    page.get_by_role("button", name="Insert card").click()
    assert till.wait().result == "authorised-online"
    page.reload()
    expect(page.locator("#ledger-rows")).to_contain_text("PAGE-1")
    expect(page.locator(".receipt pre")).to_have_count(2)


def test_paypoints_stand_side_by_side_and_do_not_mix(page: Page, tills: Tills) -> None:
    """Two payments wait; a card for one of them moves nothing at the other."""
    first, second = tills.pay(1099, "INST001"), tills.pay(2499, "INST002")
    waits = pad_of(page, "INST001").get_by_role("button", name="Insert card")
    expect(waits).to_have_attribute("aria-disabled", "false")
    pad_of(page, "INST002").get_by_role("button", name="Insert card").click()
    assert second.wait().result == "authorised-online"
    expect(waits).to_have_attribute("aria-disabled", "false")
    assert first.result is None
    waits.click()
    assert first.wait().result == "authorised-online"
    assert sorted(charge.amount for charge in tills.simulator.ledger.charges) == [1099, 2499]


def test_the_keyboard_is_enough(page: Page, tills: Tills) -> None:
    """Tab reaches the pad, and the keys that stand on its buttons press them."""
    page.get_by_label("Scenario of the next payments").select_option("approved")
    expect(page.locator(".about")).to_contain_text("Approved with chip and PIN.")
    till = tills.pay()
    expect(page.locator(".hint")).to_contain_text("The pad waits for a card.")
    page.locator("body").focus()
    pad = pad_of(page, "INST001")
    for _ in range(20):
        page.keyboard.press("Tab")
        if pad.evaluate("pad => pad === document.activeElement"):
            break
    expect(pad).to_be_focused()
    assert pad.evaluate("pad => getComputedStyle(pad).outlineStyle") != "none"
    page.keyboard.press("i")
    expect(page.locator(".hint")).to_contain_text("The pad waits for the PIN.")
    page.keyboard.press("p")
    assert till.wait().result == "authorised-online"


def test_every_control_has_a_name(page: Page, tills: Tills) -> None:
    """Also when there are receipts, frames and a ledger."""
    till = tills.pay()
    page.get_by_role("button", name="Insert card").click()
    till.wait()
    expect(page.locator(".receipt pre")).to_have_count(2)
    assert page.evaluate(NAMELESS) == []
    page.get_by_label("Scenario of the next payments").evaluate("it => it.labels[0].remove()")
    assert len(page.evaluate(NAMELESS)) == 1


def test_the_page_has_landmarks_and_tells_what_changes(page: Page) -> None:
    """One main part, one title; the display of a pad is a status that is read out."""
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_text("IPS simulator")
    for name in ("Paypoints", "Frames", "Ledger", "Refusals and faults"):
        expect(page.get_by_role("region", name=name, exact=True)).to_be_visible()
    expect(pad_of(page, "INST001").get_by_role("status")).to_have_text("WELCOME")


def test_a_narrow_window_needs_no_scrolling_sideways(page: Page, tills: Tills) -> None:
    """360 pixels are enough for a whole payment, and for two paypoints."""
    page.set_viewport_size({"width": 360, "height": 780})
    for paypoint_id in ("INST001", "A-PAYPOINT-WITH-A-LONG-NAME-IN-A-DEPARTMENT-STORE"):
        till = tills.pay(999_999, paypoint_id)
        pad_of(page, paypoint_id).get_by_role("button", name="Insert card").click()
        till.wait()
    expect(page.locator("#ledger-rows tr")).to_have_count(2)
    expect(page.locator(".receipt pre")).to_have_count(4)
    assert page.evaluate(TOO_WIDE) == []
