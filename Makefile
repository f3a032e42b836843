# Two commands do everything on a fresh machine with Python 3.11 or newer: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable
RUN_READY := .venv/.run-ready
TEST_READY := .venv/.test-ready

.PHONY: run dev test check format lint types imports fast unit browser bench golden
.DEFAULT_GOAL := run

$(BIN)/python:
	$(PYTHON) -m venv .venv

$(RUN_READY): pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) .
	@touch $@

$(TEST_READY): pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) ".[test]"
	@touch $@

run: $(RUN_READY)
	$(BIN)/streamlit run app.py

dev: $(TEST_READY)
	$(BIN)/streamlit run app.py --server.fileWatcherType auto --server.runOnSave true

format: $(TEST_READY)
	$(BIN)/ruff format --check .

lint: $(TEST_READY)
	$(BIN)/ruff check .

types: $(TEST_READY)
	$(BIN)/mypy

imports: $(TEST_READY)
	$(BIN)/lint-imports

fast: $(TEST_READY)
	$(BIN)/pytest -n auto -m "not browser" tests/domain tests/data tests/services tests/test_house_rules.py

unit: $(TEST_READY)
	sh tests/outside/need_programs.sh
	$(BIN)/pytest -n auto -m "not browser"

check: format lint types imports fast

browser: $(TEST_READY)
	sh tests/browser/need_chromium.sh
	sh tests/outside/need_programs.sh
	$(BIN)/pytest -n 3 --dist worksteal -m browser

test: format lint types imports unit browser

golden: $(TEST_READY)
	$(BIN)/pytest -m "not browser" --update-golden tests/views tests/handover

bench: $(TEST_READY)
	$(BIN)/python -m bench
