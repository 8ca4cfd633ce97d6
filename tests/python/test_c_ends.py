"""What ends in the middle of a call: threads, functions that do not return, memory. What the header says of each."""

import json
import shutil
import signal
import subprocess

import pytest
from faults import answer, silence
from places import C_ENDS, HEADER, built, shared_library

CXX = shutil.which("c++") or shutil.which("g++")
PENDING = answer(200, {"task": {"id": "task_x", "name": "Build disk", "status": "pending", "progress": 0}})
LARGE = answer(200, {"disk": {"id": "disk_x", "name": "x" * (48 << 20)}, "annotations": []})
THROWS = """
#include <katapult_disk.h>
#include <stdexcept>
#include <cstdlib>
#include <cstring>

extern "C" {
static int progress(const char *, void *) { throw std::runtime_error("thrown on purpose"); }
static int page(const char *, void *) { throw 1; }
static int interrupt(void *) { throw 1; }
static void line(katapult_log_level, const char *, void *) { throw 1; }
}

int main(int, char **arguments) {
    const katapult_wait wait = {10, progress, nullptr};
    katapult_client *client = nullptr;
    katapult_client_new(arguments[1], &client, nullptr);
    if (std::strcmp(arguments[2], "interrupt") == 0) katapult_interrupt_set(interrupt, nullptr);
    if (std::strcmp(arguments[2], "log") == 0) katapult_log_set(line, nullptr, KATAPULT_LOG_LEVEL_DEBUG);
    if (std::strcmp(arguments[2], "page") == 0) katapult_disk_list_pages(client, nullptr, page, nullptr, nullptr);
    try { katapult_task_wait(client, "task_x", &wait, nullptr); } catch (...) { return 2; }
    return 0;
}
"""


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=60)


def aborted(finished, line):
    return (finished.returncode, finished.stdout) == (-signal.SIGABRT, "") and line in finished.stderr


def test_a_thread_that_is_cancelled_ends_after_its_call(fault_server):
    fault_server.run(silence)
    finished = run(built(C_ENDS), json.dumps(fault_server.katapult(timeout=1)), "cancel")
    assert (finished.returncode, finished.stdout) == (0, "done\n"), finished.stderr


def test_pthread_exit_in_a_function_of_the_program_aborts(fault_server):
    fault_server.run(PENDING)
    finished = run(built(C_ENDS), json.dumps(fault_server.katapult()), "pthread_exit")
    assert aborted(finished, "katapult-disk: the progress function must return"), finished


@pytest.mark.skipif(CXX is None, reason="no C++ compiler (c++ or g++) on this machine")
def test_an_exception_from_a_function_of_the_program_aborts(fault_server, tmp_path):
    source, program = tmp_path / "throws.cpp", tmp_path / "throws"
    source.write_text(THROWS, encoding="utf-8")
    library = shared_library()
    built = run(CXX, "-I", HEADER.parent, source, library, f"-Wl,-rpath,{library.parent}", "-o", program)
    assert built.returncode == 0, built.stderr
    page = answer(200, {"pagination": {"current_page": 1, "total_pages": 1, "total": 1, "per_page": 1}, "disk": []})
    for name, behaviour in (("progress", PENDING), ("page", page), ("interrupt", silence), ("log", PENDING)):
        fault_server.run(behaviour)
        finished = run(program, json.dumps(fault_server.katapult(organization="acme")), name)
        assert aborted(finished, f"katapult-disk: the {name} function must return"), (name, finished)


def test_a_response_that_does_not_fit_into_memory_is_too_large(fault_server):
    fault_server.run(LARGE)
    finished = run(built(C_ENDS), json.dumps(fault_server.katapult()), 16 << 10)
    assert (finished.returncode, finished.stdout) == (0, "done\n"), finished.stderr
    assert fault_server.count() == 1


def test_the_process_is_aborted_when_no_memory_is_left(fault_server):
    fault_server.run(LARGE)
    finished = run(built(C_ENDS), json.dumps(fault_server.katapult()), 0)
    assert aborted(finished, "memory allocation of"), finished
