"""The audit of a workspace, and dismissing one of its conflicts."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from assistant.settings import Settings
from assistant.wiring.models import Models
from index.workspace import open_workspace

if TYPE_CHECKING:
    from assistant.audit_models import Audit
    from assistant.auditing import AuditEvents
    from assistant.models import ConflictType


def audit(settings: Settings, *, events: AuditEvents, kind: ConflictType | None, limit: int | None) -> Audit:
    """The conflicts of a whole workspace. Raises WorkspaceError or ModelError."""
    from assistant import audit_store, auditing
    from assistant.audit_policy import AuditPolicy
    from assistant.audit_relating import relate_alone

    models, policy = Models(settings), AuditPolicy()
    with open_workspace(settings.workspace) as workspace:
        known = workspace.store.encoder
        outcomes = _outcomes_hash()
        tools = auditing.AuditTools(
            relate=partial(relate_alone, read=models.reader(), policy=policy.relating),
            label=models.label,
            policy=policy,
            model=known.model if known else "",
            settings_hash=outcomes,
        )
        with workspace.reading() as (view, derived), audit_store.opened(workspace.folder, outcomes) as store:
            return auditing.audit(view, derived, store=store, tools=tools, events=events, kind=kind, limit=limit)


def dismiss(settings: Settings, conflict: str, reason: str) -> None:
    """Leaves a conflict out of every later audit. Raises WorkspaceError or BadInput."""
    from assistant import audit_store

    with open_workspace(settings.workspace) as workspace, audit_store.opened(workspace.folder, "") as store:
        store.dismiss(conflict, reason)


def _outcomes_hash() -> str:
    """Names everything besides two sentences that decides how they stand to each other."""
    from assistant.audit_policy import AuditPolicy
    from assistant.reader import FOLDER

    deciding = hashlib.sha256(f"{AuditPolicy().relating!r}".encode())
    deciding.update((FOLDER / "reader.onnx").read_bytes())
    return deciding.hexdigest()[:12]
