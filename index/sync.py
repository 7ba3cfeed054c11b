"""Bringing a workspace in line with files: plan, split, encode what is new, write.

Articles are written window by window, one transaction each; what `Events.written` reported is durable. Windows
bound memory and let texts of like length share a batch. Nothing here knows which model encodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.identity import source_key
from corpus.models import Article, Draft, text_sha256
from corpus.passages import pack
from corpus.sentences import split
from index.embedding_text import embedding_key, embedding_text
from index.models import Change, Encode, EncoderIdentity, PassageToStore, Summary
from index.planning import Order, make_plan
from index.records import record_hash
from index.store import Store
from index.workspace import Workspace

WINDOW = 4096
"""Passages encoded and written together: enough that batches of like length are full."""

CountTokens = Callable[[Sequence[str]], Sequence[int]]


class Events(Protocol):
    """What an ingest reports while it runs."""

    def reading(self, done: int, total: int) -> None:
        """So many files of so many are read."""

    def planned(self, articles: int) -> None:
        """So many articles are new or changed."""

    def encoding(self, articles: int, done: int, total: int) -> None:
        """Of the next so many articles, so many of so many passages are embedded."""

    def written(self, articles: int, passages: int) -> None:
        """So many more articles are durable."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What turns texts into tokens and vectors."""

    identity: EncoderIdentity
    encode: Encode
    count_tokens: CountTokens
    window: int = WINDOW


def ingest(workspace: Workspace, order: Order, *, engine: Engine, events: Events) -> Summary:
    """Reads the files and brings the workspace in line. Raises WorkspaceBusy or OtherEncoder."""
    started = perf_counter()
    store = workspace.store
    with workspace.writing():
        store.refuse_other(engine.identity)
        plan = make_plan(store, order, reading=events.reading)
        events.planned(len(plan.changed))
        store.trace_origins()
        passages, embedded = _write(store, plan.changed, engine, events)
        removed = plan.vanished if order.prune else ()
        if removed:
            store.remove(removed)
        store.remember_files(plan.files, moved=plan.moved)
    return Summary(
        added=len(plan.changed) - plan.revised,
        revised=plan.revised,
        unchanged=len(plan.unchanged),
        removed=len(removed),
        vanished=len(plan.vanished) - len(removed),
        embedded=embedded,
        passages=passages,
        skipped=tuple(plan.skipped),
        generation=store.generation,
        seconds=perf_counter() - started,
    )


def _write(store: Store, changed: Sequence[tuple[str, Draft]], engine: Engine, events: Events) -> tuple[int, int]:
    """Returns how many passages the articles have, and how many of them had to be encoded."""
    passages = embedded = 0
    changes = (_change(store, *assigned, engine.count_tokens) for assigned in changed)
    for window in _windows(changes, engine.window):
        new = _encode(store, window, engine, events)
        store.write(window, new, encoder=engine.identity)
        size = sum(len(change.passages) for change in window)
        events.written(len(window), size)
        passages, embedded = passages + size, embedded + len(new)
    return passages, embedded


def _encode(
    store: Store, window: Sequence[Change], engine: Engine, events: Events
) -> Sequence[tuple[bytes, NDArray[np.float16]]]:
    """Keys and vectors of those texts of the window that have none yet."""
    texts = {
        stored.key: embedding_text(change.article.title, stored.passage.text)
        for change in window
        for stored in change.passages
    }
    missing = store.missing(texts)
    done = 0

    def progress(more: int) -> None:
        nonlocal done
        done += more
        events.encoding(len(window), done, len(missing))

    vectors = engine.encode([texts[key] for key in missing], progress=progress) if missing else ()
    return list(zip(missing, vectors, strict=True))


def _windows(changes: Iterable[Change], passages: int) -> Iterator[list[Change]]:
    window: list[Change] = []
    size = 0
    for change in changes:
        window.append(change)
        size += len(change.passages)
        if size >= passages:
            yield window
            window, size = [], 0
    if window:
        yield window


def _change(store: Store, article_id: str, draft: Draft, count_tokens: CountTokens) -> Change:
    sentences = split(draft.text)
    lengths = count_tokens([draft.text[sentence.start : sentence.end] for sentence in sentences])
    passages = pack(draft.text, sentences, lengths)
    article = Article(
        id=article_id, revision=store.last_revision(article_id) + 1, text=draft.text,
        sha256=text_sha256(draft.text), source=draft.source, title=draft.title, publisher=draft.publisher,
        author=draft.author, url=draft.url, published=draft.published, language=draft.language,
    )  # fmt: skip
    keyed = [PassageToStore(p, embedding_key(embedding_text(draft.title, p.text))) for p in passages]
    return Change(article, source_key(draft), record_hash(draft), sentences, keyed)
