"""License keys and activation codes: issuing and checking them.

A license key looks like a live one (a JWT that names the point of sale, valid for a year) and is
opaque to clients. It is signed with a secret of this simulator, so that no key works elsewhere.
Neither keys nor codes appear in a `repr`, a log or an error.
"""

import base64
import hashlib
import hmac
import json
import secrets
import string
import threading
import time
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

import attrs

from .clock import Clock, RealClock

YEAR: Final = timedelta(days=365)
# Capital letters and digits without I, O, 0 and 1: a code is typed by a person.
_CODE_LETTERS: Final = "".join(
    letter for letter in string.ascii_uppercase + string.digits if letter not in "IO01"
)


@attrs.frozen
class PointOfSale:
    """A till, as the portal knows it. The defaults are the documentation's."""

    id: str = "D45FGT"
    reference: str = "POS123"


class Standing(StrEnum):
    """What is known of a license key."""

    VALID = "valid"
    MISSING = "missing"
    UNKNOWN = "unknown"
    EXPIRED = "expired"


class Activation(StrEnum):
    """What is known of an activation code."""

    FRESH = "fresh"
    USED = "used"
    UNKNOWN = "unknown"


class Licences:
    """Everything that was issued by one simulator. Safe to use from several threads.

    Args:
        clock: By which keys expire.
        lifetime: How long a key is valid that nothing else is said of.
    """

    def __init__(self, clock: Clock | None = None, *, lifetime: timedelta = YEAR) -> None:
        self._clock = clock or RealClock()
        self._lifetime = lifetime
        self._epoch = time.time() - self._clock.now()
        self._secret = secrets.token_bytes(32)
        self._codes: dict[str, tuple[PointOfSale, bool]] = {}
        self._revoked: set[str] = set()
        self._lock = threading.Lock()
        self._issued = 0

    def __repr__(self) -> str:
        return f"<Licences: {self._issued} keys, {len(self._codes)} activation codes>"

    def issue_key(self, pos: PointOfSale, valid_for: timedelta | None = None) -> str:
        """Make a license key. A negative `valid_for` makes one that has expired."""
        with self._lock:
            self._issued += 1
        now = int(self._now())
        lifetime = self._lifetime if valid_for is None else valid_for
        claims = {
            "pdposref": pos.reference,
            "pdposid": pos.id,
            "pdm": ["000000012345678"],
            "aud": "ips-simulator",
            "iss": "ips-simulator",
            "sub": "123456789",
            "iat": now,
            "exp": now + int(lifetime.total_seconds()),
            "jti": secrets.token_hex(16),
        }
        signed = f"{_part({'alg': 'HS256', 'typ': 'JWT'})}.{_part(claims)}"
        return f"{signed}.{self._sign(signed)}"

    def check_key(self, key: str | None) -> Standing:
        """Say whether a license key is valid now."""
        if not key:
            return Standing.MISSING
        signed, _, signature = key.rpartition(".")
        if not hmac.compare_digest(self._sign(signed).encode(), signature.encode()):
            return Standing.UNKNOWN
        with self._lock:
            if key in self._revoked:
                return Standing.EXPIRED
        return Standing.VALID if _claims(signed)["exp"] > self._now() else Standing.EXPIRED

    def revoke_key(self, key: str) -> None:
        """Make a key worthless before its time."""
        with self._lock:
            self._revoked.add(key)

    def point_of_sale(self, key: str) -> PointOfSale:
        """The point of sale that a key of ours was issued to."""
        claims = _claims(key.rpartition(".")[0])
        return PointOfSale(id=claims["pdposid"], reference=claims["pdposref"])

    def issue_activation_code(self, pos: PointOfSale, code: str | None = None) -> str:
        """Make a code, or make the given one fresh, with which `pos` can register once."""
        code = code or "".join(secrets.choice(_CODE_LETTERS) for _ in range(8))
        with self._lock:
            self._codes[code] = (pos, False)
        return code

    def activate(self, pos: PointOfSale, code: str) -> Activation:
        """Use a code up; only `FRESH` allows the registration."""
        with self._lock:
            owner, used = self._codes.get(code, (None, False))
            if owner != pos:
                return Activation.UNKNOWN
            if used:
                return Activation.USED
            self._codes[code] = (pos, True)
            return Activation.FRESH

    def _now(self) -> float:
        """Seconds since 1970, as far as the clock has come."""
        return self._epoch + self._clock.now()

    def _sign(self, signed: str) -> str:
        return _base64(hmac.digest(self._secret, signed.encode(), hashlib.sha256))


def _part(value: dict[str, Any]) -> str:
    return _base64(json.dumps(value, separators=(",", ":")).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _claims(signed: str) -> dict[str, Any]:
    text = signed.partition(".")[2]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return claims
