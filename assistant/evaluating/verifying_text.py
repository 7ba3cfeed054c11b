"""What `crosscheck verify` prints for people. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.evaluating.verifying import Checked, Verified
from assistant.render import visible

_QUOTED = 100


def verified(found: Verified) -> str:
    """Each citation that no longer holds, and each line that cannot be read; then the counts."""
    return "\n".join([*_faults(found), _summary(found)])


def _faults(found: Verified) -> Iterator[str]:
    faults = [(one.line, f"Line {one.line} cannot be verified. {one.reason}") for one in found.unreadable]
    faults += [(one.line, _fault(one)) for one in found.broken]
    for _, text in sorted(faults, key=lambda fault: fault[0]):
        yield visible(text)


def _fault(one: Checked) -> str:
    quote = " ".join(one.quote.split())
    shown = quote if len(quote) <= _QUOTED else quote[: _QUOTED - 1] + "…"
    return f"Line {one.line}, {one.id} [{one.number}]: {one.reason}\n    “{shown}”"


def _summary(found: Verified) -> str:
    broken = len(found.broken)
    parts = [f"{_count(found.citations, 'citation')} of {_count(found.answers, 'answer')} checked"]
    parts.append("all of them hold" if not broken else f"{found.holding:,} hold, {broken:,} no longer")
    lines = [", ".join(parts) + "."] if found.citations else [f"{_count(found.answers, 'answer')}, no citation."]
    if found.revised:
        lines.append(
            f"{_count(len(found.revised), 'citation')} of them from articles revised since, which still say so."
        )
    if found.failed:
        lines.append(f"{_count(found.failed, 'record')} without an answer.")
    if found.unreadable:
        lines.append(f"{_count(len(found.unreadable), 'line')} could not be read.")
    return "\n".join(lines)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
