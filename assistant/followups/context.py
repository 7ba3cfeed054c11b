"""What pointing words can point to: the things, persons, places and several at once of the questions before. Pure.

Each choice says whether it is the only one. Questions come before answers, and later ones before earlier ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.followups.asking import Asked, asked, is_verb, past, plain, third_person, without_lead
from assistant.followups.mentions import Mention, is_company, is_time, mentions, personal
from assistant.followups.models import Choice, Turn
from assistant.followups.vocabulary import CLASSES, HEADS, NO_PERSON, SHIPS

_FURTHEST = 3
"""Turns that a pointing word reaches back over."""
_MOST_OF_ANSWER = 1500
"""Characters of an answer that are looked through for names."""


@dataclass(frozen=True, slots=True)
class Before:
    """One earlier turn, taken apart."""

    body: str
    asked: Asked
    mentions: tuple[Mention, ...]
    answer: tuple[Mention, ...]

    @property
    def asks_who(self) -> bool:
        return self.asked.wh.casefold().split()[-1:] in (["who"], ["whom"])


def before(turn: Turn) -> Before:
    body = without_lead(plain(turn.question))
    return Before(body, asked(body), mentions(body), mentions(turn.answer[:_MOST_OF_ANSWER]))


def context(turns: Sequence[Turn]) -> tuple[Before, ...]:
    """The last turns, the latest first."""
    return tuple(before(turn) for turn in reversed(turns[-_FURTHEST:]))


def thing(context: Sequence[Before], *, avoid: str = "") -> Choice | None:
    """What "it" stands for: a name that is no person, else a noun, else any name; the subject first."""
    return _latest(context, lambda turn: _chosen(_things(turn, avoid)))


def topic(context: Sequence[Before], *, avoid: str = "") -> Mention | None:
    """What the last question that names anything is about."""
    for turn in context:
        found = _things(turn, avoid)
        if found:
            return found[0]
    return None


def _things(turn: Before, avoid: str) -> list[Mention]:
    some = [one for one in turn.mentions if not is_time(one) and one.core.casefold() not in avoid.casefold()]
    names = [one for one in some if one.sort == "name"]
    no_persons = [one for one in names if personal(one) < 1] if _has_pair(names) else names
    return _subject_first(no_persons or [one for one in some if one.sort == "noun"] or some, turn)


def _has_pair(names: Sequence[Mention]) -> bool:
    """Whether one name is a whole person's, with a title or in two words, so that "it" is another."""
    return any(personal(one) == 2 or (personal(one) == 1 and " " in one.core) for one in names)


def _subject_first(some: Sequence[Mention], turn: Before) -> list[Mention]:
    start = turn.body.find(turn.asked.rest) if turn.asked.auxiliary else -1
    return sorted(some, key=lambda one: (one.start != start, one.start))


def _chosen(some: Sequence[Mention]) -> Choice | None:
    texts = list(dict.fromkeys(one.text for one in some))
    return Choice(texts[0], len(texts) == 1, tuple(texts[1:])) if texts else None


def person(context: Sequence[Before]) -> Choice | None:
    """Whom "he" or "she" stands for: of a question with "who", the person in its answer or what was asked for."""
    return _latest(context, _person)


def _person(turn: Before) -> Choice | None:
    if turn.asks_who:
        told = _told(turn)
        if told or (described := _described(turn)) is None:
            return told
        return described
    some = sorted((one for one in turn.mentions if personal(one)), key=lambda one: (-personal(one), one.start))
    if not some:
        return _told(turn)
    best = [one for one in some if personal(one) == personal(some[0])]
    choice = _chosen(_subject_first(best, turn))
    known = personal(best[0]) == 2 or " " in best[0].core
    return Choice(choice.text, choice.sure and known, choice.others) if choice else None


def names_person(turn: Before) -> bool:
    """Whether the question itself names somebody."""
    return any(personal(one) for one in turn.mentions)


def _told(turn: Before) -> Choice | None:
    """The person whom an answer names most often, and first."""
    asked_of = {one.core.casefold() for one in turn.mentions}
    some = [one for one in turn.answer if personal(one) and not _is_in(one.core.casefold(), asked_of)]
    counts = Counter(one.core for one in some)
    full = [one for one in counts if " " in one] or list(counts)
    best = sorted(full, key=lambda one: -counts[one])
    if not best:
        return None
    clear = len(best) == 1 or counts[best[0]] >= 2 * counts[best[1]]
    return Choice(best[0]) if clear else Choice(best[0], False, tuple(best[1:3]))


def _is_in(core: str, others: set[str]) -> bool:
    return any(core in one or one in core for one in others)


def _described(turn: Before) -> Choice | None:
    """ "the captain of the Sandlark" of "Who was the captain of the Sandlark?" """
    if turn.asked.auxiliary.casefold() in {"is", "was"} and not turn.asked.asks_for_subject:
        return Choice(turn.asked.rest)
    if turn.asked.asks_for_subject:
        return Choice(
            f"the one who {' '.join(part for part in (turn.asked.auxiliary, turn.asked.rest) if part)}", False
        )
    return None


def vessel(context: Sequence[Before]) -> Choice | None:
    """A ship is "she": what has a name with "the" before it, as far as no word of the name says what else it is."""
    return _latest(context, lambda turn: _chosen([one for one in turn.mentions if _may_be_ship(one)]))


def _may_be_ship(mention: Mention) -> bool:
    return mention.sort == "name" and mention.is_definite and _may_float(mention)


def several(context: Sequence[Before]) -> Choice | None:
    """What "they" stands for: names joined by "and", a plural, or what was counted."""
    return _latest(context, _several)


def _several(turn: Before) -> Choice | None:
    plural = [one for one in turn.mentions if one.is_plural and not is_time(one)]
    joined = [one for one in plural if one.sort == "several"]
    if joined or plural:
        return _chosen(joined or plural)
    return _counted(turn)


def _counted(turn: Before) -> Choice | None:
    """ "the ballots that were cast" of "How many ballots were cast"."""
    noun, parts = turn.asked.noun, turn.asked
    if not noun or not (noun.endswith("s") or noun in {"people", "men", "women", "children"}):
        return None
    if parts.asks_for_subject:
        return Choice(f"the {noun} that {' '.join(part for part in (parts.auxiliary, parts.rest) if part)}")
    subject = subject_of(turn)
    if subject is None:
        return Choice(f"the {noun}", False)
    return Choice(f"the {noun} that {declared(turn, subject)}")


def company(context: Sequence[Before], *, avoid: str = "") -> Choice | None:
    """What "the company" stands for, in questions before answers."""
    return _latest(context, lambda turn: _company(turn, avoid))


def _company(turn: Before, avoid: str) -> Choice | None:
    for some in (turn.mentions, turn.answer):
        names = [one for one in some if one.sort == "name" and one.core.casefold() not in avoid.casefold()]
        plainly = [one for one in names if is_company(one)]
        maybe = [one for one in names if personal(one) == 1 and " " not in one.core]
        if plainly or maybe:
            return _chosen([*plainly, *maybe])
    return None


def _is_place(mention: Mention) -> bool:
    return mention.preposition in {"in", "at", "near"} and mention.text == mention.core


def place(context: Sequence[Before]) -> Choice | None:
    """What "there" stands for, with its preposition: the last place, else where the company is."""
    return _latest(context, _place)


def _place(turn: Before) -> Choice | None:
    some = [one for one in turn.mentions if one.preposition in {"in", "at", "near", "on"} and not is_time(one)]
    names = [one for one in some if one.sort == "name"]
    chosen = (names or some)[:1]
    if chosen:
        return Choice(f"{chosen[0].preposition} {chosen[0].text}", len({one.text for one in names or some}) == 1)
    of = [one for one in turn.mentions if one.sort == "name" and not personal(one)]
    return Choice(f"at {of[0].text}", False) if of else None


def of_class(noun: str, context: Sequence[Before], *, avoid: str = "") -> Choice | None:
    """What "the ferry" or "the company" stands for; None for a noun that names no kind."""
    sort = CLASSES.get(noun)
    if sort == "company":
        return company(context, avoid=avoid)
    if sort == "person":
        return person(context)
    if sort == "place":
        found = place(context)
        return Choice(found.text.split(" ", 1)[1], False) if found else None
    if sort is None:
        return None
    if sort == "vessel":
        return _latest(context, lambda turn: _chosen([one for one in _inanimate(turn, avoid) if _may_float(one)]))
    return _latest(context, lambda turn: _chosen(_inanimate(turn, avoid)))


def _may_float(mention: Mention) -> bool:
    return not any(letter.isdigit() for letter in mention.core) and not mention.words() & (NO_PERSON | HEADS - SHIPS)


def _inanimate(turn: Before, avoid: str) -> list[Mention]:
    some = [one for one in _things(turn, avoid) if one.sort == "name" and not is_company(one) and not _is_place(one)]
    return [one for one in some if one.core != one.text or any(letter.isdigit() for letter in one.core)] or some


def _latest(context: Sequence[Before], find: Callable[[Before], Choice | None]) -> Choice | None:
    """The choice in the last turn that has one; less sure the further back."""
    for distance, turn in enumerate(context):
        found = find(turn)
        if found is not None:
            return found if distance == 0 else Choice(found.text, False, found.others)
    return None


def subject_of(turn: Before) -> str | None:
    """The subject of a question that has one after its auxiliary."""
    rest = turn.asked.rest
    if not turn.asked.auxiliary or turn.asked.asks_for_subject:
        return None
    start = len(turn.body) - len(rest)
    spans = [one for one in turn.mentions if one.start == start]
    if spans:
        longest = max(spans, key=lambda one: one.end)
        return _with_possessed(turn.body, start, longest.end)
    words = rest.split()
    verbs = [place for place, word in enumerate(words) if place and is_verb(word)]
    return " ".join(words[: verbs[0]] if verbs else words[:1]) or None


def _with_possessed(body: str, start: int, end: int) -> str:
    """ "Maia 200's performance": a possessive with what is possessed."""
    if not body[end:].startswith(("'s ", "’s ", "' ")):
        return body[start:end]
    mark, noun, *_ = body[end:].split()
    return f"{body[start:end]}{mark} {noun}"


def declared(turn: Before, subject: str) -> str:
    """A question as it is told: "Did Corvale resign" is "Corvale resigned"."""
    auxiliary = turn.asked.auxiliary.casefold()
    tail = turn.asked.rest[len(subject) :].strip()
    verb, _, rest = tail.partition(" ")
    if auxiliary in {"do", "does", "did"} and verb and verb != "not":
        verb = past(verb) if auxiliary == "did" else third_person(verb) if auxiliary == "does" else verb
        return " ".join(part for part in (subject, verb, rest) if part)
    return " ".join(part for part in (subject, auxiliary, tail) if part)
