"""What an ingest has to do: reading the files, and comparing what they hold with what the store holds.

Changes nothing. Files whose bytes and reading options are those of last time are passed over unread.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from corpus.fields import NO_MAPPING, check
from corpus.identity import assign, source_key
from corpus.models import Draft, Skipped
from corpus.reading import find_files, read_file
from index.model_files import file_sha256
from index.models import FileRead, KnownArticle
from index.store import Store

POSTED = "posted"
"""Folder inside a workspace for articles that were handed in one by one: a source like any other."""

READER_VERSION = "1"
"""Raise it when readers yield another text for the same bytes: files are then read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to bring in. Made by `make_order`, which looks the files up."""

    paths: Sequence[Path]
    files: Sequence[Path]
    fields: Mapping[str, str]
    """Own names of row fields: article field to column."""
    prune: bool
    """Remove articles that the paths no longer hold."""


def make_order(
    paths: Sequence[Path], *, workspace: Path, fields: Mapping[str, str] = NO_MAPPING, prune: bool = False
) -> Order:
    """Looks up the files; those of the workspace itself, which may lie among the articles, are no articles, but for
    those that were posted.

    Raises PathMissing, or UnknownField for a mapping of a field that articles do not have.
    """
    check(fields)
    own = Path(os.path.realpath(workspace))
    real = {file: Path(os.path.realpath(file)) for file in find_files(paths)}
    files = [file for file, at in real.items() if not at.is_relative_to(own) or at.is_relative_to(own / POSTED)]
    return Order(paths=paths, files=files, fields=fields, prune=prune)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """One file: what was in it, or that it holds the same bytes as last time."""

    file: FileRead
    drafts: Sequence[Draft] | None
    """None where the file was passed over."""
    skipped: Sequence[Skipped]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What reading found, compared with what the store holds."""

    changed: Sequence[tuple[str, Draft]]
    """New and changed articles with their ids."""
    revised: int
    """How many of the changed ones were known before."""
    unchanged: Sequence[str]
    moved: Sequence[tuple[str, str, str]]
    """Unchanged articles found in another place: id, source key, source."""
    vanished: Sequence[str]
    """Known articles that the paths no longer hold."""
    skipped: Sequence[Skipped]
    files: Sequence[FileRead] = ()
    """Those that may be passed over next time while their bytes are the same."""


def make_plan(store: Store, order: Order, *, reading: Callable[[int, int], None]) -> Plan:
    """Reads and compares. `reading` is told how many of how many files are done."""
    outcomes, skipped = _read_all(store, order.files, order.fields, reading)
    passed_over = {outcome.file.path for outcome in outcomes if outcome.drafts is None}
    drafts = [draft for outcome in outcomes for draft in outcome.drafts or ()]
    known = store.known_articles()
    assigned = assign(drafts, known={article.source_key: article_id for article_id, article in known.items()})
    skipped += [item for outcome in outcomes for item in outcome.skipped]
    skipped += [item for item in assigned if isinstance(item, Skipped)]
    pairs = [item for item in assigned if not isinstance(item, Skipped)]
    plan = _compare(pairs, known, passed_over, order, skipped)
    return replace(plan, files=_to_remember(outcomes, plan.skipped))


def _to_remember(outcomes: Sequence[FileOutcome], skipped: Sequence[Skipped]) -> list[FileRead]:
    """Files that may be passed over next time: not those of which something was refused for what stands elsewhere."""
    own = {(item.path, item.reason) for outcome in outcomes for item in outcome.skipped}
    refused = {item.path for item in skipped if (item.path, item.reason) not in own}
    return [outcome.file for outcome in outcomes if outcome.file.path not in refused]


def _compare(
    pairs: Sequence[tuple[str, Draft]],
    known: Mapping[str, KnownArticle],
    passed_over: set[str],
    order: Order,
    skipped: list[Skipped],
) -> Plan:
    unread = [article_id for article_id, article in known.items() if article.source in passed_over]
    taken = set(unread)
    skipped += [_repeated(id_, draft, known[id_].source) for id_, draft in pairs if id_ in taken]
    pairs = [pair for pair in pairs if pair[0] not in taken]
    same = [(id_, draft) for id_, draft in pairs if id_ in known and known[id_].record == record_hash(draft)]
    unchanged = unread + [article_id for article_id, _ in same]
    changed = sorted(set(pairs) - set(same), key=lambda pair: (pair[1].source, pair[1].row or 0))
    return Plan(
        changed=changed,
        revised=sum(article_id in known for article_id, _ in changed),
        unchanged=unchanged,
        moved=[(i, source_key(d), d.source) for i, d in same if source_key(d) != known[i].source_key],
        vanished=vanished(known, seen={*unchanged, *(i for i, _ in changed)}, order=order, skipped=skipped),
        skipped=skipped,
    )


def _repeated(article_id: str, draft: Draft, source: str) -> Skipped:
    place = f"row {draft.row} " if draft.row else ""
    return Skipped(
        path=draft.source,
        line=draft.row,
        reason=f"{place}has the id {article_id!r}, which already names an article of {source!r}; give it another id",
    )


def _read_all(
    store: Store, files: Sequence[Path], fields: Mapping[str, str], reading: Callable[[int, int], None]
) -> tuple[list[FileOutcome], list[Skipped]]:
    outcomes: list[FileOutcome] = []
    unreadable: list[Skipped] = []
    how = _how(fields)
    for done, path in enumerate(files):
        reading(done, len(files))
        if not _has_readable_name(path):
            unreadable += [item for item in read_file(path, fields=fields) if isinstance(item, Skipped)]
            continue
        try:
            sha256 = file_sha256(path)
        except OSError as error:
            unreadable.append(Skipped(path=str(path), reason=f"cannot be read ({error.strerror})"))
            continue
        outcomes.append(_read_one(store.file(str(path)), path, sha256, how=how, fields=fields))
    reading(len(files), len(files))
    return outcomes, unreadable


def _has_readable_name(path: Path) -> bool:
    """Names that are not UTF-8 cannot be stored; the reader says so."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _read_one(known: FileRead | None, path: Path, sha256: str, *, how: str, fields: Mapping[str, str]) -> FileOutcome:
    if known is not None and (known.sha256, known.how) == (sha256, how):
        return FileOutcome(known, None, [Skipped(**row) for row in json.loads(known.skipped)])
    found = list(read_file(path, fields=fields))
    skipped = [item for item in found if isinstance(item, Skipped)]
    drafts = [item for item in found if isinstance(item, Draft)]
    file = FileRead(str(path), sha256, how, json.dumps([asdict(item) for item in skipped]))
    return FileOutcome(file, drafts, skipped)


def _how(fields: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps([READER_VERSION, sorted(fields.items())]).encode()).hexdigest()


def record_hash(draft: Draft) -> str:
    """SHA-256 over everything that makes another revision when it changes; the place it was read from does not."""
    record = [
        draft.text, draft.title, draft.publisher, draft.author, draft.url, draft.published, draft.language,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(record).encode()).hexdigest()


def vanished(
    known: Mapping[str, KnownArticle], *, seen: set[str], order: Order, skipped: Sequence[Skipped]
) -> list[str]:
    """Known articles that should be under the paths and are not.

    An article of a file in which something was skipped may be the very row that was skipped, and one in a folder
    that could not be opened may be there, so both stay.
    """
    roots = [Path(os.path.abspath(path)) for path in order.paths]
    doubtful = {item.path for item in skipped}

    def is_doubtful(source: Path) -> bool:
        return any(str(place) in doubtful for place in (source, *source.parents))

    return sorted(
        article_id
        for article_id, article in known.items()
        if article_id not in seen
        and not is_doubtful(Path(article.source))
        and any(Path(article.source).is_relative_to(root) for root in roots)
    )
