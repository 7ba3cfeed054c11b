"""A batch as a table for spreadsheets: one row a question, one line a row.

Articles may hold anything, so no cell can begin a formula: what begins with = + - @ or a tab gets an apostrophe before
it, which spreadsheets show or hide, and never run (CWE-1236). So does what would begin a cell where a spreadsheet takes
the semicolon for the separator. A number stays a number, with whatever sign. Programs read the records in JSON lines
instead, where nothing is changed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from assistant.batch.about import About, expectation
from assistant.models import Answer, Citation, Conflict, Side
from assistant.records import Answered, Failed
from assistant.render import on_one_line

COLUMNS = (
    "line", "id", "question", "as_of", "status", "reason", "answer", "conflict_types", "conflicts", "citations",
    "articles", "warnings", "expected", "error",
)  # fmt: skip

_MARK = "\ufeff"
"""Without it, Excel reads UTF-8 as the old code page of the country and breaks every curly quote."""
_BETWEEN = " | "
_NUMBER = r"[+-]?\d[\d.,]*\s?%?\s*(?:;|$)"
_FORMULA = re.compile(rf"^(?!{_NUMBER})['\s]*(?=[=+\-@＝＋－＠])|(?<=;)(?!\s*{_NUMBER})(?=[\s\"']*[=+\-@＝＋－＠])")


def write(records: Iterable[Answered | Failed], out: TextIO, about: About) -> None:
    """The table says nothing of the batch as a whole: each row stands for itself."""
    out.write(_MARK)
    rows = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    rows.writerow(COLUMNS)
    for record in records:
        rows.writerow([record.line, *map(cell, _row(record))])


def cell(text: str) -> str:
    """One line that no spreadsheet takes for a formula."""
    return _FORMULA.sub("'", on_one_line(text))


def _row(record: Answered | Failed) -> Sequence[str]:
    """All columns but the first."""
    if isinstance(record, Failed):
        empty = len(COLUMNS) - 4
        return [record.id or "", *[""] * empty, expectation(record.expected), record.error]
    answer = record.answer
    return [
        answer.id,
        answer.question,
        answer.as_of.isoformat() if answer.as_of else "",
        answer.status or "",
        answer.reason or "",
        "" if answer.closest else answer.text,
        _BETWEEN.join(dict.fromkeys(conflict.type for conflict in answer.conflicts)),
        _BETWEEN.join(map(_conflict, answer.conflicts)),
        _BETWEEN.join(map(_citation, answer.citations)),
        _BETWEEN.join(_articles(answer)),
        _BETWEEN.join(answer.warnings),
        expectation(record.expected),
        "",
    ]


def _conflict(conflict: Conflict) -> str:
    return f"{' ≠ '.join(map(_side, conflict.sides))}: {conflict.reason}"


def _side(side: Side) -> str:
    return " ".join([f"“{side.value}”", *(f"[{number}]" for number in side.citations)])


def _citation(citation: Citation) -> str:
    who = ", ".join(part for part in (citation.publisher, (citation.published or "")[:10]) if part)
    return f"[{citation.number}] {who or citation.title or citation.article_id}: “{citation.quote}”"


def _articles(answer: Answer) -> Iterable[str]:
    return dict.fromkeys(citation.article_id for citation in answer.citations)
