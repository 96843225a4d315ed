"""The files of the page, and what is said with them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).with_name("static")
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@cache
def files() -> Mapping[str, tuple[str, bytes]]:
    """Path to content type and content. What is no key here is not there."""
    found = {
        f"/{path.name}": (_TYPES[path.suffix], path.read_bytes())
        for path in _FOLDER.iterdir()
        if path.suffix in _TYPES
    }
    return found | {"/": found["/index.html"]}


def headers_for(host: str) -> Mapping[str, str]:
    """What every answer says. `host` is one of the page's own.

    Only what came from here is run, shown and called; nothing is kept, as a newer simulator may
    bring newer files.
    """
    # `'self'` names the WebSocket too, but Safari before 15.4 does not think so.
    policy = (
        f"default-src 'self'; connect-src 'self' ws://{host}; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'; object-src 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
