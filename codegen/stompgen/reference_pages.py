"""Which pages a reference has, and what stands on each."""

from collections.abc import Iterable
from pathlib import PurePosixPath

import attrs

from .model import MessageModel, OperationModel, SecurityModel, ServerModel, VariableModel
from .operations import tag_order
from .placement import module_name
from .pointers import Json, as_object, as_text
from .reference_diagram import Drawing
from .reference_links import TITLE_PAGE, Links, Target, unique
from .reference_messages import MessagePages
from .reference_operations import OperationPages, bindings, operation_title
from .reference_schemas import SchemaPages
from .reference_text import (
    cell,
    code,
    link,
    name,
    prose,
    sentence,
    short_code,
    slug,
    table,
    text,
)
from .views import Context

SHARED = "common"
"""The page of what belongs to several tags, or to none."""


@attrs.frozen(kw_only=True)
class Section:
    """A heading with an anchor, and the blocks below it; all Markdown."""

    anchor: str
    level: int
    title: str
    blocks: list[str]


@attrs.frozen(kw_only=True)
class Page:
    """One file of a reference."""

    path: str
    sections: list[Section]


@attrs.frozen(kw_only=True)
class Group:
    """What belongs to one tag."""

    key: str
    title: str
    page: str
    operations: list[OperationModel]
    messages: list[MessageModel]
    classes: list[str]


def pages(context: Context, package: str, single: str | None) -> list[Page]:
    """Lay out a reference: a title page and one for each tag; all in one page if it has a name."""
    groups = _groups(context)
    links = Links(_targets(context, groups), single)
    writer = _Writer(context, links, package, single)
    found = [Page(path=single or TITLE_PAGE, sections=writer.title_page(groups))]
    found += [Page(path=single or g.page, sections=writer.group(g)) for g in groups]
    if single is None:
        return found
    return [Page(path=single, sections=[s for page in found for s in page.sections])]


def _groups(context: Context) -> list[Group]:
    model = context.model
    tags = {tag.key: tag for tag in model.tags}
    order = [key for key in tag_order(context) if key in tags]
    modules = {module_name(key): key for key in order}
    by_operation = {o.key: next((k for k in order if k in o.tags), "") for o in model.operations}
    by_message: dict[str, str] = {}
    for message in model.messages:
        own = [key for key in order if key in message.tags]
        users = {by_operation[o.key] for o in model.operations if message.key in o.messages}
        by_message[message.key] = own[0] if own else users.pop() if len(users) == 1 else ""
    files = unique({("tag", key): f"tag-{slug(tags[key].name)}" for key in order})
    found = [
        Group(
            key=key,
            title=name(tags[key].name) if key else "Shared",
            page=f"{files['tag', key] if key else SHARED}.md",
            operations=[
                # What can be started comes first.
                o
                for o in sorted(model.operations, key=lambda o: not o.opens)
                if by_operation[o.key] == key
            ],
            messages=[m for m in model.messages if by_message[m.key] == key],
            classes=sorted(
                (p for p, home in context.homes.items() if modules.get(home, "") == key),
                key=lambda p: context.names[p].name if p in context.names else p,
            ),
        )
        for key in [*order, ""]
    ]
    return [g for g in found if g.operations or g.messages or g.classes]


def _targets(context: Context, groups: Iterable[Group]) -> list[Target]:
    model = context.model
    found = [Target(kind="server", key=s.key, name=s.key, page=TITLE_PAGE) for s in model.servers]
    found += [
        Target(kind="security", key=s.key, name=s.key, page=TITLE_PAGE) for s in model.security
    ]
    for group in groups:
        page = group.page
        found.append(Target(kind="tag", key=group.key, name=group.key or SHARED, page=page))
        found += [
            Target(kind="operation", key=o.key, name=o.key, page=page) for o in group.operations
        ]
        found += [Target(kind="message", key=m.key, name=m.key, page=page) for m in group.messages]
        found += [
            Target(kind="class", key=p, name=context.names[p].name, page=page)
            for p in group.classes
            if p in context.names
        ]
    return found


class _Writer:
    def __init__(self, context: Context, links: Links, package: str, single: str | None) -> None:
        self._context, self._links, self._package = context, links, package
        self._front = single or TITLE_PAGE
        model = context.model
        titles = {m.key: m.key for m in model.messages}
        drawing = Drawing(model=model, titles=titles, stomp=context.has_client)
        self._schemas = SchemaPages(context=context, links=links)
        self._operations = OperationPages(context=context, links=links, drawing=drawing)
        self._messages = MessagePages(
            context=context, links=links, schemas=self._schemas, package=package
        )

    # The title page.

    def title_page(self, groups: list[Group]) -> list[Section]:
        """Write the front: what it is, where it is offered, and what can be done with it."""
        model = self._context.model
        info = as_object(self._context.document.data.get("info"))
        client = "" if not self._context.has_client else f", client {code(self._context.client)}"
        made = (
            f"Made from {code(PurePosixPath(model.source_name).name)} "
            f"(sha256 {code(model.digest[:12])}) by `stompgen docs`. "
            "Change the document, not this page."
        )
        first = [
            f"Version {text(model.version)}. Python package {code(self._package)}{client}.",
            made,
            prose(model.description),
            *self._info_links(info),
            self._contents(groups),
        ]
        sections = [Section(anchor="top", level=1, title=name(model.title), blocks=first)]
        if model.servers:
            sections.append(_section("servers", "Servers"))
            sections += [self._server(server) for server in model.servers]
        if model.security:
            sections.append(_section("security", "Security"))
            sections += [self._scheme(scheme) for scheme in model.security]
        legend = sorted(as_object(info.get("x-sources")).items())
        if legend:
            rows = [_legend(key, as_object(value)) for key, value in legend]
            blocks = [table(("id", "source", "trust"), rows)]
            sections.append(_section("sources", "Sources", blocks))
        return sections

    def _info_links(self, info: dict[str, Json]) -> list[str]:
        rows = [
            (label, link(name(as_text(found.get(key)) or ""), as_text(found.get("url")) or ""))
            for label, part, key in (
                ("Documentation", "externalDocs", "description"),
                ("Contact", "contact", "name"),
                ("Licence", "license", "name"),
            )
            if as_text((found := as_object(info.get(part))).get("url"))
        ]
        if (terms := as_text(info.get("termsOfService"))) is not None:
            rows.append(("Terms", link("", terms)))
        return ["\n".join(f"- {label}: {target}" for label, target in rows)]

    def _contents(self, groups: list[Group]) -> str:
        here = self._front
        tags = {tag.key: tag for tag in self._context.model.tags}
        parts: list[str] = []
        for group in groups:
            title = self._links.to("tag", group.key, here, group.title)
            about = sentence(tags[group.key].description) if group.key in tags else ""
            parts.append(f"**{title}**" + (f": {about}" if about else ""))
            rows = [
                (
                    self._operations.link(o.key, here),
                    text(o.action),
                    self._operations.messages(o.messages, here),
                    cell(o.summary or o.title),
                )
                for o in group.operations
            ]
            if rows:
                parts.append(table(("operation", "action", "message", "what it does"), rows))
        return "\n\n".join(parts)

    def _server(self, server: ServerModel) -> Section:
        protocol = " ".join(filter(None, (server.protocol, server.protocol_version)))
        rows = [
            ("Address", code(f"{server.host}{server.pathname}")),
            ("Protocol", text(protocol)),
            ("Transport", text(server.transport) if server.transport else ""),
            ("Sub-protocols", ", ".join(short_code(name) for name in server.subprotocols)),
        ]
        variables = [_variable(variable) for variable in server.variables]
        heads = ("variable", "meaning", "default", "values", "examples")
        return Section(
            anchor=self._links.anchor("server", server.key),
            level=3,
            title=name(server.title or server.key),
            blocks=[
                prose(server.description),
                table(("", ""), [row for row in rows if row[1]]),
                table(heads, variables) if variables else "",
                self._security(server.security),
                *bindings("Bindings", server.bindings),
                f"Source: {code(f'#{server.pointer}')}",
            ],
        )

    def _security(self, keys: Iterable[str]) -> str:
        links = [self._links.to("security", key, self._front, short_code(key)) for key in keys]
        return f"A connection needs one of: {', '.join(links)}." if links else ""

    def _scheme(self, scheme: SecurityModel) -> Section:
        here = self._front
        obtained = ""
        if scheme.obtained_operation is not None:
            where = code(scheme.obtained_payload or "")
            operation = self._operations.link(scheme.obtained_operation, here)
            obtained = f"delivered by {operation}, in {where}"
        users = [o.key for o in self._context.model.operations if scheme.key in o.security]
        rows = [
            ("Type", text(scheme.type)),
            ("Name", short_code(scheme.name) if scheme.name else ""),
            ("In", text(scheme.location_in or "")),
            ("Scheme", text(scheme.scheme or "")),
            ("Bearer format", text(scheme.bearer_format or "")),
            (
                "OpenID Connect",
                link("", scheme.open_id_connect_url) if scheme.open_id_connect_url else "",
            ),
            ("Scopes", ", ".join(short_code(scope) for scope in scheme.scopes)),
            ("Carried by", text(scheme.header_of or "")),
            ("Obtained", obtained),
            ("Sensitive", "yes: never shown, logged or stored" if scheme.sensitive else ""),
            ("Needed by", ", ".join(self._operations.link(key, here) for key in users)),
        ]
        return Section(
            anchor=self._links.anchor("security", scheme.key),
            level=3,
            title=name(scheme.key),
            blocks=[
                prose(scheme.description),
                table(("", ""), [r for r in rows if r[1]]),
                *bindings("Flows", scheme.flows),
            ],
        )

    # The page of a tag.

    def group(self, group: Group) -> list[Section]:
        """Write operations, then messages, then their classes."""
        here = self._links.page("tag", group.key)
        tags = {tag.key: tag for tag in self._context.model.tags}
        about = prose(tags[group.key].description) if group.key in tags else ""
        sections = [
            Section(
                anchor=self._links.anchor("tag", group.key),
                level=1 if here == group.page else 2,
                title=group.title,
                blocks=[about],
            )
        ]
        if group.operations:
            sections.append(_section(f"{slug(group.key or SHARED)}-operations", "Operations"))
        for operation in group.operations:
            anchor = self._links.anchor("operation", operation.key)
            blocks = self._operations.blocks(operation, here)
            title = operation_title(operation)
            sections.append(Section(anchor=anchor, level=3, title=title, blocks=blocks))
        if group.messages:
            sections.append(_section(f"{slug(group.key or SHARED)}-messages", "Messages"))
        for message in group.messages:
            anchor = self._links.anchor("message", message.key)
            blocks = self._messages.blocks(message, here)
            title = name(message.title or message.key)
            sections.append(Section(anchor=anchor, level=3, title=title, blocks=blocks))
        classes = [pointer for pointer in group.classes if pointer in self._context.names]
        if classes:
            sections.append(_section(f"{slug(group.key or SHARED)}-classes", "Classes"))
        for pointer in classes:
            anchor = self._links.anchor("class", pointer)
            blocks = self._schemas.blocks(pointer, here)
            title = name(self._context.names[pointer].name)
            sections.append(Section(anchor=anchor, level=3, title=title, blocks=blocks))
        return sections


def _section(anchor: str, title: str, blocks: list[str] | None = None) -> Section:
    return Section(anchor=f"part-{anchor}", level=2, title=title, blocks=blocks or [])


def _variable(variable: VariableModel) -> tuple[str, ...]:
    return (
        short_code(variable.name),
        cell(variable.description),
        short_code(variable.default) if variable.default is not None else "",
        ", ".join(short_code(value) for value in variable.enum),
        ", ".join(short_code(value) for value in variable.examples),
    )


def _legend(key: str, value: dict[str, Json]) -> tuple[str, str, str]:
    title, url = as_text(value.get("title")) or "", as_text(value.get("url"))
    shown = name(title) if url is None else f"{name(title)} ({link('', url)})"
    return name(key), shown, text(as_text(value.get("trust")) or "")
