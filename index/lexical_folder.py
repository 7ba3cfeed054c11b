"""The folder of an index of words: of which files it consists, how the next one shares them, what goes wrong with them.

Separate because it knows files and names alone, not what tantivy writes into them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import DamagedIndex

LIST = "analysis.txt"
"""The first line says how terms were made, the others name the files."""


def write_list(folder: Path, analysis: str) -> None:
    """Writes which files `folder` consists of from now on, and that their terms were made by `analysis`."""
    names = sorted(file.name for file in folder.iterdir() if file.name != LIST and not file.name.endswith(".lock"))
    (folder / LIST).write_text("\n".join([analysis, *names]))


def listed(folder: Path, analysis: str) -> list[str]:
    """The names of the files that `folder` consists of, all of which are there.

    tantivy opens without some of its files and fails when it searches. They are never made again under the same
    name, so those that are there now were there a moment ago. Raises DamagedIndex where the list or a file is
    absent, or where the terms were not made by `analysis`.
    """
    try:
        made_by, *names = (folder / LIST).read_text().split("\n")
    except (OSError, ValueError) as error:
        raise DamagedIndex(f"{folder.name} is no index of words that tantivy can read ({error})") from error
    if made_by != analysis:
        raise DamagedIndex(f"{folder.name} was made with other terms ({made_by!r}) than are made now")
    missing = [name for name in names if not (folder / name).exists()]
    if missing:
        raise DamagedIndex(f"{folder.name} lacks {missing[0]}")
    return names


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """tantivy's ValueError, which stands for a full disk too, as OSError; not those of the caller's rows."""
    try:
        yield
    except ValueError as error:
        raise OSError(f"The words could not be written to {str(path)!r} ({error})") from error


@contextmanager
def damage(name: str) -> Iterator[None]:
    """What tantivy says of files that it cannot make sense of, as DamagedIndex; also where it gives up in a panic."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise DamagedIndex(f"{name} is no index of words that tantivy can read ({error})") from error
    except BaseException as error:
        # No Exception, and of a class that the binding does not give out.
        if type(error).__name__ != "PanicException":
            raise
        raise DamagedIndex(f"{name} is no index of words that tantivy can read ({error})") from error
