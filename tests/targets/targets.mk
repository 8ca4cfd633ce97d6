# Systems that this one cannot run: what compiles for them. ring's C part is compiled by zig, and nothing is linked.
TARGETS := aarch64-apple-darwin x86_64-pc-windows-gnu x86_64-pc-windows-msvc
ZIG_CC := $(CURDIR)/tests/targets/zig-cc

.PHONY: targets wine musl

targets: export PATH := $(WHEELS_VENV)/bin:$(PATH)
targets: export CC_aarch64_apple_darwin := $(ZIG_CC) aarch64-macos
targets: export CC_x86_64_pc_windows_gnu := $(ZIG_CC) x86_64-windows-gnu
targets: export CC_x86_64_pc_windows_msvc := $(ZIG_CC) x86_64-windows-gnu
targets: export AR_x86_64_pc_windows_msvc := python-zig lib
targets: $(WHEELS_VENV)/made ## Check that everything compiles for macOS and Windows, where rustup can get their standard library
	@for target in $(TARGETS); do \
		if rustup target add $$target >/dev/null 2>&1; then \
			echo "$$target"; cargo check --quiet --locked --target $$target --target-dir $(TARGET)/targets \
				-p katapult-disk -p katapult-disk-c -p katapult-disk-python -p katapult-sim || exit 1; \
		else echo "not checked: rustup is not here, or cannot get $$target"; fi; \
	done

# From Debian's gcc-mingw-w64-x86-64-posix and wine64. Its wine 8 does not know some of the calls by which Windows is asked about
# certificates together with those of ca_file, so these tests are left out.
MINGW := x86_64-w64-mingw32-gcc-posix
WINE := /usr/lib/wine/wine64
WINDOWS := $(TARGET)/targets/x86_64-pc-windows-gnu/debug
ON_WINDOWS := --locked --target x86_64-pc-windows-gnu --target-dir $(TARGET)/targets

wine: export CC_x86_64_pc_windows_gnu := $(MINGW)
wine: export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER := $(WINE)
wine: export WINEPREFIX := $(TARGET)/targets/wine
wine: export WINEDEBUG := -all
wine: ## Run core's tests, the simulator and the C examples as Windows programs under wine, where it and mingw are
	rustup target add x86_64-pc-windows-gnu
	cargo build $(ON_WINDOWS) -p katapult-disk-c -p katapult-sim
	$(MINGW) -shared -O2 tests/targets/bcryptprimitives.c -o $(WINDOWS)/bcryptprimitives.dll -ladvapi32
	@mkdir -p $(WINDOWS)/deps
	cp $(WINDOWS)/bcryptprimitives.dll $(WINDOWS)/deps/
	for example in lifecycle fleet; do \
		$(MINGW) $(C_STRICT) ffi-c/examples/$$example.c -o $(WINDOWS)/$$example.exe -Iinclude -L$(WINDOWS) -lkatapult_disk || exit 1; \
	done
	cargo test $(ON_WINDOWS) -p katapult-disk --lib -- --skip transport::tls::verifier
	$(PYTHON) -B tests/targets/wine.py $(WINE) $(WINDOWS)

# As docs/abi.md says, but built faster. Debian's musl-tools have musl-gcc.
MUSL := x86_64-unknown-linux-musl
musl: native ## Link a C example with the static library and musl, and run it with the simulator, where musl-gcc is
	rustup target add $(MUSL)
	cargo rustc --locked --profile packaged -p katapult-disk-c --crate-type staticlib --target $(MUSL) --target-dir $(TARGET)/targets
	@mkdir -p $(PROGRAMS)
	musl-gcc -static $(C_STRICT) ffi-c/examples/fleet.c -Iinclude $(TARGET)/targets/$(MUSL)/packaged/libkatapult_disk.a \
		$$(rustc --print sysroot)/lib/rustlib/$(MUSL)/lib/self-contained/libunwind.a -o $(PROGRAMS)/fleet-musl
	$(RELEASE)/katapult-sim --task-seconds 0.5 -- $(PROGRAMS)/fleet-musl musl 5
