"""The header and the library, as a C or C++ programmer meets them."""

import re
import shutil
import subprocess

import pytest
from c_face import MEMBERS
from c_header import adapter, comments, functions, parameters, table
from places import HEADER, shared_library
from table import TABLE, Operation, c_name

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
    text = TWICE + """
    int main() {
        const katapult_wait wait = {1.5, nullptr, nullptr};
        int64_t number = 0;
        bool found = katapult_reply_integer("[1]", "/0", &number);
        katapult_outcome outcome = katapult_reply_outcome(nullptr);
        katapult_status without = katapult_disk_attach(nullptr, "x", nullptr, nullptr);
        katapult_status with = katapult_disk_attach(nullptr, "x", &wait, nullptr);
        return !found || outcome != KATAPULT_OUTCOME_NONE || without != with || katapult_version() == nullptr;
    }
    """
    compile_text(tmp_path, CXX, ".cpp", text, "-std=c++11", shared_library(), "-o", tmp_path / "program")
    assert subprocess.run([tmp_path / "program"]).returncode == 0


def walkthrough():
    """The example in the comment that the header opens with: fenced with ```, or indented."""
    comment = re.match(r"\s*/\*(.*?)\*/", HEADER.read_text(encoding="utf-8"), re.DOTALL)
    assert comment, "the header must open with a walkthrough"
    lines = [re.sub(r"^\s*\*( |$)", "", line) for line in comment[1].splitlines()]
    fenced = re.search(r"^```c?\n(.*?)^```", "\n".join(lines), re.DOTALL | re.MULTILINE)
    if fenced:
        return fenced[1]
    return "\n".join(line for line in lines if line.startswith("    ") or not line.strip())


def test_the_walkthrough_creates_a_disk(tmp_path, sim):
    example = walkthrough()
    assert "main(" in example, "the walkthrough must show a whole program"
    program = tmp_path / "walkthrough"
    compile_text(tmp_path, CC, ".c", example, "-std=c99", shared_library(), "-o", program)
    finished = subprocess.run([program], env=sim.about["environment"], capture_output=True, text=True)
    assert re.fullmatch(r"ok: disk_\w{16}\n", finished.stdout), finished
    assert sim.state()["created"] == 1
    finished = subprocess.run([program], env={}, capture_output=True, text=True)
    assert finished.stdout.startswith("invalid_configuration: ") and "KATAPULT_API_TOKEN" in finished.stdout


def test_every_function_of_the_contract_is_declared_and_documented():
    assert len(functions()) > 60
    assert functions().keys() == comments().keys(), "there is a comment above each declaration"


def test_the_members_of_an_error_are_described():
    example = re.search(r'\{"status": .*?"\}', HEADER.read_text(encoding="utf-8"), re.DOTALL)[0]
    assert re.findall(r'^[ *]*\{?"(\w+)": ', "\n" + example, re.MULTILINE) == MEMBERS


def test_the_library_exports_what_is_declared_and_nothing_else():
    listing = subprocess.run(
        ["nm", "-D", "--defined-only", str(shared_library())], capture_output=True, text=True, check=True
    )
    exported = sorted(line.split()[-1] for line in listing.stdout.splitlines())
    assert exported == sorted(f"katapult_{name}" for name in functions())


def test_a_function_is_declared_as_it_is_in_the_table():
    header = """
    /** katapult_not_this(const char *comment); */
    katapult_status katapult_thing_put(const katapult_client *client,
                                       const char *thing_id, const char *request_json,
                                       const katapult_wait *wait, char **reply);
    katapult_status katapult_thing_list_pages(const katapult_client *client, katapult_page_fn page,
                                              void *user_data, char **reply);
    katapult_status katapult_thing_put_many(const katapult_client *client, const char *request_json,
                                            const katapult_wait *wait, katapult_result_fn result,
                                            void *user_data, char **reply);
    const char *katapult_version(void);
    """.replace("\n    ", "\n")
    declared = functions(header)
    assert list(declared) == ["thing_put", "thing_list_pages", "thing_put_many", "version"]
    assert declared["version"] == {}
    assert list(comments(header)) == ["thing_put"]
    assert parameters("const char *reply, int64_t *value") == {"reply": "const char *", "value": "int64_t *"}
    made = table(declared)
    assert '{"thing_put", 2, 1, 0, 0, call_thing_put},' in made
    assert '{"thing_list_pages", 0, 0, 1, 0, call_thing_list_pages},' in made
    assert '{"thing_put_many", 1, 1, 0, 1, call_thing_put_many},' in made
    assert "katapult_thing_put(given->client, given->text[0], given->text[1], given->wait, given->reply)" in made
    with pytest.raises(AssertionError, match="katapult_x gets for double"):
        adapter("x", {"client": "const katapult_client *", "seconds": "double"})


def test_an_operation_has_the_name_of_its_function():
    for operation, name in {
        "wipe_disk": "disk_wipe",
        "get_disk_template_version_spec": "disk_template_version_spec_get",
        "list_disk_backup_policies": "disk_backup_policy_list",
        "list_virtual_machine_disks": "virtual_machine_disk_list",
        "ensure_disk_size": "disk_ensure_size",
        "purge_all_trash": "trash_purge_all",
        "openstack_detach_volume": "openstack_volume_detach",
        "openstack_list_volume_attachments": "openstack_volume_attachment_list",
    }.items():
        assert c_name(TABLE.get(operation, Operation(operation))) == name


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
