"""Document and model → `{path: text}`: the generator as one pure function."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

import attrs

from .api_names import ApiNames, name_api, unique
from .dmcg import Ask, ask
from .document import Document
from .filters import docstring, literal, literal_lines
from .formatting import FormatError, format_python
from .frontend import ClassNames, name_schemas
from .model import ApiModel
from .naming import class_name, pascal_case, words
from .placement import place_classes
from .pointers import as_object, as_text, join, split
from .problems import Problems
from .references import FILES, last_name
from .schema_reader import component_schemas, read_schemas
from .schemas import Schemas
from .stomp import speaks_stomp, stomp_servers
from .views import Context, ModuleView, header
from .views_api import channels_module, operations_module
from .views_client import client_module
from .views_codec import codec_modules
from .views_messages import message_modules
from .views_package import examples_module, messages_package, package_module
from .views_server import server_module
from .views_servers import servers_module

if TYPE_CHECKING:
    from jinja2 import Template

View: TypeAlias = Callable[[Context], Iterable[ModuleView]]
"""Makes modules, and adds what cannot be expressed to the problems."""

VIEWS: tuple[View, ...] = (
    lambda context: [package_module(context)],
    lambda context: [channels_module(context)],
    lambda context: [client_module(context)] if context.has_client else [],
    codec_modules,
    lambda context: [examples_module(context)],
    lambda context: [messages_package(context)],
    message_modules,
    lambda context: [operations_module(context)],
    lambda context: [server_module(context)] if context.has_client else [],
    lambda context: [servers_module(context)],
)
"""All modules of a package; those of the client and of the other side only where STOMP is."""

RESERVED = frozenset({"API", "API_VERSION"})
"""What no class may be called; other names give way to those of the classes."""

INLINE = frozenset({"headers", "payload", "schema"})
"""Where a schema stands in a message, without a name."""

TITLE_PARTS = re.compile(r"\s+[-\u2013\u2014|]\s+|:\s+")


def generate(
    document: Document,
    model: ApiModel,
    *,
    package: str,
    runtime: str,
    problems: Problems,
    ask: Ask = ask,
    observe: Callable[[Context], None] | None = None,
    protocol: str = "auto",
) -> dict[str, str]:
    """Generate a package.

    Args:
        document: The document, traits applied.
        model: The model made of it.
        package: Import name of the package; it begins each path.
        runtime: Name of the runtime as the package imports it: `stompws`, or `._stompws` for one
            that lies inside the package.
        problems: Takes what cannot be expressed.
        ask: How datamodel-code-generator is asked: in this process, or by a `Worker` that was
            started early.
        observe: Gets what the views are made from; a comparison wants names beside the code.
        protocol: `stomp` makes a client of a document whose servers do not name STOMP, `none`
            makes none of any; `auto` does what the servers say.

    Returns:
        Path → text. Nothing when the problems hold errors.
    """
    model = with_payloads(model)
    keys = outermost(document, model)
    roots = [*keys, *components(model)]
    schemas = read_schemas(document, roots, problems, component_schemas(document))
    if problems.errors:
        return {}
    templates = _templates()  # before asking: a worker may still be busy
    names = name_schemas(document, schemas, keys, problems, ask, RESERVED)
    context = make_context(
        document, model, schemas, names, runtime=runtime, problems=problems, protocol=protocol
    )
    if problems.errors:
        return {}
    if observe is not None:
        observe(context)
    if not context.has_client and protocol == "auto":
        what = "no server speaks STOMP: messages, channels and operations are data"
        advice = "with `--protocol stomp` a client is made all the same"
        context.report("", what, advice, "warning")
    modules = [module for view in VIEWS for module in view(context)]
    if problems.errors:
        return {}
    folder = package.replace(".", "/")
    first_lines = header(model)
    files = {
        f"{folder}/{module.path}": templates[module.template].render(
            module=module, header=first_lines
        )
        for module in modules
    }
    own_style = {path for path in files if path.startswith(f"{folder}/_codec/")}
    in_style = {path: text for path, text in files.items() if path not in own_style}
    try:
        formatted = format_python(in_style)
    except FormatError:
        what = "no code can be generated: what the templates made is no Python"
        problems.add(document.problem("", what, "report this as a mistake of stompgen"))
        return {}
    return dict(sorted({**files, **formatted, f"{folder}/py.typed": ""}.items()))


def make_context(
    document: Document,
    model: ApiModel,
    schemas: Schemas,
    names: Mapping[str, ClassNames],
    *,
    runtime: str,
    problems: Problems,
    protocol: str = "auto",
) -> Context:
    """Put together what the views are made from."""
    client = speaks_stomp(document, protocol)
    speaking = stomp_servers(document, protocol) if client else ()
    servers = tuple(server for server in model.servers if server.key in speaking)
    data = [server.key for server in model.servers if server not in servers]
    api = name_api(document, model, (named.name for named in names.values()), data, problems)
    return Context(
        document=document,
        model=model,
        schemas=schemas,
        names=names,
        homes=place_classes(model, schemas),
        runtime=runtime,
        api=api,
        client=_free(client_name(document, model), api, names),
        problems=problems,
        has_client=client,
        servers=servers,
    )


def client_name(document: Document, model: ApiModel) -> str:
    """Name the client: `info.x-client-name`, or the last part of the title."""
    given = as_text(as_object(document.data.get("info")).get("x-client-name"))
    if given is not None:
        return class_name(pascal_case(given))
    parts = words(TITLE_PARTS.split(model.title)[-1])
    return class_name(pascal_case("".join(part.capitalize() for part in parts) or "Client"))


def _free(client: str, api: ApiNames, names: Mapping[str, ClassNames]) -> str:
    """Give the client another name when a message or server has its name already."""
    taken = {named.name for named in names.values()} | set(api.servers.values())
    return f"{client}Client" if client in taken else client


def components(model: ApiModel) -> list[str]:
    """List the message schemas that are components, and so have a name."""
    found = [p for m in model.messages for p in (m.payload, m.headers) if p is not None]
    return [pointer for pointer in found if _is_component(pointer)]


def with_payloads(model: ApiModel) -> ApiModel:
    """Let a message of which nothing is said carry any JSON: there is no schema at its place.

    One whose schema is in another language is left alone: it travels as it is.
    """
    messages = tuple(
        message
        if message.payload is not None or message.payload_format is not None
        else attrs.evolve(message, payload=join(message.pointer, "payload"))
        for message in model.messages
    )
    return attrs.evolve(model, messages=messages)


def outermost(document: Document, model: ApiModel) -> dict[str, str]:
    """Propose names for message schemas that are no components, by pointer.

    One that stands in a file of its own, under a name, keeps that; an inline one is named after
    its message.
    """
    taken = as_object(as_object(document.data.get("components")).get("schemas"))
    keys: dict[str, str] = {}
    for message in model.messages:
        name = pascal_case(message.key)
        for pointer in (message.payload, message.headers):
            if pointer is not None and _has_own_name(pointer):
                keys.setdefault(pointer, pascal_case(last_name(pointer)))
        if message.payload is not None and not _is_component(message.payload):
            keys.setdefault(message.payload, f"{name}Payload" if name in taken else name)
        if message.headers is not None and not _is_component(message.headers):
            # Messages may share the headers of a trait: then they are named after the trait.
            owner = pascal_case(split(message.headers)[-2]).removesuffix("Headers")
            keys.setdefault(message.headers, f"{owner}Headers")
    sharing: dict[str, list[str]] = {}
    for pointer, name in keys.items():
        sharing.setdefault(name, []).append(pointer)
    names: dict[str, str] = {}
    for name, pointers in sharing.items():
        names |= unique(pointers, dict.fromkeys(pointers, name).__getitem__, taken)
    return {pointer: names[pointer] for pointer in keys}


def _has_own_name(pointer: str) -> bool:
    """Tell whether a schema in a further file has a name there."""
    steps = split(pointer)
    return steps[0] == FILES and (len(steps) == 2 or steps[-1] not in INLINE)


def _is_component(pointer: str) -> bool:
    return pointer.startswith("/components/schemas/") and len(split(pointer)) == 3


def _templates() -> "dict[str, Template]":
    """Load all templates."""
    # Imported here: validating a document needs no templates.
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__ or "stompgen"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Python, not HTML; text of the document goes through filters
    )
    environment.filters.update(docstring=docstring, literal=literal, literal_lines=literal_lines)
    return {name: environment.get_template(name) for name in environment.list_templates(["jinja"])}
