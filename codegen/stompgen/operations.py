"""What becomes of each operation: a request, a conversation, a part of one, or nothing."""

from collections.abc import Iterable
from functools import cached_property

import attrs

from .imports import Imports
from .model import ApiModel, ConversationModel, OperationModel, ReplyRule
from .pointers import as_list, as_object, as_text, join
from .schemas import ObjectSchema
from .views import Context

NO_RULES = ConversationModel()


@attrs.frozen(kw_only=True, slots=False)
class Opened:
    """An operation that a client starts: by sending a request, or by subscribing."""

    context: Context
    model: OperationModel

    @property
    def rules(self) -> ConversationModel:
        """Its conversation."""
        return self.model.conversation or NO_RULES

    @property
    def constant(self) -> str:
        """Name of its descriptor."""
        return self.context.api.operations[self.model.key]

    @property
    def method(self) -> str:
        """Name of the client's method."""
        return self.context.api.methods[self.model.key]

    @property
    def class_name(self) -> str:
        """Name of the class of its conversations."""
        return self.context.api.conversations[self.model.key]

    @property
    def replies_name(self) -> str:
        """Name of the class of its replies, in server stubs."""
        return self.context.api.reply_classes[self.model.key]

    @property
    def requests(self) -> tuple[str, ...]:
        """Keys of the messages that are sent to start it; none when subscribing starts it."""
        return self.model.messages if self.model.action == "send" else ()

    @cached_property
    def replies(self) -> tuple[tuple[ReplyRule, OperationModel], ...]:
        """Its replies with their rules."""
        known = self.context.model.operation_by_key
        rules = story_order(self.rules.replies)
        return tuple((r, known[r.operation]) for r in rules if r.operation in known)

    @property
    def errors(self) -> tuple[OperationModel, ...]:
        """The operations that end it with an error."""
        return operations(self.context, self.rules.errors)

    @property
    def during(self) -> tuple[OperationModel, ...]:
        """What may be sent while it is open."""
        return operations(self.context, self.rules.during)

    @property
    def channels(self) -> list[str]:
        """Keys of all channels that its messages travel on."""
        replies = (reply for _, reply in self.replies)
        found = (o.channel for o in (self.model, *replies, *self.errors, *self.during))
        return list(dict.fromkeys(found))

    @property
    def can_be_played(self) -> bool:
        """False when an address is known at run time only: nobody could subscribe in time."""
        known = self.context.model.channel_by_key
        return all(known[key].address is not None for key in self.channels if key in known)

    @property
    def only_reply(self) -> str | None:
        """Key of the message, when exactly one comes and ends the conversation."""
        if len(self.replies) != 1 or self.during:
            return None
        rule, reply = self.replies[0]
        single = rule.occurs == "one" and rule.terminal and len(reply.messages) == 1
        return reply.messages[0] if single else None

    def request_type(self, imports: Imports) -> str | None:
        """Annotation of the request, None when there is nothing to send."""
        return union(self.context, self.requests, imports)

    @property
    def request_can_be_left_out(self) -> bool:
        """True when the request needs no value: then an empty one can be made."""
        if len(self.requests) != 1:
            return False
        schemas = self.context.schemas
        pointer = schemas.message_class(self.context.message(self.requests[0]).payload)
        schema = schemas.classes.get(pointer or "")
        return isinstance(schema, ObjectSchema) and not any(f.required for f in schema.fields)


def plain_operations(model: ApiModel) -> tuple[OperationModel, ...]:
    """Return the operations that no conversation says anything of, as the runtime does."""
    named: set[str] = set()
    for operation in model.operations:
        rules = operation.conversation or ConversationModel()
        named |= {*rules.during, *rules.errors}
        for reply in rules.replies:
            named |= {reply.operation, *([reply.answer] if reply.answer else [])}
        if rules != ConversationModel():
            named.add(operation.key)
    return tuple(operation for operation in model.operations if operation.key not in named)


def story_order(replies: Iterable[ReplyRule]) -> list[ReplyRule]:
    """Sort replies roughly as they come, so that the order of keys makes no difference."""
    return sorted(replies, key=lambda r: (r.terminal, len(r.after), r.operation))


def opened(context: Context) -> list[Opened]:
    """List the conversations of a client: by tag as the document lists them, then by key."""
    tags = tag_order(context)
    plain = {operation.key for operation in plain_operations(context.model)}
    every = (Opened(context=context, model=o) for o in context.model.operations)
    found = [o for o in every if o.model.opens and o.model.key not in plain and o.can_be_played]

    def order(item: Opened) -> tuple[int, str]:
        known = [tags.index(tag) for tag in item.model.tags if tag in tags]
        return min(known, default=len(tags)), item.model.key

    return sorted(found, key=order)


def tag_order(context: Context) -> list[str]:
    """List the keys of the tags: as the document lists them, then by key."""
    named: dict[str, str] = {tag.name: tag.key for tag in context.model.tags}
    info = as_object(context.document.data.get("info"))
    listed: list[str] = []
    for index in range(len(as_list(info.get("tags")))):
        found = context.document.find(join("/info/tags", index))
        name = as_text(as_object(found[1]).get("name")) if found else None
        if name in named:
            listed.append(named[name])
    return list(dict.fromkeys([*listed, *sorted(named.values())]))


def operations(context: Context, keys: Iterable[str]) -> tuple[OperationModel, ...]:
    """Return operations by key; unknown ones have been reported."""
    known = context.model.operation_by_key
    return tuple(known[key] for key in keys if key in known)


def union(context: Context, messages: Iterable[str], imports: Imports) -> str | None:
    """Write the union of some messages' payloads."""
    names = [context.payload_of(key, imports) for key in messages]
    return " | ".join(dict.fromkeys(names)) or None
