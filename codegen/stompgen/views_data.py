"""Views of what a package says as data: parameters, bindings, replies, servers, security."""

import math
from collections.abc import Iterable, Mapping

import attrs

from . import docs
from .api_names import unique
from .filters import literal
from .imports import Imports
from .model import (
    ChannelModel,
    OperationModel,
    ParameterModel,
    SecurityModel,
    ServerModel,
    VariableModel,
)
from .naming import attribute, snake_case
from .normalise import VARIABLE
from .pointers import Json
from .views import Context

ARGUMENTS_TAKEN = frozenset(
    {"address", "deadlines", "headers", "message", "replies", "request", "self"}
)


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


def text(value: str | None) -> str | None:
    """Write a text, None when there is none."""
    return None if value is None else literal(value)


def json_data(value: Json) -> str | None:
    """Write JSON as Python, objects sorted by name; None when there is nothing."""
    if not value:
        return None
    return _json(value)


def _json(value: Json) -> str:
    if isinstance(value, dict):
        items = (f"{literal(key)}: {_json(item)}" for key, item in sorted(value.items()))
        return f"{{{', '.join(items)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_json, value))}]"
    if isinstance(value, float) and not math.isfinite(value):
        return literal(str(value))  # YAML knows such numbers, JSON and Python's syntax do not
    return literal(value)


def bindings(value: dict[str, Json] | None) -> str | None:
    """Write bindings; protocols that say nothing are left out."""
    return json_data({name: item for name, item in (value or {}).items() if item})


def argument_names(channels: Iterable[ChannelModel]) -> dict[str, str]:
    """Name the arguments of a method for the parameters of some channels, by parameter."""
    return _arguments(p.name for channel in channels for p in used_parameters(channel))


def _arguments(names: Iterable[str]) -> dict[str, str]:
    return unique(dict.fromkeys(names), lambda name: attribute(snake_case(name), ARGUMENTS_TAKEN))


def used_parameters(channel: ChannelModel) -> tuple[ParameterModel, ...]:
    """Return the parameters in a channel's address, also those that are not declared."""
    declared = {parameter.name: parameter for parameter in channel.parameters}
    names = dict.fromkeys(VARIABLE.findall(channel.address or ""))
    return tuple(declared.get(name) or ParameterModel(name=name) for name in names)


def parameters(found: Iterable[ParameterModel | VariableModel], imports: Imports) -> str | None:
    """Write the parameters of an address."""
    views: list[str] = []
    items = list(found)
    names = _arguments(item.name for item in items)
    for item in items:
        imports.runtime("addresses", "Parameter")
        arguments = {
            "name": literal(item.name),
            "argument": literal(names[item.name]),
            "enum": texts(item.enum),
            "default": text(item.default),
            "location": text(item.location) if isinstance(item, ParameterModel) else None,
        }
        views.append(call("Parameter", arguments))
    return tuple_of(views)


def reply_address(context: Context, operation: OperationModel, imports: Imports) -> str | None:
    """Write AsyncAPI's own reply, unless a conversation plays it."""
    reply = operation.reply
    if reply is None or operation.conversation is not None:
        return None
    imports.runtime("descriptors", "ReplyAddress")
    channel = context.api.channels.get(reply.channel or "")
    arguments = {
        "channel": f"channels.{channel}" if channel else "None",
        "messages": tuple_of(context.api.messages[key] for key in reply.messages),
        "location": text(reply.address_location),
    }
    return call("ReplyAddress", arguments)


def security_schemes(context: Context, imports: Imports) -> str | None:
    """Write the security schemes that servers and operations name."""
    model = context.model
    needed = {key for server in model.servers for key in server.security}
    needed |= {key for operation in model.operations for key in operation.security}
    views: list[str] = []
    for scheme in model.security:
        if scheme.key in needed:
            imports.runtime("descriptors", "SecurityScheme")
            arguments = {
                "name": literal(scheme.key),
                "type": literal(scheme.type),
                "details": json_data(_details(scheme)),
            }
            views.append(call("SecurityScheme", arguments))
    return tuple_of(views)


def _details(scheme: SecurityModel) -> dict[str, Json]:
    found: dict[str, Json] = {
        "bearerFormat": scheme.bearer_format,
        "description": scheme.description,
        "flows": scheme.flows,
        "in": scheme.location_in,
        "name": scheme.name,
        "openIdConnectUrl": scheme.open_id_connect_url,
        "scheme": scheme.scheme,
        "scopes": [*scheme.scopes],
    }
    return {name: value for name, value in found.items() if value}


def data_servers(context: Context) -> list[ServerModel]:
    """List the servers that no client of ours can connect to."""
    return [server for server in context.model.servers if server not in context.servers]


def endpoints(context: Context, imports: Imports) -> tuple[ConstantView, ...]:
    """Make the constants of the servers that are data."""
    return tuple(_endpoint(context, server, imports) for server in data_servers(context))


def _endpoint(context: Context, server: ServerModel, imports: Imports) -> ConstantView:
    imports.runtime("descriptors", "Endpoint")
    tags = {tag.key: tag.name for tag in context.model.tags}
    arguments = {
        "name": literal(server.key),
        "protocol": literal(server.protocol.lower()),
        "location": literal(server.host + server.pathname),
        "protocol_version": text(server.protocol_version),
        "variables": parameters(variables(server), imports),
        "security": texts(server.security),
        "tags": texts(tags.get(key, key) for key in server.tags),
        "bindings": bindings(server.bindings),
    }
    about = server.description or server.summary or server.title
    return ConstantView(
        name=context.api.servers[server.key],
        value=call("Endpoint", arguments),
        docs=(docs.sentence(about),) if about else (),
    )


def variables(server: ServerModel) -> tuple[VariableModel, ...]:
    """Return the variables in a server's address, also those that are not declared."""
    declared = {variable.name: variable for variable in server.variables}
    names = dict.fromkeys(VARIABLE.findall(server.host + server.pathname))
    return tuple(declared.get(name) or VariableModel(name=name) for name in names)
