"""The form of the one SQLite file that is the truth. Nothing here reads or writes rows.

Generations: every committed change has the next number. A revision is part of generation g when
`born <= g and (died is null or died > g)`, so a reader of generation g sees exactly that while a writer adds
others. Passages of dead revisions are swept when a later generation is published; texts of old revisions stay.
"""

from __future__ import annotations

FORMAT = 2

TABLES = """
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE articles (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT NOT NULL UNIQUE,
    source     TEXT NOT NULL,
    source_key TEXT NOT NULL
) STRICT;

CREATE INDEX articles_by_source ON articles (source);

-- The long columns stand last: SQLite walks past whatever precedes the column it is asked for.
CREATE TABLE revisions (
    article   INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    revision  INTEGER NOT NULL,
    born      INTEGER NOT NULL,
    died      INTEGER,
    record    TEXT NOT NULL,
    sha256    TEXT NOT NULL,
    source    TEXT NOT NULL,
    title     TEXT,
    publisher TEXT,
    author    TEXT,
    url       TEXT,
    published TEXT,
    language  TEXT,
    sentences BLOB NOT NULL,
    text      TEXT NOT NULL,
    PRIMARY KEY (article, revision)
) STRICT;

CREATE TABLE vectors (
    number INTEGER PRIMARY KEY,
    key    BLOB NOT NULL UNIQUE,
    vector BLOB NOT NULL
) STRICT;

CREATE TABLE passages (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    article  INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    "start"  INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    vector   INTEGER NOT NULL REFERENCES vectors (number),
    FOREIGN KEY (article, revision) REFERENCES revisions (article, revision) ON DELETE CASCADE
) STRICT;

CREATE INDEX passages_by_article ON passages (article, revision);
CREATE INDEX passages_by_vector ON passages (vector);

CREATE TABLE files (
    path    TEXT PRIMARY KEY,
    sha256  TEXT NOT NULL,
    how     TEXT NOT NULL,
    skipped TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

ORIGIN_TABLES = """
CREATE TABLE traces (
    article   INTEGER NOT NULL,
    revision  INTEGER NOT NULL,
    day       INTEGER,
    publisher TEXT,
    names     TEXT NOT NULL,
    vector    BLOB NOT NULL,
    sketch    BLOB NOT NULL,
    PRIMARY KEY (article, revision),
    FOREIGN KEY (article, revision) REFERENCES revisions (article, revision) ON DELETE CASCADE
) STRICT;

CREATE INDEX traces_by_publisher ON traces (publisher) WHERE publisher IS NOT NULL;

CREATE TABLE credits (
    outlet   TEXT NOT NULL,
    article  INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (outlet, article, revision),
    FOREIGN KEY (article, revision) REFERENCES traces (article, revision) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX credits_by_article ON credits (article, revision);

CREATE TABLE runs (
    run      INTEGER NOT NULL,
    article  INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (run, article, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE links (
    article        INTEGER NOT NULL,
    revision       INTEGER NOT NULL,
    other          INTEGER NOT NULL,
    other_revision INTEGER NOT NULL,
    kind           TEXT NOT NULL,
    outlet         TEXT,
    share          REAL NOT NULL,
    FOREIGN KEY (article, revision) REFERENCES traces (article, revision) ON DELETE CASCADE,
    FOREIGN KEY (other, other_revision) REFERENCES traces (article, revision) ON DELETE CASCADE
) STRICT;

CREATE INDEX links_by_article ON links (article, revision);
CREATE INDEX links_by_other ON links (other, other_revision);
"""
"""Where articles come from: came with format 2, and is added to a file of format 1 when that is opened."""

ALIVE = "r.born <= :generation AND (r.died IS NULL OR r.died > :generation)"
"""Condition on revisions `r` that picks those of a generation."""
