# Every target makes the environment it needs: `make demo` on a fresh clone is enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# What speed is compared with lives in an environment of its own. Some peers need Python 3.12: the first that has it is
# taken; without any, those peers are left out.
PEERS := .venv-peers
PEERS_PYTHON ?= $(or $(shell for python in $(PYTHON) python3.12 python3.13; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && echo $$python && break; done),$(PYTHON))

.PHONY: help env codegen codegen-check format lint types test property bench demo check clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

env: $(STAMP)  ## make the environment

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(STAMP)

codegen: $(STAMP)  ## regenerate bindings and reference from the schemas and rules
	$(BIN)/python -m codegen

codegen-check: $(STAMP)  ## fail if what is generated differs from what is committed
	$(BIN)/python -m codegen --check

lint: $(STAMP)  ## style, and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(STAMP)  ## lay the code out, and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(STAMP)  ## both type checkers, and whether every public type is known
	$(BIN)/mypy
	$(BIN)/pyright
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pyright --verifytypes zarr_spaces --ignoreexternal > $(VENV)/types.log \
		|| { grep -A 1 error $(VENV)/types.log; exit 1; }

test: $(STAMP)  ## all tests and doctests
	$(BIN)/python -m pytest -q

property: $(STAMP)  ## the laws, with ten times the examples
	$(BIN)/python -m pytest -q tests/property --hypothesis-profile=thorough

bench: $(PEERS)/.installed  ## measure, as ratios against named references; writes benchmarks/results.md
	$(PEERS)/bin/python -m benchmarks.points
	$(PEERS)/bin/python -m benchmarks.documents

$(PEERS)/.installed: pyproject.toml benchmarks/peers.txt
	$(PEERS_PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --requirement benchmarks/peers.txt --editable .
	touch $@

demo: $(STAMP)  ## build, check, show and map a small scene and a raster
	$(BIN)/python examples/demo.py

check: codegen-check lint types test  ## everything that CI runs

clean:  ## remove the environments and caches
	rm -rf $(VENV) $(PEERS) .mypy_cache .pytest_cache .ruff_cache .hypothesis
