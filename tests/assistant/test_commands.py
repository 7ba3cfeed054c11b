"""The table of commands, and that only the one that runs is imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Crosscheck

NOT_COMMANDS = {"__init__", "options", "output"}
COMMANDS = sorted(path.stem for path in (ROOT / "assistant" / "commands").glob("*.py") if path.stem not in NOT_COMMANDS)


def loaded(*arguments: str) -> set[str]:
    """Modules of the project that a run of the command line imports."""
    code = (
        "import sys; sys.argv = ['crosscheck', *sys.argv[1:]]\n"
        "from assistant.cli import app\n"
        "try: app()\nexcept SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, cwd=ROOT)
    return {name for name in done.stderr.split() if name.split(".")[0] in {"assistant", "index", "corpus"}}


def test_help_imports_no_command_and_names_each(crosscheck: Crosscheck) -> None:
    assert loaded("--help") == {"assistant", "assistant.cli"}
    listed = [line.split() for line in crosscheck("--help").stdout.split("Commands:")[1].splitlines()]
    assert set(COMMANDS) <= {words[0] for words in listed if words}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_imports_that_one_alone(command: str) -> None:
    own = f"assistant.commands.{command}"
    shared = {f"assistant.commands.{name}" for name in ("options", "output")}
    assert own in loaded(command, "--help")
    assert loaded(command, "--help") - shared == {"assistant", "assistant.cli", "assistant.commands", own}


def test_a_mistyped_command_gets_a_hint(crosscheck: Crosscheck) -> None:
    assert "No such command 'serach'. Did you mean 'search'?" in crosscheck("serach", "x", code=2).stderr


def test_a_search_opens_no_reader(sample_workspace: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSCHECK_CACHE", str(cache))
    found = loaded("search", "Maia 200", "--workspace", str(sample_workspace))
    assert "index.search" in found
    assert found.isdisjoint({"assistant.reader", "assistant.pair_network", "assistant.compare_command"})


def test_explain_tells_how_sentences_were_compared_after_the_sources(
    crosscheck: Crosscheck, sample_workspace: Path
) -> None:
    question = "How many people died when the ferry sank?"
    text = crosscheck("ask", question, "--explain", "-w", sample_workspace).stdout
    assert text.index("\nSources\n") < text.index("\nWhat was compared\n")
    assert ": conflict (" in text
    assert "What was compared" not in crosscheck("ask", question, "-w", sample_workspace).stdout


def test_explain_says_where_nothing_was_compared(crosscheck: Crosscheck, sample_workspace: Path) -> None:
    done = crosscheck("ask", "Who won the 1974 football world cup?", "--explain", "-w", sample_workspace, code=4)
    assert done.stderr == "Note: there were no two sentences to compare.\n"
