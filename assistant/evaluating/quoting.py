"""Whether a citation holds: the quote, letter by letter, at its place in the revision of that hash."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal, Protocol

from corpus.models import Article, text_sha256
from index.view import View

Outcome = Literal["holds", "revised", "withdrawn", "removed", "unknown_revision", "damaged", "other_text", "misquoted"]
STANDS: frozenset[Outcome] = frozenset({"holds", "revised", "withdrawn"})
"""The quote stands verbatim in the revision that is cited."""
STILL_HOLDS: frozenset[Outcome] = frozenset({"holds", "revised"})
"""And the article as it stands now says so too."""


class Quoted(Protocol):
    """What a citation says of where its quote stands."""

    @property
    def article_id(self) -> str: ...
    @property
    def revision(self) -> int: ...
    @property
    def quote(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def sha256(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """An article as it stands now, and in the revision that is cited."""

    now: Article
    then: Article | None
    """None where there is no such revision."""


Lookup = Callable[[str, int], Kept | None]
"""An article id and a revision to what is kept of them; None where the article is gone."""
_AT_HAND = 256
"""Articles of which the same batch cites again and again."""


def kept_in(view: View) -> Lookup:
    """What one generation of a workspace keeps."""
    return lru_cache(maxsize=_AT_HAND)(partial(_kept, view))


def kept_now(viewing: Callable[[], AbstractContextManager[View]]) -> Lookup:
    """What a workspace keeps whenever it is looked up: for answers that are still being made."""

    def look(article_id: str, revision: int) -> Kept | None:
        with viewing() as view:
            return _kept(view, article_id, revision)

    return look


def _kept(view: View, article_id: str, revision: int) -> Kept | None:
    now = view.find(article_id)
    return None if now is None else Kept(now, view.revision(article_id, revision))


def outcome(cited: Quoted, kept: Kept | None) -> Outcome:
    """How the citation stands to what is kept; the first that is true."""
    if kept is None:
        return "removed"
    if kept.then is None:
        return "unknown_revision"
    wrong = _wrong(cited, kept.then)
    return wrong or ("holds" if kept.then.revision == kept.now.revision else _revised(cited.quote, kept.now))


def reason(found: Outcome, cited: Quoted, kept: Kept | None) -> str:
    """The outcome as a sentence."""
    return _SENTENCES[found].format(
        article=cited.article_id,
        revision=cited.revision,
        now=kept.now.revision if kept else 0,
        start=cited.start,
        end=cited.end,
        cited=cited.sha256[:12],
        stored=kept.then.sha256[:12] if kept and kept.then else "",
    )


_SENTENCES: dict[Outcome, str] = {
    "holds": "The quote stands in {article!r}, revision {revision}.",
    "revised": "{article!r} was revised since, and revision {now} still says so.",
    "withdrawn": "{article!r} was revised since, and revision {now} no longer says so.",
    "removed": "There is no article {article!r} in the workspace; it was removed, or never there.",
    "unknown_revision": "{article!r} has no revision {revision} in the workspace; its present one is {now}.",
    "damaged": "The text kept of {article!r}, revision {revision}, is damaged: it has not the hash stored with it.",
    "other_text": "Revision {revision} of {article!r} is another text: its hash is {stored}…, that cited {cited}….",
    "misquoted": "The quote does not stand at characters {start} to {end} of {article!r}, revision {revision}.",
}


def _wrong(cited: Quoted, then: Article) -> Outcome | None:
    if text_sha256(then.text) != then.sha256:
        return "damaged"
    if then.sha256 != cited.sha256:
        return "other_text"
    placed = 0 <= cited.start < cited.end <= len(then.text) and then.text[cited.start : cited.end] == cited.quote
    return None if placed else "misquoted"


def _revised(quote: str, now: Article) -> Outcome:
    """Line breaks may have changed; words may not."""
    return "revised" if " ".join(quote.split()) in " ".join(now.text.split()) else "withdrawn"
