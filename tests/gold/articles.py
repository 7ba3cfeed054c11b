"""The articles that the labels speak of, and words put back where a row has offsets."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
_FILES = ("rumours_2014.jsonl.gz", "news_2022.jsonl.gz")


@dataclass(frozen=True, slots=True)
class Article:
    id: str
    text: str
    title: str | None
    publisher: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Words of an article: `text[start:end]`."""

    article: str
    start: int
    end: int

    def words(self, articles: Mapping[str, Article]) -> str:
        return articles[self.article].text[self.start : self.end]


def articles(shared: Path) -> dict[str, Article]:
    """By id. `shared` is the folder that holds `articles/`."""
    found = {}
    for name in _FILES:
        with gzip.open(shared / "articles" / name, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                found[row["id"]] = Article(
                    row["id"], row["text"], row.get("title"), row.get("publisher"), row.get("published")
                )
    for path in sorted((shared / "articles" / "chip_talks").glob("*.txt")):
        found[path.stem] = Article(path.stem, path.read_text(encoding="utf-8"), None, None, None)
    return found
