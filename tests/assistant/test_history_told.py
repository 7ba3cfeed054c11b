"""What an answer says of cited articles that correct themselves or were revised."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from assistant.history_told import noticed, revised
from assistant.models import Citation
from corpus.corrections import notices
from corpus.models import Article, text_sha256
from tests.conftest import Crosscheck


def article(text: str, *, revision: int = 1) -> Article:
    return Article(id="the ferry", revision=revision, text=text, sha256=text_sha256(text), source="/ferry.txt")


def cited(number: int, quote: str, source: Article) -> Citation:
    start = source.text.index(quote)
    return Citation(
        number=number, article_id=source.id, revision=source.revision, title=None, publisher=None, author=None,
        url=None, published=None, quote=quote, start=start, end=start + len(quote), sha256=source.sha256, score=0.5,
    )  # fmt: skip


SAILS, TAKES = "The ferry sails at ten.", "It takes two hours."
NOTICE = "Correction: An earlier version of this article gave a wrong hour."
UPDATED = "This story has been updated with additional details."


def told(text: str, *quotes: str) -> list[str]:
    found = article(text)
    return noticed([cited(at, quote, found) for at, quote in enumerate(quotes, start=1)], found, notices(text))


def test_a_notice_of_a_cited_article_is_quoted_once_with_all_numbers() -> None:
    assert told(f"{SAILS} {TAKES}\n\n{NOTICE}", SAILS, TAKES) == [
        f"The article of [1] and [2] carries a correction: “{NOTICE}”"
    ]


def test_an_article_without_a_notice_says_nothing() -> None:
    assert told(f"{SAILS} {TAKES}", SAILS) == []


def test_an_update_that_says_only_that_there_is_more_is_no_warning() -> None:
    assert told(f"{SAILS}\n\n{UPDATED}", SAILS) == []


def test_of_several_notices_the_weightiest_is_quoted() -> None:
    assert told(f"UPDATE: It sails again.\n\n{SAILS}\n\n{NOTICE}", SAILS) == [
        f"The article of [1] carries a correction: “{NOTICE}”"
    ]


def test_a_quote_that_is_the_notice_itself_is_named_as_one() -> None:
    assert told(f"{SAILS}\n\n{NOTICE}", NOTICE) == [
        f"[1] quotes a correction that the article makes of itself: “{NOTICE}”"
    ]


def before(*texts: str) -> Iterator[Article]:
    """Earlier revisions, latest first, as a view gives them."""
    return (article(text, revision=number) for number, text in sorted(enumerate(texts, start=1), reverse=True))


def test_a_sentence_that_was_revised_is_told_with_what_it_said() -> None:
    now = article(f"{SAILS} {TAKES}", revision=2)
    found = revised([cited(1, SAILS, now), cited(2, TAKES, now)], now, before(f"The ferry sails at nine. {TAKES}"))
    assert found == [
        "[1] was revised: revision 1 of the article said “The ferry sails at nine.” "
        "See: crosscheck articles history 'the ferry' --diff"
    ]


def test_of_several_earlier_wordings_the_latest_is_told() -> None:
    now = article(SAILS, revision=4)
    earlier = before("The ferry sails at seven.", "The ferry sails at eight.", SAILS)
    assert (
        "revision 2 of the article said “The ferry sails at eight.”" in revised([cited(1, SAILS, now)], now, earlier)[0]
    )


def test_a_sentence_that_only_came_later_was_not_revised() -> None:
    now = article(f"{SAILS} {TAKES}", revision=2)
    assert revised([cited(1, TAKES, now)], now, before(SAILS)) == []


def bring_in(crosscheck: Crosscheck, folder: Path, workspace: Path, *, text: str, published: str) -> None:
    row = {"id": "ferry", "text": text, "title": "Ferry", "published": published}
    (folder / "ferry.json").write_text(json.dumps(row), encoding="utf-8")
    crosscheck("ingest", folder, "-w", workspace)


def test_an_article_s_life_from_the_command_line(crosscheck: Crosscheck, tmp_path: Path) -> None:
    folder, workspace = tmp_path / "articles", tmp_path / "workspace"
    folder.mkdir()
    first = "The ferry to Orlen sails at nine in the morning. It takes two hours."
    second = f"The ferry to Orlen sails at ten in the morning. It takes two hours.\n\n{NOTICE}"
    bring_in(crosscheck, folder, workspace, text=first, published="2022-06-01")
    bring_in(crosscheck, folder, workspace, text=second, published="2022-06-03")

    rows = [
        json.loads(line)
        for line in crosscheck("articles", "history", "ferry", "--json", "-w", workspace).stdout.splitlines()
    ]
    assert [(row["revision"], row["published"], row["living"], len(row["notices"])) for row in rows] == [
        (1, "2022-06-01", False, 0),
        (2, "2022-06-03", True, 1),
    ]
    diff = crosscheck("articles", "history", "ferry", "--diff", "-w", workspace).stdout
    assert "- The ferry to Orlen sails at nine in the morning.\n  + The ferry to Orlen sails at ten" in diff
    assert crosscheck("articles", "show", "ferry", "--revision", 1, "-w", workspace).stdout == first
    assert "Kept are: 1, 2." in crosscheck("articles", "show", "ferry", "--revision", 3, "-w", workspace, code=2).stderr

    ask = ("ask", "When does the ferry to Orlen sail?", "--json", "-w", workspace)
    answer = json.loads(crosscheck(*ask).stdout)
    assert answer["status"] == "single_source"
    assert answer["warnings"] == [
        f"The article of [1] carries a correction: “{NOTICE}”",
        "[1] was revised: revision 1 of the article said “The ferry to Orlen sails at nine in the morning.” "
        "See: crosscheck articles history ferry --diff",
    ]
    assert json.loads(crosscheck(*ask, "--as-of", "2022-06-02").stdout)["warnings"] == []
    check = json.loads(crosscheck("check", "The ferry to Orlen sails at ten.", "--json", "-w", workspace).stdout)
    assert check["warnings"][-1].startswith("[1] was revised: revision 1")
