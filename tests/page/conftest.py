"""A simulator with its page, a browser that looks at it, and tills that pay."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from ips_simulator import Simulator

from .tills import Tills

# No lookups of its own: a browser that starts asks many hosts for many things.
CHROMIUM_OPTIONS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("Chromium is missing: run tests/page/chromium.sh once", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(page=True, pin_pads="manual") as simulator:
        yield simulator


@pytest.fixture
def tills(simulator: Simulator) -> Iterator[Tills]:
    """Starts tills in threads; at the end of the test all of them have ended."""
    tills = Tills(simulator)
    yield tills
    tills.wait_for_all()


@pytest.fixture
def page(browser: Browser, simulator: Simulator) -> Iterator[Page]:
    """The page, opened. It must write no error and ask nobody but the simulator."""
    origin = simulator.page_url
    assert origin is not None
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    foreign: list[str] = []

    def look_at(request: Request) -> None:
        if not request.url.startswith(origin):
            foreign.append(request.url)

    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("request", look_at)
    page.goto(origin)
    page.get_by_text("Connected", exact=True).wait_for()
    yield page
    context.close()
    assert errors == []
    assert foreign == []
