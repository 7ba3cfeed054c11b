"""Labels of sentences, kept while a workspace is open: the articles that people ask about are asked about again.

A label follows from the article's text, title and publisher alone, so it is kept by these and holds in every
generation. Which sentences are labelled together changes none of them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.status.models import Label
    from assistant.vouched import LabelArticle
    from corpus.models import Article, Sentence

MOST = 8_192
"""Sentences; about a kilobyte each."""

_Key = tuple[str, str | None, str | None, int, int]


class RememberedLabels:
    """Labels each sentence once, as long as it is among the `most` that were wanted last. For any number of threads."""

    def __init__(self, label: LabelArticle, *, most: int = MOST) -> None:
        self._label = label
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[_Key, Label] = OrderedDict()

    def __call__(self, article: Article, sentences: Sequence[Sentence], wanted: Sequence[Sentence]) -> list[Label]:
        """As the labeller itself: a label for each of `wanted`, in their order."""
        keys = {one: _key(article, one) for one in wanted}
        known = self._known(keys.values())
        missing = [one for one, key in keys.items() if key not in known]
        if missing:
            found = self._label(article, sentences, missing)
            known |= self._keep({keys[one]: label for one, label in zip(missing, found, strict=True)})
        return [known[keys[one]] for one in wanted]

    def _known(self, keys: Iterable[_Key]) -> dict[_Key, Label]:
        with self._lock:
            known = {key: self._kept[key] for key in keys if key in self._kept}
            for key in known:
                self._kept.move_to_end(key)
            return known

    def _keep(self, labels: dict[_Key, Label]) -> dict[_Key, Label]:
        with self._lock:
            self._kept.update(labels)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return labels


def _key(article: Article, sentence: Sentence) -> _Key:
    return article.sha256, article.title, article.publisher, sentence.start, sentence.end
