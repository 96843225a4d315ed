"""Whom the driver trusts, and what it says when it does not."""

import datetime as dt
import re
import ssl
import threading
from pathlib import Path

import pytest
import trustme

from driver_peers import CANARY, Certificates, serving, wait_for
from stompws.driver import Driver, TlsOptions
from stompws.errors import ConnectionLostError, LocalProtocolError
from stompws.protocol import MessageReceived

pytestmark = pytest.mark.usefixtures("either_driver", "nothing_left_behind")


@pytest.mark.conformance(101, role="client", versions=["1.2"])
def test_own_authority_is_trusted(certificates: Certificates) -> None:
    """With the authority's certificate as ca_file a server of one's own is verified."""
    tls = TlsOptions(ca_file=certificates.ca_file)
    with serving(tls=certificates.server) as url, Driver.open(url, tls=tls) as driver:
        driver.send_frames(
            lambda protocol: (protocol.subscribe("/q"), protocol.send("/q", b"x" * 100_000))
        )
        message = wait_for(driver, MessageReceived)
        assert isinstance(message, MessageReceived)
        assert len(message.body) == 100_000


@pytest.mark.conformance(101, role="client", versions=["1.2"])
def test_unknown_authority_is_refused_with_advice(certificates: Certificates) -> None:
    """A certificate nobody vouches for is refused by default, with advice."""
    with (
        serving(tls=certificates.server) as url,
        pytest.raises(ConnectionLostError, match=r"not trusted .* ca_file"),
    ):
        Driver.open(url)


@pytest.mark.conformance(101, role="client", versions=["1.2"])
def test_wrong_name_is_refused(certificates: Certificates) -> None:
    """A valid certificate of another host is no proof."""
    tls = TlsOptions(ca_file=certificates.ca_file, server_hostname="other.example")
    with (
        serving(tls=certificates.server) as url,
        pytest.raises(ConnectionLostError, match="not trusted"),
    ):
        Driver.open(url, tls=tls)


def test_a_certificate_gets_the_advice_that_fits_it(
    certificates: Certificates, tmp_path: Path
) -> None:
    """The file of the authority helps against an unknown one, and against nothing else."""
    authority = trustme.CA()
    expired = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(
        "localhost",
        not_before=dt.datetime(2019, 1, 1, tzinfo=dt.UTC),
        not_after=dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
    ).configure_cert(expired)
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    cases = [
        (expired, TlsOptions(ca_file=ca_file), "is the clock of this machine right"),
        (
            certificates.server,
            TlsOptions(ca_file=certificates.ca_file, server_hostname="other.example"),
            "in the URL or as server_hostname",
        ),
        (
            certificates.server,
            TlsOptions(ca_file=ca_file),
            f"ca_file {str(ca_file)!r} does not hold the authority that signed it",
        ),
        (certificates.server, TlsOptions(), "give its certificate as ca_file"),
    ]
    for server, tls, advice in cases:
        with serving(tls=server) as url:
            with pytest.raises(ConnectionLostError, match=re.escape(advice)) as lost:
                Driver.open(url, tls=tls)
            assert str(lost.value).startswith(url.removeprefix("wss://").removesuffix("/stomp"))
            assert ("give its certificate as ca_file" in str(lost.value)) is (tls == TlsOptions())


def test_a_file_that_is_missing_is_named() -> None:
    """The option and the path, and that the file is not there."""
    text = "ca_file '/not/here.pem' cannot be read: No such file or directory"
    with pytest.raises(LocalProtocolError, match=f"^{re.escape(text)}$"):
        Driver.open("wss://localhost:1/", tls=TlsOptions(ca_file="/not/here.pem"))


@pytest.mark.conformance(101, role="client", versions=["1.2"])
def test_pin_alone_verifies_a_self_signed_server(certificates: Certificates) -> None:
    """The pinned certificate is the verification; colons and capitals do not matter."""
    tls = TlsOptions(fingerprint_sha256=certificates.fingerprint)
    with serving(tls=certificates.server) as url, Driver.open(url, tls=tls) as driver:
        assert driver.connected is not None


@pytest.mark.conformance(101, role="client", versions=["1.2"])
def test_wrong_pin_is_refused_before_anything_secret_leaves(certificates: Certificates) -> None:
    """Not even the upgrade request reaches a server with another certificate."""
    reached = threading.Event()
    tls = TlsOptions(ca_file=certificates.ca_file, fingerprint_sha256="ab" * 32)
    with (
        serving(lambda _: reached.set(), tls=certificates.server) as url,
        pytest.raises(ConnectionLostError, match="not the pinned one"),
    ):
        Driver.open(url, tls=tls, connect_headers={"passcode": CANARY})
    assert not reached.is_set()


@pytest.mark.conformance(101, role="client", versions=["1.2"])
def test_client_certificate_is_presented(tmp_path: Path) -> None:
    """A server that asks for a client certificate gets it."""
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(server)
    authority.configure_trust(server)
    server.verify_mode = ssl.CERT_REQUIRED
    own, ca_file = tmp_path / "own.pem", tmp_path / "ca.pem"
    authority.issue_cert("client.example").private_key_and_cert_chain_pem.write_to_path(str(own))
    authority.cert_pem.write_to_path(str(ca_file))
    with serving(tls=server) as url:
        with Driver.open(url, tls=TlsOptions(ca_file=ca_file, client_cert=own)) as driver:
            assert driver.connected is not None
        with pytest.raises(ConnectionLostError):
            Driver.open(url, tls=TlsOptions(ca_file=ca_file))


@pytest.mark.parametrize(
    "tls",
    [
        TlsOptions(fingerprint_sha256="abc"),
        TlsOptions(fingerprint_sha256="zz" * 32),
        TlsOptions(ca_file="/does/not/exist.pem"),
        TlsOptions(client_cert="/does/not/exist.pem"),
        TlsOptions(client_key="/does/not/exist.pem"),
    ],
    ids=["short", "not hex", "no ca", "no certificate", "key alone"],
)
def test_unusable_tls_options_are_refused(tls: TlsOptions) -> None:
    """A mistake in the options is the caller's, and is not taken for a network fault."""
    with pytest.raises(LocalProtocolError):
        Driver.open("wss://localhost:1/", tls=tls)
