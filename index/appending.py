"""Files that generations share: one adds to the end, each reads only as much as was there when it was made.

A later generation's file is the earlier one's under another name (a hard link) with more behind it, so adding a few
rows to a million costs the few. What a killed process left behind the end is cut off by the next one that adds.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def share(before: Path, path: Path) -> None:
    """Gives a file a second name, or makes a copy where the file system has no hard links."""
    try:
        os.link(before, path)
    except OSError:
        shutil.copyfile(before, path)


def extend(before: Path, path: Path, used: int, more: bytes) -> None:
    """`path` becomes the first `used` bytes of `before` and `more`. Raises OSError."""
    share(before, path)
    with path.open("r+b") as file:
        file.truncate(used)
        file.seek(used)
        file.write(more)
