# make demo   the whole loop on made-up customers, in build/demo
# make demo-mail   the same, with notices that leave: through a stand-in of the provider and a mail server, both here
# make bench   how fast the redline and the receiver are on this machine, beside the least that is possible
# make weights PAIRS=FOLDER   the weights of the verdict, anew from labelled pairs
# make test   everything that must hold: style, types, directions, tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help demo demo-mail bench weights test format clean
.DEFAULT_GOAL := help

help:
	@sed -n 's/^# make /make /p' Makefile

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ...")'
	@command -v git >/dev/null || { echo "git is needed."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group dev --editable ".[serve]"
	@touch $@

demo: $(STAMP)
	@$(BIN)/policy demo build/demo

demo-mail: $(STAMP)
	@$(BIN)/python -m tests.providers.demo build/demo-mail

bench: $(STAMP)
	@$(BIN)/python -m tests.bench

weights: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group training
	$(BIN)/python -m tests.training "$(PAIRS)" --write

test: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf build $(VENV)
