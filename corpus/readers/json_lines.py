"""`.jsonl` and `.ndjson`: one article a line, its text exactly as given. A bad line costs only itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from corpus import encodings
from corpus.models import Draft, Skipped
from corpus.readers import rows
from corpus.readers.raw import RawFile, RawLine, Unreadable

_KINDS = {list: "list", str: "string", int: "number", float: "number", bool: "true or false", type(None): "null"}


def read(file: RawFile, mapping: Mapping[str, str]) -> Iterator[Draft | Skipped]:
    seen = False
    for line in file.lines():
        if line.raw.isspace():
            continue
        if not seen and line.raw.strip() in (b"[", b"{"):
            raise Unreadable("holds one JSON value over several lines, not one a line; let its name end in .json")
        seen = True
        yield _article(file, line, mapping)
    if not seen:
        raise Unreadable("is empty but for white space")


def _article(file: RawFile, line: RawLine, mapping: Mapping[str, str]) -> Draft | Skipped:
    place = f"line {line.number}"
    try:
        record = _record(line, most=file.limits.line_bytes)
    except Unreadable as error:
        return file.skipped(f"{place} {error}", line=line.number)
    return rows.article(file, record, mapping=mapping, row=line.number, line=line.number, place=place)


def _record(line: RawLine, *, most: int) -> Mapping[str, object]:
    if line.cut:
        raise Unreadable(f"is longer than {most:,} bytes; the most for one row")
    try:
        value = json.loads(line.text().rstrip("\r\n"))
    except encodings.NotText as error:
        raise Unreadable(str(error)) from error
    except json.JSONDecodeError as error:
        raise Unreadable(f"is not valid JSON ({error.msg} at column {error.colno})") from error
    except (RecursionError, ValueError) as error:  # lists in lists in lists; a number of thousands of digits
        raise Unreadable("is JSON that no article needs: nested too deeply, or a number too long") from error
    if not isinstance(value, dict):
        raise Unreadable(f"is a JSON {_KINDS[type(value)]}, not an object with the fields of an article")
    return value
