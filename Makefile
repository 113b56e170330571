# Everything a newcomer needs is Python 3.11 or newer and make.  docs/running.md tells the rest.

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$name; break; }; done)
BIN := .venv/bin
RUN := $(BIN)/python
LOCKED := $(shell cat requirements/base.txt | cksum | tr -d ' ')
LOCKED_DEV := $(shell cat requirements/dev.txt | cksum | tr -d ' ')
PIP := $(RUN) -m pip install --disable-pip-version-check --no-input -qq --require-hashes
DRY := SECRET_KEY=only-for-checks INDEX_KEY=00 SEAL_KEYS=1:00 DATABASE_URL=postgresql://nobody@127.0.0.1:9/none \
	DJANGO_SETTINGS_MODULE=yizhan.config.settings
OWN := base regions people clocks privacy documents notices ratings feedback places routing orders \
	disputes whistles pendings duplicates callbacks answers conduct dispatch ladder insights

.PHONY: demo test test-long fuzz check format bench bench-long guard-figures similar-figures pictures lock clean-venv
.DEFAULT_GOAL := demo

demo: .venv/base.$(LOCKED)
	@exec $(BIN)/yizhan demo $(DEMO)

test: .venv/dev.$(LOCKED_DEV)
	$(RUN) -m pytest $(TESTS)

test-long: .venv/dev.$(LOCKED_DEV)
	YIZHAN_LONG=1 $(RUN) -m pytest $(TESTS)

fuzz: .venv/dev.$(LOCKED_DEV)
	YIZHAN_FUZZ=$(or $(EXAMPLES),200) $(RUN) -m pytest tests/security/test_fuzz.py

check: .venv/dev.$(LOCKED_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(DRY) $(BIN)/mypy yizhan tests
	$(BIN)/lint-imports
	find yizhan -path '*/templates/*' -name '*.html' | xargs $(BIN)/djade --check --target-version 5.2
	$(DRY) $(RUN) -W ignore -m django makemigrations --check --dry-run $(OWN)

format: .venv/dev.$(LOCKED_DEV)
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	-find yizhan -path '*/templates/*' -name '*.html' | xargs $(BIN)/djade --target-version 5.2

bench: .venv/dev.$(LOCKED_DEV)
	$(RUN) -m yizhan.bench

bench-long: .venv/dev.$(LOCKED_DEV)
	$(RUN) -m yizhan.bench --long

guard-figures: .venv/base.$(LOCKED)
	$(RUN) -m yizhan.bench.guard

similar-figures: .venv/base.$(LOCKED)
	$(RUN) -m yizhan.bench.similar
	$(RUN) -m yizhan.bench.category

pictures: .venv/dev.$(LOCKED_DEV)
	$(RUN) -m tests.browser.pictures

# The locks hold for every platform and Python the project supports.
lock: .venv/uv
	.venv/uv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --quiet --output-file requirements/base.txt
	.venv/uv/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --quiet --constraint requirements/base.txt \
		--output-file requirements/dev.txt

clean-venv:
	rm -rf .venv

$(RUN):
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新的版本"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "建不了虚拟环境，请安装 python3-venv"; rm -rf .venv; exit 1; }

$(BIN)/yizhan: | $(RUN)
	@printf '#!/bin/sh\nPYTHONPATH="%s" exec "%s/$(RUN)" -m yizhan "$$@"\n' "$(CURDIR)" "$(CURDIR)" > $@
	@chmod +x $@

.venv/base.$(LOCKED): | $(RUN) $(BIN)/yizhan
	@if [ ! -e .venv/dev.$(LOCKED_DEV) ]; then echo "安装依赖……"; $(PIP) -r requirements/base.txt; fi
	@rm -f .venv/base.*; touch $@

.venv/dev.$(LOCKED_DEV): | $(RUN) $(BIN)/yizhan
	@echo "安装依赖……"
	@$(PIP) -r requirements/dev.txt
	@rm -f .venv/dev.*; touch $@

.venv/uv: | $(RUN)
	$(PYTHON) -m venv $@
	$@/bin/pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'
