# Everything happens in .venv in this folder. `make help` lists the targets.
PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/python -m
PIP := $(RUN) pip --disable-pip-version-check
COMPILE := uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements"

.PHONY: help setup demo test check-style test-slow test-all bench requirements clean
.DEFAULT_GOAL := help

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/	/' | expand -t 16

setup: .venv/.project  ## .venv with the pinned packages and Cordside itself

NEW_PYTHON = $(shell $(PYTHON) -c 'import sys; print(sys.version_info >= (3, 11) or "")' 2>/dev/null)
HAS_VENV = $(shell $(PYTHON) -c 'import venv, ensurepip; print(True)' 2>/dev/null)
SOUND_VENV = $(shell $(PIP) --version >/dev/null 2>&1 && $(BIN)/python -c 'import sys; print(sys.version_info >= (3, 11) or "")')
FOLDER = $(shell cat .venv/.project 2>/dev/null)

# A copied or moved folder brings a .venv whose scripts point to the old place: it is made anew.
MOVED = $(if $(FOLDER),$(if $(findstring |$(CURDIR)|,|$(FOLDER)|),,yes))
ifeq ($(MOVED),yes)
.venv/.requirements: moved
endif
.PHONY: moved
moved: ;

# One stamp for the pinned packages, one for the project: a half-made .venv lacks them and is mended or made again.
.venv/.requirements: requirements/dev.txt
	@$(if $(NEW_PYTHON),,$(error Cordside needs Python 3.11 or later, and $(PYTHON) is not: make $(MAKECMDGOALS) PYTHON=python3.11))
	@$(if $(HAS_VENV),,$(error python3-venv is missing: apt install python3-venv))
	@$(if $(and $(SOUND_VENV),$(if $(MOVED),,same)),:,$(PYTHON) -m venv --clear .venv)
	$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

.venv/.project: .venv/.requirements pyproject.toml
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@echo '$(CURDIR)' > $@

demo: setup  ## the main job on the studies that ship: reports in build/
	$(BIN)/cordside demo --out build --force

check-style: setup
	$(RUN) ruff check .
	$(BIN)/lint-imports --no-logo
	$(RUN) mypy

test: check-style  ## style, layers, types and all quick tests
	$(RUN) pytest -n 2 -m "not slow" --durations=10

# pytest closes with 5 where no test is marked slow, which is no failure.
# Half a gigabyte, which only the slow proofs need.
.venv/.spark: .venv/.requirements requirements/spark.txt
	$(PIP) install --quiet --require-hashes -r requirements/spark.txt
	@touch $@

test-slow: setup .venv/.spark
	$(RUN) pytest -n 2 -m slow --durations=10 || [ $$? -eq 5 ]

test-all: test test-slow  ## test, and the slow proofs

bench: setup  ## the benchmarks, as docs/ describes them
	@for script in benchmarks/bench_*.py; do \
		[ -e "$$script" ] || { echo "no benchmarks/bench_*.py yet"; break; }; \
		$(BIN)/python "$$script" || exit 1; \
	done

requirements:  ## pin requirements/*.in again (needs uv)
	@command -v uv >/dev/null || { echo "uv is missing: pip install uv" >&2; exit 1; }
	$(COMPILE) --upgrade requirements/run.in --output-file requirements/run.txt
	$(COMPILE) --upgrade requirements/dev.in --output-file requirements/dev.txt
	$(COMPILE) --upgrade requirements/spark.in --output-file requirements/spark.txt

clean:  ## remove what was built; `rm -r .venv` removes the set-up too
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
