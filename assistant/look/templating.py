"""Templates and files that HTML is made of. The only module that imports jinja2.

Every string that a template shows is escaped, and control and direction-changing characters in it are made visible,
without the template having to ask for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment as Environment
from jinja2 import FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant import shown_words
from assistant.render import visible
from assistant.shown import counted, day, spread

_HERE = Path(__file__).parent


def environment(templates: Path, given: Mapping[str, object]) -> Environment:
    """Finds templates in the folder and in this one; `given` is what all of them may use beside their own values."""
    made = Environment(
        loader=FileSystemLoader([templates, _HERE]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown_safely,
        auto_reload=False,
    )
    words = SimpleNamespace(status=shown_words.STATUS, meaning=shown_words.MEANING, conflict=shown_words.CONFLICT)
    made.globals.update(counted=counted, day=day, spread=spread, words=words, **given)
    return made


def shown_safely(value: object) -> object:
    """What templates do with every value before it is escaped."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def file(name: str) -> bytes:
    """`look.css` or `mark.svg`."""
    return (_HERE / name).read_bytes()
