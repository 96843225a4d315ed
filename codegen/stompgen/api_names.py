"""The Python names of channels, operations, messages and servers: one for each key, none twice.

Keys are any text. A name that two keys would share, or that something else has already, gets a mark
made of the key alone, so that one more channel renames no other. Tools that count would.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping

import attrs

from .document import Document
from .model import ApiModel
from .naming import (
    TAKEN_CLASSES,
    TAKEN_METHODS,
    class_name,
    constant_case,
    method,
    pascal_case,
    reply_method,
)
from .problems import Problems

MAX_LENGTH = 80
"""Characters of a name; a longer one is cut and marked."""
MARK = 6
"""Hexadecimal digits of a mark: one in 16 million pairs of keys would share it."""


@attrs.frozen(kw_only=True)
class ApiNames:
    """The names in the generated modules, by the keys of the document."""

    channels: Mapping[str, str]
    """Constants of `channels.py`."""
    operations: Mapping[str, str]
    """Constants of `operations.py`, as those of the messages."""
    messages: Mapping[str, str]
    servers: Mapping[str, str]
    """Classes of `servers.py`, or constants for servers that are data."""
    methods: Mapping[str, str]
    """Methods of the client and of the handler."""
    replies: Mapping[str, str]
    """Methods that send a reply, as server stubs call them."""
    conversations: Mapping[str, str]
    """Classes of `client.py`, by the operation that opens them."""
    reply_classes: Mapping[str, str]
    """Classes of `server.py`, by the operation that they answer."""


def name_api(
    document: Document,
    model: ApiModel,
    classes: Iterable[str],
    data_servers: Iterable[str],
    problems: Problems,
) -> ApiNames:
    """Name everything but the schemas, whose classes have their names already.

    `data_servers` are the keys of the servers that are constants, and no classes.
    """
    known = frozenset(classes)
    namer = _Namer(document, problems)
    operations = {o.key: o.pointer for o in model.operations}
    messages = {m.key: m.pointer for m in model.messages}
    data = frozenset(data_servers)
    servers = namer.names(
        {s.key: s.pointer for s in model.servers},
        lambda key: constant_case(key) if key in data else class_name(pascal_case(key)),
        known | TAKEN_CLASSES | {"API", "API_VERSION"},
    )
    constants = known | TAKEN_CLASSES | {"API", *servers.values()}
    message_names = namer.names(messages, _message_constant, constants)
    kept = known | TAKEN_CLASSES | set(servers.values())
    return ApiNames(
        channels=namer.names(
            {c.key: c.pointer for c in model.channels}, constant_case, {"CHANNELS", "Channel"}
        ),
        operations=namer.names(operations, constant_case, constants | set(message_names.values())),
        messages=message_names,
        servers=servers,
        methods=namer.names(operations, method, TAKEN_METHODS),
        replies=namer.names(
            {o.key: o.pointer for o in model.operations if o.action == "receive"},
            reply_method,
            TAKEN_METHODS,
            quiet=True,
        ),
        conversations=namer.names(
            operations,
            lambda key: _with_end(pascal_case(key), "Conversation", kept),
            kept,
            quiet=True,
        ),
        reply_classes=namer.names(
            operations, lambda key: f"{pascal_case(key)}Replies", kept, quiet=True
        ),
    )


def unique(
    keys: Iterable[str], spell: Callable[[str], str], taken: Iterable[str] = ()
) -> dict[str, str]:
    """Spell each key, and mark those whose name another key, or something else, has."""
    used = set(taken)
    found: dict[str, str] = {}
    # Of keys that share a name the plainest keeps it: `orders` rather than `/orders`.
    for key in sorted(keys, key=lambda key: (len(key), key)):
        name = spell(key)
        if not name.isidentifier() or len(name) > MAX_LENGTH or name in used:
            name = _marked(name, key, used)
        used.add(name)
        found[key] = name
    return dict(sorted(found.items()))


def _message_constant(key: str) -> str:
    """Name the constant of a message; `emptyMessage` says already what it is."""
    return f"{constant_case(key).removesuffix('_MESSAGE')}_MESSAGE"


def _marked(name: str, key: str, used: set[str]) -> str:
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    start = "".join(char for char in name[: MAX_LENGTH - MARK - 1] if f"a{char}".isidentifier())
    start = start if start.isidentifier() else f"n{start}"
    mark = digest.upper() if name.isupper() else digest
    for length in range(MARK, len(mark) + 1):
        if (candidate := f"{start.rstrip('_')}_{mark[:length]}") not in used:
            return candidate
    raise AssertionError("two keys have one digest")  # pragma: no cover


def _with_end(name: str, end: str, taken: frozenset[str]) -> str:
    return f"{name}{end}" if name in taken else name


class _Namer:
    def __init__(self, document: Document, problems: Problems) -> None:
        self._document, self._problems = document, problems

    def names(
        self,
        pointers: Mapping[str, str],
        spell: Callable[[str], str],
        taken: Iterable[str],
        *,
        quiet: bool = False,
    ) -> dict[str, str]:
        """Name the keys; warn of those that could not be called what they are called."""
        found = unique(pointers, spell, taken)
        for key, name in found.items():
            if not quiet and name != spell(key):
                what = f"the name {spell(key)[:MAX_LENGTH]} is taken or cannot be used: {name}"
                advice = "rename it for a better one"
                self._problems.add(self._document.problem(pointers[key], what, advice, "warning"))
        return found
