"""Every option of both clients with everything that it must refuse: as JSON in C, as an argument in Python, as a
variable of the environment, as an entry of clouds.yaml. A secret among them shows in no message."""

import inspect
import json
import os
import re

import katapult_disk
import pytest
from bad_arguments import kind_of
from bad_values import IN_JSON, IN_PYTHON, MEGABYTE, NO_JSON, NOT_UTF8, SECRET
from c_face import CFace
from faults import FaultServer, answer
from katapult_disk import openstack

SERVICES = {"katapult": katapult_disk.Client, "openstack": openstack.Client}
MAKERS = {"katapult": "client_new", "openstack": "openstack_client_new"}
STATUSES = ("invalid_argument", "invalid_configuration")
# Of these a null says something: no limit.
LIMITS = {"timeout", "connect_timeout"}
NO_URL = [
    *("nonsense", "ftp://127.0.0.1", "//127.0.0.1", "https://", "https:///x", "https://:1", "https://a b"),
    *("https://127.0.0.1:0", "https://127.0.0.1:65536", "https://127.0.0.1:x", "https://127.0.0.1:", "https://[::1"),
    *("https://127.0.0.1/?a", "https://127.0.0.1/#a", "https://127.0.0.1/../a", "https://127.0.0.1/é", "https://💾"),
    *("https://127.0.0.1/a\r\nb", "https://127.0.0.1/a\0b", "https://*", f"https://user:{SECRET}@127.0.0.1"),
    *("https://127.0.0.1/" + "x" * 5000, "http://user@127.0.0.1:1", "https://a\\b", "\t"),
]
NO_HEADER = ["a\nb", "a\r\nX-Injected: 1", "a\0b", "é", "💾", "\x7f", " ", "\t"]
BAD_PROXIES = [
    *("nonsense nonsense", "socks5://127.0.0.1:1", "http://", "a\nb", "a\0b", "💾", f"ftp://u:{SECRET}@h"),
    *(f"http://u:{SECRET}{cut}x@h" for cut in "/?#"),
    *(f"http://u:1{cut}{SECRET}@h" for cut in "/?#"),
    *(f"u:{SECRET}://x@h", f"{SECRET}://h", f"'http://u:{SECRET}@h'", f"http://u:{SECRET}@h:x"),
    *(f"http://u:x {SECRET}@h", " http://127.0.0.1:1", "http://127.0.0.1:1\n", '"http://127.0.0.1:1"'),
    *(":1", "//127.0.0.1:1"),
]
# What else is wrong for an option of one name, as a text.
BAD_TEXTS = {
    "api_token": NO_HEADER,
    "token": NO_HEADER,
    "user_agent": ["", "a\nb", "a\r\nX-Injected: 1", "a\0b", "é", "💾", "\x7f", MEGABYTE],
    "base_url": NO_URL,
    "endpoint": NO_URL,
    "auth_url": NO_URL,
    "proxy": BAD_PROXIES,
    **dict.fromkeys(["ca_file", "cert_file", "key_file"], ["", "/nonexistent/ca.pem", "/", "a\0b", os.devnull]),
    "project_id": ["..", "/", "A", "é", "a b", "a\0b"],
    "interface": ["Public", "publicurl", "private", "public ", "public\0"],
    "compute_api_version": ["2.", ".1", "2.1.1", "-2.1", "two", "2.1\r\nX: 1", "2.1\0", "２.1", "latest "],
    "cloud": ["nowhere", "..", "a\0b"],
}


@pytest.fixture(scope="module")
def listening():
    with FaultServer() as server:
        server.run(answer(500, {}))
        yield server
        assert server.connections == 0, "making a client sends nothing"


@pytest.fixture(scope="module")
def face(listening):
    face = CFace()
    yield face
    face.close()


def good(listening, service, key):
    """Good options, of the kind that an option belongs to."""
    if service == "katapult":
        return listening.katapult()
    login = {"auth_url": listening.url(), "username": "ada", "password": "pw", "project_name": "web"}
    if key.startswith("application_credential"):
        secret = {"application_credential_secret": "s"}
        return {"auth_url": listening.url(), "username": "ada", "application_credential_name": "ci", **secret}
    if key in ("endpoint", "token", "project_id"):
        return {**listening.openstack(), "endpoint": listening.url(), "project_id": "4c1d9f20"}
    return login


def problem_of(error, key, *words):
    """What is wrong with the refusal, or None."""
    text = error["description"] or ""
    if error["status"] not in STATUSES or error["outcome"] != "not_sent":
        return f"{error['status']}, {error['outcome']}: {text[:200]}"
    if not re.search(rf"(?<!\w)({'|'.join(map(re.escape, (key, *words)))})(?!\w)", text):
        return f"{text[:200]!r} does not name {key}"
    return f"says too much: {text[:150]}" if len(text) > 700 or SECRET in text else None


def fails(problems):
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


def known_options(service):
    return [name for name in inspect.signature(SERVICES[service]).parameters]


OPTIONS = [(service, key) for service in SERVICES for key in known_options(service)]


@pytest.mark.parametrize("service", SERVICES)
def test_c_and_python_know_the_same_options(face, service):
    _, reply = face.send(MAKERS[service], '{"unkn0wn": 1}')
    description = json.loads(reply)["description"]
    assert set(description.partition("known here: ")[2].split(", ")) == set(known_options(service))


def in_json(key):
    literals = [*IN_JSON["text" if kind_of(key) == "path" else "limit" if key in LIMITS else kind_of(key)]]
    return literals + [json.dumps(text) for text in BAD_TEXTS.get(key, [])]


@pytest.mark.parametrize(("service", "key"), OPTIONS)
def test_options_in_json(face, listening, service, key):
    problems = []
    options = good(listening, service, key)
    options.pop(key, None)
    begin = json.dumps(options)[:-1]
    for literal in [*in_json(key), f"null, {json.dumps(key)}: null"]:
        status, reply = face.send(MAKERS[service], f"{begin}, {json.dumps(key)}: {literal}}}")
        problem = "was accepted" if status == "ok" else problem_of(json.loads(reply), key)
        if problem:
            problems.append(f"{key}: {literal[:80]}: {problem}")
    fails(problems)


@pytest.mark.parametrize("service", SERVICES)
def test_options_that_are_no_json(face, service):
    problems = []
    for text in [*NO_JSON.values(), NOT_UTF8]:
        status, reply = face.send(MAKERS[service], text)
        problem = "was accepted" if status == "ok" else problem_of(json.loads(reply), "options_json")
        if problem:
            problems.append(f"{text[:80]!r}: {problem}")
    fails(problems)


def error_of(error):
    status = "invalid_argument" if isinstance(error, katapult_disk.InvalidArgument) else "invalid_configuration"
    known = isinstance(error, (katapult_disk.InvalidArgument, katapult_disk.InvalidConfiguration))
    return {
        "status": status if known else type(error).__name__,
        "outcome": getattr(error, "outcome", None),
        "description": str(error),
    }


def refused(make, key, *words):
    try:
        made = make()
    except Exception as error:
        return problem_of(error_of(error), key, *words)
    return f"gave {made!r}"


@pytest.mark.parametrize(("service", "key"), OPTIONS)
def test_options_in_python(listening, service, key):
    bad = [*IN_PYTHON["limit" if key in LIMITS else kind_of(key)], *BAD_TEXTS.get(key, [])]
    problems = []
    for value in bad:
        options = {**good(listening, service, key), key: value}
        problem = refused(lambda options=options: SERVICES[service](**options), key)
        if problem:
            problems.append(f"{key}={repr(value)[:80]}: {problem}")
    fails(problems)


@pytest.mark.parametrize("key", ["organization", "data_center"])
def test_a_default_that_names_nothing_is_refused_with_the_client(listening, key):
    for value in ("", {"id": ""}, {"idd": "a"}, {"": "a"}, MEGABYTE, {MEGABYTE: "a"}):
        options = listening.katapult(**{"organization": "acme", key: value})
        assert refused(lambda options=options: katapult_disk.Client(**options), key) is None, repr(value)[:80]


# The environment: what each variable stands for.
VARIABLES = {
    "katapult": {
        "KATAPULT_API_TOKEN": "api_token",
        "KATAPULT_API_KEY": "api_token",
        "KATAPULT_API_URL": "base_url",
        "KATAPULT_ORGANIZATION": "organization",
        "KATAPULT_DATA_CENTER": "data_center",
    },
    "openstack": {
        **{f"OS_{key.upper()}": key for key in known_options("openstack") if kind_of(key) == "secret"},
        "OS_AUTH_TOKEN": "token",
        "OS_COMPUTE_ENDPOINT_OVERRIDE": "endpoint",
        "OS_TENANT_NAME": "project_name",
        "OS_TENANT_ID": "project_id",
        "OS_ENDPOINT_TYPE": "interface",
        "OS_CACERT": "ca_file",
        "OS_CERT": "cert_file",
        "OS_KEY": "key_file",
        "OS_COMPUTE_SERVICE_NAME": "service_name",
    },
}
for name in ("OS_SERVICE_TYPE", "OS_SERVICE_NAME"):
    del VARIABLES["openstack"][name]
PAIRS = [(service, variable) for service, variables in VARIABLES.items() for variable in variables]


@pytest.mark.parametrize(("service", "variable"), PAIRS)
def test_variables(listening, monkeypatch, service, variable):
    key = VARIABLES[service][variable]
    options = good(listening, service, key)
    options.pop(key, None)
    if key == "cloud":
        options = {}
    if key in ("application_credential_id", "user_id"):
        options.pop("application_credential_name", None)
    # Blanks around a value of OpenStack's do not count. The last one is not UTF-8, as an environment may be.
    texts = [text.strip() if service == "openstack" else text for text in BAD_TEXTS.get(key, [])]
    good_words = {"public", "latest"}
    bad = [text for text in texts if text and "\0" not in text and text != MEGABYTE and text not in good_words]
    bad.append("\udcff")
    problems = []
    for text in bad:
        monkeypatch.setenv(variable, text)
        problem = refused(lambda: SERVICES[service](**options), key, variable)
        if problem:
            problems.append(f"{variable}={text[:80]!r}: {problem}")
    fails(problems)


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
def test_proxies_of_the_environment(monkeypatch, variable):
    # Not UTF-8, as an environment may be.
    for text in [*BAD_TEXTS["proxy"], "\udcff"]:
        if "\0" not in text:
            monkeypatch.setenv(variable, text)
            problem = refused(lambda: katapult_disk.Client("t", base_url="https://192.0.2.1"), variable)
            assert problem is None, f"{variable}={text!r}: {problem}"


@pytest.mark.parametrize("variable", ["NO_PROXY", "no_proxy"])
def test_exceptions_from_the_proxy_that_are_not_utf_8(monkeypatch, variable):
    def client():
        return katapult_disk.Client("t", base_url="https://192.0.2.1")

    monkeypatch.setenv(variable, "192.0.2.1,\udcff")
    client().close()  # Without a proxy nobody reads it.
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    assert refused(client, variable) is None


AUTH = {
    *("username", "user_id", "password", "user_domain_name", "user_domain_id", "project_name", "project_id"),
    *("project_domain_name", "project_domain_id", "application_credential_id", "application_credential_name"),
    *("application_credential_secret", "auth_url", "token", "endpoint"),
}
OUTSIDE = {"region_name": "region_name", "interface": "interface", "compute_api_version": "compute_api_version"}
OUTSIDE |= {"cacert": "ca_file", "compute_service_type": "service_type", "compute_endpoint_override": "endpoint"}
OUTSIDE |= {"cert": "cert_file", "key": "key_file"}
LISTS = {"region_name", "interface"}


@pytest.mark.parametrize("key", sorted([*AUTH, *OUTSIDE, "verify"]))
def test_entries_of_clouds_yaml(listening, monkeypatch, tmp_path, key):
    option = OUTSIDE.get(key, key)
    path = tmp_path / "clouds.yaml"
    monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(path))
    entry = good(listening, "openstack", option)
    entry.pop(option, None)
    # An empty text counts as left out, and a word such as true as what is written.
    bad = ["[]", "[[x]]", "{}", "{a: b}", "&a [*a]", "!vault x"] + ["[x]"] * (key not in LISTS)
    if key == "verify":
        bad = ["0", "1", "[]", "maybe", "/etc/ca.pem"]
    texts = [text for text in BAD_TEXTS.get(option, []) if text not in ("", MEGABYTE, "public ")]
    bad += [json.dumps(text, ensure_ascii=False) for text in texts]
    problems = []
    for text in bad:
        inside = [f"{name}: {json.dumps(value)}" for name, value in entry.items()]
        outside = [] if key in AUTH else [f"{key}: {text}"]
        inside += [f"{key}: {text}"] if key in AUTH else []
        lines = ["clouds:", "  sim:", *(f"    {line}" for line in outside), "    auth:"]
        path.write_text("\n".join([*lines, *(f"      {line}" for line in inside)]) + "\n", encoding="utf-8")
        problem = refused(lambda: openstack.Client(cloud="sim"), key, option, "clouds.yaml")
        if problem:
            problems.append(f"{key}: {text[:80]}: {problem}")
    fails(problems)
