"""The stages from a statement to a check of it, as one straight function: whether the articles bear it out.

Search is that of a question; the sentences found are then set beside the statement instead of each other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter

from assistant import check_answer, hearing, verdicts
from assistant.answering import Embed, find
from assistant.check_policy import CheckPolicy
from assistant.hearing import RelateBare, Stances
from assistant.history_told import with_what_became
from assistant.models import Check, Question, Timings, WorkspaceStamp
from assistant.vouched import LabelArticle
from assistant.words import subject_weights
from index.filtering import standing
from index.search import Limits
from index.view import View
from index.workspace import Derived


@dataclass(frozen=True, slots=True)
class CheckTools:
    """What the stages need besides the statement, chosen at the composition root."""

    embed_questions: Embed
    embed_sentences: Embed
    stances: Stances
    label: LabelArticle
    relate: RelateBare
    limits: Limits
    policy: CheckPolicy
    model: str
    settings_hash: str


def check(asked: Question, *, tools: CheckTools, view: View, derived: Derived) -> Check:
    """Searches, sets the nearest sentences beside the statement, and judges. Raises UnknownPublisher."""
    started, policy = perf_counter(), tools.policy
    view = view.as_of(asked.as_of)
    vector = tools.embed_questions([asked.text])[0]
    limits = replace(tools.limits, per_article=policy.per_article)
    result = find(asked, vector, limits=limits, view=view, derived=derived)
    searched = perf_counter()
    weights = subject_weights(derived.lexical.weighted_terms(asked.text, scope=standing(asked.as_of)))
    near = hearing.nearest(result.hits, vector, weights, tools.embed_sentences)
    heard = hearing.hear(asked.text, near, weights, tools=_hearing(tools), view=view)
    judged = perf_counter()
    composed = check_answer.compose(
        asked,
        heard,
        verdicts.stands(heard, policy),
        [one.claim for one in near[: policy.closest]],
        warnings=result.warnings,
        timings=_timings(started, searched, judged),
        workspace=WorkspaceStamp(generation=result.generation, model=tools.model),
        settings_hash=tools.settings_hash,
    )
    return with_what_became(composed, [one.claim for one in heard], view=view)


def _hearing(tools: CheckTools) -> hearing.Tools:
    return hearing.Tools(tools.stances, tools.label, tools.relate, tools.policy)


def _timings(started: float, searched: float, judged: float) -> Timings:
    """Reading and judging are one stage here."""
    return Timings(
        search=round((searched - started) * 1000, 1),
        read=0.0,
        judge=round((judged - searched) * 1000, 1),
        total=round((perf_counter() - started) * 1000, 1),
    )
