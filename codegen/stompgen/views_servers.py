"""View of `servers.py`: a class for each server, an attribute for each variable in its address."""

from collections.abc import Iterable

import attrs

from . import docs
from .filters import literal
from .imports import Imports
from .model import ServerModel, VariableModel
from .naming import attribute, clashes, constant_case, pascal_case, snake_case
from .pointers import join
from .schema_limits import limits_of
from .schema_merge import Merger
from .schemas import Doc, Limit, Scalar, ScalarKind, Value
from .views import Context, ModuleView
from .views_data import ConstantView, endpoints, variables
from .views_messages import EnumView, FieldView, MemberView
from .views_types import TypeWriter

STOMP_VERSIONS = ("1.2", "1.1", "1.0")


@attrs.frozen(kw_only=True)
class ServerView:
    """A server class, and the enums of its variables."""

    name: str
    doc: str
    location: str
    stomp_versions: str
    subprotocols: str
    fields: tuple[FieldView, ...]
    enums: tuple[EnumView, ...] = ()


@attrs.frozen(kw_only=True)
class ServersView:
    """The servers that the client connects to, and those that are data."""

    servers: tuple[ServerView, ...]
    endpoints: tuple[ConstantView, ...]


def servers_module(context: Context) -> ModuleView:
    """Make the view of `servers.py`."""
    imports = context.imports()
    servers = tuple(_server(context, server, imports) for server in context.servers)
    content = ServersView(servers=servers, endpoints=endpoints(context, imports))
    return ModuleView(
        path="servers.py",
        template="servers.jinja",
        doc="The servers that the API is offered on.",
        imports=imports.sections(),
        content=content,
    )


def _server(context: Context, server: ServerModel, imports: Imports) -> ServerView:
    imports.module("attrs")
    imports.name("typing", "ClassVar")
    imports.runtime("shapes", "Server")
    name = context.api.servers[server.key]
    fields = [_Variable(context, server, variable, imports) for variable in variables(server)]
    keys = {variable.model.name: variable.name for variable in fields}
    for attribute_name in clashes(keys):
        what = f"two variables would be called {attribute_name}"
        context.report(server.pointer, what, "rename one of them")
    first = server.protocol_version or STOMP_VERSIONS[0]
    versions = (first, *(v for v in STOMP_VERSIONS if v != first))
    about = server.description or server.title
    return ServerView(
        name=name,
        doc=docs.paragraphs(
            docs.lead(about, f"The server `{name}`."), f"Source: #{server.pointer}"
        ),
        location=server.host + server.pathname,
        stomp_versions=_texts(versions),
        subprotocols=_texts(server.subprotocols or map(_subprotocol, versions)),
        fields=tuple(field.view() for field in fields),
        enums=tuple(enum for field in fields for enum in field.enums),
    )


class _Variable:
    def __init__(
        self, context: Context, server: ServerModel, model: VariableModel, imports: Imports
    ) -> None:
        self.model = model
        self.name = attribute(snake_case(model.name))
        self.enums: tuple[EnumView, ...] = ()
        self._context, self._imports = context, imports
        self._pointer = join(server.pointer, "variables", model.name)
        self._enum_name = context.api.servers[server.key] + pascal_case(model.name)

    def view(self) -> FieldView:
        self._imports.runtime("shapes", "field_info")
        value = self._value()
        annotation, rule = self._types(value)
        parts = self._default(value)
        parts.append(f"validator={rule}")
        parts.append(f"metadata=field_info({literal(self.model.name)})")
        doc = Doc(pointer=self._pointer)
        examples = ", ".join(f"`{example}`" for example in self.model.examples)
        return FieldView(
            name=self.name,
            annotation=annotation,
            arguments=", ".join(parts),
            doc=docs.paragraphs(
                docs.sentence(self.model.description or f"The variable `{self.model.name}`"),
                docs.facts(doc, value, {}),
                f"For example {examples}." if examples else None,
            ),
        )

    def _types(self, value: Value) -> tuple[str, str]:
        if not self.model.enum:
            writer = TypeWriter(self._imports, {})
            return writer.annotation(value), writer.rule(value)
        self._imports.name("enum", "StrEnum")
        self._imports.runtime("rules", "Choice")
        members = tuple(MemberView(name=n, value=v) for n, v in self._members().items())
        self.enums = (
            EnumView(
                name=self._enum_name,
                base="StrEnum",
                doc=f"Values of the variable `{self.model.name}`.",
                members=members,
            ),
        )
        return self._enum_name, f"Choice({self._enum_name})"

    def _members(self) -> dict[str, str]:
        names = {value: constant_case(value) for value in self.model.enum}
        for name in clashes(names):
            self._context.report(self._pointer, f"two values would be called {name}", "")
        return {name: value for value, name in names.items()}

    def _value(self) -> Value:
        """Read `x-schema`; a variable without one is a text that is not empty."""
        if self.model.schema is None:
            return Value(type=Scalar(kind=ScalarKind.TEXT, limits=(("min_length", 1),)))
        merger = Merger(self._context.document, self._context.problems)
        merged = merger.merge(join(self._pointer, "x-schema"))
        kind = None if merged is None else merged.text("type")
        if merged is None or kind not in {"string", "integer"}:
            what = "a variable can be a text or an integer"
            self._context.report(self._pointer, what, "write `type: string` in its x-schema")
            return Value(type=Scalar(kind=ScalarKind.TEXT))
        limits: tuple[Limit, ...] = limits_of(merged, kind)
        scalar = ScalarKind.TEXT if kind == "string" else ScalarKind.INTEGER
        return Value(type=Scalar(kind=scalar, limits=limits))

    def _default(self, value: Value) -> list[str]:
        default = self.model.default
        if default is None:
            return []
        if self.model.enum:
            known = {v: n for n, v in self._members().items()}
            if default in known:
                return [f"default={self._enum_name}.{known[default]}"]
        elif not (isinstance(value.type, Scalar) and value.type.kind is ScalarKind.INTEGER):
            return [f"default={literal(default)}"]
        elif default.isascii() and default.isdecimal():
            return [f"default={int(default)}"]
        self._context.report(self._pointer, "the default is not one of the values", "correct it")
        return []


def _subprotocol(version: str) -> str:
    """Name the WebSocket subprotocol of a STOMP version, which a server may ignore."""
    return f"v{version.replace('.', '')}.stomp"


def _texts(values: Iterable[str]) -> str:
    return literal(tuple(values))
