"""Ids of articles: what the input gave, what an earlier run gave, else made from the path.

Pure, and independent of the order of the drafts, so that ingesting the same files again yields the same ids.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import UTC, datetime
from itertools import groupby
from math import inf
from pathlib import PurePath

from corpus.models import Draft, Skipped

LONGEST_ID = 200

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HASH_LENGTHS = (8, 16, 64)

_Verdict = tuple[Draft, str | Skipped]


def source_key(draft: Draft) -> str:
    """Where a draft came from: its file, with its row in a file of many."""
    return draft.source if draft.row is None else f"{draft.source}#{draft.row}"


def assign(drafts: Sequence[Draft], *, known: Mapping[str, str]) -> list[tuple[str, Draft] | Skipped]:
    """Each draft with its id, or why it gets none; sorted by source and row. Ids are unique in the result.

    `known` maps the source key of an article of an earlier run to its id. An id that the input gave always wins;
    then comes the known one; then the shortest name made from the path that nothing else in this run or in `known`
    could take, with `#` and the row for a row. Of a feed's entry that several files hold, the latest edition gets the
    id, and the others are left out without a word.
    """
    ordered = sorted(drafts, key=_order)
    verdicts = list(_given([draft for draft in ordered if _cleaned(draft.given_id)]))
    taken = {verdict for _, verdict in verdicts if isinstance(verdict, str)}
    verdicts += _known([draft for draft in ordered if not _cleaned(draft.given_id)], known, taken)
    verdicts.sort(key=lambda pair: _order(pair[0]))
    return [verdict if isinstance(verdict, Skipped) else (verdict, draft) for draft, verdict in verdicts]


def possible_ids(drafts: Iterable[Draft]) -> set[str]:
    """Every id that `assign` may give them, besides those that an earlier run gave to what came from the same place."""
    found: set[str] = set()
    for draft in drafts:
        given = _cleaned(draft.given_id)
        found |= {given} if given else set(_made_ids(draft))
    return found


def _made_ids(draft: Draft) -> Iterator[str]:
    for name in _names(draft.source):
        yield name if draft.row is None else f"{name}#{draft.row}"


def _order(draft: Draft) -> tuple[str, int, str, str, str, str]:
    """By place; the rest only settles ties, so that the order given never does."""
    return draft.source, draft.row or 0, draft.given_id or "", draft.text, draft.title or "", draft.url or ""


def _cleaned(given: str | None) -> str:
    return _CONTROLS.sub("", given or "").strip()


def _given(drafts: Iterable[Draft]) -> Iterator[_Verdict]:
    first: dict[str, Draft] = {}
    for draft in _latest(drafts):
        given = _cleaned(draft.given_id)
        if len(given) > LONGEST_ID:
            yield draft, _refused(draft, f"has an id of {len(given)} characters; the most is {LONGEST_ID}")
        elif given in first:
            yield draft, _refused(draft, _repeats(given, draft, first[given]))
        else:
            first[given] = draft
            yield draft, given


def _latest(drafts: Iterable[Draft]) -> list[Draft]:
    """Of each entry that stands in several files, or twice in one, the latest edition; of equal ones the last in order.

    A guid need not be unique beyond its feed, so entries of another feed are other entries.
    """
    kept: dict[tuple[str, str | None], Draft] = {}
    others: list[Draft] = []
    for draft in drafts:
        key = _cleaned(draft.given_id), draft.publisher
        before = kept.get(key)
        if draft.edition is None or (before is not None and _is_another(draft, before)):
            others.append(draft)
        elif before is None or _instant(draft.edition) >= _instant(before.edition):
            kept[key] = draft
    return sorted((*others, *kept.values()), key=_order)


def _is_another(draft: Draft, before: Draft) -> bool:
    """Whether one file gives one id to two texts, and no date says which of them counts."""
    undecided = _instant(draft.edition) == _instant(before.edition)
    return draft.source == before.source and draft.text != before.text and undecided


def _instant(edition: str | None) -> float:
    """Seconds, for comparing; a day begins in UTC, and what has no date comes before everything."""
    try:
        found = datetime.fromisoformat(edition or "")
    except ValueError:
        return -inf
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()


def made_id(*parts: str | None) -> str:
    """For an entry that gives no id: of what stays the same while it moves in its feed, such as title and date."""
    return "entry-" + hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:_MADE]


_MADE = 16
"""Hexadecimal digits: enough that no two entries of all feeds ever read share them."""


def _known(drafts: Iterable[Draft], known: Mapping[str, str], given: Set[str]) -> Iterator[_Verdict]:
    """Verdicts on drafts without an id of their own."""
    keys, taken, fresh = set[str](), set(given), list[Draft]()
    for draft in drafts:
        key = source_key(draft)
        earlier = known.get(key)
        if key in keys:
            yield draft, _refused(draft, "was read twice in this run")
        elif earlier is not None and earlier not in taken:
            taken.add(earlier)
            yield draft, earlier
        else:
            fresh.append(draft)
        keys.add(key)
    yield from _made(fresh, reserved=taken | set(known.values()))


def _made(drafts: Sequence[Draft], *, reserved: Set[str]) -> Iterator[_Verdict]:
    """Ids from paths: for each file the first of its names that no other file has and whose ids are all free."""
    rows = {source: list(group) for source, group in groupby(drafts, key=lambda draft: draft.source)}
    ladders = {source: list(dict.fromkeys(_names(source))) for source in rows}
    owners = Counter(name for ladder in ladders.values() for name in ladder)
    for source, group in rows.items():
        for name in ladders[source]:
            ids = [name if draft.row is None else f"{name}#{draft.row}" for draft in group]
            if owners[name] == 1 and reserved.isdisjoint(ids) and max(map(len, ids)) <= LONGEST_ID:
                yield from zip(group, ids, strict=True)
                break


def _names(source: str) -> Iterator[str]:
    """Names for a file, from the shortest on: stem, folder/stem, folder/stem.suffix, two folders, ..., with a hash.

    They hold no `#`, so that one in an id made here always stands before a row.
    """
    path = PurePath(source)
    parts = path.parts[1:] if path.anchor else path.parts
    *folders, name = [_CONTROLS.sub("", part).replace("#", "_").strip() or "_" for part in parts] or ["_"]
    stem = PurePath(name[:-3] if name.lower().endswith(".gz") else name).stem or name
    yield stem
    for depth in range(1, len(folders) + 1):
        above = "/".join(folders[-depth:])
        yield f"{above}/{stem}"
        yield f"{above}/{name}"
    digest = hashlib.sha256(source.encode(errors="surrogatepass")).hexdigest()
    yield from (f"{stem[:100]}-{digest[:length]}" for length in _HASH_LENGTHS)


def _repeats(given: str, draft: Draft, first: Draft) -> str:
    place = "" if first.row is None else f"row {first.row} of "
    file = "the same file" if first.source == draft.source else repr(first.source)
    if draft.text == first.text:
        return f"repeats the article {given!r}, which {place}{file} holds already; leave one out"
    return f"has the id {given!r}, which {place}{file} gives to another text; give each article an id of its own"


def _refused(draft: Draft, reason: str) -> Skipped:
    return Skipped(path=draft.source, reason=reason, line=draft.row)
