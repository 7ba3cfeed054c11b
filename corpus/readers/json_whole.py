"""`.json`: a list of articles, one article, or an object that holds the list, as news interfaces return it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from corpus import fields
from corpus.models import Draft, Skipped
from corpus.readers import json_lines, rows
from corpus.readers.raw import RawFile, Unreadable

# Names under which interfaces and exports put their list; an only list needs none of them.
_LISTS = ("articles", "items", "data", "results", "documents", "docs", "records", "rows", "entries", "news", "stories")

_SHOWN = 12


def read(file: RawFile, mapping: Mapping[str, str]) -> Iterator[Draft | Skipped]:
    text = file.text()
    try:
        value = _parsed(text)
    except json.JSONDecodeError as error:
        if not _is_one_a_line(text, error):
            raise _wrong_json(error) from error
        yield from json_lines.read(file, mapping)
        return
    yield from _articles(file, value, mapping)


def _articles(file: RawFile, value: object, mapping: Mapping[str, str]) -> Iterator[Draft | Skipped]:
    found = value if isinstance(value, list) else _list_in(value, mapping)
    if isinstance(value, dict) and found is None:
        yield rows.article(file, value, mapping=mapping)
        return
    if not found:
        raise Unreadable("holds no articles: neither an object with a text nor a list of such objects")
    for number, entry in enumerate(found, start=1):
        place = f"entry {number}"
        if isinstance(entry, dict):
            yield rows.article(file, entry, mapping=mapping, row=number, line=number, place=place)
        else:
            yield file.skipped(f"{place} is not an object with the fields of an article", line=number)


def _list_in(value: object, mapping: Mapping[str, str]) -> list[object] | None:
    """The one list of objects in an object that is no article itself, at most one object further in."""
    if not isinstance(value, dict) or fields.has_text(value, mapping):
        return None
    inner = [entry for entry in value.values() if isinstance(entry, dict)]
    for holders in ([value], inner):
        lists: dict[str, list[object]] = {}
        for holder in holders:
            lists.update((name, held) for name, held in holder.items() if _is_list_of_objects(held))
        known = [name for name in _LISTS if name in lists] or list(lists)
        if known and (len(lists) == 1 or known[0] in _LISTS):
            return lists[known[0]]
        if lists:
            raise Unreadable(f"holds several lists: {_shown(lists)}; keep only that of the articles")
    return None


def _shown(names: Collection[str]) -> str:
    some = ", ".join(repr(name[:40]) for name in islice(names, _SHOWN))
    return some + (f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else "")


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(entry, dict) for entry in value)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except (RecursionError, ValueError) as error:  # lists in lists in lists; a number of thousands of digits
        raise Unreadable("is JSON that no article needs: nested too deeply, or a number too long") from error


def _wrong_json(error: json.JSONDecodeError) -> Unreadable:
    return Unreadable(
        f"is not valid JSON ({error.msg} at line {error.lineno}, column {error.colno})", line=error.lineno
    )


def _is_one_a_line(text: str, error: json.JSONDecodeError) -> bool:
    """Whether this is `.jsonl` under another name: a whole object, then more on the next line."""
    before = text[: error.pos].strip()
    return error.msg == "Extra data" and before.startswith("{") and "\n" not in before
