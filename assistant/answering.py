"""The stages from a question to an answer, as one straight function.

Each stage takes frozen values and returns new ones. Where this function seems to need an `if`, a stage is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from assistant import claims, conflicts, findings
from assistant.claims import Claim
from assistant.comparing.asked_values import with_own_stance
from assistant.comparing.relating import Related, by_gate
from assistant.comparing.statement import Statement
from assistant.compose import Part, compose
from assistant.conflicts import Relations
from assistant.history_told import with_what_became
from assistant.models import Answer, Question, Timings, WorkspaceStamp
from assistant.parts import parts
from assistant.policy import Policy
from assistant.scoring import Score
from assistant.stages import Judged, Read, Searched, Watch, unwatched
from assistant.stating import statement
from assistant.vouched import LabelArticle, VouchedClaim, vouched
from assistant.words import subject_weights
from index.filtering import standing
from index.models import Filters, SearchResult
from index.search import Limits, search
from index.view import View
from index.workspace import Derived

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts to unit vectors, shape (n, dimension)."""

Relate = Callable[[Sequence[tuple[Statement, Statement]], str], Sequence[Related]]
"""Pairs of statements and the question that both answer: how they stand to each other."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the stages need besides the question: models, limits and the policy, chosen at the composition root."""

    embed_questions: Embed
    score: Score
    label: LabelArticle
    relate: Relate
    limits: Limits
    policy: Policy
    model: str
    settings_hash: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found and read for one part of the question."""

    text: str
    result: SearchResult
    scored: list[Claim]
    searched: float
    """When the search was done, on the clock of `perf_counter`."""


def answer(question: Question, *, tools: Tools, view: View, derived: Derived, watch: Watch = unwatched) -> Answer:
    """Searches, reads, labels, compares and composes. Raises UnknownPublisher, and whatever the watch raises."""
    started = perf_counter()
    view = view.as_of(question.as_of)
    asked = parts(question.text)
    vectors = tools.embed_questions(asked)
    gathered = [
        gather(replace_text(question, text), vector, tools=tools, view=view, derived=derived, watch=watch)
        for text, vector in zip(asked, vectors, strict=True)
    ]
    read = perf_counter()
    judged = [judge(one, tools=tools, view=view, watch=watch) for one in gathered]
    composed = compose(
        question,
        judged,
        [claim for one in gathered for claim in claims.closest(one.scored, tools.policy)],
        searched=any(one.result.hits for one in gathered),
        mentioned=any(claims.mentioned(one.scored, tools.policy) for one in gathered),
        warnings=gathered[0].result.warnings,
        timings=_timings(started, gathered, read),
        workspace=WorkspaceStamp(generation=gathered[0].result.generation, model=tools.model),
        settings_hash=tools.settings_hash,
    )
    return with_what_became(composed, [claim for part in judged for claim in part.claims], view=view)


def gather(
    question: Question,
    vector: NDArray[np.float32],
    *,
    tools: Tools,
    view: View,
    derived: Derived,
    watch: Watch = unwatched,
) -> Gathered:
    """The sentences of the passages that the search finds, best first."""
    policy = tools.policy
    limits = replace(tools.limits, per_article=policy.passages_per_article, per_origin=policy.passages_per_origin)
    result = find(question, vector, limits=limits, view=view, derived=derived)
    searched = perf_counter()
    watch(Searched(question.text, result))
    rarity = subject_weights(derived.lexical.weighted_terms(question.text, scope=standing(question.as_of)))
    scored = claims.ranked(tools.score(question.text, claims.candidates(result.hits), rarity))
    watch(Read(question.text, scored))
    return Gathered(question.text, result, scored, searched)


def judge(gathered: Gathered, *, tools: Tools, view: View, watch: Watch = unwatched) -> Part:
    """Who vouches for what bears on the question, and what contradicts what."""
    origins = view.origins_of({hit.passage.article_number for hit in gathered.result.hits})
    bearing = claims.bearing(gathered.scored, tools.policy, origins=origins)
    sentences = view.sentences_of({claim.candidate.hit.passage.article_number for claim in bearing})
    labelled = vouched(bearing, sentences=sentences, origins=origins, label=tools.label)
    relations = compared(labelled, gathered.text, tools.relate)
    groups = conflicts.groups(labelled, relations)
    doubted = conflicts.clashes(groups, relations)
    clashes = findings.disputes(labelled, doubted)
    part = Part(
        question=gathered.text,
        claims=labelled,
        chosen=claims.choose(bearing, tools.policy),
        found=findings.findings(labelled, groups, clashes),
        clashes=clashes,
        doubted=doubted,
        relations=relations,
    )
    watch(Judged(part))
    return part


def compared(labelled: Sequence[VouchedClaim], question: str, relate: Relate) -> Relations:
    """Each pair of claims once."""
    statements = [with_own_stance(question, statement(claim)) for claim in labelled]
    places = list(combinations(range(len(labelled)), 2))
    apart = [(a, b) for a, b in places if labelled[a].article.id != labelled[b].article.id]
    together = [(a, b) for a, b in places if labelled[a].article.id == labelled[b].article.id]
    found = {(a, b): by_gate(statements[a], statements[b], question=question) for a, b in together}
    related = relate([(statements[a], statements[b]) for a, b in apart], question)
    return found | dict(zip(apart, related, strict=True))


def replace_text(question: Question, text: str) -> Question:
    return question if text == question.text else question.model_copy(update={"text": text})


def find(
    question: Question, vector: NDArray[np.float32], *, limits: Limits, view: View, derived: Derived
) -> SearchResult:
    """The search stage alone, as `crosscheck search` shows it."""
    filters = Filters(question.publishers, question.since, question.until, question.as_of)
    limits = replace(limits, top_k=question.top_k or limits.top_k)
    return search(
        question.text, vector, view=view.as_of(question.as_of), derived=derived, filters=filters, limits=limits
    )


def _timings(started: float, gathered: Sequence[Gathered], read: float) -> Timings:
    """Of several parts, searching counts up to the end of the first search."""
    ended = perf_counter()
    return Timings(
        search=_milliseconds(started, gathered[0].searched),
        read=_milliseconds(gathered[0].searched, read),
        judge=_milliseconds(read, ended),
        total=_milliseconds(started, ended),
    )


def _milliseconds(since: float, until: float) -> float:
    return round((until - since) * 1000, 1)
