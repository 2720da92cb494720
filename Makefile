# One command each; `make help` lists them. All paths are relative, so the checkout's own path may hold spaces.

PYTHON ?= python3
MANIFEST ?= build/environment.json
ROOT ?= $(if $(filter build/environment.json,$(MANIFEST)),.venv)
STORE ?= audits

BIN := .venv/bin
ENVIRONMENT := .venv/.installed
TOOLS := .venv/.installed-tools
AIRFLOW := .airflow/.migrated

# An audit and its tests start many processes: without kept bytecode each of them compiles all that it imports.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help audit test campaign coverage check lint types style layers fresh format docs site links changelog release up down clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

audit: $(ENVIRONMENT) $(AIRFLOW) $(MANIFEST) ## Audit the Python packages in .venv through Airflow; MANIFEST=FILE [ROOT=DIR] [STORE=DIR] audits your data
	@scripts/with-airflow.sh python scripts/run_audit_dag.py '$(MANIFEST)' --store '$(STORE)' $(if $(ROOT),--root '$(ROOT)')

test: $(TOOLS) ## Set up what tests need, system packages too, and run everything that CI runs
	@scripts/install-system-packages.sh
	@$(MAKE) --no-print-directory --jobs=2 lint site
	@$(BIN)/pytest tests/unit tests/spec -m quick --numprocesses auto --dist loadfile
	@$(BIN)/pytest -m 'not quick' --numprocesses auto --dist loadfile

campaign: $(TOOLS) ## Kill audits and workers of Spark, audit 10,000 damaged files, and review with two API servers
	CORPUS_AUDIT_TEST_KILLS=30 CORPUS_AUDIT_TEST_FILES=10000 $(BIN)/pytest -s tests/e2e/test_crash_campaign.py tests/e2e/test_mutated_files.py
	CORPUS_AUDIT_TEST_SPARK_WORKERS=3 $(BIN)/pytest -s tests/integration/test_spark_cluster.py
	CORPUS_AUDIT_TEST_API_WORKERS=2 $(BIN)/pytest tests/e2e/test_story.py

# Measuring coverage makes a test half as slow again or worse, so only the quick ones are measured.
coverage: $(TOOLS) ## Run the quick unit and spec tests, and print how much of the code they run
	@$(BIN)/pytest tests/unit tests/spec -m quick --numprocesses auto --dist loadfile --cov

check: $(TOOLS) ## Check style, types, layers, docs and links, and run the quick unit and spec tests
	@$(MAKE) --no-print-directory --jobs=2 lint links
	@$(BIN)/pytest tests/unit tests/spec -m quick --numprocesses auto --dist loadfile

lint: types style layers fresh ## Check style, types, layers and that generated docs are fresh

# Parts of lint, which `check` and `test` run side by side: the types take as long as the others together.
types: $(TOOLS)
	$(BIN)/mypy

style: $(TOOLS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

layers: $(TOOLS)
	$(BIN)/lint-imports

fresh: $(TOOLS)
	$(BIN)/python scripts/generate_reference.py --check
	$(BIN)/python scripts/update_catalogues.py --check
	@$(BIN)/towncrier build --draft --version 0 > /dev/null

# Every page is read anew: a link may be broken by a change of the page that it leads to.
SPHINX := $(BIN)/sphinx-build --quiet --fresh-env --fail-on-warning --keep-going --conf-dir docs

site: $(TOOLS) ## Make the documentation as a website in build/site; a link that leads nowhere is an error
	$(SPHINX) -d build/doctrees . build/site

links: $(TOOLS) ## Follow the links of the documentation as `make site` does, in half the time, and write no page
	$(SPHINX) --builder dummy -d build/doctrees-links . build/links

changelog: $(TOOLS) ## Print what changed since the last release
	@$(BIN)/towncrier build --draft --version Unreleased

release: $(TOOLS) ## Build wheel and sdist, try the wheel in an empty environment, and write a bill of materials: dist/
	@$(BIN)/python scripts/make_release.py

format: $(TOOLS) ## Format the code and mend what can be mended without a person
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(TOOLS) ## Write the reference pages and the report's catalogue anew from the code
	$(BIN)/python scripts/generate_reference.py
	$(BIN)/python scripts/update_catalogues.py

up: ## Start Airflow, PostgreSQL and the review pages in containers: docs/deployment.md
	docker compose up --build --detach --wait

down: ## Stop them; audits, ledger and logs stay
	docker compose --profile '*' down

clean: ## Remove everything that make has made but the audits
	rm -rf .venv .airflow build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find src dags scripts tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

# Bytecode and loops are compiled once here: every start of Airflow is faster for it, and no run adds files to the environment,
# which is what `make audit` audits.
$(ENVIRONMENT): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'make: $(PYTHON) is not Python 3.11 or newer. Name one that is: make PYTHON=python3.12 …' >&2; exit 1; }
	@echo 'Installing into .venv, once'
	@$(PYTHON) -m venv .venv \
	  || { echo 'make: $(PYTHON) cannot make a virtual environment. On Debian: apt-get install python3-venv' >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv
	@$(BIN)/python -m uv pip install --quiet --python $(BIN)/python --compile-bytecode --constraint constraints.txt --editable '.[airflow]'
	@echo 'Compiling what audits need, once'
	@$(BIN)/python -m corpus_audit.pipeline.compiling_ahead
	@touch $@

# What only tests and development need comes on top, so that `make audit` waits for none of it.
$(TOOLS): $(ENVIRONMENT)
	@echo 'Installing what tests and development need, once'
	@$(BIN)/python -m uv pip install --quiet --python $(BIN)/python --compile-bytecode --constraint constraints.txt --editable '.[airflow,deployment,media,ner,pdf,postgres,review,spark,timestamp,dev]'
	@touch $@

$(AIRFLOW): $(ENVIRONMENT) scripts/with-airflow.sh
	@mkdir -p .airflow/logs
	@scripts/with-airflow.sh airflow db migrate > .airflow/logs/migrate.jsonl 2>&1 \
	  || { tail -n 20 .airflow/logs/migrate.jsonl >&2; exit 1; }
	@touch $@

# The environment may have changed since the last time, so its manifest is always written anew.
.PHONY: build/environment.json
build/environment.json: $(ENVIRONMENT)
	@$(BIN)/corpus-audit manifest from-environment --output $@
