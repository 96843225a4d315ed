"""The page of sources: every `x-source` of a document, sorted, counted and explained."""

import json
from typing import Any

from stompgen.document import parse
from stompgen.problems import Problems
from stompgen.sources import sources_page

DOCUMENT: dict[str, Any] = {
    "info": {
        "title": "Orders",
        "version": "1.0.0",
        "x-sources": {
            "talk": {"title": "A | talk", "trust": "low", "url": "https://example.com/"},
            "page": {"title": "The page", "trust": "high"},
        },
    },
    "components": {
        "schemas": {
            "B": {
                "type": "string",
                "pattern": "^a|b$",
                "x-source": {"from": "talk", "confidence": "low", "note": "Heard\nonce | twice."},
            },
            "A": {
                "type": "object",
                "required": ["enum"],
                "properties": {
                    "enum": {
                        "allOf": [{"$ref": "#/components/schemas/B"}],
                        "x-source": {"from": ["page", "talk"], "confidence": "invented"},
                    }
                },
                "x-source": {"from": ["page"], "confidence": "high"},
            },
        }
    },
}
PAGE = """\
# Where Orders 1.0.0 comes from

Made from every `x-source` in `orders.json` by `stompgen sources`.
Change the document, not this page.

## Sources

| id | source | trust |
|---|---|---|
| `page` | The page | high |
| `talk` | A \\| talk: <https://example.com/> | low |

## Confidence

| confidence | meaning | statements |
|---|---|---|
| high | the source says so | 1 |
| medium | an inference from the source | 0 |
| low | a guess that the source suggests | 1 |
| invented | no source tells; a decision of this project | 1 |

## Statements

| place | what | sources | confidence | note |
|---|---|---|---|---|
| `#/components/schemas/A` | type, required fields | `page` | high | |
| `#/components/schemas/A/properties/enum` | | `page`, `talk` | invented | |
| `#/components/schemas/B` | type, pattern | `talk` | low | Heard once \\| twice. |
"""


def page_of(data: dict[str, Any]) -> str:
    document = parse(json.dumps(data), "orders.json", Problems())
    assert document is not None
    return sources_page(document)


def test_every_source_is_a_row_and_confidences_are_counted() -> None:
    """Sorted by pointer; a line break or a bar in a note does not break the table."""
    assert page_of(DOCUMENT) == PAGE


def test_the_order_of_keys_makes_no_difference() -> None:
    """The page changes only when a statement does."""
    data = json.loads(json.dumps(DOCUMENT, sort_keys=True))
    assert page_of(data) == PAGE


def test_an_example_with_such_a_key_is_no_statement() -> None:
    """Examples are data."""
    schema = {"type": "object", "examples": [{"x-source": {"from": "page"}}]}
    data = {"info": {}, "components": {"schemas": {"A": schema}}}
    assert "#/components" not in page_of(data)
