"""Numbers that are no quantities: dates and times, names ("iPhone 6"), scores, addresses, numbered sections.

Rules over the surface, the commonest cases of news text first. Whole expressions are found as spans; for a bare
number its neighbours decide whether it is a year or part of a name.
"""

from __future__ import annotations

import bisect
import re
from functools import cache

from assistant.quantities import around
from assistant.quantities.numbers import Number

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER"
    r"|DECEMBER|january|february|april|june|july|august|september|october|november|december)"
)
_LEVEL = r"(?!\s?(?:%|per\s?cent|million|billion|bn\b|points?\b))"
_SPANS = (
    r"(?:https?://|www\.|pic\.twitter\.com/)\S+|(?<!\w)[@#]\w+|\b[\w.+-]{1,64}@\w[\w.-]+",
    rf"\b{MONTH}\.?\s(?:the\s)?[0-9]{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–]\s?[0-9]{{1,2}})?(?![\w:]|[.,][0-9]){_LEVEL}"
    r"(?:,?\s(?:1[5-9]|20)[0-9]{2}\b)?",
    rf"(?<![\w.,])[0-9]{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–]\s?[0-9]{{1,2}})?\s(?:of\s)?{MONTH}\b\.?(?:,?\s(?:1[5-9]|20)[0-9]{{2}}\b)?",
    rf"\b{MONTH}\.?,?\s(?:of\s)?(?:1[5-9]|20)[0-9]{{2}}\b",
    r"(?<![\w.])(?i:(?:[0-9]{1,2}(?:[:.][0-9]{2})?(?:\s?[-–]\s?|\sto\s))?[0-9]{1,2}(?:[:.][0-9]{2})?\s?[ap]\.?m\b\.?)(?!\w)",
    r"(?<![\w.])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?!\w)|\b[0-9]{3,4}\s?(?:GMT|UTC|BST|EST|hours\b|hrs\b)",
    r"\b(?:[0-9]{1,2}|(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))\s(?i:o[’']clock|[ap]\.m\.)",
    r"(?i:\b(?:half|quarter|ten|twenty|five)\s(?:past|to)\s(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)",
    r"\b[0-9]{1,4}(?:-[0-9]{1,2}-|/[0-9]{1,2}/|\.[0-9]{1,2}\.)[0-9]{1,4}\b|\b[0-9]{1,3}(?:\.[0-9]{1,3}){2,4}\b",
    r"\b(?:1[5-9]|20)[0-9]{2}\s?[-–/]\s?(?:(?:1[5-9]|20)[0-9]{2}|[0-9]{2})\b|\b[0-9]{3}0s\b|[’'][0-9]{2}s?\b|(?<!\w)[1-9]0s\b",
    r"\b(?:24/7|9/11|7/7|20/20|50/50|50-50)\b",
    r"(?<![\w-])\+?[0-9]{2,4}[- ][0-9]{3,4}[- ][0-9]{3,5}\b|\([0-9]{3}\)\s?[0-9]{3}-[0-9]{4}\b|\b[0-9]{3}-[0-9]{4}\b",
    r"\b[0-9]{1,5}\s(?:[A-Z][\w.’']{0,20}\s){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard|Blvd|Square|Place"
    r"|Way|Court|Terrace|Crescent|Parkway)\b",
    r"(?<!\w)[0-9]{1,5}\s?[x×]\s?[0-9]{1,5}(?!\w)",
    r"(?m:^[ \t]{0,8}(?:\([0-9]{1,3}\)|[0-9]{1,3}[.)])(?=\s))|\[[0-9]{1,3}\]",
    r"\b[A-Z]{1,5}-[0-9]+\w*|\b(?![x×Xx][0-9]|(?:US|AU|C|HK|EUR|USD|GBP|Rs)[0-9])[A-Za-z]{1,12}[0-9][\w-]*(?:\.[0-9]+)?",
    r"\b[0-9]{1,4}-[0-9]{1,4}[A-Z]+\b|\b[2345][GDK]\b|\b[2345]d\b",
    r"(?i:\b(?:\d|one|no|any|every|some|each)\sone\b|\bone\s(?:of|another|by\sone|day|night|time|way|thing|point|hand|side"
    r"|can|could|should|must|might|may|would|who|that|is|was|has|had|wonders|knows|to\sone)\b|\bone(?:-time|-off|-on|-way|-sided|’s|'s))",
    r"(?i:\b(?:the|this|that|which|no|another|first|last|only|new|old|big|good|great|other)\sone\b(?!\s(?:hundred|thousand|million|billion)))",
    r"(?i:\bhundred\sper\s?cent\b)(?!.)",
)
_NAMED_BY = around.one_of(
    "no nos number page chapter section article room phase type category level flight route version part season "
    "episode channel grade top class step round stage table figure gate terminal platform line lane apartment apt "
    "suite unit model series game week day act volume vol issue lot highway interstate bus size rule title "
    "amendment paragraph clause schedule appendix windows android ios os under question point seed group area "
    "district ward tier band"
)
# Capitalised by their place in the sentence, not because they are names.
_NOT_NAMES = around.one_of(
    "the a an and or but about nearly almost some over under at least of in on by for from with to these those "
    "all only just more less than up around roughly approximately between as when while after before since until "
    "if both another police officials there it they we he she i you not no nor so then now also even still yet "
    "that this last next first within during despite including most many few each every any what who how is are "
    "was were has have had sold buy get killed died dead meanwhile additionally his her its their our my your are "
    "said says exactly another total"
)
_SHAPED = re.compile(r"(?:ing|ly|ed)$")
_EDITIONS = frozenset(("Plus", "Pro", "Max", "Mini", "Ultra", "Edition", "Air", "Series", "SE", "XL"))
_YEAR_BEFORE = around.one_of(
    "in since by until till from of during before after early late mid the through to for and between fiscal year "
    "summer winter spring autumn fall circa around about its his her their our this last back election season"
)
_PERSONS_AFTER = around.one_of("people persons men women children jobs workers dollars euros pounds")
_SCORE = re.compile(
    r"(?<![\w.,$£€-])([0-9]{1,3})\s?[-–]\s?([0-9]{1,3})"
    r"(?![\w%]|[.,][0-9]|-[a-z]|\s?(?:percent|per cent|million|billion))"
)
_SCORING = around.one_of(
    "win wins won beat beats beating beaten defeat defeated victory score scored lead leads led draw drew tie "
    "tied lost loss losing vote voted votes ruling ruled set sets final goal goals match game"
)


@cache
def _span_pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in _SPANS))


class Spans:
    """The stretches of one text where a number is no quantity."""

    def __init__(self, text: str) -> None:
        self._spans = sorted([*(m.span() for m in _span_pattern().finditer(text)), *_scores(text)])
        self._starts = [start for start, _ in self._spans]

    def cover(self, start: int, end: int) -> bool:
        """Whether the expression from `start` to `end` touches any of them."""
        place = bisect.bisect_left(self._starts, end)
        return any(stop > start for _, stop in self._spans[max(0, place - 2) : place])


def is_name(text: str, number: Number) -> bool:
    """Whether a bare number belongs to a name, such as "Boeing 737", "page 3" and "iPhone 6 Plus"."""
    following = around.after(text, number.end, most=1)
    if following and following[0].text in _EDITIONS and not number.is_word:
        return True
    leading = around.before(text, number.start, most=2)
    if not leading:
        return False
    word = leading[-1]
    if word.lower in _NAMED_BY and not (word.lower == "under" and not _glued(text, word, number)):
        return True
    is_capital = _is_capital(word.text) and not _opens(leading)
    return is_capital and (not number.is_word or text[number.start].isupper())


def is_year(text: str, start: int, end: int) -> bool:
    """Whether the four bare digits at `start` read as a year and not as an amount."""
    written = text[start:end]
    if len(written) != 4 or not written.isdigit() or not 1500 <= int(written) <= 2199:
        return False
    following = around.after(text, end, most=1, hyphens=True)
    leading = around.before(text, start, most=1)
    if following and following[0].lower in _PERSONS_AFTER:
        return False
    if leading and leading[0].lower in _YEAR_BEFORE:
        return True
    counts = bool(following) and following[0].lower.endswith("s") and text[end : end + 1] == " "
    return 1900 <= int(written) <= 2040 if counts else not leading or 1800 <= int(written) <= 2100


def _glued(text: str, word: around.Word, number: Number) -> bool:
    return text[word.end : number.start] == "-"


def _is_capital(word: str) -> bool:
    return any(letter.isupper() for letter in word)


def _opens(leading: list[around.Word]) -> bool:
    """Whether the capital comes from the start of a sentence rather than from a name."""
    word = leading[-1].lower
    is_shaped = len(leading) == 1 and word not in ("boeing", "beijing") and _SHAPED.search(word) is not None
    return word in _NOT_NAMES or is_shaped


def _scores(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _SCORE.finditer(text) if _is_score(text, match)]


def _is_score(text: str, match: re.Match[str]) -> bool:
    one, other = int(match[1]), int(match[2])
    if one >= other:
        return True
    start, end = match.span()
    return bool(_SCORING & {*around.nearby(text, start - 36, start), *around.nearby(text, end, end + 24)})
