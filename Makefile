# The habits of this house, one target each; `make` or `make help` lists them.

PYTHON3 ?= $(shell command -v python3.11 || command -v python3)
PYTHON  := .venv/bin/python
CODE    := app ui db packaging tests

# Written once, read by every process of a run: a test file whose asserts are rewritten anew each time takes longer.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo run platform test check style bench screenshots package package-test clean lock

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

setup: ## make .venv from the lock, and install what Qt needs
	@$(PYTHON3) packaging/bootstrap.py

demo: setup ## open the demo station (without a display: walk it offscreen, pictures in build/demo)
	@if test -n "$$DISPLAY$$WAYLAND_DISPLAY"; then \
	  $(PYTHON3) packaging/bootstrap.py --window && $(PYTHON) -m app demo --home build/demo/home; \
	else $(PYTHON) -m tests.tour build/demo; fi

run: ## open the station of this computer
	@$(PYTHON3) packaging/bootstrap.py --window
	$(PYTHON) -m app

platform: setup ## a district platform for trying by hand, on 127.0.0.1:8089 (COLUMN=hapi|medplum|wso2, KEEP=file)
	@$(PYTHON) -m tests.support.platform --port 8089 $(if $(COLUMN),--column $(COLUMN)) $(if $(KEEP),--keep $(KEEP))

# The checks of types take one core for a while: beside them the tests keep the other one busy.
test: style ## everything: make check, and all other tests on two cores
	@$(PYTHON) -m mypy & types=$$!; \
	$(PYTHON) -m pytest -n 2; tests=$$?; \
	if test $$tests -ne 0; then \
	  echo "again, alone: what failed above beside other tests (a race worth mending if it passes now)"; \
	  $(PYTHON) -m pytest --last-failed --last-failed-no-failures none; tests=$$?; \
	fi; \
	wait $$types && exit $$tests

check: style ## the quick half: ruff, types, arrows, the rules of the house
	@echo "types, and the rules of the house beside them"; \
	$(PYTHON) -m mypy & types=$$!; \
	$(PYTHON) -m pytest -n 1 tests/house; house=$$?; \
	wait $$types && exit $$house

style: setup ## ruff, the format, the arrows
	$(PYTHON) -m ruff check $(CODE)
	$(PYTHON) -m ruff format --check $(CODE)
	.venv/bin/lint-imports --no-logo

bench: setup ## measure, as ratios against the bare thing
	$(PYTHON) -m tests.bench

screenshots: setup ## draw the screens: light, dark, small, large text, 150 %, into build/screens
	$(PYTHON) -m tests.screenshots

package: ## freeze the program and build dist/carestation_VERSION_ARCH.deb
	@$(PYTHON3) packaging/bootstrap.py --window
	$(PYTHON) packaging/build.py

package-test: ## install that .deb in a clean Debian, start, print, remove it; the data must stay
	$(PYTHON) packaging/smoke/smoke.py

clean: ## remove what was built (not .venv, not your stations)
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find app ui db packaging tests -name __pycache__ -type d -prune -exec rm -rf {} +

lock: setup ## write packaging/locks anew from pyproject.toml
	$(PYTHON) packaging/locks/write.py
