"""The documents on fleets: their blocks of code are run, and so are the recipes that need nothing but Python."""

import ast
import subprocess
import sys

import document_blocks
import pytest
import recipes
from simulator import Simulator


@pytest.fixture
def folder(tmp_path):
    document_blocks.write_files(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def limited_simulator():
    """As the service is: with its rate limit, and tasks that take a second."""
    with Simulator(task_seconds=1, rate_limit=1000) as simulator:
        yield simulator


@pytest.fixture
def limited(limited_simulator):
    limited_simulator.reset()
    return limited_simulator


@pytest.fixture(scope="module")
def slow_simulator():
    with Simulator(task_seconds=2) as simulator:
        yield simulator


@pytest.fixture
def slow(slow_simulator):
    slow_simulator.reset()
    return slow_simulator


def test_each_block_is_run_or_is_a_recipe(tmp_path):
    names = ["with_threads.py", "shards.py", "with_processes.py", "with_dask.py", "with_ray.py"]
    assert document_blocks.write_files(tmp_path) == names
    assert len(document_blocks.blocks("fleets.md")) == len(INLINE) + 1
    assert len(document_blocks.blocks("engines.md")) == 4


INLINE = {
    0: ("print(run.counts)", "FleetCounts(created=1000,"),
    1: ("failed += ", "[]"),
    2: ("attaching", "attached\nattached\nattached\n"),
}


@pytest.mark.parametrize("number", INLINE)
def test_blocks(sim, number, tmp_path):
    holds, shows = INLINE[number]
    program = [block for block in document_blocks.blocks("fleets.md") if not block.startswith("# with_")][number]
    assert holds in program
    program = document_blocks.filled(program, sim.about)
    if number == 1:
        make = 'import katapult_disk\nkatapult_disk.create_disk("a", 20, annotations={"team": "storage"}, wait=True)\n'
        none_is_left = "assert list(katapult_disk.list_disks(annotations={'team': 'storage'})) == []"
        program = f"{make}{program}{none_is_left}\nprint(failed)\n"
    command = [sys.executable, "-W", "error", "-c", program]
    environment = document_blocks.environment(sim, tmp_path)
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert finished.returncode == 0, finished.stderr
    assert shows in finished.stdout


METHODS = ["spawn", "fork"]


@pytest.mark.parametrize("method", [*METHODS, "forkserver"])
def test_processes(limited, folder, method):
    recipes.creates_all("with_processes.py", limited, folder, method)
    recipes.costs(limited, most=1.1)
    recipes.again_nothing_is_created("with_processes.py", limited, folder, method)


@pytest.mark.parametrize("method", METHODS)
def test_errors_of_processes(limited, folder, method):
    recipes.tells_of_errors("with_processes.py", limited, folder, method)


@pytest.mark.quiet
@pytest.mark.parametrize(("method", "whom"), [("spawn", "group"), ("fork", "main")])
def test_ctrl_c_of_processes(slow, folder, method, whom):
    recipes.ends_at_ctrl_c("with_processes.py", slow, folder, method, whom=whom)


def test_threads(sim, folder):
    assert recipes.creates_all("with_threads.py", sim, folder, lines=1) == "200 built\n"
    assert recipes.again_nothing_is_created("with_threads.py", sim, folder) == "200 built\n"


@pytest.mark.quiet
def test_ctrl_c_of_threads(slow, folder):
    slow.latency(0.05)
    recipes.ends_at_ctrl_c("with_threads.py", slow, folder, permitted=1_000_000)


WORKER = """
import multiprocessing, sys
from katapult_disk import FleetCounts, progress

class Terminal:
    written = ""
    def isatty(self):
        return True
    def write(self, text):
        self.written += text

def shown(_=None):
    line = progress.FleetLine("order", "created", 9, stream=Terminal())
    stream = line._stream
    line(FleetCounts(created=1))
    line(FleetCounts(created=9))
    line.finish()
    return stream.written

if __name__ == "__main__":
    with multiprocessing.get_context(sys.argv[1]).Pool(1) as pool:
        print([shown(), *pool.map(shown, [0])])
"""


@pytest.mark.parametrize("method", METHODS)
def test_a_line_for_each_worker_on_a_terminal(tmp_path, method):
    """One that is redrawn would overwrite those of the other workers."""
    (tmp_path / "program.py").write_text(WORKER, encoding="utf-8")
    command = [sys.executable, "program.py", method]
    finished = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert finished.returncode == 0, finished.stderr
    redrawn, in_a_worker = ast.literal_eval(finished.stdout)
    assert redrawn.count("\r") == 2
    assert in_a_worker == "order: 9 of 9 created  0 s\n"
