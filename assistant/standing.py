"""The status of a finding: what follows from who states it, how firmly, and from how many independent origins. Pure.

The hard rules: nothing is confirmed that every origin hedges; a party about its own product confirms nothing; a copy
never confirms its original, since it has the same origin; claims against a finding never make it firmer; and articles
that are not of whom they say change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.models import Status
from assistant.vouched import VouchedClaim

_INDEPENDENT = frozenset({"own_reporting", "other_outlet", "official"})
_INTERESTED = frozenset({"party", "named_person"})
_AGAINST = frozenset({"denied", "corrected"})
_FIRM = frozenset({"stated", "forecast"})


@dataclass(frozen=True, slots=True)
class Standing:
    """A status and why, in one sentence."""

    status: Status
    reason: str


def standing(claims: Sequence[VouchedClaim]) -> Standing:
    """Of claims that say the same, one at least."""
    return _of_trusted(trusted(claims)) if trusted(claims) else _untrusted(claims)


def trusted(claims: Sequence[VouchedClaim]) -> list[VouchedClaim]:
    """Those of articles of which nobody need doubt who published them."""
    return [claim for claim in claims if claim.doubt is None]


def _of_trusted(claims: Sequence[VouchedClaim]) -> Standing:
    asserted = [claim for claim in claims if claim.label.certainty not in _AGAINST]
    firm = [claim for claim in asserted if _is_firm(claim) and claim.label.attribution in _INDEPENDENT]
    vouched = [claim for claim in asserted if _is_firm(claim) and claim.label.attribution in _INTERESTED]
    against = [claim for claim in claims if claim.label.certainty in _AGAINST]
    rules: tuple[tuple[bool, Callable[[], Standing]], ...] = (
        (bool(against) and not firm, lambda: _denied(against)),
        (any(claim.label.attribution == "official" for claim in firm), lambda: _official(firm)),
        (len(_origins(firm)) > 1, lambda: _confirmed(firm)),
        (any(_doubted_elsewhere(claim) for claim in claims), lambda: _unconfirmed(claims)),
        (bool(firm), lambda: _single(claims)),
        (bool(vouched), lambda: _attributed(vouched)),
    )
    return next((make() for holds, make in rules if holds), None) or _unconfirmed(claims)


def _is_firm(claim: VouchedClaim) -> bool:
    return claim.label.certainty in _FIRM and not claim.label.unconfirmed


def _origins(claims: Sequence[VouchedClaim]) -> set[str]:
    return {claim.origin for claim in claims}


def _denied(against: Sequence[VouchedClaim]) -> Standing:
    if all(claim.label.certainty == "corrected" for claim in against):
        return Standing("denied", f"It was corrected{_said(against[0])}.")
    return Standing("denied", f"It is denied{_said(against[0])}, and nobody firmly states it.")


def _official(firm: Sequence[VouchedClaim]) -> Standing:
    first = next(claim for claim in firm if claim.label.attribution == "official")
    return Standing("confirmed", f"An official source states it{_said(first)}.")


def _confirmed(firm: Sequence[VouchedClaim]) -> Standing:
    return Standing("confirmed", f"{_number(len(_origins(firm)))} independent origins state it.")


def _single(claims: Sequence[VouchedClaim]) -> Standing:
    articles = len({claim.article.id for claim in claims})
    if len(_origins(claims)) > 1:
        return Standing("single_source", "Only one origin states it without reserve and as its own.")
    if articles == 1:
        return Standing("single_source", "Only one origin states it.")
    return Standing("single_source", f"{_all(articles)} articles go back to one origin.")


def _attributed(vouched: Sequence[VouchedClaim]) -> Standing:
    parties = [claim for claim in vouched if claim.label.attribution == "party"]
    if parties:
        return Standing("attributed_only", f"Only an interested party says so{_said(parties[0])}.")
    return Standing("attributed_only", f"Only a named person says so{_said(vouched[0])}.")


def _unconfirmed(claims: Sequence[VouchedClaim]) -> Standing:
    articles = len({claim.article.id for claim in claims})
    who = {1: "The article", 2: "Both articles"}.get(articles, f"All {articles} articles")
    doubt = next((claim for claim in claims if _doubted_elsewhere(claim)), None)
    if doubt is not None and doubt.label.because_of is not None:
        span = doubt.label.because_of
        quote = " ".join(doubt.article.text[span.start : span.end].split())
        return Standing("unconfirmed", f"The article itself puts it in doubt: “{quote}”")
    if all(claim.label.attribution == "anonymous" for claim in claims):
        return Standing("unconfirmed", f"{who} {'rests' if articles == 1 else 'rest'} on unnamed sources.")
    rumour = next((claim for claim in claims if claim.label.certainty == "rumour"), None)
    if rumour is not None:
        return Standing("unconfirmed", f"It is told as a rumour{_said(rumour)}.")
    if all(claim.label.attribution == "social_post" for claim in claims):
        return Standing("unconfirmed", "Only posts on social media say so.")
    return Standing(
        "unconfirmed", f"{who} {'states' if articles == 1 else 'state'} it only with reserve{_said(claims[0])}."
    )


def _doubted_elsewhere(claim: VouchedClaim) -> bool:
    return claim.label.unconfirmed and any(one.rule == "disclaimer" for one in claim.label.evidence)


def _said(claim: VouchedClaim) -> str:
    """The words that decided, in brackets."""
    cues = claim.label.cues
    return f" (“{' '.join(claim.article.text[cues[0].start : cues[0].end].split())}”)" if cues else ""


def _untrusted(claims: Sequence[VouchedClaim]) -> Standing:
    reasons = list(dict.fromkeys(claim.doubt.reason for claim in claims if claim.doubt is not None))
    if len(reasons) == 1:
        return Standing("unconfirmed", f"The article that states it {reasons[0]}.")
    return Standing("unconfirmed", "Only articles state it that are not of whom they say.")


def _number(count: int) -> str:
    words = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine"}
    return words.get(count, str(count))


def _all(count: int) -> str:
    return "Both" if count == 2 else f"All {count}"
