"""Which servers of a document speak STOMP."""

from .document import Document
from .pointers import as_list, as_object, as_text, join, texts

PROTOCOLS = ("stomp", "stomps")
WEB_SOCKET = ("ws", "wss")


def speaks_stomp(document: Document) -> bool:
    """Tell whether any server of a document speaks STOMP."""
    servers = as_object(document.data.get("servers"))
    return any(server_speaks_stomp(document, join("/servers", key)) for key in servers)


def server_speaks_stomp(document: Document, pointer: str) -> bool:
    """Tell whether a server speaks STOMP: it says so, or its WebSocket's subprotocol does."""
    server = as_object(document.look(pointer))
    protocol = (as_text(server.get("protocol")) or "").lower()
    if protocol in PROTOCOLS:
        return True
    if "stomp" in as_object(document.look(join(pointer, "bindings"))):
        return True
    transport = as_object(server.get("x-transport"))
    names = texts(as_list(transport.get("subprotocols")))
    return protocol in WEB_SOCKET and any("stomp" in name for name in names)
