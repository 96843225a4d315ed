"""License keys in the system's keyring, with backends of the real package."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from keyring.backends import fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError

from ips_till.errors import ConfigurationError
from ips_till.keys import KeyringKey, KeyStore
from key_helpers import NEW, OLD


class Memory:
    """Keeps passwords as a real backend does, and can be told to fail at a call."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.calls_left: int | None = None

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._count(password)
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._count("")
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not found")
        del self.kept[service, username]

    def _count(self, password: str) -> None:
        if self.calls_left is not None:
            self.calls_left -= 1
            if self.calls_left < 0:
                raise KeyringLocked(f"locked, and so quoted: {password}")


def test_a_new_key_waits_beside_the_old_one_until_it_is_promoted() -> None:
    """As in a file."""
    memory = Memory()
    store = KeyringKey("INST001", backend=memory)
    assert isinstance(store, KeyStore)
    with pytest.raises(ConfigurationError, match="register first"):
        store.current()
    store.offer(OLD)
    store.promote()
    store.offer(NEW)
    assert (store.current(), store.pending()) == (OLD, NEW)
    store.promote()
    assert (store.current(), store.pending()) == (NEW, None)
    store.offer(OLD)
    with store.exclusive():
        store.withdraw()
    store.check_writable()
    assert memory.kept == {("worldpay-ips", "INST001"): NEW}
    assert NEW not in repr(store)


@pytest.mark.criterion("AC50")
@pytest.mark.parametrize("left", range(2))
def test_a_promotion_that_is_cut_short_is_done_again(left: int) -> None:
    """After each step there is a key, and the end is the same."""
    memory = Memory()
    store = KeyringKey("INST001", backend=memory)
    store.offer(OLD)
    store.promote()
    store.offer(NEW)
    memory.calls_left = left
    with pytest.raises(ConfigurationError) as caught:
        store.promote()
    assert NEW not in f"{caught.value} {caught.value.__context__!r}"
    memory.calls_left = None
    assert (store.current(), store.pending()) in [(OLD, NEW), (NEW, None)]
    store.promote()
    assert memory.kept == {("worldpay-ips", "INST001"): NEW}


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring])
def test_a_keyring_that_keeps_nothing_is_refused(backend: Callable[[], Any]) -> None:
    """Before a key is ordered: one of them raises, the other takes it and forgets."""
    with pytest.raises(ConfigurationError, match="key in a file"):
        KeyringKey("INST001", backend=backend()).check_writable()


def test_without_the_package_the_extra_is_named() -> None:
    """The core needs nothing of it, and says what to install."""
    script = (
        "import sys\n"
        "import ips_till.keys\n"
        "assert 'keyring' not in sys.modules\n"
        "sys.modules['keyring'] = None\n"
        "try: ips_till.keys.KeyringKey('INST001')\n"
        "except ips_till.keys.ConfigurationError as exc: print(exc)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "worldpay-ips[keyring]" in done.stdout
