"""What `make audit` makes of the answers of pip-audit, here one that answers what the test wants."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / ".ci" / "audit.py"
CLEAN = {"name": "sound", "version": "1.0", "vulns": []}
BAD = {"name": "weak", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
UNKNOWN = {"name": "unknown", "skip_reason": "Dependency not found on PyPI and could not be audited"}


def audited(folder: Path, answer: object) -> subprocess.CompletedProcess[str]:
    """With a tool that gives this answer; a text is what it says instead of JSON."""
    tool = folder / "pip-audit"
    said = answer if isinstance(answer, str) else json.dumps({"dependencies": answer})
    tool.write_text(f"#!{sys.executable}\nprint({said!r})\n", encoding="utf-8")
    tool.chmod(0o755)
    return subprocess.run(
        [sys.executable, SCRIPT, tool, "constraints.txt"], capture_output=True, text=True, check=False
    )


def test_findings_are_named_and_fail(tmp_path: Path) -> None:
    done = audited(tmp_path, [CLEAN, BAD, UNKNOWN])
    assert done.returncode == 1
    assert "VULNERABLE  weak 2.0: PYSEC-1; mended in 2.1" in done.stdout


def test_all_looked_up_and_nothing_known_is_good(tmp_path: Path) -> None:
    done = audited(tmp_path, [CLEAN])
    assert (done.returncode, done.stdout) == (0, "Nothing is known against any of 1 packages.\n")


@pytest.mark.parametrize("answer", [[CLEAN, UNKNOWN], [UNKNOWN], "Traceback: no network"])
def test_what_could_not_be_looked_up_is_no_good_news(tmp_path: Path, answer: object) -> None:
    done = audited(tmp_path, answer)
    assert done.returncode == 75
    assert "NOT AUDITED" in done.stderr
    assert "Nothing is known" not in done.stdout
