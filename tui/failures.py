"""What went wrong, as a sentence for the conversation: the chat's own outermost catch ends here."""

from __future__ import annotations


class Stopped(Exception):
    """The user does not want the answer any more."""


def sentence(error: BaseException) -> str:
    """The error's own where it is one that people can do something about."""
    from assistant.exit_codes import code_of

    if isinstance(error, Exception) and (code_of(error) is not None or type(error).__name__ == "SessionError"):
        return str(error)
    said = ": ".join(filter(None, (type(error).__name__, " ".join(str(error).split()))))
    return f"Crosscheck failed in a way nobody foresaw ({said}). Please report it."


def is_missing(error: BaseException) -> bool:
    """Whether there is nothing to ask yet, so that the welcome screen is the answer."""
    from index.errors import NothingPublished, NoWorkspace

    return isinstance(error, (NoWorkspace, NothingPublished))
