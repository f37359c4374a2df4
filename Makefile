.DEFAULT_GOAL := help
.PHONY: help env run test check test-pg e2e lock

PYTHON ?= python3
export UV_PYTHON_DOWNLOADS := never

help:
	@echo "make run      start the whole site on this machine"

lock: .tools/bin/uv
	.tools/bin/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -o requirements.lock requirements.in
	.tools/bin/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -c requirements.lock -o requirements-dev.lock requirements-dev.in

.tools/bin/uv:
	$(PYTHON) -m venv .tools
	.tools/bin/pip install -q uv

env: .tools/bin/uv
	test -x .venv/bin/python || .tools/bin/uv venv -q --python "$$(command -v $(PYTHON))" .venv
	.tools/bin/uv pip sync -q --python .venv/bin/python --require-hashes requirements-dev.lock
