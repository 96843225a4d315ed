"""What the tests of the driver share; `nothing_left_behind` is asked for by file."""

import gc
import ssl
import threading
import warnings
from collections.abc import Generator

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes

import kiosk_scripts
from bridged import BridgedDriver, BridgedKioskClient, Loop
from driver_peers import Certificates


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    authority = trustme.CA()
    issued = authority.issue_cert("localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issued.configure_cert(context)
    ca_file = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    leaf = x509.load_pem_x509_certificate(issued.cert_chain_pems[0].bytes())
    return Certificates(context, ca_file, leaf.fingerprint(hashes.SHA256()).hex(":").upper())


@pytest.fixture
def nothing_left_behind() -> Generator[None]:
    """Every driver's thread has ended and every socket is closed when a test is over."""
    yield
    names = [thread.name for thread in threading.enumerate() if thread.name.startswith("stompws ")]
    assert names == []
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        gc.collect()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give both drivers to who asks for `either_driver`, unless its rule is about one of them."""
    if "either_driver" in metafunc.fixturenames:
        threads_only = metafunc.definition.get_closest_marker("threads_only")
        drivers = ["threads"] if threads_only else ["threads", "asyncio"]
        metafunc.parametrize("either_driver", drivers, indirect=True)


@pytest.fixture
def either_driver(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Generator[None]:
    """Run the tests of a module with the driver and client of threads, and with those of asyncio.

    Asked for before `nothing_left_behind`, which looks when the loop is still there.
    """
    if request.param == "threads":
        yield
        return
    for name, bridged in [("Driver", BridgedDriver), ("KioskClient", BridgedKioskClient)]:
        for module in (request.module, kiosk_scripts):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, bridged)
    with Loop():
        yield
