# Every target sets up what it needs by itself: system packages (Debian), and .venv with the masthead command in it.
# PYTHON names the interpreter to make .venv with: make PYTHON=python3.13 test

PYTHON ?= python3
BIN := .venv/bin
# Published documents of the United Nations, which some tests read: without them, those tests are listed as not run.
export MASTHEAD_REFERENCE ?= $(wildcard $(abspath ../shared/reference))
EXAMPLE := examples/E_RES_2017_18.ar.txt

.PHONY: setup packages demo quick quick-1 quick-2 test wheel check bench bidi fuzz pictures clean

setup: packages .venv/.installed

packages:
	@.ci/packages $(PYTHON)

.venv/.installed: pyproject.toml constraints.txt | packages
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,validate]'
	@$(BIN)/python -m compileall -qq pipeline  # as pip does with what it installs
	@touch $@

# Publish the example and say where the PDF is and what preflight found.
demo: setup
	@$(BIN)/masthead publish $(EXAMPLE) -o output

# The tests in tests/document, tests/formats and tests/page, in under five seconds: they need neither WeasyPrint nor a browser.
# Two processes take a half each; pytest-xdist would collect all of them in both, which takes longer than it saves.
HALF := $(wildcard tests/formats/test_[a-m]*.py)
QUICK := PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -p no:xdist -p no:anyio -m "not slow" --hypothesis-profile quick

quick: $(if $(wildcard .venv/.installed),,setup)
	@$(MAKE) --no-print-directory --jobs 2 --output-sync quick-1 quick-2
quick-1:
	@$(QUICK) tests/document $(HALF)
quick-2:
	@$(QUICK) tests/page $(filter-out $(HALF),$(wildcard tests/formats/test_*.py))

# Every test.
test: setup
	@$(BIN)/pytest -n auto

# The wheel, in dist/.
wheel: setup
	@$(BIN)/python -m build --wheel --outdir dist

# All that must pass before a change goes in.
check:
	@.ci/run

# Where the figures come from, each against its peer in the same run.
bench: setup
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt typst  # a peer that is a wheel
	@for script in cold typesetting batch preflight damage standards text_layer notes fidelity reading lint comparison imposition long; do \
	  echo "== $$script"; $(BIN)/python benchmarks/$$script.py || exit 1; \
	done
	@echo "== hostile strings"; MASTHEAD_WHOLE=1 $(BIN)/pytest -n auto -k hostile tests/publication tests/formats

# The whole of Unicode's bidi test cases, drawn and read back: long.
bidi: setup
	@$(BIN)/python benchmarks/bidirectional.py --all

# Ten minutes of sources changed at random, for every reader, then the property tests with examples that no run had before.
fuzz: setup
	@$(BIN)/python benchmarks/fuzz.py
	@$(BIN)/pytest -n auto --hypothesis-profile random tests/document tests/formats tests/page

# The pictures of README and docs.
pictures: setup
	@$(BIN)/python benchmarks/contact_sheet.py

clean:
	rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find pipeline tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
	find output -mindepth 1 ! -name .gitignore -delete
