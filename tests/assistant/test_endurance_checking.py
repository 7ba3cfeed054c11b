"""The judge of the endurance run (`tests.benchmarks.endurance`) sees what it is there to see."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.benchmarks.endurance_asking import Quoted, Seen
from tests.benchmarks.endurance_checking import Found, Judge
from tests.benchmarks.endurance_facts import Text, bridge
from tests.benchmarks.endurance_writing import Holds, Ledger, Published

FIRST, SECOND = bridge("Tarnford", 40, 1), bridge("Tarnford", 70, 2)


def holds(*texts: Text) -> Holds:
    return {text.article: (text.sha256, text.published) for text in texts}


LEDGER = Ledger(
    texts={(text.article, text.sha256): text.text for text in (*FIRST, *SECOND)},
    published=[
        Published(1, 0, 1, {}),
        Published(2, 2, 3, holds(*FIRST)),
        Published(3, 5, 6, holds(*SECOND)),
        Published(5, 8, 9, {}),
    ],
)
"""Nothing; a cost; another cost; nothing again. Generation 4 was never published."""


def quote(text: Text) -> Quoted:
    start, end = text.text.index("bridge at"), text.text.index(" euros")
    return Quoted(text.article, text.sha256, start, end, text.text[start:end])


SOUND = Seen(
    kind="ask", question="What did it cost?", bridge="Tarnford", as_of=None, begun=5.5, ended=6, generation=3,
    quoted=tuple(quote(text) for text in SECOND),
)  # fmt: skip
THEN = replace(SOUND, as_of=FIRST[0].published, quoted=tuple(quote(text) for text in FIRST))
"""As of the day of the first cost, in the generation of the second."""


def judged(*seen: Seen) -> Found:
    return Judge(LEDGER, {}).judge(seen)


@pytest.mark.parametrize("seen", [SOUND, THEN])
def test_what_a_published_generation_says_is_consistent(seen: Seen) -> None:
    found = judged(seen)
    assert not found.inconsistent
    assert (found.facts, found.missed, found.quotes) == (1, 0, 2)


@pytest.mark.parametrize(
    ("seen", "complaint"),
    [
        (replace(SOUND, quoted=(quote(FIRST[0]), quote(SECOND[1]))), "[40, 70] given"),
        (replace(SOUND, as_of=FIRST[0].published), "[70] given where [40]"),
        (replace(THEN, as_of=None), "did not read so"),
        (replace(SOUND, begun=10, ended=11), "not the published one"),
        (replace(SOUND, begun=1, ended=2), "not the published one"),
        (replace(SOUND, generation=4), "never published"),
        (replace(SOUND, quoted=(replace(quote(SECOND[0]), start=0),)), "does not stand"),
    ],
)
def test_whatever_mixes_misquotes_or_comes_from_another_time_is_named(seen: Seen, complaint: str) -> None:
    assert complaint in " ".join(judged(seen).inconsistent)


def test_generations_do_not_go_backwards() -> None:
    early = replace(SOUND, generation=2, begun=2.5, ended=5.6, quoted=tuple(quote(text) for text in FIRST))
    assert judged(early, SOUND).inconsistent == []
    assert "earlier generation" in judged(SOUND, early).inconsistent[0]


def test_an_answer_without_the_figure_is_counted_and_an_error_is_a_failure() -> None:
    assert judged(replace(SOUND, quoted=())).missed == 1
    assert judged(replace(SOUND, error="WorkspaceBusy: ...")).failed
