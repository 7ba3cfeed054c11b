"""Whether every figure an answer states stands in a quote that it cites. Pure.

An answer is made of quotes, each before the number of its source, and of fixed connecting words; so what is left when
those are taken away must hold no digit. Findings and the sides of conflicts repeat words of their sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.models import Answer, Model

_FIGURE = re.compile(r"\d+(?:[.,:/]\d+)*")
_MARK = re.compile(r"\[(\d+)\]")
_NOTHING = re.compile(r"(?!)")
_AROUND = 40


class LooseFigure(Model):
    """A figure of an answer that no cited quote holds."""

    line: int
    id: str
    figure: str
    said: str
    """The words of the answer around it."""


def count_figures(answer: Answer) -> int:
    """How many figures the answer states, without the numbers of its sources."""
    quoted, rest = _apart(answer)
    return sum(len(_FIGURE.findall(text)) for text in (*quoted, rest, *(text for text, _ in _repeated(answer))))


def loose_figures(answer: Answer, *, line: int) -> Iterator[LooseFigure]:
    """Those in no cited quote: between the quotes of the text, or repeated from sources that do not hold them."""
    _, rest = _apart(answer)
    yield from _figures_of(rest, answer, line)
    quotes = {citation.number: citation.quote for citation in answer.citations}
    for text, numbers in _repeated(answer):
        known = {figure for number in numbers for figure in _FIGURE.findall(quotes.get(number, ""))}
        if not any(text in quotes.get(number, "") for number in numbers):
            yield from (one for one in _figures_of(text, answer, line) if one.figure not in known)


def _repeated(answer: Answer) -> Iterator[tuple[str, tuple[int, ...]]]:
    """What findings and the sides of conflicts say again, with the numbers of their sources."""
    yield from ((finding.text, finding.citations) for finding in answer.findings)
    yield from ((side.value, side.citations) for conflict in answer.conflicts for side in conflict.sides)


def _figures_of(text: str, answer: Answer, line: int) -> Iterator[LooseFigure]:
    for found in _FIGURE.finditer(text):
        said = text[max(0, found.start() - _AROUND) : found.end() + _AROUND]
        yield LooseFigure(line=line, id=answer.id, figure=found[0], said=said)


def _apart(answer: Answer) -> tuple[list[str], str]:
    """The quotes that the text is made of, and what else it says, without the numbers of its sources."""
    numbers = {citation.number for citation in answer.citations}
    longest_first = sorted(answer.citations, key=lambda citation: -len(citation.quote))
    alternatives = "|".join(rf"{re.escape(one.quote)}(?=\s*\[{one.number}\])" for one in longest_first if one.quote)
    pattern = re.compile(rf"(?<!\S)(?:{alternatives})") if alternatives else _NOTHING
    rest = pattern.sub("…", answer.text)
    return pattern.findall(answer.text), _MARK.sub(lambda mark: "…" if int(mark[1]) in numbers else mark[0], rest)
