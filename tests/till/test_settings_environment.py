"""What the environment says: read as a whole, and refused as a whole."""

import subprocess
import sys
from pathlib import Path

import pytest
import trustme

from ips_till.actions import Policy
from ips_till.environment import VARIABLES, TillEnvironment
from ips_till.errors import ConfigurationError
from ips_till.keys import KeyFile, KeyringKey, ReadOnlyKey
from key_helpers import OLD, put
from worldpay_ips import CloudLive, CloudTest, OnPremise

URL = "wss://ips.example.com:7080/ipc-app/payment/INST001"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """The least that is enough."""
    return {
        "IPS_TILL_URL": URL,
        "IPS_TILL_LICENSE_KEY": OLD,
        "IPS_TILL_JOURNAL": str(tmp_path / "journal.sqlite3"),
    }


def problem(environ: dict[str, str], **changes: str) -> str:
    """What is said about an environment with these changes."""
    with pytest.raises(ConfigurationError) as caught:
        TillEnvironment.read({**environ, **changes})
    assert caught.value.__cause__ is None
    return str(caught.value)


def test_the_least_is_enough(environ: dict[str, str], tmp_path: Path) -> None:
    """Everything else has a default; the key is not in what is shown."""
    read = TillEnvironment.read(environ)
    assert read.server == OnPremise(host="ips.example.com", port=7080, paypoint_id="INST001")
    assert read.journal == tmp_path / "journal.sqlite3"
    assert (read.flight_folder, read.on_action, read.tls.ca_file) == (None, None, None)
    assert isinstance(read.key, ReadOnlyKey)
    assert read.key.current() == OLD
    assert OLD not in repr(read)


def test_all_of_it_is_read(environ: dict[str, str], tmp_path: Path) -> None:
    """Each variable that is documented does something."""
    authority = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(authority))
    key = KeyFile(tmp_path / "till.key")
    put(key, OLD)
    more = {
        "IPS_TILL_HOST": "192.0.2.10",
        "IPS_TILL_PORT": "7443",
        "IPS_TILL_PAYPOINT": "INST002",
        "IPS_TILL_CA_FILE": str(authority),
        "IPS_TILL_CERTIFICATE_SHA256": "ab" * 32,
        "IPS_TILL_KEY_FILE": str(key.path),
        "IPS_TILL_JOURNAL": "postgresql://till:secret@db.example.com/till",
        "IPS_TILL_FLIGHT_FOLDER": str(tmp_path),
        "IPS_TILL_ON_ACTION": "decline",
        "IPS_TILL_CONNECT_SECONDS": "5",
        "IPS_TILL_ACTION_SECONDS": "60.5",
        "IPS_TILL_TOTAL_SECONDS": "300",
        "IPS_TILL_RECOVERY_SECONDS": "90",
        "IPS_TILL_PREFLIGHT": "yes",
    }
    read = TillEnvironment.read(more)
    assert read.server == OnPremise(host="192.0.2.10", port=7443, paypoint_id="INST002")
    assert (read.tls.ca_file, read.tls.fingerprint_sha256) == (authority, "ab" * 32)
    assert read.key.current() == OLD
    assert read.journal == more["IPS_TILL_JOURNAL"]
    assert (read.flight_folder, read.on_action) == (tmp_path, Policy.DECLINE)
    settings = read.settings
    assert (settings.connect, settings.action_answer, settings.total) == (5, 60.5, 300)
    assert (settings.recovery_total, settings.preflight) == (90, True)
    assert "secret" not in repr(read)
    rest = {"IPS_TILL_URL", "IPS_TILL_KEYRING", "IPS_TILL_LICENSE_KEY"}
    assert more.keys() | rest == VARIABLES.keys()
    with_keyring = {**environ, "IPS_TILL_LICENSE_KEY": "", "IPS_TILL_KEYRING": "INST001"}
    assert isinstance(TillEnvironment.read(with_keyring).key, KeyringKey)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        (URL + "/", OnPremise(host="ips.example.com", paypoint_id="INST001")),
        (URL.upper().replace("WSS", "wss").replace("IPC-APP/PAYMENT", "ipc-app/payment"), None),
        (
            "ws://127.0.0.1:7080/ipc-app/payment/A",
            OnPremise(host="127.0.0.1", paypoint_id="A", plain=True),
        ),
        (
            "wss://[2001:db8::10]:7080/ipc-app/payment/A",
            OnPremise(host="2001:db8::10", paypoint_id="A"),
        ),
        ("wss://ipscloud.worldpay.com/ipc-app/payment/A", CloudLive(paypoint_ref="A")),
        ("wss://ipscloud.worldpay.com:443/ipc-app/payment/A", CloudLive(paypoint_ref="A")),
        ("wss://WS.muat.worldpaypp.com/ipc-app/payment/A", CloudTest(paypoint_ref="A")),
    ],
)
def test_a_url_means_a_server(
    environ: dict[str, str], url: str, server: OnPremise | CloudLive | CloudTest | None
) -> None:
    """On the premises, or one of the cloud's by its name."""
    found = TillEnvironment.read({**environ, "IPS_TILL_URL": url}).server
    assert found == (server or OnPremise(host="ips.example.com", paypoint_id="INST001"))


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("ws://ips.example.com:7080/ipc-app/payment/A", "wss://"),
        ("https://ips.example.com:7080/ipc-app/payment/A", "wss://"),
        ("wss://ips.example.com/ipc-app/payment/A", "port"),
        ("wss://ips.example.com:7080/", "/ipc-app/payment/PAYPOINT"),
        ("wss://ips.example.com:7080/ipc-app/payment/A/B", "/ipc-app/payment/PAYPOINT"),
        ("wss://ips.example.com:7080/ipc-app/payment/A?key=zebra", "/ipc-app/payment/PAYPOINT"),
        ("wss://zebra:zebra@ips.example.com:7080/ipc-app/payment/A", "password"),
        ("wss://ips.example.com:99999/ipc-app/payment/A", "read"),
        ("wss://ips.example.com:7080/ipc-app/payment/" + "A" * 101, "paypointId"),
        ("wss://ipscloud.worldpay.com/ipc-app/payment/" + "A" * 21, "paypointRef"),
        ("wss://ipscloud.worldpay.com:7080/ipc-app/payment/A", "443"),
        ("zebra", "wss://"),
    ],
)
def test_a_url_that_cannot_be_one_is_refused_and_not_quoted(
    environ: dict[str, str], url: str, says: str
) -> None:
    """Without encryption it is this machine or nothing; a URL may hold a password."""
    text = problem(environ, IPS_TILL_URL=url)
    assert text.startswith("IPS_TILL_URL: ")
    assert says in text
    assert "zebra" not in text


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    """Nobody wants to start a till seven times."""
    folder = str(tmp_path)
    text = problem(
        {
            "IPS_TILL_HOST": "ips.example.com",
            "IPS_TILL_PORT": "7080",
            "IPS_TILL_CA_FILE": str(tmp_path / "none.pem"),
            "IPS_TILL_CERTIFICATE_SHA256": "zebra",
            "IPS_TILL_KEY_FILE": str(tmp_path / "none.key"),
            "IPS_TILL_JOURNAL": folder,
            "IPS_TILL_FLIGHT_FOLDER": sys.executable,
            "IPS_TILL_ON_ACTION": "accept",
            "IPS_TILL_TOTAL_SECONDS": "30",
            "IPS_TILL_CONNECT_SECONDS": "soon",
            "IPS_TILL_PREFLIGHT": "maybe",
            "IPS_TILL_RECOVERY_SECOND": "3",
        }
    )
    named = [line.removeprefix("- ").partition(":")[0] for line in text.splitlines()[1:]]
    assert named == [
        *("IPS_TILL_RECOVERY_SECOND", "IPS_TILL_PAYPOINT", "IPS_TILL_CA_FILE"),
        *("IPS_TILL_CERTIFICATE_SHA256", "IPS_TILL_KEY_FILE", "IPS_TILL_JOURNAL"),
        *("IPS_TILL_FLIGHT_FOLDER", "IPS_TILL_ON_ACTION", "IPS_TILL_CONNECT_SECONDS"),
        *("IPS_TILL_TOTAL_SECONDS", "IPS_TILL_PREFLIGHT"),
    ]
    assert "zebra" not in text


def test_an_empty_environment_says_what_is_needed() -> None:
    """Where the service is, and the key."""
    text = problem({"IPS_TILL_JOURNAL": "journal.sqlite3"})
    assert "IPS_TILL_URL: " in text
    assert "IPS_TILL_KEY_FILE: " in text


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"IPS_TILL_HOST": "ips.example.com"}, ["IPS_TILL_URL", "IPS_TILL_HOST"]),
        ({"IPS_TILL_PAYPOINT": "INST002"}, ["IPS_TILL_URL", "IPS_TILL_PAYPOINT"]),
        ({"IPS_TILL_KEY_FILE": "till.key"}, ["IPS_TILL_KEY_FILE", "IPS_TILL_LICENSE_KEY"]),
        ({"IPS_TILL_KEYRING": "INST001"}, ["IPS_TILL_KEYRING", "IPS_TILL_LICENSE_KEY"]),
    ],
)
def test_two_that_say_the_same_are_refused(
    environ: dict[str, str], changes: dict[str, str], names: list[str]
) -> None:
    """Which of them is the old one nobody can know."""
    text = problem(environ, **changes)
    assert all(name in text for name in names)


def test_a_secret_is_never_quoted(environ: dict[str, str]) -> None:
    """Neither a key that cannot be one, nor the password of a database."""
    text = problem(environ, IPS_TILL_LICENSE_KEY="zebra zebra")
    assert "IPS_TILL_LICENSE_KEY" in text
    text += problem(environ, IPS_TILL_JOURNAL="mysql://till:zebra@db.example.com/till")
    assert "zebra" not in text


def test_names_of_other_programs_are_left_alone(environ: dict[str, str]) -> None:
    """Only what is almost one of ours is taken for a slip; an empty one is not set."""
    environ |= {"IPS_TILL_TEST_DATABASE": "x", "IPS_TILL_CA_FILE": "", "IPS_TILL_HOST": " "}
    TillEnvironment.read(environ)
    assert "IPS_TILL_CA_FILE?" in problem(environ, IPS_TILL_CAFILE="/etc/ca.pem")


def test_there_is_no_switch_that_turns_verification_off() -> None:
    """Whom to trust can be said; that anybody is to be trusted cannot."""
    words = ("VERIFY", "INSECURE", "NO_TLS", "PLAIN", "SKIP")
    assert not [name for name in VARIABLES if any(word in name for word in words)]


def test_a_till_that_registers_has_no_key_yet(environ: dict[str, str], tmp_path: Path) -> None:
    """Where it will be must be said all the same."""
    path = str(tmp_path / "till.key")
    environ |= {"IPS_TILL_LICENSE_KEY": "", "IPS_TILL_KEY_FILE": path}
    assert "register first" in problem(environ)
    read = TillEnvironment.read(environ, needs_key=False)
    assert isinstance(read.key, KeyFile)


def test_a_ca_file_must_hold_certificates(environ: dict[str, str], tmp_path: Path) -> None:
    """Found out here, and not at the first payment."""
    path = tmp_path / "ca.pem"
    path.write_text("no certificate")
    assert str(path) in problem(environ, IPS_TILL_CA_FILE=str(path))


def test_a_journal_has_a_place_of_its_own(environ: dict[str, str]) -> None:
    """The user's data folder, when nothing is said; without the package that knows it, one asks."""
    del environ["IPS_TILL_JOURNAL"]
    journal = TillEnvironment.read(environ).journal
    assert isinstance(journal, Path)
    assert journal.is_absolute()
    assert "ips-till" in journal.parts
    script = (
        "import sys; sys.modules['platformdirs'] = None\n"
        "from ips_till.environment import TillEnvironment, ConfigurationError\n"
        f"try: TillEnvironment.read({environ!r})\n"
        "except ConfigurationError as exc: print(exc)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("IPS_TILL_JOURNAL: say where")
