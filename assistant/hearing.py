"""What the articles say to a statement: the sentences nearest to it, each with everything that speaks for or against.

Models are called here, each once with all sentences; what follows from their answers is for `verdicts`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant import claims, verdicts
from assistant.answering import Embed
from assistant.check_policy import CheckPolicy
from assistant.claims import Claim, Fit
from assistant.comparing import names
from assistant.comparing.judgement import is_it_true
from assistant.comparing.relating import Related
from assistant.comparing.statement import Statement
from assistant.distortion import Witness, asserted, differences
from assistant.reading import Pair, Read, Stance
from assistant.stating import statement as stated
from assistant.verdicts import Heard
from assistant.vouched import LabelArticle, VouchedClaim, vouched
from corpus.models import Sentence
from index.lexical import terms
from index.models import Hit
from index.view import View

RelateBare = Callable[[Sequence[tuple[Statement, Statement]]], Sequence[Related]]
"""Pairs of statements without a question: how they stand to each other."""
Stances = Callable[[str, Sequence[Hit]], Sequence[Stance]]
"""A yes/no question and hits: what each passage says to it."""

_SLOPE, _EVEN = 12.0, 0.66
"""Bring likeness to the scale of log-odds, as `scoring` does."""


@dataclass(frozen=True, slots=True)
class Tools:
    """The models, the rules that label, and the numbers."""

    stances: Stances
    label: LabelArticle
    relate: RelateBare
    policy: CheckPolicy


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence and how near it is to the statement: 0 to 1."""

    claim: Claim
    likeness: float


def nearest(hits: Sequence[Hit], vector: NDArray[np.float32], weights: Mapping[str, float], embed: Embed) -> list[Near]:
    """The sentences of the hits, nearest first. `vector` is the statement's, shape (dimension,), length 1."""
    found = claims.candidates(hits)
    if not found:
        return []
    cosines = (embed([candidate.quote for candidate in found]) @ vector).tolist()
    likeness: dict[Claim, float] = {}
    for candidate, cosine in zip(found, cosines, strict=True):
        words = frozenset(terms(candidate.quote))
        alike = (cosine + claims.overlap(weights, words)) / 2
        likeness[Claim(candidate, Fit(_SLOPE * (alike - _EVEN)), words)] = alike
    return [Near(claim, likeness[claim]) for claim in claims.ranked(list(likeness))]


def hear(text: str, near: Sequence[Near], weights: Mapping[str, float], *, tools: Tools, view: View) -> list[Heard]:
    """The sentences near enough to be set beside the statement `text`, nearest first."""
    some = [one for one in near if one.likeness >= tools.policy.least][: tools.policy.compared]
    numbers = {one.claim.candidate.hit.passage.article_number for one in some}
    sentences = view.sentences_of(numbers)
    labelled = vouched(
        [one.claim for one in some], sentences=sentences, origins=view.origins_of(numbers), label=tools.label
    )
    witnesses = [_witness(claim, sentences) for claim in labelled]
    statement = asserted(Statement(text))
    related = tools.relate([(statement, witness.asserted) for witness in witnesses])
    stances = tools.stances(is_it_true(text), [claim.candidate.hit for claim in labelled])
    return [
        Heard(
            claim=claim,
            differences=differences(statement, witness),
            related=how,
            stance=stance,
            likeness=one.likeness,
            covered=claims.overlap(weights, one.claim.terms),
            covered_around=claims.overlap(weights, frozenset(terms(f"{witness.sentence.text} {witness.context}"))),
            verbatim=statement.words <= witness.asserted.words,
            future=verdicts.of_future(statement),
        )
        for one, claim, witness, how, stance in zip(some, labelled, witnesses, related, stances, strict=True)
    ]


def _witness(claim: VouchedClaim, sentences: Mapping[int, Sequence[Sentence]]) -> Witness:
    article, number = claim.article, claim.candidate.hit.passage.article_number
    spans = list(sentences[number])
    at = spans.index(claim.candidate.sentence)
    beside = [spans[other] for other in sorted({0, at - 1, at + 1} - {at}) if 0 <= other < len(spans)]
    around = [article.text[span.start : span.end] for span in beside]
    return Witness(stated(claim), context="\n".join([article.title or "", *around]), capitals=names.known(article.text))


def stances(question: str, hits: Sequence[Hit], read: Read) -> list[Stance]:
    """Stance i is of hit i. Each passage is read once, however many of its sentences are asked for."""
    passages = {hit.passage.number: hit.passage for hit in hits}
    pairs = [Pair(question.casefold(), passage.article.title, passage.text) for passage in passages.values()]
    found = dict(zip(passages, read(pairs), strict=True))
    return [found[hit.passage.number].stance for hit in hits]
