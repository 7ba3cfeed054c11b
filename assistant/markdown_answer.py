"""An answer as Markdown: for chats that render it, for copying, for batches. Pure.

What an article says is shown as it is said and never becomes markup, a link or a formula, whatever it holds. Only the
numbers in brackets stay as they are, and the address of a source, where it is a plain web address, is a link.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.models import Answer, Citation, Conflict, Side
from assistant.render import on_one_line, visible
from assistant.shown_words import STATUS

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Stand for the brackets of a citation's number while all other brackets are escaped; what is visible never holds
them."""
_MEANT = re.compile(
    rf"[\\`*_~$@\[\]]|<(?=[a-z/!?])|&(?=[#\w])|(?<=[a-z]):(?=//)|(?<=\bwww)\.|(?<=[\]{_CLOSE}])[(:]", re.IGNORECASE
)
"""What means something to Markdown as CommonMark and GitHub read it, or to the formulas of chats."""
_ENTITIES = {"[": "&#91;", "]": "&#93;", "(": "&#40;", "<": "&lt;", "&": "&amp;"}
"""Chats take a bracket after a backslash for a formula, so brackets are written as entities."""
_OPENING = re.compile(r"^(?:([#+=>-])|(\d+)([.)])(?=\s|$))")
"""What would begin a heading, a quotation, a list or a rule at the start of a paragraph."""
_SPACES = re.compile(r"\s+")
_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?(?:[/?#][a-z0-9/?#%&=+,;._~-]*)?", re.IGNORECASE)


def as_markdown(answer: Answer) -> str:
    """The answer with its `[n]`, how firm it is and why, what contradicts what, and the sources."""
    sources = {citation.number: citation for citation in answer.citations}
    parts = [] if answer.closest else [_paragraph(answer.text, answer.citations)]
    parts.append(f"**{STATUS[answer.status]}:** {escaped(answer.reason or '')}" if answer.status else "")
    parts += [f"*Note:* {escaped(text)}" for text in answer.warnings]
    parts += [_conflict(conflict, sources) for conflict in answer.conflicts]
    parts.append(_sources("Sources", answer.citations))
    parts.append(_sources("Closest passages (none of them supports an answer)", answer.closest))
    return "\n\n".join(part for part in parts if part)


def escaped(text: str) -> str:
    """One line that is rendered as the text itself, with spaces for its line breaks."""
    return _literal(on_one_line(text))


def _literal(line: str) -> str:
    meant = _MEANT.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), line)
    return _OPENING.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", meant)


def _paragraph(text: str, sources: Sequence[Citation]) -> str:
    """Escaped but for the numbers after the quotes: what looks like one inside a quote is only the article's words."""
    parts, at = list[str](), 0
    for citation in sources:
        start = text.find(f"{citation.quote} [{citation.number}]", at)
        if start >= 0:
            number, end = f"{citation.number}", start + len(citation.quote)
            parts += [visible(_SPACES.sub(" ", text[at:end])), f" {_OPEN}{number}{_CLOSE}"]
            at = end + len(number) + len(" []")
    line = "".join([*parts, visible(_SPACES.sub(" ", text[at:]))])
    return _literal(line.strip()).replace(_OPEN, "[").replace(_CLOSE, "]")


def _conflict(conflict: Conflict, sources: Mapping[int, Citation]) -> str:
    sides = (_side(side, sources) for side in conflict.sides)
    return "\n".join([f"**Contradiction ({conflict.type}):** {escaped(conflict.reason)}", "", *sides])


def _side(side: Side, sources: Mapping[int, Citation]) -> str:
    """The value, the same on the common scale, and who says so."""
    scale = f" ({escaped(side.normalized)})" if side.normalized and side.normalized != side.value else ""
    publishers = dict.fromkeys(sources[number].publisher for number in side.citations if number in sources)
    who = ", ".join(escaped(name) for name in publishers if name)
    numbers = " ".join(f"[{number}]" for number in side.citations)
    return f"- “{escaped(side.value)}”{scale}{f' — {who}' if who else ''} {numbers}"


def _sources(title: str, citations: Sequence[Citation]) -> str:
    return "\n".join([f"**{title}**", "", *map(_source, citations)]) if citations else ""


def _source(citation: Citation) -> str:
    title = escaped(citation.title or citation.article_id)
    if citation.url and _ADDRESS.fullmatch(citation.url):
        title = f"[{title}](<{citation.url}>)"
    known = (escaped(citation.publisher or ""), title, escaped((citation.published or "")[:10]))
    return f"- [{citation.number}] {', '.join(filter(None, known))}: “{escaped(citation.quote)}”"
