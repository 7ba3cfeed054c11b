"""Whether what the askers of the endurance run saw can be true, by what its writing side wrote and noted. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.benchmarks import endurance_facts as facts
from tests.benchmarks.endurance_asking import Seen
from tests.benchmarks.endurance_facts import OWN
from tests.benchmarks.endurance_writing import Ledger, Published

Base = Mapping[str, tuple[str, str]]
"""SHA-256 and text of the articles that were there before and that nobody changes, by id."""


@dataclass(slots=True)
class Found:
    """What one process saw, judged."""

    asked: int = 0
    quotes: int = 0
    facts: int = 0
    """Questions about a cost that was told in the generation that answered."""
    missed: int = 0
    """Of these, those that got no figure."""
    failed: list[str] = field(default_factory=list)
    inconsistent: list[str] = field(default_factory=list)


class Judge:
    """Holds what was published against what was seen."""

    def __init__(self, ledger: Ledger, base: Base) -> None:
        self._texts = ledger.texts
        self._base = base
        self._published = ledger.published
        self._generations = [one.generation for one in ledger.published]
        self._told = _histories(ledger.published)

    def judge(self, seen: Sequence[Seen]) -> Found:
        """In the order in which one process saw it."""
        found = Found()
        last = 0
        for one in seen:
            found.asked += 1
            found.quotes += len(one.quoted)
            if one.error:
                found.failed.append(f"{one.question!r}: {one.error}")
                continue
            wrong = [
                *self._wrong(one, found),
                *(["an earlier generation than before"] if one.generation < last else []),
            ]
            found.inconsistent += [f"{one.kind} {one.question!r} of {one.generation}: {what}" for what in wrong]
            last = max(last, one.generation)
        return found

    def _wrong(self, seen: Seen, found: Found) -> Iterator[str]:
        place = bisect_right(self._generations, seen.generation) - 1
        if place < 0 or self._generations[place] != seen.generation:
            yield f"generation {seen.generation} was never published"
            return
        holds = self._published[place]
        later = self._published[place + 1] if place + 1 < len(self._published) else None
        if seen.ended < holds.begun or (later is not None and seen.begun > later.noted):
            yield f"generation {seen.generation} was not the published one while this was asked"
        expected = self._as_of(place, seen.as_of) if seen.as_of else {id_: sha for id_, (sha, _) in holds.holds.items()}
        yield from self._misquoted(seen, expected)
        if seen.bridge:
            yield from self._untrue(seen, expected, found)

    def _misquoted(self, seen: Seen, expected: Mapping[str, str]) -> Iterator[str]:
        for one in seen.quoted:
            own = one.article.startswith(OWN)
            sha256, text = (
                (expected.get(one.article), self._texts.get((one.article, one.sha256), ""))
                if own
                else self._base.get(one.article, ("", ""))
            )
            if sha256 != one.sha256:
                yield f"{one.article} did not read so in that generation"
            if text[one.start : one.end] != one.words:
                yield f"{one.words[:60]!r} does not stand in {one.article} [{one.start}:{one.end}]"

    def _untrue(self, seen: Seen, expected: Mapping[str, str], found: Found) -> Iterator[str]:
        """Costs other than the one that was told, or two of them."""
        ids = [f"{OWN}{seen.bridge}-{place}" for place in (0, 1)]
        texts = [self._texts[id_, expected[id_]] for id_ in ids if id_ in expected]
        told = facts.costs(seen.bridge, texts)
        given = facts.costs(seen.bridge, [one.words for one in seen.quoted])
        found.facts += bool(told)
        found.missed += bool(told) and not given
        if len(told) > 1 or not given <= told:
            yield f"{sorted(given)} given where {sorted(told)} was told"

    def _as_of(self, place: int, day: str) -> dict[str, str]:
        """Each article as its latest revision by that day, of those known at that generation."""
        then: dict[str, str] = {}
        for article in self._published[place].holds:
            since = self._since(article, place)
            by_then = [sha for at, sha, published in self._told[article] if since <= at <= place and published <= day]
            if by_then:
                then[article] = by_then[-1]
        return then

    def _since(self, article: str, place: int) -> int:
        """Since which of the published generations the article has been there without a break."""
        while place and article in self._published[place - 1].holds:
            place -= 1
        return place


def _histories(published: Sequence[Published]) -> dict[str, list[tuple[int, str, str]]]:
    """Of each article, at which of the generations it came to read otherwise: place, SHA-256, day."""
    told: dict[str, list[tuple[int, str, str]]] = {}
    before: Mapping[str, tuple[str, str]] = {}
    for place, one in enumerate(published):
        for article, (sha256, day) in one.holds.items():
            if before.get(article) != (sha256, day):
                told.setdefault(article, []).append((place, sha256, day))
        before = one.holds
    return told
