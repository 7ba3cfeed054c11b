"""An audit as text for people. Pure: the audit in, one string out."""

from __future__ import annotations

from assistant.audit_models import Audit, AuditConflict, AuditSide
from assistant.render import Style, fill, heading, on_one_line, plain

_INDENT = "    "


def audit(value: Audit, *, width: int, style: Style = plain) -> str:
    """The conflicts, firmest first, and what was left out."""
    parts = [_conflict(number, one, width, style) for number, one in enumerate(value.conflicts, start=1)]
    return "\n\n".join([*parts, fill(_summary(value), width)])


def _conflict(number: int, one: AuditConflict, width: int, style: Style) -> str:
    doubt = ", one side only with reserve" if one.doubtful else ""
    copies = f", in {one.copies} pairs of articles" if one.copies > 1 else ""
    others = f", {len(one.others)} more about the same" if one.others else ""
    title = f"{number}. {one.type.capitalize()} ({one.score:.2f}{doubt}{copies}{others}): {one.reason}"
    lines = [style(fill(title, width, rest=_INDENT), "heading")]
    lines += [_side(side, width, style) for side in one.sides]
    return "\n".join([*lines, style(f"{_INDENT}{on_one_line(one.id)}", "faint")])


def _side(side: AuditSide, width: int, style: Style) -> str:
    name = heading(side.title, side.publisher, side.published, side.article_id)
    place = f"{side.article_id}, characters {side.start}–{side.end}, {side.certainty}, origin {side.origin}"
    return "\n".join(
        [
            fill(name, width, first="  - ", rest=_INDENT),
            style(fill(f"“{side.quote}”", width, first=_INDENT), "quote"),
            style(fill(place, width, first=_INDENT), "faint"),
        ]
    )


def _summary(value: Audit) -> str:
    shown = f"{len(value.conflicts):,} of {value.found:,} conflicts" if value.conflicts else "No conflict is shown"
    left = f"{value.dismissed:,} dismissed" if value.dismissed else ""
    known = f"{value.compared:,} pairs of sentences compared, {value.compared_now:,} of them now"
    return f"{'; '.join(part for part in (shown, left, known) if part)}."
