"""What the tests of license keys share: keys, and a simulator's till in a few calls."""

import base64
import json
from typing import Any

from ips_simulator import Simulator
from ips_till.key_file import KeyFile
from stompws.client import ClientOptions, Deadlines
from stompws.errors import LinkError
from worldpay_ips import PaymentApi

OLD, NEW = "old.license.key", "new.license.key"
PROMPT = ClientOptions(deadlines=Deadlines(connect=5, first_event=5, between_events=5, total=15))


def token(**claims: Any) -> str:
    """A JSON Web Token with these claims and a signature that means nothing."""
    return ".".join((_part({"alg": "HS256", "typ": "JWT"}), _part(claims), "c2lnbmF0dXJl"))


def _part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def put(file: KeyFile, key: str) -> None:
    """Make a key the current one."""
    file.offer(key)
    file.promote()


def connects(simulator: Simulator, key: str) -> bool:
    """Ask the service itself whether it takes a key."""
    api = PaymentApi(simulator.server(), license_key=key, options=PROMPT)
    try:
        api.service_status()
    except LinkError:
        return False
    return True
