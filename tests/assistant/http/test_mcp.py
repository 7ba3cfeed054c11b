"""`crosscheck mcp` as a client of the official SDK meets it: the real command, over its standard input and output."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from mcp import StdioServerParameters
from mcp.client import Client
from mcp.types import CallToolResult, TextContent

from assistant.models import Answer, Check, ask
from assistant.searching import Search
from assistant.wiring import Desk
from tests.conftest import ROOT

Told = TypeVar("Told")
QUESTION = "How much better is Maia 200's performance per dollar?"


def command(workspace: Path, cache: Path) -> StdioServerParameters:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CROSSCHECK_CACHE": str(cache)}
    return StdioServerParameters(
        command=sys.executable, args=["-m", "assistant", "mcp", "--workspace", str(workspace)], env=environment
    )


def talking(workspace: Path, cache: Path, talk: Callable[[Client], Awaitable[Told]]) -> Told:
    async def run() -> Told:
        async with Client(command(workspace, cache)) as client:
            return await talk(client)

    return asyncio.run(run())


def text(result: CallToolResult) -> str:
    return "".join(part.text for part in result.content if isinstance(part, TextContent))


@pytest.fixture(scope="module")
def told(sample_workspace: Path, cache: Path) -> dict[str, CallToolResult]:
    """What each tool told, right and wrong calls alike, in one conversation."""
    calls: dict[str, tuple[str, dict[str, object]]] = {
        "ask": ("ask", {"question": QUESTION}),
        "later": ("ask", {"question": QUESTION, "as_of": "2026-05-21", "publishers": ["Pelham Wire"]}),
        "check": ("check", {"statement": "Maia 200 was introduced in January 2026."}),
        "search": ("search", {"question": "memory of Maia 200", "top_k": 3}),
        "no words": ("ask", {"question": "?"}),
        "no publisher": ("ask", {"question": QUESTION, "publishers": ["Nobody"]}),
        "no day": ("ask", {"question": QUESTION, "since": "soon"}),
    }

    async def talk(client: Client) -> dict[str, CallToolResult]:
        return {name: await client.call_tool(tool, arguments) for name, (tool, arguments) in calls.items()}

    return talking(sample_workspace, cache, talk)


def test_the_answer_is_the_one_that_every_front_gives(told: dict[str, CallToolResult], desk: Desk) -> None:
    answer = Answer.model_validate(told["ask"].structured_content)
    assert answer.model_dump(exclude={"timings_ms"}) == desk.ask(ask(QUESTION)).model_dump(exclude={"timings_ms"})
    assert "**Contested:**" in text(told["ask"])
    assert "[1] Pelham Wire" in text(told["ask"])


def test_filters_choose_among_the_articles(told: dict[str, CallToolResult]) -> None:
    answer = Answer.model_validate(told["later"].structured_content)
    assert {citation.publisher for citation in answer.citations} == {"Pelham Wire"}
    assert str(answer.as_of) == "2026-05-21"


def test_a_check_has_its_verdict_in_words_and_in_json(told: dict[str, CallToolResult]) -> None:
    assert Check.model_validate(told["check"].structured_content).verdict == "supported"
    assert text(told["check"]).startswith("Supported:")


def test_a_search_gives_passages_with_their_scores(told: dict[str, CallToolResult]) -> None:
    found = Search.model_validate(told["search"].structured_content)
    assert len(found.hits) == 3
    assert "fused" in text(told["search"])


@pytest.mark.parametrize(
    ("call", "sentence"),
    [("no words", "The question has no words."), ("no publisher", "Nobody"), ("no day", "valid date")],
)
def test_what_is_wrong_is_a_tools_error_with_a_sentence(
    call: str, sentence: str, told: dict[str, CallToolResult]
) -> None:
    assert told[call].is_error
    assert sentence in text(told[call])


def test_the_tools_say_what_they_take_and_give(sample_workspace: Path, cache: Path) -> None:
    async def listed(client: Client) -> dict[str, tuple[set[str], bool]]:
        tools = (await client.list_tools()).tools
        return {one.name: (set(one.input_schema["properties"]), one.output_schema is not None) for one in tools}

    filters = {"as_of", "publishers", "since", "until", "top_k"}
    assert talking(sample_workspace, cache, listed) == {
        "ask": ({"question", *filters}, True),
        "check": ({"statement", *filters}, True),
        "search": ({"question", *filters}, True),
    }


def test_a_workspace_that_is_missing_is_told_when_a_tool_is_called(tmp_path: Path, cache: Path) -> None:
    async def talk(client: Client) -> CallToolResult:
        return await client.call_tool("ask", {"question": QUESTION})

    result = talking(tmp_path / "nowhere", cache, talk)
    assert result.is_error
    assert "crosscheck ingest" in text(result)


def test_standard_output_carries_the_protocol_alone_and_the_command_ends_with_its_input(
    sample_workspace: Path, cache: Path
) -> None:
    started = command(sample_workspace, cache)
    hello = {
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
    }  # fmt: skip
    done = subprocess.run(
        [started.command, *started.args], input=json.dumps(hello) + "\n", capture_output=True, text=True,
        env=started.env, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1]
    assert done.stderr == ""
