"""Where the license key comes from: a file, the system's keyring, the environment, a function."""

import contextlib
import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from stompws.client import Secret

from .errors import ConfigurationError
from .key_file import KeyFile
from .key_ring import KeyringKey
from .license_keys import KeyStore, check_key, fingerprint, license_expiry

__all__ = [
    "KeyFile",
    "KeyStore",
    "KeyringKey",
    "ReadOnlyKey",
    "fingerprint",
    "key_store",
    "license_expiry",
    "store_credential",
]


class ReadOnlyKey:
    """A key that is fetched from elsewhere, and cannot be renewed from here.

    Args:
        secret: The key, or a function that fetches it.
        where: What to call its place in errors.
    """

    def __init__(self, secret: Secret, *, where: str = "license_key") -> None:
        self._secret, self._where = secret, where

    @classmethod
    def from_environment(
        cls, name: str = "IPS_TILL_LICENSE_KEY", environ: Mapping[str, str] = os.environ
    ) -> "ReadOnlyKey":
        """Take it from a variable, anew for each connection."""
        return cls(lambda: environ.get(name, ""), where=name)

    def __repr__(self) -> str:
        return f"<ReadOnlyKey {self._where}>"

    def current(self) -> str:
        """Return the key."""
        return check_key(self._secret() if callable(self._secret) else self._secret, self._where)

    def pending(self) -> str | None:
        """There is none."""
        return None

    def check_writable(self) -> None:
        """Raise."""
        raise self._refusal()

    def offer(self, new: str) -> None:  # noqa: ARG002 - there is no place for it
        """Raise."""
        raise self._refusal()

    def promote(self) -> None:
        """There is nothing to promote."""

    def withdraw(self) -> None:
        """There is nothing to withdraw."""

    def exclusive(self) -> AbstractContextManager[None]:
        """Nothing is changed here, so nobody need be kept away."""
        return contextlib.nullcontext()

    def _refusal(self) -> ConfigurationError:
        return ConfigurationError(
            f"{self._where}: a new key cannot be stored there; keep the key in a file (KeyFile) or"
            " in the system's keyring (KeyringKey)"
        )


def key_store(given: Secret | KeyStore) -> KeyStore:
    """Return what keeps the key, whatever it was given as.

    Raises:
        ConfigurationError: It is neither a text, nor a function, nor a store.
    """
    if isinstance(given, Path):
        raise ConfigurationError("license_key: for a file, give KeyFile(path)")
    if isinstance(given, KeyStore):
        return given
    if isinstance(given, str) or callable(given):
        return ReadOnlyKey(given)
    raise ConfigurationError("license_key: expected a KeyFile, a KeyringKey, a text or a function")


def store_credential(store: KeyStore) -> Callable[[], str]:
    """Return the function that a client asks for the key, for each connection anew."""
    return store.current
