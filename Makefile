# ClubDesk. Two commands matter: `make demo` and `make test`. They need Python 3.11 and make.

PY := .venv/bin/python
PYTHONS := .venv/bin/python $(PYTHON) python3 python3.13 python3.12 python3.11
LOCK_OPTIONS := --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" --quiet

# The first Python that runs at all does the setting up; it finds a good one, or says what is amiss.
SETUP = for python in $(PYTHONS); do \
	"$$python" -c "" 2>/dev/null && exec "$$python" .ci/bootstrap.py $(1); \
	done; echo "ClubDesk needs Python 3.11 or newer, and there is none here." \
	"Install it (Debian: apt-get install python3 python3-venv)." >&2; exit 1

.PHONY: help demo cluster test check soak bench bench-broadcast run routes screens format secrets lock clean runtime tools

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: runtime ## Run a small club on a Telegram of its own, in the browser
	@$(PY) -m bot demo

cluster: runtime ## Run the same club on three webhook workers behind nginx
	@$(PY) -m bot cluster

test: tools ## Run the tests, side by side (ARGS="tests/stories -x" or whatever pytest takes)
	@$(PY) -m tests $(ARGS)

check: tools ## Run everything that must be green: format, lint, types, layers, tests
	$(PY) -m ruff format --check
	$(PY) -m ruff check
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(PY) -m tests

soak: tools ## Live with everything going wrong: MINUTES=10 SEED=…, then tests/faults in full
	@$(PY) -m tests.faults
	@$(PY) -m pytest tests/faults tests/services/test_ledger.py --profile long -s $(ARGS)

bench: tools ## Measure what an update costs on this machine (ARGS="--help" for the choices)
	@$(PY) -m tests.bench $(ARGS)

bench-broadcast: tools ## Measure what a broadcast costs, and whether its pace holds
	@$(PY) -m tests.bench.broadcast $(ARGS)

run: runtime ## Run the bot on Telegram, with the settings of .env
	@$(PY) -m bot run

routes: runtime ## Print who answers what: the routing table
	@$(PY) -m bot routes

screens: tools ## Take the README's pictures anew
	$(PY) -m tests.screens

format: tools ## Format the code and mend what can be mended
	$(PY) -m ruff format
	$(PY) -m ruff check --fix

secrets: ## Write the secrets of docker-compose.yml into secrets/, those that are missing
	@sh deploy/secrets.sh secrets

lock: ## Update the lock files to the newest releases that pyproject.toml allows (needs uv)
	uv pip compile $(LOCK_OPTIONS) pyproject.toml -o requirements.lock
	uv pip compile $(LOCK_OPTIONS) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

clean: ## Remove .venv and all caches; the data in .data stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

runtime:
	@$(call SETUP,run)

tools:
	@$(call SETUP,dev)
