"""A license key in the keyring of the system: Keychain, Credential Locker, Secret Service."""

import contextlib
import importlib
import threading
from collections.abc import Callable, Generator
from typing import Any, Final, Protocol, TypeVar, cast

from .errors import ConfigurationError
from .license_keys import check_key

SERVICE: Final = "worldpay-ips"

T = TypeVar("T")


class _Backend(Protocol):
    """What is used of the package `keyring`, or of one of its backends."""

    def get_password(self, service_name: str, username: str) -> str | None: ...
    def set_password(self, service_name: str, username: str, password: str) -> None: ...
    def delete_password(self, service_name: str, username: str) -> None: ...


class KeyringKey:
    """The key in the system's keyring, and a pending one under `NAME.new`.

    Needs the extra `keyring`. Threads may share it; two processes must not renew the key at once.

    Args:
        name: What the key is kept under, such as the paypoint's name.
        service: What the keyring calls the program.
        backend: A backend of `keyring` to use instead of the system's.
    """

    def __init__(self, name: str, *, service: str = SERVICE, backend: Any = None) -> None:
        self._service, self._name = service, name
        self._pending_name = f"{name}.new"
        self._backend: _Backend = _system_keyring() if backend is None else backend
        self._lock = threading.RLock()

    def __repr__(self) -> str:
        return f"<KeyringKey {self._service!r} {self._name!r}>"

    def current(self) -> str:
        """Return the key: the pending one while there is no other, after a first registration."""
        found = self._get(self._name) or self._get(self._pending_name)
        if found is None:
            raise ConfigurationError(f"{self._where()}: there is no license key; register first")
        return found

    def pending(self) -> str | None:
        """Return the pending key."""
        found = self._get(self._pending_name)
        # The same as the current one: a promotion was cut short before it was tidied up.
        return None if found is not None and found == self._get(self._name) else found

    def check_writable(self) -> None:
        """Store something and take it away again."""
        probe = f"{self._name}.probe"
        self._set(probe, "probe")
        self._delete(probe)

    def offer(self, new: str) -> None:
        """Store a new key beside the current one."""
        self._set(self._pending_name, check_key(new, "the new key"))

    def promote(self) -> None:
        """Put the pending key in the place of the current one."""
        new = self.pending()
        if new is not None:
            self._set(self._name, new)
        self.withdraw()

    def withdraw(self) -> None:
        """Remove the pending key."""
        if self._get(self._pending_name) is not None:
            self._delete(self._pending_name)

    @contextlib.contextmanager
    def exclusive(self) -> Generator[None, None, None]:
        """Keep the other threads away."""
        with self._lock:
            yield

    def _where(self) -> str:
        return f"keyring {self._service}, {self._name}"

    def _get(self, name: str) -> str | None:
        found = self._ask(lambda: self._backend.get_password(self._service, name))
        return None if not found else check_key(found, self._where())

    def _set(self, name: str, value: str) -> None:
        self._ask(lambda: self._backend.set_password(self._service, name, value))
        kept = self._ask(lambda: self._backend.get_password(self._service, name))
        if kept != value:  # the backend `null` takes everything and keeps nothing
            raise ConfigurationError(
                f"{self._where()}: the keyring does not keep what it is given; choose another"
                " backend, or keep the key in a file"
            )

    def _delete(self, name: str) -> None:
        self._ask(lambda: self._backend.delete_password(self._service, name))

    def _ask(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except Exception as exc:  # noqa: BLE001 - each backend raises what its system does
            failed = type(exc).__name__
        # Raised out here: the other one's text may quote anything, and would be its context.
        raise ConfigurationError(
            f"{self._where()}: the keyring cannot be used ({failed}); unlock it or set one up, or"
            " keep the key in a file"
        )


def _system_keyring() -> _Backend:
    try:
        return cast("_Backend", importlib.import_module("keyring"))
    except ImportError:
        raise ConfigurationError(
            "keys in the system's keyring need the extra keyring:"
            " pip install 'worldpay-ips[keyring]'"
        ) from None
