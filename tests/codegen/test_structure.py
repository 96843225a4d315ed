"""The structure of AsyncAPI objects: fields, types, references of the right kind."""

import pytest

from checking import ORDER, REMOVED, changed, problems_of


def test_the_small_document_is_correct() -> None:
    """Every test below changes one thing in it."""
    assert problems_of(ORDER) == []


@pytest.mark.parametrize(
    ("pointer", "value", "line"),
    [
        (
            "/channels/order/adress",
            "/v1/order",
            "#/channels/order/adress: a channel has no field 'adress' (did you mean 'address'?)",
        ),
        (
            "/chanels",
            {},
            "#/chanels: the document has no field 'chanels' (did you mean 'channels'?)",
        ),
        ("/info/version", REMOVED, "#/info: info lacks 'version' (add it)"),
        (
            "/info/version",
            1.0,
            "#/info/version: expected a text, got a number (write it in quotes)",
        ),
        (
            "/operations/onTaken/action",
            "recieve",
            "#/operations/onTaken/action: 'recieve' is not allowed here (did you mean 'receive'?)",
        ),
        (
            "/operations/onTaken/channel",
            {"address": "/x"},
            (
                "#/operations/onTaken/channel: warning: expected a $ref to a channel, got an"
                " object: it is used as it is (define it elsewhere and point to it)"
            ),
        ),
        (
            "/operations/onTaken/channel/$ref",
            "#/components/schemas/Taken",
            (
                "#/operations/onTaken/channel/$ref: $ref leads to a schema, expected a channel"
                " (point to a channel)"
            ),
        ),
        (
            "/channels/query/messages/Order/$ref",
            "#/components/messages/Ordre",
            (
                "#/channels/query/messages/Order/$ref: there is no #/components/messages/Ordre"
                " (point to something that exists)"
            ),
        ),
        (
            "/components/schemas/Taken/properties/reference",
            {"$ref": "#/components/schemas/Cash", "description": "x"},
            None,
        ),
        (
            "/components/correlationIds",
            [],
            "#/components/correlationIds: expected an object, got a list",
        ),
        (
            "/info/contact",
            "me",
            "#/info/contact: expected a contact (an object), got a text",
        ),
        (
            "/components/securitySchemes",
            {"key": {"type": "httpApiKey", "in": "heder"}},
            (
                "#/components/securitySchemes/key: a security scheme of type 'httpApiKey' lacks"
                " 'name' (add it)\n"
                "#/components/securitySchemes/key/in: 'heder' is not allowed here"
                " (did you mean 'header'?)"
            ),
        ),
        (
            "/components/schemas/A b",
            {},
            (
                "#/components/schemas/A b: warning: the component key 'A b' has characters that"
                " are not allowed (use letters, digits, '.', '_' and '-')"
            ),
        ),
        (
            "/operations/onTaken/bindings",
            {"stomp": {"ack": "auto"}},
            (
                "#/operations/onTaken/bindings/stomp/ack: warning:"
                " a stomp binding has no fields (remove it)"
            ),
        ),
        (
            "/components/messages/Taken/payload",
            {"schemaFormat": "application/vnd.apache.avro;version=1.9.0", "schema": {}},
            (
                "#/components/messages/Taken/payload/schemaFormat: warning: schemas in"
                " application/vnd.apache.avro are not supported: any value is taken here"
                " (write it as a JSON Schema)"
            ),
        ),
        (
            "/components/messages/Taken/payload",
            {"schemaFormat": "application/schema+json"},
            (
                "#/components/messages/Taken/payload/schema: warning: expected a schema, got null:"
                " any value is taken (write a schema)"
            ),
        ),
        (
            "/asyncapi",
            "1.2.0",
            "#/asyncapi: AsyncAPI '1.2.0' is not supported (convert it to 3.0.0)",
        ),
        (
            "/asyncapi",
            "3.2.0",
            (
                "#/asyncapi: warning: AsyncAPI 3.2.0 is not known; it is read as 3.1.0"
                " (expect surprises)"
            ),
        ),
        (
            "/asyncapi",
            REMOVED,
            "#/asyncapi: the document lacks 'asyncapi' (start it with 'asyncapi: 3.0.0')",
        ),
        (
            "/asyncapi",
            3,
            "#/asyncapi: expected a text, got an integer (write 'asyncapi: 3.0.0')",
        ),
        ("/channels/order/x-anything", {"goes": True}, None),
    ],
)
def test_what_does_not_fit_asyncapi_is_a_problem(pointer: str, value: object, line: str) -> None:
    """Unknown fields, wrong types and references of the wrong kind are errors; `x-` is free."""
    found = problems_of(changed(pointer, value))
    if line is None:
        assert [text for text in found if "warning" not in text] == []
    else:
        assert line.splitlines() == [text for text in found if text in line]


def test_siblings_of_a_reference_are_warned_of() -> None:
    """JSON Reference ignores them, which is seldom what was meant."""
    value = {"$ref": "#/components/schemas/Taken", "description": "x"}
    assert problems_of(changed("/components/messages/Taken/payload", value)) == [
        (
            "#/components/messages/Taken/payload/description: warning: 'description' beside $ref is"
            " ignored (use allOf: [{$ref: …}])"
        )
    ]
