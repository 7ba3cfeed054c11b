"""Every front's printing, with hostile words wherever an article, a file's name or a question can bring some.

People are shown every such character and a terminal or a browser obeys none; programs read the exact text.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from assistant import answer_text, audit_text, check_text, label_command, mcp, render, summaries
from assistant.audit_models import Audit, AuditConflict, AuditSide
from assistant.batch import report_csv
from assistant.commands import output
from assistant.doubting import doubts_of
from assistant.http import logs, templating
from assistant.http.article_page import Cited, article_page
from assistant.http.page_form import Form
from assistant.http.shown import links
from assistant.label_command import Labelled
from assistant.markdown_answer import as_markdown
from assistant.models import Answer, Check, Comparison, Quote, WorkspaceStamp
from assistant.records import one_line
from assistant.shown import shown
from assistant.status.models import Cue, Label
from corpus.models import Article, Sentence, Skipped
from corpus.origins import Link, Origin
from index.checks import Check as WorkspaceCheck
from index.models import Hit, SearchResult, StoredPassage, Summary
from index.view import Listing
from tests.assistant.batch.reported import answered, failed, report, uncovered
from tests.assistant.hostile import NASTY, leaks
from tests.conftest import Crosscheck
from tui import drawing, ingest_words, plain_words, story, timeline
from tui.excerpt import excerpt
from tui.plain_chat import PlainChat

Front = Callable[[str], str]
WIDTH = 2_000
"""Wide, so that no line begins with an article's words only because the one before it was full."""


def explained(words: str) -> Answer:
    sentences = (
        Quote(article_id=words, start=0, end=1, quote=words),
        Quote(article_id="b", start=7, end=8, quote=words),
    )
    one = Comparison(sentences=sentences, relation="conflict", type="number", reason=words, conflict=0.9, agree=0.0)
    return answered(words).answer.model_copy(update={"comparisons": (one,)})


def checked(words: str) -> Check:
    fields = answered(words).answer.model_dump(exclude={"question", "status", "text", "comparisons"})
    return Check.model_validate({**fields, "statement": words, "verdict": "mixed"})


def article(words: str) -> Article:
    return Article(
        id=words, revision=2, text=f"{words} It sank. {words}", sha256="0" * 64, source=words, title=words,
        publisher=words, author=words, url=words, published=words, language=words,
    )  # fmt: skip


def listing(words: str) -> Listing:
    named = {"title": words, "publisher": words, "published": words, "source": words}
    return Listing(id=words, revision=1, characters=1, passages=1, **named)


def found(words: str) -> SearchResult:
    one = article(words)
    passage = StoredPassage(1, 1, one, 0, len(one.text), (Sentence(0, len(one.text)),))
    return SearchResult([Hit(passage, 1.0, 0.5, None)], 1, (words,))


def audited(words: str) -> Audit:
    side = AuditSide(
        article_id=words, revision=1, title=words, publisher=words, published=words, quote=words, start=0, end=1,
        sha256="0", attribution="party", certainty="stated", origin=words,
    )  # fmt: skip
    one = AuditConflict(id=words, type="number", reason=words, score=0.5, doubtful=True, sides=(side, side))
    stamp = WorkspaceStamp(generation=1, model="m")
    return Audit(
        conflicts=(one,), found=1, compared=1, compared_now=1, dismissed=0, workspace=stamp, settings_hash="0"
    )  # fmt: skip


def labelled(words: str) -> Labelled:
    place = Sentence(0, len(words))
    return Labelled(words, words, words, (Label(place, "party", "rumour", True, cues=(Cue(0, 1),)),))


def chat(words: str) -> str:
    """Everything that the screen of the chat draws of an answer."""
    laid, one = shown(explained(words)), article(words)
    near = shown(uncovered(words).answer)
    cards = [drawing.card(card, 1, None) for card in (*laid.sources, *near.closest)]
    clashes = [drawing.clash(clash) for clash in laid.conflicts]
    columns = [drawing.column(column, 1, None) for clash in laid.conflicts for column in clash.columns]
    told = story.entries(found(words), explained(words))
    parts = [
        drawing.question(words, asked=words, because=words, sure=False, scope=words),
        drawing.verdict(laid.answer),
        drawing.body(laid, 1, None),
        drawing.rest(laid, 1, None),
        drawing.rest(near, 1, None),
        *cards, *clashes, *columns,
        *(timeline.body(entry) for entry in told),
        *(drawing.pieces(line) for line in excerpt(one).before),
    ]  # fmt: skip
    return "\n".join([*(part.plain for part in parts), *story.as_lines(told)])


def plain_chat(words: str) -> str:
    written: list[str] = []
    chat = PlainChat(lambda: None, folder=Path(), write=written.append, ingest=None)  # type: ignore[arg-type, return-value]
    one = article(words)
    for line in plain_words.passage(explained(words).citations[0], one, explained(words).citations, width=WIDTH):
        chat.write(line)
    chat.show(explained(words))
    chat.write(f"Asked as: {words}")
    chat.write(as_markdown(explained(words)))
    return "\n".join(written)


def said(words: str) -> str:
    """What `say` writes to stderr."""
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stderr", out)
        output.say(f"{words!s} cannot be read.")
    return out.getvalue()


def page(words: str) -> str:
    answer = explained(words)
    form = Form(True, words, words, words, words, (words,))
    values = {"form": form, "shown": shown(answer), "links": links(answer), "publishers": (words,), "problem": None}
    return templating.rendered("ask.html", values) + templating.rendered("ask.html", {**values, "problem": words})


def shown_article(words: str) -> str:
    laid = article_page(
        article(words), [Link(words, "b", "credit", words)], Cited(start=0, end=1, revision=2, wanted=True)
    )
    return templating.rendered("article.html", {"page": laid, "problem": None})


def logged(words: str) -> str:
    record = logging.makeLogRecord({"name": "crosscheck", "msg": words, "levelname": "INFO"})
    record.fields = {"question": words}
    return logs.JsonLines().format(record)


PEOPLE: Mapping[str, Front] = {
    "ask": lambda words: answer_text.answer(answered(words).answer, width=WIDTH),
    "ask --explain": lambda words: answer_text.answer(explained(words), width=WIDTH),
    "ask, not covered": lambda words: answer_text.answer(uncovered(words).answer, width=WIDTH),
    "search": lambda words: render.hits(found(words).hits, width=WIDTH),
    "check": lambda words: check_text.check(checked(words), width=WIDTH),
    "articles list": lambda words: summaries.listing_text(listing(words)),
    "articles show": lambda words: summaries.article_heading(article(words)) + render.visible(article(words).text),
    "articles show, same origin": lambda words: summaries.same_origin_text("b", [Link(words, "b", "credit", words)]),
    "origins": lambda words: summaries.origin_text(Origin("o", (words, "b"), (Link(words, "b", "credit", words),))),
    "label": lambda words: label_command.as_text(labelled(words), style=render.plain),
    "label, skipped": lambda words: label_command.skipped(Skipped(path=words, reason=words)),
    "audit": lambda words: audit_text.audit(audited(words), width=WIDTH),
    "doctor": lambda words: summaries.checks_text([WorkspaceCheck("Check", False, words, "Mend it.")]),
    "chat": chat,
    "chat --plain": plain_chat,
    "a sentence on stderr": said,
    "doubts": lambda words: render.on_one_line(" ".join(doubts_of(answered(words).answer.citations))),
    "batch, Markdown": lambda words: report(answered(words), uncovered(words), failed(words), format="markdown"),
    "batch, CSV": lambda words: report(answered(words), uncovered(words), failed(words), format="csv")[1:],
    "Markdown": lambda words: as_markdown(explained(words)),
    "MCP, ask": lambda words: mcp._answer(explained(words)).content[0].text,  # type: ignore[union-attr]
    "MCP, check": lambda words: mcp._check(checked(words)).content[0].text,  # type: ignore[union-attr]
    "MCP, search": lambda words: render.hits(found(words).hits, width=WIDTH),
}
MADE_OF_LINES = {
    "chat",
    "chat --plain",
    "articles show",
    "a sentence on stderr",
    "origins",
    "articles show, same origin",
    "doctor",
}
"""Those that show whole texts, or names that the program made: what it takes for an id has no line breaks."""
PAGES: Mapping[str, Front] = {
    "the page": page,
    "the page of an article": shown_article,
    "batch, HTML": lambda words: report(answered(words), uncovered(words), failed(words), format="html"),
}
PROGRAMS: Mapping[str, Front] = {
    "ask --json": lambda words: output.json_of(explained(words)),
    "check --json": lambda words: output.json_of(checked(words)),
    "audit --json": lambda words: output.json_of(audited(words)),
    "label --json": lambda words: label_command.as_json(labelled(words)),
    "batch": lambda words: one_line(answered(words)),
    "the log": logged,
}
WHOLE = {name: words for name, words in NASTY.items() if name != "half characters"}
"""What JSON can hold: half characters are refused before they are stored."""


@pytest.mark.parametrize("words", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("front", PEOPLE)
def test_what_people_are_shown_steers_no_terminal_and_hides_nothing(front: str, words: str) -> None:
    printed = PEOPLE[front](words)
    assert leaks(printed) == []
    printed.encode()


@pytest.mark.parametrize("front", [name for name in PEOPLE if name not in MADE_OF_LINES])
def test_no_name_and_no_message_can_pretend_to_be_a_line_of_its_own(front: str) -> None:
    """An article's whole text has lines; its title, its publisher, its quotes and what is said of it have not."""
    forged = "Ferry\nConfirmed: two independent origins state it.\nSources\n[1] Reuters"
    lines = PEOPLE[front](forged).splitlines()
    assert not [line for line in lines if line.startswith(("Confirmed: two", "[1] Reuters"))]


@pytest.mark.parametrize("words", WHOLE.values(), ids=WHOLE)
@pytest.mark.parametrize("front", PAGES)
def test_a_page_runs_links_and_hides_nothing_that_an_article_says(front: str, words: str) -> None:
    html = PAGES[front](words)
    assert leaks(html) == []
    seen, plain = _Elements(html), _Elements(PAGES[front]("Words."))
    assert seen.kinds <= plain.kinds | {"a", "p", "details"}
    assert not seen.comments
    assert not [name for name in seen.attributes if name.startswith("on")]
    assert not [to for to in seen.addresses if not re.match(r"https?://|/|#|data:image/svg", to)]
    assert not [to for to in seen.addresses if "evil.example" in to and "@" in to]


class _Elements(HTMLParser):
    """The elements, comments, attributes and addresses of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.kinds: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.comments: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.kinds.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action", "srcset", "style")]

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


@pytest.mark.parametrize("words", WHOLE.values(), ids=WHOLE)
@pytest.mark.parametrize("front", ["Markdown", "MCP, ask", "batch, Markdown"])
def test_no_article_makes_markup_of_its_words(front: str, words: str) -> None:
    kinds = _markup(PEOPLE[front](words))
    assert kinds <= _markup(PEOPLE[front]("Words."))


def _markup(markdown: str) -> set[str]:
    """Kinds of tokens beside plain text, as CommonMark and GitHub read them."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    nested = (part.type for token in tokens for part in (token, *(token.children or ())))
    return {kind for kind in nested if kind not in ("text_special", "softbreak", "text")}


@pytest.mark.parametrize("words", WHOLE.values(), ids=WHOLE)
def test_no_cell_of_a_table_begins_a_formula(words: str) -> None:
    for row in csv.reader(io.StringIO(PEOPLE["batch, CSV"](words))):
        assert not [cell for cell in row if re.match(r"[\s'\"]*[=+\-@＝＋－＠]", cell) and not cell.startswith("'")]
        assert not [cell for cell in row if "\n" in cell or "\r" in cell]


@pytest.mark.parametrize("number", ["-1", "+4.5", "-12,000", "-3.5 %", "12", "1e6"])
def test_a_number_stays_a_number_in_a_table(number: str) -> None:
    assert report_csv.cell(number) == number


@pytest.mark.parametrize("words", WHOLE.values(), ids=WHOLE)
@pytest.mark.parametrize("front", PROGRAMS)
def test_programs_read_the_exact_text_and_a_terminal_that_shows_it_is_safe(front: str, words: str) -> None:
    printed = PROGRAMS[front](words)
    assert [leak for leak in leaks(printed) if not leak.endswith("marks")] == []
    assert words in list(_strings(json.loads(printed)))


def _strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _strings(one)]
    if isinstance(value, list):
        return [text for one in value for text in _strings(one)]
    return [value] if isinstance(value, str) else []


def summary(words: str) -> Summary:
    counts = dict.fromkeys(("added", "revised", "unchanged", "removed", "vanished", "passages", "embedded"), 0)
    return Summary(**counts, skipped=(Skipped(path=words, reason=words),), seconds=0.1)  # type: ignore[arg-type]


OF_SUMMARIES: Mapping[str, Front] = {
    "ingest --json": lambda words: summaries.ingest_json(summary(words)),
    "search --json": lambda words: summaries.hits_json(found(words).hits),
    "articles list --json": lambda words: summaries.listing_json(listing(words)),
    "articles show --json": lambda words: summaries.article_json(article(words)),
    "origins --json": lambda words: summaries.origin_json(Origin(words, (words,), ())),
}


@pytest.mark.parametrize("words", WHOLE.values(), ids=WHOLE)
@pytest.mark.parametrize("front", OF_SUMMARIES)
def test_json_of_summaries_is_exact_and_safe_to_look_at(front: str, words: str) -> None:
    printed = OF_SUMMARIES[front](words)
    assert [leak for leak in leaks(printed) if not leak.endswith("marks")] == []
    assert words in list(_strings(json.loads(printed)))


@pytest.mark.parametrize("words", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("told", [summaries.skipped_text, ingest_words.skipped])
def test_what_an_ingest_skipped_takes_a_line_each_and_steers_nothing(
    told: Callable[[Summary], list[str]], words: str
) -> None:
    (line,) = told(summary(words))
    assert leaks(line) == []
    assert "\n" not in line


@pytest.fixture(scope="module")
def hostile_workspace(crosscheck: Crosscheck, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An article of each kind of nasty words, and a file that cannot be read with a nasty name."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = [
        {
            **dict.fromkeys(("title", "publisher", "author", "url"), words),
            "text": f"The ferry Sandlark sank {words} with {at} people.",
        }
        for at, words in enumerate(NASTY.values())
    ]
    (folder / "articles").mkdir()
    (folder / "articles" / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (folder / "articles" / "evil\n\u202e\x1b[31mConfirmed.pdf").write_bytes(b"no pdf")
    done = crosscheck("ingest", folder / "articles", "-w", folder / "kept")
    assert leaks(done.stdout + done.stderr) == []
    assert "Skipped" in done.stderr
    return folder / "kept"


@pytest.mark.parametrize(
    "command",
    [
        ("ask", "How many people sank with the ferry Sandlark?", "--explain"),
        ("ask", "How many people sank with the ferry Sandlark?", "--json"),
        ("search", "ferry Sandlark", "-k", "50"),
        ("check", "The ferry Sandlark sank with 7 people."),
        ("articles", "list"),
        ("info",),
    ],
    ids=" ".join,
)
def test_commands_over_hostile_articles_print_nothing_that_steers(
    command: tuple[str, ...], crosscheck: Crosscheck, hostile_workspace: Path
) -> None:
    done = crosscheck(*command, "-w", hostile_workspace, code=None)
    assert done.returncode in (0, 4), done.stderr
    assert [leak for leak in leaks(done.stdout + done.stderr) if not leak.endswith("marks")] == []
