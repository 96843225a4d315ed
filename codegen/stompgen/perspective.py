"""The same document seen from the other side: what one sends, the other receives."""

from typing import Literal, TypeAlias

from .document import Document
from .pointers import as_object, join, split
from .references import with_value

Side: TypeAlias = Literal["described", "other"]
SIDES: tuple[Side, ...] = ("described", "other")
OPPOSITES = {"send": "receive", "receive": "send"}


def seen_from(document: Document, side: Side) -> Document:
    """Return the document with its actions exchanged when `side` is `other`.

    AsyncAPI's actions are those of the application that the document describes. Bindings for those
    who talk to it need the opposite; so do bindings for the described application when its authors
    wrote the document as their users see it.
    """
    if side == document.side:
        return document
    data = document.data
    done: set[str] = set()
    for key in as_object(data.get("operations")):
        found = document.find(join("/operations", key))
        if found is None or found[0] in done:
            continue
        done.add(found[0])
        action = as_object(found[1]).get("action")
        if isinstance(action, str) and action in OPPOSITES:
            data = with_value(data, [*split(found[0]), "action"], OPPOSITES[action])
    return document.derived(data, side=side)
