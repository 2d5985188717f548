# Everything a developer runs. Needs Python >= 3.11, make and git; `make setup` brings the rest into .venv.
SHELL := /bin/sh
BIN := .venv/bin
# one process more than there are cores, four at most: a test that waits for another process leaves its core idle
WORKERS = $$($(BIN)/python -c 'import os; cores = getattr(os, "sched_getaffinity", lambda _: range(os.cpu_count() or 1)); \
	print(min(4, len(cores(0)) + 1))')
READY := .venv/.ready
LOCK := requirements.lock
ARGS ?=

# Python keeps what it has compiled in .venv, also where the machine forbids it to write beside the sources: else every
# start of ours, and the tests make a hundred, would compile a thousand files (three seconds instead of one).
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/bytecode

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench soak format lock wheel clean

help: ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 10

setup: $(READY) ## make .venv from requirements.lock (at once when nothing changed)

# The first Python that is new enough and can make a virtual environment; PYTHON=... chooses another.
$(READY): $(LOCK)
	@set -e; found=; old=; \
	for python in $(PYTHON) python3 python3.13 python3.12 python3.11 python3.14; do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  old="$$python"; \
	  "$$python" -c 'import ensurepip, venv' 2>/dev/null || continue; \
	  found="$$python"; break; \
	done; \
	if [ -z "$$found" ] && [ -n "$$old" ]; then \
	  echo "$$old has no ensurepip, so it cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; \
	elif [ -z "$$found" ]; then \
	  echo "Chenlian needs Python 3.11 or newer and found none. Install it, or say which: make setup PYTHON=/path/to/python3"; exit 1; \
	fi; \
	echo "Setting up .venv with $$("$$found" --version) (a minute or so, only this once) ..."; \
	[ -x $(BIN)/python ] && $(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || "$$found" -m venv --clear .venv; \
	$(BIN)/python -m pip install -qq --no-compile --disable-pip-version-check --require-hashes -r $(LOCK); \
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .; \
	touch $(READY); echo "Ready."

demo: setup ## the whole product in the browser, no account needed (ARGS="--port N --no-browser")
	@$(BIN)/chenlian demo $(ARGS)

test: check ## lints, then every test with coverage (drills 100 %, whole 95 %)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --cov --cov-report=term $(ARGS)
	@report=$$($(BIN)/python -m coverage report --include='drills/*' --fail-under=100 2>&1) \
	  || { echo "$$report"; echo "The rules in drills/ must be covered wholly."; exit 1; }

check: setup ## lints, types, rooms, sizes, content
	@$(BIN)/ruff format --quiet --check . || { echo "Not formatted: make format"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@report=$$($(BIN)/lint-imports 2>&1) || { echo "$$report"; exit 1; }
	@report=$$($(BIN)/python -m pytest -q tests/test_sizes.py 2>&1) || { echo "$$report"; exit 1; }
	@$(BIN)/chenlian check
	@echo "Lints, types, rooms, sizes and content are in order."

bench: setup ## a press beside python-telegram-bot's own, then a push to 2,000 people, and one to 1,000 by WeCom: seven minutes (ARGS go to the press)
	@$(BIN)/python -m tests.bench press $(ARGS)
	@$(BIN)/python -m tests.bench push
	@$(BIN)/python -m tests.bench wecom

soak: setup ## days of many people with the process killed all the time: some minutes (ARGS="--days N --seed N ...")
	@$(BIN)/chenlian rehearse --branches 3 --staff 30 --days 5 --faults $(ARGS)

format: setup ## format the code and mend what ruff can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: ## make requirements.lock anew from pyproject.toml (needs uv)
	@uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	  --no-emit-index-url --no-header --no-annotate --extra dev pyproject.toml --output-file $(LOCK)

wheel: setup ## build dist/chenlian-*.whl, and try it in an empty environment (downloads what it needs)
	@rm -rf build dist; $(BIN)/python -m pip wheel -qq --disable-pip-version-check --no-deps --no-build-isolation -w dist .
	@set -e; there=$$(mktemp -d); trap 'rm -rf "$$there"' EXIT; wheel=$$(pwd)/$$(ls dist/chenlian-*.whl); \
	$(BIN)/python -m venv "$$there/env"; \
	"$$there/env/bin/python" -m pip install -qq --disable-pip-version-check "$$wheel"; \
	mkdir "$$there/empty"; cd "$$there/empty"; \
	../env/bin/chenlian check; ../env/bin/chenlian migrate; ../env/bin/chenlian rehearse --staff 2 --days 1; \
	echo "Works from $$(basename "$$wheel") alone."

clean: ## remove .venv and every cache
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache \
	  .hypothesis .coverage .coverage.* htmlcov
