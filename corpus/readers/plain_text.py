"""`.txt`: one article a file, its text whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.models import Draft
from corpus.readers import prose
from corpus.readers.raw import RawFile


def read(file: RawFile, mapping: Mapping[str, str]) -> Iterator[Draft]:
    text = prose.checked(file.text(), file.limits)
    yield Draft(text=text, source=str(file.path), title=prose.headline(text))
