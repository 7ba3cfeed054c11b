"""What OpenAI's chat clients send and read: requests, replies and the chunks of a streamed reply.

Only the forms; `routes.openai` fills them. Names are OpenAI's own, but for `crosscheck`, which is ours.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.asking import Filters
from assistant.http.conversation import Message
from assistant.models import Answer, Model

MODEL = "crosscheck"


def _is_none(value: object) -> bool:
    return value is None


class StreamOptions(BaseModel):
    """What a streamed reply ends with."""

    include_usage: bool | None = None


class ResponseFormat(BaseModel):
    """Only text is written."""

    type: str = Field(default="text", max_length=100, examples=["text"])


class Completing(BaseModel):
    """A chat request. What else OpenAI's clients send (temperature, max_tokens, tools, ...) changes nothing."""

    model_config = ConfigDict(extra="ignore")

    model: str = Field(default=MODEL, max_length=200, examples=[MODEL])
    messages: list[Message] = Field(min_length=1, max_length=1000)
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    n: int | None = Field(default=1, description="Only 1: there is one answer.", examples=[1])
    response_format: ResponseFormat | None = None
    tool_choice: object = Field(default=None, description="No tool is ever called; one that must be is refused.")
    crosscheck: Filters = Field(default_factory=Filters, description="Which articles count; see /v1/query.")

    @model_validator(mode="after")
    def _can_be_met(self) -> Self:
        if self.n not in (None, 1):
            raise ValueError(f"n is {self.n}; there is one answer to a question. Leave n out")
        if self.response_format and self.response_format.type != "text":
            kind = self.response_format.type
            raise ValueError(f"response_format is {kind!r}; replies are text. The whole answer is in 'crosscheck'")
        if self.tool_choice not in (None, "auto", "none"):
            raise ValueError("tool_choice asks for a tool, and no tool is ever called. Leave tool_choice out")
        return self


class Reply(Model):
    """The answer as Markdown."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None


class Choice(Model):
    """The one reply."""

    index: Literal[0] = 0
    message: Reply
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class Usage(Model):
    """Always zero: nothing is generated, so there are no tokens to count."""

    prompt_tokens: Literal[0] = 0
    completion_tokens: Literal[0] = 0
    total_tokens: Literal[0] = 0


class Completion(Model):
    """A whole reply."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int = Field(description="Seconds since 1970.")
    model: Literal["crosscheck"] = "crosscheck"
    choices: list[Choice]
    usage: Usage = Usage()
    crosscheck: Answer = Field(description="The answer as /v1/query gives it.")


class Delta(Model):
    """What a chunk adds."""

    role: Literal["assistant"] | None = Field(default=None, exclude_if=_is_none)
    content: str | None = Field(default=None, exclude_if=_is_none)


class ChunkChoice(Model):
    """What a chunk adds to the one reply."""

    index: Literal[0] = 0
    delta: Delta
    finish_reason: Literal["stop"] | None = None


class Chunk(Model):
    """A piece of a streamed reply."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int = Field(description="Seconds since 1970.")
    model: Literal["crosscheck"] = "crosscheck"
    choices: list[ChunkChoice]
    usage: Usage | None = Field(default=None, exclude_if=_is_none)
    crosscheck: Answer | None = Field(default=None, exclude_if=_is_none)
    """With the chunk that ends the reply."""


class ModelCard(Model):
    """The one model there is."""

    id: Literal["crosscheck"] = "crosscheck"
    object: Literal["model"] = "model"
    created: int = Field(default=0, description="Always 0: it is not known.")
    owned_by: Literal["crosscheck"] = "crosscheck"


class ModelList(Model):
    """What can be named as the model of a request."""

    object: Literal["list"] = "list"
    data: list[ModelCard]
