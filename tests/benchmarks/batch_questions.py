"""Many questions for `tests.benchmarks.batch`, made from news questions and the titles of a workspace's articles.

    python -m tests.benchmarks.batch_questions NEWS.jsonl WORKSPACE --rows 10000 > questions.jsonl

Each news question plain, with other words before it, and with filters of publisher and date; each titled article asked
for what it reports. Shuffled, so that what is alike does not stand together.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

from index.workspace import open_workspace

_HEADS = ("Tell me: ", "According to the articles, ", "Please answer briefly: ", "What do they report: ")
_TITLES = ('What is reported under "{}"?', 'What happened, by the report "{}"?')


def asked(news: Path) -> Iterator[dict[str, object]]:
    """Variants of the news questions."""
    for line in news.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, day = str(row["question"]), str(row["asked"])
        yield {"question": text}
        for head in _HEADS:
            yield {"question": head + text}
        yield {"question": text, "until": day}
        yield {"question": text, "since": f"{day[:7]}-01"}
        yield {"question": text, "publishers": ["usatoday.com"]}
        yield {"question": text, "publishers": ["cnn.com", "theweek.co.uk"]}


def titled(workspace: Path) -> Iterator[dict[str, object]]:
    with open_workspace(workspace) as opened, opened.viewing() as view:
        titles = [listing.title for listing in view.listings() if listing.title]
    for form in _TITLES:
        for title in titles:
            yield {"question": form.format(title[:300])}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("news", type=Path)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--rows", type=int, default=10_000)
    given = parser.parse_args()
    rows = [*asked(given.news), *titled(given.workspace)]
    random.Random(1).shuffle(rows)
    for number, row in enumerate(rows[: given.rows], start=1):
        print(json.dumps({"id": str(number), **row}, ensure_ascii=False))


if __name__ == "__main__":
    main()
