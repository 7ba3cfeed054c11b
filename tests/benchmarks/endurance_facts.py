"""What the endurance run plants: articles about bridges and depots whose figures change from revision to revision.

Two publishers tell each bridge's cost, always in one ingest and always the same figure: an answer that gives two of
them mixes what never stood together. Pure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, product

from corpus.models import text_sha256

OWN = "endure-"
"""What the ids of these articles begin with."""
FIRST_DAY = date(2026, 3, 1)
_FRONT = (
    "Tarn",
    "Vel",
    "Quor",
    "Ash",
    "Brin",
    "Dun",
    "Fell",
    "Gar",
    "Holm",
    "Ivel",
    "Kest",
    "Lang",
    "Mor",
    "Ner",
    "Oak",
)
_BACK = ("ford", "brook", "wick", "stead", "mouth", "haven", "ley", "gate", "holt", "marsh", "combe", "dale")
_COST = re.compile(r"bridge at (?P<name>\w+) cost (?P<cost>\d+) million")


@dataclass(frozen=True, slots=True)
class Text:
    """One revision of one article."""

    article: str
    title: str
    publisher: str
    published: str
    """ISO day."""
    text: str

    @property
    def sha256(self) -> str:
        return text_sha256(self.text)

    @property
    def line(self) -> str:
        row = {"id": self.article, "title": self.title, "publisher": self.publisher, "published": self.published}
        return json.dumps({**row, "text": self.text}) + "\n"


def names() -> Iterator[str]:
    """Places that no article knows, each once, for as long as anybody asks."""
    for turn in count():
        yield from (f"{front}{back}{turn or ''}" for back, front in product(_BACK, _FRONT))


def day(revision: int) -> str:
    """Each revision is published a day later than the one before."""
    return (FIRST_DAY + timedelta(days=revision)).isoformat()


def bridge(name: str, cost: int, revision: int) -> tuple[Text, Text]:
    """What two publishers tell of it."""
    opened = f"It was opened on a Monday. About {cost * 3} people came to see it."
    told = (
        ("Bridge Post", f"The bridge at {name} cost {cost} million euros, the ministry said.\n\n{opened}"),
        ("Ford Gazette", f"{opened} Nobody was hurt.\n\nIn the end the bridge at {name} cost {cost} million euros."),
    )
    one, other = (
        Text(f"{OWN}{name}-{place}", f"The bridge at {name}", publisher, day(revision), text)
        for place, (publisher, text) in enumerate(told)
    )
    return one, other


def depot(name: str, barrels: int, revision: int) -> Text:
    works = f"It lies by the river, and {barrels % 37} people work in it."
    text = f"The depot at {name} holds {barrels} barrels of oil.\n\n{works}"
    return Text(f"{OWN}{name}", f"The depot at {name}", "Bridge Post", day(revision), text)


def question(name: str) -> str:
    return f"How many million euros did the bridge at {name} cost?"


def costs(name: str, quotes: list[str]) -> set[int]:
    """The costs of that bridge that quotes give."""
    found = (match for quote in quotes for match in _COST.finditer(quote))
    return {int(match["cost"]) for match in found if match["name"] == name}
