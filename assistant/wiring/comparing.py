"""How statements are set side by side: as answers to a question, or bare, each made a question for the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from assistant.settings import Settings
from assistant.wiring.models import Models

if TYPE_CHECKING:
    from datetime import date

    from assistant.answering import Relate
    from assistant.compare_command import Compare, Stated
    from assistant.comparing.relating import Related
    from assistant.comparing.statement import Statement
    from assistant.hearing import RelateBare
    from assistant.policy import ComparingPolicy


def comparing(settings: Settings) -> tuple[Compare, Stated]:
    """How pairs of statements are compared, with a question and without. Raises ModelError."""
    return comparing_with(Models(settings))


def comparing_with(models: Models) -> tuple[Compare, Stated]:
    """As `comparing`, with models that are open already."""
    from assistant.comparing.answers import stated
    from assistant.comparing.asked_values import with_own_stance
    from assistant.comparing.cloze import fill, unfilled
    from assistant.comparing.relating import relate
    from assistant.policy import Policy

    policy, read, judge = Policy().comparing, models.reader(), models.judge()

    def compare(pairs: Sequence[tuple[Statement, Statement]], question: str | None) -> list[Related]:
        filling = unfilled if question else partial(fill, read=read)
        return relate(pairs, question=question, judge=judge, fill=filling, policy=policy)

    def state(question: str, texts: Sequence[str], days: Sequence[date | None]) -> list[Statement]:
        return [with_own_stance(question, one) for one in stated(question, texts, read, published=days)]

    return compare, state


def relate_answers(models: Models, policy: ComparingPolicy) -> Relate:
    """Statements that answer one question. What compares them is imported when there are some."""
    judge = models.judge()

    def related(pairs: Sequence[tuple[Statement, Statement]], question: str) -> list[Related]:
        from assistant.comparing import relating

        return relating.relate_answers(pairs, question=question, judge=judge, policy=policy)

    return related


def relate_bare(models: Models) -> RelateBare:
    """Statements without a question: each is made the question for the other."""
    from assistant.comparing.cloze import fill
    from assistant.comparing.relating import relate
    from assistant.policy import Policy

    filling = partial(fill, read=models.reader())
    return partial(relate, question=None, judge=models.judge(), fill=filling, policy=Policy().comparing)
