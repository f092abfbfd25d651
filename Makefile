# `make demo` and `make test` set everything up themselves; both work offline once set up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: bench clean demo docs format fuzz handbook reference test test-all

demo: $(READY)
	@mkdir -p out
	@$(BIN)/archlint check --root fixtures/monorepo/before --config rules/clickeen/archlint.toml \
	  --report sarif=out/demo.sarif --report json=out/demo.json; test $$? -eq 1
	@echo "The findings above are the example's own: fixtures/monorepo/before breaks the clickeen contracts on purpose."
	@echo "Next: archlint check --help, or the sixty seconds in README.md."

test: $(READY)
	$(BIN)/ruff format --check archlint tests benchmarks
	$(BIN)/ruff check archlint tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/archlint check
	$(BIN)/pytest -m "not slow"

# The rules of the pack as a page; `make test` says when it is out of date.
handbook: $(READY)
	$(BIN)/archlint trace --config rules/clickeen/archlint.toml --no-findings --format markdown --output docs/clickeen.md

# Peers that cannot be installed are left out; the table shows which ran.
bench: $(READY)
	mkdir -p benchmarks/.npm && cp benchmarks/package.json benchmarks/.npm/
	-cd benchmarks/.npm && npm install --no-audit --no-fund --silent
	-test -d benchmarks/.semgrep || ($(PYTHON) -m venv benchmarks/.semgrep && benchmarks/.semgrep/bin/pip install --quiet semgrep)
	$(BIN)/python -m benchmarks.compare

test-all: test
	$(BIN)/pytest -m slow

# Looks for inputs that break a promise: `make fuzz MINUTES=60`; `python -m tests.fuzz --help` for one target alone.
MINUTES ?= 10
fuzz: $(READY)
	$(BIN)/python -m tests.fuzz --minutes $(MINUTES)

reference: $(READY)
	$(BIN)/python -m tests.documentation.reference

docs: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group docs
	$(BIN)/python -m tests.documentation.site
	$(BIN)/zensical build --strict --clean
	@echo "out/site/index.html"

format: $(READY)
	$(BIN)/ruff format archlint tests benchmarks
	$(BIN)/ruff check --fix archlint tests benchmarks

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "archlint needs Python 3.11 or later")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $@

clean:
	rm -rf $(VENV) out dist
