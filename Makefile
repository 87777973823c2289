# Two commands do everything: `make run` and `make test`. The rest is for who builds the house.

PORT ?= 8080
HOST ?= 127.0.0.1
DATA ?= var

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
RELEASE := .build/release/jiebang
DEBUG := .build/debug/jiebang
VENV := .venv
SOURCES := Package.swift $(shell find Sources -type f -o -type d)

# What building needs, and what testing needs besides.
BUILD_PACKAGES := git pkg-config libsqlite3-dev libargon2-dev
TEST_PACKAGES := chromium-headless-shell fonts-noto-cjk python3-venv poppler-utils
PYTHON_PACKAGES := pytest==9.2.0 pytest-xdist==3.8.0 playwright==1.65.2 axe-playwright-python==0.1.8

.PHONY: run dev test lint built unit smoke stories clean packages test-packages
.PHONY: bench bench-busy bench-draw bench-matching bench-pages bench-reuse bench-round
.DEFAULT_GOAL := run

# ---- run

# When make began: the time told at the end counts installing, building and seeding too.
BEGAN := $(shell date +%s%3N)

run: packages $(RELEASE)
	@exec $(RELEASE) serve --demo --data $(DATA) --host $(HOST) --port $(PORT) --since $(BEGAN)

$(RELEASE): $(SOURCES)
	swift build -c release --product jiebang
	@touch $@

# What is built for testing and trying: every check of the debug build, the optimiser's speed, no symbols for a debugger.
# Optimised, Swift's tests take a quarter of the time and the build a fifth more. One set of flags, or each build undoes
# the other's.
CHECKED := -Xswiftc -O -Xswiftc -assert-config -Xswiftc Debug -Xcc -O2 -debug-info-format none

# The checked build; templates, words and assets are read from the sources as they change.
dev: packages
	swift build --product jiebang $(CHECKED)
	exec $(DEBUG) serve --demo --reload --data $(DATA)-dev --host $(HOST) --port $(PORT)

# ---- test: all that CI runs, in one build configuration

test: packages test-packages lint unit smoke stories

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

# Once, for Swift's tests and for the stories.
built:
	tools/in-own-tmp swift build --build-tests $(CHECKED)

# FILTER='name of a test' runs some of them.
unit: built
	tools/in-own-tmp swift test --skip-build --parallel $(if $(FILTER),--filter '$(FILTER)')
	$(DEBUG) plan check

# Each bench in small: what it measures must be right, whatever it takes. Peers from PyPI join where their venv is there.
BENCHES := $(CURDIR)/.build/debug
smoke: built
	BENCH=$(BENCHES)/MatchingBench tools/in-own-tmp Benchmarks/matching.sh smoke
	BENCH=$(BENCHES)/TextReuseBench tools/in-own-tmp Benchmarks/reuse.sh smoke
	BENCH=$(BENCHES)/PublicDrawBench tools/in-own-tmp Benchmarks/draw.sh smoke

stories: built $(VENV)/.ready
	tools/in-own-tmp $(VENV)/bin/pytest -q -n 2 --dist worksteal Tests/Browser

# ---- measure

bench: packages $(RELEASE)
	$(RELEASE) bench journal --facts 1000000

# A house of 100,000 applications is made once; pages are measured on a copy, for measuring writes to it.
BENCH := var-bench
bench-pages: packages $(RELEASE)
	test -e $(BENCH)/jiebang.sqlite || $(RELEASE) bench crowd --data $(BENCH)
	rm -rf $(BENCH)-copy
	cp -a $(BENCH) $(BENCH)-copy
	python3 Benchmarks/pages.py --program $(RELEASE) --data $(BENCH)-copy --json $(BENCH)-result.json

# The case page while a job solves a matching of 400,000 proposals, on a copy as well.
bench-busy: packages $(RELEASE)
	test -e $(BENCH)/jiebang.sqlite || $(RELEASE) bench crowd --data $(BENCH)
	rm -rf $(BENCH)-copy
	cp -a $(BENCH) $(BENCH)-copy
	python3 Benchmarks/busy.py --program $(RELEASE) --data $(BENCH)-copy

# Matching beside its peers, in one run; SIZE=full goes on to 400,000 proposals.
bench-matching: packages
	Benchmarks/matching.sh $(SIZE)

# REUSE_DATA: the texts that are measured with (see Benchmarks/reuse.sh); they are not part of this repository.
REUSE_DATA ?= ../shared/data/text
REUSE_SCALE ?= 400000

bench-reuse: packages $(RELEASE)
	Benchmarks/reuse.sh $(REUSE_DATA) $(REUSE_SCALE)

# Draws beside a plain implementation.
bench-draw: packages
	Benchmarks/draw.sh

# A made-up round of 100,000 applications: indexed, compared with each other, assigned, verified.
bench-round: packages $(RELEASE)
	python3 Benchmarks/round.py --program $(RELEASE) --work $(BENCH)-round

# ---- tools

# Installs only what is missing, so that a second run asks nothing of the network.
packages:
	@tools/install-packages "$(SUDO)" $(BUILD_PACKAGES)

test-packages:
	@tools/install-packages "$(SUDO)" $(TEST_PACKAGES)

$(VENV)/.ready: Makefile | test-packages
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check $(PYTHON_PACKAGES)
	touch $@

clean:
	rm -rf .build $(VENV) $(DATA) $(DATA)-dev
