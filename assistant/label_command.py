"""What `crosscheck label` does and prints: files read as ingest reads them, their sentences labelled, shown.

Apart from the command line so that it parses and prints only, and from `status`, which knows no files.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.harmless import in_json, visible
from assistant.render import on_one_line
from assistant.status.models import Cue, Label
from assistant.vouched import LabelArticle
from corpus import sentences
from corpus.identity import assign
from corpus.models import Article, Draft, Sentence, Skipped, text_sha256
from corpus.reading import find_files
from corpus.reading_apart import ReaderApart

Style = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with all its sentences labelled."""

    article_id: str
    text: str
    title: str | None
    labels: tuple[Label, ...]


def labelled(paths: Sequence[Path], *, label: LabelArticle) -> Iterator[Labelled | Skipped]:
    """The articles of files and folders, labelled, with ids as ingest makes them.

    Raises `PathMissing` or `NoWorker`.
    """
    drafts = list[Draft]()
    with ReaderApart() as reader:
        for file in reader.read(find_files(paths)):
            yield from (found for found in file.found if isinstance(found, Skipped))
            drafts += (found for found in file.found if isinstance(found, Draft))
    for assigned in assign(drafts, known={}):
        yield assigned if isinstance(assigned, Skipped) else _labelled(*assigned, label=label)


def _labelled(article_id: str, draft: Draft, *, label: LabelArticle) -> Labelled:
    article = Article(
        id=article_id,
        revision=1,
        text=draft.text,
        sha256=text_sha256(draft.text),
        source=draft.source,
        title=draft.title,
        publisher=draft.publisher,
    )
    spans = sentences.split(draft.text)
    return Labelled(article_id, draft.text, draft.title, tuple(label(article, spans, spans)))


def as_json(article: Labelled) -> str:
    """One line; the form stands in the documentation of the command."""
    rows = [_row(article.text, found) for found in article.labels]
    return in_json(json.dumps({"article_id": article.article_id, "sentences": rows}, ensure_ascii=False))


def skipped(found: Skipped) -> str:
    return on_one_line(f"Skipped {found.path}: {found.reason}")


def _row(text: str, found: Label) -> dict[str, object]:
    place = found.sentence
    return {
        "start": place.start,
        "end": place.end,
        "text": text[place.start : place.end],
        "attribution": found.attribution,
        "certainty": found.certainty,
        "unconfirmed": found.unconfirmed,
        "cues": [{"text": text[cue.start : cue.end], "start": cue.start, "end": cue.end} for cue in found.cues],
        "because_of": None if found.because_of is None else _span(found.because_of),
    }


def _span(place: Sentence) -> dict[str, int]:
    return {"start": place.start, "end": place.end}


def as_text(article: Labelled, *, style: Style) -> str:
    """For people: each sentence under its labels, cues standing out."""
    title = article.article_id if article.title is None else f"{article.article_id} — {article.title}"
    numbers = {found.sentence: number for number, found in enumerate(article.labels, start=1)}
    lines = [_sentence(article.text, found, numbers, style) for found in article.labels]
    return "\n".join([style(on_one_line(title), "heading"), *lines])


def _sentence(text: str, found: Label, numbers: dict[Sentence, int], style: Style) -> str:
    labels = f"{numbers[found.sentence]:>4}  {found.attribution}, {found.certainty}"
    if found.unconfirmed:
        labels += ", unconfirmed"
    if found.because_of is not None:
        labels += f" (by sentence {numbers[found.because_of]})"
    heading = style(labels, "warning" if found.unconfirmed else "faint")
    return f"{heading}\n      {_marked(text, found, style)}"


def _marked(text: str, found: Label, style: Style) -> str:
    """The sentence on one line, its cues styled."""
    parts, at = [], found.sentence.start
    for cue in (*found.cues, Cue(found.sentence.end, found.sentence.end)):
        parts += [
            _shown(text[at : cue.start]),
            style(_shown(text[cue.start : cue.end]), "cue") if cue.end > cue.start else "",
        ]
        at = cue.end
    return "".join(parts)


def _shown(text: str) -> str:
    return visible("".join(" " if letter.isspace() else letter for letter in text))
