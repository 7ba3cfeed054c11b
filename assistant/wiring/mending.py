"""Mending a workspace: what embeds again what has to be embedded again, and the file that audits keep."""

from __future__ import annotations

import itertools
import re
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import audit_store
from assistant.settings import Settings
from assistant.wiring.examining import audit_damage
from assistant.wiring.export import Notice
from assistant.wiring.ingesting import engine_of
from index.pages import opened as opened_pages

if TYPE_CHECKING:
    from index.repair import Repaired
    from index.sync import Engine, Events
    from index.workspace import Workspace


def mend(settings: Settings, *, events: Events, notice: Notice) -> tuple[Repaired, str | None]:
    """What was done, and what was done about what audits keep. See `index.repair.repair` for what it raises."""
    from index.repair import repair

    done = repair(settings.workspace, engine=partial(_made, settings, notice), events=events)
    return done, _mend_audit(settings.workspace)


def _made(settings: Settings, notice: Notice, workspace: Workspace) -> Engine:
    return engine_of(settings, workspace, notice, bulk=True)


_CONFLICT = re.compile(r"x-[0-9a-f]{12}")


def _mend_audit(folder: Path) -> str | None:
    """Begins a damaged file anew with the dismissals that can be read; what was done, None where it was sound."""
    damage, file = audit_damage(folder), folder / audit_store.FILE
    if damage is None:
        return None
    with file.open("rb") as opened:
        rows = [row.cells for row in opened_pages(opened, file.with_name(f"{file.name}-wal")).rows()]
    kept = {
        str(cells[0]): str(cells[1])
        for cells in rows
        if len(cells) == 2 and _CONFLICT.fullmatch(str(cells[0])) and isinstance(cells[1], str)
    }
    names = (file.with_name(f"{file.name}.damaged-{n}") for n in itertools.count(1))
    aside = next(name for name in names if not name.exists())
    with suppress(FileNotFoundError):
        file.with_name(f"{file.name}-journal").replace(aside.with_name(f"{aside.name}-journal"))
    file.replace(aside)
    with audit_store.opened(folder, "") as store:
        store.dismiss_all(kept)
    return (
        f"What audits keep was damaged ({damage}): {len(kept)} dismissals were saved, the old file is {str(aside)!r}."
    )
