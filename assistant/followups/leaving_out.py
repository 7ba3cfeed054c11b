"""Whole questions that do not say what they are about: "How many were aboard", "Who won". Rules over words; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.followups.asking import Asked, asked, is_verb
from assistant.followups.context import Before, subject_of, topic
from assistant.followups.mentions import Mention, mentions
from assistant.followups.models import Step
from assistant.followups.vocabulary import FUNCTION_WORDS

_HOW_MANY = re.compile(r"^(how many)(?= (\w+))", re.IGNORECASE)
_ENDS_OPEN = re.compile(r"\b(?:supposed|meant|planned|expected|due|able|allowed|scheduled) to$", re.IGNORECASE)
_ABOARD = re.compile(r"\b(?:on board|aboard)$", re.IGNORECASE)
_MOST_WORDS = 2
"""Words with a meaning of their own; a question with more says what it is about. Names may be typed in lower case."""
_MOST_AFTER_AND = 3
_PERSONS = frozenset({"he", "she", "it", "they", "anybody", "anyone", "somebody", "someone", "others", "everybody"})
_DATED = re.compile(r"\d")


def with_noun(step: Step, last: Before) -> Step:
    """The question with what is counted: "How many people were aboard" after "How many people died"."""
    found = _HOW_MANY.match(step.body)
    noun = last.asked.noun
    if found is None or not noun or not last.asked.wh.casefold().startswith("how many") or not is_verb(found.group(2)):
        return step
    body = f"{found.group(1)} {noun}{step.body[found.end() :]}"
    return step.with_body(body, f"“{found.group(1)}” is taken to count {noun}.")


def with_verb(step: Step, last: Before) -> Step:
    """The question with the last verb, where it stops before one: "When was it supposed to" is "... to reopen"."""
    subject = subject_of(last)
    if subject is None or not (_ENDS_OPEN.search(step.body) or _stops_short(step.body)):
        return step
    verb = last.asked.rest[len(subject) :].strip()
    return step.with_body(f"{step.body} {verb}", f"“{verb}” is taken from the question before.") if verb else step


def _stops_short(body: str) -> bool:
    """ "Did he": an auxiliary and a subject, and no verb."""
    parts = asked(body)
    named = [one for one in mentions(body) if one.end == len(body)]
    alone = parts.rest.casefold() in _PERSONS or any(one.text == parts.rest for one in named)
    return parts.is_yes_no and alone


def with_topic(step: Step, context: Sequence[Before], *, led: bool) -> Step:
    """The question with what the last one was about, where it names nothing and has few words of its own.

    `led` says that it begins with "and" or the like.
    """
    if not _is_open(step.body, context, most=_MOST_AFTER_AND if led else _MOST_WORDS):
        return step
    about = topic(context)
    if about is None:
        return step
    added = _attached(step.body, about)
    return step.with_body(
        f"{step.body} {added}", f"No name stands in the question, so “{about.text}” is assumed.", sure=False
    )


def _is_open(body: str, context: Sequence[Before], *, most: int) -> bool:
    parts = asked(body)
    if not parts.auxiliary and (not parts.wh or parts.is_adjunct):
        return False
    words = [word.casefold() for word in body.split()]
    own = [word for word in words if word not in FUNCTION_WORDS]
    named = any(one.sort != "noun" for one in mentions(body)) or _DATED.search(body)
    known = {
        word for turn in context for one in (*turn.mentions, *turn.answer) if one.sort != "noun" for word in one.words()
    }
    return bool(own) and not named and len(own) <= most and not set(own) & known and not _has_bare_subject(parts)


def _has_bare_subject(parts: Asked) -> bool:
    """ "Has banksy been arrested": one word for a subject may be a name in lower case."""
    if not parts.auxiliary or parts.asks_for_subject or not parts.rest:
        return False
    first = parts.rest.split()[0].casefold()
    return first not in FUNCTION_WORDS and not first.endswith("s")


def _attached(body: str, about: Mention) -> str:
    """The topic with the preposition that fits."""
    if _ABOARD.search(body):
        return about.text
    nouns = [one for one in mentions(body) if one.sort == "noun" and one.end == len(body)]
    if nouns:
        return f"of {about.text}"
    if about.preposition in {"in", "on", "at", "with", "from", "about"}:
        return f"{about.preposition} {about.text}"
    return f"in the case of {about.text}"
