"""`.md`: one article a file, YAML front matter for its fields, the body as plain text without markup.

Only this module knows markdown-it-py and PyYAML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus import fields
from corpus.models import Draft
from corpus.readers import fragments, prose
from corpus.readers.blocks import joined
from corpus.readers.raw import RawFile, Unreadable

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LONGEST_FRONT_MATTER = 65_536
_NULLS = ("~", "null", "Null", "NULL")


def read(file: RawFile, mapping: Mapping[str, str]) -> Iterator[Draft]:
    written = file.text(limit=file.limits.markup_bytes).replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(written, 0, _LONGEST_FRONT_MATTER)
    record = _front_matter(front[1] or "") if front else {}
    tokens = _parsed(written[front.end() :] if front else written)
    text = prose.checked(joined(_blocks(tokens)), file.limits)
    try:
        found = fields.described(record, mapping, text=text, source=str(file.path))
        title = found.title or fields.label(_heading(tokens))
    except fields.WrongField as error:
        raise Unreadable(f"{error} (in its front matter)") from error
    yield replace(found, title=title)


def _front_matter(written: str) -> dict[str, object]:
    """The mapping in YAML, its values strings, lists and mappings. Raises `Unreadable` where it is none."""
    try:
        # This loader makes no objects and no guesses: 2022-02-30, 007 and no stay as written.
        loaded = yaml.load(written, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise Unreadable(f"has front matter that is not valid YAML ({error.problem})", line=line) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise Unreadable("has front matter that is not valid YAML", line=1) from error
    if isinstance(loaded, dict):
        return {str(name): None if value in _NULLS else value for name, value in loaded.items()}
    if loaded:
        raise Unreadable("has front matter that is not a list of `name: value` lines", line=1)
    return {}


def _parsed(body: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    marker, cells, in_row = "", list[str](), False
    for token in tokens:
        if token.type == "list_item_open":
            marker = f"{token.info}. " if token.info else "- "
        elif token.type in ("tr_open", "tr_close"):
            in_row = token.type == "tr_open"
            if not in_row:
                yield " | ".join(cells)
                cells.clear()
        elif in_row and token.type == "inline":
            cells.append(_words(token))
        else:
            for block in _own_text(token):
                yield marker + block
                marker = ""


def _own_text(token: Token) -> list[str]:
    """The text that stands in a block token itself, if any."""
    if token.type == "inline":
        return [_words(token)]
    if token.type in ("fence", "code_block"):
        return [token.content]
    return fragments.blocks(token.content) if token.type == "html_block" else []


def _words(inline: Token) -> str:
    written = "".join(_WORDS[child.type](child) for child in inline.children or () if child.type in _WORDS)
    return "\n".join(" ".join(line.split()) for line in written.split("\n")).strip()


# Pictures and tags inside a line leave nothing; a line broken by the author stays broken.
_WORDS: Mapping[str, Callable[[Token], str]] = {
    "text": lambda token: token.content,
    "code_inline": lambda token: token.content,
    "text_special": lambda token: token.content,
    "softbreak": lambda token: " ",
    "hardbreak": lambda token: "\n",
    "html_inline": lambda token: "\n" if token.content.lower().startswith("<br") else "",
}


def _heading(tokens: Sequence[Token]) -> str | None:
    """The first heading of the first level."""
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h1":
            return _words(inline)
    return None
