"""A small correct document, and what the checks say of a changed one."""

import json
from copy import deepcopy
from typing import Any

from stompgen.check import check
from stompgen.document import parse
from stompgen.pointers import split
from stompgen.problems import Problems

REMOVED = object()

ORDER: dict[str, Any] = {
    "asyncapi": "3.0.0",
    "info": {
        "title": "Orders",
        "version": "1.0.0",
        "x-perspective": "client",
        "x-sources": {"page": {"title": "The page", "trust": "high"}},
    },
    "servers": {
        "shop": {
            "host": "{host}:7080",
            "protocol": "stomp",
            "x-transport": {"protocol": "wss"},
            "variables": {"host": {"x-schema": {"type": "string", "minLength": 1}}},
        }
    },
    "channels": {
        "order": {
            "address": "/v1/order",
            "messages": {"Order": {"$ref": "#/components/messages/Order"}},
        },
        "taken": {
            "address": "/client/v1/order",
            "messages": {"Taken": {"$ref": "#/components/messages/Taken"}},
        },
        "cancel": {
            "address": "/v1/order/cancel",
            "messages": {"Order": {"$ref": "#/components/messages/Order"}},
        },
        "query": {
            "address": "/v1/order/query",
            "messages": {"Order": {"$ref": "#/components/messages/Order"}},
        },
        "error": {
            "address": "/client/v1/error",
            "messages": {"Taken": {"$ref": "#/components/messages/Taken"}},
        },
    },
    "operations": {
        "placeOrder": {
            "action": "send",
            "channel": {"$ref": "#/channels/order"},
            "messages": [{"$ref": "#/channels/order/messages/Order"}],
            "traits": [{"$ref": "#/components/operationTraits/opens"}],
            "x-conversation": {
                "replies": {"onTaken": {"occurs": "one", "terminal": True}},
                "during": ["cancelOrder"],
                "recover": {"operation": "queryOrder", "key": "reference"},
            },
        },
        "cancelOrder": {
            "action": "send",
            "channel": {"$ref": "#/channels/cancel"},
            "x-conversation": {"connection": "current"},
        },
        "queryOrder": {"action": "send", "channel": {"$ref": "#/channels/query"}},
        "onTaken": {"action": "receive", "channel": {"$ref": "#/channels/taken"}},
        "onError": {"action": "receive", "channel": {"$ref": "#/channels/error"}},
    },
    "components": {
        "operationTraits": {
            "opens": {"x-conversation": {"connection": "new", "errors": ["onError"]}}
        },
        "messageTraits": {
            "common": {
                "headers": {"$ref": "#/components/schemas/Headers"},
                "correlationId": {"location": "$message.header#/x-id"},
                "contentType": "application/json",
            }
        },
        "messages": {
            "Order": {
                "traits": [{"$ref": "#/components/messageTraits/common"}],
                "payload": {"$ref": "#/components/schemas/Order"},
                "examples": [
                    {
                        "headers": {"x-id": "1"},
                        "payload": {"reference": "A1", "amount": 1099, "pay": {"type": "cash"}},
                    }
                ],
            },
            "Taken": {"payload": {"$ref": "#/components/schemas/Taken"}},
        },
        "schemas": {
            "Headers": {"type": "object", "properties": {"x-id": {"type": "string"}}},
            "Order": {
                "type": "object",
                "required": ["reference", "amount"],
                "properties": {
                    "reference": {"type": "string", "pattern": "^[A-Z0-9]+$"},
                    "amount": {"type": "integer", "x-unit-of": "currency"},
                    "currency": {"type": "string"},
                    "pay": {"$ref": "#/components/schemas/Payment"},
                },
            },
            "Payment": {
                "type": "object",
                "required": ["type"],
                "properties": {"type": {"type": "string"}},
                "discriminator": "type",
                "oneOf": [
                    {"$ref": "#/components/schemas/Cash"},
                    {"$ref": "#/components/schemas/Card"},
                ],
            },
            "Cash": {
                "type": "object",
                "required": ["type"],
                "properties": {"type": {"type": "string", "const": "cash"}},
            },
            "Card": {
                "type": "object",
                "required": ["type", "number"],
                "properties": {
                    "type": {"type": "string", "const": "card"},
                    "number": {"type": "string", "x-sensitive": True},
                },
            },
            "Taken": {
                "type": "object",
                "properties": {"reference": {"type": "string"}},
                "x-source": {"from": "page", "confidence": "high"},
            },
        },
    },
}


def changed(pointer: str, value: Any) -> dict[str, Any]:
    """Return the small document with one value set, or removed."""
    document = deepcopy(ORDER)
    *steps, last = split(pointer)
    place: Any = document
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
    if value is REMOVED:
        del place[last]
    elif isinstance(place, list):
        place[int(last)] = value
    else:
        place[last] = value
    return document


def problems_of(data: dict[str, Any]) -> list[str]:
    """Return what is wrong with a document, each without its file and line."""
    problems = Problems()
    document = parse(json.dumps(data), "order.json", problems)
    if document is not None:
        check(document, problems)
    return [str(problem).split(": ", 1)[1] for problem in problems]
