# make test: the tests of everyday work, in a few minutes. make check: everything, as CI does.

python := .venv/bin/python
stamp := .venv/dev-installed

.PHONY: test check lint

test: $(stamp)
	$(python) -m pytest -q -m "not slow"

check: lint
	$(python) -m pytest -q

lint: $(stamp)
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy

$(stamp): requirements-dev.txt
	test -x $(python) || sh setup.sh --no-build
	$(python) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@
