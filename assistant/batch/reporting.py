"""From the records of a finished run to its report: which file, and what is said of the run. The forms: `reports`."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.batch import reports
from assistant.batch.about import About
from assistant.batch.output import records
from assistant.batch.paths import Paths
from assistant.batch.resuming import Files, Run, run_that_made
from index.durable import replacing


def write_report(where: Paths) -> None:
    """Nothing where no report is wanted. Raises OSError or BadInput."""
    if where.report is None or where.format is None:
        return
    files = Files(where.records)
    about = _about(files, run_that_made(files))
    with replacing(where.report) as building, building.open("w", encoding="utf-8", newline="") as out:
        reports.write((record for record, _ in records(files.records)), out, format=where.format, about=about)


def _about(files: Files, run: Run) -> About:
    """A run ended when its last record was written."""
    return About(
        input_name=run.input,
        generation=run.generation,
        model=run.model,
        settings_hash=run.settings,
        started=run.started,
        finished=datetime.fromtimestamp(files.records.stat().st_mtime, UTC),
    )
