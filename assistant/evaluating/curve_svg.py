"""A picture of risk against coverage, as SVG that needs nothing else. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from assistant.evaluating.abstaining import RiskCoverage

_WIDTH, _HEIGHT = 640, 400
_LEFT, _TOP, _RIGHT, _BOTTOM = 70, 60, 24, 56
_STEPS = ((0.1, 0.02), (0.3, 0.05), (0.6, 0.1), (1.0, 0.2))
"""Up to which risk, how far apart the lines are."""
_NEARLY = 1e-9
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#222}.faint{fill:#666}.title{font-size:16px;font-weight:600}"
    ".grid{stroke:#ddd}.axis{stroke:#666}.curve{fill:none;stroke:#0b5cad;stroke-width:2}.under{fill:#0b5cad;opacity:.1}"
)


def curve_svg(curve: RiskCoverage) -> str:
    """The whole file. The risk axis ends at the first line that is not below the highest risk."""
    highest = max((point.risk for point in curve.points), default=0.0)
    step = next(step for most, step in _STEPS if highest <= most)
    lines = max(1, ceil(highest / step - _NEARLY))
    top = lines * step
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
            f'width="{_WIDTH}" height="{_HEIGHT}" role="img" aria-labelledby="title about">',
            f'<title id="title">Risk against coverage</title><desc id="about">{_about(curve)}</desc>',
            f'<style>{_STYLE}</style><rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
            f'<text class="title" x="{_LEFT}" y="26">Risk against coverage</text>',
            f'<text class="faint" x="{_LEFT}" y="46">{_about(curve)}</text>',
            *_grid(top, lines),
            *_line(curve, top),
            "</svg>\n",
        ]
    )


def _about(curve: RiskCoverage) -> str:
    area = "" if curve.area is None else f"; area {curve.area:.3f}"
    return f"{curve.questions:,} questions, {curve.answered:,} answered{area}"


def _x(coverage: float) -> float:
    return round(_LEFT + coverage * (_WIDTH - _LEFT - _RIGHT), 2)


def _y(risk: float, top: float) -> float:
    return round(_HEIGHT - _BOTTOM - risk / top * (_HEIGHT - _TOP - _BOTTOM), 2)


def _grid(top: float, lines: int) -> Iterator[str]:
    left, right, low, high = _x(0), _x(1), _y(0, top), _y(top, top)
    for tick in range(6):
        x = _x(tick / 5)
        yield f'<path class="{_kind(tick)}" d="M{x} {low}V{high}"/>'
        yield f'<text x="{x}" y="{low + 20}" text-anchor="middle">{tick / 5:.1f}</text>'
    for tick in range(lines + 1):
        y = _y(tick / lines * top, top)
        yield f'<path class="{_kind(tick)}" d="M{left} {y}H{right}"/>'
        yield f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{tick / lines * top:.2f}</text>'
    yield f'<text x="{_x(0.5)}" y="{_HEIGHT - 14}" text-anchor="middle">coverage: answered, of all questions</text>'
    turned = f"translate(18 {_y(top / 2, top)}) rotate(-90)"
    yield f'<text transform="{turned}" text-anchor="middle">risk: wrong, of those answered</text>'


def _kind(tick: int) -> str:
    return "grid" if tick else "axis"


def _line(curve: RiskCoverage, top: float) -> Iterator[str]:
    """Each risk holds for the coverage up to its point."""
    if not curve.points:
        return
    start = f"{_x(0)} {_y(curve.points[0].risk, top)}"
    steps = "".join(f"V{_y(point.risk, top)}H{_x(point.coverage)}" for point in curve.points)
    last = curve.points[-1]
    yield f'<path class="under" d="M{start}{steps}V{_y(0, top)}H{_x(0)}Z"/>'
    yield f'<path class="curve" d="M{start}{steps}"/>'
    x, y = _x(last.coverage), _y(last.risk, top)
    side, anchor = (-8, "end") if last.coverage > 0.5 else (8, "start")
    below = 22 if last.risk > 0.9 * top else -10
    yield f'<circle cx="{x}" cy="{y}" r="4" fill="#0b5cad"/>'
    place = f'x="{x + side}" y="{y + below}" text-anchor="{anchor}"'
    yield f"<text {place}>all that was answered: risk {last.risk:.2f}</text>"
