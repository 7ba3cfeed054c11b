"""One desk over the sample articles for all tests of the HTTP front, and a client in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant import wiring
from assistant.http.app import create_app
from assistant.http.options import ServerOptions
from assistant.settings import load
from assistant.wiring import Desk


@pytest.fixture(scope="session")
def desk(sample_workspace: Path, cache: Path) -> Iterator[Desk]:
    """The sample articles, opened once."""
    with wiring.opened(load({"workspace": sample_workspace, "cache": cache}, environment={})) as opened:
        yield opened


@pytest.fixture(scope="session")
def client(desk: Desk) -> Iterator[TestClient]:
    """Talks to the app without a socket. Errors come back as the responses they are."""
    with TestClient(create_app(desk, ServerOptions()), raise_server_exceptions=False) as made:
        yield made
