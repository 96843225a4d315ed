"""Documents of any size, all alike: what grows faster than they do is not linear."""

import json
from pathlib import Path
from typing import Any


def write_document(path: Path, messages: int) -> Path:
    """Write a document of so many messages with a class each; some refer to another one."""
    schemas = {f"Message{i}": _schema(i) for i in range(messages)}
    named = {
        f"message{i}": {"payload": {"$ref": f"#/components/schemas/Message{i}"}}
        for i in range(messages)
    }
    channel = {
        "address": "/main",
        "messages": {key: {"$ref": f"#/components/messages/{key}"} for key in named},
    }
    document = {
        "asyncapi": "3.0.0",
        "info": {"title": "Many", "version": "1.0.0"},
        "channels": {"main": channel},
        "operations": {"sendAny": {"action": "send", "channel": {"$ref": "#/channels/main"}}},
        "components": {"schemas": schemas, "messages": named},
    }
    path.write_text(json.dumps(document), "utf-8")
    return path


def _schema(number: int) -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string"}
    status = {**text, "enum": ["new", "done", "gone"]} if number % 5 == 0 else text
    properties: dict[str, Any] = {
        "id": {**text, "pattern": "^[a-z0-9]{4,20}$"},
        f"amount{number % 7}": {"type": "integer", "minimum": 0},
        "createdAt": {**text, "format": "date-time"},
        "isFine": {"type": "boolean"},
        "note": {**text, "maxLength": 200, "description": f"A note of message {number}."},
        "status": status,
        "tags": {"type": "array", "items": {**text, "maxLength": 20}},
    }
    if number:
        properties["parent"] = {"$ref": f"#/components/schemas/Message{(number - 1) // 2}"}
    return {
        "type": "object",
        "description": f"Message number {number}.",
        "required": ["id"],
        "properties": properties,
    }
