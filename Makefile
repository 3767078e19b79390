# What people do here. `make run` and `make test` set up what they need; a second call starts at once.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: run test check index eval gate bless bench bench-model bench-retrieval model encoder crossencoder lexicon widget clean

run: $(VENV)/installed
	$(BIN)/assistant serve

test: $(VENV)/developing
	$(BIN)/python -m pytest

check: $(VENV)/developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

index: $(VENV)/installed
	$(BIN)/assistant index build

eval: $(VENV)/installed
	$(BIN)/assistant eval run eval/suites/paper.jsonl

# Whether answers got worse: the shipped suite against the baseline beside it. Where they are meant to differ: make bless.
gate: $(VENV)/installed
	$(BIN)/assistant eval run eval/suites/paper.jsonl --split all --out eval/runs/paper.jsonl --fresh
	$(BIN)/assistant eval gate eval/runs/paper.jsonl --baseline eval/suites/paper.baseline

bless: $(VENV)/installed
	$(BIN)/assistant eval run eval/suites/paper.jsonl --split all --out eval/runs/paper.jsonl --fresh
	$(BIN)/assistant eval bless eval/runs/paper.jsonl --to eval/suites/paper.baseline

# The figures in README.
bench: $(VENV)/installed
	$(BIN)/python -m eval.bench
	$(BIN)/python -m eval.load

# What we add to a chat model's own stream.
bench-model: $(VENV)/developing
	$(BIN)/python -m eval.overhead

# Retrieval on question sets: make bench-retrieval DATA=folder, FILES="set.json beir-folder", or both.
bench-retrieval: $(VENV)/installed
	$(BIN)/assistant eval retrieval $(if $(DATA),--data $(DATA)) $(FILES)

# The embedding model and the word lists, from the material that their READMEs name. Never needed to run the product.
model: $(VENV)/training
	$(BIN)/python -m index.training --data $(DATA)

encoder: $(VENV)/training
	$(BIN)/python -m index.training.encoder --data $(DATA)

crossencoder: $(VENV)/training
	$(BIN)/python -m index.training.crossencoder --data $(DATA)

lexicon: $(VENV)/training
	$(BIN)/python -m index.training.lexicon --data $(DATA)
	$(BIN)/python -m index.training.thesaurus
	$(BIN)/python -m index.training.names --data $(DATA)
	$(BIN)/python -m index.training.pinyin

# The embeddable widget, from its sources (Node 20 or newer). The built file is committed: never needed to run the product.
widget:
	npm --prefix assistant/widget ci --no-audit --no-fund
	npm --prefix assistant/widget run build

clean:
	rm -rf $(VENV) index/build

# The format of an index is told in store.py: after a change there the shipped one is built anew.
$(VENV)/installed: pyproject.toml index/store.py
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "found Python %d.%d, expected 3.11 or newer: make run PYTHON=python3.11" % sys.version_info[:2])'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	@echo "Installing; the first time takes some minutes."
	@test "$$(uname -sm)$$PIP_EXTRA_INDEX_URL" != "Linux x86_64" \
	  || echo "On Linux this may fetch gigabytes of CUDA that nothing here uses; README says how to spare them."
	$(BIN)/pip install --quiet --editable .
	$(BIN)/assistant index build
	touch $@

$(VENV)/developing: $(VENV)/installed
	$(BIN)/pip install --quiet --editable '.[dev]'
	touch $@

$(VENV)/training: $(VENV)/installed
	$(BIN)/pip install --quiet --editable '.[training]'
	touch $@
