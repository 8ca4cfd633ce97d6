# Those that are published, in the order in which each finds the others on crates.io.
CRATES := katapult-json-scan katapult-disk
# The C library, the Python package and what is for tests are not: publish = false.

.PHONY: crates

crates: ## What would be published on crates.io, built as others would get it; each crate holds the licences
	@for crate in $(CRATES); do for text in LICENSE-MIT LICENSE-APACHE README.md Cargo.lock; do \
		cargo package --locked --list -p $$crate | grep -qx $$text || { echo "$$crate has no $$text"; exit 1; }; \
	done; done
	cargo publish --locked --dry-run $(CRATES:%=-p %)
