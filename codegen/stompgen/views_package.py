"""Views of the package's front door and of the examples."""

import json

import attrs

from . import docs
from .imports import Imports, export_order
from .model import ExampleModel, MessageModel
from .naming import clashes
from .operations import opened, plain_operations
from .pointers import Json, as_object
from .views import Context, ModuleView
from .views_connection import connection_name

DATA_RUNTIME_NAMES = {
    "codec": ("Codec", "Received"),
    "decoding": ("codec_of",),
    "errors": ("DecodeError", "InvalidMessageError", "Problem"),
    "shapes": ("ABSENT", "Absent", "Date", "DateTime", "Undecodable", "Unrecognised"),
}
"""What users of a package without a client need of the runtime."""

RUNTIME_NAMES = {
    "client": (
        "ClientConversation",
        "ClientOptions",
        "Deadlines",
        "Event",
        "ReplyDecodeError",
        "Secret",
        "Stray",
        "TlsOptions",
    ),
    "errors": (
        "ApiError",
        "ConnectionLostError",
        "DecodeError",
        "InvalidMessageError",
        "LinkError",
        "LocalProtocolError",
        "NotSentError",
        "OutcomeUnknownError",
        "Problem",
        "RemoteProtocolError",
        "RemoteRejectedError",
        "ReplyTimeoutError",
    ),
    "trace": ("Trace",),
    "shapes": ("ABSENT", "Absent", "Date", "DateTime", "Undecodable", "Unrecognised"),
}


@attrs.frozen(kw_only=True)
class PackageView:
    """`__init__.py`."""

    version: str
    names: tuple[str, ...]
    typing: tuple[str, ...]
    """Blocks of import lines for type checkers."""
    homes: tuple[tuple[str, tuple[str, ...]], ...]
    """Modules, and the names that are found there."""


@attrs.frozen(kw_only=True)
class ExampleView:
    """An example of a message."""

    message: str
    name: str
    title: str
    headers: tuple[tuple[str, str], ...]
    payload_text: str


def package_module(context: Context) -> ModuleView:
    """Make the view of the package's `__init__.py`."""
    imports = context.imports()
    names: dict[str, str] = {}
    for pointer, home in context.homes.items():
        if pointer in context.names:
            names[pointer] = context.names[pointer].name
            imports.name(f".messages.{home}", names[pointer])
    servers = {s.pointer: context.api.servers[s.key] for s in context.model.servers}
    client = {"/info": context.client} if context.has_client else {}
    talks = opened(context) if context.has_client else []
    plain = plain_operations(context.model)
    if context.has_client and plain:
        client["/info#connection"] = connection_name(context)
    for item in talks:
        if item.only_reply is None:
            client[item.model.pointer] = item.class_name
            client[f"{item.model.pointer}#"] = f"{item.class_name}Payload"
    for module, found in ((".servers", servers), (".client", client)):
        for name in found.values():
            imports.name(module, name)
    imports.name(".operations", "API")
    own = {**names, **servers, **client}
    runtime_names = RUNTIME_NAMES if context.has_client else DATA_RUNTIME_NAMES
    if context.has_client and plain:
        more = (*RUNTIME_NAMES["client"], "Subscription")
        runtime_names = {**RUNTIME_NAMES, "client": more}
    if any(context.payload_of(m.key, context.imports()) == "Raw" for m in context.model.messages):
        runtime_names = {**runtime_names, "shapes": (*runtime_names["shapes"], "Raw")}
    for module, known in runtime_names.items():
        # A class of the document may have the name of an error; it is the one users mean here.
        free = [name for name in known if name not in own.values()]
        if free:
            imports.runtime(module, *free)
            own |= {f"//{name}": name for name in free}
    for name, pointers in clashes(own).items():
        where = pointers[-1].partition("#")[0]
        context.report(where, f"the name {name} is needed twice", "rename one of the two")
    front = context.imports()
    front.name("typing", "TYPE_CHECKING")
    front.runtime("lazy", "load_on_demand")
    model = context.model
    return ModuleView(
        path="__init__.py",
        template="package.jinja",
        doc=docs.paragraphs(
            docs.lead(model.title, "Bindings of an API."),
            model.description,
            _where_to_begin(context),
        ),
        imports=front.sections(),
        content=PackageView(
            version=model.version,
            names=tuple(export_order({*own.values(), "API", "API_VERSION"})),
            typing=imports.sections(),
            homes=imports.by_module(),
        ),
    )


def _where_to_begin(context: Context) -> str:
    if context.has_client:
        return (
            f"Begin with the client, `{context.client}`. What plays the other side is in `server`, "
            "examples of all messages are in `examples`."
        )
    return (
        "No server of this API speaks STOMP, so there is no client: messages, channels and "
        "operations are data. Begin with `API`, which names them all; `codec_of(API)` converts "
        "the messages. Examples of them are in `examples`."
    )


def messages_package(context: Context) -> ModuleView:
    """Make the view of `messages/__init__.py`, which tells what the sources are."""
    sources = as_object(as_object(context.document.data.get("info")).get("x-sources"))
    lines = [f"- `{key}`: {_source_line(value)}" for key, value in sorted(sources.items())]
    return ModuleView(
        path="messages/__init__.py",
        template="empty.jinja",
        doc=docs.paragraphs(
            "The messages, in one module for each tag.",
            "Their documentation names these sources:" if lines else None,
            "\n".join(lines),
        ),
    )


def _source_line(value: Json) -> str:
    source = as_object(value)
    title = " ".join(str(source.get("title", "")).split())
    trust = f" Trust: {source['trust']}." if "trust" in source else ""
    return f"{docs.sentence(title)}{trust}"


def examples_module(context: Context) -> ModuleView:
    """Make the view of `examples.py`."""
    imports = context.imports()
    imports.module("attrs")
    imports.name("collections.abc", "Mapping")
    imports.runtime("descriptors", "MessageType")
    content: list[ExampleView] = []
    for message in context.model.messages:
        for index, example in enumerate(message.examples):
            if example.has_payload:
                content.append(_example(context, message, example, index, imports))
    return ModuleView(
        path="examples.py",
        template="examples.jinja",
        doc="The examples of the document, as they would travel.",
        imports=imports.sections(),
        content=tuple(content),
    )


def _example(
    context: Context, message: MessageModel, example: ExampleModel, index: int, imports: Imports
) -> ExampleView:
    constant = context.api.messages[message.key]
    imports.name(".operations", constant)
    text = json.dumps(example.payload, ensure_ascii=False, indent=2, sort_keys=True)
    name = example.name or f"{message.key}{index + 1}"
    return ExampleView(
        message=constant,
        name=name,
        title=" ".join((example.summary or name).split()),
        headers=tuple(
            (key, value if isinstance(value, str) else json.dumps(value))
            for key, value in sorted((example.headers or {}).items())
        ),
        payload_text=text,
    )
