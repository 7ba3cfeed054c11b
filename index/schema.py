"""The form of the one SQLite file that is the truth. Nothing here reads or writes rows.

Generations: every committed change has the next number. A revision is part of generation g when
`born <= g and (died is null or died > g)`, so a reader of generation g sees exactly that while a writer adds
others. Texts of old revisions stay; their passages stay for as long as they are shown as of some earlier day, and are
swept otherwise when a later generation is published.

Rows that answers are made of carry a checksum, see `index.checksums`.
"""

from __future__ import annotations

FORMAT = 4

TABLES = """
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE articles (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT NOT NULL UNIQUE,
    source     TEXT NOT NULL,
    source_key TEXT NOT NULL,
    checksum   INTEGER NOT NULL
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
    seen      TEXT,
    checksum  INTEGER NOT NULL,
    sentences BLOB NOT NULL,
    text      TEXT NOT NULL,
    PRIMARY KEY (article, revision)
) STRICT;

CREATE INDEX revisions_by_birth ON revisions (born);
CREATE INDEX revisions_by_death ON revisions (died) WHERE died IS NOT NULL;
CREATE INDEX revisions_by_publisher ON revisions (publisher, article, revision, born, died);
CREATE INDEX revisions_living ON revisions (article, record, died) WHERE died IS NULL;

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
    checksum INTEGER NOT NULL,
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

CREATE INDEX traces_by_publisher ON traces (publisher, day) WHERE publisher IS NOT NULL;
CREATE INDEX traces_by_day ON traces (article, revision, day);

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
    checksum       INTEGER NOT NULL,
    FOREIGN KEY (article, revision) REFERENCES traces (article, revision) ON DELETE CASCADE,
    FOREIGN KEY (other, other_revision) REFERENCES traces (article, revision) ON DELETE CASCADE
) STRICT;

CREATE INDEX links_by_article ON links (article, revision);
CREATE INDEX links_by_other ON links (other, other_revision);
"""
"""Where articles come from: came with format 2, and is added to a file of format 1 when that is opened."""

NOW = "{r}.born <= :generation AND ({r}.died IS NULL OR {r}.died > :generation)"
"""Condition on revisions `r` that picks those of a generation."""

AS_OF = (
    "{r}.born <= :generation AND substr({r}.published, 1, 10) <= :day "
    "AND NOT EXISTS (SELECT 1 FROM revisions later WHERE later.article = {r}.article "
    "AND later.revision > {r}.revision AND later.born <= :generation "
    "AND (later.published IS NULL OR substr(later.published, 1, 10) <= :day)) "
    "AND EXISTS (SELECT 1 FROM revisions kept WHERE kept.article = {r}.article "
    "AND kept.born <= :generation AND (kept.died IS NULL OR kept.died > :generation))"
)
"""Condition on revisions `r` that picks those that a generation shows as of a day; see `index.periods`."""

ALIVE = NOW.format(r="r")
