"""View of the connection class in `client.py`: operations that belong to no conversation."""

import attrs

from . import docs
from .filters import literal
from .imports import Imports
from .model import OperationModel, ParameterModel
from .operations import plain_operations, union
from .views import Context
from .views_data import argument_names, used_parameters


@attrs.frozen(kw_only=True)
class ConnectionMethodView:
    """A method of the connection: something to send, or to listen to."""

    name: str
    parameters: str
    returns: str
    call: str
    doc: str


@attrs.frozen(kw_only=True)
class ConnectionView:
    """The class of connections, and the client's method that opens one."""

    name: str
    doc: str
    connect_doc: str
    methods: tuple[ConnectionMethodView, ...]


def connection_name(context: Context) -> str:
    """Name the class of connections."""
    name = f"{context.client}Connection"
    taken = {names.name for names in context.names.values()} | set(context.api.servers.values())
    taken |= set(context.api.conversations.values())
    return f"{name}_" if name in taken else name


def connection_view(context: Context, imports: Imports) -> ConnectionView | None:
    """Make the view; None when every operation is part of a conversation."""
    found = plain_operations(context.model)
    if not found:
        return None
    imports.runtime("client", "ClientConnection")
    methods = tuple(
        _send(context, operation, imports)
        if operation.action == "send"
        else _subscribe(context, operation, imports)
        for operation in found
    )
    name = connection_name(context)
    return ConnectionView(
        name=name,
        doc=docs.paragraphs(
            f"A connection of `{context.client}.connect`, for any number of messages.",
            "Its methods may be called at any time and from any thread. Close it: it is a context "
            "manager.",
        ),
        connect_doc=docs.paragraphs(
            "Open a connection for messages that belong to no conversation.",
            "Raises:\n"
            "    ConnectionLostError: There is no connection, and the text tells why.\n"
            "    RemoteRejectedError: The server refused it.",
        ),
        methods=methods,
    )


def parameters_of(
    context: Context, keys: list[str], imports: Imports
) -> tuple[list[str], str | None]:
    """Return the keyword parameters for the addresses of some channels, and them as a mapping."""
    channels = [context.model.channel_by_key[key] for key in keys]
    names = argument_names(channels)
    found: dict[str, ParameterModel] = {}
    for channel in channels:
        for parameter in used_parameters(channel):
            found.setdefault(parameter.name, parameter)
    needed = [p for p in found.values() if p.default is None]
    others = [p for p in found.values() if p.default is not None]
    written = [
        _parameter(parameter, names[parameter.name], imports) for parameter in [*needed, *others]
    ]
    if any(channel.address is None for channel in channels):
        written.insert(0, "address: str")
    if not found:
        return written, None
    items = ", ".join(f"{literal(name)}: {names[name]}" for name in found)
    return written, f"{{{items}}}"


def parameter_docs(context: Context, keys: list[str]) -> list[str]:
    """Tell of the parameters of some channels' addresses."""
    lines: dict[str, str] = {}
    names = argument_names(context.model.channel_by_key[key] for key in keys)
    for key in keys:
        if context.model.channel_by_key[key].address is None:
            lines["address"] = "The address, which the document does not know."
        for parameter in used_parameters(context.model.channel_by_key[key]):
            about = " ".join((parameter.description or "Part of the address").split())
            examples = ", ".join(f"`{example}`" for example in parameter.examples)
            text = docs.sentence(about) + (f" For example {examples}." if examples else "")
            lines.setdefault(names[parameter.name], text)
    return [f"    {name}: {text}" for name, text in lines.items()]


def _parameter(parameter: ParameterModel, name: str, imports: Imports) -> str:
    annotation = "str"
    if parameter.enum:
        imports.name("typing", "Literal")
        annotation = f"Literal[{', '.join(literal(value) for value in parameter.enum)}]"
    default = "" if parameter.default is None else f" = {literal(parameter.default)}"
    return f"{name}: {annotation}{default}"


def _send(context: Context, operation: OperationModel, imports: Imports) -> ConnectionMethodView:
    constant = constant_at(context, operation, imports)
    written, values = parameters_of(context, [operation.channel], imports)
    headers = _headers_class(context, operation, imports)
    keywords = [*written, *([f"headers: {headers} | None = None"] if headers else [])]
    arguments = [constant, "message", *([values] if values else [])]
    arguments += ["headers=headers"] if headers else []
    args = parameter_docs(context, [operation.channel])
    args += ["    headers: Application headers."] if headers else []
    return ConnectionMethodView(
        name=context.api.methods[operation.key],
        parameters=", ".join(
            [
                "self",
                f"message: {_payloads(context, operation, imports)}",
                *(["*", *keywords] if keywords else []),
            ]
        ),
        returns="None",
        call=f"self._send({', '.join(arguments)})",
        doc=docs.paragraphs(
            docs.lead(operation.summary or operation.title, f"Send `{operation.key}`."),
            operation.description,
            f"Source: #{operation.pointer}",
            "Args:\n    message: What is sent.\n" + "\n".join(args) if args else None,
            "Raises:\n"
            "    InvalidMessageError: The message breaks its schema; nothing was sent.\n"
            "    LocalProtocolError: It cannot be sent now; nothing was sent.\n"
            "    NotSentError: The connection broke and nothing has left.\n"
            "    OutcomeUnknownError: The connection broke while it left.",
        ),
    )


def _subscribe(
    context: Context, operation: OperationModel, imports: Imports
) -> ConnectionMethodView:
    constant = constant_at(context, operation, imports)
    imports.runtime("client", "Subscription")
    payloads = _payloads(context, operation, imports)
    if operation.messages:
        imports.runtime("shapes", "Undecodable")
        payloads += " | Undecodable"
    written, values = parameters_of(context, [operation.channel], imports)
    args = parameter_docs(context, [operation.channel])
    return ConnectionMethodView(
        name=context.api.methods[operation.key],
        parameters=", ".join(["self", *(["*", *written] if written else [])]),
        returns=f"Subscription[{payloads}]",
        call=f"return self._subscribe({', '.join([constant, *([values] if values else [])])})",
        doc=docs.paragraphs(
            docs.lead(operation.summary or operation.title, f"Listen to `{operation.key}`."),
            operation.description,
            f"Source: #{operation.pointer}",
            "Args:\n" + "\n".join(args) if args else None,
            "Raises:\n"
            "    LocalProtocolError: A parameter is not allowed, or the connection is closed.\n"
            "    ConnectionLostError: The connection broke.",
        ),
    )


def constant_at(context: Context, operation: OperationModel, imports: Imports) -> str:
    """Write the descriptor of an operation, with its address when that is a parameter."""
    constant = context.api.operations[operation.key]
    imports.name(".operations", constant)
    known = context.model.channel_by_key[operation.channel].address is not None
    return constant if known else f"{constant}.to(address)"


def _payloads(context: Context, operation: OperationModel, imports: Imports) -> str:
    found = union(context, operation.messages, imports)
    if found is None:
        imports.runtime("shapes", "Raw")
    return found or "Raw"


def _headers_class(context: Context, operation: OperationModel, imports: Imports) -> str | None:
    for key in operation.messages[:1]:
        return context.class_of(context.message(key).headers, imports)
    return None
