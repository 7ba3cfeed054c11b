"""The same core for programs that speak the Model Context Protocol: the tools ask, check and search, over stdio.

Each tool gives the JSON that every front gives, and text that a model reads. What goes wrong is a tool's error with the
core's own sentence, so that whoever called can mend the call.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from typing import Annotated

from mcp.server.mcpserver import MCPServer
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field

from assistant import check_text, render, searching
from assistant.exit_codes import code_of
from assistant.markdown_answer import as_markdown
from assistant.models import MAX_TOP_K, Answer, Check, Question
from assistant.models import ask as make_question
from assistant.searching import Search
from assistant.wiring import Desk
from index.models import SearchResult

Open = Callable[[], Desk]
"""The workspace, opened when it is first asked; what it raises, the tool reports, and the next call tries again."""

_WIDTH = 100
_ABOUT = (
    "Answers from a folder of articles, in quotes with their sources, and where the articles contradict each other. "
    "ask for questions, check for statements, search for passages. A status says how firm an answer is: report it, "
    "and every contradiction, together with the answer."
)
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

AsOf = Annotated[date | None, Field(description="Answer as things stood at the end of this day, YYYY-MM-DD.")]
Publishers = Annotated[list[str] | None, Field(description="Only articles of these publishers.")]
Since = Annotated[date | None, Field(description="Only articles published on or after this day, YYYY-MM-DD.")]
Until = Annotated[date | None, Field(description="Only articles published on or before this day, YYYY-MM-DD.")]
TopK = Annotated[int | None, Field(ge=1, le=MAX_TOP_K, description="Passages to read.")]


def serve(desk: Open) -> None:
    """Answers until the client closes standard input. Standard output carries the protocol and nothing else."""
    server(desk).run("stdio")


def server(desk: Open) -> MCPServer[object]:
    """Opens nothing yet."""
    made: MCPServer[object] = MCPServer(
        "crosscheck", title="Crosscheck", instructions=_ABOUT, version=version("crosscheck"), log_level="WARNING"
    )
    tools = _Tools(desk)
    for tool in (tools.ask, tools.check, tools.search):
        made.add_tool(tool, annotations=_READS)
    return made


class _Tools:
    """The tools by their names; signatures and docstrings are what clients are shown."""

    def __init__(self, desk: Open) -> None:
        self._desk = desk

    def ask(
        self,
        question: Annotated[str, Field(description="A question in English, as one would ask a person.")],
        as_of: AsOf = None,
        publishers: Publishers = None,
        since: Since = None,
        until: Until = None,
        top_k: TopK = None,
    ) -> Annotated[CallToolResult, Answer]:
        """Answer a question from the articles: quotes with numbered sources, how firm it is, what contradicts what."""
        return self._tell(lambda desk: _answer(desk.ask(_question(question, as_of, publishers, since, until, top_k))))

    def check(
        self,
        statement: Annotated[str, Field(description="One statement in English.")],
        as_of: AsOf = None,
        publishers: Publishers = None,
        since: Since = None,
        until: Until = None,
        top_k: TopK = None,
    ) -> Annotated[CallToolResult, Check]:
        """Say whether the articles support a statement, refute it, dispute it or do not tell, with the sentences."""
        return self._tell(lambda desk: _check(desk.check(_question(statement, as_of, publishers, since, until, top_k))))

    def search(
        self,
        question: Annotated[str, Field(description="A question, or words to look for.")],
        as_of: AsOf = None,
        publishers: Publishers = None,
        since: Since = None,
        until: Until = None,
        top_k: TopK = None,
    ) -> Annotated[CallToolResult, Search]:
        """Find the passages nearest to a question or to some words, without judging them."""
        return self._tell(lambda desk: _hits(desk.search(_question(question, as_of, publishers, since, until, top_k))))

    def _tell(self, tell: Callable[[Desk], CallToolResult]) -> CallToolResult:
        """What the tool tells, or the core's sentence about what is wrong. The unforeseen is left to the SDK's log."""
        try:
            return tell(self._desk())
        except Exception as error:
            if code_of(error) is None:
                raise
            return CallToolResult(content=[TextContent(text=str(error))], is_error=True)


def _question(
    text: str,
    as_of: date | None,
    publishers: list[str] | None,
    since: date | None,
    until: date | None,
    top_k: int | None,
) -> Question:
    """Raises BadInput."""
    return make_question(text, as_of=as_of, publishers=tuple(publishers or ()), since=since, until=until, top_k=top_k)


def _answer(answer: Answer) -> CallToolResult:
    return _result(as_markdown(answer), answer)


def _check(check: Check) -> CallToolResult:
    return _result(check_text.check(check, width=_WIDTH), check)


def _hits(result: SearchResult) -> CallToolResult:
    notes = (f"Note: {one}" for one in result.warnings)
    text = render.hits(result.hits, width=_WIDTH) or "No passage was found."
    return _result("\n\n".join([*notes, text]), searching.shown(result))


def _result(text: str, value: BaseModel) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=text)], structured_content=value.model_dump(mode="json"))
