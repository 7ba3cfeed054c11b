"""Times in a question ("in 2025", "in the first quarter of 2026"), and one put in the place of another. Pure."""

from __future__ import annotations

import re

from assistant.followups.vocabulary import TIME_NOUNS

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR = r"(?:1[5-9]|20)\d\d"
_ORDINAL = r"(?:first|second|third|fourth|fifth|last|next|previous)"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
_PERIOD = rf"the (?:{_ORDINAL} )?(?:quarter|half|year|month|week|day|night|weekend|morning|evening)"
_TIME = (
    rf"(?:{_PERIOD}(?: of {_YEAR})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?:,? {_YEAR})?|{_MONTH}(?: \d{{1,2}}\b)?(?:,? {_YEAR})?|{_DAY}|{_YEAR}"
    rf"|(?:last|next|this) (?:year|month|week|quarter|spring|summer|autumn|winter|{_DAY}|{_MONTH})"
    r"|today|yesterday|tomorrow)"
)
_EXPRESSION = re.compile(
    rf"(?:\b(?:in|on|at|by|since|until|before|after|during|from) )?(?:(?:early|late|mid) )?\b{_TIME}\b", re.IGNORECASE
)
_NEXT_YEAR = re.compile(
    r"(?:in )?(?:a|the|one|the following) years? (?:later|after|afterwards)$|(?:in )?the (?:following|next) year$",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"(?:in )?(?:a|the|one) years? (?:earlier|before|ago)$|(?:in )?the previous year$", re.IGNORECASE
)
_ORDINAL_ALONE = re.compile(rf"(?:in |on |during )?the ({_ORDINAL})(?: one)?$", re.IGNORECASE)
_DEFINITE = re.compile(
    rf"(?:(?:in|on|at|by|since|until|before|after|during) )?the (?:[\w-]+ ){{0,2}}(?:{'|'.join(sorted(TIME_NOUNS))})",
    re.IGNORECASE,
)
_OF_YEAR = re.compile(rf" of {_YEAR}$")


def first_in(text: str) -> str | None:
    """The last time that a question names, with its preposition; None where it names none."""
    found = [match for match in _EXPRESSION.finditer(text) if not _is_modal(match)]
    return found[-1].group() if found else None


def is_time(fragment: str) -> bool:
    """Whether words name a time and nothing else."""
    if any(pattern.match(fragment) for pattern in (_NEXT_YEAR, _YEAR_BEFORE, _ORDINAL_ALONE)):
        return True
    return _EXPRESSION.fullmatch(fragment) is not None or _DEFINITE.fullmatch(fragment) is not None


def replaced(question: str, fragment: str) -> str | None:
    """The question with its time replaced; with the time at its end where it has none; None where that cannot be."""
    old = first_in(question)
    shift = 1 if _NEXT_YEAR.match(fragment) else -1 if _YEAR_BEFORE.match(fragment) else 0
    if shift:
        return _shifted(question, old, shift) or f"{question} {fragment}"
    ordinal = _ORDINAL_ALONE.match(fragment)
    if ordinal:
        return _another_ordinal(question, ordinal.group(1))
    if old is None:
        return f"{question} {_with_preposition(fragment)}"
    return question.replace(old, _like(old, fragment))


def _shifted(question: str, old: str | None, shift: int) -> str | None:
    year = re.search(_YEAR, old or "")
    if old is None or year is None:
        return None
    return question.replace(old, old.replace(year.group(), str(int(year.group()) + shift)))


def _another_ordinal(question: str, ordinal: str) -> str | None:
    found = list(re.finditer(rf"\b{_ORDINAL}\b", question, re.IGNORECASE))
    if not found:
        return None
    return f"{question[: found[-1].start()]}{ordinal}{question[found[-1].end() :]}"


def _like(old: str, new: str) -> str:
    """The new time with the old one's preposition, and its year where only the quarter or the month is another."""
    preposition = re.match(r"(?:in|on|at|by|since|until|before|after|during|from) ", old, re.IGNORECASE)
    year = _OF_YEAR.search(old)
    if year and "quarter" in new and not re.search(_YEAR, new):
        new = f"{new}{year.group()}"
    starts = re.match(
        r"(?:in|on|at|by|since|until|before|after|during|from|last|next|this|today|yesterday) ?", new, re.IGNORECASE
    )
    return new if starts or not preposition else f"{preposition.group()}{new}"


def _with_preposition(fragment: str) -> str:
    return f"in {fragment}" if re.fullmatch(rf"{_YEAR}|{_MONTH}(?: {_YEAR})?", fragment) else fragment


def _is_modal(match: re.Match[str]) -> bool:
    """ "may" is no month."""
    return match.group() == "may"
