"""Requests made up from the OpenAPI document, right ones and wrong ones, and whether each response is as documented.

    python -m tests.benchmarks.schema_cases WORKSPACE [--cases 2000] [--seed 1]

Schemathesis makes the requests and checks status, headers, type and body of each response; what a schema cannot say,
such as that a question must not be blank, may be refused. The workspace is copied, as articles are added and removed.
`tests/assistant/http/test_schema.py` runs a few hundred.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode, SerializationContext
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from assistant import wiring
from assistant.http.app import create_app
from assistant.http.options import ServerOptions
from assistant.settings import load
from tests.benchmarks.measuring import table

LINES = "application/x-ndjson"
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@schemathesis.serializer(LINES)
def _lines(_: SerializationContext, value: object) -> bytes:
    """JSON lines as they are, or a value that is none."""
    return (value if isinstance(value, str) else json.dumps(value)).encode(errors="replace")


@dataclass(slots=True)
class Outcome:
    """What came of the cases so far."""

    cases: Counter[tuple[str, int]] = field(default_factory=Counter)
    """By operation and status."""
    failures: dict[str, str] = field(default_factory=dict)
    """A request that shows it, by what was wrong where."""

    def add(self, operation: str, case: Case) -> None:
        """Sends one request and looks at the response."""
        response = case.call()
        self.cases[operation, response.status_code] += 1
        try:
            case.validate_response(response, excluded_checks=[positive_data_acceptance])
        except FailureGroup as group:
            for one in group.exceptions:
                if not _is_right(case, one):
                    self._fail(operation, case, one)

    def _fail(self, operation: str, case: Case, failure: Failure | Exception) -> None:
        title = getattr(failure, "title", type(failure).__name__)
        self.failures.setdefault(f"{operation}: {title}", f"{failure}\n{case.as_curl_command()}")


def _is_right(case: Case, failure: BaseException) -> bool:
    """Where Schemathesis errs: it holds each event of a stream against the schema that OpenAPI 3.0 has for the whole
    body, and takes lines of text for wrong when they were not made from a string.
    """
    title = getattr(failure, "title", "")
    of_lines = case.media_type == LINES and title == "Schema-violating request accepted"
    return of_lines or title.startswith("SSE event")


def check(app: FastAPI, *, cases: int, number: int = 1, seconds: float = inf) -> Outcome:
    """At least so many cases over all operations, half of them wrong on purpose; ends early when time is up."""
    document = schemathesis.openapi.from_asgi("/openapi.json", app)
    operations = [found.ok() for found in document.get_all_operations()]
    outcome, ends = Outcome(), time.monotonic() + seconds
    while outcome.cases.total() < cases and time.monotonic() < ends:
        each = max(1, (cases - outcome.cases.total()) // (len(operations) * len(MODES)))
        for operation in operations:
            for strategy in operation.get_strategies_from_examples():
                _run(operation, strategy, outcome, cases=1, number=number, ends=ends)
            for mode in MODES:
                made_up = operation.as_strategy(generation_mode=mode)
                _run(operation, made_up, outcome, cases=each, number=number, ends=ends)
        number += 1
    return outcome


def _run(
    operation: APIOperation,
    strategy: SearchStrategy[Case],
    outcome: Outcome,
    *,
    cases: int,
    number: int,
    ends: float,
) -> None:
    @seed(number)
    @settings(
        max_examples=cases,
        phases=(Phase.generate,),
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def one(case: Case) -> None:
        if time.monotonic() < ends:
            outcome.add(f"{operation.method.upper()} {operation.path}", case)

    with suppress(Unsatisfiable):  # where nothing can be wrong
        one()


@contextmanager
def served(workspace: Path, *, cache: Path | None = None, writing: bool = False) -> Iterator[FastAPI]:
    """An app over the workspace."""
    given_settings = {"workspace": workspace} | ({"cache": cache} if cache else {})
    with wiring.opened(load(given_settings)) as desk:
        app = create_app(desk, ServerOptions(per_minute=0, writing=writing))
        try:
            yield app
        finally:
            app.state.service.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    given_arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "workspace"
        shutil.copytree(given_arguments.workspace, copy)
        with served(copy, writing=True) as app:
            outcome = check(app, cases=given_arguments.cases, number=given_arguments.seed)
    report(outcome)
    return 1 if outcome.failures else 0


def report(outcome: Outcome) -> None:
    statuses = sorted({status for _, status in outcome.cases})
    operations = dict.fromkeys(operation for operation, _ in outcome.cases)
    rows = [[one, *(str(outcome.cases[one, status] or "") for status in statuses)] for one in operations]
    print(
        f"{outcome.cases.total():,} requests, {len(outcome.failures)} kinds of responses that are not as documented.\n"
    )
    print(table(["", *map(str, statuses)], rows))
    for what, example in outcome.failures.items():
        print(f"\n{what}\n{example}")


if __name__ == "__main__":
    sys.exit(main())
