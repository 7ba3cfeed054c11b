"""How outlets word it when they speak of their own text: what was wrong in it, and what was changed.

Patterns alone; which sentences are held against them, and what else makes a notice, stands in `corrections`, which
imports this module only where a text looks like it: compiling all of it takes 15 ms.
"""

from __future__ import annotations

import re
from typing import Literal

NoticeKind = Literal["correction", "clarification", "update", "retraction"]


def _pattern(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts), re.IGNORECASE)


# Words

_NOUN = (
    r"(?:stor(?:y|ies)|articles?|posts?|pieces?|columns?|reports?|op-ed|essay|review|blog|page|file|transcript|item|"
    r"gallery|graphic|video|list|caption|summary|interview|newsletter|obituary|profile|editorial|podcast|map|chart|"
    r"headline|analysis|feature|dispatch|fact[ -]check|live ?blog)"
)
_OWN = rf"(?:this|these|our|the following|the above) (?:\w+ )?{_NOUN}(?: and (?:its |the )?headline)?"
_SINCE = r"(?:(?:also|since|now|subsequently|later|been) )*(?:\w+ly )?"
_CHANGED = r"(?:updated?|corrected|amended|revised|edited|changed|modified|clarified|altered|rewritten)"
_GONE = r"(?:retracted|withdrawn|removed|deleted|unpublished|taken down)"
_WRONGLY = r"(?:incorrectly|wrongly|mistakenly|erroneously|inaccurately)"
_SAID = (
    r"(?:said|stated|reported|gave|cited|presented|listed|identified|named|described|referred|quoted|suggested|claimed|"
    r"attributed|implied|contained|omitted|included|indicated|noted)"
)
_MISTOOK = (
    r"mis(?:s?tated|spelled|spelt|identified|attributed|quoted|named|characteri[sz]ed|represented|interpreted|labell?ed|"
    r"counted|calculated)"
)
_WRONG = rf"(?:{_MISTOOK}|incorrect\w*|inaccura\w+|erroneous\w*|wrong\w*|mistaken\w*|false\w*|{_SAID})\b"
_EARLIER = r"(?:earlier|previous|prior|original|early|initial)"
_MISTAKE = r"(?:error|mistake|confusion|misunderstanding|inaccurac(?:y|ies)|oversight|omission)s?"

# Labels: "Correction (3 May):", "UPDATE, 11:20 a.m. -", "Editor's note:"

_MONTHS = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WHEN = (
    r"(?:[\s,(]+(?:(?:as of|at|on|of|from)\s+)?"
    rf"(?:\d[\d:./]*(?:st|nd|rd|th)?(?:\s?[ap]\.?m\b\.?)?|[ap]\.?m\b\.?|{_MONTHS}|{_DAYS}|(?-i:[A-Z]{{2,4}})\b)\)?){{1,8}}"
)
_LABELS = (
    r"(?P<both>corrections?\s*(?:and|&|/|or)\s*clarifications?|clarifications?\s*(?:and|&|/|or)\s*corrections?)"
    r"|(?P<correction>corrections?|corrected|corrigend(?:um|a))"
    r"|(?P<clarification>clarifications?|clarified)"
    r"|(?P<retraction>retractions?|retracted)"
    r"|(?P<update>updated?(?: to (?:the )?(?:original|earlier) (?:story|article|post))?)"
    r"|(?P<note>(?:editor|ed|publisher)s?['’]?s?['’]?\.? note|note (?:to|for) (?:our )?(?:readers|editors))"
)

LABEL = _pattern(rf"(?:{_LABELS})(?P<when>{_WHEN})?\s*(?::|!|\s[-–—]+)(?=\s|$|\()")
"""At the head of a sentence that says more behind it."""
LONE_LABEL = _pattern(rf"(?:{_LABELS})(?P<when>{_WHEN})?$")
"""All of a line."""
CLOCK = _pattern(r"\W*updated?\b[^:]{0,20}\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b")
"""At the head of a notice: an update that bears a time of day."""

# Sentences without a label

OF_ITSELF = (
    # "An earlier version of this story misstated ..."; "... was misspelled in a previous version of this story"
    _pattern(
        rf"\b{_EARLIER} (?:\w+ ){{0,2}}(?:version|edition|headline|caption|title|summary)s? ",
        rf"(?:of|to|on|for|in|with|accompanying) (?:an? )?(?:earlier version of )?{_OWN}\b",
    ),
    _pattern(rf"\b{_EARLIER} (?:\w+ )?(?:version|headline|photo caption)(?: \w+){{0,2}} {_WRONG}"),
    _pattern(
        rf"\b{_EARLIER} (?:version|edition|summary)s? (?:of|with) (?:the|an?) (?:\w+ )?{_NOUN}\b.{{0,200}} {_WRONG}"
    ),
    # "This story has been corrected to show ..."; "This headline and story have been updated to clarify ..."
    _pattern(
        rf"\b(?:the headline of )?{_OWN}(?: and {_NOUN})? (?:has|have|was|were|is|had) {_SINCE}(?:been )?(?:\w+ly )?",
        rf"{_CHANGED}\b(?! (?:for (?:length|brevity|space|clarity|style)|regularly|daily|frequently|continu\w+|every|",
        r"constantly|hourly|throughout))",
    ),
    _pattern(rf"\b(?:this|our) (?:story|article|post|report|piece|column) (?:has|was|is) {_SINCE}(?:been )?{_GONE}\b"),
    _pattern(
        rf"^(?:the|an?) (?:{_NOUN}|error|mistake|spelling of .{{3,60}}) (?:has|have) {_SINCE}(?:been )?",
        r"(?:corrected|amended|updated)\b",
    ),
    # "This article originally misstated ..."
    _pattern(
        rf"\b{_OWN} (?:(?:has|had) )?(?:also )?(?:originally|previously|initially|at first|{_WRONGLY}) ",
        rf"(?:{_WRONGLY} )?{_WRONG}",
    ),
    _pattern(rf"\b{_OWN} {_MISTOOK}\b"),
    # "This version corrects the spelling in paragraph 3"; "This is a corrected version of the story"
    _pattern(
        rf"\bthis (?:\w+ )?(?:version|{_NOUN})(?: of (?:the|this) {_NOUN})? ",
        r"(?:corrects|clarifies|fixes|removes|deletes)\b",
    ),
    _pattern(rf"\bthis is an? (?:corrected|updated|amended|revised) version of (?:the|this|an earlier) {_NOUN}"),
    # In the first person
    _pattern(
        rf"\bwe(?:['’]ve| have| had)? {_SINCE}(?:{_CHANGED}|{_GONE}) ",
        rf"(?:(?:the|this|our) (?:original |earlier )?{_NOUN}|the (?:text|wording|language|spelling))\b",
    ),
    _pattern(
        r"\bwe (?:deeply |sincerely )?(?:regret|apologi[sz]e for) ",
        rf"(?:the|this|that|our|any|these) (?:\w+ )?{_MISTAKE}\b",
    ),
    # "A correction was made on ..."; "Correction appended"; "Updated to reflect ..."
    _pattern(
        r"^an? (?:correction|clarification|retraction) (?:was|has been) ",
        r"(?:made|added|appended|issued|published|posted) (?:on|to|at) ",
    ),
    _pattern(r"^(?:correction|clarification)s? (?:appended|added)\b"),
    _pattern(r"^updated (?:to|with) (?:reflect|clarify|correct|include|add|note|show|remove|new|comment|detail)\w*\b"),
)
"""A sentence in which an outlet speaks of its own text."""

AGENCY = _pattern(
    r"\((?:this (?:[\w.]+ ){0,4}(?:story|version|article|report) )?",
    r"(?:corrects?|clarifies|refiles|removes|fixes|deletes|drops|changes|(?P<adds>adds|updates|recasts)) ",
    r"[^()]{3,400}\)",
)
"""As news agencies put it, in brackets: "(Corrects spelling in paragraph 3)"."""

# Which kind

_RETRACTION = _pattern(
    r"\bretract(?:s|ed|ions?)\b|",
    rf"\b(?:story|article|post|report|piece|column) (?:has|was|is) {_SINCE}(?:been )?{_GONE}\b|",
    rf"\bwe(?:['’]ve| have)? {_SINCE}{_GONE} (?:this|the|our) (?:story|article|post|report|piece|column)\b",
)
_IN_ERROR = r"correct\w*|incorrect\w*|inaccura\w+|erroneous\w*|errors?|wrong\w*|mistak\w+|misstat\w+|misspel\w+"
_FAULTY = _pattern(rf"\b(?:{_IN_ERROR})\b")
_CORRECTION = _pattern(
    rf"\b(?:{_IN_ERROR}|accurate\w*|regret|apologi\w+|{_MISTOOK}|false\w*|fixes|removes?|deletes|",
    rf"{_EARLIER} (?:\w+ ){{0,2}}(?:version|edition|headline|caption|summary))\b",
)
_CLARIFICATION = _pattern(r"\bclari\w+|\b(?:un)?clear(?:er|ly)?\b")

_MORE = r"(?:additional|further|new|newer|latest|more|recent|subsequent|breaking|extra)"
_ROUTINE = _pattern(
    rf"\b{_CHANGED} (?:with\b(?! (?:the |a )?correct)|to (?:include|add|incorporate)\b|",
    rf"to reflect (?:\w+ ){{0,2}}{_MORE}\b|following\b)",
    rf"|\b{_CHANGED}(?: (?:at|on|as of|throughout|several|since|multiple)\b.*| \w+day)?\W*$",
)


def kind(said: str) -> NoticeKind:
    """By its words: what was withdrawn, then what was wrong, then what was made clear; else an update."""
    if _RETRACTION.search(said):
        return "retraction"
    if _CLARIFICATION.search(said) and not _FAULTY.search(said):
        return "clarification"
    return "correction" if _CORRECTION.search(said) else "update"


def kind_by_label(label: re.Match[str], said: str) -> NoticeKind:
    """A label says which, but an "update" may be one that sets right what was wrong."""
    if label["retraction"] is not None:
        return "retraction"
    if label["clarification"] is not None:
        return "clarification"
    if label["update"] is not None:
        return kind(said) if speaks_of_itself(said) else "update"
    return "correction"


def is_routine(said: str) -> bool:
    """Whether an update only says that there is more now, or that something was changed."""
    return _ROUTINE.search(said) is not None


def speaks_of_itself(said: str) -> bool:
    return any(rule.search(said) for rule in OF_ITSELF)
