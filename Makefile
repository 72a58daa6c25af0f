# make lab    open the lessons in JupyterLab        make test   run everything that must hold
# make setup  prepare .venv for both                make check  ruff, mypy and import-linter only
# make bench  measure speed                         make clean  remove .venv and caches
#
# Choose the Python: PYTHON=python3.12 make setup.   Options of the lab: make lab ARGS="--port 9000 --no-browser"

PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
LESSONS := $(wildcard notebooks)

.PHONY: help lab test setup check bench clean

help:
	@sed -n '/^# make/s/^# //p' Makefile

# What is installed is compared by content and place, not by date: a fresh checkout changes dates, and a moved
# folder breaks a virtual environment. Another start with nothing changed costs two checksums.
KEY = $$(pwd) $$(cat pyproject.toml constraints.txt | cksum)
ifneq ($(filter environment command%,$(origin PYTHON)),)
KEY += $$($(PYTHON) -V 2>&1)
endif

setup:
	@case "$$(cat .venv/.ready 2>/dev/null)" in "$(KEY)"*) exit 0;; esac; \
	command -v $(PYTHON) >/dev/null 2>&1 || { echo "No $(PYTHON) found. Install Python 3.11 or newer from python.org, or name yours: PYTHON=python3.12 make setup"; exit 1; }; \
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is $$($(PYTHON) -V 2>&1), but migraine-lab needs Python 3.11 or newer. Name a newer one: PYTHON=python3.12 make setup"; exit 1; }; \
	$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv module. On Debian and Ubuntu install it with: apt install python3-venv"; exit 1; }; \
	echo "Preparing .venv with $$($(PYTHON) -V 2>&1): a few minutes the first time ..."; \
	rm -rf .venv && $(PYTHON) -m venv .venv && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test]" && \
	echo "$$(pwd) $$(cat pyproject.toml constraints.txt | cksum) $$($(BIN)/python -V)" > .venv/.ready && \
	echo "Ready."

lab: setup
	@exec $(BIN)/migraine-lab lab $(ARGS)

test: check
	$(BIN)/python -m pytest tests/unit $(LESSONS) tests/browser --nbval-lax --nbval-current-env --nbval-cell-timeout 60 $(ARGS)

check: setup
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup
	$(BIN)/python -m tests.benchmarks $(ARGS)

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
