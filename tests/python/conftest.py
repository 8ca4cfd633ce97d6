import os
import signal
import urllib.parse

import pytest

KEPT = {
    *("KATAPULT_RECORDINGS", "KATAPULT_OPENAPI", "KATAPULT_NOVA_CAPTURES"),
    *("KATAPULT_C_DRIVER", "KATAPULT_RUST_DRIVER", "KATAPULT_TESTED_COPY"),
}


def clean_environment():
    """Some machines preset these, and each of them changes what a client does."""
    for name in list(os.environ):
        upper = name.upper()
        if (
            upper in ("SSL_CERT_FILE", "SSL_CERT_DIR", "RUST_BACKTRACE")
            or upper.endswith("_PROXY")
            or (upper.startswith(("KATAPULT_", "OS_")) and name not in KEPT)
        ):
            del os.environ[name]


# Before katapult_disk is imported and before any driver is started.
clean_environment()
# A shell starts what runs in its background with Ctrl-C ignored, and so would every program of the tests be.
signal.signal(signal.SIGINT, signal.default_int_handler)

from c_face import CFace  # noqa: E402
from certificates import Certificates  # noqa: E402
from faces import PythonFace, RustFace  # noqa: E402
from faults import FaultServer  # noqa: E402
from object_fixtures import (  # noqa: E402, F401
    attachment,
    client,
    deleted,
    get,
    listed,
    machine,
    made,
    nova,
    policy,
    spec,
    started,
    template,
)
from real_servers import Nginx  # noqa: E402
from simulator import Simulator  # noqa: E402
from stories import value  # noqa: E402


def pytest_configure(config):
    quiet = "quiet: measures a time that a busy machine would stretch, so it does not run beside the others"
    config.addinivalue_line("markers", quiet)


@pytest.fixture(scope="session")
def running_simulator():
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def sim(running_simulator):
    """The simulator as it was at its start."""
    running_simulator.reset()
    return running_simulator


@pytest.fixture(scope="session")
def faces():
    made = {"python": PythonFace(), "c": CFace(), "rust": RustFace()}
    yield made
    for face in made.values():
        face.close()


@pytest.fixture(params=["python", "c", "rust"])
def face(request, faces):
    return faces[request.param]


@pytest.fixture
def c_face(faces):
    return faces["c"]


@pytest.fixture
def fault_server():
    with FaultServer() as server:
        yield server


@pytest.fixture(scope="session")
def nginx(running_simulator, tmp_path_factory):
    """A real one, in front of the simulator."""
    service = urllib.parse.urlsplit(running_simulator.about["control_url"]).netloc
    with Nginx(Certificates(tmp_path_factory.mktemp("certificates")), service) as server:
        yield server


@pytest.fixture
def call(face, sim):
    """Calls an operation with the simulator's options."""

    def calling(operation, **arguments):
        client = arguments.pop("client", {})
        return face.call(sim.options_for(operation, **client), operation, arguments)

    return calling


@pytest.fixture
def create(call, sim):
    def creating(**arguments):
        about = sim.about
        defaults = {"organization": about["organization"], "data_center": about["data_center"]}
        return value(call("create_disk", name="Story", size_in_gb=20, **{**defaults, **arguments}))

    return creating
