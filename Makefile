# make serve   the page and the API on http://127.0.0.1:$(PORT)/
# make audit   known vulnerabilities of the installed packages (needs a network)
# make test    formatter, linter, types, import directions and all tests
PYTHON ?= python3
PORT ?= 8000
# Test files that run at once, a thread each for sums; each takes 2 to 4 GB of memory.
JOBS ?= 2
VENV := .venv
BIN := $(VENV)/bin

.PHONY: serve test check audit eval clean
.DELETE_ON_ERROR:

serve: $(VENV)/.installed
	$(BIN)/tiaowen serve --port $(PORT)

test: check
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n $(JOBS) --dist loadfile

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

audit: $(VENV)/.installed
	PYTHON=$(BIN)/python .ci/audit

eval: $(VENV)/.installed
	$(BIN)/tiaowen eval

clean:
	rm -rf $(VENV)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo '需要 Python 3.11 或更新版本 / Python 3.11 or later is needed (PYTHON=…)' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --editable .
	touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --editable '.[dev]'
	touch $(VENV)/.installed $@
