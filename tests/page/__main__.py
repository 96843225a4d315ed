"""Take the pictures of the documentation: `python -m tests.page --screenshots docs/images`."""

import argparse
import shutil
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from ips_simulator import Simulator

from .conftest import CHROMIUM_OPTIONS
from .tills import Tills


def main() -> None:
    """Pay, and look at it in every way."""
    parser = argparse.ArgumentParser(prog="python -m tests.page", description=__doc__)
    parser.add_argument("--screenshots", type=Path, required=True, metavar="FOLDER")
    folder: Path = parser.parse_args().screenshots
    folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium")
    if chromium is None:
        parser.error("Chromium is missing: run tests/page/chromium.sh once")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_OPTIONS) as browser,
        Simulator(page=True, pin_pads="manual") as simulator,
    ):
        tills = Tills(simulator)
        _pay(browser, tills)
        _take(browser, simulator, folder / "page.png", width=1280)
        _take(browser, simulator, folder / "page-dark.png", width=1280, scheme="dark")
        _take(browser, simulator, folder / "page-narrow.png", width=360)
        second = tills.pay(2499, "INST002")
        page = _open(browser, simulator, width=1280)
        expect(page.get_by_text("24.99")).to_be_visible()
        page.screenshot(path=folder / "page-two-paypoints.png")
        _pad(page, "INST002").get_by_role("button", name="Insert card").click()
        second.wait()


def _pay(browser: Browser, tills: Tills) -> None:
    till = tills.pay()
    page = _open(browser, tills.simulator, width=1280)
    _pad(page, "INST001").get_by_role("button", name="Insert card").click()
    till.wait()


def _pad(page: Page, paypoint_id: str) -> Locator:
    return page.get_by_role("group", name=f"PIN pad of {paypoint_id}")


def _open(
    browser: Browser, simulator: Simulator, width: int, scheme: Literal["light", "dark"] = "light"
) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 1230}, color_scheme=scheme)
    assert simulator.page_url is not None
    page.goto(simulator.page_url)
    page.get_by_text("Connected", exact=True).wait_for()
    return page


def _take(
    browser: Browser,
    simulator: Simulator,
    path: Path,
    *,
    width: int,
    scheme: Literal["light", "dark"] = "light",
) -> None:
    page = _open(browser, simulator, width, scheme)
    expect(page.get_by_text("*** CUSTOMER COPY ***")).to_be_visible()
    page.screenshot(path=path)
    page.close()


if __name__ == "__main__":
    main()
