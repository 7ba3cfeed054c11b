"""What an answer that is asked to explain tells of each pair of claims: how they stand to each other, and why. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.comparing.relating import Related
from assistant.conflicts import Relations
from assistant.models import Comparison, Quote
from assistant.vouched import VouchedClaim


def comparisons(claims: Sequence[VouchedClaim], relations: Relations) -> list[Comparison]:
    """Every pair that was compared: conflicts first, then by how likely each was one."""
    found = [_comparison(claims[a], claims[b], how) for (a, b), how in relations.items()]
    return sorted(found, key=lambda one: (one.relation != "conflict", -one.conflict))


def _comparison(a: VouchedClaim, b: VouchedClaim, how: Related) -> Comparison:
    return Comparison(
        sentences=(_quote(a), _quote(b)),
        relation=how.relation,
        type=how.type,
        reason=how.reason,
        conflict=round(how.conflict, 4),
        agree=round(how.agree, 4),
    )


def _quote(claim: VouchedClaim) -> Quote:
    sentence = claim.candidate.sentence
    return Quote(article_id=claim.article.id, start=sentence.start, end=sentence.end, quote=claim.candidate.quote)
