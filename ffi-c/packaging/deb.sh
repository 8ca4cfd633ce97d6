#!/bin/sh
# Makes the two Debian packages of the C library: deb.sh DIRECTORY VERSION ABI, with SOURCE_TIME set: seconds, when the sources are
# from. It needs dpkg-dev, and what `make library` built.
set -eu
out=$1 version=$2 abi=$3
runtime=libkatapult-disk$abi develop=libkatapult-disk-dev
maintainer="katapult-disk maintainers <https://github.com/katapult-disk/katapult-disk/issues>"
architecture=$(dpkg --print-architecture)
libdir=/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
mkdir -p "$out" "$stage/debian"
make --no-print-directory -s install DESTDIR="$stage/dev" PREFIX=/usr LIBDIR="$libdir" DOCDIR=/usr/share/doc/$develop
# The same files give the same packages. (Not before: crates are built anew when it changes.)
export SOURCE_DATE_EPOCH="$SOURCE_TIME"
strip --strip-unneeded "$stage/dev$libdir/libkatapult_disk.so.$version"
# As Debian's policy wants it.
chmod 644 "$stage/dev$libdir/libkatapult_disk.so.$version"
gzip -9n "$stage"/dev/usr/share/man/man3/*

# Two packages, so that several versions of the library can be there at once, and one of the rest.
mkdir -p "$stage/lib$libdir" "$stage/lib/usr/share/doc/$runtime"
mv "$stage/dev$libdir/libkatapult_disk.so.$version" "$stage/dev$libdir/libkatapult_disk.so.$abi" "$stage/lib$libdir/"

printf 'Source: katapult-disk\n\nPackage: %s\nArchitecture: any\n' "$runtime" > "$stage/debian/control"
depends=$(cd "$stage" && dpkg-shlibdeps -O "lib$libdir/libkatapult_disk.so.$version" 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ]

# control PACKAGE SECTION DEPENDS DESCRIPTION
control() {
    cat <<END
Package: $1
Source: katapult-disk
Version: $version
Section: $2
Priority: optional
Architecture: $architecture
Multi-Arch: same
Maintainer: $maintainer
Homepage: https://github.com/katapult-disk/katapult-disk
Installed-Size: $(du -sk --exclude=DEBIAN "$5" | cut -f1)
Depends: $3
Description: $4
 A blocking client for the disks of the Katapult Core API and for detaching
 volumes in OpenStack, which says what is certain about each failure.
END
}

# copyright TREE PACKAGE
copyright() {
    { printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: katapult-disk\n\n'
      printf 'Files: *\nCopyright: the authors of katapult-disk\nLicense: MIT or Apache-2.0\n\nLicense: MIT\n'
      sed -e 's/^$/./' -e 's/^/ /' LICENSE-MIT
      printf '\nLicense: Apache-2.0\n On Debian systems it is in /usr/share/common-licenses/Apache-2.0.\n'
    } > "$1/usr/share/doc/$2/copyright"
}

# changelog TREE PACKAGE
changelog() {
    { printf 'katapult-disk (%s) unstable; urgency=medium\n\n  * CHANGELOG.md of %s says what has changed.\n\n' "$version" "$develop"
      printf ' -- %s  %s\n' "$maintainer" "$(LC_ALL=C date -uRd "@$SOURCE_DATE_EPOCH")"
    } | gzip -9n > "$1/usr/share/doc/$2/changelog.gz"
}

mkdir "$stage/lib/DEBIAN" "$stage/dev/DEBIAN"
for make in copyright changelog; do
    $make "$stage/lib" "$runtime"
    $make "$stage/dev" "$develop"
done
rm -f "$stage"/dev/usr/share/doc/$develop/LICENSE*
control "$runtime" libs "$depends" "create, attach, resize and detach cloud disks" "$stage/lib" > "$stage/lib/DEBIAN/control"
control "$develop" libdevel "$runtime (= $version)" "create, attach, resize and detach cloud disks - for development" "$stage/dev" > "$stage/dev/DEBIAN/control"
printf 'libkatapult_disk %s %s (>= %s)\n' "$abi" "$runtime" "$version" > "$stage/lib/DEBIAN/shlibs"
printf 'activate-noawait ldconfig\n' > "$stage/lib/DEBIAN/triggers"

for tree in lib dev; do
    dpkg-deb --root-owner-group --build "$stage/$tree" "$out" >/dev/null
done
echo "$out/${runtime}_${version}_$architecture.deb"
echo "$out/${develop}_${version}_$architecture.deb"
