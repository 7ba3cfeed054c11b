"""The life of one article as `crosscheck articles history` prints it: a block a revision for people, or a line of JSON.

Pure: values in, strings out. Which sentences came and went is found in `history`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from assistant.harmless import in_json
from assistant.history import Difference, difference
from assistant.render import Style, on_one_line, plain
from corpus.corrections import Notice, notices
from corpus.models import Article
from index.view import RevisionRow

_SHORT = 12
"""Hexadecimal digits of a hash that people are shown."""
_SIGNS = {"removed": ("-", "warning"), "added": ("+", "quote")}
"""Of a sentence that went or came: its sign, and the role it is styled by."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One revision of an article, and what changed with it."""

    row: RevisionRow
    article: Article
    notices: Sequence[Notice]
    difference: Difference | None
    """From the revision before, where it was asked for and there is one."""


def stages(kept: Iterable[tuple[RevisionRow, Article | None]], *, with_difference: bool) -> Iterator[Stage]:
    """Oldest first, as `kept` is; one at a time, since an article may have been revised every minute."""
    before: Article | None = None
    for row, article in kept:
        if article is None:
            continue
        changed = difference(before, article) if with_difference and before is not None else None
        yield Stage(row, article, notices(article.text), changed)
        before = article


def stage_text(stage: Stage, *, style: Style = plain) -> str:
    """What is known of the revision, then its notices, then what changed."""
    row = stage.row
    facts = [
        f"seen {_moment(row.seen)}",
        f"published {row.published or 'unknown'}",
        f"SHA-256 {row.sha256[:_SHORT]}",
        f"{row.characters:,} characters",
    ]
    lines = [
        style(f"Revision {row.revision}{', as it stands now' if row.living else ''}", "heading"),
        style("  " + ", ".join(facts), "faint"),
        f"  {on_one_line(row.title or '(no title)')}",
    ]
    lines += [style(f"  {_notice(stage.article, one)}", "warning") for one in stage.notices]
    return "\n".join(lines + _changes(stage.difference, style))


def _moment(seen: str | None) -> str:
    """An ISO time in UTC to the second, as people read it."""
    return "before that was noted" if seen is None else f"{seen[:10]} {seen[11:19]} UTC"


def _notice(article: Article, notice: Notice) -> str:
    return f"{notice.kind}: “{on_one_line(article.text[notice.start : notice.end])}”"


def _changes(found: Difference | None, style: Style) -> list[str]:
    if found is None:
        return []
    lines = [style(f"  ~ {one.field}: {_value(one.before)} → {_value(one.after)}", "faint") for one in found.fields]
    for one in found.sentences:
        sign, role = _SIGNS[one.how]
        lines.append(style(f"  {sign} {on_one_line(one.text)}", role))
    return lines or [style("  = the same text, word for word", "faint")]


def _value(value: str | None) -> str:
    return "none" if value is None else f"“{on_one_line(value)}”"


def stage_json(stage: Stage) -> str:
    """One line: the row with whole hash, the notices with their spans, and what changed, or null."""
    text = stage.article.text
    value = {
        "article_id": stage.article.id,
        **asdict(stage.row),
        "notices": [{**asdict(one), "text": text[one.start : one.end]} for one in stage.notices],
        "changed": None if stage.difference is None else asdict(stage.difference),
    }
    return in_json(json.dumps(value, ensure_ascii=False))
