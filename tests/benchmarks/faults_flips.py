"""Bytes of a real workspace's files changed at random, one at a time, and what becomes of its answers.

Each fault is made twice: as a program's stray write would (the file's time of change is new), and as rotting hardware
would (it is not). Answers come from the real desk, opened afresh each time in one process; models are opened once.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from index.workspace import STORE_FILE
from tests.benchmarks.faults_judging import (
    CRASHED,
    OTHER,
    OUTCOMES,
    REFUSED,
    SAME,
    WRONG_QUOTE,
    Judge,
    drop_earlier_indexes,
    make_workspace,
)


@dataclass(frozen=True, slots=True)
class Flip:
    """One byte, and what it becomes."""

    file: str
    at: int
    value: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one flip."""

    flip: Flip
    outcome: str
    told: str = ""
    """What was refused, or how the answers differ."""
    noticed_by_doctor: bool | None = None
    in_use: bool = True
    """Whether anything that can be read of the store has changed with it; pages are half empty."""
    mended: str | None = None
    """What a repair made of it."""


def flips(folder: Path, count: int, *, seed: int) -> list[Flip]:
    """Half of them anywhere in all bytes, half in a file that is chosen first, so that small files have their share."""
    chance = random.Random(seed)
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    sizes = {name: path.stat().st_size for name, path in files.items() if path.stat().st_size}
    chosen = []
    for number in range(count):
        weights = list(sizes.values()) if number % 2 else None
        (name,) = chance.choices(list(sizes), weights=weights)
        at = chance.randrange(sizes[name])
        old = files[name].read_bytes()[at]
        new = old ^ (1 << chance.randrange(8)) if number % 4 < 2 else (old + chance.randrange(1, 256)) % 256
        chosen.append(Flip(name, at, new))
    return chosen


def apply(folder: Path, flip: Flip, *, times_put_back: bool) -> None:
    path = folder / flip.file
    before = path.stat()
    with path.open("r+b") as file:
        file.seek(flip.at)
        file.write(bytes([flip.value]))
    if times_put_back:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def run(count: int, *, seed: int, tell: Callable[[str], None]) -> dict[bool, list[Seen]]:
    """By whether times of change were put back."""
    with TemporaryDirectory() as temporary:
        pristine, work = Path(temporary) / "pristine", Path(temporary) / "work"
        make_workspace(pristine)
        drop_earlier_indexes(pristine)
        judge = Judge(pristine, work)
        chosen = flips(pristine, count, seed=seed)
        found: dict[bool, list[Seen]] = {False: [], True: []}
        started = time.perf_counter()
        for number, flip in enumerate(chosen, 1):
            for put_back in (False, True):
                found[put_back].append(_one(judge, flip, put_back=put_back))
            if number % 25 == 0:
                tell(f"{number} of {count} flips, {time.perf_counter() - started:.0f} s")
    return found


def _one(judge: Judge, flip: Flip, *, put_back: bool) -> Seen:
    judge.reset()
    apply(judge.settings.workspace, flip, times_put_back=put_back)
    outcome, told = judge.outcome()
    if outcome == REFUSED and not put_back:
        return Seen(flip, outcome, told, mended=judge.mended())
    noticed = None
    in_use = True
    if put_back and outcome in (SAME, OTHER):
        judge.reset()
        apply(judge.settings.workspace, flip, times_put_back=True)
        noticed = judge.noticed()
        in_use = flip.file != STORE_FILE or judge.in_use()
    return Seen(flip, outcome, told, noticed, in_use, None)


def table(found: Mapping[bool, Sequence[Seen]]) -> str:
    """Counts, and every case that must not be."""
    lines = [f"{'':32}{'stray write':>14}{'bit rot':>14}"]
    counts = {put_back: Counter(one.outcome for one in seen) for put_back, seen in found.items()}
    lines += [f"{outcome:32}{counts[False][outcome]:>14}{counts[True][outcome]:>14}" for outcome in OUTCOMES]
    for outcome in (SAME, OTHER):
        rot = [one for one in found[True] if one.outcome == outcome]
        noticed = sum(one.noticed_by_doctor or False for one in rot)
        unused = sum(not one.noticed_by_doctor and not one.in_use for one in rot)
        unnoticed = [one for one in rot if not one.noticed_by_doctor and one.in_use]
        lines.append(
            f"Bit rot, {outcome.casefold()}: {len(rot)}; the doctor notices {noticed}, {unused} lie in parts of pages "
            f"that nothing uses, {len(unnoticed)} nobody notices."
        )
        lines += [f"  not noticed: {one.flip}" for one in unnoticed]
    mended = Counter((one.mended or "").split(":")[0] for one in found[False] if one.mended)
    lines.append(f"Repairs after refusals: {dict(mended)}")
    for put_back, seen in found.items():
        for one in seen:
            if one.outcome in (CRASHED, WRONG_QUOTE, OTHER) or "REPAIR" in (one.mended or ""):
                lines.append(
                    f"{'rot' if put_back else 'write'} {one.flip}: {one.outcome} {one.told} {one.mended or ''}"
                )
    return "\n".join(lines)
