"""Fakes that behave: an encoder whose vectors are hashed word counts, and what an ingest reports to."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.models import Article, Passage, Sentence, text_sha256
from index.embedding_text import embedding_key, embedding_text
from index.models import Change, EncoderIdentity, PassageToStore, Summary, Vectors
from index.planning import make_order
from index.records import record_hash
from index.sync import Engine, ingest
from index.workspace import open_workspace

DIMENSION = 64
IDENTITY = EncoderIdentity("hashed words", "1", DIMENSION)


class HashedWords:
    """Counts what it was asked to embed; texts that share words have alike vectors."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        self.texts += texts
        if progress:
            progress(len(texts))
        return self.embed(texts).astype(np.float16)

    @staticmethod
    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (n, DIMENSION), rows of length 1."""
        counts = np.full((len(texts), DIMENSION), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.casefold()):
                counts[row, zlib.crc32(word.encode()) % DIMENSION] += 1
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


class Silent:
    """Remembers what was reported."""

    def __init__(self) -> None:
        self.written_articles = 0

    def reading(self, done: int, total: int) -> None:
        pass

    def planned(self, articles: int) -> None:
        pass

    def encoding(self, articles: int, done: int, total: int) -> None:
        pass

    def written(self, articles: int, passages: int) -> None:
        self.written_articles += articles


def engine(encoder: HashedWords | None = None, identity: EncoderIdentity = IDENTITY) -> Engine:
    return Engine(identity, encoder or HashedWords(), count_words)


def bring_in(workspace: Path, *paths: Path, prune: bool = False, encoder: HashedWords | None = None) -> Summary:
    """Ingests with the fake encoder."""
    order = make_order(paths, workspace=workspace, prune=prune)
    with open_workspace(workspace, create=True) as opened:
        return ingest(opened, order, engine=engine(encoder), events=Silent())


def change(article_id: str, text: str, *, revision: int = 1, title: str | None = None, **more: str) -> Change:
    """An article of one passage and one sentence, ready to be written."""
    article = Article(
        id=article_id, revision=revision, text=text, sha256=text_sha256(text), source=f"/{article_id}.txt",
        title=title, publisher=more.get("publisher"), published=more.get("published"),
    )  # fmt: skip
    key = embedding_key(embedding_text(title, text))
    passages = [PassageToStore(Passage(0, len(text), text), key)]
    return Change(article, article.source, record_hash(article), [Sentence(0, len(text))], passages)


def vectors_of(changes: Sequence[Change]) -> list[tuple[bytes, NDArray[np.float16]]]:
    stored = [(one, passage) for one in changes for passage in one.passages]
    texts = [embedding_text(one.article.title, passage.passage.text) for one, passage in stored]
    return [(p.key, v) for (_, p), v in zip(stored, HashedWords()(texts), strict=True)]
