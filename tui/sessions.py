"""Conversations kept as they go: a file of JSON lines for each, an exchange a line, so that a crash loses nothing.

The file is the truth; the screen holds only the latest exchanges. A line that cannot be read is passed over and
counted, never guessed at. Imports nothing of the screen.
"""

from __future__ import annotations

import os
import re
import secrets
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.records import Answered, one_line
from tui.scopes import day, described
from tui.state import Exchange

_ENDING = ".jsonl"
_ID = re.compile(r"[\w-]{1,80}", re.ASCII)


class SessionError(Exception):
    """A conversation that cannot be kept, found or saved. The text is shown as it is."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list of conversations."""

    id: str
    started: datetime
    title: str
    """The first question, as it was typed."""
    questions: int


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation that was read again."""

    id: str
    exchanges: tuple[Exchange, ...]
    """The last ones, where only so many were asked for."""
    damaged: int
    """Lines that could not be read."""

    @property
    def note(self) -> str:
        """A sentence where something is missing, else empty."""
        if not self.damaged:
            return ""
        lines = "1 line" if self.damaged == 1 else f"{self.damaged:,} lines"
        return f"{lines} of this conversation could not be read and is left out."


def new_id(now: datetime) -> str:
    """Sorts by time, is a file name, and differs from that of another chat begun in the same second."""
    return f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def keep(folder: Path, session: str, exchange: Exchange) -> None:
    """Appends an exchange to a conversation, which begins with it. Raises SessionError."""
    if not _ID.fullmatch(session):
        raise SessionError(f"{session!r} is no name for a conversation. Use letters, digits and hyphens.")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _append(folder / f"{session}{_ENDING}", _exchanges().dump_json(exchange))
    except OSError as error:
        raise SessionError(
            f"The conversation cannot be kept in {str(folder)!r} ({error.strerror}). It goes on without being kept."
        ) from error


def _append(file: Path, line: bytes) -> None:
    """In one write, after whatever a crash may have left of an earlier one. Only the user may read it."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        broken = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        left = memoryview((b"\n" if broken else b"") + line + b"\n")
        while left:
            left = left[os.write(descriptor, left) :]
    finally:
        os.close(descriptor)


def listed(folder: Path) -> tuple[Line, ...]:
    """All conversations that can be read, the latest first."""
    lines = (_line(file) for file in _files(folder))
    return tuple(sorted((line for line in lines if line), key=lambda line: (line.started, line.id), reverse=True))


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob(f"*{_ENDING}") if file.is_file())


def _line(file: Path) -> Line | None:
    """Reads the first exchange and counts the others, which may be many; nothing is held of them."""
    first, count = None, 0
    with suppress(OSError), file.open("rb") as lines:
        for line in lines:
            if line.startswith(b"{") and line.endswith(b"}\n"):
                first = first or _read(line)
                count += 1
    return Line(file.stem, first.at, first.typed, count) if first else None


def kept(folder: Path, session: str, *, last: int | None = None) -> tuple[Exchange, ...]:
    """The exchanges of a conversation, or the last of them; see `opened`, which also tells what was lost."""
    return opened(folder, session, last=last).exchanges


def opened(folder: Path, session: str, *, last: int | None = None) -> Session:
    """A conversation by its id or a beginning of it that no other has. Raises SessionError."""
    file = _file(folder, session)
    try:
        lines = [line for line in file.read_bytes().split(b"\n") if line.strip()]
    except OSError as error:
        raise SessionError(f"The conversation {file.stem!r} cannot be read ({error.strerror}).") from error
    read = deque((one for one in map(_read, lines) if one), maxlen=last)
    return Session(file.stem, tuple(read), sum(_read(line) is None for line in lines))


def remove(folder: Path, session: str) -> str:
    """Deletes a conversation for good and returns its id. Raises SessionError as `opened` does."""
    file = _file(folder, session)
    try:
        file.unlink()
    except OSError as error:
        raise SessionError(f"The conversation {file.stem!r} cannot be deleted ({error.strerror}).") from error
    return file.stem


def _file(folder: Path, session: str) -> Path:
    files = [file for file in _files(folder) if file.stem.startswith(session)] if session else []
    exact = [file for file in files if file.stem == session]
    if len(exact or files) == 1:
        return (exact or files)[0]
    if not files:
        raise SessionError(f"There is no conversation {session!r}. See which there are with /sessions.")
    names = ", ".join(file.stem for file in files[:3]) + (" ..." if len(files) > 3 else "")
    raise SessionError(f"{len(files):,} conversations begin with {session!r}: {names}. Type more of the name.")


def _read(line: bytes) -> Exchange | None:
    try:
        return _exchanges().validate_json(line)
    except ValidationError:
        return None


@cache
def _exchanges() -> TypeAdapter[Exchange]:
    """Made when first wanted: it takes 10 ms, and the first screen must not wait for it."""
    return TypeAdapter(Exchange)


def as_markdown(exchanges: Iterable[Exchange]) -> str:
    """A conversation to read or hand on: a heading for each question, what it was taken for, its answer, sources."""
    return "\n\n".join(part for exchange in exchanges for part in _markdown(exchange)) + "\n"


def _markdown(exchange: Exchange) -> Iterator[str]:
    from assistant import markdown_answer

    escaped = markdown_answer.escaped
    yield f"## {escaped(exchange.typed)}"
    if exchange.rewritten:
        sure = "" if exchange.sure else ", which was a guess"
        yield f"*Asked as:* {escaped(exchange.answer.question)} ({escaped(exchange.because)}{sure})"
    about = f"{day(exchange.at.date())}, {exchange.at:%H:%M} UTC"
    yield f"*{'; '.join(filter(None, (about, escaped(described(exchange.scope)))))}*"
    yield markdown_answer.as_markdown(exchange.answer)


def as_jsonl(exchanges: Iterable[Exchange]) -> str:
    """The answers as records of a batch, a line each."""
    records = (Answered(line=number, answer=one.answer) for number, one in enumerate(exchanges, start=1))
    return "".join(f"{one_line(record)}\n" for record in records)


_FORMS = {".md": as_markdown, ".markdown": as_markdown, ".jsonl": as_jsonl}


def save(path: Path, exchanges: Iterable[Exchange]) -> Path:
    """Writes a conversation to a new file, as Markdown or JSON lines by its ending, and says where it stands now.

    Raises SessionError, also where there is such a file already.
    """
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        raise SessionError(f"{str(path)!r} ends in neither .md nor .jsonl. Write e.g. /save {path.stem or 'talks'}.md")
    file = Path(os.path.expanduser(path))  # unlike the method, leaves an unknown user as it is
    try:
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(form(exchanges))
    except FileExistsError as error:
        raise SessionError(f"{str(path)!r} exists and is not overwritten. Give it another name.") from error
    except OSError as error:
        raise SessionError(f"{str(path)!r} cannot be written ({error.strerror}).") from error
    return file.absolute()
