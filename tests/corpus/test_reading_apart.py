"""The reader in a process of its own: it reads as the one in this process, and no file takes more than its share."""

from __future__ import annotations

import gzip
import io
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Draft, Skipped
from corpus.reading import read_file
from corpus.reading_apart import Bounds, NoWorker, Read, ReaderApart
from corpus.worker_frames import LARGEST, BrokenFrame, framed, part_frames, part_of, received
from tests.corpus import files

ROOT = Path(__file__).parent.parent.parent
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of processes")


@pytest.fixture
def apart() -> Iterator[ReaderApart]:
    with ReaderApart() as reader:
        yield reader


def made(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def notes(folder: Path, count: int) -> list[Path]:
    return [
        made(folder, f"note{number:04}.txt", f"Note {number} tells of the bridge.".encode()) for number in range(count)
    ]


def endless(folder: Path, name: str = "endless.html") -> Path:
    """A page whose attributes take the parser their square in time: minutes."""
    attributes = " ".join(f"a{number}=''" for number in range(400_000))
    return made(folder, name, f"<!doctype html><html><p {attributes}>Text.</p></html>".encode())


def greedy(folder: Path) -> Path:
    """A PDF of a few kilobytes that unpacks to a gigabyte."""
    packed = zlib.compress(zlib.compress(bytes(1_000_000_000), 1), 9)
    return made(folder, "greedy.pdf", files.pdf_of(b"/Filter [/FlateDecode /FlateDecode]", packed))


def reasons(read: Read) -> list[str]:
    return [item.reason for item in read.found if isinstance(item, Skipped)]


def test_each_format_reads_as_in_this_process(tmp_path: Path, apart: ReaderApart) -> None:
    some = {
        "x.txt": "A text – with dashes.".encode(),
        "x.jsonl": b'{"id": "1", "text": "One."}\n{"id": 2}\n{"text": "Three.", "author": ["Ann", "Bob"]}\n',
        "x.csv": b"text,date\nOne.,2022-06-17\nTwo.,never\n",
        "x.md": b"---\ntitle: A title\n---\n\n# Heading\n\nText.",
        "x.rss": b"<rss version='2.0'><channel><item><description>One.</description></item></channel></rss>",
        "x.pdf": files.pdf([[(72, 700, "A text.")]]),
        "x.docx": files.word(["A text."], title="Title"),
        "x.html": b"<!doctype html><html><body><article><p>The council met on Friday.</p></article></body></html>",
        "x.odt": b"x",
        "x.json": b'{"text": "a\\ud800"}',
    }
    paths = [made(tmp_path, name, content) for name, content in some.items()]
    found = list(apart.read([*paths, tmp_path / "absent.txt"]))
    assert [list(one.found) for one in found] == [list(read_file(path)) for path in [*paths, tmp_path / "absent.txt"]]
    assert not any(one.ended for one in found)


def test_an_own_mapping_of_fields_is_kept_to(tmp_path: Path) -> None:
    path = made(tmp_path, "x.jsonl", b'{"Inhalt": "Ein Text."}')
    with ReaderApart(fields={"text": "Inhalt"}) as apart:
        (read,) = apart.read([path])
    assert [item.text for item in read.found if isinstance(item, Draft)] == ["Ein Text."]


def test_no_process_is_started_before_there_is_a_file(tmp_path: Path, apart: ReaderApart) -> None:
    assert list(apart.read([])) == []
    assert apart.pid is None
    list(apart.read(notes(tmp_path, 1)))
    assert apart.pid is not None
    apart.close()
    assert apart.pid is None


def test_files_come_back_in_order_however_many_go_ahead(tmp_path: Path, apart: ReaderApart) -> None:
    paths = notes(tmp_path, 300)
    taken: list[Path] = []
    sources = [read.found[0].source for read in apart.read(taken.append(p) or p for p in paths) if is_draft(read)]
    assert sources == [str(path) for path in paths] == [str(path) for path in taken]


def is_draft(read: Read) -> bool:
    return isinstance(read.found[0], Draft)


def test_answers_that_nobody_waited_for_are_not_taken_for_others(tmp_path: Path, apart: ReaderApart) -> None:
    paths = notes(tmp_path, 50)
    for read in apart.read(paths):
        assert is_draft(read)
        break
    (last,) = apart.read(paths[-1:])
    assert last.found == tuple(read_file(paths[-1]))


@UNIX
def test_a_file_that_takes_too_long_is_skipped_and_the_files_around_it_are_read(tmp_path: Path) -> None:
    before, *after = notes(tmp_path, 30)
    with ReaderApart(bounds=Bounds(seconds=2)) as apart:
        first, slow, *rest = apart.read([before, endless(tmp_path), *after])
    assert reasons(slow) == ["took longer than 2 s to read; split it, or save it in a simpler form"]
    assert slow.ended
    assert [len(read.found) for read in (first, *rest)] == [1] * 30
    assert not any(read.ended or reasons(read) for read in (first, *rest))


@UNIX
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system keeps the limit")
def test_a_file_that_needs_too_much_memory_is_skipped(tmp_path: Path) -> None:
    long_text = made(tmp_path, "long.json", b'{"text": "' + b"x" * 90_000_000 + b'"}')
    with ReaderApart(bounds=Bounds(memory=300_000_000)) as apart:
        found = list(apart.read([*notes(tmp_path, 3), greedy(tmp_path), long_text]))
    assert [reasons(read) for read in found[:3]] == [[]] * 3
    for read in found[3:]:
        assert reasons(read) == ["needed more than 0.3 GB of memory to be read; split it"]
        assert read.ended


def test_a_file_of_more_rows_than_fit_is_skipped_whole(tmp_path: Path) -> None:
    path = made(tmp_path, "rows.csv.gz", gzip.compress(b"text\n" + b"a\n" * 200_000))
    with ReaderApart(bounds=Bounds(output=1_000_000)) as apart:
        (read,) = apart.read([path])
    assert reasons(read) == ["holds more articles than fit into memory for a file of its size; split it"]
    assert read.ended


@UNIX
def test_a_worker_that_is_killed_between_files_costs_none_of_them(tmp_path: Path, apart: ReaderApart) -> None:
    paths = notes(tmp_path, 120)
    found = []
    for number, read in enumerate(apart.read(paths)):
        found.append(read)
        if number % 40 == 5 and apart.pid is not None:
            os.kill(apart.pid, signal.SIGKILL)
    assert [read.found for read in found] == [tuple(read_file(path)) for path in paths]


@UNIX
def test_a_file_that_stops_every_worker_is_named_with_the_signal(tmp_path: Path, apart: ReaderApart) -> None:
    slow, note = endless(tmp_path), notes(tmp_path, 1)[0]
    shot: set[int] = set()

    def shoot() -> None:
        while len(shot) < 2:
            time.sleep(0.3)
            if apart.pid is not None and apart.pid not in shot:
                shot.add(apart.pid)
                os.kill(apart.pid, signal.SIGSEGV)

    list(apart.read([note]))
    threading.Thread(target=shoot, daemon=True).start()
    broken, whole = apart.read([slow, note])
    assert reasons(broken) == ["made the reader stop (signal 11); please report this"]
    assert is_draft(whole)
    assert len(shot) == 2


@UNIX
def test_the_worker_goes_when_its_parent_goes(tmp_path: Path) -> None:
    code = f"""
        import threading, time
        from pathlib import Path
        from corpus.reading_apart import ReaderApart
        apart = ReaderApart()
        list(apart.read([Path({str(notes(tmp_path, 1)[0])!r})]))
        print(apart.pid, flush=True)
        list(apart.read([Path({str(endless(tmp_path))!r})]))
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        time.sleep(0.2)
        parent.kill()
    assert ended_within(worker, seconds=20)


def ended_within(pid: int, *, seconds: float) -> bool:
    begin = time.monotonic()
    while time.monotonic() - begin < seconds:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
            return True
        time.sleep(0.05)
    return False


@UNIX
def test_memory_is_watched_where_the_system_keeps_no_limit() -> None:
    code = """
        import os, threading, time
        from corpus import worker
        threading.Thread(target=worker._watch, args=(os.getppid(), 50_000_000), daemon=True).start()
        time.sleep(1)
        held = b"x" * (worker._resident() + 200_000_000)
        time.sleep(60)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, check=False)
    assert done.returncode == 86


def test_a_worker_of_another_version_is_refused_and_no_file_is_blamed(
    tmp_path: Path, apart: ReaderApart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.worker_process.GREETING", b"reading given_id title")
    with pytest.raises(NoWorker, match="updated while it ran"):
        list(apart.read(notes(tmp_path, 2)))


def test_a_worker_that_cannot_be_started_is_no_fault_of_a_file(
    tmp_path: Path, apart: ReaderApart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(NoWorker, match="ended before it began"):
        list(apart.read(notes(tmp_path, 2)))


def test_a_file_in_the_working_folder_is_not_taken_for_a_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path, "json.py", b"raise SystemExit('imported from the working folder')")
    monkeypatch.chdir(tmp_path)
    with ReaderApart() as apart:
        assert all(is_draft(read) for read in apart.read(notes(tmp_path, 2)))


labels = st.none() | st.text(max_size=20)
drafts = st.builds(
    Draft, text=st.text(), source=st.just("/x.jsonl"), row=st.none() | st.integers(1), given_id=labels, title=labels,
    publisher=labels, author=labels, url=labels, published=labels, language=labels, edition=labels,
)  # fmt: skip
records = st.builds(Skipped, path=st.just("/x.jsonl"), reason=st.text(), line=st.none() | st.integers(1))


@given(st.lists(drafts | records, max_size=5))
def test_articles_and_records_pass_unchanged(items: list[Draft | Skipped]) -> None:
    stream = io.BytesIO(b"".join(part_frames(iter(items))))
    found: list[Draft | Skipped] = []
    while body := received(stream):
        found += part_of(body, Path("/x.jsonl")).found
    assert found == items


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[true]", b"[true, 5]", b"[true, [[]]]", b'[true, [["a", "b"]]]', b'[true, [["a", null, 1]]]',
     b"[" * 100_000, b"\xff", b'[true, [["a", null, null, null, null, null, null, null, null, 5]]]'],
)  # fmt: skip
def test_whatever_else_a_worker_says_is_no_article(body: bytes) -> None:
    with pytest.raises(BrokenFrame):
        part_of(body, Path("/x.txt"))


@pytest.mark.parametrize("sent", [b"\0", (LARGEST + 1).to_bytes(4, "big"), framed(b"12345")[:-1]])
def test_a_frame_cut_off_or_too_large_is_refused(sent: bytes) -> None:
    with pytest.raises(BrokenFrame):
        received(io.BytesIO(sent))
