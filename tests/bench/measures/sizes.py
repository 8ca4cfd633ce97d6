"""How large the files are that users get."""

from rows import Row

MIB = 1024 * 1024


def measure(bench, server):
    library = bench.release / "libkatapult_disk.so"
    for title, path in (("stripped `libkatapult_disk.so`", library), ("wheel", bench.wheel)):
        size = path.stat().st_size / MIB
        yield Row(f"Size of the {title}, MiB", f"{size:.2f} MiB", "", "", size, 2.6)
