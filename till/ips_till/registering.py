"""Registering a point of sale: an activation code, which works once, becomes a license key."""

import re
from typing import Final, NoReturn

from stompws.client import ClientOptions, ReplyDecodeError, Secret
from stompws.errors import ApiError, InvalidMessageError
from stompws.errors import OutcomeUnknownError as LinkOutcomeUnknownError
from worldpay_ips import Error, PaymentApi, PointOfSaleRegistrationRequest

from .errors import ConfigurationError, OutcomeUnknownError, TillError
from .license_keys import KeyStore, check_key, fingerprint
from .renewing import (
    NEW_CODE,
    AnyServer,
    KeyNotStoredError,
    KeyNotTriedError,
    KeyRefusedError,
    current_of,
    lenient,
    offer,
    refresh,
    settle_pending,
    try_pending,
)

__all__ = [
    "KeyNotStoredError",
    "KeyNotTriedError",
    "KeyRefusedError",
    "RegistrationRefusedError",
    "RegistrationUnknownError",
    "refresh",
    "register",
    "settle_pending",
]

_CODE: Final = re.compile(r"[0-9]{1,6}\Z")


class RegistrationUnknownError(OutcomeUnknownError):
    """The registration left and no key came back. The activation code works once: it is gone."""

    def __init__(self, *, why: str, correlation_id: str | None) -> None:
        super().__init__(
            operation="registration",
            reference="",
            paypoint_id="",
            correlation_id=correlation_id,
            why=why,
        )
        self.args = (
            f"the registration was sent and {why}; take the activation code for used: {NEW_CODE}",
        )

    def recover(self) -> NoReturn:
        """Raise: a registration cannot be asked for afterwards."""
        raise ConfigurationError(f"a registration cannot be recovered: {NEW_CODE}")


class RegistrationRefusedError(TillError):
    """The service refused the registration. There is no new key."""

    def __init__(self, code: str | None) -> None:
        super().__init__(
            f"the service refused the registration{f' (code {code})' if code else ''}: check the id"
            f" and the reference of the point of sale, or {NEW_CODE}; a code works once"
        )
        self.code = code
        """The service's error code; None when it was none."""


def register(
    server: AnyServer,
    *,
    point_of_sale_id: str,
    point_of_sale_reference: str,
    activation_code: Secret,
    store: KeyStore,
    options: ClientOptions | None = None,
) -> str:
    """Register a point of sale, store its key, and return the key's fingerprint. Sent once.

    A key that the store has already stays until the new one has connected.

    Args:
        server: Where the service is.
        point_of_sale_id: 6 letters and digits, from Worldpay's portal.
        point_of_sale_reference: 1 to 15 letters and digits, from there too.
        activation_code: 8 letters and digits, or a function that asks for them. It works once.
        store: Where the key goes. That it can be written is tried before anything is sent.
        options: As for payments.

    Raises:
        ConfigurationError: An argument or the store cannot be used. Nothing was sent.
        NotSentError: Of `stompws`: nothing has left; the code is still good.
        RegistrationRefusedError: The service refused.
        RegistrationUnknownError: It was sent, and no key came. The code is to be taken for used.
        KeyNotStoredError: The key came and could not be stored.
        KeyNotTriedError, KeyRefusedError: The store had a key before, see `settle_pending`.
    """
    request = _request(point_of_sale_id, point_of_sale_reference, activation_code)
    with store.exclusive():
        store.check_writable()
        had_one = current_of(store) is not None
        key = _ordered(PaymentApi(server, options=lenient(options)), request)
        offer(store, key)
        if had_one:
            try_pending(server, store, options)
        else:
            store.promote()
    return fingerprint(key)


def _request(
    point_of_sale_id: str, reference: str, activation_code: Secret
) -> PointOfSaleRegistrationRequest:
    code = activation_code() if callable(activation_code) else activation_code
    try:
        return PointOfSaleRegistrationRequest(
            point_of_sale_id=point_of_sale_id,
            point_of_sale_reference=reference,
            point_of_sale_activation_code=code,
        )
    except InvalidMessageError as exc:  # it names the fields, never their values
        raise ConfigurationError(f"the registration cannot be sent: {exc}") from None


def _ordered(api: PaymentApi, request: PointOfSaleRegistrationRequest) -> str:
    """Send the registration, once; return the key.

    What is raised has no cause and no context: the service's words may quote the activation code.
    """
    refused: ApiError | None = None
    why, correlation_id = "", None
    try:
        reply = api.register_point_of_sale(request)
        return check_key(reply.point_of_sale_license_key, "the service's reply")
    except ApiError as exc:
        refused = exc
    except LinkOutcomeUnknownError as exc:
        why, correlation_id = f"no reply came ({exc.reason})", exc.correlation_id
    except (ReplyDecodeError, ConfigurationError):
        why = "the reply held no license key"
    if refused is not None:
        code = refused.payload.code if isinstance(refused.payload, Error) else None
        raise RegistrationRefusedError(code if code and _CODE.match(code) else None)
    raise RegistrationUnknownError(why=why, correlation_id=correlation_id)
