"""A document that has a string at every kind of place; it is correct."""

from copy import deepcopy
from typing import Any

from checking import ORDER

DOCS = {"url": "https://example.org/docs", "description": "More about it"}


def rich() -> dict[str, Any]:
    """Return the document. Each name of the author's choice is a text that stands for itself."""
    data: dict[str, Any] = deepcopy(ORDER)
    data["id"] = "urn:example:orders"
    data["defaultContentType"] = "application/json"
    data["info"] |= {
        "description": "Orders of a shop.\n\n- one\n- two",
        "termsOfService": "https://example.org/terms",
        "contact": {"name": "A person", "url": "https://example.org", "email": "a@example.org"},
        "license": {"name": "Apache-2.0", "url": "https://example.org/licence"},
        "externalDocs": DOCS,
        "tags": [{"$ref": "#/components/tags/orders"}],
        "x-client-name": "Shop",
    }
    data["info"]["x-sources"]["page"]["url"] = "https://example.org/page"
    _servers(data)
    _operations(data)
    _messages(data)
    data["components"] |= {
        "tags": {
            "orders": {"name": "Orders", "description": "All of them.", "externalDocs": DOCS},
            "payments": {"name": "Payments"},
        },
        "securitySchemes": {
            "shopKey": {
                "type": "httpApiKey",
                "in": "header",
                "name": "x-key",
                "description": "The key.",
                "x-header-of": "stomp-connect",
                "x-sensitive": True,
                "x-obtained-from": {"operation": "onTaken", "payload": "/reference"},
            }
        },
    }
    _schemas(data["components"]["schemas"])
    return data


def _servers(data: dict[str, Any]) -> None:
    server = data["servers"]["shop"]
    server |= {
        "pathname": "/shop/{branch}",
        "protocolVersion": "1.2",
        "title": "The shop",
        "summary": "Where it is",
        "description": "The one server.",
        "externalDocs": DOCS,
        "tags": [{"name": "inside", "description": "Not for everybody"}],
        "bindings": {"stomp": {}},
        "x-source": {"from": ["page"], "confidence": "low", "note": "A guess."},
    }
    server["x-transport"]["subprotocols"] = ["v12.stomp"]
    server["variables"]["host"] |= {"description": "The host.", "examples": ["shop.example"]}
    server["variables"]["branch"] = {
        "enum": ["north", "south-west"],
        "default": "north",
        "description": "Which of them.",
    }


def _operations(data: dict[str, Any]) -> None:
    for key, channel in data["channels"].items():
        channel |= {"title": f"Title {key}", "summary": "Short", "description": "Long."}
        channel["tags"] = [{"$ref": "#/components/tags/orders"}]
        channel["bindings"] = {"amqp": {"is": "queue", "queue": {"name": "q"}}}
    for key, operation in data["operations"].items():
        operation |= {"title": f"Do {key}", "summary": "What it does", "description": "And more."}
        operation["tags"] = [{"$ref": "#/components/tags/orders"}]
        operation["externalDocs"] = DOCS
    order = data["operations"]["placeOrder"]
    order["security"] = [{"$ref": "#/components/securitySchemes/shopKey"}]
    order["bindings"] = {"amqp": {"cc": ["x"]}}
    order["x-source"] = {"from": "page", "confidence": "high"}
    order["x-conversation"] |= {"onEnd": "must-disconnect", "atMostOnce": True}
    order["x-conversation"]["replies"] = {
        "onTaken": {"occurs": "one", "terminal": True, "after": ["onNews"]},
        "onNews": {"occurs": "many", "answer": "cancelOrder"},
    }
    data["channels"]["news"] = {
        "address": "/client/v1/news",
        "messages": {"News": {"$ref": "#/components/messages/News"}},
    }
    data["operations"]["onNews"] = {
        "action": "receive",
        "channel": {"$ref": "#/channels/news"},
        "tags": [{"name": "In line", "description": "Made here."}],
    }


def _messages(data: dict[str, Any]) -> None:
    messages = data["components"]["messages"]
    messages["Order"] |= {
        "name": "order",
        "title": "An order",
        "summary": "What is wanted.",
        "description": "At most one each.",
        "tags": [{"$ref": "#/components/tags/payments"}],
        "externalDocs": DOCS,
        "bindings": {"amqp": {"contentEncoding": "gzip"}},
        "x-source": {"from": "page", "confidence": "medium", "note": "Seen."},
    }
    example = messages["Order"]["examples"][0]
    example |= {"name": "cheap", "summary": "A cheap one"}
    example["payload"] |= {
        "pay": {"means": "cash"},
        "lines": [{"label": "Tea", "count": 2}],
        "labels": {"colour": "green"},
        "when": "2026-01-01T00:00:00Z",
        "state": "new",
        "kind": "gift",
        "extra": {"deep": ["x", {"y": "z"}]},
    }
    data["components"]["messageTraits"]["common"]["correlationId"]["description"] = "Which."
    messages["News"] = {
        "payload": {
            "type": "object",
            "description": "A payload without a name.",
            "required": ["headline"],
            "properties": {"headline": {"type": "string", "description": "What happened."}},
        }
    }


def _schemas(schemas: dict[str, Any]) -> None:
    # Names that are no keywords: each is found by its text.
    kind = {"type": "string", "const": "cash"}
    schemas["Payment"] |= {"discriminator": "means", "required": ["means"]}
    schemas["Payment"]["properties"] = {"means": {"type": "string"}}
    schemas["Cash"] |= {"required": ["means"], "properties": {"means": kind}}
    schemas["Card"] |= {
        "required": ["means", "pan"],
        "properties": {
            "means": {"type": "string", "const": "card"},
            "pan": {"type": "string", "x-sensitive": True},
        },
    }
    order = schemas["Order"]
    order["title"] = "The order"
    order["description"] = "What somebody wants."
    order["properties"]["amount"] |= {"x-unit": "currency-minor", "description": "Money."}
    order["properties"] |= {
        "lines": {"type": "array", "items": {"$ref": "#/components/schemas/Line"}, "maxItems": 9},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "when": {"type": "string", "format": "date-time", "description": "The moment."},
        "day": {"type": "string", "format": "date"},
        "state": {"$ref": "#/components/schemas/State"},
        "kind": {
            "type": "string",
            "description": "What it is.",
            "x-open-enum": {"gift": "A present", "loan": None},
        },
        "extra": {"description": "Anything."},
        "remark": {
            "type": ["string", "null"],
            "default": "none",
            "format": "free-text",
            "pattern": "^[a-z]*$",
            "deprecated": True,
            "x-source": {"from": "page", "confidence": "invented", "note": "No source."},
        },
    }
    schemas["Line"] = {
        "type": "object",
        "required": ["label"],
        "properties": {
            "label": {"type": "string", "minLength": 1, "maxLength": 20},
            "count": {"type": "integer", "minimum": 1},
            "price": {"type": "number"},
            "inner": {"$ref": "#/components/schemas/Line"},
            "nameless": {"type": "object", "properties": {"leaf": {"type": "boolean"}}},
        },
    }
    schemas["State"] = {
        "type": "string",
        "description": "How far it is.",
        "enum": ["new", "in-work", "done"],
        "x-enum-values": {"new": "Just made", "done": "Ready"},
    }
