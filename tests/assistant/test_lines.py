"""Lines of a file or of standard input."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from assistant.errors import BadInput
from assistant.lines import opened_lines


def test_lines_of_a_file_come_as_bytes_in_order(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_bytes(b"one\n\xfftwo\n\nthree")
    with opened_lines(file) as lines:
        assert list(lines) == [b"one\n", b"\xfftwo\n", b"\n", b"three"]


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"one\ntwo\n")))
    with opened_lines(Path("-")) as lines:
        assert list(lines) == [b"one\n", b"two\n"]


@pytest.mark.parametrize("name", ["nothing.jsonl", "."])
def test_what_cannot_be_read_is_told_with_its_name_and_what_to_give(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with (
        pytest.raises(BadInput, match=r"cannot be read .* Give a file of JSON lines, or -") as raised,
        opened_lines(path),
    ):
        pass
    assert repr(str(path)) in str(raised.value)


def test_the_file_is_closed_whatever_happens(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_bytes(b"one\n")
    with pytest.raises(ZeroDivisionError), opened_lines(file) as lines:
        raise ZeroDivisionError
    assert isinstance(lines, io.BufferedReader)
    assert lines.closed
