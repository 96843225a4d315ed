"""Renewing a license key without ever being left without one.

A new key is stored beside the old one before it is tried, and takes its place when it has connected
once. A crash between any two steps leaves both in the store: `settle_pending` goes on from there.
"""

import logging
from collections.abc import Callable
from typing import Final, TypeAlias

import attrs

from stompws.client import ClientOptions, Deadlines, ReplyDecodeError
from stompws.errors import (
    ApiError,
    ConnectionLostError,
    LinkError,
    NotSentError,
    OutcomeUnknownError,
    RemoteProtocolError,
    RemoteRejectedError,
)
from worldpay_ips import CloudLive, CloudTest, OnPremise, PaymentApi

from .errors import ConfigurationError, TillError
from .license_keys import KeyStore, check_key, fingerprint

AnyServer: TypeAlias = OnPremise | CloudTest | CloudLive

NEW_CODE: Final = "ask Worldpay for a new activation code"
_STATUS: Final = Deadlines(first_event=30.0, between_events=30.0, total=45.0)

log = logging.getLogger("ips_till")


class KeyNotStoredError(TillError):
    """The service gave a new key and it could not be stored. It is lost when this object is."""

    def __init__(self, why: str, store_in: Callable[[KeyStore], None]) -> None:
        super().__init__(
            f"the service gave a new license key, and it could not be stored: {why}; mend that and"
            " call store_in() of this error while the program runs, or ask Worldpay for a new"
            " activation code"
        )
        self._store_in = store_in

    def store_in(self, store: KeyStore) -> None:
        """Offer the key to a store, as pending: it is tried by the next `settle_pending`.

        Raises:
            ConfigurationError: It cannot be stored there either.
        """
        self._store_in(store)


class KeyNotTriedError(TillError):
    """There is a new key, stored beside the old one; the service could not be reached with it."""


class KeyRefusedError(TillError):
    """The service refused the new license key. The text says what is kept."""


def refresh(
    server: AnyServer,
    store: KeyStore,
    *,
    options: ClientOptions | None = None,
) -> str:
    """Renew the license key and return the fingerprint of the new one.

    It is safe to call again after whatever this raises.

    Raises:
        ConfigurationError: The store cannot be used. Nothing was sent.
        LinkError: Of `stompws`: no new key came. The old one is kept; whether the service still
            takes it when the reply was lost is not known: when it does not, register again.
        KeyNotStoredError: The new key came and could not be stored.
        KeyNotTriedError, KeyRefusedError: See `settle_pending`.
    """
    with store.exclusive():
        if store.pending() is not None:
            try_pending(server, store, options)
        old = store.current()
        store.check_writable()
        reply = PaymentApi(server, license_key=old, options=lenient(options)).refresh_registration()
        key = _usable(reply.point_of_sale_license_key)
        if key != old:
            offer(store, key)
            try_pending(server, store, options)
    return fingerprint(key)


def settle_pending(
    server: AnyServer,
    store: KeyStore,
    *,
    options: ClientOptions | None = None,
) -> bool:
    """Try a key that was offered and never promoted, and promote or withdraw it.

    To be called when a till opens: a crash may have left one. Costs nothing when there is none. The
    pending key is given up only when the service refuses it *and* takes the old one: whatever
    happens, a key that works is not lost.

    Returns:
        True when the pending key is the current one now, False when there was none.

    Raises:
        KeyNotTriedError: The service could not be reached, or gave no clear answer. Both are kept.
        KeyRefusedError: The pending key was refused and withdrawn, or both were refused and are
            kept: then the point of sale must be registered again.
        ConfigurationError: The store cannot be used.
    """
    if store.pending() is None:
        return False
    with store.exclusive():
        if store.pending() is None:  # somebody else was faster
            return False
        try_pending(server, store, options)
    return True


def settle_at_opening(
    server: AnyServer, store: KeyStore, *, options: ClientOptions | None = None
) -> None:
    """Do as `settle_pending`, and go on whatever comes of it: the log tells.

    A till opens all the same. Where nothing works, its first request says so, and nothing is lost.
    """
    try:
        settle_pending(server, store, options=options)
    except TillError as exc:
        log.warning("%s", exc)


def try_pending(server: AnyServer, store: KeyStore, options: ClientOptions | None) -> None:
    """Promote the pending key when it connects; see `settle_pending`."""
    new = store.pending()
    if new is None:
        return
    trouble = _connect(server, new, options)
    if trouble is None:
        store.promote()
        log.info("license key %s took the place of the one before", fingerprint(new))
        return
    if not _says_no(trouble):
        raise KeyNotTriedError(
            f"the license key {fingerprint(new)} is stored beside the old one and could not be"
            f" tried: {trouble}; it is tried again when the till opens"
        )
    old = current_of(store)
    if old is None or old == new or _connect(server, old, options) is not None:
        raise KeyRefusedError(
            f"the service did not take the license key {fingerprint(new)}, nor an older one; both"
            f" are kept; try again later, or register again: {NEW_CODE}"
        )
    store.withdraw()
    raise KeyRefusedError(
        f"the service did not take the new license key {fingerprint(new)}; the old one"
        f" {fingerprint(old)} still works and is kept; renew it again"
    )


def _connect(server: AnyServer, key: str, options: ClientOptions | None) -> LinkError | None:
    """Ask for the service's status with a key; return what went wrong."""
    try:
        PaymentApi(server, license_key=key, options=options).service_status(deadlines=_STATUS)
    except ReplyDecodeError:
        return None  # it answered; what it said of itself does not matter here
    except LinkError as exc:
        return exc
    return None


def _says_no(trouble: LinkError) -> bool:
    """Tell whether the service was reached and turned us away.

    How it does that with a bad key is not known: by an ERROR frame, by its error message, or by
    closing the connection. All of them count.
    """
    if isinstance(trouble, NotSentError | OutcomeUnknownError):
        trouble = trouble.reason
    if isinstance(trouble, ConnectionLostError):
        return trouble.close_code is not None
    return isinstance(trouble, ApiError | RemoteRejectedError | RemoteProtocolError)


def offer(store: KeyStore, key: str) -> None:
    """Offer a key that the service gave; raise `KeyNotStoredError`."""
    try:
        store.offer(key)
        return
    except Exception as exc:  # noqa: BLE001 - a store of the user's may raise what it likes
        # Only of ours is it certain that the text quotes nothing.
        why = str(exc) if isinstance(exc, ConfigurationError) else type(exc).__name__
    raise KeyNotStoredError(why, lambda other: other.offer(key))


def current_of(store: KeyStore) -> str | None:
    """Return the key to fall back to; one that cannot be read is none."""
    try:
        return store.current()
    except ConfigurationError:
        return None


def lenient(options: ClientOptions | None) -> ClientOptions:
    """Return options under which a reply with a blemish is not refused: it may hold a key."""
    return attrs.evolve(options or ClientOptions(), strict=False)


def _usable(key: str) -> str:
    try:
        return check_key(key, "the service's reply")
    except ConfigurationError:
        text = "the service's reply held no license key that can be used; the old one is kept"
    raise TillError(text)
