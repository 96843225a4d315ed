"""Document -> model: traits applied, references followed, defaults filled in, all sorted by key."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from .document import Document
from .messages import schema_of
from .model import (
    ApiModel,
    ChannelModel,
    ConversationModel,
    ExampleModel,
    MessageModel,
    OperationModel,
    ParameterModel,
    Recovery,
    ReplyModel,
    ReplyRule,
    SecurityModel,
    ServerModel,
    TagModel,
    TerminalWhen,
    VariableModel,
)
from .objects import is_json_schema
from .pointers import Json, as_list, as_object, as_text, join, split, texts
from .problems import Problems
from .references import FILES, last_name
from .replies import SYNTHETIC
from .schema_merge import source_of
from .traits import apply_traits

VARIABLE = re.compile(r"\{([^{}]*)\}")


def build_model(document: Document, problems: Problems) -> ApiModel:
    """Build the model of a document in which no error was found."""
    return _Builder(apply_traits(document), problems).build()


def read_conversation(value: dict[str, Json]) -> ConversationModel:
    """Read an `x-conversation`; what does not fit is left out, since it has been reported."""
    recover = as_object(value.get("recover"))
    return ConversationModel(
        connection=as_text(value.get("connection")) or "any",
        replies=tuple(
            _reply_rule(key, as_object(rules))
            for key, rules in sorted(as_object(value.get("replies")).items())
        ),
        during=texts(as_list(value.get("during"))),
        errors=texts(as_list(value.get("errors"))),
        on_end=as_text(value.get("onEnd")) or "keep",
        at_most_once=value.get("atMostOnce") is True,
        recover=Recovery(
            operation=as_text(recover.get("operation")) or "", key=as_text(recover.get("key")) or ""
        )
        if recover
        else None,
    )


def _reply_rule(operation: str, rules: dict[str, Json]) -> ReplyRule:
    when = as_object(rules.get("terminalWhen"))
    return ReplyRule(
        operation=operation,
        occurs=as_text(rules.get("occurs")) or "many",
        terminal=rules.get("terminal") is True,
        terminal_when=TerminalWhen(
            reply=as_text(when.get("reply")) or "", request=as_text(when.get("request")) or ""
        )
        if when
        else None,
        after=texts(as_list(rules.get("after"))),
        answer=as_text(rules.get("answer")),
    )


class _Builder:
    def __init__(self, document: Document, problems: Problems) -> None:
        self._document = document
        self._problems = problems
        self._message_keys: dict[str, str] = {}  # pointer -> key
        self._taken_message_keys: set[str] = set()
        self._unlisted: dict[str, str] = {}
        """Channels that operations use though the document does not list them: key -> pointer."""
        self._keys: dict[str, dict[str, str]] = {}
        """Of channels and servers, by section: pointer -> key."""
        self._tags: dict[str, TagModel] = {}
        schemes = as_object(as_object(document.data.get("components")).get("securitySchemes"))
        self._schemes = {key: join("/components/securitySchemes", key) for key in sorted(schemes)}
        self._default_content_type = as_text(document.data.get("defaultContentType"))

    def build(self) -> ApiModel:
        data = self._document.data
        info = as_object(data.get("info"))
        for key in as_object(as_object(data.get("components")).get("tags")):
            self._tag_key(join("/components/tags", key))
        self._tag_keys("/info", info)
        keys = sorted(as_object(data.get("channels")))
        listed = [self._channel(key, join("/channels", key)) for key in keys]
        operations = tuple(
            self._operation(key) for key in sorted(as_object(data.get("operations")))
        )
        listed += [self._channel(key, at) for key, at in sorted(self._unlisted.items())]
        channels = tuple(sorted(listed, key=lambda channel: channel.key))
        for key in sorted(as_object(as_object(data.get("components")).get("messages"))):
            self._message_key(join("/components/messages", key))  # also those that nobody uses
        messages = tuple(
            self._message(pointer, key)
            for pointer, key in sorted(self._message_keys.items(), key=lambda item: item[1])
        )
        servers = tuple(self._server(key) for key in sorted(as_object(data.get("servers"))))
        return ApiModel(
            title=as_text(info.get("title")) or "",
            version=as_text(info.get("version")) or "",
            description=as_text(info.get("description")),
            perspective=as_text(info.get("x-perspective")) or "client",
            source_name=self._document.source_name,
            digest=self._document.digest,
            servers=servers,
            channels=channels,
            operations=operations,
            messages=messages,
            tags=tuple(tag for _, tag in sorted(self._tags.items())),
            security=tuple(self._security(key, at) for key, at in sorted(self._schemes.items())),
            default_content_type=self._default_content_type,
            asyncapi=self._document.version,
            side=self._document.side,
        )

    # Servers and security schemes.

    def _server(self, key: str) -> ServerModel:
        pointer, server = self._object(join("/servers", key))
        host, pathname = as_text(server.get("host")) or "", as_text(server.get("pathname")) or ""
        used = dict.fromkeys(VARIABLE.findall(host + pathname))
        transport = as_object(server.get("x-transport"))
        return ServerModel(
            key=key,
            pointer=pointer,
            title=as_text(server.get("title")),
            description=as_text(server.get("description")),
            host=host,
            pathname=pathname,
            protocol=as_text(server.get("protocol")) or "",
            protocol_version=as_text(server.get("protocolVersion")),
            transport=as_text(transport.get("protocol")),
            subprotocols=texts(as_list(transport.get("subprotocols"))),
            variables=tuple(
                self._variable(name, join(pointer, "variables", name)) for name in used
            ),
            summary=as_text(server.get("summary")),
            tags=self._tag_keys(pointer, server),
            security=self._security_keys(pointer, server),
            bindings=self._bindings(pointer),
        )

    def _security_keys(self, pointer: str, owner: dict[str, Json]) -> tuple[str, ...]:
        listed = range(len(as_list(owner.get("security"))))
        return tuple(self._scheme_key(join(pointer, "security", index)) for index in listed)

    def _scheme_key(self, place: str) -> str:
        """Return the key of a security scheme; one without a name is named after its type."""
        pointer, scheme = self._object(place)
        if _is_component(pointer):
            return split(pointer)[-1]
        for key, other in self._schemes.items():
            if not _is_component(other) and self._document.look(other) == scheme:
                return key
        base = key = as_text(scheme.get("type")) or "scheme"
        number = 1
        while key in self._schemes:
            number += 1
            key = f"{base}{number}"
        self._schemes[key] = pointer
        return key

    def _bindings(self, pointer: str) -> dict[str, Json] | None:
        found = self._document.look(join(pointer, "bindings"))
        return found if isinstance(found, dict) else None

    def _variable(self, name: str, pointer: str) -> VariableModel:
        variable = as_object(self._document.look(pointer))  # one that is not declared is used
        schema = variable.get("x-schema")
        return VariableModel(
            name=name,
            description=as_text(variable.get("description")),
            default=as_text(variable.get("default")),
            enum=texts(as_list(variable.get("enum"))),
            examples=texts(as_list(variable.get("examples"))),
            schema=schema if isinstance(schema, dict) else None,
        )

    def _security(self, key: str, pointer: str) -> SecurityModel:
        _, scheme = self._object(pointer)
        obtained = as_object(scheme.get("x-obtained-from"))
        return SecurityModel(
            key=key,
            type=as_text(scheme.get("type")) or "",
            name=as_text(scheme.get("name")),
            location_in=as_text(scheme.get("in")),
            header_of=as_text(scheme.get("x-header-of")),
            description=as_text(scheme.get("description")),
            sensitive=scheme.get("x-sensitive") is True,
            obtained_operation=as_text(obtained.get("operation")),
            obtained_payload=as_text(obtained.get("payload")),
            scheme=as_text(scheme.get("scheme")),
            bearer_format=as_text(scheme.get("bearerFormat")),
            open_id_connect_url=as_text(scheme.get("openIdConnectUrl")),
            flows=flows if isinstance(flows := scheme.get("flows"), dict) else None,
            scopes=texts(as_list(scheme.get("scopes"))),
        )

    # Channels, operations, messages.

    def _channel(self, key: str, place: str) -> ChannelModel:
        pointer, channel = self._object(place)
        address = as_text(channel.get("address"))
        messages = tuple(
            self._message_key(join(pointer, "messages", name))
            for name in sorted(as_object(channel.get("messages")))
        )
        declared = as_object(channel.get("parameters"))
        used = VARIABLE.findall(address or "")
        servers = range(len(as_list(channel.get("servers"))))
        return ChannelModel(
            key=key,
            pointer=pointer,
            address=address,
            title=as_text(channel.get("title")),
            summary=as_text(channel.get("summary")),
            description=as_text(channel.get("description")),
            messages=tuple(sorted(dict.fromkeys(messages))),
            parameters=tuple(
                self._parameter(name, join(pointer, "parameters", name))
                for name in dict.fromkeys([*used, *sorted(declared)])
            ),
            servers=tuple(
                self._server_key(self._document.resolve(join(pointer, "servers", index)))
                for index in servers
            ),
            tags=self._tag_keys(pointer, channel),
            bindings=self._bindings(pointer),
        )

    def _parameter(self, name: str, pointer: str) -> ParameterModel:
        parameter = as_object(self._document.look(pointer))  # one that is not declared is used
        schema = parameter.get("x-schema")
        return ParameterModel(
            name=name,
            description=as_text(parameter.get("description")),
            default=as_text(parameter.get("default")),
            enum=texts(as_list(parameter.get("enum"))),
            examples=texts(as_list(parameter.get("examples"))),
            location=as_text(parameter.get("location")),
            schema=schema if isinstance(schema, dict) else None,
        )

    def _operation(self, key: str) -> OperationModel:
        pointer, operation = self._object(join("/operations", key))
        channel_pointer = self._document.resolve(join(pointer, "channel"))
        conversation = operation.get("x-conversation")
        return OperationModel(
            key=key,
            pointer=pointer,
            action=as_text(operation.get("action")) or "",
            channel=self._channel_key(channel_pointer),
            messages=self._operation_messages(pointer, operation, channel_pointer),
            title=as_text(operation.get("title")),
            summary=as_text(operation.get("summary")),
            description=as_text(operation.get("description")),
            tags=self._tag_keys(pointer, operation),
            security=self._security_keys(pointer, operation),
            conversation=read_conversation(conversation)
            if isinstance(conversation, dict)
            else None,
            source=source_of(operation.get("x-source")),
            reply=self._reply(join(pointer, "reply")) if "reply" in operation else None,
            synthetic=operation.get(SYNTHETIC) is True,
            bindings=self._bindings(pointer),
        )

    def _reply(self, place: str) -> ReplyModel:
        pointer, reply = self._object(place)
        address = as_object(self._document.look(join(pointer, "address")))
        found = self._document.find(join(pointer, "channel"))
        return ReplyModel(
            channel=None if found is None else self._channel_key(found[0]),
            messages=self._operation_messages(pointer, reply, found[0] if found else None),
            address_location=as_text(address.get("location")),
            address_description=as_text(address.get("description")),
        )

    def _operation_messages(
        self, pointer: str, operation: dict[str, Json], channel_pointer: str | None
    ) -> tuple[str, ...]:
        if "messages" in operation:
            listed = range(len(as_list(operation["messages"])))
            places: Iterable[str] = (join(pointer, "messages", index) for index in listed)
        elif channel_pointer is None:
            places = ()
        else:  # absent: all messages of the channel; an empty list means none
            messages = as_object(as_object(self._document.at(channel_pointer)).get("messages"))
            places = (join(channel_pointer, "messages", name) for name in sorted(messages))
        return tuple(dict.fromkeys(self._message_key(place) for place in places))

    def _channel_key(self, pointer: str) -> str:
        """Return the key of a channel; one that the document does not list gets one."""
        if (key := self._key("channels", pointer)) is not None:
            return key
        steps = split(pointer)
        written_inside = steps[0] == "operations" and len(steps) > 2
        key = steps[1] if written_inside else last_name(pointer)  # named after its operation
        while key in as_object(self._document.data.get("channels")) or (
            self._unlisted.get(key, pointer) != pointer
        ):
            key = f"{key}_"
        self._unlisted[key] = pointer
        return key

    def _server_key(self, pointer: str) -> str:
        return self._key("servers", pointer) or last_name(pointer)

    def _key(self, section: str, pointer: str) -> str | None:
        """Return the key under which the document lists what is at a pointer."""
        if section not in self._keys:
            self._keys[section] = {}
            for key in sorted(as_object(self._document.data.get(section))):
                at = self._document.resolve(join("", section, key))
                self._keys[section].setdefault(at, key)
        return self._keys[section].get(pointer)

    def _message_key(self, place: str) -> str:
        pointer = self._document.resolve(place)
        if pointer not in self._message_keys:
            steps = split(pointer)
            key = last_name(pointer)
            if steps[0] == "operations" and steps[-2] == "messages" and key.isdecimal():
                name = as_text(as_object(self._document.look(pointer)).get("name"))
                key = name or f"{steps[1]}Message"  # written inside of the operation
            if key in self._taken_message_keys:
                # Channels may use one key for different messages: the channel tells them apart,
                # and of further files the folder does.
                key = f"{_owner(steps)}_{key}"
            while key in self._taken_message_keys:
                key = f"{key}_"
            self._taken_message_keys.add(key)
            self._message_keys[pointer] = key
        return self._message_keys[pointer]

    def _message(self, pointer: str, key: str) -> MessageModel:
        _, message = self._object(pointer)
        correlation = as_object(message.get("correlationId"))
        if correlation:
            _, correlation = self._object(join(pointer, "correlationId"))
        return MessageModel(
            key=key,
            pointer=pointer,
            name=as_text(message.get("name")) or key,
            title=as_text(message.get("title")),
            summary=as_text(message.get("summary")),
            description=as_text(message.get("description")),
            payload=schema_of(self._document, pointer, "payload"),
            headers=schema_of(self._document, pointer, "headers"),
            correlation_location=as_text(correlation.get("location")),
            content_type=as_text(message.get("contentType")) or self._default_content_type,
            tags=self._tag_keys(pointer, message),
            examples=tuple(
                _example(as_object(example)) for example in as_list(message.get("examples"))
            ),
            payload_format=self._foreign_format(pointer, "payload"),
            headers_format=self._foreign_format(pointer, "headers"),
            bindings=self._bindings(pointer),
        )

    def _foreign_format(self, message: str, part: str) -> str | None:
        stated = as_object(self._document.look(join(message, part))).get("schemaFormat")
        return None if stated is None or is_json_schema(stated) else str(stated)

    # Tags.

    def _tag_keys(self, pointer: str, owner: dict[str, Json]) -> tuple[str, ...]:
        count = len(as_list(owner.get("tags")))
        return tuple(
            dict.fromkeys(self._tag_key(join(pointer, "tags", index)) for index in range(count))
        )

    def _tag_key(self, place: str) -> str:
        pointer, tag = self._object(place)
        name = as_text(tag.get("name")) or ""
        if pointer.startswith("/components/tags/"):
            key = split(pointer)[-1]
        else:  # an inline tag: the same name is the same tag
            named = [known.key for known in self._tags.values() if known.name == name]
            key = named[0] if named else slug(name)
        if key not in self._tags:
            description = as_text(tag.get("description"))
            self._tags[key] = TagModel(key=key, name=name, description=description)
        return key

    def _object(self, pointer: str) -> tuple[str, dict[str, Json]]:
        resolved = self._document.resolve(pointer)
        return resolved, as_object(self._document.at(resolved))


def slug(name: str) -> str:
    """Make a key of an inline tag's name."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "tag"


def _is_component(scheme: str) -> bool:
    return scheme.startswith("/components/securitySchemes/") and len(split(scheme)) == 3


def _owner(steps: list[str]) -> str:
    """Name what a message stands in."""
    if steps[:1] == [FILES]:
        path = PurePosixPath(steps[1])
        return path.parent.name or path.stem
    return steps[-3] if len(steps) > 2 else "".join(steps)


def _example(value: dict[str, Json]) -> ExampleModel:
    headers = value.get("headers")
    return ExampleModel(
        name=as_text(value.get("name")),
        summary=as_text(value.get("summary")),
        headers=headers if isinstance(headers, dict) else None,
        payload=value.get("payload"),
        has_payload="payload" in value,
    )
