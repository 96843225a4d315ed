"""View of `server.py`: what plays the other side, as abstract methods and typed replies."""

import attrs

from . import docs
from .imports import Imports
from .model import OperationModel, ReplyRule
from .operations import Opened, opened, operations, plain_operations, union
from .views import Context, ModuleView
from .views_connection import constant_at, parameters_of


@attrs.frozen(kw_only=True)
class ReplyView:
    """A method that sends one kind of reply."""

    name: str
    parameter: str
    returns: str
    call: str
    doc: str


@attrs.frozen(kw_only=True)
class RepliesView:
    """The replies of one operation."""

    name: str
    doc: str
    replies: tuple[ReplyView, ...]


@attrs.frozen(kw_only=True)
class HandlerMethodView:
    """An abstract method that takes a request or a further message."""

    key: str
    name: str
    parameters: str
    replies: str
    doc: str


@attrs.frozen(kw_only=True)
class HandlerView:
    """The handler and the classes of replies."""

    name: str
    doc: str
    methods: tuple[HandlerMethodView, ...]
    replies: tuple[RepliesView, ...]


def server_module(context: Context) -> ModuleView:
    """Make the view of `server.py`."""
    imports = context.imports()
    imports.module("abc")
    imports.name("collections.abc", "Mapping")
    imports.name("typing", "ClassVar")
    imports.name(".operations", "API")
    imports.runtime("descriptors", "Api")
    imports.runtime("server", "ApiHandler", "Route")
    plain = plain_operations(context.model)
    items = opened(context)
    replies = [_replies(item, imports) for item in items]
    methods = _methods(context, items, imports)
    if plain:
        name = publications_name(context)
        replies.append(_publications(context, name, plain, imports))
        methods += tuple(
            _taken(context, operation, name, imports)
            for operation in plain
            if operation.action == "send"
            and context.model.channel_by_key[operation.channel].address is not None
        )
    content = HandlerView(
        name=f"{context.client}Handler",
        doc=docs.paragraphs(
            f"Takes the requests of {context.model.title}.",
            "Write a subclass that has all methods. Each is called with the message and with the "
            "replies that may be given to it.",
        ),
        methods=methods,
        replies=tuple(replies),
    )
    return ModuleView(
        path="server.py",
        template="server.jinja",
        doc="The other side of the API: a handler for its requests, and their replies.",
        imports=imports.sections(),
        content=content,
    )


def publications_name(context: Context) -> str:
    """Name the class of the messages that may be sent at any time."""
    name = f"{context.client}Publications"
    taken = {names.name for names in context.names.values()}
    return f"{name}_" if name in taken else name


def _publications(
    context: Context, name: str, plain: tuple[OperationModel, ...], imports: Imports
) -> RepliesView:
    """Make the class of all that may be sent to whoever has subscribed."""
    imports.runtime("server", "Replies")
    return RepliesView(
        name=name,
        doc="What may be sent at any time to a client that has subscribed.",
        replies=tuple(
            _send(context, operation, imports)
            for operation in plain
            if operation.action == "receive"
        ),
    )


def _taken(
    context: Context, operation: OperationModel, replies: str, imports: Imports
) -> HandlerMethodView:
    """Make the method that takes a message of no conversation."""
    type_ = union(context, operation.messages, imports)
    if type_ is None:
        imports.runtime("shapes", "Raw")
    return _handler_method(context, operation, type_ or "Raw", "message", replies, imports)


def _methods(
    context: Context, items: list[Opened], imports: Imports
) -> tuple[HandlerMethodView, ...]:
    found: dict[str, HandlerMethodView] = {}
    for item in items:
        found[item.model.key] = _handler_method(
            item.context,
            item.model,
            item.request_type(imports),
            "request",
            item.replies_name,
            imports,
        )
    answers = {rule.answer for item in items for rule, _ in item.replies}
    for key in sorted({k for item in items for k in item.rules.during} - answers):
        owners = [item.replies_name for item in items if key in item.rules.during]
        replies = owners[0]
        if len(owners) > 1:  # what it may reply depends on the conversation
            imports.runtime("server", "Replies")
            replies = "Replies"
        for operation in operations(context, [key]):
            type_ = union(context, operation.messages, imports)
            found[key] = _handler_method(context, operation, type_, "message", replies, imports)
    return tuple(found.values())


def _handler_method(
    context: Context,
    operation: OperationModel,
    type_: str | None,
    parameter: str,
    replies: str,
    imports: Imports,
) -> HandlerMethodView:
    message = [f"{parameter}: {type_}"] if type_ else []
    written, _ = parameters_of(context, [operation.channel], imports)
    keywords = ["*", *written] if written else []
    return HandlerMethodView(
        key=operation.key,
        name=context.api.methods[operation.key],
        parameters=", ".join(["self", *message, f"replies: {replies}", *keywords]),
        replies=replies,
        doc=docs.lead(operation.summary or operation.title, f"Take `{operation.key}`."),
    )


def _replies(item: Opened, imports: Imports) -> RepliesView:
    imports.runtime("server", "Replies")
    views = [_reply(item, rule, reply, imports) for rule, reply in item.replies]
    views += [_send(item.context, reply, imports) for reply in item.errors]
    return RepliesView(
        name=item.replies_name,
        doc=f"The replies of `{item.model.key}`.",
        replies=tuple(views),
    )


def _reply(item: Opened, rule: ReplyRule, reply: OperationModel, imports: Imports) -> ReplyView:
    answers = operations(item.context, [rule.answer] if rule.answer else [])
    answer = union(item.context, answers[0].messages, imports) if answers else None
    view = _send(item.context, reply, imports)
    if answer is None:
        return view
    if " | " in answer:
        what = "an answer can have one message only"
        item.context.report(answers[0].pointer, what, "name one message in the operation")
    bound, _ = _bound(item.context, reply, imports)
    call = f"return await self._ask({bound}, message, {answer})"
    return attrs.evolve(view, returns=answer, call=call)


def _send(context: Context, reply: OperationModel, imports: Imports) -> ReplyView:
    bound, written = _bound(context, reply, imports)
    payload = union(context, reply.messages, imports)
    if payload is None:
        imports.runtime("shapes", "Raw")
        payload = "Raw"
    about = reply.summary or reply.title or ""
    subject = f"Send a reply of `{reply.key}`."
    return ReplyView(
        name=context.api.replies[reply.key],
        parameter=", *, ".join([payload, *([", ".join(written)] if written else [])]),
        returns="None",
        call=f"await self._send({bound}, message)",
        doc=docs.paragraphs(subject, f"The client's side: {docs.sentence(about)}" if about else ""),
    )


def _bound(context: Context, operation: OperationModel, imports: Imports) -> tuple[str, list[str]]:
    """Write the descriptor of an operation at its address, and the parameters for it."""
    written, values = parameters_of(context, [operation.channel], imports)
    constant = constant_at(context, operation, imports)
    return (f"{constant}.at({values})" if values else constant), written
