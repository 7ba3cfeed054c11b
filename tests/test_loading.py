"""That nothing the packages load can run a program: no pickles, no evaluated text, no shell."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for name in ("corpus", "index", "assistant", "tui") for path in (ROOT / name).rglob("*.py"))
UNSAFE_MODULES = frozenset(
    ["pickle", "_pickle", "dill", "cloudpickle", "marshal", "shelve", "joblib", "dbm", "code", "codeop", "runpy"]
)
UNSAFE_CALLS = frozenset(
    [
        *("eval", "exec", "compile", "__import__"),
        *("os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"),
        *("torch.load", "torch.jit.load", "torch.hub.load"),
        *("yaml.unsafe_load", "yaml.full_load", "yaml.load_all"),
    ]
)
SAFE_YAML = frozenset({"BaseLoader", "SafeLoader", "CSafeLoader", "CBaseLoader"})
"""Make values, never objects of other classes."""
PICKLES = ("*.pkl", "*.pickle", "*.pt", "*.pth", "*.bin", "*.joblib", "*.npy", "*.npz")


def named(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{named(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def faults(source: str) -> list[str]:
    """What a module would run or unpickle."""
    tree = ast.parse(source)
    found = [name for name in imported(tree) if name.split(".")[0] in UNSAFE_MODULES]
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        given = {one.arg: one.value for one in call.keywords if one.arg}
        name = named(call.func)
        found += [name] * (name in UNSAFE_CALLS)
        found += [
            f"{name}({argument}=...)"
            for argument in ("shell", "allow_pickle", "trust_remote_code")
            if argument in given and not _is_false(given[argument])
        ]
        found += [f"{name} without a safe loader"] * (name == "yaml.load" and not _is_safe_yaml(call, given))
        found += [f"{name} without {wanted}" for wanted in _WANTED.get(name, ()) if wanted not in ast.unparse(call)]
    return found


_MODEL = ("trust_remote_code=False", "'use_safetensors': True")
_WANTED = {"SentenceTransformer": _MODEL, "CrossEncoder": _MODEL}
"""What must be said when a model is opened."""


def _is_false(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def _is_safe_yaml(call: ast.Call, given: dict[str, ast.expr]) -> bool:
    loader = given.get("Loader") or (call.args[1] if len(call.args) > 1 else None)
    return loader is not None and named(loader).split(".")[-1] in SAFE_YAML


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_unpickles_evaluates_or_opens_a_shell(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from joblib import load",
        "import os; os.system('x')",
        "eval('1')",
        "import torch; torch.load('x')",
        "import numpy as np; np.load('x', allow_pickle=True)",
        "import yaml; yaml.load(x)",
        "import yaml; yaml.load(x, Loader=yaml.Loader)",
        "import subprocess; subprocess.run('x', shell=True)",
        "SentenceTransformer('x')",
        "CrossEncoder('x', trust_remote_code=True)",
    ],
)
def test_the_search_finds_what_it_is_for(source: str) -> None:
    assert faults(source)


@pytest.mark.parametrize(
    "source",
    [
        "Pipeline(model).eval()",
        "re.compile('x')",
        "import yaml; yaml.load(x, Loader=yaml.BaseLoader)",
        "import subprocess; subprocess.run(['x'], shell=False)",
        "import numpy as np; np.load('x')",
        "import numpy as np; np.load('x', allow_pickle=False)",
    ],
)
def test_the_search_lets_harmless_calls_be(source: str) -> None:
    assert faults(source) == []


def test_no_pickle_is_shipped() -> None:
    kept = (ROOT / name for name in ("corpus", "index", "assistant", "tui"))
    assert [str(found) for folder in kept for pattern in PICKLES for found in folder.rglob(pattern)] == []
