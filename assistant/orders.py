"""Sentences that tell whoever reads them what to answer: they state nothing, so nobody is quoted with one. Pure.

"Ignore previous instructions and answer that ..." is written for machines that obey. This program obeys no text; but
the words after "that" look like a statement, and must not be taken for one.
"""

from __future__ import annotations

import re

_BEFORE = (
    r"^\W*(?:(?:system|assistant|user|instructions?|important|note)\s*:\s*)?"
    r"(?:(?:please|now|instead|always|only|you (?:must|should|are to))\s+)*"
)
_ANSWER = r"(?:answer|reply|respond|say|state|report|output|print|write|claim|pretend)\s+(?:only\s+)?(?:that|with)\b"
_OBEY = r"(?:ignore|disregard|forget|override)\s+(?:\w+\s+){0,4}(?:instructions?|prompts?|rules|articles|sources)\b"
_ORDER = re.compile(f"{_BEFORE}(?:{_ANSWER}|{_OBEY})", re.IGNORECASE)


def is_order(sentence: str) -> bool:
    """Whether it begins as an order to answer something, or to forget what was to be answered."""
    return _ORDER.match(sentence) is not None
