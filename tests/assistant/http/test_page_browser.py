"""The page in a real browser: without a script, with the keys, beside its articles, narrow, dark and printed."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
import uvicorn

from assistant.http.app import create_app
from assistant.http.options import ServerOptions
from assistant.wiring import Desk

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here: apt-get install chromium")

MAIA = urlencode({"q": "How much better is Maia 200's performance per dollar?"})
TOKEN = "a-token-of-enough-characters"


@contextmanager
def listening(desk: Desk, options: ServerOptions) -> Iterator[str]:
    """The address of a server on a port of its own."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(desk, options), log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def address(desk: Desk) -> Iterator[str]:
    with listening(desk, ServerOptions()) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as running:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        opened = running.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield opened
        opened.close()


@contextmanager
def visiting(browser: playwright.Browser, url: str, **how: object) -> Iterator[playwright.Page]:
    """A page that must report no error of any kind, a breach of its security policy included."""
    context = browser.new_context(**how)
    page = context.new_page()
    page.set_default_timeout(20_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(url)
    yield page
    context.close()
    assert faults == []


@pytest.fixture(scope="module")
def answer(browser: playwright.Browser, address: str) -> Iterator[playwright.Page]:
    """An answer that was asked for by typing; tests leave it with its article closed."""
    with visiting(browser, address, viewport={"width": 1280, "height": 900}) as page:
        page.keyboard.type("How much better is Maia 200's performance per dollar?")
        page.keyboard.press("Enter")
        page.wait_for_selector(".clash")
        yield page


def test_asking_keeps_the_page_and_tells_the_outcome_aloud(answer: playwright.Page) -> None:
    assert answer.url.endswith(f"/?{MAIA}")
    assert answer.title().startswith("How much better is Maia 200's")
    assert answer.inner_text("#progress").startswith("Answer: Contested")
    assert answer.get_attribute("#progress", "role") == "status"
    assert answer.get_attribute("#answer", "aria-busy") is None


def test_a_number_opens_its_article_beside_the_answer_with_the_passage_in_sight(answer: playwright.Page) -> None:
    answer.locator(".said a.cite").first.click()
    answer.wait_for_selector("#panel:not([hidden]) #cited")
    assert answer.url.endswith(f"/?{MAIA}")
    assert answer.is_visible(".clash")
    mark, panel = answer.locator("#cited").bounding_box(), answer.locator("#panel").bounding_box()
    assert mark is not None
    assert panel is not None
    assert panel["y"] <= mark["y"] <= panel["y"] + panel["height"]
    assert answer.evaluate("document.activeElement.id") == "panel"
    answer.keyboard.press("Escape")
    assert answer.is_hidden("#panel")
    assert answer.evaluate("document.activeElement.textContent") == "[1]"


def test_n_and_p_go_through_the_sources_and_slash_to_the_question(answer: playwright.Page) -> None:
    answer.evaluate("document.activeElement.blur()")
    answer.keyboard.press("n")
    answer.keyboard.press("n")
    assert answer.evaluate("document.activeElement.textContent") == "[2]"
    answer.keyboard.press("p")
    assert answer.evaluate("document.activeElement.textContent") == "[1]"
    answer.keyboard.press("Enter")
    answer.wait_for_selector("#panel:not([hidden]) #cited")
    first = answer.inner_text("#cited")
    answer.keyboard.press("n")
    playwright.expect(answer.locator("#cited")).not_to_have_text(first)
    answer.keyboard.press("Escape")
    assert answer.evaluate("document.activeElement.textContent") == "[2]"
    answer.keyboard.press("/")
    assert answer.evaluate("document.activeElement.id") == "q"
    answer.keyboard.type("n/p")
    assert answer.input_value("#q") == "n/p"


def test_focus_can_be_seen(answer: playwright.Page) -> None:
    answer.evaluate("document.querySelector('#q').focus()")
    answer.keyboard.press("Tab")
    assert answer.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"


def test_without_a_script_a_number_leads_to_the_passage(browser: playwright.Browser, address: str) -> None:
    with visiting(browser, f"{address}/?{MAIA}", java_script_enabled=False) as page:
        assert "Contested" in page.inner_text(".firm")
        assert page.is_hidden(".keys")
        page.locator(".said a.cite").nth(1).click()
        page.wait_for_url("**/articles/**#cited")
        assert page.locator("mark.cited").first.is_visible()
        page.go_back()
        page.fill("#q", "How long is the bridge?")
        page.click("button[type=submit]")
        assert "1,240 metres" in page.inner_text(".said")


def test_going_back_shows_the_question_before(browser: playwright.Browser, address: str) -> None:
    with visiting(browser, f"{address}/") as page:
        for question in ("How long is the bridge?", "Who was the first man on the moon?"):
            page.fill("#q", question)
            page.keyboard.press("Enter")
            page.locator("#asked", has_text=question).wait_for()
        page.go_back()
        page.locator("#asked", has_text="How long is the bridge?").wait_for()
        assert page.input_value("#q") == "How long is the bridge?"


@pytest.mark.parametrize("query", ["", MAIA, f"{MAIA}&publisher=Pelham+Wire&since=2026-01-01"])
def test_nothing_is_cut_off_on_a_narrow_screen(browser: playwright.Browser, address: str, query: str) -> None:
    with visiting(browser, f"{address}/?{query}", viewport={"width": 360, "height": 740}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        for column in page.locator(".column").all():
            box = column.bounding_box()
            assert box is not None
            assert box["width"] > 250


def test_the_dark_scheme_is_dark_and_the_light_one_light(browser: playwright.Browser, address: str) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        with visiting(browser, address, color_scheme=scheme) as page:
            grounds[scheme] = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert grounds == {"light": "rgb(251, 250, 247)", "dark": "rgb(21, 23, 26)"}


def test_paper_gets_the_answer_without_the_form(browser: playwright.Browser, address: str) -> None:
    with visiting(browser, f"{address}/?{MAIA}", color_scheme="dark") as page:
        page.emulate_media(media="print", color_scheme="dark")
        assert page.is_hidden("#ask")
        assert page.is_visible(".clash")
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_whoever_asks_for_less_motion_gets_none(browser: playwright.Browser, address: str) -> None:
    with visiting(browser, f"{address}/?{MAIA}", reduced_motion="reduce") as page:
        moving = (
            "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration !== '0s').length"
        )
        assert page.evaluate(moving) == 0


def test_signing_in_leads_to_the_answer_that_was_wanted(browser: playwright.Browser, desk: Desk) -> None:
    with listening(desk, ServerOptions(tokens=(TOKEN,))) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}/?{MAIA}")
        page.fill("#token", TOKEN)
        page.keyboard.press("Enter")
        page.wait_for_selector(".clash")
        assert page.evaluate("document.cookie") == ""
        page.locator(".said a.cite").first.click()
        page.wait_for_selector("#panel:not([hidden]) #cited")
        context.close()
