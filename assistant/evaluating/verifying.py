"""Earlier answers against the articles as they are kept now: which of their citations no longer hold, and why.

Reads only what a citation must have, so that answers of other versions can be verified too. Pure but for the lookup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Literal

import pydantic_core
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.evaluating.quoting import STILL_HOLDS, Lookup, Outcome, outcome, reason
from assistant.models import Model


class _Read(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class Cited(_Read):
    """Of a citation, what says where its quote stands."""

    number: int
    article_id: str
    revision: int
    quote: str
    start: int
    end: int
    sha256: str


class _Earlier(_Read):
    """An answer, or a check of a statement."""

    id: str
    citations: list[Cited]


class _Record(_Read):
    kind: Literal["answered"]
    answer: _Earlier


class _NoAnswer(_Read):
    kind: Literal["failed"]
    line: int


class Checked(Model):
    """A citation of which there is something to say."""

    line: int
    """Of the file."""
    id: str
    number: int
    article_id: str
    revision: int
    outcome: Outcome
    reason: str
    quote: str


class Unreadable(Model):
    """A line that is no answer and no record."""

    line: int
    reason: str


class Verified(Model):
    """What became of the citations of earlier answers."""

    generation: int
    answers: int
    failed: int
    """Records without an answer."""
    citations: int
    holding: int
    broken: tuple[Checked, ...]
    """Those that no longer hold."""
    revised: tuple[Checked, ...]
    """Those that hold, of articles that were revised since."""
    unreadable: tuple[Unreadable, ...]

    @property
    def passed(self) -> bool:
        """Whether everything was read and every citation holds."""
        return not self.broken and not self.unreadable


def verify(lines: Iterable[bytes], *, look: Lookup, generation: int) -> Verified:
    """Every citation of a file of answers: records of a batch, answers a line each, or one answer over many lines."""
    tally = _Tally(look)
    for number, one in _read(lines):
        tally.add(number, one)
    return Verified(
        generation=generation,
        answers=tally.answers,
        failed=tally.failed,
        citations=sum(tally.outcomes.values()),
        holding=sum(tally.outcomes[kind] for kind in STILL_HOLDS),
        broken=tuple(one for one in tally.told if one.outcome not in STILL_HOLDS),
        revised=tuple(one for one in tally.told if one.outcome in STILL_HOLDS),
        unreadable=tuple(tally.unreadable),
    )


class _Tally:
    """Counts as it goes and keeps only what there is to say something of: a file may hold very many citations."""

    def __init__(self, look: Lookup) -> None:
        self._look = look
        self.answers = self.failed = 0
        self.outcomes: Counter[Outcome] = Counter()
        self.told: list[Checked] = []
        self.unreadable: list[Unreadable] = []

    def add(self, line: int, one: _Earlier | _NoAnswer | Unreadable) -> None:
        if isinstance(one, Unreadable):
            self.unreadable.append(one)
        elif isinstance(one, _NoAnswer):
            self.failed += 1
        else:
            self.answers += 1
            for cited in one.citations:
                self._check(line, one.id, cited)

    def _check(self, line: int, answer_id: str, cited: Cited) -> None:
        kept = self._look(cited.article_id, cited.revision)
        found = outcome(cited, kept)
        self.outcomes[found] += 1
        if found != "holds":
            self.told.append(_checked(line, answer_id, cited, found, reason(found, cited, kept)))


def _checked(line: int, answer_id: str, cited: Cited, found: Outcome, why: str) -> Checked:
    return Checked(
        line=line,
        id=answer_id,
        number=cited.number,
        article_id=cited.article_id,
        revision=cited.revision,
        outcome=found,
        reason=why,
        quote=cited.quote,
    )


def _read(lines: Iterable[bytes]) -> Iterator[tuple[int, _Earlier | _NoAnswer | Unreadable]]:
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    for number, line in _whole(numbered):
        yield number, _of_line(line, number)


def _whole(numbered: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """The lines; or all of them as one where only together they are JSON, as `--json` prints an answer."""
    first = next(numbered, None)
    if first is None:
        return
    if _json(first[1]) is not None:
        yield from chain([first], numbered)
        return
    rest = list(numbered)
    together = b"".join(line for _, line in (first, *rest))
    yield from [(first[0], together)] if _json(together) is not None else [first, *rest]


def _json(text: bytes) -> object | None:
    try:
        found: object = pydantic_core.from_json(text.removeprefix(_MARK))
    except ValueError:
        return None
    return found


_MARK = b"\xef\xbb\xbf"
"""What some programs put before UTF-8."""


def _of_line(line: bytes, number: int) -> _Earlier | _NoAnswer | Unreadable:
    value = _json(line)
    if not isinstance(value, dict):
        return Unreadable(line=number, reason="It is no JSON object.")
    try:
        if value.get("kind") == "failed":
            return _NoAnswer.model_validate(value)
        return _Record.model_validate(value).answer if "kind" in value else _Earlier.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        return Unreadable(line=number, reason=f"It is neither an answer nor a record of one: {place}: {first['msg']}.")
