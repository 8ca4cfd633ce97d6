# The commands of the README. Everything is built in the tree: CARGO_TARGET_DIR (else target/),
# .venv/, .venv-engines/, .venv-clients/ and .venv-wheels/ (Python packages), .tools/ (cbindgen, cargo-fuzz, maturin).

TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
export CARGO_TARGET_DIR := $(TARGET)
RELEASE := $(TARGET)/release
PROGRAMS := $(TARGET)/tests
C_TESTS := $(addprefix $(PROGRAMS)/katapult-c-,driver ends fleet forks handles interrupt log signals stack unload wiped)
C_EXAMPLES := $(addprefix $(PROGRAMS)/,fleet lifecycle)

PYTHON ?= python3
VENV := $(CURDIR)/.venv
ENGINES ?= dask ray
ENGINES_VENV := $(CURDIR)/.venv-engines
CLIENTS_VENV := $(CURDIR)/.venv-clients
CBINDGEN_VERSION := 0.29.4
CBINDGEN := $(CURDIR)/.tools/bin/cbindgen
TYPOS_VERSION := 1.52.0
TYPOS := $(VENV)/typos-$(TYPOS_VERSION)
DENY_VERSION := 0.20.2
DENY := $(CURDIR)/.tools/bin/cargo-deny
ADVISORIES := https://github.com/RustSec/advisory-db
CYCLONEDX_VERSION := 0.5.9
CYCLONEDX := $(CURDIR)/.tools/bin/cargo-cyclonedx
MSRV := $(shell sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
CARGO_FUZZ_VERSION := 0.13.1
CARGO_FUZZ := $(CURDIR)/.tools/bin/cargo-fuzz
# Their own target directory: nothing else waits for them then.
INSTALL_TOOL := cargo install --quiet --locked --root .tools --target-dir $(TARGET)/tools --version
MATURIN_VERSION := 1.16.0
MATURIN := $(CURDIR)/.tools/maturin-$(MATURIN_VERSION)/bin/maturin
HEADER := include/katapult_disk.h
# What is made to be given away does not tell where it was built: panics name files, debuggers' data of C code does, too.
CARGO_FILES := $(or $(CARGO_HOME),$(HOME)/.cargo)
WITHOUT_PATHS := RUSTFLAGS="$(RUSTFLAGS) --remap-path-prefix=$(CARGO_FILES)=cargo --remap-path-prefix=$(CURDIR)=katapult-disk" \
	CFLAGS="$(CFLAGS) -ffile-prefix-map=$(CARGO_FILES)=cargo -ffile-prefix-map=$(TARGET)=target"

CC ?= cc
CFLAGS ?= -O2
C_STRICT := -std=c99 -Wall -Wextra -Wpedantic -Werror
C_LIBRARY := -Iinclude -L$(RELEASE) -lkatapult_disk -Wl,-rpath,$(RELEASE)
# What the static library needs of the system. (`rustc --print native-static-libs` names -lgcc_s, too: compilers add what
# they need of that, and with -static it does not exist.)
PRIVATE_LIBS := -lutil -lrt -lpthread -lm -ldl -lc
C_STATIC_LIBRARY := -Iinclude $(RELEASE)/libkatapult_disk.a $(PRIVATE_LIBS)
C_STATIC_TESTS := $(if $(filter Linux,$(shell uname)),$(PROGRAMS)/katapult-c-driver-static)

# Most tests wait for a server or a clock, so more of them run at once than there are cores. Those that measure times
# come last, where nothing else keeps the cores busy.
WORKERS ?= 8
PYTEST := $(VENV)/bin/python -m pytest -q -rs -p no:cacheprovider --dist loadgroup

# What others get of the simulator is static on Linux: it runs on any.
LINUX := $(filter Linux,$(shell uname))
SIM_TARGET ?= $(if $(LINUX),$(shell uname -m)-unknown-linux-musl,$(shell rustc -vV | sed -n 's/^host: //p'))
SIM := $(TARGET)/sim/katapult-sim

VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)

.PHONY: help demo test check native rust-driver python stubs examples header check-header newcomer faults worlds soak fleet engines clients sim test-sim \
	fuzz sanitize bench mutants audit sbom msrv clean

help: ## This list
	@cat $(MAKEFILE_LIST) | sed -n 's/^\([a-z-]*\):.*## /\1\t/p' | expand -t 14

demo: native python $(PROGRAMS)/lifecycle ## See disks created, waited for, read, updated, detached
	@$(VENV)/bin/python tests/demo.py $(RELEASE)/katapult-sim $(PROGRAMS)/lifecycle py/examples/lifecycle.py

newcomer: native ## README.md from top to bottom: its commands and programs in their order, in a clean place
	$(PYTHON) -B tests/newcomer/run.py

test: rust-driver python check-header $(C_EXAMPLES) $(C_TESTS) $(C_STATIC_TESTS) $(VENV)/tests ## Run all tests
	cargo test --locked
	cargo build --locked -p katapult-worlds
	cargo test --locked -p katapult-disk-c
	$(VENV)/bin/python -m mypy.stubtest katapult_disk
	$(VENV)/bin/python -m mypy --strict py/examples
	$(PYTEST) -n $(WORKERS) -m "not quiet" tests/python py/tests
	$(PYTEST) -n 4 -m quiet tests/python

faults: native python $(PROGRAMS)/katapult-c-driver $(VENV)/tests ## The fault matrix, for docs/reliability.md; SHORT=1: some operations
	$(VENV)/bin/python tests/faults $(if $(SHORT),--short)

# SHORT=1: a sample in less than a minute. ONLY: what a world's name holds, such as ensure_disk_detached, or all of it.
worlds: ## Every event at every request of every workflow, for docs/reliability.md (SHORT=1, ONLY=name)
	cargo run --locked --quiet -p katapult-worlds -- $(if $(SHORT),--short) $(if $(ONLY),--only '$(ONLY)')

check: check-header $(TYPOS) ## Formatting, spelling and lints
	$(VENV)/bin/typos
	cargo fmt --all --check
	cargo fmt --all --check --manifest-path tests/fuzz/Cargo.toml
	cargo clippy --locked --workspace --all-targets -- -D warnings

# SHORT=1: in less than 90 s, without the rate limits and without writing docs/reliability.md.
soak: native python $(PROGRAMS)/soak-threads $(PROGRAMS)/soak-calls ## Long runs, threads, forks, signals (SHORT=1)
	$(VENV)/bin/python tests/soak/run.py $(if $(SHORT),--short)

# SHORT=1: in about a minute, without writing docs/performance.md. What it starts is built with a minute that may be shorter; cargo is
# called twice, so that nothing of that gets into what users have.
fleet: native ## Fleets of disks: calls, time, rate, kills, for docs/performance.md (SHORT=1)
	cargo build --locked --release -p katapult-sim -p katapult-fleet
	$(PYTHON) -B tests/fleet/run.py $(if $(SHORT),--short)

# A virtual environment of their own: they bring much along, and pin what they need.
engines: native $(ENGINES:%=$(ENGINES_VENV)/%) ## Fleets on Dask and Ray, as docs/engines.md shows them (ENGINES=dask)
	MATURIN_PEP517_ARGS=--locked $(ENGINES_VENV)/bin/pip install --quiet --force-reinstall --no-deps ./py
	@for engine in $(ENGINES); do \
		if grep -q installed $(ENGINES_VENV)/$$engine; then \
			$(ENGINES_VENV)/bin/python -m pytest -q -rs -p no:cacheprovider tests/engines/test_$$engine.py || exit 1; \
		else cat $(ENGINES_VENV)/$$engine; fi; \
	done

$(ENGINES_VENV)/%: tests/engines/requirements-%.txt
	@test -x $(ENGINES_VENV)/bin/pip || $(PYTHON) -m venv $(ENGINES_VENV)
	@if $(ENGINES_VENV)/bin/pip install --quiet --only-binary :all: -r $<; then echo installed > $@; \
	elif $(ENGINES_VENV)/bin/pip download --quiet --only-binary :all: --no-deps --dest $(ENGINES_VENV)/tmp typing_extensions; then \
		echo "not tested: $* has no wheel for $$($(PYTHON) --version) on $$(uname -sm): see $<" > $@; \
	else echo "$* cannot be installed: PyPI cannot be reached"; exit 1; fi

# Without the paths of this machine, which panics would show.
sim: export RUSTFLAGS := --remap-path-prefix=$(CURDIR)=. --remap-path-prefix=$(or $(CARGO_HOME),$(HOME)/.cargo)/registry/src=registry
sim: $(MATURIN) ## The simulator for others: a static binary in target/sim, a Python wheel in target/wheels
	@test -d "$$(rustc --print target-libdir --target $(SIM_TARGET))" || rustup target add $(SIM_TARGET) || \
		{ echo "Rust's standard library for $(SIM_TARGET) is missing: install it, with rustup or as your system's package"; exit 1; }
	@rm -f $(TARGET)/wheels/katapult_sim-*.whl
	$(MATURIN) build --quiet --locked --manifest-path tests/simulator/Cargo.toml --target $(SIM_TARGET) --out $(TARGET)/wheels \
		$(if $(findstring musl,$(SIM_TARGET)),--compatibility manylinux2014 musllinux_1_1)
	@mkdir -p $(dir $(SIM))
	install -m 755 $(TARGET)/$(SIM_TARGET)/packaged/katapult-sim $(SIM)

test-sim: sim native python $(VENV)/tests ## Test the simulator's package, and the blocks of docs/simulator.md
	$(VENV)/bin/python -m mypy --strict tests/simulator/python/katapult_sim
	$(PYTEST) -n 4 tests/simulator/python/tests

$(MATURIN):
	$(PYTHON) -m venv $(dir $(@D))
	$(dir $(@D))bin/pip install --quiet --only-binary :all: maturin==$(MATURIN_VERSION)

# What others wrote, against the simulator. Go's modules and caches stay in the tree, too.
clients: native $(CLIENTS_VENV)/installed ## OpenStack's clients, gophercloud and go-katapult against katapult-sim, as far as they install here
	@if grep -q installed $(CLIENTS_VENV)/installed; then \
		$(CLIENTS_VENV)/bin/python -m pytest -q -rs -p no:cacheprovider --disable-warnings -n 2 tests/clients || exit 1; \
	else cat $(CLIENTS_VENV)/installed; fi
	GOPATH=$(TARGET)/go GOCACHE=$(TARGET)/go/cache KATAPULT_SIM=$(RELEASE)/katapult-sim tests/clients/go.sh

$(CLIENTS_VENV)/installed: tests/clients/requirements.txt
	@test -x $(CLIENTS_VENV)/bin/pip || $(PYTHON) -m venv $(CLIENTS_VENV)
	@if $(CLIENTS_VENV)/bin/pip install --quiet -r $<; then echo installed > $@; \
	elif $(CLIENTS_VENV)/bin/pip download --quiet --no-deps --dest $(CLIENTS_VENV)/tmp typing_extensions; then \
		echo "not tested: OpenStack's clients cannot be installed for $$($(PYTHON) --version): see $<" > $@; \
	else echo "OpenStack's clients cannot be installed: PyPI cannot be reached"; exit 1; fi

# SHORT=1: five seconds for each target, and nothing is written. Else SECONDS for all of them together.
fuzz: $(CARGO_FUZZ) $(VENV)/made ## Input from nowhere for every door (SHORT=1, SECONDS=600)
	cargo fetch --quiet --locked --manifest-path tests/fuzz/Cargo.toml
	RUSTC_BOOTSTRAP=1 $(CARGO_FUZZ) build --fuzz-dir tests/fuzz --target-dir $(TARGET)/fuzz
	$(VENV)/bin/python tests/fuzz/run.py $(if $(SHORT),--short,--seconds $(or $(SECONDS),600))

# SHORT=1: fewer calls, without core's own tests and without writing docs/reliability.md.
sanitize: rust-driver python $(VENV)/tests ## AddressSanitizer and ThreadSanitizer over the C library (SHORT=1)
	$(VENV)/bin/python tests/sanitize/run.py $(if $(SHORT),--short)

native: ## The C library (.so and .a) and the simulator
	cargo build --locked --release -p katapult-disk-c -p katapult-sim

# With what `native` builds, so that cargo takes the same dependencies for all.
rust-driver: native
	cargo build --locked --release -p katapult-disk-c -p katapult-sim -p katapult-rust-driver

# Installs the package as a user does; cargo does only what has changed. The setting in pyproject.toml
# would come too late: maturin brings Cargo.lock up to date before it reads it.
python: $(VENV)/made ## The Python package, in .venv
	MATURIN_PEP517_ARGS=--locked $(VENV)/bin/pip install --quiet --force-reinstall --no-deps ./py

stubs: python ## Write the Python package's stubs (py/python/katapult_disk/*.pyi)
	$(VENV)/bin/python py/stubs.py

$(VENV)/made:
	$(PYTHON) -m venv $(VENV)
	touch $@

# From PyPI, where it is built already: with cargo it takes longer than all other checks.
$(TYPOS): $(VENV)/made
	$(VENV)/bin/pip install --quiet typos==$(TYPOS_VERSION)
	touch $@

$(VENV)/tests: $(VENV)/made tests/requirements.txt
	$(VENV)/bin/pip install --quiet -r tests/requirements.txt
	touch $@

$(C_EXAMPLES): $(PROGRAMS)/%: ffi-c/examples/%.c $(HEADER) | native
	@mkdir -p $(@D)
	$(CC) $(C_STRICT) $(CFLAGS) $< -o $@ $(C_LIBRARY)

# The table of functions is made of the header, so that a new function needs no line in tests/c.
$(PROGRAMS)/functions.h: tests/python/c_header.py $(HEADER)
	@mkdir -p $(@D)
	$(PYTHON) $< > $@.new
	mv $@.new $@

$(PROGRAMS)/katapult-c-driver $(PROGRAMS)/katapult-c-driver-static: $(PROGRAMS)/functions.h
$(PROGRAMS)/katapult-c-driver $(PROGRAMS)/katapult-c-driver-static: C_STRICT += -I$(PROGRAMS)
$(C_TESTS): $(PROGRAMS)/katapult-c-%: tests/c/%.c $(HEADER) | native
	@mkdir -p $(@D)
	$(CC) $(C_STRICT) $(CFLAGS) $< -o $@ $(C_LIBRARY) -lpthread

# It stands in the way of the library's pthread_atfork.
$(PROGRAMS)/katapult-c-forks: C_LIBRARY += -ldl

# It loads the library itself; what is linked is never unloaded.
$(PROGRAMS)/katapult-c-unload: C_LIBRARY := -Iinclude -ldl

$(PROGRAMS)/soak-threads: $(wildcard tests/soak/threads/*.h)
$(PROGRAMS)/soak-%: tests/soak/%.c tests/soak/common.h $(HEADER) | native
	@mkdir -p $(@D)
	$(CC) $(C_STRICT) $(CFLAGS) -pthread $< -o $@ $(C_LIBRARY)

$(PROGRAMS)/katapult-c-driver-static: tests/c/driver.c $(HEADER) | native
	@mkdir -p $(@D)
	$(CC) $(C_STRICT) $(CFLAGS) $< -o $@ $(C_STATIC_LIBRARY)

header: $(CBINDGEN) ## Generate include/katapult_disk.h
	$(CBINDGEN) --quiet --config ffi-c/cbindgen.toml --output $(HEADER) ffi-c

check-header: $(CBINDGEN) ## Fail if include/katapult_disk.h is not what the sources give
	$(CBINDGEN) --quiet --config ffi-c/cbindgen.toml --verify --output $(HEADER) ffi-c

bench: native ## Measure against libcurl, requests, httpx, pycurl: docs/performance.md (SHORT=1: briefly)
	$(PYTHON) -B tests/bench/run.py $(TARGET) $(if $(SHORT),--short)

$(CBINDGEN):
	$(INSTALL_TOOL) $(CBINDGEN_VERSION) cbindgen

audit: $(DENY) ## Licences, sources and versions of the dependencies, and what is known to be wrong with them
	$(DENY) --locked check licenses bans sources
	@if git ls-remote --quiet --exit-code $(ADVISORIES) HEAD >/dev/null 2>&1; then $(DENY) --locked check advisories; \
	else echo "not checked: advisories, since $(ADVISORIES) cannot be reached from here"; fi

# cargo-cyclonedx writes beside each Cargo.toml of the workspace, and where that is; the same commit gives the same lists.
sbom: export SOURCE_DATE_EPOCH = $(shell git log -1 --format=%ct)
sbom: $(CYCLONEDX) ## What the C library and the Python package are made of, as CycloneDX in target/sbom
	$(CYCLONEDX) cyclonedx --quiet --format json --spec-version 1.5
	@mkdir -p $(TARGET)/sbom
	for list in ffi-c/katapult-disk-c py/katapult-disk-python; do \
		sed 's|file://$(CURDIR)|file:///katapult-disk|g' $$list.cdx.json > $(TARGET)/sbom/$${list##*/}.cdx.json || exit 1; \
	done
	@rm -f core/*.cdx.json core/json_scan/*.cdx.json ffi-c/*.cdx.json py/*.cdx.json tests/*/*.cdx.json
	@! grep -l '$(CURDIR)' $(TARGET)/sbom/*.json || { echo "it names a folder of this machine"; exit 1; }

# The toolchain goes into the tree, too.
msrv: export RUSTUP_HOME := $(CURDIR)/.tools/rustup
msrv: export RUSTFLAGS := -D warnings
msrv: ## Build with the oldest Rust that Cargo.toml promises, without a warning, if rustup can get it
	@if rustup toolchain install $(MSRV) --profile minimal --no-self-update >/dev/null 2>&1; then \
		cargo +$(MSRV) check --locked --workspace --target-dir $(TARGET)/msrv; \
	else echo "not checked: rustup is not here, or cannot install Rust $(MSRV)"; fi

$(DENY):
	$(INSTALL_TOOL) $(DENY_VERSION) cargo-deny

$(CYCLONEDX):
	$(INSTALL_TOOL) $(CYCLONEDX_VERSION) cargo-cyclonedx

$(CARGO_FUZZ):
	$(INSTALL_TOOL) $(CARGO_FUZZ_VERSION) cargo-fuzz

# ONLY: words, one of which stands in the name or the file of a mutant.
mutants: $(VENV)/tests ## Break the code on purpose, once for each promise, and see its tests fail (ONLY=words)
	$(VENV)/bin/python tests/mutants/run.py $(ONLY)

include core/crates.mk ffi-c/packaging/install.mk py/wheels/wheels.mk tests/targets/targets.mk docs/site.mk

clean: ## Remove what was built
	rm -rf $(TARGET) .venv .venv-site .venv-engines .venv-clients .venv-wheels .tools
