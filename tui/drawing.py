"""What is said of an answer, as styled text: the words are `assistant.shown`'s, the styles are the theme's. Pure.

Nothing that an article says is read as markup. A number in brackets is clicked by what it does: `app.cite`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from tui.badges import badge

if TYPE_CHECKING:
    from assistant.marked import Piece
    from assistant.models import Answer, Finding
    from assistant.shown import Card, Clashing, Column, Paragraph, Quoted, Shown

ROLES = {
    "value": "bold $text-error on $error-muted",
    "cue": "underline $text-warning",
    "cited": "$foreground on $primary-muted",
}
FAINT = "$foreground-muted"
BRIGHT = "bold"
_ECHOED = 600
"""Characters of a question that are shown again; questions that long are refused or answered as any other."""
_WEAKEST_FIRST = ("cited", "cue", "value")


def safe(text: str) -> str:
    """Nothing in it can steer a terminal."""
    from assistant.render import visible

    return visible(text)


def safe_line(text: str) -> str:
    """The same on one line, for names: no title can pretend to be several lines of the chat."""
    from assistant.render import on_one_line

    return on_one_line(text)


def pieces(marked: Sequence[Piece]) -> Content:
    """A text with its marks; where a piece has several roles, each adds its style."""
    return Content("").join(_piece(piece) for piece in marked)


def _piece(piece: Piece) -> Content:
    drawn = Content(safe(piece.text))
    for role in _WEAKEST_FIRST:
        if role in piece.roles:
            drawn = drawn.stylize(ROLES[role])
    return drawn


def cite(key: int, number: int, current: int | None) -> Content:
    """`[n]`, which shows its passage when it is clicked; reversed where it is the current one."""
    style = "bold reverse $text-accent" if number == current else "bold $text-accent"
    return Content.styled(f"[{number}]", style).stylize(Style.from_meta({"@click": f"app.cite({key}, {number})"}))


def joined(lines: Iterable[Content], between: str = "\n") -> Content:
    return Content(between).join(lines)


def question(typed: str, *, asked: str = "", because: str = "", sure: bool = True, scope: str = "") -> Content:
    """What was asked, and as what where that is something else."""
    words = " ".join(typed.split())
    more = f"… ({len(words):,} characters)" if len(words) > _ECHOED else ""
    lines = [Content.assemble((safe(words[:_ECHOED]), BRIGHT), (more, FAINT))]
    if asked:
        lines.append(Content.assemble(("Asked as: ", FAINT), safe(asked)))
    if because:
        doubt = "" if sure else "Not sure: "
        lines.append(
            Content.styled(f"{doubt}{safe(because)} F8 asks it as you typed it.", FAINT if sure else "$text-warning")
        )
    if scope:
        lines.append(Content.styled(f"Among articles {safe(scope)}", FAINT))
    return joined(lines)


def verdict(answer: Answer) -> Content:
    """The badge and the reason."""
    if answer.status is None:
        return Content(safe(answer.reason or ""))
    return Content.assemble(badge(answer.status), "  ", safe(answer.reason or ""))


def body(shown: Shown, key: int, current: int | None) -> Content:
    """The answer in quotes, each with its number. Where nothing answers, there is nothing to quote."""
    if shown.answer.closest:
        return Content("")
    if not shown.paragraphs:
        return Content(safe(shown.answer.text))
    return joined((_paragraph(one, key, current) for one in shown.paragraphs), "\n\n")


def _paragraph(paragraph: Paragraph, key: int, current: int | None) -> Content:
    said = []
    for before, quoted in paragraph.sentences:
        lead = [f"{safe(before)} "] if before else []
        said.append(Content.assemble(*lead, pieces(quoted.pieces), " ", cite(key, quoted.number, current)))
    return Content.assemble(joined(said, " "), "\n", (f"— {safe(paragraph.byline)}", FAINT))


def clash(clashing: Clashing) -> Content:
    """What contradicts what, and why."""
    return Content.assemble((f"≠ {clashing.label}. ", "bold $text-error"), safe(clashing.reason))


def column(one: Column, key: int, current: int | None) -> Content:
    """One side: its value, how widely it is said, and who says it."""
    scale = [(f"  = {safe(one.scale)}", FAINT)] if one.scale else []
    lines = [
        Content.assemble((f" {safe(one.value)} ", ROLES["value"]), *scale),
        Content.styled(one.counts, FAINT),
    ]
    for quoted in one.quotes:
        lines += [Content(""), _quotation(quoted, key, current)]
    if one.unquoted:
        more = "article says" if one.unquoted == 1 else "articles say"
        lines += [Content(""), Content.styled(f"{one.unquoted} more {more} so.", FAINT)]
    return joined(lines)


def _quotation(quoted: Quoted, key: int, current: int | None) -> Content:
    vouched = [(f"\n{quoted.vouched}", FAINT)] if quoted.vouched else []
    return Content.assemble(
        "“", pieces(quoted.pieces), "” ", cite(key, quoted.number, current),
        (f"\n— {safe(quoted.byline)}", FAINT), *vouched,
    )  # fmt: skip


def rest(shown: Shown, key: int, current: int | None) -> Content:
    """Each thing that is said, where there are several; notes; the nearest passages where none answers."""
    answer = shown.answer
    parts = []
    if len(answer.findings) > 1:
        parts.append(
            joined([Content.styled("What is said", BRIGHT), *(_finding(f, key, current) for f in answer.findings)])
        )
    parts += [Content.assemble(("Note: ", "bold $text-warning"), safe(text)) for text in answer.warnings]
    if shown.closest:
        heading = Content.styled("Not covered. The nearest passages; none of them supports an answer:", BRIGHT)
        parts.append(joined([heading, *(_near(card, key, current) for card in shown.closest)]))
    return joined(parts, "\n\n")


def _finding(finding: Finding, key: int, current: int | None) -> Content:
    from assistant.shown import spread

    numbers = joined((cite(key, number, current) for number in finding.citations), " ")
    counts = f"  {spread(finding.articles, finding.origins)}"
    return Content.assemble(badge(finding.status), f" “{safe(finding.text)}” ", numbers, (counts, FAINT))


def _near(card: Card, key: int, current: int | None) -> Content:
    return joined(
        Content.assemble(
            "“", pieces(quoted.pieces), "” ", cite(key, quoted.number, current), (f" — {safe(quoted.byline)}", FAINT)
        )
        for quoted in card.quotes
    )


def card(one: Card, key: int, current: int | None) -> Content:
    """An article in the sources pane: who, when, whose news; then what is cited of it, with its cues."""
    from assistant.shown import day

    known = [part for part in (one.publisher, day(one.published), one.author) if part]
    lines = [Content.styled(safe(one.title), BRIGHT), Content.styled(safe(" · ".join(known)), FAINT)]
    if one.same_origin:
        numbers = joined((cite(key, number, current) for number in one.same_origin), ", ")
        lines.append(Content.assemble(("= Same origin as ", "$text-warning"), numbers))
    for quoted in one.quotes:
        lines.append(Content.assemble(cite(key, quoted.number, current), " “", pieces(quoted.pieces), "”"))
        if quoted.vouched:
            lines.append(Content.styled(f"    {quoted.vouched}", FAINT))
    return joined(lines)


def has_rest(shown: Shown) -> bool:
    """Whether `rest` says anything."""
    return len(shown.answer.findings) > 1 or bool(shown.answer.warnings or shown.closest)
