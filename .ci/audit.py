"""Known vulnerabilities of the pinned packages, as `make audit` tells them: `audit.py PIP_AUDIT CONSTRAINTS`.

Asks two services in turn, OSV and then PyPI's own. A package that a service does not know was not looked up: the tool
itself calls that "no known vulnerabilities", which nobody should take for an answer.

Exit codes: 0 nothing known against any, 1 something is, 2 wrong usage, 75 not every package could be looked up.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

FINDINGS, NO_DATA = 1, 75
SERVICES = ("osv", "pypi")
_TIMEOUT = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one service said."""

    looked_up: int
    missing: int
    findings: tuple[str, ...]


def main() -> int:
    if len(sys.argv) != 3:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    outcomes = [one for service in SERVICES if (one := _asked(*sys.argv[1:], service=service)) is not None]
    best = min(outcomes, key=lambda one: (one.missing, -len(one.findings)), default=None)
    findings = sorted({line for one in outcomes for line in one.findings})
    sys.stdout.write("".join(f"VULNERABLE  {line}\n" for line in findings))
    if findings:
        return FINDINGS
    if best is None or best.missing:
        known = 0 if best is None else best.looked_up
        sys.stderr.write(f"NOT AUDITED: {known} packages could be looked up; no service was reached for the others.\n")
        return NO_DATA
    sys.stdout.write(f"Nothing is known against any of {best.looked_up} packages.\n")
    return 0


def _asked(tool: str, constraints: str, *, service: str) -> Outcome | None:
    """None where the service cannot be reached."""
    command = [tool, "--requirement", constraints, "--no-deps", "--disable-pip", "--format", "json"]
    try:
        done = subprocess.run(
            [*command, "--vulnerability-service", service, "--progress-spinner", "off"],
            capture_output=True, text=True, timeout=_TIMEOUT, check=False,
        )  # fmt: skip
        packages = json.loads(done.stdout)["dependencies"]
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError) as error:
        sys.stderr.write(f"{service}: no answer ({type(error).__name__}).\n")
        return None
    missing = [one for one in packages if "skip_reason" in one]
    return Outcome(len(packages) - len(missing), len(missing), tuple(_findings(packages)))


def _findings(packages: list[dict[str, object]]) -> Iterator[str]:
    for package in packages:
        vulnerabilities = package.get("vulns") or []
        assert isinstance(vulnerabilities, list)
        for one in vulnerabilities:
            mended = ", ".join(one.get("fix_versions") or []) or "no version yet"
            yield f"{package['name']} {package['version']}: {one['id']}; mended in {mended}"


if __name__ == "__main__":
    raise SystemExit(main())
