"""From judged claims to an `Answer`: text made of quotes, citations, findings and conflicts with their numbers.

Nothing is judged here and no word is added to what the articles say but fixed connecting ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant import explaining, findings
from assistant.claims import Claim
from assistant.comparing.statement import meaning
from assistant.conflicts import Clash, Group, Relations
from assistant.doubting import doubts_of
from assistant.findings import Found
from assistant.models import (
    Answer,
    Citation,
    Comparison,
    Conflict,
    Finding,
    Question,
    Side,
    Span,
    Timings,
    WorkspaceStamp,
)
from assistant.standing import Standing
from assistant.stating import shown_value
from assistant.vouched import VouchedClaim
from corpus.models import Article, Sentence

_NOT_COVERED = "Nothing in the articles bears on this question."
_MENTIONED = "The articles mention what the question is about, but nothing in them answers it."
_NO_ARTICLES = "No article could be searched: the workspace is empty, or the filters leave nothing."
_DOUBT = "But:"
_SHARED = 2
"""Words that two disclaimers share at least to be about the same thing."""
_FIRMEST_LAST = (
    "contested", "denied", "unconfirmed", "superseded", "attributed_only", "single_source", "confirmed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One question with what was judged of it. Several are typed as one now and then."""

    question: str
    claims: Sequence[VouchedClaim]
    """All that bear on it, best first."""
    chosen: Sequence[int]
    """Places in `claims` of those to cite."""
    found: Sequence[Found]
    clashes: Sequence[Clash]
    doubted: Sequence[Clash] = ()
    """All clashes, also those in which one hand asserts nothing."""
    relations: Relations = field(default_factory=dict)
    """How each pair of claims stands to each other."""

    @property
    def standing(self) -> Standing:
        return findings.overall(self.found, self.clashes, self.claims, doubted=self.doubted)

    def cited(self) -> list[VouchedClaim]:
        """The chosen, and the best claim of every side of a conflict; as they are read, article by article."""
        sides = [side.best for clash in self.clashes for side in clash.sides]
        places = list(dict.fromkeys([*self.chosen, *sides]))
        return _in_reading_order([self.claims[at] for at in places])

    def doubts(self) -> list[tuple[VouchedClaim, Sentence]]:
        """Sentences elsewhere in the articles that put what is cited in doubt: one an article.

        Where one article says so of what is asked about, another that says so of the same thing is quoted too, although
        its own sentence is cited as it stands.
        """
        cited = self.cited()
        found = {claim.article.id: (claim, place) for claim in cited if (place := _covering(claim)) is not None}
        about = frozenset(word for claim, place in found.values() for word in _words(claim, place))
        for claim in cited if found else []:
            others = [place for place in claim.label.doubts if len(about & _words(claim, place)) >= _SHARED]
            if claim.article.id not in found and others:
                found[claim.article.id] = (claim, others[0])
        return list(found.values())


def _covering(claim: VouchedClaim) -> Sentence | None:
    """The disclaimer that covers the claim, if one does."""
    return claim.label.because_of if any(one.rule == "disclaimer" for one in claim.label.evidence) else None


def _words(claim: VouchedClaim, place: Sentence) -> frozenset[str]:
    return meaning(claim.article.text[place.start : place.end])


def compose(
    question: Question,
    judged: Sequence[Part],
    closest: Sequence[Claim],
    *,
    searched: bool,
    mentioned: bool,
    warnings: Sequence[str],
    timings: Timings,
    workspace: WorkspaceStamp,
    settings_hash: str,
) -> Answer:
    """The answer; `not_covered`, with the closest named as such, where nothing bears on any part of the question."""
    covered = [part for part in judged if part.claims]
    numbered = _Numbered(covered)
    standing = _overall(covered) or Standing("not_covered", _why_not(searched=searched, mentioned=mentioned))
    return Answer(
        id=question.id or question_id(question),
        question=question.text,
        as_of=question.as_of,
        status=standing.status,
        reason=standing.reason,
        text=numbered.text() if covered else standing.reason,
        findings=tuple(one for part in covered for one in _findings(part, numbered)),
        conflicts=tuple(_conflict(clash, part, numbered) for part in covered for clash in part.clashes),
        citations=tuple(numbered.citations),
        closest=() if covered else tuple(_plain(n, claim) for n, claim in enumerate(_once(closest), start=1)),
        comparisons=_explained(covered) if question.explain else (),
        warnings=(*warnings, *_unanswered(judged, covered), *doubts_of(numbered.citations)),
        timings_ms=timings,
        workspace=workspace,
        settings_hash=settings_hash,
    )


class _Numbered:
    """The citations of an answer in order of appearance, and the text that they are numbered by."""

    def __init__(self, covered: Sequence[Part]) -> None:
        self.citations: list[Citation] = []
        self._numbers: dict[tuple[str, int], int] = {}
        self._sentences: list[str] = []
        for part in covered:
            for claim in part.cited():
                self._cite(claim, claim.candidate.sentence, before="")
        for part in covered:
            for claim, sentence in part.doubts():
                self._cite(claim, sentence, before=f"{_DOUBT} ")

    def text(self) -> str:
        return " ".join(self._sentences)

    def of(self, claims: Iterable[VouchedClaim]) -> tuple[int, ...]:
        """Numbers of those that are cited."""
        places = ((claim.article.id, claim.candidate.sentence.start) for claim in claims)
        return tuple(sorted(self._numbers[place] for place in places if place in self._numbers))

    def _cite(self, claim: VouchedClaim, sentence: Sentence, *, before: str) -> None:
        place = (claim.article.id, sentence.start)
        if place in self._numbers:
            return
        number = self._numbers[place] = len(self._numbers) + 1
        made = _citation(number, claim) if not before else _doubt(number, claim, sentence)
        self.citations.append(made)
        self._sentences.append(f"{before}{made.quote} [{number}]")


def _overall(covered: Sequence[Part]) -> Standing | None:
    """Of several parts, the least firm."""
    return min((part.standing for part in covered), key=lambda one: _FIRMEST_LAST.index(one.status), default=None)


def _why_not(*, searched: bool, mentioned: bool) -> str:
    if not searched:
        return _NO_ARTICLES
    return _MENTIONED if mentioned else _NOT_COVERED


def _unanswered(judged: Sequence[Part], covered: Sequence[Part]) -> list[str]:
    """Parts that nothing answers, where others are answered."""
    return [f"Nothing answers “{part.question}”" for part in judged if covered and not part.claims]


def _in_reading_order(claims: Sequence[VouchedClaim]) -> list[VouchedClaim]:
    """Articles in the order of their best claim; within an article, as it was written."""
    articles = list(dict.fromkeys(claim.article.id for claim in claims))
    return sorted(claims, key=lambda claim: (articles.index(claim.article.id), claim.candidate.sentence.start))


def _findings(part: Part, numbered: _Numbered) -> list[Finding]:
    """Those of which something is cited."""
    found = []
    for one in part.found:
        members = [part.claims[at] for at in one.group.members]
        if numbers := numbered.of(members):
            found.append(
                Finding(
                    text=_said(next(one for one in members if numbered.of([one]))),
                    status=one.standing.status,
                    reason=one.standing.reason,
                    citations=numbers,
                    articles=one.articles,
                    origins=one.origins,
                )
            )
    return found


def _said(claim: VouchedClaim) -> str:
    """The answering words, or the whole sentence where no words in it answer alone."""
    span = claim.claim.fit.span
    return ("" if span is None else claim.article.text[span.start : span.end]) or claim.candidate.quote


def _conflict(clash: Clash, part: Part, numbered: _Numbered) -> Conflict:
    return Conflict(
        type=clash.type,
        reason=clash.strongest.reason,
        comparable=True,
        sides=tuple(_side(side, part, numbered) for side in clash.sides),
    )


def _side(side: Group, part: Part, numbered: _Numbered) -> Side:
    members = [part.claims[at] for at in side.members]
    value, normalized = shown_value(members[0])
    return Side(
        value=value,
        normalized=normalized,
        citations=numbered.of(members),
        articles=len({claim.article.id for claim in members}),
        origins=findings.origins(members),
    )


def _explained(covered: Sequence[Part]) -> tuple[Comparison, ...]:
    return tuple(one for part in covered for one in explaining.comparisons(part.claims, part.relations))


def _citation(number: int, claim: VouchedClaim) -> Citation:
    """Where the claim stands, exactly, and who vouches for it."""
    label = claim.label
    return _of(
        number,
        claim.article,
        claim.candidate.sentence,
        score=round(claim.claim.probability, 4),
        attribution=label.attribution,
        certainty=label.certainty,
        cues=tuple(_span(claim.article, cue.start, cue.end) for cue in label.cues),
        origin=claim.origin,
    )


def _doubt(number: int, claim: VouchedClaim, sentence: Sentence) -> Citation:
    return _of(
        number,
        claim.article,
        sentence,
        score=round(claim.claim.probability, 4),
        attribution="own_reporting",
        certainty="stated",
        origin=claim.origin,
    )


def _plain(number: int, claim: Claim) -> Citation:
    return _of(number, claim.candidate.article, claim.candidate.sentence, score=round(claim.probability, 4))


def _once(claims: Sequence[Claim]) -> list[Claim]:
    return list({(one.candidate.article.id, one.candidate.sentence.start): one for one in claims}.values())


def _of(number: int, article: Article, sentence: Sentence, **labels: object) -> Citation:
    return Citation.model_validate(
        {
            "number": number,
            "article_id": article.id,
            "revision": article.revision,
            "title": article.title,
            "publisher": article.publisher,
            "author": article.author,
            "url": article.url,
            "published": article.published,
            "quote": article.text[sentence.start : sentence.end],
            "start": sentence.start,
            "end": sentence.end,
            "sha256": article.sha256,
            **labels,
        }
    )


def _span(article: Article, start: int, end: int) -> Span:
    return Span(text=article.text[start:end], start=start, end=end)


def question_id(question: Question) -> str:
    """The same question with the same filters has the same id, whether or not it asks to explain."""
    return "q-" + hashlib.sha256(question.model_dump_json(exclude={"explain"}).encode()).hexdigest()[:12]
