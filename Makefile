.DEFAULT_GOAL := help
.PHONY: help run env check test test-pg e2e lighthouse schemathesis bench bench-faces bench-ranking bench-outlook bench-forecast bench-evidence lock

PYTHON ?= python3
# Every process would compile a thousand files anew.
unexport PYTHONDONTWRITEBYTECODE
UV := UV_PYTHON_DOWNLOADS=never .tools/bin/uv
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
SYNC := $(UV) pip sync --python .venv/bin/python --require-hashes
PYTEST := .venv/bin/python -m pytest
# Each process begins with half of the files, so that what a file sets up is set up once.
SHARED_OUT := -n 2 --dist worksteal
# They read the code and never run the site: `make check` runs them, `make test` need not again.
OF_CHECK := tests/test_architecture.py tests/test_settings.py tests/test_docs.py

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):[^#]*## /make \1\t/p' Makefile | expand -t 16

run: .venv/runtime.stamp ## the whole site on this machine, until Ctrl-C
	@exec .venv/bin/python -m config.up

env: .venv/dev.stamp ## the environment for work on the code, in .venv

check: .venv/dev.stamp ## format, lint, types, imports, migrations and docs
	@.venv/bin/python -m ruff format --check .
	@.venv/bin/python -m ruff check .
	@.venv/bin/lint-imports --no-logo > .tools/imports.log || { cat .tools/imports.log; exit 1; }
	@.venv/bin/python -m mypy
	@DATABASE_URL=sqlite://:memory: .venv/bin/python manage.py makemigrations --check --dry-run --settings config.settings.test
	@$(PYTEST) -q $(OF_CHECK)

test: .venv/dev.stamp ## the suite on SQLite, but for what check runs, with a real broker and worker of its own
	@env -u DATABASE_URL -u REDIS_URL $(PYTEST) $(SHARED_OUT) -m "not e2e" $(OF_CHECK:%=--ignore=%)

test-pg: export DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/bellwether_test
test-pg: export REDIS_URL ?= redis://127.0.0.1:6379/5
test-pg: .venv/dev.stamp ## what touches the record, on PostgreSQL and Redis
	@$(PYTEST) $(SHARED_OUT) -m "database and not e2e"

e2e: .venv/dev.stamp ## a browser walks the running site
	@if command -v npm > /dev/null; then $(MAKE) --no-print-directory .tools/node.stamp; fi
	@env -u DATABASE_URL -u REDIS_URL $(PYTEST) $(SHARED_OUT) -m e2e tests/e2e

schemathesis: .venv/dev.stamp ## a stranger tries the API as anybody and with each scope, 200 times an address
	@env -u DATABASE_URL -u REDIS_URL .venv/bin/python -m tests.rest.schemathesis_runs --examples 200

lighthouse: export DATABASE_URL = sqlite:///$(CURDIR)/.tools/lighthouse.sqlite3
lighthouse: .venv/dev.stamp .tools/node.stamp ## four scores of the exported map, at least 95 each
	@rm -rf .tools/lighthouse .tools/lighthouse.sqlite3*
	@.venv/bin/python -m benchmarks.generate --technologies 30
	@.venv/bin/python manage.py export_map .tools/lighthouse
	@.venv/bin/python -m tests.e2e.lighthouse .tools/lighthouse

bench: bench-faces bench-ranking bench-outlook bench-forecast bench-evidence ## all benchmarks

bench-faces: .venv/dev.stamp .tools/bench.stamp ## lists, API and export at 1,000 technologies, beside Datasette
	@.venv/bin/python -m benchmarks.faces

bench-ranking: .venv/dev.stamp .tools/bench.stamp ## speed and memory of the ranking, beside pysensmcda and over workers
	@env -u DATABASE_URL -u REDIS_URL .venv/bin/python -m benchmarks.ranking

bench-outlook: .venv/dev.stamp ## speed of the outlook under links, and of what each link does
	@env -u DATABASE_URL -u REDIS_URL .venv/bin/python -m benchmarks.outlook

bench-forecast: .venv/dev.stamp .tools/bench.stamp ## accuracy and speed of forecasts, beside statsforecast
	@env -u DATABASE_URL -u REDIS_URL .venv/bin/python -m benchmarks.forecast

bench-evidence: .venv/dev.stamp ## speed of the evidence library at 10,000 items
	@.venv/bin/python -m benchmarks.evidence

lock: .tools/uv.stamp ## writes the lock files anew, after an edit of requirements*.in
	@$(COMPILE) --output-file requirements.lock requirements.in
	@$(COMPILE) --constraints requirements.lock --output-file requirements-dev.lock requirements-dev.in
	@$(COMPILE) --output-file requirements-bench.lock requirements-bench.in

.tools/uv.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Bellwether needs Python 3.11 or newer as python3; name another with make PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2> /dev/null || { echo "This Python cannot make environments yet. On Debian: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .tools
	@begun=$$(date +%s); .tools/bin/python -m pip install --quiet --disable-pip-version-check uv \
		&& echo "Downloaded the installer of packages in $$(($$(date +%s) - begun))s"
	@touch $@

# What judges the exported map: the lock names versions and hashes, and no place to fetch them from.
.tools/node.stamp: tests/e2e/node/package-lock.json | .tools/uv.stamp
	@mkdir -p .tools/node
	@cp tests/e2e/node/package.json tests/e2e/node/package-lock.json .tools/node/
	@begun=$$(date +%s); cd .tools/node && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error > npm.log 2>&1 || { cat npm.log; exit 1; }; \
		echo "Downloaded what judges the exported map in $$(($$(date +%s) - begun))s"
	@touch $@

# A developer's environment holds all that the site needs, so it is left as it is.
.venv/runtime.stamp: requirements.lock | .tools/uv.stamp
	@if [ .venv/dev.stamp -nt requirements-dev.lock ]; then touch $@; else $(MAKE) --no-print-directory .sync LOCK=requirements.lock STAMP=$@; fi

.venv/dev.stamp: requirements-dev.lock | .tools/uv.stamp
	@$(MAKE) --no-print-directory .sync LOCK=requirements-dev.lock STAMP=$@

# What is measured beside the site, in an environment of its own.
.tools/bench.stamp: requirements-bench.lock | .tools/uv.stamp
	@test -x .tools/bench/bin/python || $(UV) venv --quiet --python "$$(command -v $(PYTHON))" .tools/bench
	@$(UV) pip sync --quiet --python .tools/bench/bin/python --require-hashes $< || UV_SYSTEM_CERTS=1 $(UV) pip sync --quiet --python .tools/bench/bin/python --require-hashes $<
	@touch $@

# The second try trusts the certificates of the machine, as behind a proxy of one's own house.
.PHONY: .sync
.sync:
	@test -x .venv/bin/python || $(UV) venv --quiet --python "$$(command -v $(PYTHON))" .venv
	@$(SYNC) $(LOCK) 2> .tools/sync.log || UV_SYSTEM_CERTS=1 $(SYNC) $(LOCK) 2> .tools/sync.log || { cat .tools/sync.log; exit 1; }
	@grep -E '^(Prepared|Installed)' .tools/sync.log | sed 's/^Prepared/Downloaded and unpacked/' || true
	@touch $(STAMP)
