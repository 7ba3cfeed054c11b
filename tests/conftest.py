"""What the tests share: the sample articles in a workspace, made by the real command with the real model."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "corpus" / "sample" / "articles"

Crosscheck = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where exported encoders go, so that the tests leave the user's own cache alone and export once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def crosscheck(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Crosscheck:
    """Runs the command line as a user does, in a process of its own and an empty folder."""
    folder = tmp_path_factory.mktemp("elsewhere")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CROSSCHECK_")}

    def run(*arguments: object, code: int | None = 0, **environment: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "assistant", *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=folder,
            env={**clean, "PYTHONPATH": str(ROOT), "CROSSCHECK_CACHE": str(cache), **environment},
            timeout=300,
        )
        assert code is None or done.returncode == code, done.stderr
        return done

    return run


@pytest.fixture(scope="session")
def sample_workspace(crosscheck: Crosscheck, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample articles, ingested."""
    workspace = tmp_path_factory.mktemp("sample") / "workspace"
    crosscheck("ingest", SAMPLE, "--workspace", workspace)
    return workspace
