"""Follow-ups that leave out all but what is new: "Why?", "And in 2025?", "What about Trainium?". Rules; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.followups import times
from assistant.followups.asking import asked, is_verb, plain
from assistant.followups.context import Before, subject_of, thing
from assistant.followups.mentions import Mention, mentions
from assistant.followups.models import Step
from assistant.followups.replacing import with_attribute, with_name, with_noun, with_phrase
from assistant.followups.vocabulary import ATTRIBUTES, AUXILIARIES, DETERMINERS, FUNCTION_WORDS, PREPOSITIONS, ROLES

_WHAT_ABOUT = re.compile(r"^(?:what|how) about\s+(.+)$", re.IGNORECASE)
_LONGEST = 6
"""Words; what is longer says what it is about."""
_HAPPEN = r"(?:happen|happened|occur|occurred|take place|come about)"
_FEW = 2
_THAT = re.compile(
    rf" (?:(?:is|was|were|did|does|will|has) (?:that|this|all that)(?: (?:so|{_HAPPEN}))?"
    rf"|(?:did|does|will|has) it {_HAPPEN})$",
    re.IGNORECASE,
)
_CONVERTED = re.compile(
    r"^(?:how (?:much|many|long|far)|what) (?:is|was|are|would) (?:that|this|it)(?: be)? (in [a-z ]+)$", re.IGNORECASE
)
_COMPARED = re.compile(
    r"^(?:compared (?:to|with)|versus|vs\.?|unlike|than|without|except|apart from|besides)\b", re.IGNORECASE
)
_WITH_TIME = re.compile(
    r"^(?P<name>.+?),? (?P<time>(?:in|on|at|by|since|last|this|next|a year|the year) .+)$", re.IGNORECASE
)
_ELSE = re.compile(r"^(who|what|where|when|why|how) else$", re.IGNORECASE)
_ALONE = re.compile(
    r"^(?:(?:at|by|for|from|in|on|of|to|with|since|until|under|about|after|before|against|into) )?"
    r"(?:who|whom|what|when|where|why|how|how come|how so|why so|why not"
    r"|(?:how many|how much|which|what|whose)(?: (?P<nouns>[\w-]+(?: [\w-]+)?))?|how (?P<degree>[a-z]+))(?: exactly)?$",
    re.IGNORECASE,
)


def asked_in_short(step: Step, context: Sequence[Before]) -> Step | None:
    """A question of asking words alone, put before what was asked last; None for any other."""
    last = context[0]
    more = _ELSE.match(step.body)
    if more:
        return _else(step, more.group(1), last)
    converted = _CONVERTED.match(step.body)
    if converted:
        return step.with_body(
            f"{last.body} {converted.group(1)}", f"“{converted.group(1)}” is added to the question before."
        )
    body = _THAT.sub("", step.body)
    found = _ALONE.match(body)
    if found is None or not _are_nouns(found["nouns"] or "") or (found["degree"] or "").endswith("ed"):
        return None
    note = f"“{step.body}” is taken to ask about the question before."
    whole = _joined(re.sub(r"^(how|why) so$", r"\1", body, flags=re.IGNORECASE), last)
    return step.with_body(whole, note) if whole else None


def _are_nouns(words: str) -> bool:
    return not any(is_verb(word) or word.casefold() in PREPOSITIONS or not word.islower() for word in words.split())


def _joined(wh: str, last: Before) -> str | None:
    """ "Why did the ferry sink" of "When did the ferry sink"; "Who designed it, and when" where both have to stand."""
    parts = last.asked
    small = wh[0].lower() + wh[1:]
    if not parts.auxiliary and not parts.wh:
        return None
    degree = re.fullmatch(r"how ([a-z]+)", parts.wh, re.IGNORECASE)
    if degree and degree.group(1) not in {"many", "much"} and parts.auxiliary:
        if re.fullmatch(r"how [a-z]+", small):
            return f"{small} {parts.auxiliary} {parts.rest}"
        if small in {"why", "since when"} and parts.auxiliary in {"is", "was", "are", "were"}:
            return f"{small} {parts.auxiliary} {parts.rest} {degree.group(1)}"
    if parts.is_yes_no or (parts.is_adjunct and parts.auxiliary and not parts.asks_for_subject):
        return f"{small} {parts.auxiliary.lower()} {parts.rest}"
    return f"{last.body}, and {small}"


def _else(step: Step, word: str, last: Before) -> Step | None:
    parts = last.asked
    note = f"“{step.body}” is taken to ask about the question before."
    if parts.wh.casefold().startswith(word.casefold()):
        rest = last.body[len(word) :]
        return step.with_body(f"{word} else{rest}", note)
    if word.casefold() == "who" and parts.is_yes_no and (subject := subject_of(last)):
        return step.with_body(f"who else {parts.auxiliary.lower()}{parts.rest[len(subject) :]}", note)
    about = thing([last])
    return step.with_body(f"what else is known about {about.text}", note, sure=False) if about else None


def replaced(step: Step, context: Sequence[Before], *, led: bool) -> Step | None:
    """The last question with the new words in the place of their like; None for what is no fragment.

    `led` says that "and" or the like stood before, or a question mark behind.
    """
    about = _WHAT_ABOUT.match(step.body)
    fragment = plain(about.group(1)) if about else step.body
    if not (about or led) or not _is_fragment(fragment) or (not about and _is_bare(fragment)):
        return None
    new = _put(fragment, context[0])
    return step.with_body(new.body, *new.notes, sure=new.sure) if new else None


def _is_fragment(fragment: str) -> bool:
    if times.is_time(fragment):
        return True
    words = fragment.split()
    first = words[0].casefold()
    parts = asked(fragment)
    return len(words) <= _LONGEST and not parts.wh and first not in AUXILIARIES and not _has_clause(words)


def _is_bare(fragment: str) -> bool:
    """Words that may be a question of their own, typed in lower case: "cesar millan dead"."""
    words = fragment.split()
    begins = words[0].casefold() in DETERMINERS | PREPOSITIONS or _COMPARED.match(fragment) is not None
    return len(words) > _FEW and fragment.islower() and not begins and not times.is_time(fragment)


def _has_clause(words: Sequence[str]) -> bool:
    return any(word.casefold() in AUXILIARIES for word in words)


def _put(fragment: str, last: Before) -> Step | None:
    words = fragment.split()
    first = words[0].casefold()
    if times.is_time(fragment):
        return _another_time(fragment, last.body)
    if _COMPARED.match(fragment):
        return Step(f"{last.body} {fragment}", (_instead(fragment, None),))
    if first in PREPOSITIONS and len(words) > 1:
        return with_phrase(fragment, last)
    if first in {"its", "his", "her", "their"} and len(words) > 1:
        return with_attribute(" ".join(words[1:]), last)
    if any(one.sort != "noun" for one in mentions(f"x {fragment}")):
        return _name_or_role(fragment, last)
    return _noun_or_attribute(fragment, last)


def _another_time(fragment: str, body: str) -> Step | None:
    new = times.replaced(body, fragment)
    return Step(new, (_instead(fragment, times.first_in(body)),)) if new else None


def _name_or_role(fragment: str, last: Before) -> Step | None:
    """ "Trainium", "Trainium in 2025", "the captain of the Petrel"; None where a name is only a part of the words."""
    dated = _WITH_TIME.match(fragment)
    if dated and times.is_time(dated["time"]) and (new := with_name(dated["name"], last)):
        moved = _another_time(dated["time"], new.body)
        return Step(moved.body, (*new.notes, *moved.notes), new.sure) if moved else new
    named = mentions(f"x {fragment}")
    if _linked_attribute(fragment, named):
        role = fragment.split()[1].casefold()
        return Step(f"{'who' if role in ROLES else 'what'} is {fragment}") if role in ROLES | ATTRIBUTES else None
    covered = re.sub(r"[’']s?$", "", fragment)
    return with_name(fragment, last) if any(one.end == len(covered) + 2 and one.start <= 2 for one in named) else None


def _noun_or_attribute(fragment: str, last: Before) -> Step | None:
    words = fragment.split()
    first = words[0].casefold()
    noun = re.sub(r"^(?:the|a|an) ", "", fragment, flags=re.IGNORECASE)
    if _is_attribute(noun):
        return with_attribute(noun, last)
    if len(words) == 1 and (alike := _alike(first, last)):
        return Step(re.sub(rf"\b{alike}\b", first, last.body), (_instead(first, alike),))
    return with_noun(fragment, last) if first not in FUNCTION_WORDS or first == "the" else None


def _linked_attribute(fragment: str, named: Sequence[Mention]) -> bool:
    """ "the captain of the Petrel" is no name."""
    return bool(named) and named[0].sort == "noun" and fragment.casefold().startswith("the ")


def _is_attribute(noun: str) -> bool:
    return noun.split()[-1].casefold() in ATTRIBUTES | ROLES


def _alike(word: str, last: Before) -> str | None:
    """A word of the last question with the same ending: "sold" for "resold"."""
    found = [
        one
        for one in last.body.split()
        if one.islower() and len(one) > 3 and (word.endswith(one) or one.endswith(word))
    ]
    return found[0] if found else None


def _instead(new: str, old: str | None) -> str:
    return f"“{new}” takes the place of “{old}”." if old else f"“{new}” is added to the question before."
