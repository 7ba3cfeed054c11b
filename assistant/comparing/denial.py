"""What a sentence denies, and whether another one says just that. Rules over words, pure.

Most sentences with a "not" deny nothing that others assert: "not the first time", "has not commented", "no idea". A
denial is taken for one only where it is the only one, and somebody else asserts what comes after it of whom it is said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.comparing.rarity import EVEN, Rarity
from assistant.comparing.statement import Statement, meaning

_NOT = re.compile(r"\b(?:not|never|neither|nor|cannot|no(?!-)|none|nobody)\b|n['’]t\b", re.IGNORECASE)
_DENIES = re.compile(
    r"\b(?:den(?:ie[sd]|y|ying)|(?:reject(?:s|ed)|dismiss(?:es|ed)|refut(?:es|ed)|disput(?:es|ed))"
    r"(?=\W+(?:[\w-]+\W+){0,2}(?:claims?|reports?|rumou?rs?|allegations?|suggestions?|stor(?:y|ies))\b))\b",
    re.IGNORECASE,
)
_FALSE = re.compile(r"\b(?:false|fake|hoax|untrue|bogus|debunked|fabricated|myth|made up)\b", re.IGNORECASE)
_UNTOLD = (
    r"confirm\w*|verif\w*|authentic\w*|comment\w*|respon\w*|know\w*|clear|say|said|disclos\w*|reveal\w*|provid\w*|idea|"
    r"immediate\w*|sure|first|last|only|just|word|doubt|wonder|other|surpris\w*|official|evidence|longer|matter|instead|"
    r"specif\w*|detail\w*|mention\w*|identif\w*|until?|enough|all|always|necessarily|exactly|far|alone|one|yet|so|"
    r"question|those|secret|mistake|coincidence|strangers?|less|more|fewer|least|later|sooner|think|want|need|mean|care"
)
_DENIES_NOTHING = re.compile(
    r"(?:\b(?:not|never|no|nor|neither)|n['’]t)\W+(?:(?:the|a|yet|been|be|publicly|able|to|have|has|had|could|any)\W+){0,4}"
    rf"(?:{_UNTOLD}|for|because|by|as|like)\b|\bwhether or not\b|\bno[- ]no\b|\boh,? no\b|\bnone other\b|"
    r"\bno\.\s?\d|\bsince\b.*\b(?:not|n['’]t|never)\b|\b(?:not|n['’]t|never)\b.*\bsince\b.*",
    re.IGNORECASE,
)
_HEARSAY = re.compile(
    r"\b(?:rumou?r\w*|hoax\w*|bogus|fake\w*|false\w*|satir\w*|people are saying|heard|whether|if|ask(?:s|ed|ing)?|"
    r"suggest\w*|accus\w*|debunk\w*|suppos\w*|prank\w*|viral|"
    r"circulat\w*|spread\w*|swept|speculat\w*|fears?|feared|unlikely|instead|would|nearly|almost|deny|"
    r"denial\w*|word that|looks? like|failed|refus\w*|doubt\w*|disput\w*|question\w*|confirmation|reach(?:ed)? out|"
    r"stop(?:s|ped)?|ceased|avoid\w*|prevent\w*|barely|hardly|without|lack\w*|unable|ban(?:s|ned)?|impossible|negat\w*|"
    r"suspect\w*|reports? (?:that|of)|swirl\w*|evaluat\w*|monitor\w*|investigat\w*|tested|testing|"
    r"probably|might|may|could|hopes?|warn\w*)\b|\?",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:I|I['’]m|my|My|me|mine)\b")
"""What one person tells of herself, another one does not deny."""
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s$")
_QUOTED = re.compile(r"[,.!?][\"”]\s.*$")
_CLAUSE = re.compile(
    r"\b(?:that|said|says|say|told|reported|reports|added|claimed|insisted|stated|claims?|but|while|although|whereas)\b|[:;“]|\.\s"
)
_SPEAKER = re.compile(
    r",\s+(?:according to\b.*|(?:[\w’'.-]+\s+){0,6}?(?:said|says|told|reported|reports|stated|added|confirmed)\b.*)$"
)
_SAID = re.compile(r",?\W*\s(?:[\w’'.-]+\s+){1,4}(?:said|says|told|reported|reports|wrote|added)\W*$")
_REPORT = frozenset(
    ("claim", "claims", "report", "reports", "rumor", "rumors", "rumour", "rumours", "story", "stories", "suggestions")
)
_NUMBERS = frozenset(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "first", "second"))
_NO_SUCH = frozenset(("no", "none", "nobody"))
_SUBJECT, _AFTER, _DENIED = 6, 5, 8
"""Telling words before a "not", after it, and on either side of "denies" or "false"."""
_KEPT = 65536
_SHARE, _SHARE_OF_NO = 0.5, 0.7
"""Of the denied words, by rarity, that have to be there; more where "no such thing" leaves no subject to compare."""


@dataclass(frozen=True, slots=True)
class Denial:
    """What is denied of whom, as words that tell something, in one letter case."""

    subject: frozenset[str]
    """Empty where it is part of what is denied: "no such priest", "denies that ..."."""
    denied: tuple[str, ...]
    affirmed: str
    """The sentence, or its part, without the denial."""
    leading: int
    """How many of the denied words must be there: "not patrolling", "no ground troops"."""


@lru_cache(_KEPT)
def denials(text: str) -> tuple[Denial, ...]:
    """Of a sentence; what denies nothing that could be asserted is left out."""
    plain = _DENIES_NOTHING.sub(" ", _SAID.sub("", _QUOTED.sub("", text)))
    return (*_negated(plain), *_called_false(plain))


def _negated(text: str) -> Iterator[Denial]:
    for match in _NOT.finditer(text):
        before, after = _telling(_clause(text[: match.start()]))[-_SUBJECT:], _telling(text[match.end() :])[:_AFTER]
        affirmed = " ".join(f"{_clause(text[: match.start()])} {_SPEAKER.sub('', text[match.end() :])}".split())
        if match.group().casefold() in _NO_SUCH:
            yield Denial(frozenset(), tuple(after), affirmed, 2)
        elif before:
            yield Denial(frozenset(before), tuple(after), affirmed, 1)
    for match in _DENIES.finditer(text):
        yield Denial(frozenset(), tuple(_without_report(text[match.end() :])), _content(text[match.end() :]), 0)


def _clause(text: str) -> str:
    """From where the clause begins that the text ends in."""
    return _CLAUSE.split(text)[-1]


def _called_false(text: str) -> Iterator[Denial]:
    """ "Reports that X are false", "a false report that X": the longer side."""
    for match in _FALSE.finditer(text):
        before, after = _telling(text[: match.start()])[-_DENIED:], _without_report(text[match.end() :])
        content = text[: match.start()] if len(before) > len(after) else text[match.end() :]
        yield Denial(frozenset(), tuple(before if len(before) > len(after) else after), _content(content), 0)


def _content(text: str) -> str:
    """ "claims by the government that it has agreed" is about its agreeing."""
    before, that, after = text.partition(" that ")
    return after.strip() if that and len(_telling(before)) <= _SUBJECT else text.strip()


def _without_report(text: str) -> list[str]:
    return [word for word in _telling(text) if word not in _REPORT][:_DENIED]


def _telling(text: str) -> list[str]:
    words = (found.casefold() for found in _WORD.findall(text))
    return [word for word in words if meaning(_POSSESSIVE.sub("", word)) and word not in _NUMBERS]


def told_as_hearsay(text: str) -> bool:
    """Whether it tells what is rumoured, asked or doubted, and so asserts it of nobody."""
    return _HEARSAY.search(text) is not None


def denying(a: Statement, b: Statement, rarity: Rarity = EVEN) -> tuple[Statement, Statement] | None:
    """The one that denies and the one that asserts what is denied; None where neither does."""
    for one, other in ((a, b), (b, a)):
        found = denials(one.text)
        if len(found) == 1 and not denials(other.text) and not other.negations and not told_as_hearsay(other.text):
            return (one, other) if asserts(other.words, found[0], rarity) and not _of_speakers(one, other) else None
    return None


def _of_speakers(a: Statement, b: Statement) -> bool:
    return _OWN.search(a.text) is not None or _OWN.search(b.text) is not None


def asserts(words: Collection[str], denial: Denial, rarity: Rarity) -> bool:
    """Whether a sentence with these words says what is denied, of the same."""
    met = [word for word in denial.denied if _stands(word, words)]
    of_whom = [word for word in denial.subject if _stands(word, words)]
    leading = all(_stands(word, words) for word in denial.denied[: denial.leading])
    if not met or not leading or len(denial.denied) < denial.leading or len(met) + len(of_whom) < 2:
        return False
    share = _SHARE_OF_NO if denial.leading > 1 else _SHARE
    return bool(of_whom or not denial.subject) and rarity.weight(met) >= share * rarity.weight(denial.denied)


def _stands(word: str, words: Collection[str]) -> bool:
    """In any of its forms: "plays", "playing"."""
    return word in words or any(_same_stem(word, other) for other in words)


def _same_stem(one: str, other: str) -> bool:
    stem = max(3, min(len(one), len(other)) - 2)
    return one[:stem] == other[:stem] and abs(len(one) - len(other)) <= 4
