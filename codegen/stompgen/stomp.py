"""Which servers of a document speak STOMP."""

from .document import Document
from .pointers import as_list, as_object, as_text, join, texts

PROTOCOLS = ("stomp", "stomps")
WEB_SOCKET = ("ws", "wss")


def speaks_stomp(document: Document) -> bool:
    """Tell whether any server of a document speaks STOMP, or there is none and all else does."""
    servers = as_object(document.data.get("servers"))
    if any(server_speaks_stomp(document, join("/servers", key)) for key in servers):
        return True
    if any(_is_web_socket(document, join("/servers", key)) for key in servers):
        return _has_bindings(document)
    return not servers and (_has_bindings(document) or _has_conversations(document))


def _is_web_socket(document: Document, pointer: str) -> bool:
    server = as_object(document.look(pointer))
    return (as_text(server.get("protocol")) or "").lower() in WEB_SOCKET


def _has_bindings(document: Document) -> bool:
    return any(
        "stomp" in as_object(document.look(join("", section, key, "bindings")))
        for section in ("channels", "operations")
        for key in as_object(document.data.get(section))
    )


def _has_conversations(document: Document) -> bool:
    operations = as_object(document.data.get("operations"))
    return any(
        "x-conversation" in as_object(document.look(join("/operations", key))) for key in operations
    )


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
