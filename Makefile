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
	.venv/bin/lint-imports --no-logo
	$(PY) -m pytest tests/unit tests/shape

bench: $(STAMP) ## measure speed and memory on this machine; a table, and .bench/latest.json
	$(PY) -m tests.benchmarks

story: $(STAMP) ## play one story on the emulator and print what each person saw (STORY=name, ON=discord/slack)
	@$(PY) -m tests.e2e $(if $(STORY),"$(STORY)" $(if $(ON),"$(ON)"))

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
	@$(PY) -m pip --version >/dev/null 2>&1 || { \
	  found=; seen=; \
	  for python in $(CANDIDATES); do \
	    version=$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue; \
	    case $$version in 3.11|3.12|3.13|3.14) ;; *) seen="$$seen; $$python is $$version"; continue ;; esac; \
	    found=$$python; found_version=$$version; \
	    if "$$python" -c 'import ensurepip' 2>/dev/null; then break; fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo "Henji needs Python 3.11, 3.12, 3.13 or 3.14, and found none of them here$$seen."; \
	    echo "Install one, or say where it is: make PYTHON=/path/to/python3"; exit 1; \
	  fi; \
	  if ! "$$found" -c 'import ensurepip' 2>/dev/null; then \
	    echo "Python $$found_version is here, but without the part that makes virtual environments."; \
	    echo "On Debian and Ubuntu: sudo apt install python3-venv (or python$$found_version-venv)"; exit 1; \
	  fi; \
	  "$$found" -m venv --clear .venv; }
	@echo "Installing into .venv (a minute the first time) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
