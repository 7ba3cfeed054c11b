"""The direction of imports, and that each heavy library has one door and is not behind the front one."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LEFT_OF = {
    "corpus": (),
    "index": ("corpus",),
    "assistant": ("corpus", "index"),
    "tui": ("corpus", "index", "assistant"),
}
PACKAGES = tuple(LEFT_OF)
OUTERMOST = {"assistant/commands/chat.py": ("tui",)}
"""The command line is the outermost ring: it starts the chat."""
HEAVY = ("faiss", "sentence_transformers", "tantivy", "torch", "onnxruntime", "fastapi", "textual")
COMMANDS = sorted((ROOT / "assistant" / "commands").glob("*.py"))
DOORS = {
    "faiss": {"index/cells.py", "index/dense.py"},
    "tantivy": {"index/lexical.py", "index/lexical_opened.py"},
    "sentence_transformers": {"index/bulk_encoder.py", "assistant/cross_encoder.py"},
    "onnxruntime": {"index/question_encoder.py", "assistant/pair_network.py"},
    "torch": {"index/bulk_encoder.py", "index/export.py", "assistant/cross_encoder.py"},
    "rich": {"assistant/progress.py"},
    "typer": {"assistant/cli.py", *(f"assistant/commands/{path.name}" for path in COMMANDS)},
    "trafilatura": {"corpus/readers/web_page.py"},
    "textual": {str(path.relative_to(ROOT)) for path in (ROOT / "tui").glob("*.py")},
    "mcp": {"assistant/mcp.py"},
    "watchfiles": {"assistant/wiring/watching.py"},
}


def modules() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


CHAT = ROOT / "assistant" / "commands" / "chat.py"
"""The command line is the outermost ring: this one command starts the chat."""


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_package_imports_only_those_to_its_left(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0]
    others = {name.split(".")[0] for name in imported(path)} & set(PACKAGES) - {own}
    allowed = {*LEFT_OF[own], "tui"} if path == CHAT else set(LEFT_OF[own])
    assert others <= allowed


@pytest.mark.parametrize("library", DOORS)
def test_a_heavy_library_has_one_door_for_each_use(library: str) -> None:
    importers = {
        str(path.relative_to(ROOT)) for path in modules() if library in {name.split(".")[0] for name in imported(path)}
    }
    assert importers <= DOORS[library]


def loaded_by(code: str) -> set[str]:
    report = f"{code}\nimport sys\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "code",
    [
        "import assistant",
        "import assistant.cli",
        "from assistant.wiring import labeller",
        "import corpus.reading",
        "import index.sync",
    ],
)
def test_importing_loads_no_heavy_library(code: str) -> None:
    light = {"faiss", "tantivy"} if code == "import index.sync" else set()
    assert loaded_by(code).isdisjoint(set(HEAVY) - light)


def test_the_first_screen_of_the_chat_waits_for_no_model() -> None:
    loaded = loaded_by("import tui.app, assistant.commands.chat")
    assert loaded.isdisjoint({*HEAVY, "numpy", "assistant.answering"} - {"textual"})


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys; sys.argv = ['crosscheck', '--help']\n"
        "from assistant.cli import app\n"
        "try: app()\nexcept SystemExit: pass"
    )
    assert loaded_by(code).isdisjoint(HEAVY)


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("fastapi", "assistant/http/"),
        ("starlette", "assistant/http/"),
        ("uvicorn", "assistant/http/"),
        ("textual", "tui/"),
    ],
)
def test_a_front_keeps_its_libraries_to_itself(library: str, home: str) -> None:
    for path in modules():
        if library in {name.split(".")[0] for name in imported(path)}:
            assert str(path.relative_to(ROOT)).startswith(home), path
