"""Messages in the reference: payload, headers, and examples in JSON and in Python."""

from collections.abc import Iterable

import attrs

from .model import ExampleModel, MessageModel, OperationModel
from .reference_examples import NotPythonError, json_example, python_example
from .reference_links import Links
from .reference_operations import bindings
from .reference_schemas import SchemaPages
from .reference_text import code, fence, name, prose, sentence, short_code, table, text
from .views import Context


@attrs.frozen(kw_only=True, slots=False)
class MessagePages:
    """Writes messages as Markdown."""

    context: Context
    links: Links
    schemas: SchemaPages
    package: str

    def blocks(self, message: MessageModel, here: str) -> list[str]:
        """Describe a message; Python is not formatted yet."""
        found = [
            sentence(message.summary) if message.summary else "",
            prose(message.description),
            self._facts(message, here),
        ]
        for index, example in enumerate(message.examples):
            found += self._example(message, example, index)
        found += bindings("Bindings", message.bindings)
        return [*found, f"Source: {code(f'#{message.pointer}')}"]

    def _facts(self, message: MessageModel, here: str) -> str:
        content = message.content_type or self.context.model.default_content_type
        payload = self.schemas.class_link(message.payload, here)
        users = [o for o in self.context.model.operations if message.key in o.messages]
        location = message.correlation_location
        rows = [
            ("Payload", payload or self._unknown(message)),
            ("Headers", self.schemas.class_link(message.headers, here) or ""),
            ("Content type", short_code(content) if content else ""),
            ("Correlation id", code(location) if location else ""),
            ("Sent by", self._operations(users, "send", here)),
            ("Received by", self._operations(users, "receive", here)),
        ]
        return table(("", ""), [row for row in rows if row[1]])

    def _unknown(self, message: MessageModel) -> str:
        """Say what a payload without a class is."""
        if message.payload_format is not None:
            return f"raw: schemas in {code(message.payload_format)} are not supported"
        return "JSON" if message.is_json else "raw: no JSON"

    def _operations(self, users: Iterable[OperationModel], action: str, here: str) -> str:
        return ", ".join(
            self.links.to("operation", o.key, here, short_code(o.key))
            for o in users
            if o.action == action
        )

    def _example(self, message: MessageModel, example: ExampleModel, index: int) -> list[str]:
        title = name(example.name or f"Example {index + 1}")
        about = f": {sentence(example.summary)}" if example.summary else ""
        found = [f"**Example** {title}{about}"]
        if example.headers:
            found += ["Headers:", fence("json", json_example(example.headers))]
        if not example.has_payload:
            return found
        found.append(fence("json", json_example(example.payload)))
        try:
            source = python_example(
                self.context.schemas,
                self.context.names,
                self.package,
                message,
                example.payload,
            )
        except NotPythonError as exc:
            return [*found, f"No call builds this example: {text(exc)}."]
        return [*found, f"{PYTHON}{source}"]


PYTHON = "\x00python\n"
"""How a block of Python begins that is still to be formatted. No text of a document holds NUL."""
