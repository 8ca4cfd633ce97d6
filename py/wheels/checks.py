"""What is checked of each package before anybody may have it."""

import io
import re
import sys
import tarfile
import zipfile

from elftools.elf.elffile import ELFFile
from places import HIDDEN, tool


def all_of(sdist, wheels):
    tool("twine", "check", "--strict", sdist, *wheels)
    # W004: PyInstaller demands a hyphen in the name of a hook.
    tool("check-wheel-contents", "--ignore", "W004", *wheels)
    for wheel in wheels:
        if "-abi3-" in wheel.name:
            tool("abi3audit", "--strict", "--assume-minimum-abi3", "3.9", wheel)
        if "linux" in wheel.name:
            is_for_its_platform(wheel)
        names_no_path_of_here(wheel, members_of_wheel(wheel))
    names_no_path_of_here(sdist, members_of_sdist(sdist))


def is_for_its_platform(wheel):
    tag = re.search(r"(many|musl)linux_\d+_\d+_\w+?(?=\.whl|\.)", wheel.name).group()
    if tag.startswith("musl"):
        # auditwheel knows musl only by Alpine's name for it. The loader of any musl takes this name for itself.
        is_right = (shown := needed(wheel)) == ["libc.so"]
    else:
        # It exits with 0 whatever it finds.
        shown = tool("auditwheel", "show", wheel)
        is_right = f'is consistent with the following platform tag: "{tag}"' in " ".join(shown.split())
    if not is_right:
        sys.exit(f"{wheel.name} does not fit its name:\n{shown}")
    print(f"{wheel.name}: {wheel.stat().st_size:,} bytes, fits {tag}")


def needed(wheel):
    """The names of the shared libraries that its extension module is linked with."""
    (module,) = [data for name, data in members_of_wheel(wheel) if name.endswith(".so")]
    dynamic = ELFFile(io.BytesIO(module)).get_section_by_name(".dynamic")
    return [tag.needed for tag in dynamic.iter_tags("DT_NEEDED")]


def members_of_wheel(wheel):
    with zipfile.ZipFile(wheel) as archive:
        yield from ((name, archive.read(name)) for name in archive.namelist())


def members_of_sdist(sdist):
    with tarfile.open(sdist) as archive:
        yield from ((member.name, archive.extractfile(member).read()) for member in archive if member.isfile())


def names_no_path_of_here(package, members):
    for name, data in members:
        for path in HIDDEN:
            if (at := data.find(f"{path}/".encode())) >= 0:
                shown = data[max(0, at - 40) : at + 120]
                sys.exit(f"{package.name}: {name} names a path of this machine: {shown!r}")
