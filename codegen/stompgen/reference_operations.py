"""Operations in the reference: what they do, their diagram, and their rules in plain sentences."""

from collections.abc import Iterable, Iterator
from functools import cached_property

import attrs

from .model import ConversationModel, OperationModel, ReplyModel, ReplyRule
from .operations import NO_RULES, Opened, story_order
from .pointers import Json
from .reference_diagram import Drawing
from .reference_examples import json_example
from .reference_links import Links
from .reference_schemas import source_text
from .reference_text import cell, code, fence, name, prose, sentence, short_code, table
from .views import Context
from .views_data import argument_names

OCCURS = {
    "one": "once",
    "optional": "at most once",
    "some": "once or more often",
    "many": "any number of times",
}


@attrs.frozen(kw_only=True, slots=False)
class OperationPages:
    """Writes operations as Markdown."""

    context: Context
    links: Links
    drawing: Drawing

    def blocks(self, operation: OperationModel, here: str) -> list[str]:
        """Describe an operation."""
        rules = operation.conversation or NO_RULES
        lines = [*self._rules(operation, rules, here), *self._roles(operation, here)]
        return [
            sentence(operation.summary) if operation.summary else "",
            prose(operation.description),
            self._facts(operation, here),
            self._parameters(operation),
            self.drawing.of(operation),
            self._replies(rules, here),
            "\n".join(f"- {line}" for line in lines),
            *self._bindings(operation),
            f"Source: {code(f'#{operation.pointer}')}{_origin(operation)}",
        ]

    def link(self, key: str, here: str) -> str:
        """Link to an operation."""
        return self.links.to("operation", key, here, short_code(key))

    def messages(self, keys: Iterable[str], here: str) -> str:
        """Link to messages."""
        return " or ".join(self.message(key, here) for key in keys)

    def message(self, key: str, here: str) -> str:
        """Link to a message, by its title."""
        return self.links.to("message", key, here, short_code(key))

    def _facts(self, operation: OperationModel, here: str) -> str:
        context = self.context
        channel = context.model.channel_by_key.get(operation.channel)
        address = channel.address if channel is not None else None
        sends = operation.action == "send"
        security = ", ".join(
            self.links.to("security", key, here, short_code(key)) for key in operation.security
        )
        rows = [
            ("Action", "this application **sends**" if sends else "this application **receives**"),
            ("Address", code(address) if address is not None else "known at run time only"),
            ("Channel", short_code(operation.channel)),
            ("Message", self.messages(operation.messages, here) or "none"),
            ("In Python", self._python(operation)),
            ("Credential", security or "none needed"),
        ]
        if channel is not None and channel.servers:
            servers = (self.links.to("server", k, here, short_code(k)) for k in channel.servers)
            rows.append(("Servers", ", ".join(servers)))
        if operation.reply is not None:
            rows.append(("Reply", self._own_reply(operation.reply, here)))
        return table(("", ""), [row for row in rows if row[1]])

    def _own_reply(self, reply: ReplyModel, here: str) -> str:
        """Say what AsyncAPI's own `reply` says."""
        parts = [self.messages(reply.messages, here)]
        if reply.channel is not None:
            parts.append(f"on {short_code(reply.channel)}")
        if reply.address_location is not None:
            parts.append(f"at the address that {code(reply.address_location)} names")
        return " ".join(part for part in parts if part)

    def _parameters(self, operation: OperationModel) -> str:
        """Describe what has to be filled into the address."""
        channel = self.context.model.channel_by_key.get(operation.channel)
        rows = [
            (
                short_code(parameter.name),
                cell(parameter.description),
                short_code(parameter.default) if parameter.default is not None else "",
                ", ".join(short_code(value) for value in parameter.enum),
                ", ".join(short_code(value) for value in parameter.examples),
                code(parameter.location) if parameter.location else "",
            )
            for parameter in (channel.parameters if channel is not None else ())
        ]
        heads = ("in the address", "meaning", "default", "values", "examples", "said by")
        return table(heads, rows) if rows else ""

    def _bindings(self, operation: OperationModel) -> list[str]:
        channel = self.context.model.channel_by_key.get(operation.channel)
        return [
            *bindings("Bindings of the operation", operation.bindings),
            *bindings("Bindings of the channel", channel.bindings if channel else None),
        ]

    def _python(self, operation: OperationModel) -> str:
        """Say how it is called; an operation that is part of another has no method of its own."""
        if not self.drawing.stomp:
            return ""
        if not operation.opens:
            hosts = [o for o in self._opening if operation.key in _sends(o)]
            name = self.context.api.methods.get(operation.key, operation.key)
            calls = [f"{self._class(o)}.{name}(message)" for o in hosts]
            return ", ".join(code(call) for call in calls)
        item = Opened(context=self.context, model=operation)
        arguments = ["request"] if item.requests else []
        channels = self.context.model.channel_by_key
        names = argument_names(channels[key] for key in item.channels if key in channels)
        arguments += [f"{name}=…" for name in names.values()]
        call = code(f"{self.context.client}.{item.method}({', '.join(arguments)})")
        reply = self._reply_class(item)
        return f"{call} → {code(reply or item.class_name)}"

    def _class(self, operation: OperationModel) -> str:
        return Opened(context=self.context, model=operation).class_name

    def _reply_class(self, item: Opened) -> str | None:
        if item.only_reply is None:
            return None
        payload = self.context.message(item.only_reply).payload
        names = self.context.names.get(self.context.schemas.message_class(payload) or "")
        return names.name if names is not None else None

    def _replies(self, rules: ConversationModel, here: str) -> str:
        known = self.context.model.operation_by_key
        rows = [
            (
                self.link(reply.operation, here),
                self.messages(known[reply.operation].messages, here),
                OCCURS[reply.occurs],
                "<br>".join(self._reply_notes(reply, here)),
            )
            for reply in story_order(rules.replies)
            if reply.operation in known
        ]
        return table(("what comes", "message", "how often", "and"), rows) if rows else ""

    def _reply_notes(self, reply: ReplyRule, here: str) -> Iterator[str]:
        if reply.after:
            yield f"after {' and '.join(self.link(key, here) for key in reply.after)}"
        if reply.answer is not None:
            yield f"answer each exactly once with {self.link(reply.answer, here)}"
        if reply.terminal:
            yield "the last message"
        if (when := reply.terminal_when) is not None:
            yield (
                f"the last one when its {code(when.reply)} equals "
                f"{code(when.request)} of the request"
            )

    def _rules(
        self, operation: OperationModel, rules: ConversationModel, here: str
    ) -> Iterator[str]:
        if operation.conversation is not None:
            yield from self._connection(operation, rules, here)
        if rules.at_most_once:
            yield "It is sent **at most once**: it is never repeated, whatever happens."
        if rules.recover is not None:
            yield (
                f"When its end was not seen, ask with {self.link(rules.recover.operation, here)} "
                f"by {short_code(rules.recover.key)}; do not send it again."
            )
        elif rules.at_most_once:
            yield "When its end was not seen, its outcome is unknown."
        if rules.during:
            sends = ", ".join(self.link(key, here) for key in rules.during)
            yield f"While it is open these may be sent: {sends}."
        if rules.errors:
            errors = ", ".join(self.link(key, here) for key in rules.errors)
            yield f"Each of these is an error and ends it: {errors}."
        if rules.on_end == "must-disconnect":
            yield "After the last message the client **must disconnect**."
        elif rules.on_end == "should-disconnect":
            yield "After the last message the client should disconnect."
        if operation.security:
            names = ", ".join(
                self.links.to("security", key, here, short_code(key)) for key in operation.security
            )
            yield f"The connection is authenticated: {names}."

    def _connection(
        self, operation: OperationModel, rules: ConversationModel, here: str
    ) -> Iterator[str]:
        if rules.connection == "new":
            how = (
                "It is the first message of" if operation.action == "send" else "Subscribing opens"
            )
            yield f"{how} a connection of its own."
        elif rules.connection == "current" and operation.action == "send":
            hosts = [self.link(o.key, here) for o in self._opening if operation.key in _sends(o)]
            where = f" of {' or '.join(hosts)}" if hosts else ""
            yield f"It may only be sent inside a running conversation{where}."
        if operation.action == "receive" and rules.replies:
            yield "Subscribing is the request; nothing is sent."

    def _roles(self, operation: OperationModel, here: str) -> Iterator[str]:
        """Say in which conversations an operation takes part."""
        if operation.action == "receive":
            found = [o for o in self._opening if operation.key in _replies(o)]
            hosts = [self.link(o.key, here) for o in found if o.key != operation.key]
            if hosts:
                yield f"It comes in: {', '.join(hosts)}."
            ends = [o for o in self._opening if operation.key in _errors(o)]
            if ends:
                yield f"It ends, as an error: {', '.join(self.link(o.key, here) for o in ends)}."
        recovered = [
            o
            for o in self._opening
            if o.conversation is not None
            and o.conversation.recover is not None
            and o.conversation.recover.operation == operation.key
        ]
        if recovered:
            listed = ", ".join(self.link(o.key, here) for o in recovered)
            yield f"It tells the outcome of: {listed}."

    @cached_property
    def _opening(self) -> list[OperationModel]:
        return [o for o in self.context.model.operations if o.conversation is not None]


def bindings(title: str, found: dict[str, Json] | None) -> list[str]:
    """Show what a protocol needs besides, as JSON."""
    shown = {key: value for key, value in (found or {}).items() if value != {}}
    return [f"{title}:", fence("json", json_example(shown))] if shown else []


def operation_title(operation: OperationModel) -> str:
    """Title a section."""
    return name(operation.title) if operation.title else name(operation.key)


def _sends(operation: OperationModel) -> set[str]:
    rules = operation.conversation or NO_RULES
    return {*rules.during, *(reply.answer for reply in rules.replies if reply.answer)}


def _replies(operation: OperationModel) -> set[str]:
    return {reply.operation for reply in (operation.conversation or NO_RULES).replies}


def _errors(operation: OperationModel) -> tuple[str, ...]:
    return (operation.conversation or NO_RULES).errors


def _origin(operation: OperationModel) -> str:
    return f" ({source_text(operation.source)})" if operation.source is not None else ""
