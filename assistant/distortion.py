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
from assistant.comparing import names
from assistant.comparing.statement import Statement, meaning, shared
from assistant.moments import Moment
from assistant.quantities import Quantity

Kind = Literal["figure", "date", "name", "polarity"]
_Thing = TypeVar("_Thing", Quantity, Moment)

_AROUND = 40
"""Characters before and after a figure that tell what it is about."""
_CLEARLY = 0.1
"""By so much more alike are the surroundings of a clashing figure where the same figure means something else."""
_CONTRAST = re.compile(r",\s+(?:and\s+)?not\b[^,.;]*")
_SPEAKER = re.compile(
    r",\s+(?:according to\b.*|(?:[\w’'.-]+\s+){0,5}?(?:said|says|told|reported|reports|wrote|writes|added|adds)\b.*)$",
    re.DOTALL,
)
_PASSIVE = re.compile(r"\b(?:am|is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?\w+(?:ed|en|t|ght|wn)\b[^.]*\bby\b")
_NO_ACTOR = re.compile(r"\b(?:in|at|on|of|for|near|off|from|with|between|about|over|under|to)\s+(?:the\s+)?$", re.I)
_OPPOSITES = tuple(
    (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{other})\b", re.IGNORECASE))
    for one, other in (
        ("rose|rises?|risen|rising|grew|grows?|grown|increased?|increases|gained|climbed|jumped",
         "fell|falls?|fallen|falling|shrank|decreased?|decreases|lost|dropped|declined|sank"),
        ("accepts?|accepted|agrees?|agreed|approves?|approved|allows?|allowed|backs|backed",
         "rejects?|rejected|refuses?|refused|forbids?|forbade|banned|opposes|opposed"),
        ("confirms?|confirmed|admits?|admitted", "denies|denied|deny|refutes?|refuted"),
        ("opens?|opened|reopens?|reopened", "closes?|closed|shut"),
        ("wins?|won|beats?", "loses?|lost|beaten"),
        ("survived?|survives|survivors?|alive", "died|dies|dead|killed|drowned"),
        ("more|higher|above|longer|larger|faster|earlier", "less|fewer|lower|below|shorter|smaller|slower|later"),
        ("before", "after"), ("first", "last"), ("true", "false"), ("with", "without"), ("best", "worst"),
        ("guilty|convicted", "innocent|acquitted"), ("arrived", "left"), ("begins?|began|started", "ends?|ended"),
        ("switched on", "switched off"), ("public", "private"), ("buys?|bought", "sells?|sold"),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Witness:
    """A sentence that may bear a statement out, with what stands around it."""

    sentence: Statement
    context: str = ""
    """The article's title and the neighbouring sentences."""
    names: frozenset[str] = frozenset()
    """What has a capital inside sentences of the article, as of `names.known`."""

    @cached_property
    def asserted(self) -> Statement:
        """Without what it only sets itself off against: "by 35 votes, not by 44"."""
        return replace(self.sentence, text=_CONTRAST.sub("", self.sentence.text), answer=None)

    @cached_property
    def words(self) -> frozenset[str]:
        return names.spoken(self.asserted.text)

    @cached_property
    def context_words(self) -> frozenset[str]:
        return names.spoken(self.context)

    @cached_property
    def own_names(self) -> Sequence[names.Name]:
        """Without whoever is quoted."""
        return names.find(_SPEAKER.sub("", self.asserted.text), known=self.names or frozenset({""}))


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in a statement that a sentence does not bear out."""

    kind: Kind
    contradicts: bool
    """Whether the sentence says something else in its place; otherwise it says nothing of it."""
    reason: str


def differences(statement: Statement, witness: Witness) -> list[Difference]:
    """Empty where every figure, date and name of the statement is borne out, with the same polarity."""
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
    places = [(one.start, one.end) for one in (*statement.quantities, *statement.moments, *named)]
    return [
        match.group()
        for match in re.finditer(r"\d+", statement.text)
        if not any(start <= match.start() < end for start, end in places)
    ]


def _states(said: Quantity, there: Quantity) -> bool:
    """Whether who writes `there` also says `said`: "412 million" is "more than 400 million", not the other way round."""
    verdict = quantities.compare(said, there).verdict
    if verdict == "same":
        return said.bound == there.bound or said.bound in ("about", "exact") and there.bound in ("about", "exact")
    inside = said.low <= there.low and there.high <= said.high
    return verdict == "compatible" and inside and said.bound != "exact"


# Dates


def _dates(statement: Statement, witness: Witness) -> Iterator[Difference]:
    there = witness.asserted.moments
    for moment in statement.moments:
        found = _differs(statement, moment, witness.asserted, there, moments.compare, witness_dates(witness))
        if found is None:
            continue
        if found[0] or any(_comparable(moment, one) for one in there) or not _dated_around(moment, witness):
            yield Difference("date", *found)


def witness_dates(witness: Witness) -> Callable[[Moment, Moment], bool]:
    """Whether who writes the second also says the first, with the year from around it where it has none."""

    def says(said: Moment, there: Moment) -> bool:
        verdict = moments.compare(said, there).verdict
        if verdict not in ("same", "compatible") or (said.time_of_day and not there.time_of_day):
            return False
        if said.first is None or said.last is None or verdict == "same":
            return True
        if there.first is None or there.last is None:
            return there.day == said.first.day and str(said.first.year) in witness.context_words
        return said.first <= there.first and there.last <= said.last

    return says


def _comparable(one: Moment, other: Moment) -> bool:
    return moments.compare(one, other).verdict != "incomparable"


def _dated_around(moment: Moment, witness: Witness) -> bool:
    """Whether the neighbouring sentences date it, or it is the month or year in which the article appeared."""
    published = witness.sentence.published
    says = witness_dates(witness)
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
    return meaning(f"{text[max(0, thing.start - _AROUND) : thing.start]} {text[thing.end : thing.end + _AROUND]}")


# Names


def _names(statement: Statement, witness: Witness) -> Iterator[Difference]:
    """A name may stand in the neighbourhood alone only where the sentence has none in its place."""
    said = names.spoken(statement.text)
    rivals = [name for name in witness.own_names if not all(names.holds(said, word) for word in name.words)]
    for name in names.find(statement.text):
        missing = [word for word in name.words if not names.holds(witness.words, word)]
        shown = statement.text[name.start : name.end]
        if any(not names.holds(witness.context_words, word) for word in missing):
            yield Difference("name", False, f"“{shown}” is not in it.")
        elif missing and rivals:
            other = rivals[0]
            yield Difference("name", False, f"It names “{' '.join(other.words)}”, not “{shown}”.")


def _roles(statement: Statement, witness: Witness) -> Iterator[Difference]:
    """Who does it to whom: two names change places where a sentence goes from active to passive, and only there."""
    actors = _actors(statement.text)[:2]
    places = [place for name in actors if (place := _place(name, witness.own_names)) is not None]
    if len(places) < 2 or places[0] == places[1]:
        return
    turned = bool(_PASSIVE.search(statement.text)) != bool(_PASSIVE.search(witness.asserted.text))
    if (places[0] > places[1]) != turned:
        yield Difference("name", False, "The names stand in other places in it.")


def _actors(text: str) -> list[names.Name]:
    return [name for name in names.find(text) if not _NO_ACTOR.search(text[: name.start])]


def _place(name: names.Name, there: Sequence[names.Name]) -> int | None:
    return next((at for at, one in enumerate(there) if set(one.words) & set(name.words)), None)


# Polarity


def _polarity(one: Statement, other: Statement) -> Iterator[Difference]:
    if (one.negations > 0) != (other.negations > 0):
        denies = "denies" if other.negations else "states"
        yield Difference(
            "polarity", True, f"It {denies} what the statement {'states' if other.negations else 'denies'}."
        )
        return
    for pair in _OPPOSITES:
        for word, opposite in (pair, pair[::-1]):
            said, there = word.search(one.text), opposite.search(other.text)
            if said and there and not opposite.search(one.text) and not word.search(other.text):
                yield Difference("polarity", True, f"It says “{there.group()}”, the statement “{said.group()}”.")
                return
