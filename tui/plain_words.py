"""What the plain mode says, in lines that read well aloud: no columns, no boxes, nothing in colour alone. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.render import fill, heading, visible
from tui.scopes import day, described
from tui.slash import COMMANDS, usage
from tui.state import Scope

if TYPE_CHECKING:
    from assistant.models import Answer, Citation
    from assistant.stages import Stage
    from corpus.models import Article
    from tui.conversation import Understood
    from tui.sessions import Line

_AROUND = 400
"""Characters of an article on either side of a quote."""
_NO_SCREEN = frozenset({"theme"})


def commands() -> list[str]:
    """A line for each command that does something without a screen."""
    return [f"{usage(about)}: {about.about}." for about in COMMANDS if about.name not in _NO_SCREEN]


def understanding(asked: Understood) -> Iterator[str]:
    """What a question was taken for, where that is not what was typed or not certain."""
    if asked.changed:
        yield f"Asked as: {asked.question.text}"
    if asked.because:
        yield asked.because
    if not asked.sure:
        yield "This is a guess. To ask it exactly as you typed it: /typed" if asked.changed else "It is asked as typed."


def scope_line(scope: Scope) -> str:
    said = described(scope)
    return f"What counts: articles {said}." if said else "All articles count."


def stage_line(stage: Stage) -> str:
    """What is done next; empty where the answer follows at once."""
    from assistant.stages import Read, Searched

    if isinstance(stage, Searched):
        hits = len(stage.result.hits)
        return f"Reading {hits} {'passage' if hits == 1 else 'passages'}."
    return "Comparing what they say." if isinstance(stage, Read) else ""


def conflicts_alone(answer: Answer) -> Answer:
    """The answer without anything else."""
    return answer.model_copy(update={"text": "", "findings": (), "citations": (), "closest": (), "warnings": ()})


def sources_alone(answer: Answer) -> Answer:
    """The answer without anything else."""
    return answer.model_copy(
        update={"text": "", "status": None, "findings": (), "conflicts": (), "warnings": (), "comparisons": ()}
    )


def numbered(answer: Answer) -> tuple[Citation, ...]:
    """What can be opened: what is cited, or else what came closest."""
    return answer.citations or answer.closest


def passage(citation: Citation, article: Article, others: Sequence[Citation], *, width: int) -> Iterator[str]:
    """A citation inside its article: whose it is, what stands before it, the quote, what stands after it."""
    from assistant.shown_words import CERTAINTY, VOUCHER

    name = heading(citation.title, citation.publisher, citation.published, citation.article_id)
    yield fill(f"[{citation.number}] {name}.", width)
    if citation.attribution and citation.certainty:
        yield fill(f"{VOUCHER[citation.attribution]}, {CERTAINTY[citation.certainty]}.", width)
    if same := _same_origin(citation, others):
        yield f"Same origin as {' and '.join(f'[{number}]' for number in same)}."
    if citation.revision != article.revision:
        yield fill(f"The article was changed since, so only the quote is shown: {citation.quote}", width)
        return
    before, after = _around(article.text, citation.start, citation.end)
    parts = (("Before", before), ("Quoted", citation.quote), ("After", after))
    yield from (fill(f"{label}: {text}", width) for label, text in parts if text)
    if citation.url:
        yield f"Address: {visible(citation.url)}"


def _same_origin(citation: Citation, others: Sequence[Citation]) -> list[int]:
    return [
        one.number
        for one in others
        if citation.origin and one.origin == citation.origin and one.article_id != citation.article_id
    ]


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Cut at words."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = "... " + before.partition(" ")[2]
    if end + _AROUND < len(text):
        after = after.rpartition(" ")[0] + " ..."
    return before.strip(), after.strip()


def session_line(line: Line) -> str:
    local = line.started.astimezone()
    count = "1 question" if line.questions == 1 else f"{line.questions:,} questions"
    return visible(f"{line.id}: {' '.join(line.title.split())} ({day(local.date())}, {local:%H:%M}; {count})")
