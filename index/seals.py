"""Whether a large file still has the SHA-256 it should have, without reading all of it every time.

Hashing the shipped networks takes 40 ms, a twentieth of a question. So a file is hashed when it is first seen, and
again whenever its size or its times changed; in between, the seal that was left then stands for it. Damage and another
version are found that way. Whoever can write both the file and the seal could change the program as well.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from index.model_files import file_sha256


def is_whole(path: Path, sha256: str, *, seals: Path | None) -> bool:
    """Whether the file has this hash; hashed now where `seals`, a folder, is None or has no seal of the file as it is.

    Raises OSError where the file cannot be read. A seal that cannot be written is done without.
    """
    if seals is None:
        return file_sha256(path) == sha256
    wanted = _seal(path, sha256)
    place = seals / f"{path.name}-{sha256[:12]}.seal"
    with suppress(OSError, ValueError):
        if place.read_text(encoding="ascii") == wanted:
            return True
    if file_sha256(path) != sha256:
        return False
    with suppress(OSError):
        seals.mkdir(parents=True, exist_ok=True)
        place.write_text(wanted, encoding="ascii")
    return True


def _seal(path: Path, sha256: str) -> str:
    """Of the file as it is now; taken before it is hashed, so that a change meanwhile shows the next time."""
    found = path.stat()
    return hashlib.sha256(
        f"{sha256} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}".encode()
    ).hexdigest()
