"""The audit over HTTP: made in the background, one at a time, and shown as far as it is known."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from fastapi.testclient import TestClient

from assistant import wiring
from assistant.audit_models import Audit
from assistant.http.app import create_app
from assistant.http.auditing import Audits
from assistant.http.options import ServerOptions
from assistant.models import WorkspaceStamp
from assistant.settings import Settings, load
from assistant.wiring import audit_elsewhere
from assistant.wiring.audit_elsewhere import Progress
from tests.assistant.http.serving_slowly import soon

NOTHING: frozenset[str] = frozenset()


class Quiet:
    """Nobody watches."""

    def looked(self, done: int, total: int) -> None: ...

    def compared(self, done: int, total: int) -> None: ...


@pytest.fixture(scope="module")
def settings(sample_workspace: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("audited") / "workspace"
    shutil.copytree(sample_workspace, folder)
    return load({"workspace": folder, "cache": cache}, environment={})


@pytest.fixture(scope="module")
def audited(settings: Settings) -> Iterator[TestClient]:
    """A server that was asked for the first time, and has made its audit since."""
    with wiring.opened(settings) as desk, TestClient(create_app(desk, ServerOptions())) as client:
        first = client.get("/v1/conflicts").json()
        assert (first["conflicts"], first["complete"], first["workspace"]) == ([], False, None)
        until = monotonic() + 60
        while not client.get("/v1/conflicts").json()["complete"] and monotonic() < until:
            sleep(0.1)
        yield client


def test_the_audit_is_that_of_the_command(audited: TestClient, settings: Settings) -> None:
    found = audited.get("/v1/conflicts", params={"limit": 200}).json()
    audit = wiring.audit(settings, events=Quiet(), kind=None, limit=None)
    assert found["complete"]
    assert found["conflicts"] == audit.model_dump(mode="json")["conflicts"] != []
    assert (found["found"], found["workspace"]) == (audit.found, audit.workspace.model_dump())
    assert found["looked"] == found["total"] > 0


def test_pages_and_types_part_the_same_list(audited: TestClient) -> None:
    whole = audited.get("/v1/conflicts", params={"limit": 200}).json()["conflicts"]
    paged, offset = [], 0
    while offset is not None:
        page = audited.get("/v1/conflicts", params={"limit": 2, "offset": offset}).json()
        paged += page["conflicts"]
        offset = page["next"]
    assert paged == whole
    kind = whole[0]["type"]
    of_kind = audited.get("/v1/conflicts", params={"type": kind}).json()
    assert of_kind["conflicts"] == [one for one in whole if one["type"] == kind]
    assert of_kind["found"] == len(of_kind["conflicts"])
    assert audited.get("/v1/conflicts", params={"offset": 10_000}).json()["conflicts"] == []


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 201}, {"offset": -1}, {"type": "quarrel"}])
def test_what_is_no_page_is_refused(audited: TestClient, wrong: dict[str, int | str]) -> None:
    assert audited.get("/v1/conflicts", params=wrong).status_code == 422


def test_what_was_dismissed_is_gone_at_once(audited: TestClient, settings: Settings) -> None:
    first = audited.get("/v1/conflicts").json()["conflicts"][0]["id"]
    wiring.dismiss(settings, first, "They speak of two bridges.")
    later = audited.get("/v1/conflicts").json()
    assert first not in [one["id"] for one in later["conflicts"]]
    assert not later["complete"]


def told(*lines: Progress, code: int = 0, wait: float = 0.0) -> subprocess.Popen[str]:
    """A process that tells of an audit that somebody made up."""
    script = f"import sys, time; print(sys.argv[1], flush=True); time.sleep({wait}); sys.exit({code})"
    text = "\n".join(line.model_dump_json() for line in lines)
    return subprocess.Popen([sys.executable, "-c", script, text], stdout=subprocess.PIPE, text=True)


def audit_of(generation: int) -> Audit:
    stamp = WorkspaceStamp(generation=generation, model="m")
    return Audit(
        conflicts=(), found=0, compared=0, compared_now=0, dismissed=0, workspace=stamp, settings_hash="s"
    )  # fmt: skip


@pytest.fixture
def audits(settings: Settings) -> Iterator[Audits]:
    made = Audits(settings)
    yield made
    made.close()


def test_only_one_audit_is_at_work_and_it_tells_how_far_it_is(audits: Audits, monkeypatch: pytest.MonkeyPatch) -> None:
    processes: list[subprocess.Popen[str]] = []

    def start(_: Settings) -> subprocess.Popen[str]:
        processes.append(told(Progress(looked=3, total=9), wait=30))
        return processes[-1]

    monkeypatch.setattr(audit_elsewhere, "start", start)
    assert audits.known(1, NOTHING)[1] is False
    assert soon(lambda: audits.known(1, NOTHING)[0].progress == Progress(looked=3, total=9))
    assert len(processes) == 1
    audits.close()
    assert processes[0].wait(5) != 0
    assert audits.known(1, NOTHING)[0].failed is False
    assert len(processes) == 1


def test_another_generation_is_audited_anew_and_the_last_audit_shown_meanwhile(
    audits: Audits, monkeypatch: pytest.MonkeyPatch
) -> None:
    for generation in (1, 2):
        audit = audit_of(generation)
        monkeypatch.setattr(audit_elsewhere, "start", lambda _, audit=audit: told(Progress(audit=audit)))
        known, complete = audits.known(generation, NOTHING)
        assert not complete
        assert (known.audit is None) == (generation == 1)
        assert soon(lambda generation=generation: audits.known(generation, NOTHING)[1])
    assert audits.known(2, NOTHING)[0].audit == audit_of(2)


def test_an_audit_that_fails_is_told_of_and_not_tried_again_at_once(
    audits: Audits, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []

    def start(_: Settings) -> subprocess.Popen[str]:
        started.append(1)
        return told(Progress(looked=1, total=2), code=1)

    monkeypatch.setattr(audit_elsewhere, "start", start)
    assert soon(lambda: audits.known(1, NOTHING)[0].failed)
    assert audits.known(1, NOTHING) == audits.known(1, NOTHING)
    assert started == [1]


def test_why_an_audit_failed_stands_in_the_log_alone(
    tmp_path: Path, cache: Path, caplog: pytest.LogCaptureFixture
) -> None:
    audits = Audits(Settings(workspace=tmp_path, cache=cache))
    audits.known(1, NOTHING)
    assert soon(lambda: audits.known(1, NOTHING)[0].failed, within=20)
    assert "the audit failed: NoWorkspace" in caplog.text


def test_a_process_that_tells_something_else_is_an_audit_that_failed(
    audits: Audits, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-c", "print('Hello')"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    monkeypatch.setattr(audit_elsewhere, "start", lambda _: process)
    assert soon(lambda: audits.known(1, NOTHING)[0].failed)
