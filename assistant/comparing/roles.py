"""What is counted: the dead, the hurt, the missing, those aboard, votes or the lead in votes. Rules over words; pure.

"61 aboard" and "nine dead" both count people, and neither speaks against the other. Which of them a figure counts, the
nearest telling word in its clause says.
"""

from __future__ import annotations

import re

_ROLES = {
    "dead": r"dead|died|dies|die|deaths?|death toll|toll (?:rose|has|stands|is)|fatal\w*|kill\w*|drowned|perished"
    r"|bod(?:y|ies)|lost (?:his|her|their) li\w+",
    "hurt": r"injur\w+|wounded|hurt|treated|hospitali[sz]ed",
    "missing": r"missing(?! from (?:it|them|that|this))|unaccounted|disappeared|still held",
    "safe": r"surviv\w+|rescued|saved|escaped|freed|releas\w+|alive|fled",
    "aboard": r"aboard|on ?board|on the (?:ship|ferry|plane|train|flight|bus|boat)|carried|carrying",
    "taken": r"kidnapp\w+|abduct\w+|seized|captured",
    "held": r"arrest\w+|detained|in custody",
    "allowed": r"allow\w*|certificate|capacity|permit\w*|licen[sc]ed|limit|seats|room for"
    r"|(?:may|can)(?: \w+){0,4} (?:carry|hold|take)",
    "fee": r"toll of|pays? a toll|fees?|fares?|tickets?",
    "lead": r"majority|lead|margin|ahead|difference",
}
_TELLING = re.compile("|".join(rf"\b(?P<{name}>{words})\b" for name, words in _ROLES.items()), re.IGNORECASE)
_BREAK = re.compile(r"[,;:()–—]|\b(?:and|but|while|when|after|before|including|with)\b", re.IGNORECASE)
SPECIAL = frozenset({"allowed", "lead", "fee"})
"""What a figure counts only where it is asked for: no bare figure is a limit, a lead or a fee."""
_BEYOND = 30
"""A word beyond a break counts as so many characters farther away."""


def asked_for(question: str) -> str | None:
    """What a question counts, where a word in it tells and no second says otherwise."""
    found = {match.lastgroup for match in _TELLING.finditer(question)}
    return next(iter(found)) if len(found) == 1 else None


def of_figure(text: str, start: int, end: int) -> str | None:
    """What the figure at `text[start:end]` counts; None where no word of the sentence tells."""
    found = [(_distance(text, start, end, match), match.lastgroup) for match in _TELLING.finditer(text)]
    return min(found, key=lambda one: one[0])[1] if found else None


def _distance(text: str, start: int, end: int, match: re.Match[str]) -> int:
    between = text[match.end() : start] if match.end() <= start else text[end : match.start()]
    return len(between) + (_BEYOND if _BREAK.search(between) else 0)
