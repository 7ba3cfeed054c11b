"""What people see of a batch: progress while it runs, a summary at the end."""

from __future__ import annotations

import io

from assistant.batch.tally import Tally, summary
from assistant.models import ask
from assistant.progress import shown_batch
from assistant.records import Answered, Failed
from tests.assistant.batch.batches import answer


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_how_far_it_is_and_how_fast() -> None:
    out = Terminal()
    with shown_batch(out, done=10, total=200) as progress:
        progress.done(60)
        progress.live.refresh()  # type: ignore[union-attr]
    assert "60/200" in out.getvalue()
    assert "a second" in out.getvalue()


def test_a_file_is_spared_a_line_for_each_record() -> None:
    out = io.StringIO()
    with shown_batch(out, done=0, total=200) as progress:
        for number in range(200):
            progress.done(number)
    assert out.getvalue() == ""


def test_the_summary_counts_by_status_and_names_the_first_failure() -> None:
    tally = Tally()
    tally.add(Failed(line=3, error="No JSON."))
    tally.add(Failed(line=5, error="Not this one."))
    for line in range(6, 10):
        tally.add(Answered(line=line, answer=answer(ask("Who?"))))
    assert list(summary(tally, before=2, seconds=2.0)) == [
        "4 lines done in 2.0 s, 2.0 a second; 2 were there already.",
        "  not covered              4",
        "  failed                   2   the first on line 3: No JSON.",
    ]


def test_the_summary_says_where_two_generations_answered() -> None:
    tally = Tally()
    for generation in (1, 2):
        found = answer(ask("Who?"))
        stamp = found.workspace.model_copy(update={"generation": generation})
        tally.add(Answered(line=generation, answer=found.model_copy(update={"workspace": stamp})))
    assert "generations 1, 2" in list(summary(tally, before=0, seconds=70.0))[-1]
