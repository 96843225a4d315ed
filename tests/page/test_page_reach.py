"""Every control can be reached by Tab and seen there; a long reference fits a narrow window."""

from playwright.sync_api import Page, expect

from worldpay_ips import PaymentApi

from .test_page_access import TOO_WIDE, pad_of
from .tills import Till, Tills

# Numbers what Tab should stop at. A group of radio buttons is one stop.
NUMBER_THE_STOPS = """
() => [...document.querySelectorAll("a, button, input, select, summary, [tabindex='0']")]
  .filter((control) => control.checkVisibility())
  .filter((control) => control.type !== "radio" || control.checked)
  .map((control, number) => (control.dataset.stop = String(number)))
"""
# Where the focus is, and whether that can be seen.
FOCUS = """
() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  const seen = outlineStyle !== "none" && outlineWidth !== "0px";
  return [document.activeElement.dataset.stop ?? "", seen];
}
"""


def test_tab_reaches_every_control_and_shows_where_it_is(page: Page, tills: Tills) -> None:
    """Also the frames and receipts of a payment."""
    till = tills.pay()
    pad_of(page, "INST001").get_by_role("button", name="Insert card").click()
    till.wait()
    expect(page.locator("#frames-list summary", has_text="DISCONNECT")).to_be_visible()
    expect(page.locator("#frames-list li").first).to_contain_text("RECEIPT")
    missing = set(page.evaluate(NUMBER_THE_STOPS))
    assert len(missing) > 20
    page.evaluate("() => document.activeElement.blur()")
    for _ in range(2 * len(missing)):
        page.keyboard.press("Tab")
        stop, seen = page.evaluate(FOCUS)
        assert seen or stop == ""
        missing.discard(stop)
    assert missing == set()


def test_the_longest_reference_fits_a_narrow_window(page: Page, tills: Tills) -> None:
    """With every frame opened."""
    page.set_viewport_size({"width": 360, "height": 780})
    simulator = tills.simulator
    api = PaymentApi(simulator.server("INST001"), license_key=simulator.license_key)
    till = Till(api, 1099, "R" * 30)
    pad_of(page, "INST001").get_by_role("button", name="Insert card").click()
    assert till.wait().result == "authorised-online"
    expect(page.locator(".receipt pre")).to_have_count(2)
    for summary in page.locator("#frames-list summary").all():
        summary.click()
    assert page.evaluate(TOO_WIDE) == []
