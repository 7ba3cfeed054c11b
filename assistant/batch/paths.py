"""Where the records and the report of a batch go, by what was given with `-o` and `--format`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from assistant.batch.inputs import STDIN
from assistant.errors import BadInput

Format = Literal["csv", "markdown", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)
_RECORDS = frozenset({".jsonl", ".ndjson", ""})
_SUFFIXES: dict[Format, str] = {"csv": ".csv", "markdown": ".md", "html": ".html"}
_BY_SUFFIX: dict[str, Format] = {".csv": "csv", ".md": "markdown", ".markdown": "markdown", ".html": "html"}


@dataclass(frozen=True, slots=True)
class Paths:
    """Records always; a report where one is wanted."""

    records: Path
    report: Path | None
    format: Format | None


def chosen(output: Path, format: str | None, *, questions: str) -> Paths:  # noqa: A002 - the flag's own name
    """`-o answers.jsonl --format html` writes the records there and answers.html beside them, `-o answers.html` the
    same. Raises BadInput, also where a file would be overwritten that holds the questions.
    """
    wanted = _format(output, format)
    if wanted is None:
        paths = Paths(output, None, None)
    elif output.suffix.casefold() in _RECORDS:
        paths = Paths(output, output.with_suffix(_SUFFIXES[wanted]), wanted)
    else:
        paths = Paths(output.with_suffix(".jsonl"), output, wanted)
    for path in filter(None, (paths.records, paths.report)):
        _refuse(path, questions)
    return paths


def _format(output: Path, given: str | None) -> Format | None:
    if given is None:
        return _BY_SUFFIX.get(output.suffix.casefold())
    found = next((name for name in FORMATS if name == given), None)
    if found is None and given != "jsonl":
        raise BadInput(f"There is no format {given!r}. Choose one of: jsonl, {', '.join(FORMATS)}.")
    return found


def _refuse(path: Path, questions: str) -> None:
    if path.is_dir() or not path.parent.is_dir():
        raise BadInput(f"{str(path)!r} cannot be written: give -o a file in a folder that is there.")
    if questions != STDIN and path.exists() and path.samefile(questions):
        raise BadInput(f"{str(path)!r} holds the questions and would be overwritten. Choose another file with -o.")
