"""What kind of thing a question asks for, and whether a sentence holds one. Rules over words; pure.

The reader finds the span itself; the kind decides which of its heads to believe: a yes/no question has no span,
and words that are no question at all ask for a summary.
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["number", "date", "person", "place", "thing", "yes_no", "reason", "list", "other", "no_question"]
"""`thing` is what only one answer fits: "What is the capital of ...", "Which sport ..."; `other` leaves it open."""

_AUXILIARIES = re.compile(
    r"[\"'“(]*(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)"
    r"(?:n['’]?t)?\b",
    re.IGNORECASE,
)
_ASKING = re.compile(r"\b(who|whom|whose|what|which|when|where|why|how)(?:'s|s|'re|'d)?\b", re.IGNORECASE)

_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("reason", r"\b(why|how come|for what reason|what (?:was|is|were|are) the (?:reason|cause)s?)\b"),
    ("list", r"\b(which|what) (?:\w+ ){0,2}\w+s (?:are|were|have|do|did)\b|\b(?:list|name) (?:all|the|every)\b"),
    (
        "number",
        r"\bhow (?:many|much|old|tall|high|long|large|big|deep|wide|fast|heavy|far|often)\b"
        r"|\bwhat (?:percentage|percent|share|number|amount|price|cost|fraction|proportion)\b"
        r"|\b(?:number|percentage|amount|price|cost) of\b",
    ),
    (
        "date",
        r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|time|decade|century)\b|\bsince when\b|\bhow long ago\b",
    ),
    ("place", r"\bwhere\b|\b(?:what|which) (?:city|country|place|town|state|region|continent|location)\b"),
    ("person", r"\bwho(?:m|se)?\b|\bwho's\b|\b(?:what|which) (?:person|company|organi[sz]ation|team|man|woman)\b"),
    (
        "thing",
        r"\b(?:what|which) (?:\w+ ){0,3}?(?!\w*ss?s\b)\w*[^\Ws] (?:is|was|do|did|does|has|had|will|\w+ed)\b(?! happen)"
        r"|\bwhat (?:is|was|'s) (?:the|an?|his|her|its|their|[\w. -]+['’]s?) (?:[\w-]+ ){0,2}?\w*[^\Ws]"
        r"(?: (?:of|for|in|on|at|by|that|to)\b|\?|$)"
        r"|\b(?:what|which) (?:kind|type|sort|name|colou?r|sport|language|religion|nationality|party|position|title)\b",
    ),
)
_SENTENCE_END = re.compile(r"(?<=[^\W_]{2}[.)])\s+(?=[A-Z])")
_KINDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)

_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?"
    r"|billions?|half|third|quarter|twice|double)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|tomorrow|century)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][\w’'-]+")
_SIGNS: dict[Kind, re.Pattern[str]] = {"number": _NUMBER, "date": _DATE, "person": _NAME, "place": _NAME}


def kind_of(question: str) -> Kind:
    """The kind of answer a question asks for; `no_question` for words that ask nothing, such as a name."""
    if _AUXILIARIES.match(_asked(question)):
        return "yes_no"
    for kind, pattern in _KINDS:
        if pattern.search(question):
            return kind
    if _ASKING.search(question) or question.rstrip().endswith("?"):
        return "other"
    return "no_question"


def _asked(question: str) -> str:
    """The last sentence, where others introduce it: "X is a skier. Was she born in Altay?" """
    return _SENTENCE_END.split(question.strip())[-1]


def holds(kind: Kind, sentence: str) -> bool:
    """Whether a sentence has something of that kind; True for kinds that show no sign on the surface."""
    sign = _SIGNS.get(kind)
    return sign is None or sign.search(sentence) is not None
