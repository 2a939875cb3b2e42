# make demo   a virtual environment, the record of examples/, its brief on the screen
# make test   everything that is checked, with what the checks need
# make evals  how good it is, against floors: make evals DATA=DIR [NAMES="times acts"] [RAISE=1]
# make bench  how fast it is, a line more in evals/history.jsonl: make bench DATA=DIR DATE=YYYY-MM-DD [FAST=1]
#             and how it grows, with PILE=FILE.jsonl [SIZES="1000 5000 20000"]
# make torture   what must not break a build: hostile inputs, kills at random moments, full disks; at most 10 minutes
# make lock   the locks again, after a change of dependencies (needs uv, which the dev lock brings)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# pip of the system installs into the environment, so a Python without ensurepip is enough.
PIP := $(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check --quiet
MODELS := packages/onrecord-models

.PHONY: demo test check browser lock evals bench torture clean train train-statements train-dealings train-events

demo: $(VENV)/.run
	mkdir -p build
	$(BIN)/onrecord build examples/articles -o build/demo.db --actors examples/office-holders.csv
	$(BIN)/onrecord brief build/demo.db

test: $(VENV)/.dev browser
	$(MAKE) --no-print-directory check

# Chromium for the tests of the pages, where apt may bring it; else those tests are left out and say so.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { \
		test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
		apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || \
		echo "no Chromium here: the tests of the pages in a browser are left out (apt-get install chromium)"

check:
	$(BIN)/ruff check src tests evals training
	$(BIN)/ruff format --check src tests evals training
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist worksteal

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) 2>/dev/null || $(PYTHON) -m venv --without-pip $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml $(wildcard $(MODELS)/src/*/*/manifest.json) | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable . $(wildcard $(MODELS))
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(PIP) install --require-hashes -r requirements/dev.txt
	touch $@

lock:
	$(BIN)/uv pip compile pyproject.toml --all-extras --group build --universal --python-version 3.11 \
		--generate-hashes --quiet -o requirements/run.txt
	$(BIN)/uv pip compile pyproject.toml --all-extras --group build --group dev --universal --python-version 3.11 \
		--generate-hashes --quiet -c requirements/run.txt -o requirements/dev.txt

evals: $(VENV)/.dev
	@test -n "$(DATA)" || { echo "make evals DATA=DIR: the folder with the data that evals/README.md names"; exit 2; }
	$(BIN)/python -m evals $(NAMES) --data "$(DATA)" $(if $(RAISE),--raise)

bench: $(VENV)/.run
	@test -n "$(DATA)" -a -n "$(DATE)" || { echo "make bench DATA=DIR DATE=YYYY-MM-DD: texts are DIR/polnear/dev/text"; exit 2; }
	$(BIN)/python -m evals.speed "$(DATA)/polnear/dev/text" $(if $(FAST),--fast) --history evals/history.jsonl --date "$(DATE)"
	$(if $(PILE),$(BIN)/python -m evals.growth "$(PILE)" $(if $(SIZES),--sizes $(SIZES)) --history evals/history.jsonl --date "$(DATE)")

torture: $(VENV)/.run
	$(BIN)/python -m evals.torture --minutes 6
	$(BIN)/python -m evals.kills --minutes 3

clean:
	rm -rf build .venv

# All weights in order: the statement tagger, the marker of dealings on its first layers, then the head of events,
# which rests on the rules alone. DATA=… [ALSO=FILE.tsv]
train:
	$(MAKE) --no-print-directory train-statements
	$(MAKE) --no-print-directory train-dealings
	$(MAKE) --no-print-directory train-events

# Weights of the statement tagger, from PolNeAR as published (training/README.md): make train-statements DATA=…
train-statements:
	$(PYTHON) -m training.statements --data $(DATA)/polnear --out packages/onrecord-models/src/onrecord_models/statements

# Weights of the marker of dealings, from our own marked paragraphs; READER: the statement tagger's checkpoint.
READER ?= build/statements/averaged.pt
train-dealings:
	$(PYTHON) -m training.dealings --reader $(READER) --data $(DATA)

# The head of `onrecord code`, from our own sentences alone; ALSO=FILE.tsv adds others (the method card says which).
train-events: $(VENV)/.dev
	$(BIN)/python -m training.events $(if $(ALSO),--also $(ALSO))
