"""Checksums of the rows that answers are made of, so that a damaged page is noticed by whoever reads it. Pure.

SQLite itself keeps none, and hands out what a flipped bit left of a number or a text. CRC-32 is enough against
accidents; whoever can write the file on purpose can write the checksum too. A revision's text and what is known of it
are covered by its `record`, which is a SHA-256.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedWorkspace

SEAL = 4
"""Bytes of checksum behind a vector."""

Cell = str | int | float | None


def of_revision(
    article: int, revision: int, born: int, died: int | None, *, record: str, sha256: str, sentences: bytes
) -> int:
    """Of a row of `revisions`; `record` stands for the text and what is known of it."""
    return crc32(sentences, of_row(article, revision, born, died, record, sha256))


def of_row(*cells: Cell) -> int:
    """Of a row of a few small cells, in their order."""
    return crc32(repr(cells).encode(errors="surrogatepass"))


def sealed(key: bytes, vector: NDArray[np.float16]) -> bytes:
    """A vector as it is stored: its numbers, little-endian, and the checksum of key and numbers."""
    raw = np.ascontiguousarray(vector, dtype="<f2").tobytes()
    return raw + _seal(key, raw)


def reseal(key: bytes, raw: bytes) -> bytes:
    """As `sealed`, of a vector that is bytes already."""
    return raw + _seal(key, raw)


def holds(key: bytes, stored: bytes, dimension: int) -> bool:
    """Whether a stored vector is what was written under that key."""
    return len(stored) == 2 * dimension + SEAL and stored[-SEAL:] == _seal(key, stored[:-SEAL])


def opened(rows: Sequence[tuple[bytes | None, bytes | None]], dimension: int) -> NDArray[np.float16]:
    """Vectors of stored ones with their keys, shape (n, dimension). Raises DamagedWorkspace."""
    sound = [stored for key, stored in rows if key and stored and holds(key, stored, dimension)]
    wrong = len(rows) - len(sound)
    if wrong:
        raise DamagedWorkspace(f"{wrong} vectors in the store are damaged. {MEND}")
    return np.frombuffer(b"".join(stored[:-SEAL] for stored in sound), dtype="<f2").reshape(len(rows), dimension)


def _seal(key: bytes, raw: bytes) -> bytes:
    return crc32(raw, crc32(key)).to_bytes(SEAL, "little")


MEND = "Mend the workspace with: crosscheck doctor --repair"
