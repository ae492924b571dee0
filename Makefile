# `make run` and `make test` need Python 3.11 or 3.12, git and make; they install the rest into .venv.

VENV := .venv
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
BIN := $(VENV)/bin
SAMPLE := benchmarks/sample.flac
STAMP := $(VENV)/installed
STAMP_DEV := $(VENV)/installed-dev

LANGUAGES := de es
WORKERS ?= 2

.PHONY: run test check format translations package package-test clean system system-test system-package

run: system $(STAMP)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" != Linux ]; then \
	    $(BIN)/speechrnn app; else $(BIN)/speechrnn transcribe $(SAMPLE); fi

# Two at a time, each file's tests together; then what must have the machine to itself.
test: system-test check
	$(BIN)/python -m pytest -m "not alone" --numprocesses $(WORKERS) --dist loadfile
	$(BIN)/python -m pytest -m alone

check: $(STAMP_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP_DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Takes new texts of the window into gui/translations, and makes what the app loads. English: only its plurals.
translations: $(STAMP_DEV)
	@for language in $(LANGUAGES); do \
	    $(BIN)/pyside6-lupdate -no-obsolete -locations none -source-language en -target-language $$language \
	        $$(git ls-files 'gui/*.py') -ts gui/translations/speechrnn_$$language.ts || exit 1; done
	@$(BIN)/pyside6-lupdate -no-obsolete -locations none -source-language en -target-language en -pluralonly \
	    $$(git ls-files 'gui/*.py') -ts gui/translations/speechrnn_en.ts
	@for language in $(LANGUAGES) en; do $(BIN)/pyside6-lrelease gui/translations/speechrnn_$$language.ts; done

# Makes what this system can: build/frozen with one folder, and dist/ with packages of it. LEVEL is xz's.
package: system-package
	$(PYTHON) packaging/package.py --level $(or $(LEVEL),6)

# Proves the .deb on a clean Debian; as root.
package-test: system-package $(STAMP_DEV)
	$(BIN)/python packaging/prove/prove.py

system:
	@sh packaging/system-packages.sh "$(PYTHON)" run

system-test:
	@sh packaging/system-packages.sh "$(PYTHON)" test

system-package:
	@sh packaging/system-packages.sh "$(PYTHON)" package

$(BIN)/python: | system
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(STAMP): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet -e .
	touch $@

$(STAMP_DEV): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet -e '.[dev]'
	touch $(STAMP) $@

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
