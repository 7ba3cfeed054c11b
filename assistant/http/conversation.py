"""A conversation as chat clients send it, and the question in it.

The question is what the user said last. Where it leans on what was said before ("And in May?"), it is written out in
full; what earlier replies quoted counts, what else they said does not.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import pairwise

from pydantic import BaseModel, Field

from assistant.errors import BadInput
from assistant.followups import Rewritten, Turn, rewritten

_TURNS = 4
"""Earlier questions that are looked at."""
_QUOTE = re.compile(r"^- \[\d+\] .*?: “(.+)”$", re.MULTILINE)
"""A source as `as_markdown` writes it."""


class Part(BaseModel):
    """A piece of a message. Only text can be asked."""

    type: str = Field(max_length=100, examples=["text"])
    text: str = ""


class Message(BaseModel):
    """One turn. What else clients send with it is ignored."""

    role: str = Field(max_length=100, examples=["user"], description="Only what `user` says is asked.")
    content: str | list[Part] | None = Field(
        default=None, examples=["How much better is Maia 200's performance per dollar?"]
    )


def question_of(messages: Sequence[Message]) -> str:
    """What the user said last. Raises BadInput where there is nothing, or something other than text."""
    said = next((message.content for message in reversed(messages) if message.role == "user"), None)
    if said is None:
        raise BadInput('No message is from the user. Send {"role": "user", "content": "your question"} last.')
    return said if isinstance(said, str) else "\n".join(_text(part) for part in said)


def understood(messages: Sequence[Message]) -> Rewritten:
    """What the user said last, in the light of what was said before. Raises BadInput as `question_of` does."""
    said = question_of(messages)
    places = [place for place, message in enumerate(messages) if message.role == "user" and _words(message)]
    turns: list[Turn] = []
    for place, following in list(pairwise(places))[-_TURNS:]:
        quotes = (quote for message in messages[place + 1 : following] for quote in _QUOTE.findall(_words(message)))
        turns.append(Turn(rewritten(_words(messages[place]), turns).text, "\n".join(map(_unescaped, quotes))))
    return rewritten(said, turns)


def _words(message: Message) -> str:
    """What a message says in text; nothing where it says something else."""
    if message.content is None or isinstance(message.content, str):
        return message.content or ""
    return "\n".join(part.text for part in message.content if part.type == "text")


def _unescaped(quote: str) -> str:
    return html.unescape(re.sub(r"\\(?=[^\w\s])", "", quote))


def _text(part: Part) -> str:
    if part.type != "text":
        raise BadInput(f"The question has a part of type {part.type!r}. Only text can be asked; leave out the rest.")
    return part.text
