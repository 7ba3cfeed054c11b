"""The models that the settings name: each opened once, when it is first wanted, and shared by all who use it.

The project's own networks may be used by any number of threads. Other cross-encoders answer one at a time: nobody
promises that they can do otherwise, and torch takes all cores for each.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.settings import Settings
from assistant.wiring.once import Once, one_at_a_time
from assistant.wiring.remembering import RememberedLabels

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.comparing.judgement import JudgePairs
    from assistant.policy import Policy
    from assistant.reading import Pair, Read, Reading
    from assistant.scoring import Score
    from assistant.status.models import Label
    from assistant.vouched import LabelArticle
    from corpus.models import Article, Sentence

THREADS = os.cpu_count() or 1


class Models:
    """What reads, judges and labels, by the settings. Making one opens nothing."""

    def __init__(self, settings: Settings, *, remembering: bool = False) -> None:
        self.reader: Once[Read] = Once(
            lambda: _open_remembering_reader(settings.cache) if remembering else _open_reader(settings.cache)
        )
        """The project's own. Raises ModelError, as do the others."""
        self.judge: Once[JudgePairs] = Once(lambda: self._judge(settings.judge))
        self.label: LabelArticle = RememberedLabels(labeller(seals=settings.cache))
        self._reads = settings.reader

    def score(self, policy: Policy) -> Score:
        """How the sentences of passages are scored: by the reader that the settings name, or by likeness alone."""
        from assistant import scoring

        if self._reads == "none":
            return scoring.by_likeness
        if self._reads == "crosscheck":
            return scoring.by_reader(self.reader(), policy.reader)
        from assistant.cross_encoder import load

        return scoring.by_relevance(one_at_a_time(load(self._reads)))

    def _judge(self, judge: str) -> JudgePairs:
        """The project's own judge is its reader; where another reads, it is opened when there is something to judge."""
        from assistant.comparing.judgement import by_stance, undecided

        if judge == "none":
            return undecided
        if judge == "crosscheck":
            return by_stance(self._read)
        from assistant.cross_encoder import load_judge

        return one_at_a_time(load_judge(judge))

    def _read(self, pairs: Sequence[Pair]) -> Sequence[Reading]:
        return self.reader()(pairs)


def _open_reader(seals: Path) -> Read:
    from assistant.reader import open_reader

    return open_reader(threads=THREADS, seals=seals)


def _open_remembering_reader(seals: Path) -> Read:
    from assistant.wiring.remembered_readings import RememberedReadings

    return RememberedReadings(_open_reader(seals))


def labeller(*, seals: Path | None = None) -> LabelArticle:
    """Labels sentences; opened when there is something to label. Raises ModelError then.

    Without a folder for seals its files are hashed when it is opened.
    """
    opened = Once(lambda: _open_labeller(seals))

    def label(article: Article, sentences: Sequence[Sentence], wanted: Sequence[Sentence]) -> list[Label]:
        return opened()(article, sentences, wanted)

    return label


def _open_labeller(seals: Path | None) -> LabelArticle:
    from assistant.status.learned import open_labeller

    return open_labeller(threads=THREADS, seals=seals)
