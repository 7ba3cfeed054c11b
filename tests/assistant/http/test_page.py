"""The page as a browser without a script gets it: what it says, and that nothing in articles becomes part of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from lxml import html

from assistant import wiring
from assistant.http import templating
from assistant.http.app import create_app
from assistant.http.options import ServerOptions
from assistant.models import Answer, ask
from assistant.settings import load
from assistant.wiring import Desk
from tests.conftest import Crosscheck

MAIA = "How much better is Maia 200's performance per dollar?"
TOKEN = "a-token-of-enough-characters"
HOSTILE = [
    {
        "id": "evil/<b>&\"'",
        "title": "<script>alert('title')</script>",
        "publisher": "\"><img src=x onerror=alert('publisher')>",
        "author": "{{ 7 * 7 }}</p>",
        "url": "javascript:alert('url')",
        "published": "2026-03-01",
        "text": "The tower of Brandlow is 93 metres high. <img src=x onerror=alert(1)> \u202eThe gate is blue.\n"
        "<script>alert('text')</script> </article></main>",
    },
    {
        "id": "plain",
        "title": "Brandlow",
        "publisher": "Brandlow Post",
        "url": "https://brandlow.example/tower",
        "published": "2026-03-02",
        "text": "The tower of Brandlow is 39 metres high, <b>officials</b> said.",
    },
]


@pytest.fixture(scope="module")
def hostile(crosscheck: Crosscheck, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A server whose articles try to be more than text."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in HOSTILE), encoding="utf-8")
    crosscheck("ingest", folder / "articles.jsonl", "--workspace", folder / "workspace")
    settings = load({"workspace": folder / "workspace", "cache": cache}, environment={})
    with wiring.opened(settings) as desk, TestClient(create_app(desk, ServerOptions())) as client:
        yield client


@pytest.fixture(scope="module")
def guarded(desk: Desk) -> Iterator[TestClient]:
    """A server that asks for a token."""
    app = create_app(desk, ServerOptions(tokens=(TOKEN,)))
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def answered(desk: Desk) -> Answer:
    return desk.ask(ask(MAIA))


@pytest.fixture(scope="module")
def maia(client: TestClient) -> html.HtmlElement:
    """The page of the same question."""
    return tree(client, q=MAIA)


def tree(client: TestClient, path: str = "/", /, *, status: int = 200, **query: object) -> html.HtmlElement:
    response = client.get(path, params=query or None)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return html.document_fromstring(response.text)


def css(element: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """Of the selectors of CSS: tags, classes, ids and attributes, one inside the other, alternatives after commas."""
    paths = [".//" + "//".join(map(_step, one.split())) for one in selector.split(",")]
    found: list[html.HtmlElement] = element.xpath(" | ".join(paths))
    return found


def _step(selector: str) -> str:
    tag, rest = re.fullmatch(r"(\w*)(.*)", selector).groups()  # type: ignore[union-attr]
    tests = {
        ".": "[contains(concat(' ', normalize-space(@class), ' '), ' {} ')]",
        "#": "[@id='{}']",
    }
    for sign, name in re.findall(r"([.#])([\w-]+)", re.sub(r"\[.*?\]", "", rest)):
        tag += tests[sign].format(name) if tag else "*" + tests[sign].format(name)
    for name, value in re.findall(r"\[([\w-]+)(?:=([\w-]+))?\]", rest):
        tag = (tag or "*") + (f"[@{name}='{value}']" if value else f"[@{name}]")
    return tag


def words(element: html.HtmlElement, selector: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in css(element, selector)]


def test_the_first_page_is_a_form_and_says_how_to_read_an_answer(client: TestClient) -> None:
    page = tree(client)
    assert css(page, "form[role=search] input[name=q]")
    assert page.get("lang") == "en"
    assert len(css(page, ".legend .badge svg")) == 8
    assert "Oxmere Post" in page.xpath("//datalist/option/@value")
    assert not css(page, ".problem")


def test_every_field_has_a_label_and_every_id_is_there_once(client: TestClient) -> None:
    page = tree(client, q=MAIA, publisher=["Pelham Wire", "Fenlight Hardware"])
    for field in page.xpath("//input[not(@type='checkbox')]"):
        assert page.xpath(f'//label[@for="{field.get("id")}"]'), field.get("id")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for attribute in ("aria-labelledby", "aria-describedby", "list"):
        assert set(page.xpath(f"//@{attribute}")) <= set(ids)


def test_headings_do_not_skip_a_level(client: TestClient, maia: html.HtmlElement) -> None:
    for page in (tree(client), maia, tree(client, "/articles/maia-talks-pelham")):
        levels = [int(one.tag[1]) for one in css(page, "h1, h2, h3, h4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_an_answer_stands_on_the_page_with_its_status_and_reason(maia: html.HtmlElement, answered: Answer) -> None:
    assert words(maia, "h2") == [MAIA]
    assert words(maia, ".firm .badge") == ["Contested"]
    assert words(maia, ".firm .reason") == [answered.reason]
    assert css(maia, ".firm .badge svg[aria-hidden=true] path")
    said = " ".join(" ".join(one.itertext()) for one in css(maia, ".said p"))
    for citation in answered.citations:
        assert citation.quote.removeprefix("- ") in re.sub(r"\s+", " ", said)


def test_clashing_values_stand_side_by_side_marked_with_why(maia: html.HtmlElement, answered: Answer) -> None:
    (conflict,) = answered.conflicts
    (clash,) = css(maia, ".clash")
    assert words(clash, "h3") == ["Figures contradict each other"]
    columns = css(clash, ".column")
    assert len(columns) == len(conflict.sides) == 2
    for column, side in zip(columns, conflict.sides, strict=True):
        assert words(column, ".figure")[0].startswith(side.value)
        assert {word.casefold() for word in words(column, "mark.value")} == {side.value.casefold()}
        assert words(column, "a.cite") == [f"[{number}]" for number in side.citations]
    assert words(clash, ".why") == [f"Why these cannot all hold: {conflict.reason}"]


def test_each_number_leads_to_its_passage_marked_in_its_article(
    client: TestClient, maia: html.HtmlElement, answered: Answer
) -> None:
    for citation in answered.citations:
        (address,) = set(maia.xpath(f'//a[@class="cite"][@data-n="{citation.number}"]/@href'))
        assert address.endswith("#cited")
        article = tree(client, address.partition("#")[0])
        assert "".join(article.xpath('//mark[@class="cited"]//text()')) == citation.quote
        assert len(article.xpath('//mark[@id="cited"]')) == 1


def test_sources_name_publisher_day_voucher_and_shared_origin(client: TestClient) -> None:
    page = tree(client, q="Has the deal between Anthropic and Microsoft been confirmed?")
    cards = css(page, ".card")
    assert any("Pelham Wire" in one and "21 May 2026" in one for one in words(page, ".card .origin"))
    assert css(page, "mark.cue")
    assert words(page, ".card .vouched")
    for shared in css(page, ".shared a"):
        assert any(css(card, shared.get("href")) for card in cards)
    assert css(page, ".shared")


def test_findings_have_a_status_each(client: TestClient) -> None:
    page = tree(client, q="Who is the mayor?")
    assert len(words(page, ".findings li .badge")) >= 2


def test_what_is_not_covered_is_said_with_the_closest_passages(client: TestClient) -> None:
    page = tree(client, q="Who was the first man on the moon?")
    assert words(page, ".firm .badge") == ["Not covered"]
    assert words(page, "#closest") == ["Closest passages"]
    assert css(page, ".card a.cite")
    assert not css(page, ".said, #sources")


def test_filters_are_kept_and_named(client: TestClient, desk: Desk) -> None:
    publishers = ["Oxmere Post", "Veyle Roads Agency"]
    page = tree(client, q="How long is the bridge?", until="2026-05-01", publisher=publishers)
    assert page.xpath('//input[@name="until"]/@value') == ["2026-05-01"]
    assert page.xpath('//input[@name="publisher"][@checked]/@value') == publishers
    assert css(page, "details.filters[open]")
    assert words(page, ".scope") == [
        "Asked only of articles published until 1 May 2026; from Oxmere Post, Veyle Roads Agency."
    ]
    bylines = [one[0].text_content() for one in css(page, ".card .origin")]
    assert bylines
    assert set(bylines) <= set(publishers)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"q": ""}, "The question has no words."),
        ({"q": "?!"}, "The question has no words."),
        ({"q": "why " * 1000}, "The question has 3,999 characters; at most 2,000 are read."),
        ({"q": "When?", "since": "yesterday"}, "Published since is 'yesterday', which is no day."),
        ({"q": "When?", "as_of": "2026-02-30"}, "As of is '2026-02-30', which is no day."),
        ({"q": "When?", "since": "2026-03-01", "until": "2026-02-01"}, "Swap them."),
        ({"q": "When?", "publisher": "Oxmere Pst"}, "No article has the publisher 'Oxmere Pst'."),
    ],
)
def test_what_is_wrong_is_said_on_the_page_and_the_form_kept(
    client: TestClient, query: dict[str, str], sentence: str
) -> None:
    page = tree(client, status=422, **query)
    assert sentence in words(page, ".problem[role=alert] p")[0]
    for name, typed in query.items():
        field = "q" if name == "q" else name
        assert typed.strip() in page.xpath(f'//input[@name="{field}"]/@value')


def test_a_day_that_is_none_stands_in_a_field_that_can_show_it(client: TestClient) -> None:
    page = tree(client, status=422, q="When?", since="yesterday", until="2026-01-01")
    assert page.xpath('//input[@name="since"]/@type') == ["text"]
    assert page.xpath('//input[@name="since"]/@aria-invalid') == ["true"]
    assert page.xpath('//input[@name="until"]/@type') == ["date"]
    assert not page.xpath('//input[@name="q"]/@aria-invalid')


def test_a_workspace_that_is_gone_is_said_to_be_gone(
    crosscheck: Crosscheck, cache: Path, sample_workspace: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "workspace"
    moved.mkdir()
    (moved / "crosscheck.sqlite").write_bytes((sample_workspace / "crosscheck.sqlite").read_bytes())
    with wiring.opened(load({"workspace": moved, "cache": cache}, environment={})) as desk:
        (moved / "crosscheck.sqlite").rename(tmp_path / "elsewhere.sqlite")
        with TestClient(create_app(desk, ServerOptions())) as client:
            page = tree(client, status=503, q="When was the bridge opened?")
    assert words(page, ".problem p") == ["There is no workspace yet. The operator has to ingest articles."]
    assert page.xpath('//input[@name="q"]/@value') == ["When was the bridge opened?"]
    assert str(tmp_path) not in html.tostring(page, encoding="unicode")


def test_an_unknown_article_is_said_to_be_unknown(client: TestClient) -> None:
    page = tree(client, "/articles/<b>no</b>", status=404)
    assert words(page, ".problem p") == ["There is no article with the id “<b>no</b>”, or no longer."]


def test_the_page_refers_to_nothing_elsewhere_and_holds_no_script_or_style(
    client: TestClient, maia: html.HtmlElement
) -> None:
    for page in (tree(client), maia, tree(client, "/articles/maia-talks-pelham")):
        assert not page.xpath("//style | //@style | //@*[starts-with(name(), 'on')] | //script[not(@src)]")
        loaded = page.xpath("//script/@src | //link/@href | //img/@src")
        assert loaded
        assert all(address.startswith("/static/") for address in loaded)
        for address in loaded:
            assert client.get(address).status_code == 200


def test_files_are_kept_for_long_and_no_others_are_given(client: TestClient) -> None:
    for name, kind in templating.TYPES.items():
        response = client.get(templating.address(name))
        assert response.headers["content-type"] == kind
        assert "immutable" in response.headers["cache-control"]
    for name in ("../page.py", "%2e%2e/page.py", "..%2fapp.py", "base.html", ""):
        assert client.get(f"/static/{name}").status_code == 404
    for name in ("page.css", "page.js"):
        assert not re.search(rb"https?://|url\(|@import|innerHTML", templating.file(name))


def test_every_text_can_be_read_on_its_ground_in_both_schemes() -> None:
    """At least 4.5 to 1, as WCAG 2.2 asks for (AA)."""
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{([^}]*)\}", templating.file("page.css").decode())[:2]
    )
    tinted = [(name, f"{name}-tint") for name in ("good", "plain", "care", "clash", "past", "none")]
    pairs = [
        *(("ink", ground) for ground in ("paper", "raised", "cited", "care-tint", "clash-tint")),
        *(("soft", ground) for ground in ("paper", "raised")),
        *(("link", ground) for ground in ("paper", "raised", "plain-tint")),
        ("paper", "link"), ("raised", "clash"), ("raised", "past"), ("care", "paper"), ("value-ink", "value"),
        *tinted,
    ]  # fmt: skip
    assert light.keys() == dark.keys()
    for colours in (light, dark):
        assert {(one, other): contrast(colours[one], colours[other]) >= 4.5 for one, other in pairs} == dict.fromkeys(
            pairs, True
        )


def contrast(one: str, other: str) -> float:
    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_part_alone_is_the_same_html(client: TestClient) -> None:
    response = client.get("/articles/maia-talks-pelham", params={"part": "article", "start": 0, "end": 9})
    assert "<html" not in response.text
    assert css(html.document_fromstring(response.text), "#cited")


def test_stages_are_told_and_the_answer_comes_last(client: TestClient, maia: html.HtmlElement) -> None:
    response = client.get("/", params={"q": MAIA, "part": "stages"})
    *stages, last = [json.loads(line) for line in response.text.splitlines()]
    assert [line["stage"] for line in stages] == [
        "Searching the articles…",
        "Reading 8 passages…",
        "Comparing what they say…",
        "Writing the answer down…",
    ]
    alone = html.fragment_fromstring(last["html"])
    (whole,) = css(maia, "#answer article")
    timed = re.compile(r"in [0-9.]+ s")
    assert timed.sub("", words(alone, "header, section")[0]) == timed.sub("", words(whole, "header, section")[0])


def test_what_is_wrong_is_told_as_the_last_stage(client: TestClient) -> None:
    response = client.get("/", params={"q": "", "part": "stages"})
    last = json.loads(response.text.splitlines()[-1])
    assert "The question has no words." in last["html"]


# Articles that try to be more than text


def no_markup_of_theirs(page: html.HtmlElement) -> None:
    assert not page.xpath("//script[not(@src)] | //img[@src='x'] | //b | //@onerror")
    assert not [href for href in page.xpath("//a/@href") if href.startswith("javascript:")]
    assert css(page, "main")[0].xpath("//body/div/main") == css(page, "main")


def test_html_in_articles_is_shown_as_text(hostile: TestClient) -> None:
    page = tree(hostile, q="How high is the tower of Brandlow?")
    no_markup_of_theirs(page)
    shown = page.text_content()
    assert "<script>alert('title')</script>" in shown
    assert "\"><img src=x onerror=alert('publisher')>" in shown
    assert "{{ 7 * 7 }}</p>" in shown
    assert "officials" in shown


def test_html_in_an_article_is_shown_as_text_on_its_page(hostile: TestClient) -> None:
    page = tree(hostile, q="How high is the tower of Brandlow?")
    (address,) = {href for href in page.xpath('//a[@class="cite"]/@href') if href.startswith("/articles/evil")}
    article = tree(hostile, address.partition("#")[0])
    no_markup_of_theirs(article)
    assert "<script>alert('text')</script> </article></main>" in article.text_content()
    assert words(article, "h1") == ["<script>alert('title')</script>"]
    assert "".join(article.xpath('//mark[@class="cited"]//text()')).startswith("The tower of Brandlow is 93")


def test_direction_changing_characters_are_made_visible(hostile: TestClient) -> None:
    response = hostile.get("/articles/" + "evil%2F%3Cb%3E%26%22%27")
    assert "\u202e" not in response.text
    assert "\\u202eThe gate is blue." in response.text


def test_links_to_elsewhere_tell_nothing_about_this_page(hostile: TestClient) -> None:
    page = tree(hostile, q="How high is the tower of Brandlow?")
    outside = page.xpath('//a[starts-with(@href, "http")]')
    assert [one.get("href") for one in outside] == ["https://brandlow.example/tower"]
    assert {one.get("rel") for one in outside} == {"noopener noreferrer"}


def test_what_was_typed_is_shown_as_text(client: TestClient) -> None:
    typed = '"><script>alert(1)</script> When was the bridge opened?'
    page = tree(client, q=typed, publisher="Oxmere Post")
    assert page.xpath('//input[@name="q"]/@value') == [typed]
    assert not page.xpath("//script[not(@src)]")
    assert words(page, "h2") == [typed]


# Where a token is asked for


def test_a_page_that_nobody_signed_in_for_is_a_form_for_the_token(guarded: TestClient) -> None:
    for path in ("/", f"/?{urlencode({'q': MAIA})}", "/articles/maia-talks-pelham?start=1&end=5"):
        page = tree(guarded, path, status=401)
        assert page.xpath('//form[@action="/login"][@method="post"]//input[@name="token"]/@type') == ["password"]
        assert page.xpath('//input[@name="next"]/@value') == [path]
        assert "Pelham" not in page.text_content()


def test_the_right_token_lets_a_browser_in_to_where_it_wanted(guarded: TestClient) -> None:
    wanted = f"/?{urlencode({'q': MAIA})}"
    response = guarded.post("/login", data={"token": f" {TOKEN}\n", "next": wanted})
    assert (response.status_code, response.headers["location"]) == (303, wanted)
    cookie = response.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie
    assert words(tree(guarded, wanted), ".firm .badge") == ["Contested"]
    assert guarded.get("/login").headers["location"] == "/"
    guarded.cookies.clear()


def test_a_wrong_token_gets_the_form_again_and_no_cookie(guarded: TestClient) -> None:
    response = guarded.post("/login", data={"token": "wrong", "next": "https://evil.example/"})
    assert response.status_code == 403
    assert "set-cookie" not in response.headers
    page = html.document_fromstring(response.text)
    assert words(page, "[role=alert]") == ["That token is not known here. Check that all of it was copied."]
    assert page.xpath('//input[@name="next"]/@value') == ["/"]
    assert "wrong" not in page.xpath('//input[@name="token"]/@value')


@pytest.mark.parametrize("body", [b"", b"\xff\xfe=%ff", b"token", b"token=" + b"a" * 50_000, b"&" * 5_000])
def test_a_broken_form_gets_the_form_again(guarded: TestClient, body: bytes) -> None:
    sent = {"Content-Type": "application/x-www-form-urlencoded"}
    assert guarded.post("/login", content=body, headers=sent).status_code == 403


def test_a_program_is_refused_as_programs_are(guarded: TestClient) -> None:
    response = guarded.get("/", headers={"Authorization": "Bearer wrong"})
    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"
    shown = guarded.get("/", headers={"Authorization": f"Bearer {TOKEN}"})
    assert shown.status_code == 200


def test_style_and_script_need_no_token(guarded: TestClient) -> None:
    assert guarded.get(templating.address("page.css")).status_code == 200
