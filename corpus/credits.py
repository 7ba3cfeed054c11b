"""Which outlets an article credits for what it tells: "according to TMZ", "first reported by CNBC", "(Reuters) -".

Pure, and apart from `outlets`, which knows names, and `origins`, which decides what a common credit means. Judges by
wording and place alone: credits in the opening sentences weigh most, as they stand for the main news. "Told the AP" in
an article that credits others for its lead weighs little.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import outlets
from corpus.models import Sentence

_LOOKED_AT = 15
"""Sentences of an article that are looked at; further down stands background, and 25 or 40 did no better."""

_FADING = 0.2
"""A mention in sentence n (from 0) weighs 1 / (1 + n * _FADING) of one in the first."""

_LEAST = 0.3
"""A main credit weighs at least this much: a bare mention in the second sentence, or something said further down."""

_SHARE = 0.4
"""A main credit has at least this share of the weight of all credits, so that there are two at most."""

_WEIGHTS = {
    "answered": -math.inf,
    "wire": 6.0,
    "first": 5.0,
    "said": 3.0,
    "dateline": 2.5,
    "told": 2.2,
    "theirs": 1.6,
    "bare": 0.4,
    "photo": 0.0,
}
"""By wording. Chosen with the three numbers above on half of the labelled stories of tests/gold/origins.jsonl."""

_WIRES = frozenset({"Associated Press", "Reuters", "Agence France-Presse", "UPI", "PA", "Xinhua", "Canadian Press"})
"""Agencies: their dateline says where the text comes from, while a broadcaster's says who prints it."""


@dataclass(frozen=True, slots=True)
class Credit:
    """An outlet that an article credits."""

    outlet: str
    """Canonical name."""
    weight: float
    """Of all its mentions together."""
    quote: str
    """The words of the article in which the weightiest mention stands."""


def find(text: str, sentences: Sequence[Sentence], *, author: str | None = None) -> list[Credit]:
    """All credits of an article, the weightiest first, equal ones by name. `sentences` are those of `text`."""
    weights: dict[str, float] = {}
    best: dict[str, tuple[float, str]] = {}
    for outlet, weight, quote in (*_byline(author), *_mentions(text, sentences[:_LOOKED_AT])):
        weights[outlet] = weights.get(outlet, 0.0) + weight
        if weight > best.get(outlet, (0.0, ""))[0]:
            best[outlet] = (weight, quote)
    found = [Credit(outlet, weight, best[outlet][1]) for outlet, weight in weights.items() if weight > 0]
    return sorted(found, key=lambda credit: (-credit.weight, credit.outlet))


def main(found: Sequence[Credit], *, publisher: str | None = None) -> list[Credit]:
    """Those that stand for the main news: at most two, none where the article tells it by itself.

    An outlet that names itself ("CNBC has learned") credits nobody.
    """
    own = outlets.publisher(publisher) if publisher else None
    others = [credit for credit in found if credit.outlet != own]
    total = sum(credit.weight for credit in others)
    return [credit for credit in others if credit.weight >= max(_LEAST, _SHARE * total)]


_Mention = tuple[str, float, str]


def _byline(author: str | None) -> Iterator[_Mention]:
    """Agencies sign as authors: "Reuters", "Jane Roe, Associated Press"."""
    for name in re.split(r",|;|\band\b|/", author or ""):
        outlet = outlets.canonical(name.strip())
        if outlet in _WIRES:
            yield outlet, _WEIGHTS["wire"], name.strip()


def _mentions(text: str, sentences: Sequence[Sentence]) -> Iterator[_Mention]:
    earlier: dict[str, str] = {}
    for number, span in enumerate(sentences):
        sentence = text[span.start : span.end]
        for named in outlets.names(sentence, earlier):
            wording = _wording(sentence, named, opening=number < _OPENING)
            if wording != "bare" or named.sure:
                yield named.outlet, _WEIGHTS[wording] / (1 + number * _FADING), sentence


_OPENING = 3
"""A dateline stands in one of the first sentences, sometimes after a headline and a time."""

_AROUND = 90
"""Characters before and after a name in which the wording is looked for."""


def _wording(sentence: str, named: outlets.Named, *, opening: bool) -> str:
    before, after = sentence[max(0, named.start - _AROUND) : named.start], sentence[named.end : named.end + _AROUND]
    if opening and named.start < _AROUND and before.endswith("(") and _DATELINE_END.match(after):
        return "wire" if named.outlet in _WIRES else "dateline"
    for wording, pattern in _BEFORE:
        if pattern.search(before):
            return wording
    return next((wording for wording, pattern in _AFTER if pattern.match(after)), "bare")


_DATELINE_END = re.compile(r"\)\s*(?:--|[-–—])")

_KIND = (
    r"(?:(?:the|an?|its|local|sister|newspaper|website|tabloid|magazine|blog|site|paper|news|agency|wire|satirical|network"
    r"|broadcaster|channel|service|rumou?r|gossip|entertainment|tech|film|industry|publication|outlet|American|British|US|UK"
    r"|French|Russian|\w+ese|\w+ish|\w+ian)[ ,]+)*"
)
"""What may stand between a wording and the name: "the British tabloid"."""


def _before(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\W? {_KIND}$", re.IGNORECASE)


_PIECE = r"(?:reports?|story|article|piece|post|profile|column|scoop|interview)"
_ANSWER = r"(?:in view of|in response to|respond\w* to|contrary to|reject\w*|den(?:y|ies|ied|ying)|dismiss\w*|rebut\w*)"
_DAYS = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"

_BEFORE = (
    ("answered", _before(rf"{_ANSWER}(?: \w+){{0,4}} {_PIECE}(?: \w+){{0,2}} (?:by|in|on|at|from)")),
    (
        "photo",
        re.compile(
            r"\b(?:photo|image|picture|credit|getty|graphic|handout|screengrab|video)s?\W*(?:by|from|via|of)?\W*$",
            re.IGNORECASE,
        ),
    ),
    (
        "first",
        _before(
            r"(?:first|originally|initially|exclusively) (?:\w+ )?(?:reported|published|revealed|posted|obtained|broken"
            r"|aired|appeared|told|emerged|surfaced)(?: \w+)? (?:by|in|on|at|to|from)"
            r"|spotted by|h/t|hat tip to|via|source:?|via:"
        ),
    ),
    (
        "said",
        _before(
            r"according to(?: \w+){0,5}"
            r"|(?:reported|published|aired|released|shared|posted)(?: \w+){0,2} (?:by|in|on|at|to)"
            rf"|{_PIECE}(?: \w+){{0,2}} (?:by|in|on|at|from)"
            r"|citing|cited by|cites|quoted by|quoting|obtained by|broadcast (?:by|on)|as per|per|reports|reported"
            r"|provided by|said|says|writes|wrote|claims|points? to|profiled (?:by|in)|rumou?r (?:by|on)"
            r"|originat\w+ (?:from|with|in|at|on)"
        ),
    ),
    (
        "told",
        _before(
            r"told|tells|telling|tell|sp(?:oke|eaking|eak) (?:to|with|on)"
            r"|interview(?:ed)?(?: \w+){0,2} (?:with|on|by|to|for)"
            r"|(?:statement|said|says|confirmed|relayed|e-?mailed|gave \w+) to|talk(?:s|ed|ing)? (?:to|with)"
            r"|appear\w* on|said (?:on|in)|contacted by"
        ),
    ),
)

_VERB = (
    r"(?:report(?:s|ed|ing)|sa(?:id|ys|ying)|writes|wrote|reveal(?:s|ed)|claim(?:s|ed)|cit(?:es|ed|ing)|quot(?:es|ed|ing)"
    r"|learned|obtained|broke|publish(?:ed|es)|not(?:es|ed)|post(?:s|ed)|air(?:s|ed)|suggest(?:s|ed)|add(?:s|ed)"
    r"|confirm(?:s|ed)|describe[sd]|profiled|spoke|interviewed|featured|broadcast|explain(?:s|ed))\b"
)
_BETWEEN = (
    r"(?:,? ?\b(?:has|have|had|also|first|is|was|now|initially|exclusively|itself|later|recently|online|website"
    r"|magazine|newspaper|network|on|which|who|that|earlier|today|yesterday|this|week|since|originally|then"
    rf"|{_DAYS})\b,? ?){{0,6}}"
)
_AFTER = (
    ("photo", re.compile(r"\W{0,3}(?:photos?\b|images?\b|file\b|via getty)", re.IGNORECASE)),
    ("said", re.compile(rf"[’'\")]{{0,2}} ?{_BETWEEN} ?{_VERB}", re.IGNORECASE)),
    (
        "theirs",
        re.compile(
            rf"(?:[’']s? (?:[\w’'-]+ ){{0,3}}| )(?:{_PIECE}|sources?|correspondent|exclusive|reporter|account"
            r"|investigation|(?<=[’']s )[A-Z]\w+ [A-Z]\w+)\b"
        ),
    ),
)
"""Wordings around a name; the first that fits counts."""
