"""The chat over the real desk: the same question gives the same answer as everywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import wiring
from assistant.models import Answer, ask
from assistant.settings import load
from assistant.wiring.desk import Desk
from tests.assistant.test_fronts import questions
from tests.tui.talking import Chat, talk


@pytest.fixture(scope="module")
def desk(sample_workspace: Path, cache: Path) -> Iterator[Desk]:
    with wiring.opened(load({"workspace": sample_workspace, "cache": cache}, environment={})) as opened:
        yield opened


def untimed(answer: Answer) -> str:
    """Byte for byte, but for how long it took."""
    return answer.model_dump_json(exclude={"timings_ms"})


def test_the_chat_gives_the_answer_that_every_front_gives(desk: Desk, tmp_path: Path) -> None:
    answers: list[Answer] = []

    async def steps(chat: Chat) -> None:
        for question in questions():
            await chat.send(question)
            view = chat.app.transcript.last
            assert view is not None
            assert view.exchange is not None
            answers.append(view.exchange.answer)
            await chat.press("f9")  # each by itself: no follow-up of the one before
            await chat.settled()

    talk(steps, tmp_path, opening=lambda: desk)
    assert [untimed(one) for one in answers] == [untimed(desk.ask(ask(question))) for question in questions()]
