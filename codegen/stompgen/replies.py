"""AsyncAPI's `reply`, written out as the conversation that it means.

A request that names where it is answered is answered once. Where the document has no operation
that receives the answer, one is made: otherwise nobody would listen.
"""

from .document import Document
from .messages import operation_objects
from .pointers import Json, as_list, as_object, as_text, join, reference
from .problems import Problems
from .stomp import speaks_stomp

SYNTHETIC = "x-stompgen-synthetic"


def derive_conversations(document: Document) -> Document:
    """Give every request with a `reply`, and no `x-conversation`, a conversation.

    Documents whose servers do not speak STOMP stay as they are: their replies are data.
    """
    return write_out_replies(document) if speaks_stomp(document) else document


def write_out_replies(document: Document) -> Document:
    """Do so whatever the servers speak."""
    operations = as_object(document.data.get("operations"))
    made: dict[str, Json] = {}
    origins: dict[str, str] = {}
    for key in sorted(operations):
        at = join("/operations", key)
        found = document.find(at)
        operation = as_object(found[1] if found else None)
        if found is None or operation.get("action") != "send" or "reply" not in operation:
            continue
        if _has_conversation(document, found[0], operation):
            continue
        channel = _reply_channel(document, found[0])
        if channel is None:
            continue
        receiver = _receiver(document, {**operations, **made}, channel)
        if receiver is None:
            receiver = _free(f"{key}Reply", {*operations, *made})
            made[receiver] = _synthetic(document, found[0])
            origins[join("/operations", receiver)] = document.origin(join(found[0], "reply"))
        rules: Json = {"replies": {receiver: {"occurs": "one", "terminal": True}}}
        made[key] = {**operation, "x-conversation": rules}
        place = join(at, "x-conversation")
        origins[place] = document.origin(join(found[0], "reply"))
        if found[0] != at:
            origins[at] = document.origin(found[0])
    if not made:
        return document
    data: dict[str, Json] = {**document.data, "operations": {**operations, **made}}
    return document.derived(data, origins=origins)


def check_replies(document: Document, problems: Problems) -> None:
    """Tell which replies cannot be waited for."""
    if not speaks_stomp(document):
        return
    for key, operation in operation_objects(document).items():
        if operation.get("action") != "send" or "reply" not in operation:
            continue
        at = document.resolve(join("/operations", key))
        if "x-conversation" not in operation and _reply_channel(document, at) is None:
            what = "where the reply comes is known at run time only, so nothing waits for it"
            advice = "name a channel with an address, or write an x-conversation"
            problems.add(document.problem(join(at, "reply"), what, advice, "warning"))


def _has_conversation(document: Document, pointer: str, operation: dict[str, Json]) -> bool:
    places = [join(pointer, "traits", i) for i in range(len(as_list(operation.get("traits"))))]
    traits = [as_object(document.look(place)) for place in places]
    return any("x-conversation" in item for item in (operation, *traits))


def _reply_channel(document: Document, operation: str) -> str | None:
    """Return the pointer of the channel of a reply, if its address is known."""
    found = document.find(join(operation, "reply", "channel"))
    if found is None or as_text(as_object(found[1]).get("address")) is None:
        return None
    return found[0]


def _receiver(document: Document, operations: dict[str, Json], channel: str) -> str | None:
    """Return the operation that receives what comes on a channel."""
    for key in sorted(operations):
        at = join("/operations", key)
        value = as_object(operations[key])
        if (target := as_text(as_object(value.get("channel")).get("$ref"))) is not None:
            found = document.find(target[1:]) if target.startswith("#") else None
            action = value.get("action")
        else:
            found = document.find(join(at, "channel"))
            action = as_object(document.look(at)).get("action")
        if action == "receive" and found is not None and found[0] == channel:
            return key
    return None


def _synthetic(document: Document, operation: str) -> dict[str, Json]:
    reply_at = document.resolve(join(operation, "reply"))
    reply = as_object(document.at(reply_at))
    channel = document.resolve(join(reply_at, "channel"))
    made: dict[str, Json] = {
        "action": "receive",
        "channel": reply.get("channel") or {"$ref": reference(channel)},
        "summary": "Answer of the request.",
        SYNTHETIC: True,
    }
    if "messages" in reply:
        made["messages"] = reply["messages"]
    return made


def _free(name: str, taken: set[str]) -> str:
    number = 1
    while (free := name if number == 1 else f"{name}{number}") in taken:
        number += 1
    return free
