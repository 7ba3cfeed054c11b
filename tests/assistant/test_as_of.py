"""An answer as of a day equals that of a workspace made only of what was published by then.

Over some of the articles of 2022 that lie beside the project, with undated ones and later revisions among them; the
encoder is the fake one. All articles, 20 days and the real encoder: `python -m tests.benchmarks.as_of`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.answering import Tools, answer
from assistant.models import Answer, ask
from assistant.policy import Policy
from assistant.settings import load
from assistant.wiring.comparing import relate_answers
from assistant.wiring.models import Models
from index.search import Limits
from index.workspace import open_workspace
from tests.assistant.as_of import DAYS, NEWS, QUESTIONS, Row, by, news, revised, told, undated, write
from tests.fakes import HashedWords, bring_in

_ASKED = tuple(QUESTIONS[place] for place in (0, 3, 5, 6, 9, 11, 15))
_ABOUT = re.compile(r"Twitter|Griner|Aaron Judge|Artemis|Truss|Sunak|Queen Elizabeth|Federal Reserve|Fed |Inflation")
_ON = (DAYS[6], DAYS[12], DAYS[16])
"""1 May, 19 August and 1 November."""

Asked = Callable[[Path, str, "date | None"], Answer]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """What the questions are about, and every twentieth of the others."""
    if not NEWS.is_file():
        pytest.skip("the articles of 2022 are not part of the project and not beside it")
    some = [row for place, row in enumerate(news()) if _ABOUT.search(row.title) or place % 20 == 0]
    return undated(some)


@pytest.fixture(scope="module")
def large(rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of it, as it stands in the end."""
    return made(tmp_path_factory.mktemp("large"), rows, revised(rows))


def made(folder: Path, first: list[Row], later: list[Row]) -> Path:
    for name, some in (("articles.jsonl", first), ("revisions.jsonl", later)):
        bring_in(folder / "w", write(folder / name, some))
    return folder / "w"


@pytest.fixture(scope="module")
def asked() -> Asked:
    """Asks a workspace with the project's own reader and labeller."""
    policy, models = Policy(), Models(load({}), remembering=True)
    tools = Tools(
        embed_questions=HashedWords.embed,
        score=models.score(policy),
        label=models.label,
        relate=relate_answers(models, policy.comparing),
        limits=Limits(top_k=8),
        policy=policy,
        model="hashed words",
        settings_hash="x",
    )

    def run(workspace: Path, question: str, as_of: date | None) -> Answer:
        with open_workspace(workspace) as opened, opened.reading() as (view, derived):
            return answer(ask(question, as_of=as_of, explain=True), tools=tools, view=view, derived=derived)

    return run


@pytest.mark.parametrize("day", _ON, ids=str)
def test_an_answer_as_of_a_day_is_that_of_what_was_published_by_then(
    day: date, rows: list[Row], large: Path, asked: Asked, tmp_path: Path
) -> None:
    small = made(tmp_path, list(by(day, rows)), list(by(day, revised(rows))))
    for question in _ASKED:
        then, now = asked(large, question, day), asked(small, question, None)
        assert told(then) == told(now), question
        assert all(one.published is not None and one.published[:10] <= str(day) for one in then.citations)


def test_as_of_other_days_other_things_are_told(large: Path, asked: Asked) -> None:
    question = _ASKED[0]
    assert len({told(asked(large, question, day)) for day in (*_ON, None)}) > 2


def test_what_carries_no_date_is_left_out_and_named(rows: list[Row], large: Path, asked: Asked) -> None:
    found = asked(large, _ASKED[0], _ON[0])
    without = sum(row.published is None for row in rows)
    assert found.warnings[0].startswith(f"{without} articles carry no publication date")
