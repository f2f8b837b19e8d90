# Every target makes .venv first where it is missing; make itself and Python >= 3.11 are all that is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test test-all check bench format keys tree layers clean

demo: $(STAMP)
	$(BIN)/kb demo

test: $(STAMP)
	$(BIN)/python -m pytest -q -n 2 --dist loadfile -m "not long"

test-all: $(STAMP)
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP)
	$(BIN)/python -m tests.benchmarks

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Inside View needs Python 3.11 or newer; say which: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(STAMP)

keys: $(STAMP)
	$(BIN)/python -m tests.support.readme

tree: $(STAMP)
	$(BIN)/python -m tests.support.tree

layers: $(STAMP)
	$(BIN)/python -m tests.support.layers

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache build dist
