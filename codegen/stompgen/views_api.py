"""Views of the API as data: channels, operations with their conversations, servers."""

from collections.abc import Iterable, Mapping

import attrs

from . import docs
from .filters import literal
from .imports import Imports
from .model import (
    ConversationModel,
    MessageModel,
    OperationModel,
    ReplyRule,
    SecurityModel,
)
from .naming import snake_case
from .operations import story_order
from .pointers import split
from .schemas import ObjectSchema
from .views import Context, ModuleView

OCCURS = {"one": "ONE", "optional": "OPTIONAL", "some": "SOME", "many": "MANY"}
CONNECTIONS = {"new": "NEW", "current": "CURRENT", "any": "ANY"}
ON_END = {
    "must-disconnect": "MUST_DISCONNECT",
    "should-disconnect": "SHOULD_DISCONNECT",
    "keep": "KEEP",
}
ROLES = {
    "correlation-id": "correlation_id",
    "message-id": "message_id",
    "publisher-id": "publisher_id",
}


@attrs.frozen(kw_only=True)
class ConstantView:
    """A module-level constant: a descriptor."""

    name: str
    value: str
    docs: tuple[str, ...] = ()


def call(name: str, arguments: Mapping[str, str | None]) -> str:
    """Write a call with keyword arguments; None leaves one out."""
    given = [f"{key}={value}" for key, value in arguments.items() if value is not None]
    return f"{name}({', '.join(given)})"


def texts(values: Iterable[str]) -> str | None:
    """Write a tuple of texts, None when it is empty."""
    return tuple_of(literal(value) for value in values)


def tuple_of(values: Iterable[str]) -> str | None:
    """Write a tuple, None when it is empty."""
    items = list(values)
    return f"({', '.join(items)}{',' if len(items) == 1 else ''})" if items else None


def channels_module(context: Context) -> ModuleView:
    """Make the view of `channels.py`."""
    imports = context.imports()
    constants: list[ConstantView] = []
    for channel in context.model.channels:
        if channel.address is None:
            what = "a channel whose address is known at run time only is not supported"
            context.report(channel.pointer, what, "give it an address")
        imports.runtime("descriptors", "Channel")
        arguments = {"name": literal(channel.key), "address": literal(channel.address or "")}
        about = channel.description or channel.summary or channel.title
        constants.append(
            ConstantView(
                name=context.api.channels[channel.key],
                value=call("Channel", arguments),
                docs=(docs.sentence(about),) if about else (),
            )
        )
    return ModuleView(
        path="channels.py",
        template="constants.jinja",
        doc="The channels: STOMP destinations.",
        imports=imports.sections(),
        content=tuple(constants),
    )


def operations_module(context: Context) -> ModuleView:
    """Make the view of `operations.py`."""
    imports = context.imports()
    messages = [_message(context, m, imports) for m in used_messages(context)]
    operations = [_operation(context, o, imports) for o in context.model.operations]
    imports.name(".", "channels")
    imports.runtime("descriptors", "Api")
    api = _api(context, imports)
    return ModuleView(
        path="operations.py",
        template="constants.jinja",
        doc="The operations with the rules of their conversations, and the API as a whole.",
        imports=imports.sections(),
        content=(*messages, *operations, api),
    )


def used_messages(context: Context) -> list[MessageModel]:
    """Return the messages of all operations, each once, by key."""
    keys = {key for operation in context.model.operations for key in operation.messages}
    return [context.message(key) for key in sorted(keys)]


def _message(context: Context, message: MessageModel, imports: Imports) -> ConstantView:
    payload = context.class_of(message.payload, imports)
    if message.payload is None:
        advice = "give it a payload: {type: object} when it is empty"
        context.report(message.pointer, "the message has no payload that is an object", advice)
    imports.runtime("descriptors", "MessageType")
    arguments = {
        "name": literal(message.key),
        "payload": payload or "object",
        "headers": context.class_of(message.headers, imports),
    }
    about = message.summary or message.title
    return ConstantView(
        name=context.api.messages[message.key],
        value=call("MessageType", arguments),
        docs=(docs.sentence(about),) if about else (),
    )


def _operation(context: Context, operation: OperationModel, imports: Imports) -> ConstantView:
    imports.runtime("descriptors", "Action", "Operation")
    messages = tuple_of(context.api.messages[key] for key in operation.messages)
    arguments = {
        "name": literal(operation.key),
        "action": f"Action.{'SEND' if operation.action == 'send' else 'RECEIVE'}",
        "channel": f"channels.{context.api.channels[operation.channel]}",
        "messages": messages or "()",
        "authenticated": "True" if operation.security else None,
        "conversation": _rules(operation.conversation, imports),
    }
    about = operation.summary or operation.title
    return ConstantView(
        name=context.api.operations[operation.key],
        value=call("Operation", arguments),
        docs=(docs.sentence(about),) if about else (),
    )


def _rules(rules: ConversationModel | None, imports: Imports) -> str | None:
    if rules is None:
        return None
    imports.runtime("descriptors", "Connection", "ConversationRules")
    recover = None
    if rules.on_end != "keep":
        imports.runtime("descriptors", "OnEnd")
    if rules.recover is not None:
        imports.runtime("descriptors", "Recovery")
        named = {
            "operation": literal(rules.recover.operation),
            "key": literal(rules.recover.key),
        }
        recover = call("Recovery", named)
    arguments = {
        "connection": f"Connection.{CONNECTIONS[rules.connection]}",
        "replies": tuple_of(_reply(reply, imports) for reply in story_order(rules.replies)),
        "during": texts(rules.during),
        "errors": texts(rules.errors),
        "on_end": None if rules.on_end == "keep" else f"OnEnd.{ON_END[rules.on_end]}",
        "at_most_once": "True" if rules.at_most_once else None,
        "recover": recover,
    }
    return call("ConversationRules", arguments)


def _reply(reply: ReplyRule, imports: Imports) -> str:
    imports.runtime("descriptors", "Occurs", "Reply")
    when = None
    if reply.terminal_when is not None:
        imports.runtime("descriptors", "TerminalWhen")
        pointers = {
            "reply": literal(reply.terminal_when.reply),
            "request": literal(reply.terminal_when.request),
        }
        when = call("TerminalWhen", pointers)
    arguments = {
        "operation": literal(reply.operation),
        "occurs": f"Occurs.{OCCURS[reply.occurs]}",
        "terminal": "True" if reply.terminal else None,
        "terminal_when": when,
        "after": texts(reply.after),
        "answer": None if reply.answer is None else literal(reply.answer),
    }
    return call("Reply", arguments)


def _api(context: Context, imports: Imports) -> ConstantView:
    model = context.model
    credential = connect_credential(context)
    header = None
    if credential is not None:
        imports.runtime("descriptors", "ConnectHeader")
        named = {
            "name": literal(credential.name or ""),
            "parameter": literal(snake_case(credential.key)),
        }
        header = call("ConnectHeader", named)
    arguments = {
        "title": literal(model.title),
        "version": literal(model.version),
        "operations": tuple_of(context.api.operations[o.key] for o in model.operations) or "()",
        "headers": _header_roles(context, imports),
        "credential": header,
    }
    return ConstantView(name="API", value=call("Api", arguments), docs=("The whole API.",))


def connect_credential(context: Context) -> SecurityModel | None:
    """Return the scheme that travels in the CONNECT frame, if an operation needs it."""
    needed = {key for operation in context.model.operations for key in operation.security}
    found = [scheme for scheme in context.model.security if scheme.key in needed]
    carried = [scheme for scheme in found if scheme.header_of == "stomp-connect"]
    for scheme in found:
        if scheme not in carried[:1]:
            pointer = f"/components/securitySchemes/{scheme.key}"
            what = "only one header of the CONNECT frame can be a credential"
            context.report(pointer, what, "mark it with `x-header-of: stomp-connect`", "warning")
    return carried[0] if carried else None


def _header_roles(context: Context, imports: Imports) -> str | None:
    roles: dict[str, str] = {}
    for message in used_messages(context):
        found = dict[str, str]()
        location = message.correlation_location or ""
        if location.startswith("$message.header#/"):
            found["correlation_id"] = split(location.partition("#")[2])[-1]
        schema = context.schemas.classes.get(message.headers or "")
        for field in schema.fields if isinstance(schema, ObjectSchema) else ():
            if field.header_role in ROLES:
                found[ROLES[field.header_role]] = field.wire
        for role, name in found.items():
            if roles.setdefault(role, name) != name:
                what = f"the messages do not agree on the header for {role.replace('_', '-')}"
                context.report(message.pointer, what, "let all messages have the same headers")
    if not roles:
        return None
    imports.runtime("descriptors", "HeaderRoles")
    return call("HeaderRoles", {role: literal(roles[role]) for role in sorted(roles)})
