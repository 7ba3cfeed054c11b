"""The report in a real browser without a network: filters, folding, without a script, dark, narrow and printed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

import pytest

from assistant.batch.report_html import OPEN
from tests.assistant.batch.make_golden import GOLDEN, NAMES, QUESTIONS, records
from tests.assistant.batch.reported import answered, report

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here: apt-get install chromium")

REPORT = GOLDEN / NAMES["html"]
ALL = len(QUESTIONS)


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as running:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        opened = running.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def long_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of so many questions that they are folded."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    many = islice(cycle(records()), 2 * OPEN + 20)
    path.write_text(report(*many, format="html"), encoding="utf-8")
    return path


@contextmanager
def visiting(browser: playwright.Browser, path: Path, anchor: str = "", **how: object) -> Iterator[playwright.Page]:
    """A page that must report no error, a breach of its own policy included, and must ask for no other file."""
    context = browser.new_context(offline=True, **how)
    page = context.new_page()
    page.set_default_timeout(20_000)
    faults: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{path.as_uri()}{anchor}")
    yield page
    context.close()
    assert faults == []
    assert {url.partition("#")[0] for url in asked} == {path.as_uri()}


def told(page: playwright.Page, text: str) -> None:
    playwright.expect(page.locator("#shown")).to_have_text(text)


def test_statuses_contradictions_and_words_filter_together(browser: playwright.Browser) -> None:
    with visiting(browser, REPORT) as page:
        told(page, f"All {ALL} questions")
        page.select_option("#kind", "any")
        told(page, f"3 of {ALL} questions")
        page.uncheck("input[value=superseded]")
        told(page, f"2 of {ALL} questions")
        page.fill("#words", "sandlark OVERLOADED")
        told(page, f"1 of {ALL} questions")
        assert [one.inner_text() for one in page.locator(".question:visible h2").all()] == [
            "Was the Sandlark overloaded?"
        ]
        page.click("button[type=reset]")
        told(page, f"All {ALL} questions")
        page.select_option("#kind", "number")
        told(page, f"1 of {ALL} questions")


def test_many_questions_are_folded_until_opened_or_led_to(browser: playwright.Browser, long_report: Path) -> None:
    with visiting(browser, long_report) as page:
        assert page.locator(".question[open]").count() == 0
        page.locator(".question summary").first.click()
        assert page.locator("#q1 .clash").is_visible()
        page.locator("#q1 .said a.cite").first.click()
        assert page.locator("#q1-source-1").is_visible()
        page.click("#unfold")
        assert page.locator(".question:not([open])").count() == 0
        page.click("#fold")
        assert page.locator(".question[open]").count() == 0
    with visiting(browser, long_report, "#q12-source-1") as page:
        assert page.locator("#q12-source-1").is_visible()


def test_without_a_script_all_is_shown_and_nothing_useless_stands_there(browser: playwright.Browser) -> None:
    with visiting(browser, REPORT, java_script_enabled=False) as page:
        assert page.is_hidden("#filters")
        assert page.locator(".question:visible").count() == ALL
        assert page.locator(".clash").first.is_visible()


def test_nothing_is_cut_off_on_a_narrow_screen(browser: playwright.Browser) -> None:
    with visiting(browser, REPORT, viewport={"width": 360, "height": 740}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_dark_scheme_is_dark_and_paper_is_white(browser: playwright.Browser) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    with visiting(browser, REPORT, color_scheme="dark") as page:
        assert page.evaluate(ground) == "rgb(21, 23, 26)"
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate(ground) == "rgb(255, 255, 255)"
        assert page.is_hidden("#filters")


def test_paper_gets_what_is_folded(browser: playwright.Browser, long_report: Path) -> None:
    with visiting(browser, long_report) as page:
        page.emulate_media(media="print")
        box = page.locator("#q1-source-1").bounding_box()
        assert box is not None
        assert box["height"] > 10


def test_what_articles_say_runs_nothing(browser: playwright.Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    hostile = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
    path.write_text(report(answered(hostile), format="html"), encoding="utf-8")
    with visiting(browser, path) as page:
        assert page.title() == "Answers to questions.jsonl – Crosscheck"
        assert page.locator("img").count() == 0
