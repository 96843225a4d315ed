"""The page: what happens in a simulator, in a browser on the same machine, and a PIN pad to use.

`server.py` answers HTTP and WebSocket, `guard.py` decides who may ask, `history.py` remembers what
a page is told, `views.py` makes it fit to be shown, `commands.py` does what a page wishes. What the
browser gets stands in `static`.
"""

from .server import PageServer

__all__ = ["PageServer"]
