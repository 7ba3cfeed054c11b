"""Pronouns and definite nouns in a question, put into words: "How much memory does it have". Rules over words; pure.

A word that points inside its own question ("Did Tolvane say that it ...") is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.followups import context as before
from assistant.followups import times
from assistant.followups.asking import asked, is_verb
from assistant.followups.context import Before
from assistant.followups.mentions import Mention, mentions, personal
from assistant.followups.models import Choice, Step
from assistant.followups.vocabulary import AUXILIARIES, BE, CLASSES, DETERMINERS, FUNCTION_WORDS, PREPOSITIONS, PRONOUNS

_POINTER = re.compile(
    r"\b(it|its|itself|he|him|his|himself|she|her|hers|herself|they|them|their|theirs|themselves|that|this|these|those|there|then)\b"
    r"(?![’']\w)",
    re.IGNORECASE,
)
_POSSESSIVE = frozenset({"its", "his", "hers", "their", "theirs"})
_PERSONS = frozenset({"he", "him", "his", "she", "her", "hers"})
_THINGS = frozenset({"it", "its", "that", "this"})
_SEVERAL = frozenset({"they", "them", "their", "theirs", "these", "those"})
_SELF = frozenset({"itself", "himself", "herself", "themselves"})
_EXPLETIVE = re.compile(
    r"\bit (?:\w+ )?(?:true|clear|certain|possible|likely|known|confirmed|said|reported|expected|planned|safe|legal)\b"
    r".*\b(?:that|whether|if|how|to|who|when|what|why)\b"
    r"|^(?:is|was) it .+ (?:who|that) |\b(?:rain|snow)|\bwhat time is it\b|\bhow far is it (?:from|to)\b",
    re.IGNORECASE,
)
_GOES_WITH_THAT = frozenset({"happen", "mean", "come", "make", "cost", "include", "change", "work", "occur", "matter"})
_STATES = frozenset({"hostage", "captive", "prisoner", "dead", "alive"})
"""What somebody is, not what is somebody's: "Who held her hostage?" """
_AFTER_THAT = AUXILIARIES | PREPOSITIONS | {"too"}
_BEFORE_THAT = AUXILIARIES | PREPOSITIONS | {"", "who", "what", "when", "where", "why", "how"}
_CLAUSE = re.compile(r" (?:when|while|because|after|before|if|since|as|although)\b")
_NOUN = re.compile(
    r"\b(?:the|this|that|these|those) (?:(?:same|new|whole) )?([a-z]+)\b"
    r"(?! (?:of|for|between|that|which|who|on|in|at|near|with|from|behind|over|under)\b)",
    re.IGNORECASE,
)
_OWN_NAME = re.compile(r" [A-Z\d]")


@dataclass(frozen=True, slots=True)
class _Taken:
    """A word of the question and what it is taken for."""

    start: int
    end: int
    word: str
    choice: Choice
    possessive: bool


def put_into_words(step: Step, context: Sequence[Before]) -> Step:
    """The question with what points back replaced; as it is where nothing does."""
    if _EXPLETIVE.search(step.body):
        return step
    own = mentions(step.body)
    taken, lost = _pronouns(step.body, own, context)
    if not taken:
        taken, unknown = _definite(step.body, own, context)
        lost += unknown
    for one in sorted(taken, key=lambda one: -one.start):
        step = step.with_body(_put(step.body, one), *_note(one), sure=one.choice.sure)
    for word in lost:
        step = step.with_body(step.body, f"Nothing was named before that “{word}” could mean.", sure=False)
    return step


def points_back(body: str) -> bool:
    """Whether a question still has a word that points out of it."""
    return any(_is_pointing(body, found) for found in _POINTER.finditer(body))


def _pronouns(body: str, own: Sequence[Mention], context: Sequence[Before]) -> tuple[list[_Taken], list[str]]:
    taken: list[_Taken] = []
    lost: list[str] = []
    for found in _POINTER.finditer(body):
        word = found.group().casefold()
        if not _is_pointing(body, found) or _is_inside(word, body, found.start(), own) or word in _SELF:
            continue
        if any(one.word.casefold()[:2] == word[:2] for one in taken):
            continue
        choice = _CHOOSERS[_sort(word)](context)
        if choice and word in {"that", "this"}:
            choice = Choice(choice.text, False, choice.others)
        if choice is None:
            lost.append(found.group())
        else:
            possessive = word in _POSSESSIVE or (word == "her" and _is_owner(body, found.end()))
            taken.append(_Taken(found.start(), found.end(), found.group(), choice, possessive))
    return taken, lost


def _sort(word: str) -> str:
    if word in _PERSONS:
        return "she" if word in {"she", "her", "hers"} else "he"
    if word in _THINGS:
        return "it"
    return "they" if word in _SEVERAL else word


def _she(context: Sequence[Before]) -> Choice | None:
    """A person; a ship where the last question names one and no person."""
    ship = before.vessel(context[:1])
    if ship is None or (context[0].asks_who and context[0].answer):
        return before.person(context)
    somebody = before.person(context[:1]) if context[0].asks_who or before.names_person(context[0]) else None
    return Choice(somebody.text, False, (ship.text,)) if somebody else ship


def _they(context: Sequence[Before]) -> Choice | None:
    found = before.several(context[:1])
    if found:
        return found
    company = before.company(context)
    return Choice(company.text, False, company.others) if company else before.several(context)


def _then(context: Sequence[Before]) -> Choice | None:
    when = times.first_in(context[0].body)
    return Choice(when) if when else None


_CHOOSERS: dict[str, Callable[[Sequence[Before]], Choice | None]] = {
    "he": before.person,
    "she": _she,
    "it": before.thing,
    "they": _they,
    "there": before.place,
    "then": _then,
}


def _is_pointing(body: str, found: re.Match[str]) -> bool:
    """Whether "that" is no conjunction, "there" no "there is", "this" no "this year"."""
    word, after, ahead = found.group().casefold(), body[found.end() :].split(), body[: found.start()].split()
    last = ahead[-1].casefold() if ahead else ""
    following = after[0].casefold() if after else ""
    if word in {"that", "this", "these", "those"}:
        return not after or (following in _AFTER_THAT and last in _BEFORE_THAT) or _is_subject(last, after)
    if word == "there":
        return last not in {"is", "are", "was", "were", "be", "been"} and following not in {
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
        }
    if word == "then":
        return bool(ahead) and not after
    return True


def _is_subject(last: str, after: Sequence[str]) -> bool:
    """Whether "that" stands between an auxiliary and its verb: "would that replace Amazon", no "did that ship sink"."""
    if last not in AUXILIARIES:
        return False
    return after[0] in _GOES_WITH_THAT or (len(after) > 1 and (after[1][0].isupper() or after[1] in DETERMINERS))


def _is_inside(word: str, body: str, start: int, own: Sequence[Mention]) -> bool:
    """Whether the question itself names, before the word, what it can mean."""
    if body[:start].count('"') % 2 or _belongs_to_subject(word, body, start):
        return True
    earlier = [one for one in own if one.end <= start and one.sort != "noun"]
    if word in _PERSONS:
        return any(personal(one) for one in earlier)
    if word in {"it", "its"}:
        return any(personal(one) == 0 or " " not in one.core for one in earlier)
    return word in {"they", "their", "them"} and bool(earlier)


def _belongs_to_subject(word: str, body: str, start: int) -> bool:
    """ "Did the blogger sell her house", "... when he left": a subject of its own, and no preposition in between."""
    parts = asked(body)
    if not parts.auxiliary or parts.asks_for_subject or start <= len(body) - len(parts.rest):
        return False
    if _CLAUSE.search(body[len(body) - len(parts.rest) : start]):
        return parts.rest.split()[0].casefold() not in PRONOUNS
    ahead = body[:start].split()[-1].casefold()
    return word in _POSSESSIVE | {"her"} and ahead not in PREPOSITIONS and _is_owner(body, start + len(word))


def _is_owner(body: str, end: int) -> bool:
    """Whether "her" has a noun after it."""
    after = body[end:].split()
    return bool(after) and after[0].casefold() not in FUNCTION_WORDS | _STATES


def _definite(body: str, own: Sequence[Mention], context: Sequence[Before]) -> tuple[list[_Taken], list[str]]:
    """ "the company", "the election", where the question does not say itself which; the first of them is enough."""
    for found in _NOUN.finditer(body):
        noun = found.group(1).casefold()
        if not found.group(1).islower() or noun in FUNCTION_WORDS or _is_modified(body, found.end()):
            continue
        choice = _full(noun, context) or (before.of_class(noun, context, avoid=body) if not _names(own) else None)
        if choice and choice.text.casefold() != found.group().casefold():
            possessive = body[found.end() :].startswith(("'s", "’s"))
            end = found.end() + (2 if possessive else 0)
            return [_Taken(found.start(), end, found.group(), choice, possessive)], []
        if choice is None and CLASSES.get(noun) == "company" and not _names(own):
            return [], [found.group()]
    return [], []


def _is_modified(body: str, end: int) -> bool:
    """ "Who owns the building amazon wants", "How old is the woman arrested": words that say which."""
    after, parts = body[end:].split(), asked(body)
    if _OWN_NAME.match(body, end):
        return True
    if not after or after[0] in FUNCTION_WORDS:
        return False
    measured = re.fullmatch(r"how (?!many|much)[a-z]+", parts.wh, re.IGNORECASE) is not None and parts.auxiliary in BE
    return measured or (parts.asks_for_subject and not is_verb(after[0]))


def _names(own: Sequence[Mention]) -> list[Mention]:
    return [one for one in own if one.sort != "noun"]


def _full(noun: str, context: Sequence[Before]) -> Choice | None:
    """ "the Dunmarrow election" for "election": the fuller words of an earlier question."""
    for distance, turn in enumerate(context):
        some = [one.text for one in turn.mentions if one.head.casefold() == noun and len(one.text.split()) > 2]
        if some:
            return Choice(some[0], distance == 0 and len(set(some)) == 1, tuple(some[1:]))
    return None


def _put(body: str, one: _Taken) -> str:
    text = one.choice.text
    if one.possessive:
        text = f"{text}'" if text.endswith("s") and " " in text and text.split()[-1].islower() else f"{text}'s"
    return f"{body[: one.start]}{text}{body[one.end :]}"


def _note(one: _Taken) -> tuple[str, ...]:
    note = f"“{one.word}” is taken for “{one.choice.text}”."
    if one.choice.others:
        others = " or ".join(f"“{other}”" for other in one.choice.others[:2])
        return (note, f"It could mean {others} as well.")
    return (note,)
