# make demo and make test each set up all they need on a machine with Python >= 3.11 and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := $(shell command -v uv 2>/dev/null)

.PHONY: install demo test check lock clean reference \
	bench-ledger bench-faults bench-names bench-estimate bench-coverage bench-bayes bench-extract bench-scans bench-tolls \
	bench-linkage bench-linkage-coverage bench-linkage-calibration bench-linkage-large bench-spark test-spark

# Locked versions with hashes first, then the package itself without looking at an index again.
install: $(VENV)/.installed
$(VENV)/.installed: requirements/base.txt pyproject.toml
ifeq ($(UV),)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/base.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
else
	test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) $(VENV)
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/base.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
endif
	touch $@

$(VENV)/.tested: $(VENV)/.installed requirements/test.txt
ifeq ($(UV),)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/test.txt
else
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/test.txt
endif
	touch $@

demo: install
	$(BIN)/esep demo --to demo

check: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

test: check
	$(BIN)/pytest

bench-ledger: $(VENV)/.tested
	$(BIN)/python -m benchmarks.ledger.speed

bench-faults: $(VENV)/.tested
	$(BIN)/python -m benchmarks.ledger.faults

bench-names: $(VENV)/.tested
	$(BIN)/python benchmarks/names/run.py

bench-estimate: $(VENV)/.tested
	$(BIN)/python -m benchmarks.estimate.speed

# Hours; each finished cell is kept, so it can be stopped and run again.
bench-coverage: $(VENV)/.tested
	$(BIN)/python -m benchmarks.estimate.coverage --analytic --bootstrap

bench-bayes: $(VENV)/.tested
	$(BIN)/python -m benchmarks.estimate.bayes_speed
	$(BIN)/python -m benchmarks.estimate.bayes_accuracy

bench-linkage: $(VENV)/.tested
	$(BIN)/python -m benchmarks.linkage.bench --to benchmarks/linkage/results.json

bench-linkage-coverage: $(VENV)/.tested
	$(BIN)/python -m benchmarks.linkage.coverage --to benchmarks/linkage/coverage.jsonl

bench-linkage-calibration: $(VENV)/.tested
	$(BIN)/python -m benchmarks.linkage.calibration --to benchmarks/linkage/calibration.jsonl

bench-linkage-large: $(VENV)/.tested
	$(BIN)/python -m benchmarks.linkage.large --to benchmarks/linkage/large.jsonl
	$(BIN)/python -m benchmarks.linkage.added --to benchmarks/linkage/added.json

# Spark has an environment of its own: 480 MB that nothing else needs. Java 17 has to be there (.ci/run names the package).
SPARK := $(VENV)-spark
$(SPARK)/.installed: $(VENV)/.tested pyproject.toml
ifeq ($(UV),)
	test -x $(SPARK)/bin/python || $(PYTHON) -m venv $(SPARK)
	$(SPARK)/bin/python -m pip install --quiet -r requirements/base.txt -r requirements/test.txt
	$(SPARK)/bin/python -m pip install --quiet --no-build-isolation --editable ".[spark]"
else
	test -x $(SPARK)/bin/python || $(UV) venv --quiet --python $(PYTHON) $(SPARK)
	$(UV) pip install --quiet --python $(SPARK)/bin/python -r requirements/base.txt -r requirements/test.txt
	$(UV) pip install --quiet --python $(SPARK)/bin/python --no-build-isolation --editable ".[spark]"
endif
	touch $@

test-spark: $(SPARK)/.installed
	$(SPARK)/bin/python -m pytest -n 0 tests/linkage/test_linkage_spark.py

# Finished cells are kept in the file, so it can be stopped and run again.
bench-spark: $(SPARK)/.installed
	$(SPARK)/bin/python -m benchmarks.linkage.spark --to benchmarks/linkage/spark.jsonl

bench-extract: $(VENV)/.tested
	$(BIN)/python benchmarks/extract/run.py

bench-scans: $(VENV)/.tested
	$(BIN)/python -m benchmarks.scans.run

bench-tolls: $(VENV)/.tested
	$(BIN)/python benchmarks/counts/bench_reconcile.py

reference: $(VENV)/.tested
	$(BIN)/python scripts/make_reference.py

# Needs uv; run it when pyproject.toml changes. The files name versions and hashes and no address.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header
lock:
	$(LOCK) pyproject.toml requirements/build.in -o requirements/base.txt
	$(LOCK) requirements/test.in -c requirements/base.txt -o requirements/test.txt

clean:
	rm -rf $(VENV) $(VENV)-spark build src/*.egg-info .mypy_cache .ruff_cache .pytest_cache
