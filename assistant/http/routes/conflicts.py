"""The contradictions between all articles: the audit, a page at a time."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from assistant.audit_models import AuditConflict
from assistant.http.auditing import Known
from assistant.http.service import Service, Stop, service_of
from assistant.models import ConflictType, Model, WorkspaceStamp
from assistant.wiring.audit_elsewhere import dismissed

router = APIRouter(prefix="/v1", tags=["articles"])


class ConflictPage(Model):
    """Some contradictions, firmest first, and how far the audit is that finds them."""

    conflicts: tuple[AuditConflict, ...]
    found: int = Field(description="Of that type, in all.")
    next: int | None = Field(description="Give it as `offset` to get the next page; null on the last one.")
    complete: bool = Field(
        description="Whether this is the audit of the workspace as it is now. Where not, one is at work: ask again "
        "later. Until then what the last one found is shown, if there was one."
    )
    looked: int = Field(description="Passages that the present or last audit has looked at, of `total`.")
    total: int
    compared: int = Field(description="Pairs of sentences that it has compared since, of `to_compare`.")
    to_compare: int
    warnings: tuple[str, ...] = ()
    workspace: WorkspaceStamp | None = Field(description="The state of the workspace that was audited; null before.")


_FAILED = "The last audit ended before its time. The operator's log says so; another one is tried after a minute."


@router.get("/conflicts", summary="List the contradictions between articles.")
async def list_conflicts(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    limit: Annotated[int, Query(ge=1, le=200, description="Contradictions of this page.")] = 30,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="`next` of the page before.")] = 0,
    kind: Annotated[ConflictType | None, Query(alias="type", description="Only this type.")] = None,
) -> ConflictPage:
    """As `crosscheck audit --json`, but never waits: an audit is made in the background once the workspace changed."""

    def work(_: Stop) -> ConflictPage:
        with service.desk.viewing() as view:
            generation = view.generation
        gone = dismissed(service.desk.settings)
        known, complete = service.audits.known(generation, gone)
        conflicts = _wanted(known, gone, kind)
        return _page(known, conflicts, complete=complete, limit=limit, offset=offset)

    return await service.run(request, work)


def _wanted(known: Known, gone: frozenset[str], kind: ConflictType | None) -> list[AuditConflict]:
    """Without what was dismissed since."""
    found = known.audit.conflicts if known.audit is not None else ()
    return [one for one in found if one.id not in gone and kind in (None, one.type)]


def _page(known: Known, conflicts: list[AuditConflict], *, complete: bool, limit: int, offset: int) -> ConflictPage:
    progress = known.progress
    return ConflictPage(
        conflicts=tuple(conflicts[offset : offset + limit]),
        found=len(conflicts),
        next=offset + limit if offset + limit < len(conflicts) else None,
        complete=complete,
        looked=progress.looked,
        total=progress.total,
        compared=progress.compared,
        to_compare=progress.to_compare,
        warnings=(_FAILED,) if known.failed else (),
        workspace=None if known.audit is None else known.audit.workspace,
    )
