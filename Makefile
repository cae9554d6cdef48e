# Two commands are all a newcomer needs: `make demo` and `make test`. Both set up what they need in .venv first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint model templates site clean

# Installs when the requirements change, and not otherwise.
$(READY): setup.cfg pyproject.toml tools/reproducible.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(READY)

demo: $(READY)
	mkdir -p demo
	rm -f demo/class*.xlsx
	$(BIN)/markbook new demo/class.xlsx --students 30 --seed 7
	$(BIN)/markbook score demo/class.xlsx

# A file's tests stay together and in their order: what they share is made once.
test: lint
	$(BIN)/python -m pytest --quiet --numprocesses auto --dist loadfile --no-loadscope-reorder $(PYTEST)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

model: $(READY)
	$(BIN)/markbook model train
	$(BIN)/markbook model evaluate -o reports
	cp reports/figures.json model/evaluation.json
	$(BIN)/markbook model card -o model/MODEL_CARD.md

templates: $(READY)
	$(BIN)/python -m templates.build

# The documents as a site in build/site; a link that leads nowhere or an example that fails stops it.
$(READY)-docs: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	touch $@

site: $(READY)-docs
	$(BIN)/python -m docs.website.build

clean:
	rm -rf $(VENV) demo reports build dist *.egg-info
