"""README.md from top to bottom, as somebody follows it who has never been here: its commands and programs in their order.

Whoever it is has an empty home, an empty folder for programs, and the checkout; the simulator is the service. What they see is printed.
"""

import os
import subprocess
import sys
import tempfile
import venv
from itertools import groupby
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "tests" / "python"))

import document_blocks  # noqa: E402
from places import HEADER, TARGET  # noqa: E402
from simulator import Simulator  # noqa: E402

# `.ci/run` runs them as they stand there, in the same checkout.
RUN_BY_CI = ("make demo", "make test")


class Newcomer:
    def __init__(self, sim, folder):
        self.sim = sim
        self.home, self.programs = folder / "home", folder / "programs"
        self.home.mkdir()
        self.programs.mkdir()
        # The compiler's lines name them.
        (self.programs / "include").symlink_to(HEADER.parent)
        (self.programs / "target").symlink_to(TARGET)
        venv.create(folder / "venv", with_pip=True)
        self.python = folder / "venv" / "bin" / "python"
        self.environment = {
            **document_blocks.environment(sim, self.home),
            # pip may need a proxy.
            **{name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")},
            # Rust stays where it is, though it is looked for in the home.
            "CARGO_HOME": os.environ.get("CARGO_HOME") or str(Path.home() / ".cargo"),
            "RUSTUP_HOME": os.environ.get("RUSTUP_HOME") or str(Path.home() / ".rustup"),
            "HOME": str(self.home),
            "PATH": f"{self.python.parent}{os.pathsep}{os.environ['PATH']}",
        }

    def follow(self, language, blocks):
        follow = {"console": self.type, "python": self.run_python, "c": self.compile_c, "rust": self.run_rust}.get(language)
        if follow:
            follow(blocks)
        else:
            assert language == "text", f"nobody knows how to follow a block of {language!r}"

    def run(self, *command, where=None):
        print(f"$ {' '.join(map(str, command))}", flush=True)
        ran = subprocess.run(
            command, cwd=where or self.programs, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        print(ran.stdout, end="", flush=True)
        if ran.returncode != 0:
            sys.exit(f"it ended with {ran.returncode}")
        return ran.stdout

    def type(self, blocks):
        for line in "".join(blocks).splitlines():
            command = line.removeprefix("$ ").split("  #")[0].strip()
            if command in RUN_BY_CI:
                assert f"step {command}\n" in (PROJECT / ".ci" / "run").read_text(), command
            elif command.startswith("export "):
                print(f"$ {command}", flush=True)
                kept = subprocess.check_output(["sh", "-c", f"{command} && env -0"], env=self.environment, text=True)
                self.environment.update(setting.split("=", 1) for setting in kept.split("\0") if setting)
            elif command.startswith("cc "):
                self.run("sh", "-c", command)
                assert self.run("./example").startswith("ok: "), "the program said something else"
            else:
                self.run("sh", "-c", command, where=PROJECT)

    def run_python(self, blocks):
        """Those that follow each other are one program, as in a notebook."""
        (self.programs / "program.py").write_text(document_blocks.filled("\n".join(blocks), self.sim.about))
        self.run(self.python, "program.py")

    def compile_c(self, blocks):
        for block in blocks:
            if "int main(" in block:
                (self.programs / "example.c").write_text(document_blocks.filled(block, self.sim.about))
            else:
                (self.programs / "part.c").write_text(PART_OF_A_FUNCTION % block)
                self.run("cc", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-Iinclude", "part.c")

    def run_rust(self, blocks):
        (block,) = blocks
        crate = self.programs / "rust"
        self.run("cargo", "new", "--quiet", "--vcs", "none", "--name", "example", crate)
        self.run("cargo", "add", "--quiet", "--path", PROJECT / "core", where=crate)
        (crate / "src" / "main.rs").write_text(document_blocks.filled(block, self.sim.about))
        self.run("cargo", "run", "--quiet", "--target-dir", TARGET / "newcomer", where=crate)


PART_OF_A_FUNCTION = """
#include <katapult_disk.h>

katapult_status part(const katapult_client *client, const char *disk_id, katapult_progress_fn progress, void *user_data) {
    katapult_status status = KATAPULT_STATUS_OK;
    char *reply = NULL;
%s
    katapult_string_free(reply);
    return status;
}
"""


def main():
    # Its home goes with it.
    with tempfile.TemporaryDirectory() as folder, Simulator() as sim:
        newcomer = Newcomer(sim, Path(folder))
        blocks = document_blocks.all_blocks((PROJECT / "README.md").read_text(encoding="utf-8"))
        for language, group in groupby(blocks, key=lambda block: block[0]):
            print(f"\n== {language}", flush=True)
            newcomer.follow(language, [text for _, text in group])


if __name__ == "__main__":
    main()
