# fivegaps: `make help` tells what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run examples test check audit lock soak bench wheel docs clean

PYTEST := .venv/bin/python -m pytest
WORKERS ?= 2

help: ## Show this list
	@printf 'fivegaps: measure service quality, find which gap is open and why\n\n'
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | while IFS=$$'\t' read -r target text; do \
		printf '  make %-8s %s\n' "$$target" "$$text"; done
	@printf '\nFirst time here: make run, then open the address that it prints\n'

setup: ## Build .venv with .venv/bin/fivegaps (quick when nothing changed)
	@tools/setup

run: setup ## Start the office of an invented bank (HOST=, PORT=); Ctrl-C ends it
	@FIVEGAPS_HOME="$${FIVEGAPS_HOME:-out/office}" .venv/bin/fivegaps demo --serve

examples: setup ## Analyse real kiosk answers and diagnose the invented bank, into out/
	.venv/bin/fivegaps analyze examples/kiosk/kiosk.csv --instrument examples/kiosk/kiosk.toml --out out/kiosk --overwrite
	.venv/bin/fivegaps diagnose examples/bank --out out/bank --overwrite

test: setup ## Run every test, with branch coverage (under 20 minutes on two cores)
	$(PYTEST) -m "not soak" --numprocesses $(WORKERS) --dist loadfile --cov --cov-report term:skip-covered

check: setup ## Format, lint, types, floors, house rules, spelling, docs (under 5 minutes)
	@tools/check

audit: setup ## Look for known holes in the locked requirements
	@.venv/bin/python tools/audit.py

lock: setup ## Resolve the requirements anew (UPGRADE=1 takes newer versions)
	@tools/lock

soak: setup ## The long runs: 2,000 surveys and companies of known truth, 1,000 kills each
	$(PYTEST) -m soak --numprocesses $(WORKERS) -s tests/soak
	$(PYTEST) -m soak tests/web
	rm -f out/soak/companies.jsonl
	.venv/bin/python tests/soak/company_soak.py --companies 2000 --workers $(WORKERS)

bench: setup ## Measure speed and memory as ratios (docs/performance.md)
	.venv/bin/python -m benchmarks

wheel: setup ## Build the wheel and run the core's tests on it, without src/
	@tools/test_wheel

docs: setup ## Write the generated pages of docs/ anew
	@.venv/bin/python tools/docs.py write

clean: ## Remove what was built (.venv stays)
	rm -rf out build dist .coverage* .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
