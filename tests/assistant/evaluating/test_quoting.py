"""How a citation stands to what a workspace keeps, by hand and in a real store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from assistant.evaluating.quoting import STANDS, STILL_HOLDS, Kept, Lookup, kept_in, kept_now, outcome, reason
from assistant.models import Citation
from index.readers import Readers
from index.view import View
from index.workspace import open_workspace
from tests.assistant.evaluating.making import NINE, TEXTS, article, look, looking_at
from tests.fakes import bring_in

QUOTE = NINE.quote


def found(citation: Citation = NINE) -> str:
    return outcome(citation, look(citation.article_id, citation.revision))


def test_a_quote_at_its_place_holds() -> None:
    assert found() == "holds"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"article_id": "gone"}, "removed"),
        ({"revision": 2}, "unknown_revision"),
        ({"sha256": "0" * 64}, "other_text"),
        ({"quote": QUOTE.replace("Nine", "Ten")}, "misquoted"),
        ({"start": NINE.start + 1}, "misquoted"),
        ({"end": NINE.end + 1}, "misquoted"),
        ({"start": -len(TEXTS["ferry"]) + NINE.start}, "misquoted"),
        ({"start": 10**30}, "misquoted"),
        ({"quote": "", "end": NINE.start}, "misquoted"),
    ],
)
def test_whatever_is_changed_in_a_citation_is_noticed(changed: dict[str, object], expected: str) -> None:
    assert found(NINE.model_copy(update=changed)) == expected
    assert expected not in STANDS | STILL_HOLDS


def test_a_text_that_has_not_the_hash_stored_with_it_is_damaged() -> None:
    kept = looking_at(article("ferry", sha256=NINE.sha256, text=TEXTS["ferry"].replace("Monday", "Sunday")))
    assert outcome(NINE, kept("ferry", 1)) == "damaged"


def test_of_a_revised_article_the_revision_that_was_cited_counts_and_what_it_says_now_is_told() -> None:
    longer = looking_at(article("ferry", "News. " + TEXTS["ferry"], revision=2), article("ferry"))
    assert outcome(NINE, longer("ferry", 1)) == "revised"
    corrected = looking_at(article("ferry", TEXTS["ferry"].replace("Nine", "Ten"), revision=2), article("ferry"))
    assert outcome(NINE, corrected("ferry", 1)) == "withdrawn"
    assert "withdrawn" in STANDS - STILL_HOLDS


def test_other_line_breaks_withdraw_nothing() -> None:
    wrapped = looking_at(article("ferry", TEXTS["ferry"].replace(" ", "\n"), revision=2), article("ferry"))
    assert outcome(NINE, wrapped("ferry", 1)) == "revised"


def test_the_reason_names_article_and_revision() -> None:
    kept = looking_at(article("ferry", "Nothing.", revision=3), article("ferry"))("ferry", 1)
    assert reason("withdrawn", NINE, kept) == "'ferry' was revised since, and revision 3 no longer says so."
    assert reason("removed", NINE, None).startswith("There is no article 'ferry' in the workspace")


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def revised(tmp_path: Path) -> tuple[Path, str]:
    """A workspace with an article in its second revision, and its id."""
    files, workspace = tmp_path / "files", tmp_path / "workspace"
    bring_in(workspace, write(files, ferry="Nine people died.", mill="It burnt."))
    with open_workspace(workspace) as opened, opened.viewing() as view:
        article_id = next(one.id for one in view.listings() if "ferry" in one.id)
    bring_in(workspace, write(files, ferry="Ten people died."))
    return workspace, article_id


def check(looked: Lookup, article_id: str) -> None:
    first, second = looked(article_id, 1), looked(article_id, 2)
    assert first is not None
    assert first.then is not None
    assert (first.then.text, first.now.text) == ("Nine people died.", "Ten people died.")
    assert second == Kept(first.now, first.now)
    assert looked(article_id, 3) == looked(article_id, 10**30) == Kept(first.now, None)
    assert looked("nobody", 1) is None
    assert looked("\ud800", 1) is None


def test_a_store_keeps_every_revision(revised: tuple[Path, str]) -> None:
    workspace, article_id = revised
    with open_workspace(workspace) as opened, opened.viewing() as view:
        check(kept_in(view), article_id)


def test_it_can_be_looked_up_while_others_write(revised: tuple[Path, str]) -> None:
    workspace, article_id = revised
    with closing(Readers(workspace)) as readers:

        @contextmanager
        def viewing() -> Iterator[View]:
            with readers.taken() as opened, opened.viewing() as view:
                yield view

        check(kept_now(viewing), article_id)
        with open_workspace(workspace) as opened:
            opened.remove([article_id])
        assert kept_now(viewing)(article_id, 1) is None


def test_nothing_is_kept_of_an_article_that_was_removed(revised: tuple[Path, str]) -> None:
    workspace, article_id = revised
    with open_workspace(workspace) as opened:
        opened.remove([article_id])
        with opened.viewing() as view:
            assert kept_in(view)(article_id, 1) is None
