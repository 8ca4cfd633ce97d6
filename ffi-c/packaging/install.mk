# What a C program's build finds on a machine: `make library` builds it, `make install` only copies it, so that it needs
# neither Rust nor what belongs to the one who built.

.PHONY: library install uninstall dist deb

PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
MANDIR ?= $(PREFIX)/share/man
DOCDIR ?= $(PREFIX)/share/doc/katapult-disk

# The number in the SONAME: docs/abi.md says when it changes.
ABI := $(firstword $(subst ., ,$(VERSION)))
SO := libkatapult_disk.so
REPOSITORY := $(shell sed -n 's/^repository = "\(.*\)"/\1/p' Cargo.toml)
PACKAGING := ffi-c/packaging
INSTALLED := $(TARGET)/install/release
CMAKE_DIR := $(LIBDIR)/cmake/KatapultDisk
INSTALLED_FILES = $(INCLUDEDIR)/katapult_disk.h $(MANDIR)/man3/katapult_disk.3 $(addprefix $(LIBDIR)/,$(SO).$(VERSION) $(SO).$(ABI) $(SO) libkatapult_disk.a \
	pkgconfig/katapult_disk.pc) $(CMAKE_DIR)/KatapultDiskConfig.cmake $(CMAKE_DIR)/KatapultDiskConfigVersion.cmake \
	$(addprefix $(DOCDIR)/,$(notdir $(INSTALLED_DOCUMENTS)))
INSTALLED_DOCUMENTS := README.md CHANGELOG.md LICENSE LICENSE-APACHE LICENSE-MIT docs/abi.md $(sort $(wildcard ffi-c/examples/*.c ffi-c/examples/*.cpp))

FILL := sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' \
	-e 's|@VERSION@|$(VERSION)|' -e 's|@ABI@|$(ABI)|' -e 's|@URL@|$(REPOSITORY)|' -e 's|@PRIVATE_LIBS@|$(PRIVATE_LIBS)|'

# In a target directory of its own: a library with a SONAME cannot be used from the build's directory.
library: ## Build what `make install` copies
	$(WITHOUT_PATHS) cargo rustc --locked --release -p katapult-disk-c --target-dir $(TARGET)/install \
		--crate-type cdylib,staticlib -- -C link-arg=-Wl,-soname,$(SO).$(ABI)

# With sudo nothing is built: that would leave files of root's in the tree.
install: $(if $(SUDO_UID),,library) ## Install library, header, pkg-config and CMake files (PREFIX, LIBDIR, DESTDIR; Linux)
	@test -f $(INSTALLED)/$(SO) || { echo "nothing to install yet: first run make library, without sudo" >&2; exit 1; }
	install -d $(DESTDIR)$(INCLUDEDIR) $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(CMAKE_DIR) $(DESTDIR)$(DOCDIR) $(DESTDIR)$(MANDIR)/man3
	install -m 644 $(PACKAGING)/katapult_disk.3 $(DESTDIR)$(MANDIR)/man3
	install -m 644 $(HEADER) $(DESTDIR)$(INCLUDEDIR)
	install -m 755 $(INSTALLED)/$(SO) $(DESTDIR)$(LIBDIR)/$(SO).$(VERSION)
	ln -sf $(SO).$(VERSION) $(DESTDIR)$(LIBDIR)/$(SO).$(ABI)
	ln -sf $(SO).$(ABI) $(DESTDIR)$(LIBDIR)/$(SO)
	install -m 644 $(INSTALLED)/libkatapult_disk.a $(DESTDIR)$(LIBDIR)
	install -m 644 $(INSTALLED_DOCUMENTS) $(DESTDIR)$(DOCDIR)
	$(FILL) $(PACKAGING)/katapult_disk.pc.in > $(DESTDIR)$(LIBDIR)/pkgconfig/katapult_disk.pc
	$(FILL) -e 's|@PRIVATE_LIBS_LIST@|$(subst $() ,;,$(PRIVATE_LIBS))|' \
		-e "s|@FROM_CMAKEDIR_TO_INCLUDEDIR@|$$(realpath -m --relative-to=$(CMAKE_DIR) $(INCLUDEDIR))|" \
		-e "s|@FROM_CMAKEDIR_TO_LIBDIR@|$$(realpath -m --relative-to=$(CMAKE_DIR) $(LIBDIR))|" \
		$(PACKAGING)/KatapultDiskConfig.cmake.in > $(DESTDIR)$(CMAKE_DIR)/KatapultDiskConfig.cmake
	$(FILL) -e "s|@POINTER_BYTES@|$$(($$(getconf LONG_BIT) / 8))|" \
		$(PACKAGING)/KatapultDiskConfigVersion.cmake.in > $(DESTDIR)$(CMAKE_DIR)/KatapultDiskConfigVersion.cmake

uninstall: ## Remove what `make install` has installed, with the same PREFIX, LIBDIR and DESTDIR
	rm -f $(addprefix $(DESTDIR),$(INSTALLED_FILES))
	-rmdir $(DESTDIR)$(CMAKE_DIR) $(DESTDIR)$(DOCDIR) 2>/dev/null || true

DIST := $(TARGET)/dist
PLATFORM := $(shell uname -m)-linux-gnu
# The same files give the same archive.
PACK := tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@$$(git log -1 --format=%ct)

dist: library ## Two archives in target/dist: the sources, and what `make install` installs, to be unpacked anywhere
	@mkdir -p $(DIST)
	git archive --prefix=katapult-disk-$(VERSION)/ HEAD | gzip -n > $(DIST)/katapult-disk-$(VERSION).tar.gz
	rm -rf $(DIST)/stage
	$(MAKE) --no-print-directory -s install DESTDIR=$(DIST)/stage PREFIX=/libkatapult_disk-$(VERSION) \
		LIBDIR=/libkatapult_disk-$(VERSION)/lib INCLUDEDIR=/libkatapult_disk-$(VERSION)/include
	sed -i 's,^prefix=.*,prefix=$${pcfiledir}/../..,; s,^\(libdir\|includedir\)=/[^/]*,\1=$${prefix},' \
		$(DIST)/stage/libkatapult_disk-$(VERSION)/lib/pkgconfig/katapult_disk.pc
	$(PACK) -C $(DIST)/stage -c libkatapult_disk-$(VERSION) | gzip -n > $(DIST)/libkatapult_disk-$(VERSION)-$(PLATFORM).tar.gz
	rm -rf $(DIST)/stage

deb: library ## Debian packages in target/dist: libkatapult-disk0 and libkatapult-disk-dev
	$(PACKAGING)/deb.sh $(DIST) $(VERSION) $(ABI)
