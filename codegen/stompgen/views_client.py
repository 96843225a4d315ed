"""View of `client.py`: a method for each request, a class for each conversation."""

import attrs

from . import docs
from .imports import Imports
from .model import OperationModel, ReplyRule
from .naming import credential_name
from .operations import Opened, opened, operations, plain_operations, union
from .schemas import ObjectSchema
from .views import Context, ModuleView
from .views_api import connect_credential
from .views_connection import (
    ConnectionView,
    connection_view,
    parameter_docs,
    parameters_of,
)

TIMES = {
    "one": "once",
    "optional": "at most once",
    "some": "at least once",
    "many": "any number of times",
}


OPTIONS_OF = {
    ("userPassword", "plain", "apiKey"): "`login` and `passcode`",
    ("X509",): "a client certificate in `tls`",
    ("http", "httpApiKey", "oauth2", "openIdConnect"): "a header in `http_headers`",
}
"""Which options carry the credentials of which security schemes."""


@attrs.frozen(kw_only=True)
class SendView:
    """A method of a conversation: something to send while it is open."""

    name: str
    parameter: str
    constant: str
    doc: str


@attrs.frozen(kw_only=True)
class ConversationView:
    """The class of a conversation, and the alias of what it delivers."""

    name: str
    payload: str
    types: str
    payload_doc: str
    doc: str
    sends: tuple[SendView, ...]


@attrs.frozen(kw_only=True)
class MethodView:
    """A method of the client."""

    name: str
    parameters: str
    returns: str
    call: str
    doc: str


@attrs.frozen(kw_only=True)
class ClientView:
    """The client class and the conversations it opens."""

    name: str
    doc: str
    init_doc: str
    parameters: str
    arguments: str
    methods: tuple[MethodView, ...]
    conversations: tuple[ConversationView, ...]
    connection: ConnectionView | None


def client_module(context: Context) -> ModuleView:
    """Make the view of `client.py`."""
    imports = context.imports()
    imports.runtime("client", "ApiClient", "ClientOptions")
    imports.name(".operations", "API")
    plain = {operation.key for operation in plain_operations(context.model)}
    items = opened(context)
    _report(context, items, plain)
    talks = [item for item in items if item.only_reply is None]
    parameters, arguments, init_doc = _init(context, imports)
    connection = connection_view(context, imports)
    if connection is not None:
        imports.runtime("client", "Deadlines")
    content = ClientView(
        name=context.client,
        doc=docs.paragraphs(
            docs.lead(context.model.title, "The client."),
            context.model.description,
            "A method opens a connection of its own for each call. It may be called from any "
            "thread."
            if items
            else None,
            "`connect` opens a connection for any number of messages." if connection else None,
        ),
        init_doc=init_doc,
        parameters=parameters,
        arguments=arguments,
        methods=tuple(_method(item, imports) for item in items),
        conversations=tuple(_conversation(item, imports) for item in talks),
        connection=connection,
    )
    return ModuleView(
        path="client.py",
        template="client.jinja",
        doc="The client: requests as methods, conversations as objects.",
        imports=imports.sections(),
        content=content,
    )


def _report(context: Context, items: list[Opened], plain: set[str]) -> None:
    known = {*plain, *(item.model.key for item in items)}
    for item in items:
        known |= {rule.operation for rule, _ in item.replies}
        known |= {*item.rules.errors, *item.rules.during}
        known |= {rule.answer for rule, _ in item.replies if rule.answer}
    for operation in context.model.operations:
        if operation.key not in known:
            what = "the operation is part of no conversation; no method is made for it"
            advice = "name it in an x-conversation"
            if not Opened(context=context, model=operation).can_be_played:
                what = "an address is known at run time only; no method is made for the operation"
                advice = "give all its channels an address"
            context.report(operation.pointer, what, advice, "warning")


def _init(context: Context, imports: Imports) -> tuple[str, str, str]:
    names = [context.api.servers[server.key] for server in context.servers]
    if names:
        imports.name(".servers", *names)
    else:
        imports.runtime("shapes", "Server")
    parameters = [f"server: {' | '.join(names) or 'Server'}", "*"]
    arguments = ["API", "server"]
    about = ["server: Where the service is."]
    scheme = connect_credential(context)
    if scheme is not None:
        imports.runtime("client", "Secret")
        name = credential_name(scheme.key)
        parameters.append(f"{name}: Secret | None = None")
        arguments.append(f"credential={name}")
        text = " ".join((scheme.description or "The credential.").split())
        about.append(f"{name}: {docs.sentence(text)} A function is asked for each connection.")
    parameters.append("options: ClientOptions | None = None")
    arguments.append("options=options")
    about.append(f"options: Settings for all conversations.{_options_doc(context)}")
    doc = "Make a client; nothing is connected yet.\n\nArgs:\n" + _indented(about)
    return ", ".join(parameters), ", ".join(arguments), doc


def _options_doc(context: Context) -> str:
    """Say which of the options the security schemes ask for."""
    needed = {key for server in context.servers for key in server.security}
    needed |= {key for operation in context.model.operations for key in operation.security}
    types = {s.type for s in context.model.security if s.key in needed and s.header_of is None}
    found = [text for names, text in OPTIONS_OF.items() if types & set(names)]
    return f" The service asks for {' and '.join(found)}." if found else ""


def _method(item: Opened, imports: Imports) -> MethodView:
    imports.name(".operations", item.constant)
    imports.runtime("client", "Deadlines")
    request = item.request_type(imports)
    parameters, argument = ["self"], "None"
    if request is not None:
        optional = item.request_can_be_left_out
        parameters.append(f"request: {request}{' | None = None' if optional else ''}")
        argument = f"request or {request}()" if optional else "request"
    written, values = parameters_of(item.context, item.channels, imports)
    parameters += ["*", *written, "deadlines: Deadlines | None = None"]
    end = f", {values}" if values else ""
    reply = item.only_reply
    if reply is not None:
        returns = item.context.payload_of(reply, imports)
        call = f"self._request({item.constant}, {argument}, {returns}, deadlines{end})"
    else:
        returns = item.class_name
        call = f"self._open({item.constant}, {argument}, {returns}, deadlines{end})"
    return MethodView(
        name=item.method,
        parameters=", ".join(parameters),
        returns=returns,
        call=call,
        doc=_method_doc(item),
    )


def _method_doc(item: Opened) -> str:
    model = item.model
    args = parameter_docs(item.context, item.channels)
    return docs.paragraphs(
        docs.lead(model.summary or model.title, f"Start `{model.key}`."),
        model.description,
        _story(item),
        f"Source: #{model.pointer}",
        "Args:\n" + "\n".join(args) if args else None,
        "Raises:\n" + _indented(_raises(item)),
    )


def _story(item: Opened) -> str:
    """Tell the conversation in words."""
    lines = [f"- {_reply_line(item, rule, reply)}" for rule, reply in item.replies]
    reply = item.only_reply
    if reply is not None:
        return f"The reply is one `{_payload(item.context, reply)}`."
    sends = ", ".join(f"`{item.context.api.methods[o.key]}`" for o in item.during)
    return docs.paragraphs(
        "\n".join(["What comes:", *lines]) if lines else None,
        f"While it is open: {sends}." if sends else None,
    )


def _reply_line(item: Opened, rule: ReplyRule, reply: OperationModel) -> str:
    context = item.context
    names = " or ".join(f"`{_payload(context, key)}`" for key in reply.messages)
    parts = [f"{names}, {TIMES[rule.occurs]}"]
    after = [
        f"`{_payload(context, key)}`" for o in operations(context, rule.after) for key in o.messages
    ]
    parts += [f"after {' and '.join(after)}"] if after else []
    text = ", ".join(parts)
    if rule.answer is not None:
        text += f"; answer each once with `{item.context.api.methods[rule.answer]}`"
    if rule.terminal:
        text += "; the last message"
    if (when := rule.terminal_when) is not None:
        text += f"; the last one when its `{when.reply}` equals the request's `{when.request}`"
    return f"{text}."


def _raises(item: Opened) -> list[str]:
    context, rules = item.context, item.rules
    found = ["NotSentError: Nothing has left; it is safe to repeat."]
    unknown = "OutcomeUnknownError: The request left and its end was not seen."
    if rules.recover is not None:
        key = _attribute_of(item, rules.recover.key)
        unknown += f" Ask with `{context.api.methods[rules.recover.operation]}`, by `{key}`."
    elif rules.at_most_once:
        unknown += " Do not repeat it unasked."
    else:
        unknown += " It may be repeated."
    found.append(unknown)
    errors = ", ".join(f"`{_payload(context, k)}`" for o in item.errors for k in o.messages)
    if errors:
        found.append(f"ApiError: The service answered with {errors}.")
    if item.requests:
        found.append("InvalidMessageError: The request breaks its schema; nothing was sent.")
    return found


def _attribute_of(item: Opened, wire: str) -> str:
    context = item.context
    for key in item.requests:
        pointer = context.schemas.message_class(context.message(key).payload) or ""
        schema = context.schemas.classes.get(pointer)
        if isinstance(schema, ObjectSchema):
            for field, name in zip(schema.fields, context.names[pointer].members, strict=True):
                if field.wire == wire:
                    return name
    return wire


def _payload(context: Context, key: str) -> str:
    names = context.names.get(context.schemas.message_class(context.message(key).payload) or "")
    return key if names is None else names.name


def _conversation(item: Opened, imports: Imports) -> ConversationView:
    imports.runtime("client", "ClientConversation")
    imports.runtime("shapes", "Undecodable")
    imports.name("typing", "TypeAlias")
    messages = [key for _, reply in item.replies for key in reply.messages]
    types = union(item.context, messages, imports)
    title = docs.sentence(item.model.summary or item.model.title or f"`{item.model.key}`")
    return ConversationView(
        name=item.class_name,
        payload=f"{item.class_name}Payload",
        types=f"{types} | Undecodable" if types else "Undecodable",
        payload_doc=f"What `{item.class_name}` delivers; `Undecodable` is what did not fit.",
        doc=docs.paragraphs(
            f"A conversation of `{item.context.client}.{item.method}`.",
            title,
            _story(item),
            "Iterate over its events, and close it: it is a context manager.",
        ),
        sends=tuple(_send(item, operation, imports) for operation in item.during),
    )


def _send(item: Opened, operation: OperationModel, imports: Imports) -> SendView:
    constant = item.context.api.operations[operation.key]
    imports.name(".operations", constant)
    return SendView(
        name=item.context.api.methods[operation.key],
        parameter=union(item.context, operation.messages, imports) or "object",
        constant=constant,
        doc=docs.paragraphs(
            docs.lead(operation.summary or operation.title, f"Send `{operation.key}`."),
            operation.description,
            f"Source: #{operation.pointer}",
            "Raises:\n"
            + _indented(
                [
                    "InvalidMessageError: The message breaks its schema; nothing was sent.",
                    "LocalProtocolError: It may not be sent now; nothing was sent.",
                ]
            ),
        ),
    )


def _indented(lines: list[str]) -> str:
    return "\n".join(f"    {line}" for line in lines)
