"""Follow-ups that ask about what was asked itself: "Who says so?", "Is that confirmed?". Rules over words; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.followups.context import Before, declared, subject_of
from assistant.followups.models import Step
from assistant.followups.pointing import put_into_words
from assistant.followups.vocabulary import CLAIMING

_TRUE = (
    r"(?:confirmed|unconfirmed|true|certain|sure|denied|disputed|verified|proven|proved|official|correct|right|reported"
    r"|a fact|known|settled)"
)
_MODIFIED = r"(?:really|now|yet|already|still|officially|independently|actually|ever|definitely)"
_IS_IT_TRUE = re.compile(
    rf"(?P<aux>is|was|has|have) (?:that|this|it|all that|all this|so)(?P<been> been)?"
    rf"(?: {_MODIFIED})*(?: (?P<what>{_TRUE}))?"
    rf"(?P<end>(?: {_MODIFIED}| by anyone| by anybody| by others| so)*)",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"really|true|confirmed|(?:are you|how) (?:so )?sure|is it really so|says who|according to whom", re.IGNORECASE
)
_SOURCE = re.compile(
    r"(?:says who|according to whom|how do (?:you|we|they) know(?: that| this)?"
    r"|(?:what|who)(?: is|'s|’s) (?:the|your) source"
    r"|where (?:does|did) (?:that|this) come from|whose word is that|who told (?:you|them))",
    re.IGNORECASE,
)
_CLAIMED = re.compile(
    rf"\b(?P<verb>{'|'.join(sorted(CLAIMING, key=len, reverse=True))})(?: (?P<what>so|that|this|it))"
    rf"(?P<end>(?: (?:first|officially|publicly|{_MODIFIED}|too|as well|else))*)$",
    re.IGNORECASE,
)
_REPORTED = re.compile(rf"\b(?:{'|'.join(CLAIMING)}|confirmed|true|certain)\b (that .+)$", re.IGNORECASE)


def doubted(step: Step, context: Sequence[Before]) -> Step | None:
    """The question with what was asked put where "that" or "so" stands; None for any other question."""
    clause = _clause(context[0])
    if clause is None:
        return None
    return _source(step, clause) or _whether(step, clause) or _claimed(step, clause, context)


def _source(step: Step, clause: str) -> Step | None:
    if _SOURCE.fullmatch(step.body) is None:
        return None
    return step.with_body(f"who says {clause}", _about_last(step.body))


def _whether(step: Step, clause: str) -> Step | None:
    """ "Is that confirmed?"; "confirmed" where a question was open, since what is open cannot be true."""
    found = _IS_IT_TRUE.fullmatch(step.body)
    if found is None and _SHORT.fullmatch(step.body) is None:
        return None
    what = (found and found["what"]) or "true"
    if not clause.startswith("that ") and what in {"true", "right", "correct", "a fact", "official"}:
        what = "confirmed"
    verb = f"{found['aux']} it{found['been'] or ''}" if found else "is it"
    return step.with_body(f"{verb} {what}{(found and found['end']) or ''} {clause}", _about_last(step.body))


def _claimed(step: Step, clause: str, context: Sequence[Before]) -> Step | None:
    found = _CLAIMED.search(step.body)
    if found is None or _says_something_else(step.body[: found.start()]):
        return None
    begins = put_into_words(Step(step.body[: found.end("verb")]), context)
    note = f"“{found['what']}” is taken for “{clause}”."
    return step.with_body(f"{begins.body}{found['end']} {clause}", *begins.notes, note, sure=begins.sure)


def _says_something_else(begins: str) -> bool:
    """ "How did Halm say it", "When did they announce it" ask more, and still about the same."""
    return len(begins.split()) > 6


def _about_last(body: str) -> str:
    return f"“{body}” is taken to ask about the question before."


def _clause(turn: Before) -> str | None:
    """What was asked as a subordinate clause: "that Corvale resigned", "how much the bridge cost"."""
    told = _REPORTED.search(turn.body)
    if told:
        return told.group(1)
    parts = turn.asked
    if parts.asks_for_subject and parts.wh:
        return _small(" ".join(part for part in (parts.wh, parts.auxiliary, parts.rest) if part))
    subject = subject_of(turn)
    if subject is None:
        return None
    statement = declared(turn, subject)
    return f"that {statement}" if parts.is_yes_no else f"{_small(parts.wh)} {statement}"


def _small(words: str) -> str:
    return words[0].lower() + words[1:]
