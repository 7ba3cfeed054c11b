"""The part of an article around a citation."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.models import Citation
from corpus.models import Article, text_sha256
from tests.tui.talking import about_the_bridge, article
from tui.excerpt import AROUND, Excerpt, Lines, excerpt


def of(text: str, *, revision: int = 1) -> Article:
    return Article(id="a", revision=revision, text=text, sha256=text_sha256(text), source="/a.md")


def cited(text: str, start: int, end: int) -> Citation:
    made = about_the_bridge("?").citations[0]
    place = {"article_id": "a", "quote": text[start:end], "start": start, "end": end, "cues": ()}
    return made.model_copy(update=place)


def words(lines: Lines) -> str:
    return "".join(piece.text for line in lines for piece in line)


def marked(found: Excerpt) -> str:
    pieces = (piece for line in (*found.before, *found.cited, *found.after) for piece in line)
    return "".join(piece.text for piece in pieces if "cited" in piece.roles)


def test_the_lines_of_the_citation_stand_apart_with_quote_and_cue_marked() -> None:
    quote = about_the_bridge("?").citations[0]
    found = excerpt(article("opening"), quote)
    assert words(found.cited) == "It was opened on 18 April. The minister came by boat."
    assert marked(found) == "It was opened on 18 April."
    assert [piece.text for line in found.cited for piece in line if "cue" in piece.roles] == ["It"]
    assert found.left_out == (0, 0)


def test_another_revision_is_shown_with_a_note_and_nothing_marked() -> None:
    found = excerpt(of("Changed since.", revision=2), cited("Changed since.", 0, 7))
    assert "revision 1" in found.note
    assert not marked(found)
    assert words(found.after) == "Changed since."


def test_of_a_book_only_what_is_near_is_laid_out_and_the_rest_is_counted() -> None:
    text = "A line of a book.\n" * 5_000
    found = excerpt(of(text), cited(text, 45_000, 45_017))
    laid = len(words(found.before) + words(found.cited) + words(found.after))
    assert laid < 3 * AROUND
    assert found.left_out[0] > 40_000
    assert found.left_out[1] > 40_000


@given(st.text(alphabet="ab \n", min_size=1, max_size=80), st.data())
def test_the_marked_words_are_the_cited_ones_whatever_the_lines(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = excerpt(of(text), cited(text, start, end))
    assert "".join(marked(found).split()) == "".join(text[start:end].split())
    whole = words(found.before) + words(found.cited) + words(found.after)
    assert "".join(whole.split()) == "".join(text.split())
