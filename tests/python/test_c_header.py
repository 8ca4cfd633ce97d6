"""The header and the library, as a C or C++ programmer meets them."""

import re
import shutil
import subprocess

import pytest
from places import C_TESTS, HEADER, shared_library

STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
CC = shutil.which("cc") or shutil.which("gcc")
CXX = shutil.which("c++") or shutil.which("g++")
needs_cxx = pytest.mark.skipif(CXX is None, reason="no C++ compiler (c++ or g++) on this machine")
TWICE = "#include <katapult_disk.h>\n#include <katapult_disk.h>\n"


def compile_text(tmp_path, compiler, suffix, text, *arguments):
    source = tmp_path / f"source{suffix}"
    source.write_text(text, encoding="utf-8")
    # A library comes after what needs it.
    command = [compiler, *STRICT, "-I", HEADER.parent, source, *arguments]
    finished = subprocess.run(command, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr


@pytest.mark.parametrize("standard", ["c99", "c11"])
def test_the_header_is_c(tmp_path, standard):
    compile_text(tmp_path, CC, ".c", TWICE + "int main(void) { return 0; }\n", f"-std={standard}", "-fsyntax-only")


@needs_cxx
def test_the_header_is_cxx(tmp_path):
    text = TWICE + "int main() { return katapult_version() == nullptr; }\n"
    compile_text(tmp_path, CXX, ".cpp", text, "-std=c++11", shared_library(), "-o", tmp_path / "program")


def walkthrough():
    """The example in the comment that the header opens with: fenced with ```, or indented."""
    comment = re.match(r"\s*/\*(.*?)\*/", HEADER.read_text(encoding="utf-8"), re.DOTALL)
    assert comment, "the header must open with a walkthrough"
    lines = [re.sub(r"^\s*\*( |$)", "", line) for line in comment[1].splitlines()]
    fenced = re.search(r"^```c?\n(.*?)^```", "\n".join(lines), re.DOTALL | re.MULTILINE)
    if fenced:
        return fenced[1]
    return "\n".join(line for line in lines if line.startswith("    ") or not line.strip())


def test_the_walkthrough_compiles(tmp_path):
    example = walkthrough()
    assert "main(" in example, "the walkthrough must show a whole program"
    compile_text(tmp_path, CC, ".c", example, "-std=c99", shared_library(), "-o", tmp_path / "walkthrough")


def test_every_function_of_the_contract_is_declared_and_documented():
    text = HEADER.read_text(encoding="utf-8")
    for name in symbols():
        assert re.search(rf"\*/\s*[^;/]*\b{name}\s*\(", text), f"{name} has no comment above its declaration"


def symbols():
    return (C_TESTS / "symbols.txt").read_text().split()


def test_the_library_exports_what_is_listed_and_nothing_else():
    listing = subprocess.run(
        ["nm", "-D", "--defined-only", str(shared_library())], capture_output=True, text=True, check=True
    )
    assert sorted(line.split()[-1] for line in listing.stdout.splitlines()) == symbols()


def statuses():
    """The header's constants without their prefix, and their numbers."""
    found = re.findall(r"\bKATAPULT_STATUS_([A-Z0-9_]+)\s*=\s*(\d+)", HEADER.read_text(encoding="utf-8"))
    return {name.lower(): int(number) for name, number in found}


API_CODES = """
    missing_api_token invalid_api_token unauthorized_network_for_api_token invalid_capabilities_token scope_not_granted
    permission_denied organization_suspended organization_not_activated organization_not_found disk_not_found
    task_not_found object_in_trash task_queueing_error validation_error unassigned_disk rate_limit_reached
    service_unavailable virtual_machine_not_found unable_to_assign unable_to_unassign disk_io_profile_not_found
    data_center_not_found disk_template_not_found disk_template_version_not_found operating_system_not_found
    disk_backup_policy_not_found invalid_timestamp trash_object_not_found
""".split()
OWN_STATUSES = """
    invalid_argument invalid_configuration connection_failed tls_failed timed_out interrupted invalid_response
    response_too_large api_error task_failed openstack_bad_request openstack_unauthorized openstack_forbidden
    openstack_not_found openstack_conflict openstack_error internal_error
""".split()


def test_every_status_has_its_own_number():
    numbers = statuses()
    assert numbers["ok"] == 0
    assert set(API_CODES + OWN_STATUSES) <= set(numbers)
    assert len(set(numbers.values())) == len(numbers)


def test_every_number_has_its_name(c_face):
    for name, number in statuses().items():
        assert c_face.send("status_name", str(number)) == [name]


@pytest.mark.parametrize("number", ["-1", "1000000", "2147483647", "-2147483648"])
def test_an_unknown_number_gives_a_string(c_face, number):
    [name] = c_face.send("status_name", number)
    assert name and name not in statuses()


def test_the_version(c_face):
    [version] = c_face.send("version")
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", version)
