"""Whether a document was written for this generator.

Where it was, a doubtful statement is most likely a slip that would silently lose a check, and is an
error. In documents of others the same is only told: they were not written for us, and what
AsyncAPI's own parser accepts has to give code.
"""

from .document import Document
from .pointers import as_object, join

OF_INFO = frozenset({"x-perspective", "x-client-name", "x-sources"})
CONVERSATION = "x-conversation"
HOLDERS = ("/operations", "/components/operations", "/components/operationTraits")


def is_ours(document: Document) -> bool:
    """Tell whether a document uses the keys that nobody else has."""
    if OF_INFO & as_object(document.look("/info")).keys():
        return True
    return any(
        CONVERSATION in as_object(document.look(join(holder, key)))
        for holder in HOLDERS
        for key in as_object(document.look(holder))
    )
