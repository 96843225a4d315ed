"""Who may ask: a browser on this machine, and there no other site than the page itself.

The page can start faults and use PIN pads. So a foreign site, open in the same browser, must reach
nothing: neither by a name of its own that it lets point here (DNS rebinding: `Host` gives it away),
nor by a WebSocket, which browsers open to anywhere (`Origin` gives it away).
"""

import re
from typing import Final

_OWN: Final = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?", re.ASCII)


def is_own_host(host: str | None) -> bool:
    """True for this machine's own names. Any port: it may be forwarded from elsewhere."""
    return host is not None and _OWN.fullmatch(host) is not None


def is_own_origin(origin: str | None, host: str) -> bool:
    """True for a page that came from here. What names no origin is no browser, and has no use."""
    return origin == f"http://{host}"
