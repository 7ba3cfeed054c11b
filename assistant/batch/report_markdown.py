"""A batch as Markdown: the counts, then each question with its answer, then the lines that have none.

Nothing that a question or an article holds becomes markup (`markdown_answer`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from assistant.batch.about import About, Bar, Counts, expectation
from assistant.batch.spooling import pieces, spool
from assistant.markdown_answer import as_markdown, escaped
from assistant.records import Answered, Failed


def write(records: Iterable[Answered | Failed], out: TextIO, about: About) -> None:
    counts = Counts()
    with spool() as answered, spool() as failed:
        for number, record in enumerate(records, start=1):
            counts.note(record)
            if isinstance(record, Failed):
                failed.write(_failed(record))
            else:
                answered.write(_answered(record, number))
        out.write(_head(about, counts))
        out.writelines(pieces(answered))
        if counts.failed:
            out.write("## Lines without an answer\n\n")
            out.writelines(pieces(failed))


def _head(about: About, counts: Counts) -> str:
    stamp = f"{escaped(about.model)}, settings {escaped(about.settings_hash)}"
    parts = [
        f"# Answers to {escaped(about.input_name)}",
        counts.summary(),
        f"Asked on {about.when}, in state {about.generation} of the articles, with {stamp}.",
        _table("Status", "Questions", counts.statuses()),
        _table("Contradiction", "Times", counts.kinds()),
    ]
    return "\n\n".join(part for part in parts if part) + "\n\n"


def _table(what: str, times: str, bars: Sequence[Bar]) -> str:
    if not bars:
        return ""
    rows = [f"| {bar.label} | {bar.count:,} |" for bar in bars]
    return "\n".join([f"| {what} | {times} |", "|---|---:|", *rows])


def _answered(record: Answered, number: int) -> str:
    answer = record.answer
    expected = expectation(record.expected)
    parts = [
        f"## {number}. {escaped(answer.question)}",
        f"*As of {answer.as_of}.*" if answer.as_of else "",
        as_markdown(answer),
        f"*Expected:* {escaped(expected)}" if expected else "",
        f"*Line {record.line}, id {escaped(answer.id)}*",
    ]
    return "\n\n".join(part for part in parts if part) + "\n\n"


def _failed(record: Failed) -> str:
    name = f" ({escaped(record.id)})" if record.id else ""
    return f"- Line {record.line}{name}: {escaped(record.error)}\n"
