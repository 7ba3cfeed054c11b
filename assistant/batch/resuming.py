"""Going on with a run that was stopped: which records are there, whether they belong to this run, and what is missing.

Beside the records lies a small file that says with what they were made (`answers.jsonl.run.json`), written before the
first of them. Records stand in the order of the input without gaps, so what is missing is what comes after them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import zip_longest
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from assistant.batch.inputs import Entry, Source, some
from assistant.batch.output import Record, cut_half_line, records
from assistant.batch.tally import Tally
from assistant.errors import BadInput
from assistant.models import Answer, Model
from assistant.records import Answered, read_record
from assistant.settings import Settings
from index.durable import replacing
from index.workspace import open_workspace

Choice = Literal["refuse", "restart", "continue"]
_HOW = (
    "--restart begins anew; --continue-anyway keeps the answers to questions that are still asked and asks what is "
    "missing."
)


class OtherRun(BadInput):
    """The records that are there were made from something else."""


class Run(Model):
    """What the records of a run are made with."""

    version: Literal[1] = 1
    crosscheck: str
    """Its version: another one may answer otherwise."""
    settings: str
    """Hash of all settings that can change an answer."""
    generation: int
    """Of the workspace, when the run began."""
    model: str
    """What the workspace's vectors were made with."""
    started: datetime
    """For the first time, with its zone."""
    input: str
    """Its name."""
    kind: str
    bytes: int = Field(ge=0)
    sha256: str
    """Of the input when the run began."""


@dataclass(frozen=True, slots=True)
class Files:
    """The records and what lies beside them."""

    records: Path

    @property
    def run(self) -> Path:
        return self.records.with_name(f"{self.records.name}.run.json")

    @property
    def before(self) -> Path:
        """Records that a run with a changed input takes answers from; gone when it is done."""
        return self.records.with_name(f"{self.records.name}.before")


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to do."""

    total: int
    """Entries of the input."""
    tally: Tally
    """Of the records that are there; the first so many entries have theirs."""


def run_of(source: Source, settings: Settings) -> Run:
    """What is about to be run. Reads the input once and opens no model. Raises WorkspaceError."""
    size, sha256 = _stamp(source.path)
    with open_workspace(settings.workspace) as opened, opened.viewing() as view:
        return Run(
            crosscheck=version("crosscheck"),
            settings=settings.answering_hash(),
            generation=view.generation,
            model=encoder.model if (encoder := opened.store.encoder) else "",
            started=datetime.now(UTC),
            input=source.name,
            kind=source.kind,
            bytes=size,
            sha256=sha256,
        )


def unplanned(source: Source) -> Plan:
    """Everything is to be done. Raises BadInput."""
    return Plan(_compared(source, None).total, Tally())


def planned(source: Source, files: Files, run: Run, *, choice: Choice) -> Plan:
    """Makes the files ready to be added to. Raises OtherRun where what is there does not fit and nobody said what to do
    about it, and BadInput.
    """
    if choice == "restart":
        _remove(files)
    known = _known(files)
    found = _compared(source, files.records if known and _whole(files.records) else None)
    reasons = [*_differences(known, run), *([found.otherwise] if found.otherwise else [])] if known else []
    if reasons and choice == "refuse":
        raise OtherRun(f"{str(files.records)!r} holds records of another run. {' '.join(reasons)} {_HOW}")
    _write(files.run, run.model_copy(update={"started": known.started}) if known else run)
    if found.otherwise:
        _set_aside(files)
    return Plan(found.total, Tally() if found.otherwise else found.tally)


class Earlier:
    """Answers of the records that were set aside."""

    def __init__(self, files: Files) -> None:
        self._path = files.before
        self._places = dict(_places(files.before)) if files.before.is_file() else {}

    def __call__(self, asked: str) -> Answer | None:
        """The answer to what has that name, if there is one."""
        if asked not in self._places:
            return None
        with self._path.open("rb") as stream:
            stream.seek(self._places[asked])
            record = read_record(stream.readline())
        return record.answer if isinstance(record, Answered) else None


def _places(path: Path) -> Iterator[tuple[str, int]]:
    place = 0
    for record, size in records(path):
        if isinstance(record, Answered) and record.asked:
            yield record.asked, place
        place += size


def run_that_made(files: Files) -> Run:
    """What is written beside the records. Raises BadInput."""
    try:
        return Run.model_validate_json(files.run.read_bytes())
    except (OSError, ValidationError) as error:
        raise BadInput(
            f"{str(files.records)!r} is there, and {files.run.name!r}, which says how it was made, is not or cannot be "
            "read. Choose another file with -o, or overwrite this one with --restart."
        ) from error


def ended(files: Files) -> None:
    """To be called once every entry has its record."""
    files.before.unlink(missing_ok=True)


def _stamp(path: Path) -> tuple[int, str]:
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        return stream.tell(), sha256


@dataclass(frozen=True, slots=True)
class _Compared:
    total: int
    tally: Tally
    otherwise: str = ""
    """Where input and records part, as a sentence."""


def _compared(source: Source, path: Path | None) -> _Compared:
    """Counts the entries, and lays the records beside the first of them."""
    there = (record for record, _ in records(path)) if path else iter(())
    total, tally, otherwise = 0, Tally(), ""
    for entry, record in zip_longest(some(source.entries()), there):
        total += entry is not None
        if record is not None and not otherwise:
            otherwise = _otherwise(entry, record)
            tally.add(record)
    return _Compared(total, tally, otherwise)


def _otherwise(entry: Entry | None, record: Record) -> str:
    number = record.line
    if entry is None:
        return f"They go on to line {number:,}, which the input does not have any more."
    if (entry.number, entry.asked) != (number, record.asked):
        return f"Line {entry.number:,} of the input reads otherwise now."
    return ""


def _differences(known: Run, run: Run) -> Iterator[str]:
    if known.crosscheck != run.crosscheck:
        yield f"They were made by Crosscheck {known.crosscheck}, and this is {run.crosscheck}."
    if known.settings != run.settings:
        yield f"They were made with other settings ({known.settings}, now {run.settings})."
    if known.generation != run.generation:
        yield f"They were made from generation {known.generation} of the workspace, which is now {run.generation}."


def _whole(path: Path) -> bool:
    """Whether there are records, once a half-written one is cut off."""
    if not path.is_file():
        return False
    cut_half_line(path)
    return path.stat().st_size > 0


def _known(files: Files) -> Run | None:
    """What the records that are there were made with; None where there are none. Raises BadInput."""
    some = any(path.is_file() and path.stat().st_size for path in (files.records, files.before))
    return run_that_made(files) if some else None


def _write(path: Path, run: Run) -> None:
    with replacing(path) as building:
        building.write_text(run.model_dump_json(indent=2) + "\n", encoding="utf-8")


def _set_aside(files: Files) -> None:
    """Adds the records to those that were set aside before. Killed halfway, it does the same again."""
    with replacing(files.before) as building, building.open("wb") as kept:
        for path in (files.before, files.records):
            if path.is_file():
                kept.write(path.read_bytes())
    files.records.unlink()


def _remove(files: Files) -> None:
    """The records first: without them nothing else counts."""
    for path in (files.records, files.before, files.run):
        path.unlink(missing_ok=True)
