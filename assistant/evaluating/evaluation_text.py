"""What `crosscheck eval` prints for people: tables in plain text. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.evaluating.abstaining import RiskCoverage
from assistant.evaluating.checking import CitationChecks
from assistant.evaluating.evaluation import STATUSES, ConfusionRow, Evaluation
from assistant.evaluating.latency import Latency
from assistant.evaluating.shares import Share
from assistant.render import visible

_SHOWN = 20
"""Faults told one by one; `--json` has all."""
_COVERAGES = (0.25, 0.5, 0.75, 1.0)
"""Parts of what was reached."""
_NEARLY = 1e-9


def evaluation(found: Evaluation) -> str:
    """Counts, shares, confusion, risk and coverage, times, faults; what has no cases is left out."""
    parts = (
        _counts(found),
        _table(["", "right", "of", "share", "95 % interval"], list(_shares(found))),
        _confusion(found.confusion),
        _risk(found.risk_coverage),
        _latency(found.latency_ms),
        *_faults(found.citations),
    )
    return "\n\n".join(part for part in parts if part)


def _counts(found: Evaluation) -> str:
    failed = f", {found.failed:,} failed" if found.failed else ""
    return (
        f"{found.questions:,} {'question' if found.questions == 1 else 'questions'}{failed}. "
        f"Of {found.with_expected:,} it is said what is expected."
    )


def _shares(found: Evaluation) -> Iterator[list[str]]:
    mean = found.articles_found
    named = (
        ("An expected answer is cited", found.answer_found),
        ("Status right", found.status_right),
        ("Conflict expected, of those shown (precision)", found.conflict_precision),
        ("Conflict shown, of those expected (recall)", found.conflict_recall),
        ("Refused, of what nothing answers", found.refused_rightly),
        ("Refused, of what something answers", found.refused_wrongly),
        ("Quotes verbatim at their place", found.citations.quotes),
        ("Figures inside a cited quote", found.citations.figures),
    )
    for name, share in named:
        if share.of:
            yield [name, *_share(share)]
    if mean.mean is not None:
        yield ["Expected articles cited (mean recall)", "", f"{mean.of:,}", f"{mean.mean:.2f}", ""]


def _share(share: Share) -> list[str]:
    low, high = share.interval or (0.0, 1.0)
    return [f"{share.right:,}", f"{share.of:,}", f"{share.share or 0:.2f}", f"{low:.2f} to {high:.2f}"]


def _confusion(rows: Sequence[ConfusionRow]) -> str:
    """Expected down, said across; the statuses across by their number."""
    if not rows:
        return ""
    names = {status: f"{number} {status.replace('_', ' ')}" for number, status in enumerate(STATUSES, start=1)}
    by_status = {row.expected: row.said for row in rows}
    lines = [
        [names[status], *(str(counts.get(said) or "·") for said in STATUSES)]
        for status in STATUSES
        if (counts := by_status.get(status))
    ]
    return _table(["Expected, and what was said:", *(str(n) for n in range(1, len(STATUSES) + 1))], lines)


def _risk(curve: RiskCoverage) -> str:
    """The risk at some coverages, and the area."""
    if curve.area is None or curve.best_area is None:
        return ""
    reached = curve.points[-1].coverage
    wanted = (part * reached - _NEARLY for part in _COVERAGES)
    points = dict.fromkeys(next(one for one in curve.points if one.coverage >= least) for least in wanted)
    rows = [[f"{one.coverage:.2f}", f"{one.risk:.2f}", f"{one.confidence:.2f}"] for one in points]
    about = (
        f"Risk and coverage of {curve.questions:,} questions, {curve.answered:,} answered: area {curve.area:.3f} "
        f"({curve.best_area:.3f} if every right answer were surer than every wrong one)."
    )
    return about + "\n" + _table(["coverage", "risk", "confidence from"], rows)


def _latency(rows: Sequence[Latency]) -> str:
    if not rows:
        return ""
    heads = ["Milliseconds", "median", "90 %", "95 %", "99 %", "slowest"]
    return _table(heads, [[r.stage, *(f"{v:.0f}" for v in (r.p50, r.p90, r.p95, r.p99, r.max))] for r in rows])


def _faults(checks: CitationChecks) -> Iterator[str]:
    told = [f"Line {one.line}, {one.id} [{one.number}]: {one.reason}" for one in checks.loose_quotes]
    told += [
        f"Line {one.line}, {one.id}: {one.figure!r} stands in no cited quote: …{' '.join(one.said.split())}…"
        for one in checks.loose_figures
    ]
    if told:
        left = [f"And {len(told) - _SHOWN:,} more; --json has all."] if len(told) > _SHOWN else []
        yield "\n".join([*map(visible, told[:_SHOWN]), *left])


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    lines = (
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in (heads, *rows)
    )
    return "\n".join(line.rstrip() for line in lines)
