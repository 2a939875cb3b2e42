"""The pages in a real browser (Debian's Chromium): small and large, light and dark; nothing runs.

Where Chromium is missing the tests are left out with a word on how to get it; `make test` installs it through
apt where it may. Screenshots stay under build/screenshots.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from onrecord.record import Store
from tests.record import making
from tests.serve.web.test_pages import written
from tests.serve.web.test_safe import PAYLOADS, hostile

CHROMIUM = os.environ.get("ONRECORD_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium here: `apt-get install chromium`, then again"
)
SHOTS = Path(__file__).parents[3] / "build" / "screenshots"
LOOKS: list[tuple[int, Any]] = [(360, "light"), (360, "dark"), (1440, "light"), (1440, "dark")]
PAGES = {
    "front": "/", "relationship": "/relationship/NOR/FIN", "meetings": "/meetings",
    "meeting": "/meetings/mm-1", "actors": "/actors", "actor": "/actors/mira",
    "issues": "/issues", "issue": "/issues?issue=fisheries",
    "articles": "/articles", "statements": "/statements", "search": "/search?q=agreed",
    "coverage": "/coverage", "explain": "/explain/md-1", "corrections": "/corrections",
}  # fmt: skip
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages of two articles and of one for each hostile payload, from a process of their own."""
    readings = [
        making.reading("a.txt", publisher="Fjord Post"),
        making.reading("b.txt", publisher="Lake News"),
    ]
    record = written(tmp_path_factory.mktemp("browser") / "r.db", *readings)
    with Store.open(record, write=True) as store:
        store.write(*(hostile(payload, n) for n, payload in enumerate(PAYLOADS)))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "onrecord.serve.cli", "serve", str(record), "--port", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


def opened(browser: Browser, width: int = 1440, scheme: Any = "light") -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page.set_default_timeout(60_000)
    return page


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """One tab for all pages: only its size and colours change."""
    page = opened(browser)
    yield page
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_and_axe_finds_nothing_serious(tab: Page, address: str, name: str) -> None:
    from axe_playwright_python.base import AXE_FILE_PATH

    SHOTS.mkdir(parents=True, exist_ok=True)
    tab.goto(address + PAGES[name])
    tab.evaluate(AXE_FILE_PATH.read_text("utf-8"))
    for width, scheme in LOOKS:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme)
        wide = tab.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} pixels wide"
        tab.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png")
        told = tab.evaluate("axe.run({resultTypes: ['violations']})")
        found = [
            f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in told["violations"] if v["impact"] in SERIOUS
        ]
        assert found == [], f"{width} pixels, {scheme}"


def test_a_wrong_speaker_is_put_right_and_undone_with_the_keyboard_and_without_javascript(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/statements?actor=mira")
    page.locator("main a.quote").first.click()
    row = page.url
    page.get_by_text("Correct this").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Speaker").fill("Juho Aalto")
    page.get_by_label("Your name").fill("Ana Ruiz")
    page.get_by_label("Why").fill("the tape has it")
    page.get_by_label("Why").press("Enter")
    page.wait_for_url(row)
    assert "Juho Aalto, not Mira Solberg" in page.locator("main .corrected").inner_text()
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / "corrected.png")
    page.goto(f"{address}/corrections")
    page.get_by_role("button", name="Undo").first.click()
    page.wait_for_url(f"{address}/corrections")
    page.goto(row)
    assert page.locator("main .corrected").count() == 0
    context.close()


def test_nothing_that_an_article_holds_runs(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.set_default_timeout(60_000)
    alarms: list[str] = []
    page.on("dialog", lambda d: (alarms.append(d.message), d.dismiss()))
    page.on("request", lambda r: alarms.append(r.url) if not r.url.startswith(address) else None)
    page.goto(f"{address}/articles")
    links = page.locator("main a[href^='/articles/']").evaluate_all("all => all.map(a => a.href)")
    for link in [
        f"{address}/",
        *links,
        f"{address}/statements",
        f"{address}/actors",
        f"{address}/search?q=alert*",
    ]:
        page.goto(link)
    page.close()
    assert len(links) > len(PAYLOADS) and alarms == []


def test_a_mark_of_a_chart_leads_to_what_it_shows(browser: Browser, address: str) -> None:
    page = opened(browser)
    page.goto(f"{address}/relationship/NOR/FIN")
    page.locator("figure.chart svg.heat a").first.click()
    page.wait_for_url("**/statements?actor=*")
    assert page.locator("main li").count() > 0
    page.close()
