"""Requests made up from the OpenAPI document: none fails, and each response is as documented.

A few hundred here, always the same ones; `python -m tests.benchmarks.schema_cases WORKSPACE` makes thousands.
"""

from __future__ import annotations

from assistant.http.app import create_app
from assistant.http.options import ServerOptions
from assistant.wiring import Desk
from tests.benchmarks.schema_cases import check

CASES = 250
SECONDS = 12.0


def test_no_request_of_those_the_document_allows_or_forbids_fails(desk: Desk) -> None:
    app = create_app(desk, ServerOptions(per_minute=0))
    try:
        outcome = check(app, cases=CASES, seconds=SECONDS)
    finally:
        app.state.service.close()
    assert outcome.failures == {}
    assert all(status < 500 for _, status in outcome.cases)
    assert outcome.cases.total() > CASES // 5
