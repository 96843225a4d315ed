"""AsyncAPI 2.x → 3.x: a document that says the same in the words of 3.x.

What 2.x calls `publish` is what others publish: the application that the document describes
receives it. Every pointer of the new document knows where in the old one it was written, so that
problems show the author's own text.
"""

from collections.abc import Iterator
from itertools import count

from .document import Document
from .objects import is_json_schema
from .pointers import (
    Json,
    as_list,
    as_object,
    as_text,
    join,
    reference,
    referred,
    split,
    texts,
    translated,
)
from .references import last_name, rewritten
from .structure import structure_2
from .upgrade_parts import (
    message_trait,
    operation_trait,
    parameter,
    security,
    security_scheme,
    server,
)

VERBS = {"publish": "receive", "subscribe": "send"}
MOVED_TO_INFO = ("tags", "externalDocs")
PARTS = {
    "MessageTrait": message_trait,
    "OperationTrait": operation_trait,
    "Parameter": parameter,
    "SecurityScheme": security_scheme,
    "Server": server,
}


def upgrade(document: Document) -> Document:
    """Return a 2.x document as a 3.x document. Whatever is wrong with it stays wrong."""
    return _Upgrade(document).run()


class _Upgrade:
    def __init__(self, document: Document) -> None:
        self._old = document
        self._part_origins: dict[str, str] = {}
        self._part_moves: dict[str, str] = {}
        """What moved inside an object, still by the place that the object had."""
        self._origins: dict[str, str] = {}
        self._moves: dict[str, str] = {}
        """New pointers by old ones of the objects that moved."""
        # Nothing in it is shared, so that it can be changed.
        self._data = as_object(rewritten(document.data, lambda _, __: None))
        self._operations: dict[str, Json] = {}
        self._wanted = self._operation_keys()

    def run(self) -> Document:
        for pointer, kind in structure_2(self._old).kinds.items():
            self._part(pointer, kind)
        data = self._data
        channels = as_object(data.get("channels"))
        homes = {key: self._home(join("/channels", key)) for key in sorted(channels)}
        for key, (home, channel) in homes.items():
            channels[key] = self._channel(key, home, channel)
        self._components()
        info = data.get("info")
        for name in MOVED_TO_INFO:
            if name in data and isinstance(info, dict):
                info.setdefault(name, data.pop(name))
                self._move(join("", name), join("/info", name))
        data["asyncapi"] = "3.0.0"
        if self._operations:
            data["operations"] = self._operations
        moved = rewritten(data, lambda _, target: self._target(target))
        return self._old.derived(
            as_object(moved), origins={**self._moved_origins(), **self._origins}
        )

    def _part(self, pointer: str, kind: str) -> None:
        """Change an object that keeps its place."""
        value = self._at(pointer)
        if value is None:
            return
        if kind == "Message":
            self._message(value, pointer)
        elif kind in PARTS:
            for new, old in PARTS[kind](value, self._old).items():
                self._move_part(pointer + old, pointer + new)

    def _message(self, message: dict[str, Json], pointer: str) -> None:
        message.pop("messageId", None)
        stated = message.pop("schemaFormat", None)
        if "payload" not in message or not isinstance(stated, str):
            return
        if is_json_schema(stated) and "openapi" not in stated:
            return
        message["payload"] = {"schemaFormat": stated, "schema": message["payload"]}
        payload = join(pointer, "payload")
        self._move_part(payload, join(payload, "schema"))
        self._part_origins[join(payload, "schemaFormat")] = join(pointer, "schemaFormat")

    # Channels and their operations.

    def _home(self, at: str) -> tuple[str, Json]:
        """Return where a channel is written, and a copy of it.

        In 3.x the address is in the channel, so that two addresses cannot share one.
        """
        found = self._old.find(at)
        if found is None or self._at(found[0]) is None:
            return at, None
        return found[0], rewritten(self._at(found[0]), lambda _, __: None)

    def _channel(self, key: str, home: str, channel: Json) -> Json:
        """Return a channel with its messages, and note its operations."""
        at = join("/channels", key)
        if home != at:
            self._origins[at] = home
        if not isinstance(channel, dict):
            return {"address": key}
        messages = _Messages()
        for verb in ("subscribe", "publish"):
            operation = channel.pop(verb, None)
            if isinstance(operation, dict):
                self._operation(at, join(home, verb), key, verb, operation, messages)
        if messages.found:
            channel["messages"] = messages.found
        self._servers(channel)
        return {"address": key, **channel}

    def _operation(
        self,
        channel: str,
        home: str,
        channel_key: str,
        verb: str,
        operation: dict[str, Json],
        messages: "_Messages",
    ) -> None:
        key = self._wanted[channel_key, verb]
        choice = operation.pop("message", None)
        operation.pop("operationId", None)  # its key
        names: list[str] = []
        for place, message in _choices(choice, join(home, "message")):
            names.append(self._add(messages, channel, message, place, key))
        at = join("/operations", key)
        listed: list[Json] = [
            {"$ref": reference(join(channel, "messages", name))} for name in dict.fromkeys(names)
        ]
        self._operations[key] = {
            "action": VERBS[verb],
            "channel": {"$ref": reference(channel)},
            **{name: value for name, value in operation.items() if name != "security"},
            "messages": listed,
            **security(operation, self._old),
        }
        self._origins[at] = home
        self._moves.setdefault(home, at)

    def _add(
        self,
        messages: "_Messages",
        channel: str,
        message: dict[str, Json],
        place: str,
        operation: str,
    ) -> str:
        """Put a message of an operation into its channel; return its name there."""
        name = messages.add(message, self._message_name(message, place, operation))
        new = join(channel, "messages", name)
        self._origins.setdefault(new, place)
        if "$ref" not in message:
            self._moves.setdefault(place, new)
        return name

    def _message_name(self, message: dict[str, Json], place: str, operation: str) -> str:
        """Name a message: by its component, its id, its name, or as the operation's."""
        found = self._old.find(place)
        if isinstance(message.get("$ref"), str) and found is not None:
            return last_name(found[0])
        old = as_object(self._old.look(place))
        for name in ("messageId", "name"):
            if text := as_text(old.get(name)):
                return text
        return f"{operation}Message"

    def _servers(self, channel: dict[str, Json]) -> None:
        names = channel.get("servers")
        if isinstance(names, list):
            channel["servers"] = [
                {"$ref": reference(join("/servers", name))} for name in texts(names)
            ]
            if not names:
                del channel["servers"]  # all of them

    def _operation_keys(self) -> dict[tuple[str, str], str]:
        """Give each operation a key of its own: its id, or the channel's with the verb."""
        keys: dict[tuple[str, str], str] = {}
        taken: set[str] = set()
        unnamed: list[tuple[str, str]] = []
        for channel in sorted(as_object(self._old.data.get("channels"))):
            item = as_object(self._old.look(join("/channels", channel)))
            for verb in VERBS:
                operation = as_object(item.get(verb))
                name = as_text(operation.get("operationId"))
                if name and name not in taken:
                    keys[channel, verb] = name
                    taken.add(name)
                elif verb in item:
                    unnamed.append((channel, verb))
        for channel, verb in unnamed:
            name = f"{channel}.{verb}"
            keys[channel, verb] = _free(name, taken)
            taken.add(keys[channel, verb])
        return keys

    def _components(self) -> None:
        """Channels among the components have no operations in 3.x; their messages stay."""
        components = as_object(self._data.get("components"))
        for key, channel in as_object(components.get("channels")).items():
            at = join("/components/channels", key)
            if not isinstance(channel, dict) or "$ref" in channel:
                continue
            messages = _Messages()
            for verb in ("subscribe", "publish"):
                operation = as_object(channel.pop(verb, None))
                for place, message in _choices(operation.get("message"), join(at, verb, "message")):
                    self._add(messages, at, message, place, f"{key}.{verb}")
            if messages.found:
                channel["messages"] = messages.found
            self._servers(channel)

    # Places.

    def _move(self, old: str, new: str) -> None:
        self._origins[new] = old
        self._moves[old] = new

    def _at(self, pointer: str) -> dict[str, Json] | None:
        value: Json = self._data
        for token in split(pointer):
            below = as_list(value)[int(token)] if isinstance(value, list) else None
            value = as_object(value).get(token) if below is None else below
        return value if isinstance(value, dict) else None

    def _move_part(self, old: str, new: str) -> None:
        self._part_origins[new] = old
        self._part_moves[old] = new

    def _moved_origins(self) -> dict[str, str]:
        """Return the origins of parts by where their objects are now."""
        return {translated(self._moves, new): old for new, old in self._part_origins.items()}

    def _target(self, target: str) -> str | None:
        """Return where a reference leads now."""
        if not target.startswith("#/"):
            return None
        old = referred(target)
        new = translated(self._moves, translated(self._part_moves, old))
        return None if new == old else reference(new)


class _Messages:
    """The messages of one channel."""

    def __init__(self) -> None:
        self.found: dict[str, Json] = {}

    def add(self, message: dict[str, Json], name: str) -> str:
        """Keep a message under a name of its own, and return that; equal ones are one."""
        known = next(free for free in _names(name) if self.found.get(free, message) == message)
        self.found[known] = message
        return known


def _choices(choice: Json, place: str) -> Iterator[tuple[str, dict[str, Json]]]:
    if not isinstance(choice, dict):
        return
    if "oneOf" not in choice or "$ref" in choice:
        yield place, choice
        return
    for index, item in enumerate(as_list(choice["oneOf"])):
        if isinstance(item, dict):
            yield join(place, "oneOf", index), item


def _free(name: str, taken: set[str]) -> str:
    return next(free for free in _names(name) if free not in taken)


def _names(name: str) -> Iterator[str]:
    """Yield a name, and then the same with a number; without end."""
    yield name
    yield from (f"{name}_{number}" for number in count(2))
