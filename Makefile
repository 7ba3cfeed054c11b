# Two commands do everything: `make demo` and `make test`. Both create the environment first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO := $(VENV)/demo
AUDIT := $(VENV)/audit
CROSSCHECK = CROSSCHECK_WORKSPACE=$(DEMO) $(BIN)/crosscheck

.PHONY: demo test lint audit install clean

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Crosscheck needs Python 3.11 or newer; this is %d.%d. Set PYTHON=python3.11 or newer." % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

# The third question is one that no article answers: `ask` says so, and exits with 4.
demo: install
	$(CROSSCHECK) ingest corpus/sample/articles
	$(CROSSCHECK) ask "How much better is Maia 200's performance per dollar?"
	$(CROSSCHECK) ask "How many people died when the ferry Sandlark sank?"
	$(CROSSCHECK) ask "Who will play the Sandlark's captain in the film?" || test $$? -eq 4
	@echo 'Ask your own: $(CROSSCHECK) ask "..."'

test: install
	$(BIN)/python -m pytest

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Known vulnerabilities of the pinned packages (docs/security.md). Needs a network; the tool has an environment of its own.
audit: $(AUDIT)/.installed
	@$(PYTHON) .ci/audit.py $(AUDIT)/bin/pip-audit constraints.txt

$(AUDIT)/.installed:
	$(PYTHON) -m venv $(AUDIT)
	$(AUDIT)/bin/python -m pip install --quiet 'pip-audit>=2.10,<3'
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
