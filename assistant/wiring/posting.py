"""Adding and removing single articles while a workspace is being asked: each is kept as a file, then ingested.

The files lie inside the workspace's folder, one for each article, so that articles that were posted survive whatever
happens to the store, and an ingest of that folder brings them back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from assistant.errors import BadInput
from assistant.posting import Kept, Posted, PostedArticle, Removed, drafts
from assistant.settings import Settings
from assistant.wiring.ingesting import ingest
from corpus.models import Draft
from index.durable import replacing
from index.models import Summary
from index.planning import POSTED
from index.workspace import open_workspace


class _Unheard:
    """Nobody watches an ingest of a few articles."""

    def reading(self, done: int, total: int) -> None: ...

    def planned(self, articles: int) -> None: ...

    def encoding(self, articles: int, done: int, total: int) -> None: ...

    def written(self, articles: int, passages: int) -> None: ...


def post(settings: Settings, articles: Sequence[PostedArticle]) -> Posted:
    """Adds articles, or revises those whose id is known; all of them or none.

    One caller at a time. Raises BadInput before anything is done, then WorkspaceError or ModelError.
    """
    found = drafts(articles)
    folder = settings.workspace / POSTED
    files = {file_of(folder, article_id): draft for article_id, draft in found.items()}
    folder.mkdir(exist_ok=True)
    with _restoring(list(files)):
        for file, draft in files.items():
            _write(file, draft)
        summary = ingest(settings, list(files), events=_Unheard(), bulk=False)
        _refuse_skipped(summary)
    return _posted(settings, list(found), summary)


def remove(settings: Settings, article_id: str) -> Removed:
    """Removes an article, and its file where it was posted. Raises UnknownArticle or WorkspaceBusy."""
    with open_workspace(settings.workspace) as workspace:
        workspace.remove([article_id])
        generation = workspace.store.published
    file_of(settings.workspace / POSTED, article_id).unlink(missing_ok=True)
    return Removed(id=article_id, generation=generation)


def file_of(folder: Path, article_id: str) -> Path:
    """Named by a hash: an id may hold what no file name may."""
    return folder / f"{sha256(article_id.encode(errors='replace')).hexdigest()[:32]}.json"


def _write(file: Path, draft: Draft) -> None:
    record = {
        "id": draft.given_id, "title": draft.title, "publisher": draft.publisher, "author": draft.author,
        "url": draft.url, "published": draft.published, "language": draft.language, "text": draft.text,
    }  # fmt: skip
    known = {name: value for name, value in record.items() if value is not None}
    with replacing(file) as building:
        building.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8", newline="\n")


@contextmanager
def _restoring(files: Sequence[Path]) -> Iterator[None]:
    """Where the block raises, the files are as they were before."""
    before = {file: file.read_bytes() if file.is_file() else None for file in files}
    try:
        yield
    except BaseException:
        for file, content in before.items():
            if content is None:
                file.unlink(missing_ok=True)
            else:
                file.write_bytes(content)
        raise


def _refuse_skipped(summary: Summary) -> None:
    if summary.skipped:
        raise BadInput(" ".join(f"An article could not be taken: it {one.reason}." for one in summary.skipped))


def _posted(settings: Settings, ids: Sequence[str], summary: Summary) -> Posted:
    with open_workspace(settings.workspace) as workspace, workspace.viewing() as view:
        kept = tuple(Kept(id=article_id, revision=view.article(article_id).revision) for article_id in ids)
        generation = view.generation
    return Posted(
        articles=kept,
        added=summary.added,
        revised=summary.revised,
        unchanged=summary.unchanged,
        generation=generation,
    )
