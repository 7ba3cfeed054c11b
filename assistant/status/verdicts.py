"""From what was read of each sentence to its label: attribution, certainty, whether it is unconfirmed, and the cues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.status import disclaimers, posts
from assistant.status.certainty import HEARSAY, Reading
from assistant.status.choosing import Voucher
from assistant.status.disclaimers import Disclaimer
from assistant.status.models import Cue, Evidence, Label
from assistant.status.words import Words

if TYPE_CHECKING:
    from assistant.models import Attribution, Certainty
    from assistant.status.carrying import Vouched

BY_DISCLAIMER = "disclaimer"
"""Rule of the evidence that a disclaimer, which `because_of` names, makes a sentence unconfirmed."""
_LABEL = 4
"""Words from the start within which "Correction" or "an earlier version" is a label."""
_HEARD = frozenset(("hedged", "rumour", "denied"))
_DOUBTED = frozenset(("anonymous", "other_outlet", "social_post"))
_PLAIN_DOUBT = 1.0
"""Strength of a disclaimer from which on it covers what somebody vouches for by name: it says "not confirmed"."""


@dataclass(frozen=True, slots=True)
class Read:
    """What the rules found in one sentence by itself."""

    words: Words
    voucher: Voucher | None
    firmness: Reading
    vacuous: bool


@dataclass(frozen=True, slots=True)
class _Vouching:
    """Who vouches for a sentence, by which rule, and how far that rule is to be trusted."""

    attribution: Attribution
    rule: str
    strength: float


def labels(reads: Sequence[Read], vouched: Sequence[Vouched | None]) -> list[Label]:
    """A label for each sentence of an article."""
    rows = [read.words for read in reads]
    vouching = [_Vouching(*_attribution(read, carried)) for read, carried in zip(reads, vouched, strict=True)]
    passed_on = [_passes_on(by, read.firmness.certainty) for by, read in zip(vouching, reads, strict=True)]
    doubts = disclaimers.find(rows)
    covered = disclaimers.cover(rows, doubts, reported=passed_on)
    doubted = {doubt.number for doubt in doubts}
    doubtful = _doubtful(vouching, reads)
    places = tuple(rows[number].sentence for number in sorted(doubted))
    found = []
    for number, carried in enumerate(vouched):
        doubt = None if number in doubted else covered.get(number)
        made = _label(reads, number, vouching[number], carried, doubt=doubt, doubtful=doubtful)
        found.append(replace(made, doubts=places))
    return found


def _passes_on(vouching: _Vouching, certainty: Certainty) -> bool:
    """Whether a sentence tells what others are said to say, which is what disclaimers are about."""
    if vouching.attribution == "none" or certainty in ("denied", "corrected"):
        return False
    return vouching.attribution in _DOUBTED or certainty == "rumour"


def _doubtful(vouching: Sequence[_Vouching], reads: Sequence[Read]) -> bool:
    """Whether an article is about a doubtful story: a share of its claims is rumour, denied, hedged or by nobody."""
    claims = [
        (by, read.firmness.certainty) for by, read in zip(vouching, reads, strict=True) if by.attribution != "none"
    ]
    weight = sum(_WEIGHTS.get(certainty, 0.0) + (by.attribution == "anonymous") / 2 for by, certainty in claims)
    return weight >= _DOUBTFUL_SHARE * len(claims)


_WEIGHTS: dict[str, float] = {"rumour": 1.0, "denied": 1.0, "corrected": 1.0, "hedged": 0.5}
_DOUBTFUL_SHARE = 0.1


def _label(
    reads: Sequence[Read],
    number: int,
    vouching: _Vouching,
    carried: Vouched | None,
    *,
    doubt: Disclaimer | None,
    doubtful: bool,
) -> Label:
    read = reads[number]
    evidence = Evidence(vouching.rule, vouching.strength)
    if vouching.attribution == "none":
        return Label(read.words.sentence, "none", "stated", unconfirmed=False, evidence=(evidence,))
    certainty: Certainty = read.firmness.certainty
    unconfirmed = _unconfirmed(vouching.attribution, certainty, doubt=doubt, doubtful=doubtful)
    because = _because(read, number, carried, doubt if unconfirmed else None)
    by_doubt = doubt is not None and because == doubt.number
    return Label(
        read.words.sentence,
        vouching.attribution,
        certainty,
        unconfirmed=unconfirmed,
        cues=tuple(_cues(read)),
        because_of=None if because is None else reads[because].words.sentence,
        evidence=(evidence, *_evidence(doubt if by_doubt else None), Evidence(certainty, read.firmness.strength)),
    )


def _evidence(doubt: Disclaimer | None) -> tuple[Evidence, ...]:
    return () if doubt is None else (Evidence(BY_DISCLAIMER, doubt.strength),)


def _because(read: Read, number: int, carried: Vouched | None, doubt: Disclaimer | None) -> int | None:
    """Number of the other sentence that decided: the speaker's, else the disclaimer's."""
    if read.voucher is not None and read.voucher.speaker.named_in != number:
        return read.voucher.speaker.named_in
    if read.voucher is None and carried is not None:
        return carried.by
    return None if doubt is None else doubt.number


def _attribution(read: Read, carried: Vouched | None) -> tuple[Attribution, str, float]:
    if posts.is_post(read.words):
        return "social_post", "post", 0.85
    if read.vacuous and carried is None:
        return "none", "vacuous", 0.7
    if read.voucher is not None and not _corrects_itself(read):
        kind = read.voucher.speaker.kind
        return kind.attribution, kind.rule, kind.strength
    if carried is not None and not _corrects_itself(read):
        kind = carried.speaker.kind
        return kind.attribution, carried.rule, kind.strength * 0.8
    if posts.by_crowd(read.words):
        return "social_post", "crowd", 0.6
    if read.firmness.certainty in _HEARD and any(cue.kind in HEARSAY for cue in read.firmness.cues):
        return "anonymous", "hearsay", 0.7
    if _opens_with_sources(read.words):
        return "anonymous", "unnamed_subject", 0.6
    return "own_reporting", "nobody_named", 0.6


def _opens_with_sources(words: Words) -> bool:
    """`Several sources gave the paper an account`"""
    low = words.low[:5]
    return (
        any(word in ("sources", "insiders") and not words.quoted[at] for at, word in enumerate(low)) and "of" not in low
    )


def _corrects_itself(read: Read) -> bool:
    """`Correction: an earlier version said`: the article's own, whatever it said."""
    firm = read.firmness
    return (
        firm.certainty == "corrected"
        and not read.words.begins_inside
        and (not firm.cues or firm.cues[0].start <= _LABEL)
    )


def _unconfirmed(attribution: Attribution, certainty: Certainty, *, doubt: Disclaimer | None, doubtful: bool) -> bool:
    if certainty in ("denied", "corrected"):
        return False
    if attribution == "anonymous" or certainty in ("hedged", "rumour"):
        return True
    if attribution in _DOUBTED:
        return doubtful or doubt is not None
    return doubt is not None and doubt.strength >= _PLAIN_DOUBT


def _cues(read: Read) -> Iterator[Cue]:
    """The clause that vouches and the cues of certainty, in order, without overlaps."""
    words = read.words
    spans = [(cue.start, cue.end) for cue in read.firmness.cues]
    if read.voucher is not None:
        spans.append(read.voucher.clause.span)
    last = -1
    for first, end in sorted(spans):
        if first >= last:
            yield Cue(words.offset(first), words.end(end - 1))
            last = end
