# What a C program's build finds on a machine: `make library` builds it, `make install` only copies it, so that it needs
# neither Rust nor what belongs to the one who built.

.PHONY: library install uninstall dist deb

PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
MANDIR ?= $(PREFIX)/share/man
DOCDIR ?= $(PREFIX)/share/doc/katapult-disk

# What is neither absolute nor one word would be installed, and removed, elsewhere than it says: make, the shell, sed, pkg-config and
# CMake agree on few characters. DESTDIR may be relative, or nothing.
NOT_IN_PATHS := ' " ` \ | & ; < > * ? [ ] ( ) { } $$
is_unfit = $(or $(filter-out 1,$(words $1)),$(strip $(foreach character,$(NOT_IN_PATHS),$(findstring $(character),$1))))
ifneq ($(filter install uninstall,$(MAKECMDGOALS)),)
$(foreach name,PREFIX LIBDIR INCLUDEDIR MANDIR DOCDIR,$(if $(or $(call is_unfit,$($(name))),$(filter-out /%,$($(name)))),\
	$(error $(name) must be an absolute path without spaces or special characters, not "$($(name))")))
$(if $(DESTDIR),$(if $(call is_unfit,$(DESTDIR)),$(error DESTDIR must be a path without spaces or special characters, not "$(DESTDIR)")))
endif

# The number in the SONAME: docs/abi.md says when it changes.
ABI := $(firstword $(subst ., ,$(VERSION)))
SO := libkatapult_disk.so
REPOSITORY := $(shell sed -n 's/^repository = "\(.*\)"/\1/p' Cargo.toml)
PACKAGING := ffi-c/packaging
INSTALLED := $(TARGET)/install/release
CMAKE_DIR := $(LIBDIR)/cmake/KatapultDisk
INSTALLED_FILES = $(INCLUDEDIR)/katapult_disk.h $(MANDIR)/man3/katapult_disk.3 $(addprefix $(LIBDIR)/,$(SO).$(VERSION) $(SO).$(ABI) $(SO) libkatapult_disk.a \
	pkgconfig/katapult_disk.pc) $(CMAKE_DIR)/KatapultDiskConfig.cmake $(CMAKE_DIR)/KatapultDiskConfigVersion.cmake \
	$(addprefix $(DOCDIR)/,$(notdir $(INSTALLED_PAGES) $(INSTALLED_DOCUMENTS)))
INSTALLED_PAGES := README.md CHANGELOG.md docs/abi.md
INSTALLED_DOCUMENTS := LICENSE LICENSE-APACHE LICENSE-MIT $(PACKAGING)/katapult_disk.supp $(sort $(wildcard ffi-c/examples/*.c ffi-c/examples/*.cpp))

FILL := sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' -e 's|@DOCDIR@|$(DOCDIR)|' \
	-e 's|@VERSION@|$(VERSION)|' -e 's|@ABI@|$(ABI)|' -e 's|@URL@|$(REPOSITORY)|' -e 's|@PRIVATE_LIBS@|$(PRIVATE_LIBS)|'

# In a target directory of its own: a library with a SONAME cannot be used from the build's directory.
library: ## Build what `make install` copies
	$(WITHOUT_PATHS) cargo rustc --locked --release -p katapult-disk-c --target-dir $(TARGET)/install \
		--crate-type cdylib,staticlib -- -C link-arg=-Wl,-soname,$(SO).$(ABI)

# With sudo nothing is built: that would leave files of root's in the tree.
install: $(if $(SUDO_UID),,library) ## Install library, header, pkg-config and CMake files (PREFIX, LIBDIR, DESTDIR; Linux)
	@test -f $(INSTALLED)/$(SO) || { echo "nothing to install yet: first run make library, without sudo" >&2; exit 1; }
	install -d $(DESTDIR)$(INCLUDEDIR) $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(CMAKE_DIR) $(DESTDIR)$(DOCDIR) $(DESTDIR)$(MANDIR)/man3
	$(FILL) $(PACKAGING)/katapult_disk.3.in > $(DESTDIR)$(MANDIR)/man3/katapult_disk.3
	install -m 644 $(HEADER) $(DESTDIR)$(INCLUDEDIR)
	install -m 755 $(INSTALLED)/$(SO) $(DESTDIR)$(LIBDIR)/$(SO).$(VERSION)
	ln -sf $(SO).$(VERSION) $(DESTDIR)$(LIBDIR)/$(SO).$(ABI)
	ln -sf $(SO).$(ABI) $(DESTDIR)$(LIBDIR)/$(SO)
	install -m 644 $(INSTALLED)/libkatapult_disk.a $(DESTDIR)$(LIBDIR)
	install -m 644 $(INSTALLED_DOCUMENTS) $(DESTDIR)$(DOCDIR)
	@# What they link to is not installed.
	for page in $(INSTALLED_PAGES); do \
		sed "s|](\([^):#][^):]*\))|]($(REPOSITORY)/blob/v$(VERSION)/$$(dirname $$page)/\1)|g" $$page \
			> $(DESTDIR)$(DOCDIR)/$$(basename $$page) || exit 1; \
	done
	$(FILL) $(PACKAGING)/katapult_disk.pc.in > $(DESTDIR)$(LIBDIR)/pkgconfig/katapult_disk.pc
	$(FILL) -e 's|@PRIVATE_LIBS_LIST@|$(subst $() ,;,$(PRIVATE_LIBS))|' \
		-e "s|@FROM_CMAKEDIR_TO_INCLUDEDIR@|$$(realpath -m --relative-to=$(CMAKE_DIR) $(INCLUDEDIR))|" \
		-e "s|@FROM_CMAKEDIR_TO_LIBDIR@|$$(realpath -m --relative-to=$(CMAKE_DIR) $(LIBDIR))|" \
		$(PACKAGING)/KatapultDiskConfig.cmake.in > $(DESTDIR)$(CMAKE_DIR)/KatapultDiskConfig.cmake
	$(FILL) -e "s|@POINTER_BYTES@|$$(($$(getconf LONG_BIT) / 8))|" \
		$(PACKAGING)/KatapultDiskConfigVersion.cmake.in > $(DESTDIR)$(CMAKE_DIR)/KatapultDiskConfigVersion.cmake
	@# Those that were written here, whatever the umask is.
	chmod 644 $(DESTDIR)$(MANDIR)/man3/katapult_disk.3 $(DESTDIR)$(LIBDIR)/pkgconfig/katapult_disk.pc $(DESTDIR)$(CMAKE_DIR)/*.cmake \
		$(addprefix $(DESTDIR)$(DOCDIR)/,$(notdir $(INSTALLED_PAGES)))

uninstall: ## Remove what `make install` has installed, with the same PREFIX, LIBDIR and DESTDIR
	rm -f $(addprefix $(DESTDIR),$(INSTALLED_FILES))
	-rmdir $(DESTDIR)$(CMAKE_DIR) $(DESTDIR)$(DOCDIR) 2>/dev/null || true

DIST := $(TARGET)/dist
PLATFORM := $(shell uname -m)-linux-gnu
# When the sources are from, in seconds: an archive of them holds the commit's time as that of each file.
SOURCE_TIME = $(shell git log -1 --format=%ct 2>/dev/null || stat -c %Y Cargo.toml)
# The same files give the same archive.
PACK = tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@$(SOURCE_TIME)

dist: library ## Two archives in target/dist: the sources, and what `make install` installs, to be unpacked anywhere
	@mkdir -p $(DIST)
	@if git rev-parse --verify --quiet HEAD >/dev/null 2>&1; then \
		git archive --prefix=katapult-disk-$(VERSION)/ HEAD | gzip -n > $(DIST)/katapult-disk-$(VERSION).tar.gz; \
	else echo "no archive of the sources: this is not a clone of the repository" >&2; fi
	rm -rf $(DIST)/stage
	$(MAKE) --no-print-directory -s install DESTDIR=$(DIST)/stage PREFIX=/libkatapult_disk-$(VERSION) \
		LIBDIR=/libkatapult_disk-$(VERSION)/lib INCLUDEDIR=/libkatapult_disk-$(VERSION)/include
	sed -i 's,^prefix=.*,prefix=$${pcfiledir}/../..,; s,^\(libdir\|includedir\)=/[^/]*,\1=$${prefix},' \
		$(DIST)/stage/libkatapult_disk-$(VERSION)/lib/pkgconfig/katapult_disk.pc
	sed -i 's,^\.Pa /[^/]*/,.Pa ,' $(DIST)/stage/libkatapult_disk-$(VERSION)/share/man/man3/katapult_disk.3
	$(PACK) -C $(DIST)/stage -c libkatapult_disk-$(VERSION) | gzip -n > $(DIST)/libkatapult_disk-$(VERSION)-$(PLATFORM).tar.gz
	rm -rf $(DIST)/stage

deb: library ## Debian packages in target/dist: libkatapult-disk0 and libkatapult-disk-dev
	SOURCE_TIME=$(SOURCE_TIME) $(PACKAGING)/deb.sh $(DIST) $(VERSION) $(ABI)
