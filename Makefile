# `make up` starts everything, `make check` runs what must hold in a minute, `make test` all that must hold.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --quiet --no-header \
  --custom-compile-command "make lock"
# Each worker of pytest has a Neo4j of its own; the database of NEO4J_TEST_URI is one, so it gets one worker.
WORKERS ?= $(if $(NEO4J_TEST_URI),0,2)
PYTEST := $(BIN)/pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

# What asks questions: the document families, random documents, noninterference, HTTP.
ANSWERS := tests/language tests/computed tests/access tests/http -m "not alone"

# Of these, what asks a server. An engine alone keeps no answers.
SERVED := tests/access/test_audiences.py tests/access/test_keys.py tests/http -m "not alone"

# Without cargo the tests of the native writer are skipped, and in CI they fail.
TESTED := $(VENV)/test.installed $(if $(shell command -v cargo),$(VENV)/native.installed)

.PHONY: help up native check test paths soak soak-load portals faults lock vendored clean

help: ## Show the commands.
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/'

up: $(VENV)/run.installed ## Start Neo4j and citygraph on 127.0.0.1:8000, with the seeds loaded.
	@exec $(BIN)/citygraph up

native: $(VENV)/native.installed ## Build and install what writes large answers in less time; needs cargo of Rust 1.63 or newer.

check: $(TESTED) ## Run lint, types, the architecture rules and every test that needs no database: a minute.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(PYTEST) -m "not database"

test: $(TESTED) ## Run everything that must hold: what check runs, and every test against a real Neo4j.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(PYTEST) -m "not alone"
	$(BIN)/pytest -m alone $$(grep -rl --include='test_*.py' 'mark\.alone' tests)

paths: $(TESTED) ## Run the tests of answers over each other way: the driver, Python alone, kept answers.
	CITYGRAPH_BOLT=driver $(PYTEST) $(ANSWERS)
	CITYGRAPH_NATIVE=false $(PYTEST) $(ANSWERS)
	CITYGRAPH_ANSWER_CACHE=64 $(PYTEST) $(SERVED)

soak: $(VENV)/test.installed ## Run the long forms of the random tests: hours of questions, edits and kills.
	$(PYTEST) --soak -m soak

soak-load: $(VENV)/test.installed ## Let hostile clients ask beside honest ones for ten minutes, and see that they disturb nobody.
	$(BIN)/python -m tests.soak

portals: $(VENV)/test.installed ## Read a real CKAN and a real Fuseki, which are installed first: minutes, and root for Debian's packages.
	$(BIN)/pytest --portals -m portals -o faulthandler_timeout=1800 tests/portals tests/export

faults: $(VENV)/test.installed ## Plant faults into copies of the tree, and see that the tests find each.
	$(BIN)/python -m tests.faults

lock: ## Renew the locks; needs uv on the path.
	$(COMPILE) --group build -o requirements/run.lock pyproject.toml
	$(COMPILE) --group build --group test -o requirements/test.lock pyproject.toml

vendored: $(VENV)/test.installed ## Renew the files of others that pages use: those that app/web/vendored/vendored.json names.
	$(BIN)/python -m tests.kit.vendored

clean: ## Remove the virtual environment and caches.
	rm -rf $(VENV) native/target .mypy_cache .ruff_cache .pytest_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "citygraph needs Python 3.11 or newer; PYTHON=python3.12 make up takes another one")'
	@echo "Making a virtual environment"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/run.installed: $(BIN)/python requirements/run.lock pyproject.toml
	@echo "Installing Python packages; this takes minutes if the network is slow"
	@$(INSTALL) --require-hashes -r requirements/run.lock
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test.installed: $(VENV)/run.installed requirements/test.lock
	@$(INSTALL) --require-hashes -r requirements/test.lock
	@touch $@

$(VENV)/native.installed: $(VENV)/run.installed $(wildcard native/*.* native/*/*.py native/src/*.rs)
	@echo "Building the native writer"
	@$(INSTALL) --no-deps --no-build-isolation ./native
	@touch $@
