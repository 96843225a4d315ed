"""License keys: where they are kept, what is refused, what is shown."""

import hashlib
import os
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ips_till.errors import ConfigurationError
from ips_till.keys import (
    KeyFile,
    KeyStore,
    ReadOnlyKey,
    fingerprint,
    key_store,
    license_expiry,
    store_credential,
)
from key_helpers import NEW, OLD, put, token


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "till.key")


def test_a_new_key_waits_beside_the_old_one_until_it_is_promoted(file: KeyFile) -> None:
    """Offering changes nothing for those who connect; promoting does."""
    put(file, OLD)
    file.offer(NEW)
    assert (file.current(), file.pending()) == (OLD, NEW)
    file.promote()
    assert (file.current(), file.pending()) == (NEW, None)


def test_a_key_that_is_withdrawn_leaves_the_old_one(file: KeyFile) -> None:
    """The pending key goes, the current one stays."""
    put(file, OLD)
    file.offer(NEW)
    file.withdraw()
    assert (file.current(), file.pending()) == (OLD, None)
    file.withdraw()
    file.promote()
    assert file.current() == OLD


def test_a_key_file_is_for_its_owner_alone(file: KeyFile) -> None:
    """Mode 0600 from the first octet on, whatever the umask; the lock file too."""
    before = os.umask(0)
    try:
        put(file, OLD)
        file.offer(NEW)
        with file.exclusive():
            pass
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.path.parent.iterdir()}
    assert modes == {"till.key": 0o600, "till.key.new": 0o600, "till.key.lock": 0o600}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o644, 0o666])
def test_a_file_that_others_can_read_is_refused(file: KeyFile, mode: int) -> None:
    """The sentence names the file and what to do, never the key."""
    put(file, OLD)
    file.path.chmod(mode)
    with pytest.raises(ConfigurationError, match="chmod 600") as caught:
        file.current()
    assert str(file.path) in str(caught.value)
    assert OLD not in str(caught.value)


def test_a_link_is_refused(file: KeyFile, tmp_path: Path) -> None:
    """Whoever may change a link may change the key."""
    elsewhere = KeyFile(tmp_path / "elsewhere.key")
    put(elsewhere, OLD)
    file.path.symlink_to(elsewhere.path)
    with pytest.raises(ConfigurationError, match="link"):
        file.current()
    with pytest.raises(ConfigurationError, match="link"):
        file.check_writable()


def test_what_is_no_file_is_refused(file: KeyFile) -> None:
    """A folder is refused, and so is a pipe, without waiting for somebody to write into it."""
    file.path.mkdir()
    with pytest.raises(ConfigurationError, match=r"not a folder|cannot be read"):
        file.current()
    with pytest.raises(ConfigurationError, match="not a folder"):
        file.check_writable()
    file.path.rmdir()
    os.mkfifo(file.path, 0o600)
    with pytest.raises(ConfigurationError, match="a pipe"):
        file.current()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_user_is_refused(file: KeyFile) -> None:
    """Its owner could change it at any time."""
    put(file, OLD)
    os.chown(file.path, 12345, -1)
    with pytest.raises(ConfigurationError, match="another user"):
        file.current()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"zebra\nlines",
        b"zebra lines",
        b"\xef\xbb\xbfzebra",
        b"zebra\0",
        b"zebra\xff",
        b"zebra" * 4000,
    ],
)
def test_what_is_no_key_is_refused_and_not_quoted(file: KeyFile, data: bytes) -> None:
    """Half a secret in an error text is a secret in an error text."""
    put(file, OLD)
    file.path.write_bytes(data)
    with pytest.raises(ConfigurationError) as caught:
        file.current()
    shown = f"{caught.value!r} {caught.value.args} {caught.value.__cause__!r}"
    assert "zebra" not in shown
    assert caught.value.__context__ is None


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n", b"  \n\n"])
def test_white_space_around_a_key_does_not_matter(file: KeyFile, ending: bytes) -> None:
    """Editors end files with a line end; no header may."""
    put(file, OLD)
    file.path.write_bytes(OLD.encode() + ending)
    assert file.current() == OLD


def test_a_missing_file_says_register_first(file: KeyFile) -> None:
    """Reading, and not a traceback from deep inside, says what to do."""
    with pytest.raises(ConfigurationError, match="register first"):
        file.current()
    assert file.pending() is None


def test_the_only_key_is_used_though_it_is_pending(file: KeyFile) -> None:
    """After a first registration that was cut short."""
    file.offer(NEW)
    assert (file.current(), file.pending()) == (NEW, NEW)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """Before anything was ordered from the service."""
    file = KeyFile(tmp_path / "nowhere" / "till.key")
    for call in (file.check_writable, lambda: file.offer(NEW)):
        with pytest.raises(ConfigurationError, match="no such folder"):
            call()
    with pytest.raises(ConfigurationError, match="no such folder"), file.exclusive():
        pass


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux")
def test_a_full_disk_is_noticed_before_a_key_is_ordered(tmp_path: Path) -> None:
    """`check_writable` writes as much as a key needs; what is left over is removed."""
    script = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "from ips_till.keys import KeyFile\n"
        "KeyFile(sys.argv[1]).check_writable()"
    )
    target = str(tmp_path / "till.key")
    done = subprocess.run(
        [sys.executable, "-c", script, target], capture_output=True, text=True, check=False
    )
    assert "ConfigurationError" in done.stderr
    assert "cannot be written" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_one_at_a_time_changes_the_keys(file: KeyFile) -> None:
    """Threads and processes wait for each other, readers do not."""
    put(file, OLD)
    script = (
        "import sys; from ips_till.keys import KeyFile\n"
        "file = KeyFile(sys.argv[1])\n"
        "print(file.current(), flush=True)\n"
        "with file.exclusive(): print('held', flush=True)"
    )
    order: list[str] = []

    def also() -> None:
        with file.exclusive():
            order.append("thread")

    with file.exclusive():
        child = subprocess.Popen(
            [sys.executable, "-c", script, str(file.path)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        assert child.stdout.readline() == f"{OLD}\n"
        thread = threading.Thread(target=also)
        thread.start()
        thread.join(0.2)
        assert order == []
        assert child.poll() is None
    thread.join(10)
    assert child.communicate(timeout=10)[0] == "held\n"
    assert order == ["thread"]


def test_leftovers_of_a_killed_process_are_removed(file: KeyFile) -> None:
    """They may hold half a key. Only our own go."""
    put(file, OLD)
    left = file.path.with_name(".till.key.0011.tmp")
    other = file.path.with_name(".other.key.0011.tmp")
    left.touch()
    other.touch()
    with file.exclusive():
        pass
    assert not left.exists()
    assert other.exists()


def test_only_a_fingerprint_is_shown() -> None:
    """The start of the SHA-256; different keys differ."""
    digits = hashlib.sha256(OLD.encode()).hexdigest()
    assert fingerprint(OLD) == f"{digits[:4]}-{digits[4:8]}-{digits[8:12]}"
    assert fingerprint(NEW) != fingerprint(OLD)


def test_no_store_shows_its_key(file: KeyFile) -> None:
    """A `repr` ends up in logs."""
    put(file, OLD)
    for store in (file, ReadOnlyKey(OLD), ReadOnlyKey(lambda: OLD)):
        assert isinstance(store, KeyStore)
        assert store.current() == OLD
        assert OLD not in f"{store!r} {store}"


def test_a_license_tells_when_it_ends() -> None:
    """The claim `exp`, in seconds since 1970, is shown in UTC."""
    assert license_expiry(token(exp=1795397047)) == datetime(2026, 11, 23, 1, 24, 7, tzinfo=UTC)
    assert license_expiry(token(exp=1795397047.5)) is not None


@pytest.mark.parametrize(
    "key",
    [
        *("", "no token", "a.b", "a.b.c.d", "..", "a.!!!.c", "a.bnVsbA.c", "a.W10.c", "ä.ö.ü"),
        *(token(), token(exp=None), token(exp="soon"), token(exp=True), token(exp=[])),
        *(token(exp=1e400), token(exp=-1e30), token(exp=10**30), token(exp=10**400)),
        "a." + "W1tb" * 4000 + ".c",
    ],
)
def test_a_license_that_does_not_say_never_raises(key: str) -> None:
    """A page that shows the date must not fail with it."""
    assert license_expiry(key) is None


def test_a_key_from_elsewhere_is_asked_for_each_time_and_never_written() -> None:
    """Whoever renews it there need not restart the till."""
    environ = {"IPS_TILL_LICENSE_KEY": OLD}
    store = ReadOnlyKey.from_environment(environ=environ)
    credential = store_credential(store)
    assert credential() == OLD
    environ["IPS_TILL_LICENSE_KEY"] = NEW
    assert credential() == NEW
    for call in (store.check_writable, lambda: store.offer(OLD)):
        with pytest.raises(ConfigurationError, match="KeyFile"):
            call()
    environ.clear()
    with pytest.raises(ConfigurationError, match="IPS_TILL_LICENSE_KEY"):
        credential()


def test_what_a_till_is_given_becomes_a_store(file: KeyFile, tmp_path: Path) -> None:
    """A text, a function or a store; of a path it is not guessed what it means."""
    assert key_store(file) is file
    assert key_store(OLD).current() == OLD
    assert key_store(lambda: NEW).current() == NEW
    for given in (tmp_path, None, 7, b"key"):
        with pytest.raises(ConfigurationError, match="KeyFile"):
            key_store(given)  # type: ignore[arg-type]
