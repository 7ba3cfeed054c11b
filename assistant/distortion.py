"""Whether a sentence bears a statement out in everything that is easily distorted: figures, dates, names and polarity.

A gate, and nothing else: what passes it is not yet supported, but what fails it never is. Likeness, the reader and the
judge find a sentence with one changed number nearly as good as the true one; this module looks at just those words.
Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeVar

from assistant import moments, quantities
from assistant.comparing import names, opposites
from assistant.comparing.statement import Statement, meaning, shared
from assistant.moments import Moment
from assistant.quantities import Quantity

Kind = Literal["figure", "date", "name", "polarity"]
_Thing = TypeVar("_Thing", Quantity, Moment)

_AROUND = 3
"""Words before and after a figure that tell what it is about."""
_EQUAL = 1e-9
_ROUNDED = 0.02
"""A figure may be told as a rounder one that is off by this part of it."""
_CLEARLY = 0.1
"""By so much more alike are the surroundings of a clashing figure where the same figure means something else."""
_CONTRAST = re.compile(r",\s+(?:and\s+)?not\b[^,.;]*")
_SPEAKER = re.compile(
    r",\s+(?:according to\b.*|(?:[\w’'.-]+\s+){0,5}?(?:said|says|told|reported|reports|wrote|writes|added|adds)\b.*)$",
    re.DOTALL,
)
_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_LEAD = re.compile(r"\W*(?:[Tt]he\s+)?")
_BY = re.compile(r"\bby\s+(?:the\s+)?(?:[a-z]+\s+){0,3}$")
_UNDISPUTED = re.compile(
    r"\b(?:not in (?:dispute|doubt|question)|no doubt|not only|not just|not merely)\b", re.IGNORECASE
)
_NO_ACTOR = re.compile(
    r"\b(?:in|at|on|of|for|near|off|from|with|between|about|over|under|to)\s+(?:the\s+)?$", re.IGNORECASE
)


def asserted(sentence: Statement) -> Statement:
    """Without what it is only set off against, "by 35 votes, not by 44", and without a "not" that denies nothing."""
    return replace(sentence, text=_UNDISPUTED.sub("", _CONTRAST.sub("", sentence.text)), answer=None)


@dataclass(frozen=True)
class Witness:
    """A sentence that may bear a statement out, with what stands around it."""

    sentence: Statement
    context: str = ""
    """The article's title and first sentence, and the neighbouring sentences."""
    capitals: frozenset[str] = frozenset()
    """What has a capital inside sentences of the article, as of `names.known`."""

    @cached_property
    def asserted(self) -> Statement:
        """As of the function of that name."""
        return asserted(self.sentence)

    @cached_property
    def words(self) -> frozenset[str]:
        return names.spoken(self.asserted.text)

    @cached_property
    def context_words(self) -> frozenset[str]:
        return names.spoken(self.context)

    @cached_property
    def own_names(self) -> Sequence[names.Name]:
        """Without whoever is quoted."""
        return names.find(_SPEAKER.sub("", self.asserted.text), known=self.capitals)


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in a statement that a sentence does not bear out."""

    kind: Kind
    contradicts: bool
    """Whether the sentence says something else in its place; otherwise it says nothing of it."""
    reason: str


def differences(statement: Statement, witness: Witness) -> list[Difference]:
    """Empty where every figure, date and name of the statement is borne out, with the same polarity."""
    statement = asserted(statement)
    return [
        *_figures(statement, witness),
        *_dates(statement, witness),
        *_names(statement, witness),
        *_roles(statement, witness),
        *_polarity(statement, witness.asserted),
    ]


# Figures


def _figures(statement: Statement, witness: Witness) -> Iterator[Difference]:
    named = names.find(statement.text)
    there = _unnamed(witness.asserted.quantities, names.find(witness.asserted.text))
    for figure in _unnamed(statement.quantities, named):
        if found := _differs(statement, figure, witness.asserted, there, quantities.compare, _states):
            yield Difference("figure", *found)
    for digits in _bare_digits(statement, named):
        if digits not in witness.words and digits not in witness.context_words:
            yield Difference("figure", False, f"“{digits}” is not in it.")


def _unnamed(things: Sequence[Quantity], named: Sequence[names.Name]) -> list[Quantity]:
    return [one for one in things if not any(one.start < name.end and name.start < one.end for name in named)]


def _bare_digits(statement: Statement, named: Sequence[names.Name]) -> list[str]:
    """Numbers that are neither figure nor date nor part of a name: "station 9"."""
    things: list[Quantity | Moment | names.Name] = [*statement.quantities, *statement.moments, *named]
    places = [(one.start, one.end) for one in things]
    return [
        match.group()
        for match in re.finditer(r"\d+", statement.text)
        if not any(start <= match.start() < end for start, end in places)
    ]


def _states(said: Quantity, there: Quantity) -> bool:
    """Whether who writes `there` also says `said`: "412 million" is "more than 400 million"."""
    verdict = quantities.compare(said, there).verdict
    if verdict == "same":
        return _as_bound(said, there) and _as_precise(said, there)
    inside = said.low <= there.low and there.high <= said.high
    return verdict == "compatible" and inside and said.bound != "exact"


def _as_bound(said: Quantity, there: Quantity) -> bool:
    return said.bound == there.bound or {said.bound, there.bound} == {"about", "exact"}


def _as_precise(said: Quantity, there: Quantity) -> bool:
    """ "2,300" may be a round number, but that does not make it 2,305; 2,305 may be told as 2,300."""
    if said.unit != there.unit:
        return True
    size = abs(there.figure)
    return abs(said.figure - there.figure) <= min(said.rounding, _ROUNDED * size) + _EQUAL * size


# Dates


def _dates(statement: Statement, witness: Witness) -> Iterator[Difference]:
    there = witness.asserted.moments
    for moment in statement.moments:
        found = _differs(statement, moment, witness.asserted, there, moments.compare, _dated_by(witness))
        if found is None:
            continue
        if found[0] or any(_comparable(moment, one) for one in there) or not _dated_around(moment, witness):
            yield Difference("date", *found)


def _dated_by(witness: Witness) -> Callable[[Moment, Moment], bool]:
    """Whether who writes the second also says the first, with the year from around it where it has none."""

    def says(said: Moment, there: Moment) -> bool:
        verdict = moments.compare(said, there).verdict
        if verdict not in ("same", "compatible") or not _at_that_time(said, there):
            return False
        if said.first is None or said.last is None or verdict == "same":
            return True
        if there.first is None or there.last is None:
            return there.day == said.first.day and str(said.first.year) in witness.context_words
        return said.first <= there.first and there.last <= said.last

    return says


def _at_that_time(said: Moment, there: Moment) -> bool:
    if said.time_of_day is None or there.time_of_day is None:
        return said.time_of_day is None
    return said.time_of_day[0] <= there.time_of_day[0] and there.time_of_day[1] <= said.time_of_day[1]


def _comparable(one: Moment, other: Moment) -> bool:
    return moments.compare(one, other).verdict != "incomparable"


def _dated_around(moment: Moment, witness: Witness) -> bool:
    """Whether the neighbouring sentences date it, or it is the month or year in which the article appeared."""
    published = witness.sentence.published
    says = _dated_by(witness)
    if any(says(moment, one) for one in moments.find(witness.context, published=published)):
        return True
    if published is None or moment.first is None or moment.last is None:
        return False
    return moment.first != moment.last and moment.first <= published <= moment.last


# Figures and dates alike


def _differs(
    statement: Statement,
    thing: _Thing,
    other: Statement,
    there: Sequence[_Thing],
    compare: Callable[[_Thing, _Thing], quantities.Comparison],
    states: Callable[[_Thing, _Thing], bool],
) -> tuple[bool, str] | None:
    """Whether the other statement contradicts, and why; None where it says the same of the same."""
    outcomes = [(compare(thing, one), states(thing, one), _alike(statement, thing, other, one)) for one in there]
    same = max((alike for _, states_it, alike in outcomes if states_it), default=None)
    clashes = [(alike, outcome.reason) for outcome, states_it, alike in outcomes if _clashes(outcome, states_it)]
    nearest = max(clashes, default=None)
    if same is None:
        return (True, nearest[1]) if nearest else (False, f"“{thing.words}” is not in it.")
    if nearest and nearest[0] > same + _CLEARLY:
        return False, f"“{thing.words}” stands there for something else."
    return None


def _clashes(outcome: quantities.Comparison, states_it: bool) -> bool:
    return outcome.verdict == "clash" and not states_it


def _alike(one: Statement, thing: Quantity | Moment, other: Statement, there: Quantity | Moment) -> float:
    return shared(_surroundings(one.text, thing), _surroundings(other.text, there))


def _surroundings(text: str, thing: Quantity | Moment) -> frozenset[str]:
    before, after = _WORD.findall(text[: thing.start]), _WORD.findall(text[thing.end :])
    telling = [[word for word in words if meaning(word)] for words in (before, after)]
    return meaning(" ".join([*telling[0][-_AROUND:], *telling[1][:_AROUND]]))


# Names


def _names(statement: Statement, witness: Witness) -> Iterator[Difference]:
    """A name may stand in the neighbourhood alone only where the sentence has none in its place."""
    said = names.spoken(statement.text)
    rivals = [name for name in witness.own_names if not all(names.holds(said, word) for word in name.words)]
    leads = _leading(witness.asserted.text, witness.own_names)
    for name in names.find(statement.text):
        missing = [word for word in name.words if not names.holds(witness.words, word)]
        shown = statement.text[name.start : name.end]
        if any(not names.holds(witness.context_words, word) for word in missing):
            yield Difference("name", False, f"“{shown}” is not in it.")
        elif missing and (
            other := next(iter(rivals), None) or (leads if _LEAD.fullmatch(statement.text[: name.start]) else None)
        ):
            yield Difference("name", False, f"It names “{' '.join(other.words)}”, not “{shown}”.")


def _leading(text: str, found: Sequence[names.Name]) -> names.Name | None:
    """The name that a sentence begins with."""
    return found[0] if found and _LEAD.fullmatch(text[: found[0].start]) else None


def _roles(statement: Statement, witness: Witness) -> Iterator[Difference]:
    """Who does it to whom: names change places where one of the two sentences puts the doer last, after "by"."""
    actors = [name for name in names.find(statement.text) if not _NO_ACTOR.search(statement.text[: name.start])][:2]
    there = names.find(witness.asserted.text)
    found = [place for name in actors if (place := _place(name, there)) is not None]
    if len(found) == 2 and found[0] != found[1]:
        first, second = sorted(found)
        turned = _doer_last(statement.text, *actors) != _doer_last(witness.asserted.text, there[first], there[second])
        if (found[0] > found[1]) != turned:
            yield Difference("name", False, "The names stand in other places in it.")


def _place(name: names.Name, there: Sequence[names.Name]) -> int | None:
    return next((at for at, one in enumerate(there) if set(one.words) & set(name.words)), None)


def _doer_last(text: str, first: names.Name, second: names.Name) -> bool:
    return _BY.search(text[first.end : second.start]) is not None


# Polarity


def _polarity(statement: Statement, sentence: Statement) -> Iterator[Difference]:
    one, other = statement.negations, sentence.negations
    if (one > 0) != (other > 0) or one % 2 != other % 2:
        yield Difference("polarity", True, "One of them is negated, the other is not.")
    elif found := opposites.apart(statement.text, sentence.text):
        yield Difference("polarity", True, f"It says “{found[1]}”, the statement “{found[0]}”.")
