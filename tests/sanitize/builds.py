"""The library and the C programs, built with a sanitizer, in target directories of their own."""

import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import c_header
from places import PROJECT, TARGET

C_FLAGS = ("-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-g", "-O1", "-pthread")
STATIC_LIBRARIES = ("-lutil", "-lrt", "-lpthread", "-lm", "-ldl", "-lc")


@dataclass(frozen=True)
class Sanitizer:
    name: str  # as compilers call it
    option: str  # of the environment, for its run time
    settings: str

    @property
    def target_dir(self):
        return TARGET / f"sanitize-{self.name}"

    @property
    def environment(self):
        return {self.option: self.settings}


ADDRESS = Sanitizer("address", "ASAN_OPTIONS", "detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1")
THREAD = Sanitizer("thread", "TSAN_OPTIONS", "halt_on_error=0:second_deadlock_stack=1")


def missing(sanitizer):
    """What keeps a sanitizer from being used on this machine, in words; None if nothing does."""
    if not c_compiler_has(sanitizer):
        return f"the C compiler has no -fsanitize={sanitizer.name}"
    if not run_time(sanitizer):
        return f"the Rust toolchain has no run time for -Zsanitizer={sanitizer.name}"
    if sanitizer is THREAD and not (sysroot() / "lib/rustlib/src/rust/library/Cargo.lock").exists():
        # With the standard library as it comes, its locks are invisible and everything they guard is reported.
        return "the sources of Rust's standard library are missing: rustup component add rust-src"
    return None


def c_compiler_has(sanitizer):
    with tempfile.TemporaryDirectory() as directory:
        source = Path(directory) / "empty.c"
        source.write_text("int main(void) { return 0; }\n")
        compiled = [*compiler(), f"-fsanitize={sanitizer.name}", "-c", source, "-o", source.with_suffix(".o")]
        linked = [*compiler(), source.with_suffix(".o"), *run_time_options(sanitizer), "-o", source.with_suffix("")]
        steps = [compiled] if sanitizer is THREAD else [compiled, linked]
        return all(subprocess.run(step, capture_output=True).returncode == 0 for step in steps)


def run_time(sanitizer):
    """Rust's, if it has one."""
    return next(sysroot().glob(f"lib/rustlib/{host()}/lib/*.{sanitizer.name[0]}san.a"), None)


def run_time_options(sanitizer):
    """The C compiler's run time, but of ThreadSanitizer Rust's: GCC's of 2022 lacks functions that Rust's code calls."""
    if sanitizer is not THREAD:
        return [f"-fsanitize={sanitizer.name}"]
    return ["-Wl,--whole-archive", str(run_time(sanitizer)), "-Wl,--no-whole-archive", "-rdynamic", "-lrt", "-lm", "-ldl"]


def compiler():
    return os.environ.get("CC", "cc").split()


def rustc(*arguments):
    return subprocess.run(["rustc", *arguments], check=True, capture_output=True, text=True).stdout


def sysroot():
    return Path(rustc("--print", "sysroot").strip())


def host():
    return next(line.split()[1] for line in rustc("-vV").splitlines() if line.startswith("host:"))


def cargo(sanitizer, command, package):
    """Runs cargo with the sanitizer. A build script must not be sanitized, hence the explicit target."""
    # ThreadSanitizer has to see what the standard library's locks do; the others only miss what that does wrong.
    more = ["-Zbuild-std"] if sanitizer is THREAD else []
    environment = {
        **os.environ,
        **sanitizer.environment,
        # The -Z flags of a stable toolchain.
        "RUSTC_BOOTSTRAP": "1",
        "RUSTFLAGS": f"-Zsanitizer={sanitizer.name}",
        "CARGO_PROFILE_DEV_OPT_LEVEL": "1",
        "CARGO_PROFILE_DEV_DEBUG": "line-tables-only",
    }
    subprocess.run(
        ["cargo", command, "--quiet", "--locked", "-p", package, "--target", host(), *more]
        + ["--target-dir", str(sanitizer.target_dir), *(["--lib"] if command == "test" else [])],
        env=environment,
        cwd=PROJECT,
        check=True,
    )


def libraries(sanitizer):
    return sanitizer.target_dir / host() / "debug"


def program(sanitizer, source, linked="shared"):
    """Compiles a C program with the sanitizer, against the shared or the static library; its path."""
    directory = libraries(sanitizer)
    out = sanitizer.target_dir / f"{source.stem}-{linked}"
    if linked == "shared":
        library = [f"-L{directory}", "-lkatapult_disk", f"-Wl,-rpath,{directory}"]
    else:
        library = [str(directory / "libkatapult_disk.a"), *STATIC_LIBRARIES]
    (sanitizer.target_dir / "functions.h").write_text(c_header.table(c_header.functions()), encoding="utf-8")
    include = [f"-I{PROJECT / 'include'}", f"-I{source.parent}", f"-I{sanitizer.target_dir}"]
    compiled = [*compiler(), *C_FLAGS, f"-fsanitize={sanitizer.name}", *include, "-c", str(source), "-o", f"{out}.o"]
    linking = [*compiler(), "-pthread", f"{out}.o", "-o", str(out), *run_time_options(sanitizer), *library]
    for step in (compiled, linking):
        subprocess.run(step, check=True)
    return out
