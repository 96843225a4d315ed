"""Views of the API as data: channels, operations with their conversations, servers."""

from collections.abc import Iterable

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
from .naming import credential_name
from .operations import story_order
from .pointers import split
from .schemas import ObjectSchema
from .views import Context, ModuleView
from .views_data import (
    ConstantView,
    bindings,
    call,
    data_servers,
    parameters,
    reply_address,
    security_schemes,
    text,
    texts,
    tuple_of,
    used_parameters,
)

OCCURS = {"one": "ONE", "optional": "OPTIONAL", "some": "SOME", "many": "MANY"}
CONNECTIONS = {"new": "NEW", "current": "CURRENT", "any": "ANY"}
ON_END = {
    "must-disconnect": "MUST_DISCONNECT",
    "should-disconnect": "SHOULD_DISCONNECT",
    "keep": "KEEP",
}
STOMP_HEADERS = frozenset(
    {
        "accept-version",
        "ack",
        "content-length",
        "content-type",
        "destination",
        "heart-beat",
        "host",
        "id",
        "login",
        "message",
        "message-id",
        "passcode",
        "receipt",
        "receipt-id",
        "server",
        "session",
        "subscription",
        "transaction",
        "version",
    }
)
"""What a program of STOMP's own says in a frame's head."""
ROLES = {
    "correlation-id": "correlation_id",
    "message-id": "message_id",
    "publisher-id": "publisher_id",
}


def channels_module(context: Context) -> ModuleView:
    """Make the view of `channels.py`."""
    imports = context.imports()
    constants: list[ConstantView] = []
    for channel in context.model.channels:
        imports.runtime("descriptors", "Channel")
        is_data = not context.has_client
        arguments = {
            "name": literal(channel.key),
            "address": literal(channel.address or ""),
            "parameters": parameters(used_parameters(channel), imports),
            "messages": texts(channel.messages) if is_data else None,
            "servers": texts(channel.servers) if is_data else None,
            "tags": tags(context, channel.tags) if is_data else None,
            "bindings": bindings(channel.bindings),
        }
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
        doc="The channels: STOMP destinations." if context.has_client else "The channels.",
        imports=imports.sections(),
        content=tuple(constants),
    )


def operations_module(context: Context) -> ModuleView:
    """Make the view of `operations.py`."""
    imports = context.imports()
    messages = [_message(context, m, imports) for m in context.model.messages]
    operations = [_operation(context, o, imports) for o in context.model.operations]
    if context.model.channels:
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


def tags(context: Context, keys: Iterable[str]) -> str | None:
    """Write the names of tags."""
    names = {tag.key: tag.name for tag in context.model.tags}
    return texts(names.get(key, key) for key in keys)


def _message(context: Context, message: MessageModel, imports: Imports) -> ConstantView:
    payload = context.payload_of(message.key, imports)
    imports.runtime("descriptors", "MessageType")
    is_data = not context.has_client
    arguments = {
        "name": literal(message.key),
        "payload": payload,
        "headers": context.class_of(message.headers, imports),
        "content_type": None if message.is_json else text(message.content_type),
        "schema_format": text(message.payload_format),
        "correlation_id": text(message.correlation_location) if is_data else None,
        "tags": tags(context, message.tags) if is_data else None,
        "bindings": bindings(message.bindings),
    }
    about = message.summary or message.title
    return ConstantView(
        name=context.api.messages[message.key],
        value=call("MessageType", arguments),
        docs=(docs.sentence(about),) if about else (),
    )


def _operation(context: Context, operation: OperationModel, imports: Imports) -> ConstantView:
    imports.runtime("descriptors", "Action", "Operation")
    is_data = not context.has_client
    messages = tuple_of(context.api.messages[key] for key in operation.messages)
    arguments = {
        "name": literal(operation.key),
        "action": f"Action.{'SEND' if operation.action == 'send' else 'RECEIVE'}",
        "channel": f"channels.{context.api.channels[operation.channel]}",
        "messages": messages or "()",
        "authenticated": "True" if operation.security and not is_data else None,
        "conversation": _rules(operation.conversation, imports),
        "reply": reply_address(context, operation, imports),
        "security": texts(operation.security) if is_data else None,
        "tags": tags(context, operation.tags) if is_data else None,
        "bindings": bindings(operation.bindings),
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
    credential = connect_credential(context) if context.has_client else None
    header = None
    if credential is not None:
        imports.runtime("descriptors", "ConnectHeader")
        named = {
            "name": literal(credential.name or ""),
            "parameter": literal(credential_name(credential.key)),
        }
        header = call("ConnectHeader", named)
    if data := data_servers(context):
        imports.name(".", "servers")
    channels = [f"channels.{context.api.channels[c.key]}" for c in model.channels]
    used = {key for operation in model.operations for key in operation.messages}
    used |= {key for o in model.operations if o.reply for key in o.reply.messages}
    others = [message for message in model.messages if message.key not in used]
    arguments = {
        "title": literal(model.title),
        "version": literal(model.version),
        "operations": tuple_of(context.api.operations[o.key] for o in model.operations) or "()",
        "headers": _header_roles(context, imports),
        "credential": header,
        "endpoints": tuple_of(f"servers.{context.api.servers[s.key]}" for s in data),
        "channels": None if context.has_client else tuple_of(channels),
        "other_messages": tuple_of(context.api.messages[m.key] for m in others),
        "security": None if context.has_client else security_schemes(context, imports),
    }
    return ConstantView(name="API", value=call("Api", arguments), docs=("The whole API.",))


def connect_credential(context: Context) -> SecurityModel | None:
    """Return the scheme that travels in the CONNECT frame, if an operation needs it."""
    needed = {key for operation in context.model.operations for key in operation.security}
    found = [scheme for scheme in context.model.security if scheme.key in needed]
    carried = [scheme for scheme in found if scheme.header_of == "stomp-connect"]
    for scheme in found:
        # What travels otherwise is given in the client's options.
        if scheme in carried[1:]:
            pointer = f"/components/securitySchemes/{scheme.key}"
            what = "only one header of the CONNECT frame can be a credential"
            context.report(pointer, what, "leave the mark to one", "warning")
    return carried[0] if carried else None


def _header_roles(context: Context, imports: Imports) -> str | None:
    roles: dict[str, str] = {}
    for message in context.model.messages if context.has_client else ():
        found = dict[str, str]()
        location = message.correlation_location or ""
        if location.startswith("$message.header#/"):
            found["correlation_id"] = split(location.partition("#")[2])[-1]
        schema = context.schemas.classes.get(message.headers or "")
        for field in schema.fields if isinstance(schema, ObjectSchema) else ():
            if field.header_role in ROLES:
                found[ROLES[field.header_role]] = field.wire
        for role, name in found.items():
            if name in STOMP_HEADERS:
                what = (
                    f"STOMP itself has a header {name!r}; it cannot be the {role.replace('_', '-')}"
                )
                context.report(message.pointer, what, "give it a name of its own", "warning")
            elif roles.setdefault(role, name) != name:
                what = f"the messages do not agree on the header for {role.replace('_', '-')}"
                context.report(message.pointer, what, "let all messages have the same headers")
    if not roles:
        return None
    imports.runtime("descriptors", "HeaderRoles")
    return call("HeaderRoles", {role: literal(roles[role]) for role in sorted(roles)})
