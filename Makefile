# Everything is installed into .venv, from the lock file alone; nothing else on the machine changes.
# PYTHON chooses the interpreter (make run PYTHON=python3.12); by default the newest one that serves.

.DEFAULT_GOAL := help
.PHONY: help run test check bench story stories format lock clean .venv

CANDIDATES := $(if $(PYTHON),$(PYTHON),python3.14 python3.13 python3.12 python3.11 python3)
PY := .venv/bin/python
STAMP := .venv/installed
UV := uv==0.13.9

help: ## print this list
	@sed -n 's/^\([a-z.]*\):[^#]*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{ printf "  make %-8s %s\n", $$1, $$2 }'

run: $(STAMP) ## start the desk (henji run)
	@exec $(PY) -m bots run

test: $(STAMP) ## all tests
	$(PY) -m pytest

check: $(STAMP) ## the fast ritual before every commit: format, lint, types, layers, unit tests
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(PY) -m pytest tests/unit tests/shape

bench: $(STAMP) ## measure speed and memory on this machine; a table, and .bench/latest.json
	$(PY) -m tests.benchmarks

story: $(STAMP) ## play one story on the emulator and print what each person saw (STORY=name)
	@$(PY) -m tests.e2e $(if $(STORY),"$(STORY)")

stories: $(STAMP) ## list the stories
	@$(PY) -m tests.e2e

format: $(STAMP) ## let ruff lay out the code and mend what it can
	$(PY) -m ruff check --fix-only .
	$(PY) -m ruff format .

# Keeps the versions that stand in the file; delete it first to move all of them forward.
lock: $(STAMP) ## write requirements.lock anew from pyproject.toml
	$(PY) -m pip install --quiet "$(UV)"
	.venv/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	  --quiet --output-file requirements.lock

clean: ## remove .venv and the caches; the desk's data in .henji stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv: $(STAMP) ## install, and nothing more

# The build backend is in the lock too, so that building the project itself fetches nothing unpinned.
$(STAMP): requirements.lock pyproject.toml
	@.venv/bin/python -m pip --version >/dev/null 2>&1 || { \
	  found=; old=; \
	  for python in $(CANDIDATES); do \
	    if "$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' 2>/dev/null; then \
	      found=$$python; \
	      "$$python" -c 'import ensurepip' 2>/dev/null && break; \
	    elif command -v "$$python" >/dev/null; then old="$$old $$python"; fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo "Henji needs Python 3.11 to 3.14, and found none ($(CANDIDATES))."; \
	    echo "Install one, or name it: make PYTHON=/path/to/python3"; exit 1; \
	  fi; \
	  if ! "$$found" -c 'import ensurepip' 2>/dev/null; then \
	    echo "This Python cannot make virtual environments. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; \
	  fi; \
	  "$$found" -m venv --clear .venv; }
	@echo "Installing into .venv (a minute the first time) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
