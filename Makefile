# Every target makes the environment it needs: `make demo` on a fresh clone is enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help env codegen codegen-check format lint types test property bench demo check clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

env: $(STAMP)  ## make the environment

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(STAMP)

codegen: $(STAMP)  ## regenerate the bindings from the schemas
	$(BIN)/python -m codegen

codegen-check: $(STAMP)  ## fail if the committed bindings differ from the schemas
	$(BIN)/python -m codegen --check

lint: $(STAMP)  ## style, and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(STAMP)  ## lay the code out, and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(STAMP)  ## both type checkers
	$(BIN)/mypy
	$(BIN)/pyright

test: $(STAMP)  ## all tests and doctests
	$(BIN)/python -m pytest -q

property: $(STAMP)  ## the laws, with ten times the examples
	$(BIN)/python -m pytest -q tests/property --hypothesis-profile=thorough

bench: $(STAMP)  ## measure, as ratios against named references
	$(BIN)/python benchmarks/points.py

demo: $(STAMP)  ## build, check, show and map a small scene
	$(BIN)/python examples/demo.py

check: codegen-check lint types test  ## everything that CI runs

clean:  ## remove the environment and caches
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
