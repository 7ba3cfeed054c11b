"""Claims and their relations as literals, for tests of what follows from them: no model, no index, no rules.

A claim says one value ("nine"). Claims of different articles agree where they say the same value and clash where they
say another, unless a test gives a table of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from assistant import conflicts, findings
from assistant.claims import Candidate, Claim, Fit
from assistant.comparing.relating import Related
from assistant.compose import Part
from assistant.conflicts import Relations
from assistant.models import Attribution, Certainty, ConflictType
from assistant.reading import Stance
from assistant.status.models import Cue, Evidence, Label
from assistant.vouched import VouchedClaim
from corpus.models import Article, Sentence, text_sha256
from index.models import Hit, StoredPassage

TypeOf = Callable[[str, str], ConflictType | None]
"""Two different values to the type of their conflict; None where both can hold."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an article says, by whose word and how firmly."""

    value: str
    article: str
    attribution: Attribution = "own_reporting"
    certainty: Certainty = "stated"
    unconfirmed: bool = False
    origin: str = ""
    """The article's own where it is empty."""
    publisher: str | None = None
    published: str | None = None
    text: str = ""
    """A sentence with the value in it, where it matters."""
    cue: str = ""
    """Words of the text that decided the label."""
    disclaimer: str = ""
    """Another sentence of the article, which puts this one in doubt."""
    stance: Stance | None = None
    log_odds: float = 2.0
    whole: bool = False
    """No words of the sentence answer alone."""

    @property
    def sentence(self) -> str:
        return self.text or f"It was {self.value}."


def claimed(said: Said) -> VouchedClaim:
    """One sentence, and after it the disclaimer if there is one, are the whole article."""
    text, sentence = said.sentence, Sentence(0, len(said.sentence))
    doubt = Sentence(len(text) + 1, len(text) + 1 + len(said.disclaimer)) if said.disclaimer else None
    article = _article(said, f"{text} {said.disclaimer}".rstrip())
    sentences = (sentence, doubt) if doubt else (sentence,)
    hit = Hit(StoredPassage(1, 1, article, 0, len(article.text), sentences), 1.0, 0.5, None)
    at = text.find(said.value)
    span = None if said.whole or at < 0 or said.stance else Sentence(at, at + len(said.value))
    fit = Fit(said.log_odds, span=span, stance=said.stance)
    return VouchedClaim(
        Claim(Candidate(hit, sentence), fit, frozenset(text.split())),
        _label(said, sentence, doubt),
        said.origin or f"origin of {said.article}",
    )


def _article(said: Said, text: str) -> Article:
    return Article(
        id=said.article, revision=1, text=text, sha256=text_sha256(text), source="/x",
        publisher=said.publisher, published=said.published,
    )  # fmt: skip


def _label(said: Said, sentence: Sentence, doubt: Sentence | None) -> Label:
    start = said.sentence.index(said.cue) if said.cue else 0
    return Label(
        sentence,
        said.attribution,
        said.certainty,
        said.unconfirmed or doubt is not None,
        cues=(Cue(start, start + len(said.cue)),) if said.cue else (),
        because_of=doubt,
        evidence=(Evidence("disclaimer", 1.0),) if doubt else (),
    )


def number(_: str, __: str) -> ConflictType | None:
    """Different values are different figures."""
    return "number"


def related(one: str, other: str, type_of: TypeOf = number) -> Related:
    if one == other:
        return Related("agree", None, "Both say the same.", 0.1, 0.9)
    kind = type_of(one, other)
    if kind is None:
        return Related("compatible", None, "Both can hold.", 0.1, 0.1)
    return Related("conflict", kind, f"{' and '.join(sorted((one, other)))} cannot both hold.", 0.9, 0.1)


def relations(some: Sequence[Said], type_of: TypeOf = number) -> Relations:
    """Of claims of different articles, as the answering stage compares them."""
    return {
        (a, b): related(some[a].value, some[b].value, type_of)
        for a, b in combinations(range(len(some)), 2)
        if some[a].article != some[b].article
    }


def judged(
    some: Sequence[Said],
    *,
    type_of: TypeOf = number,
    between: Relations | None = None,
    chosen: Sequence[int] | None = None,
    question: str = "How many were there?",
) -> Part:
    """The pure stages after comparing, in the order of `answering.judge`; everything is cited unless told otherwise."""
    claims = [claimed(one) for one in some]
    known = relations(some, type_of) if between is None else between
    groups = conflicts.groups(claims, known)
    doubted = conflicts.clashes(groups, known)
    clashes = findings.disputes(claims, doubted)
    found = findings.findings(claims, groups, clashes)
    cited = range(len(some)) if chosen is None else chosen
    return Part(question, claims, cited, found, clashes, doubted, known)


def copies(said: Said, count: int) -> list[Said]:
    """The same words in as many other articles, going back to the same origin."""
    origin = said.origin or f"origin of {said.article}"
    return [replace(said, article=f"{said.article} copy {at}", origin=origin) for at in range(count)]


def statuses(part: Part) -> dict[str, set[str]]:
    """The statuses of what says each value, by the article's own words."""
    found: dict[str, set[str]] = {}
    for one in part.found:
        quote = part.claims[one.group.best].candidate.quote
        found.setdefault(quote, set()).add(one.standing.status)
    return found


def sides(part: Part) -> set[tuple[str, frozenset[str]]]:
    """Every conflict as its type and the quotes that stand for its sides."""
    return {
        (clash.type, frozenset(part.claims[side.best].candidate.quote for side in clash.sides))
        for clash in part.clashes
    }
