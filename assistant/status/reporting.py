"""Reporting clauses: a subject and a verb of saying, wherever they stand about what is said.

Works on the words of one sentence, outside quotation, by position alone: "X said", "said X", "according to X",
"..., X says, ...". The field's parsers would do this better, but each needs a model to be downloaded, which this
project does not do. What kind of source the subject is, `sources` says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.status import subjects
from assistant.status.phrases import lexicon, words_of
from assistant.status.subjects import DAYS, FINITE, LONGEST, NEGATED, QUOTES, STOPS, SUBORDINATORS
from assistant.status.words import Words

Form = Literal["according", "leading", "aside", "final", "inverted", "inner", "citing"]
"""Where the clause stands: at the head of what is said, between commas in it, at its end, turned round, or below
another clause, where it vouches for a part only."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Who says, and by which verb; ranges of words, half open."""

    form: Form
    verb: int
    verb_kind: str
    subject: tuple[int, int]
    apposition: tuple[int, int]
    """What the subject is called beside its name ("X, a professor at Y, said"); empty where nothing."""

    @property
    def span(self) -> tuple[int, int]:
        """The words from subject to verb."""
        return min(self.subject[0], self.verb), max(self.subject[1], self.verb + 1)


_RELATIVES = frozenset(("who", "which", "that", "whom", "whose"))
_NOUN_OPENERS = words_of("the a an one his her its their another our my several some")
_PASSIVE = words_of("is was are were been be being am get gets got he's she's it's")
_MODAL = words_of(
    """
    to will would could can may might should must cannot couldn't wouldn't won't can't not shall please
    """
)
_CLAUSE_OPENERS = words_of(
    """
    that the a an he she it they its his her their there this these those i we you my our no some many all both
    , : one nobody nothing everything only if when in at to how what
    """
)
_ARTICLES = words_of("the a an his her its their my our your of by")
_NOT_SUBJECT = words_of(
    """
    the a an his her its their these those this that my our your any no such other insurance media new latest of
    by earlier for with about from on in to false recent similar
    """
)
_NOT_BEHIND = words_of("boarding entry access bail permission asylum")
_PARTICIPLE_BEHIND = words_of("for by as of so here below above")
_NAMING = frozenset(("according", "citing", "per", "as"))
_TOLD = words_of("reported cited quoted noted described revealed stated told explained seen")
_TAKES_OF = words_of("called calls states state warned warns warn said accused accuses complained complains wrote")
_MADE_BY_CAMERA = words_of(
    """
    photo image video footage picture photograph map film clip photos images pictures screenshot chart
    """
)
_HEADS = QUOTES | words_of(": ; . ! ? | ) , — – - -- and but yet")
"""Marks and words after which a clause of its own begins."""
_TELL_ENDS = 8


def clauses(words: Words) -> list[Clause]:
    """All reporting clauses of a sentence outside quotation, from left to right."""
    low, verbs = words.low, lexicon("reporting").entries
    found = []
    for at, word in enumerate(low):
        if (word not in verbs and word not in _NAMING) or words.quoted[at]:
            continue
        clause = _named(words, at) if word in _NAMING else _verbal(words, at)
        if clause is not None:
            found.append(clause)
    return found


def _named(words: Words, at: int) -> Clause | None:
    """`according to X`, `per X`, `citing X`."""
    low = words.low
    word, first = low[at], at + 1
    if word == "according":
        first += at + 1 < len(low) and low[at + 1] == "to"
    elif word == "as":
        first = _after_by(low, at)
    elif word == "per" and at > 0 and low[at - 1] not in ("as", ",", ":", "—"):
        return None
    last = subjects.right_end(words, first) if first else 0
    if last <= first:
        return None
    form: Form = "citing" if word == "citing" else "according"
    beside = (0, 0) if at == 0 else subjects.apposition_after(words, last)
    if form == "according" and at > 0 and low[at - 1] in ("that", "who", "which"):
        form = "inner"
    return Clause(form, at, word, (first, last), beside)


def _after_by(low: tuple[str, ...], at: int) -> int:
    """Past `as reported by`, `as previously cited by`; 0 where that does not stand at `at`."""
    near = low[at + 1 : at + 5]
    told = next((place for place, word in enumerate(near) if word in _TOLD), -1)
    return at + told + 3 if 0 <= told <= 1 and near[told + 1 : told + 2] == ("by",) else 0


def _verbal(words: Words, at: int) -> Clause | None:
    low = words.low
    kind = lexicon("reporting").kind(low[at]) or ""
    before = low[at - 1] if at else ""
    following = low[at + 1] if at + 1 < len(low) else ""
    if before in _ARTICLES or before.endswith("'s") or _is_participle(low[at], before, following, low[at + 2 : at + 3]):
        return None
    if before in _MODAL or (before in _PASSIVE and not kind.startswith("ing")):
        return None
    if kind.startswith("ing") and _PASSIVE.isdisjoint(low[max(0, at - 3) : at]):
        return None
    if kind != "tell" and _is_inverted(words, at):
        last = subjects.right_end(words, at + 1)
        return (
            Clause("inverted", at, kind, (at + 1, last), subjects.apposition_after(words, last))
            if last > at + 1
            else None
        )
    if kind.startswith("noun") and not _acts_as_verb(words, at):
        return None
    return _leading(words, at, kind)


def _is_participle(verb: str, before: str, following: str, then: tuple[str, ...]) -> bool:
    """`the names suggested for it`, `a man said to be ill`, `denied boarding`: no clause of reporting."""
    if following in _PARTICIPLE_BEHIND and verb not in _TAKES_OF:
        return True
    if following == "to" and then in (("be",), ("have",), ("feature",), ("include",), ("contain",)):
        return True
    return following in _NOT_BEHIND


def _acts_as_verb(words: Words, at: int) -> bool:
    """Whether a word that is a noun as well ("claims") has a subject before it and something said behind it."""
    low, text = words.low, words.text
    if at == 0 or low[at - 1] in _NOT_SUBJECT or low[at - 1] in QUOTES or text[at][0].isupper():
        return False
    if at + 1 >= len(low):
        return True
    following = low[at + 1]
    if following in (".", "!") and at + 2 >= len(low) - 1:
        return True
    return following in _CLAUSE_OPENERS or following in QUOTES or text[at + 1][0].isupper() or following[0].isdigit()


def _is_inverted(words: Words, at: int) -> bool:
    """`"...," said X`, `..., says X.`"""
    low, text = words.low, words.text
    if at + 1 >= len(low) or low[at + 1] in DAYS or low[at + 1] in ("that", "in", "on", "to", ",", ".", ":"):
        return False
    before = low[at - 1] if at else ""
    named = text[at + 1][0].isupper() or low[at + 1] in _NOUN_OPENERS or low[at + 1] in ("he", "she", "they")
    if before in QUOTES and named:
        return True
    if before not in (",", "-", "–", "—", "?", "!") and before not in QUOTES:
        return False
    tail = subjects.right_end(words, at + 1)
    at_end = tail >= len(low) - 1 or low[tail] == ","
    plain = named or (
        tail >= len(low) - 1 and not any(word in FINITE or word.endswith("ed") for word in low[at + 1 : tail])
    )
    return plain and at_end and tail - at <= 16 and _no_subject_before(words, at)


def _no_subject_before(words: Words, at: int) -> bool:
    """Whether the comma before the verb does not close an apposition that opened after a name."""
    low = words.low
    earlier = next((place for place in range(at - 2, max(-1, at - LONGEST), -1) if low[place] == ","), -1)
    if earlier <= 0:
        return True
    inside = low[earlier + 1]
    return (
        not (inside in ("a", "an", "the", "who", "of", "whose", "which", "one") or inside[0].isdigit()) or earlier > 8
    )


def _leading(words: Words, at: int, kind: str) -> Clause | None:
    low = words.low
    head = subjects.skip_left(low, at - 1)
    if kind.startswith("ing"):
        head = subjects.skip_left(low, head - (head >= 0 and low[head] in _PASSIVE))
    if head < 0 or (low[head] in QUOTES):
        return None
    negated = any(low[place] in NEGATED for place in range(head, at))
    if negated or (low[head] in _RELATIVES and head > 0) or (low[head] in _PASSIVE and not kind.startswith("ing")):
        return None
    apposition = (0, 0)
    if low[head] in (",", ")", "—", "–"):
        opening = subjects.matching(low, head)
        if opening <= 0:
            return None
        apposition, head = (opening + 1, head), opening - 1
    first = subjects.left_end(words, head)
    if first == 1 and low[0] == "that":
        first = 0
    elif first >= 2 and low[first - 1] in ("who", "which", "that") and subjects.has_verb(low[first:head]):
        first, head = subjects.before_relative(words, first - 1)
    if low[head] in STOPS or (low[first] in STOPS and first) or not _MADE_BY_CAMERA.isdisjoint(low[first : head + 1]):
        return None
    if not FINITE.isdisjoint(low[first : head + 1]):
        return None
    return Clause(_form(words, first, at), at, kind, (first, head + 1), apposition)


def _form(words: Words, first: int, verb: int) -> Form:
    low = words.low
    before = low[first - 1] if first else ""
    if not before or all(word in QUOTES or not word[0].isalnum() for word in low[:first]):
        return "leading"
    if before == "as":
        return "leading" if first == 1 else "final" if low[first - 2] == "," and _is_tail(words, verb) else "inner"
    if before in SUBORDINATORS:
        return "inner"
    if before in ("but", "and", "yet", "or") and first == 1:
        return "leading"
    if _is_tail(words, verb) and (before in (",", "—", "–", "-") or before in QUOTES):
        return "final"
    if before in (",", "—", "–") and verb + 1 < len(low) and low[verb + 1] in (",", "—", "–"):
        return "aside"
    return "leading" if before in _HEADS else "inner"


def _is_tail(words: Words, verb: int) -> bool:
    """Whether hardly anything follows the verb: `..., X told reporters on Friday.`"""
    if len(words.low) - verb > 2 * _TELL_ENDS + 4:
        return False
    rest = [word for word in words.low[verb + 1 :] if word[0].isalnum()]
    return len(rest) <= _TELL_ENDS and "that" not in rest and FINITE.isdisjoint(rest)
