# The documentation as a site.

.PHONY: site

SITE_VENV := $(CURDIR)/.venv-site
SITE := $(TARGET)/site

site: $(SITE_VENV)/made $(VENV)/tests ## The documentation as a site in target/site, with the references of Python, C and Rust
	rm -rf $(SITE)
	$(SITE_VENV)/bin/sphinx-build --quiet --fail-on-warning --keep-going --fresh-env -b html docs $(SITE)
	RUSTDOCFLAGS="-D warnings" cargo doc --quiet --locked --no-deps -p katapult-disk
	cp -R $(TARGET)/doc $(SITE)/rust
	$(PYTEST) tests/site

$(SITE_VENV)/made: docs/requirements.txt
	$(PYTHON) -m venv $(SITE_VENV)
	$(SITE_VENV)/bin/pip install --quiet --only-binary :all: -r docs/requirements.txt
	touch $@
