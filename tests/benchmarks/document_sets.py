"""Published sets of contradicting documents: `python -m tests.benchmarks.document_sets SHARED [--set NAME] [--show]`.

Each row's documents are a corpus of their own, ingested and asked as a user would. WikiContradict (development half):
two passages that contradict each other on the question; and one of them among passages of other rows, where nothing
contradicts. RAMDocs (development half): documents with right answers, misinformation and noise.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant import wiring
from assistant.models import Answer, ask
from assistant.settings import load
from tests.benchmarks.measuring import table

OTHERS = 5
"""Passages of other rows beside the one that answers."""


@dataclass(frozen=True, slots=True)
class Document:
    text: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    question: str
    documents: tuple[Document, ...]
    answers: tuple[str, ...]
    wrong_answers: tuple[str, ...] = ()
    conflict: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    row: Row
    answer: Answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--set", choices=("wikicontradict", "ramdocs"), action="append")
    parser.add_argument("--folder", type=Path, help="keeps the workspaces, so that a second run need not make them")
    parser.add_argument("--rows", type=int, help="only so many rows of a set")
    parser.add_argument("--show", action="store_true", help="each question with what was said, to look at errors")
    given = parser.parse_args()
    with TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        for name in given.set or ("wikicontradict", "ramdocs"):
            SETS[name](given.shared / "data" / "conflicts", folder / name, given.rows, show=given.show)


def wikicontradict(data: Path, folder: Path, rows: int | None, *, show: bool) -> None:
    some = list(_wikicontradict(data / "wikicontradict_dev.jsonl"))[:rows]
    both = [asked(row, folder / "both") for row in some]
    alone = [asked(row, folder / "alone") for row in one_sided(some)]
    found = [one for one in both if one.answer.status == "contested"]
    rows_of_table = [
        ["contested", share(len(found), len(both))],
        ["contested, both passages cited on its sides", share(sum(map(cites_both, both)), len(both))],
        ["both passages cited", share(sum(len(cited(one.answer)) > 1 for one in both), len(both))],
        ["refused", share(sum(one.answer.status == "not_covered" for one in both), len(both))],
        [
            f"one passage and {OTHERS} unrelated: conflict flagged",
            share(sum(bool(one.answer.conflicts) for one in alone), len(alone)),
        ],
    ]
    print(table([f"WikiContradict, {len(some)} questions", "share"], rows_of_table), end="\n\n")
    if show:
        print(*(shown(one) for one in both if not cites_both(one)), sep="\n")
        print(*(shown(one) for one in alone if one.answer.conflicts), sep="\n")


def cites_both(one: Asked) -> bool:
    """Contested, and the sides of one conflict hold both articles."""
    if one.answer.status != "contested":
        return False
    articles = {citation.number: citation.article_id for citation in one.answer.citations}
    return any(
        len({articles[number] for side in conflict.sides for number in side.citations}) > 1
        for conflict in one.answer.conflicts
    )


def cited(answer: Answer) -> set[str]:
    return {citation.article_id for citation in answer.citations}


def one_sided(rows: Sequence[Row]) -> Iterator[Row]:
    """The first passage of each row, and the first ones of rows that follow."""
    for at, row in enumerate(rows):
        others = [rows[(at + 7 * step) % len(rows)] for step in range(1, OTHERS + 1)]
        documents = (row.documents[0], *(other.documents[0] for other in others))
        yield Row(row.id, row.question, documents, answers=row.answers[:1], conflict=False)


def ramdocs(data: Path, folder: Path, rows: int | None, *, show: bool) -> None:
    some = list(_ramdocs(data / "ramdocs_dev.jsonl.gz"))[:rows]
    all_asked = [asked(row, folder) for row in some]
    flagged = [bool(one.answer.conflicts) for one in all_asked]
    real = [one.row.conflict for one in all_asked]
    hits = sum(a and b for a, b in zip(flagged, real, strict=True))
    precision, recall = hits / max(1, sum(flagged)), hits / max(1, sum(real))
    rows_of_table = [
        ["rows whose documents contradict each other", share(sum(real), len(real))],
        ["conflict precision", f"{precision:.3f}"],
        ["conflict recall", f"{recall:.3f}"],
        ["conflict F1", f"{2 * precision * recall / max(1e-9, precision + recall):.3f}"],
        ["every right answer is shown", share(sum(map(shows_all, all_asked)), len(all_asked))],
        ["every right answer and no wrong one", share(sum(map(shows_only_right, all_asked)), len(all_asked))],
        ["refused", share(sum(one.answer.status == "not_covered" for one in all_asked), len(all_asked))],
    ]
    print(table([f"RAMDocs, {len(some)} questions", ""], rows_of_table), end="\n\n")
    if show:
        print(*(shown(one) for one in all_asked if not shows_all(one) or flagged[all_asked.index(one)]), sep="\n")


def shows_all(one: Asked) -> bool:
    return all(_holds(one.answer, right) for right in one.row.answers)


def shows_only_right(one: Asked) -> bool:
    return shows_all(one) and not any(_holds(one.answer, wrong) for wrong in one.row.wrong_answers)


def _holds(answer: Answer, words: str) -> bool:
    quotes = " ".join(citation.quote for citation in answer.citations)
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", quotes, re.IGNORECASE))


def asked(row: Row, folder: Path) -> Asked:
    workspace = folder / row.id
    settings = load({"workspace": workspace})
    if not workspace.exists():
        source = folder / f"{row.id}.jsonl"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text("".join(f"{json.dumps(_article(at, one))}\n" for at, one in enumerate(row.documents)))
        wiring.ingest(settings, [source], events=_Unwatched())
    with wiring.opened(settings) as asker:
        return Asked(row, asker.ask(ask(row.question)))


class _Unwatched:
    """Progress that nobody looks at."""

    def reading(self, done: int, total: int) -> None: ...
    def planned(self, articles: int) -> None: ...
    def encoding(self, articles: int, done: int, total: int) -> None: ...
    def written(self, articles: int, passages: int) -> None: ...


def _article(at: int, document: Document) -> Mapping[str, str]:
    article = {"id": f"d{at}", "text": document.text}
    return article | ({"title": document.title} if document.title else {})


def _wikicontradict(path: Path) -> Iterator[Row]:
    for line in path.read_text().splitlines():
        row = json.loads(line)
        documents = tuple(Document(one["text"], one["title"]) for one in row["passages"])
        yield Row(row["id"], row["question"], documents, answers=tuple(row["answers"]))


def _ramdocs(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt") as lines:
        for row in map(json.loads, lines):
            yield Row(
                row["id"],
                row["question"],
                tuple(Document(one["text"]) for one in row["passages"]),
                answers=tuple(row["answers"]),
                wrong_answers=tuple(row["wrong_answers"]),
                conflict=row["conflict"],
            )


def share(some: int, of: int) -> str:
    return f"{some / max(1, of):.3f} ({some} of {of})"


def shown(one: Asked) -> str:
    said = one.answer
    row = one.row
    lines = [f"\n{row.id} {row.question!r} {list(row.answers)}, wrong: {list(row.wrong_answers)}, {row.conflict}"]
    lines.append(f"  said {said.status}: {said.reason}")
    lines += [f"  conflict {c.type}: {[side.value for side in c.sides]} {c.reason}" for c in said.conflicts]
    lines += [
        f"  [{c.number}] {c.score:.2f} {c.attribution}/{c.certainty} {c.article_id}: {' '.join(c.quote.split())[:250]}"
        for c in (*said.citations, *said.closest)
    ]
    lines += [f"  d{at}: {' '.join(document.text.split())[:600]}" for at, document in enumerate(row.documents)]
    return "\n".join(lines)


SETS = {"wikicontradict": wikicontradict, "ramdocs": ramdocs}


if __name__ == "__main__":
    main()
