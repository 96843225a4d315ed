"""Which servers of a document speak STOMP, so that a client can be made for them."""

from collections.abc import Iterator

from .model import ApiModel, ServerModel
from .pointers import Json

STOMP = frozenset({"stomp", "stomps"})
WEB_SOCKETS = frozenset({"ws", "wss"})
CHOICES = ("auto", "stomp", "none")
"""What a user may say of the protocol."""


def stomp_servers(model: ApiModel, protocol: str) -> tuple[ServerModel, ...]:
    """Return the servers that a client can connect to.

    `protocol` is `stomp` when the user says that WebSocket servers mean STOMP, `none` when no
    client is wanted, and `auto` when the document has to tell.
    """
    if protocol == "none":
        return ()
    return tuple(
        server
        for server in model.servers
        if _names_stomp(server)
        or (server.protocol.lower() in WEB_SOCKETS and (protocol == "stomp" or _bound(model)))
    )


def has_client(model: ApiModel, protocol: str) -> bool:
    """Tell whether a client is generated: a server speaks STOMP, or there is none and STOMP is."""
    if protocol != "auto":
        return protocol == "stomp"
    if stomp_servers(model, protocol):
        return True
    talks = any(operation.conversation is not None for operation in model.operations)
    return not model.servers and (talks or _bound(model))


def _names_stomp(server: ServerModel) -> bool:
    named = (server.protocol, server.transport or "", *server.subprotocols)
    return server.protocol.lower() in STOMP or any("stomp" in name.lower() for name in named)


def _bound(model: ApiModel) -> bool:
    """Tell whether anything in the document has a `stomp` binding."""
    return any("stomp" in bindings for bindings in _bindings(model) if bindings)


def _bindings(model: ApiModel) -> Iterator[dict[str, Json] | None]:
    for group in (model.servers, model.channels, model.operations, model.messages):
        for item in group:
            yield item.bindings
