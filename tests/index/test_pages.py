"""Rows read from the bytes of an SQLite file are those that SQLite reads."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.pages import Row, opened

cells = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False).filter(lambda value: not value.is_integer()),  # SQLite keeps 2.0 as 2
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=300),
    st.binary(max_size=300),
    st.integers(4000, 20_000).map(lambda size: "long " * size),
)


def rows_of(path: Path) -> list[Row]:
    with path.open("rb") as file:
        return list(opened(file, path.with_name(f"{path.name}-wal")).rows())


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.tuples(cells, cells, cells), max_size=40), page_size=st.sampled_from([512, 4096, 65536]))
def test_every_row_is_read_as_sqlite_reads_it(rows: list[tuple[object, ...]], page_size: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.sqlite"
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA page_size = {page_size}")
            connection.execute("CREATE TABLE t (a, b, c)")
            connection.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
            connection.commit()
            expected = connection.execute("SELECT rowid, a, b, c FROM t ORDER BY rowid").fetchall()
        found = sorted((row.rowid or 0, *row.cells) for row in rows_of(path) if len(row.cells) == 3)
        assert [row[0] for row in found] == [row[0] for row in expected]
        assert sorted(map(repr, found)) == sorted(map(repr, expected))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "x.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (a, b)")
        connection.executemany("INSERT INTO t VALUES (?, ?)", [(n, f"row {n} " * 100) for n in range(200)])
        connection.commit()
    return path


def numbers(path: Path) -> set[object]:
    return {row.cells[0] for row in rows_of(path) if len(row.cells) == 2}


def test_rows_below_a_damaged_page_are_read(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master").fetchone()
    with database.open("r+b") as file:
        file.write(b"\xff" * 100)
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    assert numbers(database) == set(range(200))


def test_deleted_rows_stay_deleted(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")  # what some builds of SQLite overwrite, others leave
        connection.execute("DELETE FROM t WHERE a >= 20")
        connection.commit()
    assert numbers(database) == set(range(20))


def test_what_a_log_holds_counts_as_far_as_it_was_committed(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("INSERT INTO t VALUES (500, 'new')")
        connection.commit()
        connection.executemany("INSERT INTO t VALUES (?, ?)", [(n, "x" * 900) for n in range(600, 700)])
        assert database.with_name("x.sqlite-wal").stat().st_size > 100 * 900, "nothing was spilled"
        assert numbers(database) == {*range(200), 500}


@settings(max_examples=60, deadline=None)
@given(content=st.binary(min_size=1, max_size=9000), whole_header=st.booleans())
def test_no_bytes_make_it_fail(content: bytes, whole_header: bool) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.sqlite"
        header = b"SQLite format 3\0" + (4096).to_bytes(2, "big") if whole_header else b""
        path.write_bytes(header + content)
        rows_of(path)


def test_deleted_rows_stay_deleted_even_where_the_list_of_free_pages_is_damaged(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        for number in range(100):  # so many that the schema itself has pages besides the first
            connection.execute(f"CREATE TABLE other_{number} (a, b, c, d, e, f, g, h, i, j, k, l, m)")
        connection.execute("PRAGMA secure_delete = OFF")  # what some builds of SQLite overwrite, others leave
        connection.execute("DELETE FROM t")
        connection.execute("INSERT INTO t VALUES (7, 'kept')")
        connection.commit()
    with database.open("r+b") as file:
        file.write(b"\xff" * 4096)
    assert numbers(database) == {7}
