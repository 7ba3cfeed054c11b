"""A batch as one HTML file to send to an editor: opens without a network, prints, and holds no reference but those of
the sources. Its answers look as they do on the page, by the same templates and style (`assistant.look`).

Records become HTML one by one and are kept aside until the counts above them are known.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from markupsafe import Markup

from assistant.batch.about import About, Counts, expectation
from assistant.batch.spooling import pieces, spool
from assistant.look import templating as look
from assistant.look.templating import Environment
from assistant.records import Answered, Failed
from assistant.shown import shown

OPEN = 25
"""Where there are more questions than these, each is folded up to its question, status and reason."""
_HERE = Path(__file__).parent / "templates"


def write(records: Iterable[Answered | Failed], out: TextIO, about: About) -> None:
    counts = Counts()
    coming = iter(records)
    first = list(islice(coming, OPEN + 1))
    folded = len(first) > OPEN
    with spool() as answered, spool() as failed:
        for number, record in enumerate(chain(first, coming), start=1):
            counts.note(record)
            if isinstance(record, Failed):
                failed.write(_failed(record))
            else:
                answered.write(_answered(record, number, folded=folded))
        out.writelines(_report(about, counts, answered, failed, folded=folded))


def _answered(record: Answered, number: int, *, folded: bool) -> str:
    answer = record.answer
    at = f"q{number}-"
    return _environment().get_template("question.html").render(
        shown=shown(answer),
        links={one.number: f"#{at}source-{one.number}" for one in answer.citations},
        at=at,
        number=number,
        line=record.line,
        expected=expectation(record.expected),
        folded=folded,
    )  # fmt: skip


def _failed(record: Failed) -> str:
    return _environment().get_template("failed.html").render(record=record)


def _report(about: About, counts: Counts, answered: TextIO, failed: TextIO, *, folded: bool) -> Iterator[str]:
    style = look.file("look.css").decode() + (_HERE / "report.css").read_text("utf-8")
    script = (_HERE / "report.js").read_text("utf-8")
    return _environment().get_template("report.html").generate(
        about=about,
        counts=counts,
        mark=Markup(look.file("mark.svg").decode().replace(' xmlns="http://www.w3.org/2000/svg"', "")),
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; "
        "form-action 'none'",
        style=Markup(style),
        script=Markup(script),
        folded=folded,
        questions=map(Markup, pieces(answered)),
        failed=map(Markup, pieces(failed)),
    )  # fmt: skip


def _hash(content: str) -> str:
    """As a content security policy names what it lets through: nothing that an article says can be style or script."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


@cache
def _environment() -> Environment:
    return look.environment(_HERE, {"alone": True})
