"""Which servers of a document speak STOMP, so that a client can be made for them."""

from collections.abc import Iterator

from .document import Document
from .pointers import as_list, as_object, as_text, join, texts

PROTOCOLS = ("stomp", "stomps")
WEB_SOCKETS = ("ws", "wss")
CHOICES = ("auto", "stomp", "none")
"""What a user may say of the protocol: what the document tells, a client in any case, or none."""


def speaks_stomp(document: Document, protocol: str = "auto") -> bool:
    """Tell whether a client is made: a server speaks STOMP, or there is none and all else does."""
    if protocol != "auto":
        return protocol == "stomp"
    if stomp_servers(document):
        return True
    return not as_object(document.data.get("servers")) and (_bound(document) or _talks(document))


def stomp_servers(document: Document, protocol: str = "auto") -> tuple[str, ...]:
    """Return the keys of the servers that a client can connect to.

    A WebSocket server is one of them when it says so, when the document has a `stomp` binding, or
    when the user says that WebSocket servers mean STOMP.
    """
    if protocol == "none":
        return ()
    any_web_socket = protocol == "stomp" or _bound(document)
    return tuple(
        key
        for key in as_object(document.data.get("servers"))
        if _names_stomp(document, join("/servers", key))
        or (any_web_socket and _protocol(document, join("/servers", key)) in WEB_SOCKETS)
    )


def _names_stomp(document: Document, pointer: str) -> bool:
    """Tell whether a server says STOMP: it, its WebSocket's subprotocol, or a binding does."""
    protocol = _protocol(document, pointer)
    if protocol in PROTOCOLS:
        return True
    if protocol not in WEB_SOCKETS:
        return False
    if "stomp" in as_object(document.look(join(pointer, "bindings"))):
        return True
    subprotocols = texts(as_list(document.look(join(pointer, "x-transport", "subprotocols"))))
    return any("stomp" in name.lower() for name in subprotocols)


def _protocol(document: Document, pointer: str) -> str:
    return (as_text(as_object(document.look(pointer)).get("protocol")) or "").lower()


def _bound(document: Document) -> bool:
    """Tell whether any channel, operation or message has a `stomp` binding."""
    return any(
        "stomp" in as_object(document.look(join(place, "bindings")))
        for place in _bindable(document)
    )


def _bindable(document: Document) -> Iterator[str]:
    for key in as_object(document.data.get("channels")):
        channel = join("/channels", key)
        yield channel
        for name in as_object(document.look(join(channel, "messages"))):
            yield join(channel, "messages", name)
    for key in as_object(document.data.get("operations")):
        operation = join("/operations", key)
        yield operation
        for index in range(len(as_list(document.look(join(operation, "traits"))))):
            yield join(operation, "traits", index)


def _talks(document: Document) -> bool:
    operations = as_object(document.data.get("operations"))
    return any(
        "x-conversation" in as_object(document.look(join("/operations", key))) for key in operations
    )
