"""How firmly a sentence is said: cues of `lexicons/certainty.tsv` that bear on its main claim.

The same word is not the same cue, so the lexicon holds traps that take words away ("May Day", "could not be
reached"), and a cue counts only where the main claim is: not in a relative clause, nor before a noun.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.status.phrases import Found, lexicon, words_of
from assistant.status.reporting import Clause
from assistant.status.words import Words

if TYPE_CHECKING:
    from assistant.models import Certainty

_CLASSES: dict[str, tuple[Certainty, float]] = {
    "corrected": ("corrected", 0.9),
    "corrected_weak": ("corrected", 0.4),
    "denied": ("denied", 0.85),
    "false": ("denied", 0.8),
    "shot_down": ("denied", 0.7),
    "false_weak": ("denied", 0.4),
    "negated": ("denied", 0.5),
    "rumour": ("rumour", 0.7),
    "hoax_noun": ("rumour", 0.55),
    "may": ("hedged", 0.8),
    "could": ("hedged", 0.7),
    "perhaps": ("hedged", 0.6),
    "maybe": ("hedged", 0.6),
    "hearsay": ("hedged", 0.9),
    "denied_hearsay": ("denied", 0.8),
    "seems": ("hedged", 0.8),
    "seems_weak": ("hedged", 0.5),
    "suggests": ("hedged", 0.6),
    "suggests_weak": ("hedged", 0.4),
    "likely": ("hedged", 0.7),
    "likely_weak": ("hedged", 0.5),
    "believed": ("hedged", 0.85),
    "believed_weak": ("hedged", 0.4),
    "said_to": ("hedged", 0.8),
    "if_true": ("hedged", 0.8),
    "opinion": ("hedged", 0.4),
    "will": ("forecast", 0.75),
    "would": ("forecast", 0.55),
    "plan_soft": ("forecast", 0.5),
    "plan": ("forecast", 0.75),
    "forecast_verb": ("forecast", 0.6),
}
_ORDER: tuple[Certainty, ...] = ("corrected", "denied", "rumour", "hedged", "forecast")
HEARSAY = frozenset(("hearsay", "denied_hearsay", "said_to", "rumour"))
"""Classes of cues by which somebody unnamed vouches."""
_LEAST = 0.5
_RELATIVES = frozenset(("who", "which", "whose", "where", "whom"))
_MARKS = frozenset(',;:—–()"“”')
_SIDE = words_of(
    """
    because when after before although though while if unless whether since until as than so
    """
)
_FIRST = 2
"""Words at a sentence's head among which "perhaps" bears on all of it, and not on a number or a noun."""
_SAYS = words_of("said says say told added likely it")
_DOUBTED = words_of("could may might would whether if knew know hope believe wonder")
"""Before "a hoax" they leave open whether it is one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How firmly, by which words, how sure the rules are."""

    certainty: Certainty
    cues: tuple[Found, ...]
    strength: float


def read(words: Words, clauses: Sequence[Clause]) -> Reading:
    """The certainty that an editor would warn about first, among the cues that bear on the main claim."""
    by_class: dict[Certainty, list[tuple[Found, float]]] = {}
    for found in cues(words):
        if found.kind == "would" and (words.quoted[found.start] or not _is_reported(found, clauses)):
            continue
        certainty, strength = _CLASSES[found.kind]
        strength *= _bearing(words, found, certainty)
        if strength >= _LEAST * 0.7:
            by_class.setdefault(certainty, []).append((found, strength))
    for certainty in _ORDER:
        held = by_class.get(certainty, [])
        best = max((strength for _, strength in held), default=0.0)
        if best >= _LEAST:
            return Reading(certainty, tuple(found for found, _ in held), best)
    return Reading("stated", (), 1.0)


def _is_reported(cue: Found, clauses: Sequence[Clause]) -> bool:
    """`She said it would close`: a future that somebody told of; without a clause `would` may be habit or a wish."""
    return any(clause.verb < cue.start or clause.form in ("final", "inverted", "according") for clause in clauses)


def _verbs_between(low: tuple[str, ...], relative: int, cue: int) -> bool:
    """Whether the relative clause has its verb before the cue, which then belongs to the main clause again."""
    return any(word in _AUXILIARIES or word.endswith("ed") for word in low[relative + 1 : cue - 1])


_AUXILIARIES = words_of("is was are were has had have went took made came got gave")


def cues(words: Words) -> list[Found]:
    """Every cue of certainty in a sentence, traps left out."""
    found = lexicon("certainty").find(words.low)
    return [cue for cue in found if cue.kind in _CLASSES and not _is_month(words, cue)]


def _is_month(words: Words, cue: Found) -> bool:
    """`May` with a capital inside a sentence is the month or a name."""
    return words.low[cue.start] == "may" and words.text[cue.start] == "May" and cue.start > 0


def _bearing(words: Words, cue: Found, certainty: Certainty) -> float:
    """1 where the cue stands in the main claim, less where it stands below it."""
    low = words.low
    factor = 1.0
    if cue.kind == "maybe" and cue.start > _FIRST:
        return 0.6
    if cue.start > 1 and low[cue.start - 1] == "that" and certainty != "denied" and low[cue.start - 2] not in _SAYS:
        return 0.5
    if certainty == "denied" and not _DOUBTED.isdisjoint(low[max(0, cue.start - 5) : cue.start]):
        return 0.4
    for at in range(cue.start - 1, max(-1, cue.start - 18), -1):
        if low[at] in _RELATIVES and at > 0:
            return factor if _verbs_between(low, at, cue.start) else factor * 0.5
        if low[at] in _SIDE and certainty in ("hedged", "forecast") and at > 0:
            return factor * 0.5
        if low[at] in _MARKS:
            break
    return factor
