"""The sdist, with a Cargo.lock that fits what is in it."""

import gzip
import io
import re
import subprocess
import sys
import tarfile

from places import UNPACKED, WHEELS, emptied, tool


def make():
    """maturin leaves out the workspace's other members, but their dependencies stay in its Cargo.lock, so that
    `cargo build --locked` would refuse it. cargo itself takes them out here; no version may change by that."""
    WHEELS.mkdir(parents=True, exist_ok=True)
    for old in WHEELS.glob("katapult_disk-*"):
        old.unlink()
    tool("maturin", "sdist", "--manifest-path", "py/Cargo.toml", "--out", WHEELS)
    (sdist,) = WHEELS.glob("katapult_disk-*.tar.gz")
    folder = unpacked(sdist)
    lock = folder / "Cargo.lock"
    before = locked(lock)
    subprocess.run(["cargo", "metadata", "--format-version", "1"], cwd=folder, stdout=subprocess.DEVNULL, check=True)
    if new := locked(lock) - before:
        sys.exit(f"{sdist.name} would be built with other versions than the repository: {sorted(new)}")
    replace(sdist, "Cargo.lock", lock.read_bytes())
    return sdist


def unpacked(sdist):
    """The sdist's folder, with new times, so that cargo takes nothing in it for built."""
    with tarfile.open(sdist) as archive:
        for member in archive.getmembers():
            member.mtime = None
        emptied(UNPACKED)
        for member in archive:
            archive.extract(member, UNPACKED)
    (folder,) = UNPACKED.iterdir()
    return folder


def locked(lock):
    return set(re.findall(r'name = "(.+)"\nversion = "(.+)"', lock.read_text()))


def replace(sdist, name, content):
    """Writes the archive again, with `content` in the place of the file `name` of its folder."""
    written = io.BytesIO()
    with tarfile.open(sdist) as old, tarfile.open(fileobj=written, mode="w") as new:
        for member in old:
            data = old.extractfile(member).read() if member.isfile() else b""
            if member.name.split("/", 1)[1:] == [name]:
                data = content
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    # mtime=0 and no name: the same input gives the same bytes.
    sdist.write_bytes(gzip.compress(written.getvalue(), mtime=0))
