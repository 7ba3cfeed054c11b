"""Which type a conflict has, by rules over words and values. Pure; that it is one was decided before."""

from __future__ import annotations

import re

from assistant.comparing.statement import Statement, meaning
from assistant.comparing.updates import updates
from assistant.comparing.values import Values
from assistant.kinds import Kind
from assistant.models import ConflictType


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


_NEVER_SAID = _any_of(
    r"never (?:said|told|made|claimed|suggested|spoke)|did(?: not|n['’]t) (?:say|tell|make|use|utter)",
    r"denie[sd] (?:ever )?(?:saying|making|telling|having said)|misquoted|falsely attributed",
    r"taken out of context|no such (?:remark|statement|comment|quote)",
)
_OPINION = _any_of(
    r"believes?|thinks?|argue[sd]?|should|ought|praised|criticis?z?ed|condemned|welcomed|called (?:it|the)",
    r"in (?:his|her|their) (?:view|opinion)|disagree[sd]?|best|worst|wrong|right|reckless|brilliant|unfair",
)
_NAMING = frozenset({"person", "place"})


def kind_of_conflict(a: Statement, b: Statement, clash: Values | None, *, kind: Kind | None = None) -> ConflictType:
    """`clash` are the figures or dates that clash, if some do; `kind` is that of the question, if there is one."""
    if bool(_NEVER_SAID.search(a.text)) != bool(_NEVER_SAID.search(b.text)):
        return "attribution"
    if updates(a, b, clash):
        return "superseded"
    if kind in _NAMING:
        return "identity"
    if clash is not None and (clash.answering or clash.alike > 0):
        return "date" if clash.are_dates else "number"
    if {a.stance, b.stance} == {"yes", "no"}:
        return "opinion" if _OPINION.search(a.text) and _OPINION.search(b.text) else "polarity"
    one, other = meaning(a.answering), meaning(b.answering)
    if one and other and not one & other and (a.negations > 0) == (b.negations > 0):
        return "identity"
    return "polarity"
