"""What an ingest has to do: reading the files, and comparing what they hold with what the store holds.

Changes nothing. Files whose bytes and reading options are those of last time are passed over unread.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import compress
from pathlib import Path

from corpus.fields import NO_MAPPING, check
from corpus.identity import assign, possible_ids, source_key
from corpus.models import Draft, Skipped
from corpus.reading import find_places
from corpus.reading_apart import BOUNDS, Bounds
from index.models import FileRead, KnownArticle
from index.planning_files import FileOutcome, FilesToRead, read_files
from index.records import record_hash
from index.store import Store

POSTED = "posted"
"""Folder inside a workspace for articles that were handed in one by one: a source like any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to bring in. Made by `make_order`, which looks the files up."""

    paths: Sequence[Path]
    files: Sequence[Path]
    fields: Mapping[str, str]
    """Own names of row fields: article field to column."""
    prune: bool
    """Remove articles that the paths no longer hold."""
    posted: Set[Path] = frozenset()
    """Those of the files that were handed in one by one."""
    bounds: Bounds = BOUNDS
    """What reading one of the other files may take."""


def make_order(
    paths: Sequence[Path],
    *,
    workspace: Path,
    fields: Mapping[str, str] = NO_MAPPING,
    prune: bool = False,
    bounds: Bounds = BOUNDS,
) -> Order:
    """Looks up the files; those of the workspace itself, which may lie among the articles, are no articles, but for
    those that were posted.

    Raises PathMissing, or UnknownField for a mapping of a field that articles do not have.
    """
    check(fields)
    own = os.path.join(os.path.realpath(workspace), "")
    own_posted = os.path.join(own, POSTED, "")
    files: list[Path] = []
    posted: set[Path] = set()
    for path, real in find_places(paths):
        if real.startswith(own_posted):
            posted.add(Path(path))
        if real.startswith(own_posted) or not real.startswith(own):
            files.append(Path(path))
    return Order(paths=paths, files=files, fields=fields, prune=prune, posted=posted, bounds=bounds)


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
    """Reads and compares. `reading` is told how many of how many files are done. Raises NoWorker."""
    what = FilesToRead(files=order.files, trusted=order.posted, fields=order.fields, bounds=order.bounds)
    outcomes = read_files(store, what, reading=reading)
    known = _known(store, order, outcomes)
    if again := _shared_entries(outcomes, known):
        outcomes = _read_again(store, what, outcomes, again)
    passed_over = _passed_over(outcomes)
    drafts = [draft for outcome in outcomes for draft in outcome.drafts or ()]
    assigned = assign(drafts, known={article.source_key: article_id for article_id, article in known.items()})
    skipped = [item for outcome in outcomes for item in outcome.skipped]
    skipped += [item for item in assigned if isinstance(item, Skipped)]
    pairs = [item for item in assigned if not isinstance(item, Skipped)]
    plan = _compare(pairs, known, passed_over, order, skipped)
    outdone = Counter(draft.source for draft in drafts) - Counter(draft.source for _, draft in pairs)
    return replace(plan, files=_to_remember(outcomes, plan.skipped, outdone=set(outdone)))


def _known(store: Store, order: Order, outcomes: Sequence[FileOutcome]) -> dict[str, KnownArticle]:
    """Of a few files, only the articles that they may concern: reading a hundred thousand takes half a second."""
    if len(order.files) > _FEW or any(path.is_dir() for path in order.paths):
        return store.known_articles()
    drafts = [draft for outcome in outcomes for draft in outcome.drafts or ()]
    return store.known_articles(among=(map(os.path.abspath, (*order.paths, *order.files)), possible_ids(drafts)))


_FEW = 100


def _passed_over(outcomes: Sequence[FileOutcome]) -> set[str]:
    return {outcome.file.path for outcome in outcomes if outcome.drafts is None and outcome.file}


def _shared_entries(outcomes: Sequence[FileOutcome], known: Mapping[str, KnownArticle]) -> set[str]:
    """Files passed over that hold an entry of a feed which stands in a file that was read, too: which of the two counts
    is decided between drafts, so that the result is that of one ingest of all files."""
    passed_over = _passed_over(outcomes)
    drafts = (draft for outcome in outcomes for draft in outcome.drafts or ())
    shared = (known.get(draft.given_id or "") for draft in drafts if draft.edition is not None)
    return {article.source for article in shared if article is not None} & passed_over


def _read_again(store: Store, what: FilesToRead, outcomes: Sequence[FileOutcome], again: set[str]) -> list[FileOutcome]:
    files = [path for path in what.files if str(path) in again]
    found = read_files(store, replace(what, files=files, anew=again), reading=lambda done, total: None)
    read = dict(zip(map(str, files), found, strict=True))
    return [read.get(str(path), outcome) for path, outcome in zip(what.files, outcomes, strict=True)]


def _to_remember(outcomes: Sequence[FileOutcome], skipped: Sequence[Skipped], *, outdone: Set[str]) -> list[FileRead]:
    """Files that may be passed over next time: not those of which something was refused for what stands elsewhere, nor
    those of which an entry counts as another file (`outdone`) has it."""
    own = {(item.path, item.reason) for outcome in outcomes for item in outcome.skipped}
    refused = {item.path for item in skipped if (item.path, item.reason) not in own}
    files = (outcome.file for outcome in outcomes if outcome.file is not None)
    return [file for file in files if file.path not in refused and file.path not in outdone]


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
    is_same = [id_ in known and known[id_].record == record_hash(draft) for id_, draft in pairs]
    same = list(compress(pairs, is_same))
    unchanged = unread + [article_id for article_id, _ in same]
    changed = [pair for pair, known_so in zip(pairs, is_same, strict=True) if not known_so]
    changed.sort(key=lambda pair: (pair[1].source, pair[1].row or 0))
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


def vanished(
    known: Mapping[str, KnownArticle], *, seen: set[str], order: Order, skipped: Sequence[Skipped]
) -> list[str]:
    """Known articles that should be under the paths and are not.

    An article of a file in which something was skipped may be the very row that was skipped, and one in a folder
    that could not be opened may be there, so both stay.
    """
    roots = [os.path.abspath(path) for path in order.paths]
    inside = tuple(os.path.join(root, "") for root in roots)
    doubtful = _Doubtful(item.path for item in skipped)
    return sorted(
        article_id
        for article_id, article in known.items()
        if article_id not in seen
        and (article.source.startswith(inside) or article.source in roots)
        and article.source not in doubtful
    )


class _Doubtful:
    """Paths that were skipped, and all that lies below them."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._known = dict.fromkeys(paths, True)

    def __contains__(self, path: str) -> bool:
        passed: list[str] = []
        while path not in self._known:
            passed.append(path)
            above = os.path.dirname(path)
            if above == path:
                self._known[path] = False
            path = above
        found = self._known[path]
        self._known.update(dict.fromkeys(passed, found))
        return found
