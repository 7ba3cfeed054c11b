"""The audit as the server has it: made in the background, one at a time, and kept until the workspace changes.

A request is never made to wait for one: it gets what is known, and is told whether that is all.
"""

from __future__ import annotations

import logging
import subprocess
from dataclasses import dataclass, field, replace
from threading import Lock, Thread
from time import monotonic

from assistant.audit_models import Audit
from assistant.settings import Settings
from assistant.wiring import audit_elsewhere
from assistant.wiring.audit_elsewhere import Progress

_log = logging.getLogger("crosscheck.http")

_AGAIN = 60.0
"""Seconds after an audit that failed until the next one is tried."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the conflicts of a workspace."""

    audit: Audit | None = None
    """The last one that was finished."""
    dismissed: frozenset[str] = frozenset()
    """What had been dismissed when it began."""
    progress: Progress = field(default_factory=Progress)
    """Of the one at work, else of the last."""
    failed: bool = False
    """Whether the last try ended without an audit."""


class Audits:
    """Starts audits where they are wanted. Making one starts nothing; any thread may ask."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._known = Known()
        self._process: subprocess.Popen[str] | None = None
        self._failed_at = -_AGAIN
        self._closed = False

    def known(self, generation: int, dismissed: frozenset[str]) -> tuple[Known, bool]:
        """What is known, and whether it is the whole truth about this generation; where not, an audit is begun."""
        with self._lock:
            known = self._known
            complete = known.audit is not None and known.audit.workspace.generation == generation
            if complete and known.dismissed == dismissed:
                return known, True
            if self._may_begin():
                self._begin(dismissed)
            return self._known, False

    def close(self) -> None:
        """Ends the audit at work; what it has compared is kept, so that the next goes on there."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.terminate()

    def _may_begin(self) -> bool:
        return not self._closed and self._process is None and monotonic() - self._failed_at >= _AGAIN

    def _begin(self, dismissed: frozenset[str]) -> None:
        self._process = audit_elsewhere.start(self._settings)
        self._known = replace(self._known, progress=Progress(), failed=False)
        Thread(target=self._follow, args=(self._process, dismissed), name="crosscheck-audit", daemon=True).start()

    def _follow(self, process: subprocess.Popen[str], dismissed: frozenset[str]) -> None:
        last = Progress()
        with process:
            for last in audit_elsewhere.told(process):
                with self._lock:
                    self._known = replace(self._known, progress=last.model_copy(update={"audit": None}))
        with self._lock:
            self._process = None
            if last.audit is not None:
                self._known = Known(last.audit, dismissed, self._known.progress)
            elif not self._closed:
                _log.error("the audit failed: %s", last.error or f"its process ended with {process.returncode}")
                self._known = replace(self._known, failed=True)
                self._failed_at = monotonic()
