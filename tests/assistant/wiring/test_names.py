"""The names that fronts take from the composition root, each made where it is first wanted."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assistant import wiring
from tests.conftest import ROOT


@pytest.mark.parametrize("name", wiring.__all__)
def test_every_name_is_there_and_is_what_its_own_module_makes(name: str) -> None:
    assert getattr(wiring, name) is not None


def test_another_name_is_an_error_that_names_it() -> None:
    with pytest.raises(AttributeError, match="no attribute 'asker'"):
        wiring.asker  # noqa: B018


def test_importing_the_package_imports_nothing_of_it() -> None:
    code = "import sys\nfrom assistant import wiring\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    ours = {name for name in done.stdout.split() if name.split(".")[0] in {"assistant", "index", "corpus"}}
    assert ours == {"assistant", "assistant.wiring"}
