"""Finding files, choosing the reader, and a run that goes on whatever a file holds."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.fields import UnknownField
from corpus.models import Draft, Skipped
from corpus.reading import FORMATS, Limits, PathMissing, find_files, read_file

ROOT = Path(__file__).parent.parent.parent


def written(folder: Path, *names: str) -> list[Path]:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("A text.", encoding="utf-8")
    return [folder / name for name in names]


def names(found: Sequence[Path], folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in found]


def test_files_are_found_in_folders_sorted_and_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "b/z.txt", "b/a.md", "a.txt", "c/d/e.pdf")
    monkeypatch.chdir(tmp_path)
    found = find_files([Path("."), Path("b")])
    assert names(found, tmp_path) == ["a.txt", "b/a.md", "b/z.txt", "c/d/e.pdf"]
    assert all(path.is_absolute() for path in found)


def test_a_file_named_in_several_ways_is_found_once(tmp_path: Path) -> None:
    (real,) = written(tmp_path, "z.txt")
    (tmp_path / "link.txt").symlink_to(real)
    assert find_files([tmp_path, real, tmp_path / "b" / ".." / "z.txt", tmp_path / "link.txt"]) == [real]


def test_hidden_files_are_left_out_unless_named(tmp_path: Path) -> None:
    (hidden,) = written(tmp_path, ".hidden.txt")
    written(tmp_path, ".git/config.txt", "~$open.docx", "a.txt")
    assert names(find_files([tmp_path]), tmp_path) == ["a.txt"]
    assert find_files([hidden]) == [hidden]


def test_links_that_lead_back_are_survived(tmp_path: Path) -> None:
    written(tmp_path, "a/b/x.txt")
    (tmp_path / "a" / "b" / "back").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "itself").symlink_to(tmp_path / "itself")
    assert "a/b/x.txt" in names(find_files([tmp_path]), tmp_path)


def test_files_keep_their_real_place_where_a_link_leads_there_too(tmp_path: Path) -> None:
    written(tmp_path, "a/x.txt", "b/y.txt", "elsewhere/z.txt")
    (tmp_path / "a" / "link").symlink_to(tmp_path / "b", target_is_directory=True)
    (tmp_path / "a" / "out").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert names(find_files([tmp_path]), tmp_path) == ["a/x.txt", "b/y.txt", "elsewhere/z.txt"]
    assert names(find_files([tmp_path / "a"]), tmp_path) == ["a/link/y.txt", "a/out/z.txt", "a/x.txt"]


def test_a_link_to_nothing_is_listed_and_reading_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    (found,) = find_files([tmp_path])
    assert list(read_file(found)) == [Skipped(path=str(found), reason="cannot be read (No such file or directory)")]


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert find_files([tmp_path]) == []
    assert [skipped.reason for skipped in read_file(tmp_path / "pipe.txt")] == ["is not a regular file"]


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(PathMissing, match=r"nowhere' does not exist; give a file or a folder") as caught:
        find_files([tmp_path, tmp_path / "nowhere"])
    assert caught.value.path == tmp_path / "nowhere"


def test_an_unknown_kind_of_file_is_told_the_kinds_that_are_read(tmp_path: Path) -> None:
    (path,) = written(tmp_path, "x.odt")
    (skipped,) = read_file(path)
    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith("is of a kind that is not read; readable are .atom, .csv, .docx")


def test_the_suffix_decides_whatever_its_case(tmp_path: Path) -> None:
    for path in written(tmp_path, "x.TXT", "y.Md"):
        (draft,) = read_file(path)
        assert isinstance(draft, Draft)
        assert (draft.text, draft.source) == ("A text.", str(path))


@pytest.mark.parametrize("name", ["x.txt.gz", "x.md.gz", "x.HTML.GZ"])
def test_text_formats_are_read_zipped(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(b"<!doctype html><p>A text.</p>" if "HTML" in name else b"A text."))
    (draft,) = read_file(path)
    assert isinstance(draft, Draft)
    assert draft.text == "A text."


def test_a_mapping_of_an_unknown_field_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UnknownField, match="'datum'"):
        read_file(tmp_path / "nowhere.jsonl", fields={"datum": "published"})


def test_records_name_files_relative_to_the_root_where_they_lie_inside(tmp_path: Path) -> None:
    (path,) = written(tmp_path, "a/x.odt")
    assert [skipped.path for skipped in read_file(path, root=tmp_path)] == ["a/x.odt"]
    assert [skipped.path for skipped in read_file(path, root=tmp_path / "b")] == [str(path)]


def test_a_name_that_is_no_unicode_is_told(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("A text.", encoding="utf-8")
    (skipped,) = read_file(path)
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "has a name that is not valid UTF-8; rename it"
    assert skipped.path.encode().endswith("caf\ufffd.txt".encode())


def test_a_file_that_vanished_is_a_record(tmp_path: Path) -> None:
    assert [skipped.reason for skipped in read_file(tmp_path / "x.txt")] == [
        "cannot be read (No such file or directory)"
    ]


def test_every_format_has_its_reader(tmp_path: Path) -> None:
    for suffix in FORMATS:
        path = tmp_path / f"x{suffix}"
        path.write_bytes(b"")
        assert [skipped.reason for skipped in read_file(path)] == ["is empty"]


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".xml", ".json", ".jsonl", ".csv", ".pdf", ".docx"])
def test_one_line_of_two_hundred_megabytes_is_refused_at_once(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"x{suffix}"
    with path.open("wb") as file:
        for _ in range(200):
            file.write(b"x" * 1_000_000)
    begin = time.perf_counter()
    found = list(read_file(path))
    taken = time.perf_counter() - begin
    path.unlink()
    assert taken < 5
    assert len(found) == 1
    assert isinstance(found[0], Skipped)


@pytest.mark.parametrize("suffix", [".txt.gz", ".jsonl.gz", ".csv.gz", ".json.gz"])
def test_a_zipped_file_that_unpacks_to_gigabytes_is_refused_at_once(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"x{suffix}"
    path.write_bytes(gzip.compress(b"0" * 1_000_000) * 5000)
    begin = time.perf_counter()
    found = list(read_file(path))
    assert time.perf_counter() - begin < 5
    assert len(found) == 1
    assert isinstance(found[0], Skipped)


def test_the_line_after_one_too_long_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"text": "' + b"x" * 5000 + b'"}\n{"text": "A text."}\n')
    skipped, draft = read_file(path, limits=Limits(line_bytes=1000))
    assert skipped == Skipped(path=str(path), reason="line 1 is longer than 1,000 bytes; the most for one row", line=1)
    assert isinstance(draft, Draft)
    assert (draft.text, draft.row) == ("A text.", 2)


def test_rows_before_a_break_in_a_zipped_file_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    rows = b"".join(b'{"text": "Text %d, %s."}\n' % (number, os.urandom(40).hex().encode()) for number in range(9000))
    path.write_bytes(gzip.compress(rows)[:-1000])
    *drafts, last = read_file(path)
    assert len(drafts) > 5000
    assert all(isinstance(draft, Draft) for draft in drafts)
    assert isinstance(last, Skipped)
    assert last.reason.startswith("is a broken gzip file")


def test_rows_and_plain_text_are_read_without_the_libraries_of_other_formats(tmp_path: Path) -> None:
    paths = written(tmp_path, "x.txt")
    (tmp_path / "x.jsonl").write_text('{"text": "A text.", "date": "June 17, 2022"}', encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from corpus.reading import read_file\n"
        f"for path in {[str(path) for path in (*paths, tmp_path / 'x.jsonl')]}: list(read_file(Path(path)))\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    libraries = {"charset_normalizer", "docx", "feedparser", "lxml", "markdown_it", "pypdfium2", "trafilatura", "yaml"}
    assert libraries.isdisjoint(done.stdout.split())


def test_thousands_of_rows_are_read_in_seconds(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    row = {
        "title": "Talks resume",
        "text": "Eine Brücke is a bridge. " * 220,
        "published": "2022-06-17",
        "authors": ["Ann"],
    }
    path.write_bytes(gzip.compress((json.dumps(row) + "\n").encode() * 5000, 1))
    begin = time.perf_counter()
    assert sum(isinstance(draft, Draft) for draft in read_file(path)) == 5000
    assert time.perf_counter() - begin < 4
