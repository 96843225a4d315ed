"""Renewing a license key: whatever fails, and whenever, a key that works stays."""

import contextlib
import logging
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from ips_simulator import Inventions, Simulator
from ips_till import Till
from ips_till.errors import ConfigurationError, TillError
from ips_till.keys import KeyFile, ReadOnlyKey, fingerprint, store_credential
from ips_till.registering import (
    KeyNotStoredError,
    KeyNotTriedError,
    KeyRefusedError,
    refresh,
    settle_pending,
)
from ips_till.renewing import settle_at_opening
from key_helpers import PROMPT, connects, put
from stompws.errors import LinkError, NotSentError
from worldpay_ips import OnPremise, PaymentApi

SURVIVES = pytest.mark.parametrize("old_survives", [True, False])


@contextlib.contextmanager
def running(*, old_survives: bool = True) -> Iterator[Simulator]:
    with Simulator(inventions=Inventions(keys_survive_refresh=old_survives)) as simulator:
        yield simulator


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "till.key")


@pytest.fixture
def nowhere() -> OnPremise:
    """A server that is not there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    return OnPremise(host="127.0.0.1", port=port, paypoint_id="INST001", plain=True)


@pytest.mark.criterion("AC50")
@SURVIVES
def test_a_new_key_takes_the_place_of_the_old_one(file: KeyFile, *, old_survives: bool) -> None:
    """Whether the service still takes the old one or not; connections ask for the key anew."""
    with running(old_survives=old_survives) as simulator:
        put(file, simulator.license_key)
        api = PaymentApi(simulator.server(), license_key=store_credential(file), options=PROMPT)
        shown = refresh(simulator.server(), file, options=PROMPT)
        assert (shown, file.pending()) == (fingerprint(file.current()), None)
        assert file.current() != simulator.license_key
        assert connects(simulator, simulator.license_key) is old_survives
        api.service_status()


@pytest.mark.criterion("AC50")
@SURVIVES
def test_a_key_that_a_crash_left_is_tried_when_the_till_opens(
    file: KeyFile, *, old_survives: bool
) -> None:
    """The crash was after the offer, and before the new key was tried, or promoted."""
    with running(old_survives=old_survives) as simulator:
        put(file, simulator.license_key)
        api = PaymentApi(simulator.server(), license_key=file.current(), options=PROMPT)
        new = api.refresh_registration().point_of_sale_license_key
        file.offer(new)
        reopened = KeyFile(file.path)
        assert settle_pending(simulator.server(), reopened, options=PROMPT) is True
        assert (reopened.current(), reopened.pending()) == (new, None)
        assert settle_pending(simulator.server(), reopened, options=PROMPT) is False


@pytest.mark.criterion("AC50")
def test_a_key_that_is_refused_is_withdrawn_when_the_old_one_works(file: KeyFile) -> None:
    """The old key is the one that is left."""
    with running() as simulator:
        put(file, simulator.license_key)
        file.offer(simulator.issue_license_key(timedelta(days=-1)))
        with pytest.raises(KeyRefusedError, match="still works"):
            settle_pending(simulator.server(), file, options=PROMPT)
        assert (file.current(), file.pending()) == (simulator.license_key, None)


@pytest.mark.criterion("AC50")
def test_when_both_are_refused_both_are_kept(file: KeyFile) -> None:
    """Perhaps the service is not itself: nothing is given up for it."""
    with running() as simulator:
        old, new = (simulator.issue_license_key(timedelta(days=-1)) for _ in range(2))
        put(file, old)
        file.offer(new)
        with pytest.raises(KeyRefusedError, match="register again") as caught:
            settle_pending(simulator.server(), file, options=PROMPT)
        assert (file.current(), file.pending()) == (old, new)
        assert old not in str(caught.value)
        assert new not in str(caught.value)


@pytest.mark.criterion("AC50")
def test_a_key_that_could_not_be_tried_is_kept(file: KeyFile, nowhere: OnPremise) -> None:
    """The network was down: it is tried again the next time, and may be the only one that works."""
    with running(old_survives=False) as simulator:
        put(file, simulator.license_key)
        api = PaymentApi(simulator.server(), license_key=file.current(), options=PROMPT)
        new = api.refresh_registration().point_of_sale_license_key
        file.offer(new)
        with pytest.raises(KeyNotTriedError, match="tried again"):
            settle_pending(nowhere, file, options=PROMPT)
        assert file.pending() == new
        with pytest.raises(KeyNotTriedError):
            refresh(nowhere, file, options=PROMPT)
        refresh(simulator.server(), file, options=PROMPT)
        assert connects(simulator, file.current())


def test_a_refresh_that_does_not_leave_changes_nothing(file: KeyFile, nowhere: OnPremise) -> None:
    """The old key stays and there is no pending one."""
    put(file, "a.license.key")
    with pytest.raises(NotSentError):
        refresh(nowhere, file, options=PROMPT)
    assert (file.current(), file.pending()) == ("a.license.key", None)


def test_a_refresh_with_a_bad_key_changes_nothing(file: KeyFile) -> None:
    """The service turns it away."""
    with running() as simulator:
        old = simulator.issue_license_key(timedelta(days=-1))
        put(file, old)
        with pytest.raises(LinkError):
            refresh(simulator.server(), file, options=PROMPT)
        assert (file.current(), file.pending()) == (old, None)


def test_no_key_is_ordered_that_could_not_be_stored() -> None:
    """A store that only reads is refused first: the old key may end with the order."""
    with running(old_survives=False) as simulator:
        with pytest.raises(ConfigurationError, match="KeyFile"):
            refresh(simulator.server(), ReadOnlyKey(simulator.license_key), options=PROMPT)
        assert connects(simulator, simulator.license_key)


class FullAfterwards(KeyFile):
    """Its disk gets full after it was asked."""

    def offer(self, new: str) -> None:
        raise OSError(28, f"No space left on device, and {new} is quoted")


@SURVIVES
def test_a_key_that_cannot_be_stored_can_be_stored_elsewhere(
    tmp_path: Path, *, old_survives: bool
) -> None:
    """The error holds it, and shows it to nobody."""
    full, other = FullAfterwards(tmp_path / "full.key"), KeyFile(tmp_path / "other.key")
    with running(old_survives=old_survives) as simulator:
        full.path.write_text(simulator.license_key)
        full.path.chmod(0o600)
        with pytest.raises(KeyNotStoredError, match="store_in") as caught:
            refresh(simulator.server(), full, options=PROMPT)
        caught.value.store_in(other)
        settle_pending(simulator.server(), other, options=PROMPT)
        assert connects(simulator, other.current())
        error = caught.value
        shown = f"{error!r} {error} {error.args} {vars(error)}"
        assert other.current() not in shown
        assert error.__context__ is None


def test_ten_at_once_end_with_one_key_that_works(file: KeyFile) -> None:
    """Each waits for the one before, so that no new key is lost behind another."""
    with running(old_survives=False) as simulator, ThreadPoolExecutor(5) as pool:
        put(file, simulator.license_key)
        stores = [KeyFile(file.path) for _ in range(5)]
        shown = list(pool.map(lambda one: refresh(simulator.server(), one, options=PROMPT), stores))
        assert len(set(shown)) == 5
        assert fingerprint(file.current()) in shown
        assert connects(simulator, file.current())


def test_errors_of_keys_are_errors_of_the_till() -> None:
    """One class catches all."""
    for kind in (KeyNotStoredError, KeyNotTriedError, KeyRefusedError):
        assert issubclass(kind, TillError)


@pytest.mark.criterion("AC50")
@pytest.mark.parametrize("old_survives", [True, False])
def test_a_till_of_the_environment_settles_its_keys(
    file: KeyFile, tmp_path: Path, *, old_survives: bool
) -> None:
    """And `refresh` of a till renews them."""
    with running(old_survives=old_survives) as simulator:
        put(file, simulator.license_key)
        api = PaymentApi(simulator.server(), license_key=file.current(), options=PROMPT)
        new = api.refresh_registration().point_of_sale_license_key
        file.offer(new)
        environ = {
            "IPS_TILL_URL": simulator.server().url,
            "IPS_TILL_KEY_FILE": str(file.path),
            "IPS_TILL_JOURNAL": str(tmp_path / "journal.sqlite3"),
        }
        with Till.from_env(environ, options=PROMPT) as till:
            assert (file.current(), file.pending()) == (new, None)
            till.service_status()
            assert till.refresh() == fingerprint(file.current())
            assert file.current() != new
            till.service_status()


def test_a_till_opens_whatever_becomes_of_its_keys(
    file: KeyFile, nowhere: OnPremise, caplog: pytest.LogCaptureFixture
) -> None:
    """The log tells, by fingerprint."""
    put(file, "an.old.key")
    file.offer("a.new.key")
    with caplog.at_level(logging.INFO, logger="ips_till"):
        settle_at_opening(nowhere, file, options=PROMPT)
    assert fingerprint("a.new.key") in caplog.text
    assert "a.new.key" not in caplog.text
    assert file.pending() == "a.new.key"
