"""The stages from a question to an answer, as one straight function.

Each stage takes frozen values and returns new ones. Where this function seems to need an `if`, a stage is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from assistant import claims
from assistant.compose import compose
from assistant.models import Answer, Question, Timings, WorkspaceStamp
from assistant.policy import Policy
from assistant.scoring import Score
from assistant.words import subject_weights
from index.models import Filters, SearchResult
from index.search import Limits, search
from index.view import View
from index.workspace import Derived

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts to unit vectors, shape (n, dimension)."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the stages need besides the question: models, limits and the policy, chosen at the composition root."""

    embed_questions: Embed
    score: Score
    limits: Limits
    policy: Policy
    model: str
    settings_hash: str


def answer(question: Question, *, tools: Tools, view: View, derived: Derived) -> Answer:
    """Searches, reads, chooses and composes. Raises UnknownPublisher."""
    started = perf_counter()
    policy = tools.policy
    vector = tools.embed_questions([question.text])[0]
    limits = replace(tools.limits, per_article=policy.passages_per_article)
    result = find(question, vector, limits=limits, view=view, derived=derived)
    searched = perf_counter()

    rarity = subject_weights(derived.lexical.weighted_terms(question.text))
    found = claims.candidates(result.hits)
    scored = claims.ranked(tools.score(question.text, found, rarity))
    chosen = claims.choose(scored, policy)
    read = perf_counter()

    return compose(
        question,
        chosen,
        claims.closest(scored, policy),
        searched=bool(result.hits),
        mentioned=claims.mentioned(scored, policy),
        warnings=result.warnings,
        timings=_timings(started, searched, read),
        workspace=WorkspaceStamp(generation=result.generation, model=tools.model),
        settings_hash=tools.settings_hash,
    )


def find(
    question: Question, vector: NDArray[np.float32], *, limits: Limits, view: View, derived: Derived
) -> SearchResult:
    """The search stage alone, as `crosscheck search` shows it."""
    filters = Filters(question.publishers, question.since, question.last_day)
    limits = replace(limits, top_k=question.top_k or limits.top_k)
    return search(question.text, vector, view=view, derived=derived, filters=filters, limits=limits)


def _timings(started: float, searched: float, read: float) -> Timings:
    def milliseconds(since: float, until: float) -> float:
        return round((until - since) * 1000, 1)

    return Timings(
        search=milliseconds(started, searched),
        read=milliseconds(searched, read),
        total=milliseconds(started, perf_counter()),
    )
