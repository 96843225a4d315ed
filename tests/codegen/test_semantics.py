"""Rules between objects, and of schemas and examples."""

from pathlib import Path
from typing import Any

import pytest

from checking import REMOVED, changed, problems_of
from stompgen import validate
from stompgen.ecma import BadPatternError, compile_pattern

SPEC = Path(__file__).parents[2] / "spec" / "ips-payment-4.0.1.yaml"
SCHEMAS = "/components/schemas"
ORDER = f"{SCHEMAS}/Order"
EXAMPLE = "/components/messages/Order/examples/0"


def test_the_specification_has_no_problem_at_all() -> None:
    """Not even a warning."""
    assert str(validate(SPEC)) == ""


@pytest.mark.parametrize(
    ("pointer", "value", "line"),
    [
        (
            "/operations/placeOrder/messages/0/$ref",
            "#/components/messages/Order",
            (
                "#/operations/placeOrder/messages/0/$ref: the message"
                " #/components/messages/Order is"
                " not one of the operation's channel (write #/channels/order/messages/Order)"
            ),
        ),
        (
            "/operations/placeOrder/messages/0/$ref",
            "#/channels/taken/messages/Taken",
            (
                "#/operations/placeOrder/messages/0/$ref: the message"
                " #/channels/taken/messages/Taken"
                " is not one of the operation's channel (known: #/channels/order/messages/Order)"
            ),
        ),
        (
            "/channels/taken/address",
            "/v1/order",
            (
                "#/channels/taken/address: warning:"
                " the address '/v1/order' is also that of channel 'order'"
                " (make one channel of the two)"
            ),
        ),
        (
            "/channels/error/address",
            "/client/v1/order",
            (
                "#/channels/error/address: the address '/client/v1/order' is also that of channel"
                " 'taken' (make one channel of the two)"
            ),
        ),
        (
            "/servers/shop/pathname",
            "/{hots}",
            (
                "#/servers/shop/pathname: warning:"
                " the variable 'hots' is not declared (did you mean 'host'?)"
            ),
        ),
        (
            "/servers/shop/host",
            "localhost",
            (
                "#/servers/shop/variables/host: warning:"
                " neither host nor pathname uses the variable 'host'"
                " (remove it)"
            ),
        ),
        (
            "/servers/shop/variables/host",
            {"default": "a", "enum": ["b", "c"]},
            (
                "#/servers/shop/variables/host/default: warning: the default 'a' is not in the enum"
                " (known: b, c)"
            ),
        ),
        (
            "/servers/shop/variables/host",
            {"default": "x", "x-schema": {"type": "integer"}},
            (
                "#/servers/shop/variables/host/default: expected integer, got a text"
                " (mend the example or the schema)"
            ),
        ),
        (
            "/components/messageTraits/common/correlationId/location",
            "$message.header#x-id",
            (
                "#/components/messageTraits/common/correlationId/location:"
                " '$message.header#x-id' is"
                " not a run-time expression"
                " (write it as $message.header#/name or $message.payload#/name)"
            ),
        ),
        (
            "/components/messageTraits/common/correlationId/location",
            "$message.header#/x-ip",
            (
                "#/components/messages/Order/correlationId/location: warning:"
                " the headers of message 'Order'"
                " have no 'x-ip' (did you mean 'x-id'?)"
            ),
        ),
        (
            "/operations/place_order",
            {"action": "send", "channel": {"$ref": "#/channels/order"}},
            (
                "#/operations/place_order: warning:"
                " operations 'placeOrder' and 'place_order' are both"
                " 'place_order' in Python (rename one of them)"
            ),
        ),
        (
            f"{ORDER}/properties/Amount",
            {},
            (
                f"#{ORDER}/properties/Amount: warning:"
                " properties 'amount' and 'Amount' are both 'amount' in"
                " Python (rename one of them)"
            ),
        ),
        (
            f"{SCHEMAS}/Payment/discriminator",
            "typ",
            (
                f"#{SCHEMAS}/Payment/discriminator: warning:"
                " the discriminator 'typ' is not a property"
                " (did you mean 'type'?)"
            ),
        ),
        (
            f"{SCHEMAS}/Card/properties/type/const",
            "cash",
            (
                f"#{SCHEMAS}/Payment/oneOf/1: warning: two variants have the same 'type': 'cash'"
                " (give each variant a const of its own)"
            ),
        ),
        (
            f"{SCHEMAS}/Card/properties/type",
            {"type": "string", "not": {"enum": ["cash", "coin"]}},
            (
                f"#{SCHEMAS}/Payment/oneOf/1: the variant for unknown values does not"
                " exclude exactly"
                " the known ones (write not: {enum: [cash]})"
            ),
        ),
        (
            f"{EXAMPLE}/payload/amount",
            10.99,
            (
                f"#{EXAMPLE}/payload/amount: warning: expected integer, got a number"
                " (mend the example or the schema)"
            ),
        ),
        (
            f"{EXAMPLE}/payload/reference",
            "A1\n",
            (
                f"#{EXAMPLE}/payload/reference: warning: does not fit pattern ^[A-Z0-9]+$"
                " (mend the example or the schema)"
            ),
        ),
        (
            f"{EXAMPLE}/payload/reference",
            REMOVED,
            f"#{EXAMPLE}/payload: warning: lacks 'reference' (mend the example or the schema)",
        ),
        (
            f"{EXAMPLE}/payload/pay",
            {"type": "card"},
            f"#{EXAMPLE}/payload/pay: warning: lacks 'number' (mend the example or the schema)",
        ),
        (
            f"{EXAMPLE}/payload/pay",
            {"type": "cheque"},
            (
                f"#{EXAMPLE}/payload/pay: warning: fits none of the 2 alternatives"
                " (mend the example or the schema)"
            ),
        ),
        (
            f"{EXAMPLE}/headers/x-id",
            1,
            (
                f"#{EXAMPLE}/headers/x-id: warning: expected string, got an integer"
                " (mend the example or the schema)"
            ),
        ),
    ],
)
def test_what_objects_say_of_each_other_must_be_true(
    pointer: str, value: object, line: str
) -> None:
    """Other AsyncAPI parsers skip most of these rules in 3.x documents: there they only warn."""
    assert line in problems_of(changed(pointer, value))


@pytest.mark.parametrize(
    ("pointer", "value", "line"),
    [
        (
            f"{ORDER}/required",
            ["reference", "amont"],
            (
                f"#{ORDER}/required/1: 'amont' is required but is not among the properties"
                " (did you mean 'amount'?)"
            ),
        ),
        (
            f"{ORDER}/properties/reference/minLenght",
            3,
            (
                f"#{ORDER}/properties/reference/minLenght: unknown keyword 'minLenght'"
                " (did you mean 'minLength'?)"
            ),
        ),
        (
            f"{ORDER}/properties/reference/nullable",
            True,
            (
                f"#{ORDER}/properties/reference/nullable: warning: 'nullable' is not a keyword of"
                " AsyncAPI schemas and is ignored (use type: [string, 'null'])"
            ),
        ),
        (
            f"{ORDER}/properties/reference/type",
            "strng",
            (
                f"#{ORDER}/properties/reference/type: there is no type 'strng'"
                " (did you mean 'string'?)"
            ),
        ),
        (
            f"{ORDER}/properties/reference/pattern",
            "[A-",
            (
                f"#{ORDER}/properties/reference/pattern:"
                " the pattern cannot be read: unterminated"
                " character set at position 0 (mend the pattern)"
            ),
        ),
        (
            f"{ORDER}/properties/amount",
            {"type": "integer", "minimum": 5, "maximum": 1},
            (
                f"#{ORDER}/properties/amount/minimum:"
                " no value can have minimum 5 and maximum 1"
                " (exchange or widen the limits)"
            ),
        ),
        (
            f"{ORDER}/properties/currency/minLength",
            -1,
            f"#{ORDER}/properties/currency/minLength: expected an integer from 0, got -1",
        ),
        (
            f"{ORDER}/properties/currency/enum",
            ["GBP", "GBP"],
            (
                f"#{ORDER}/properties/currency/enum/1: warning:"
                " 'GBP' stands in the list twice (remove one)"
            ),
        ),
        (
            f"{SCHEMAS}/Payment/discriminator",
            {"propertyName": "type"},
            (
                f"#{SCHEMAS}/Payment/discriminator: warning: expected the name of a property,"
                " got an object as"
                " in OpenAPI (write the property's name; values are the const of each)"
            ),
        ),
        (
            f"{ORDER}/properties/currency/default",
            5,
            (
                f"#{ORDER}/properties/currency/default: warning: expected string, got an integer"
                " (mend the example or the schema)"
            ),
        ),
    ],
)
def test_schemas_must_make_sense(pointer: str, value: object, line: str) -> None:
    """A schema that says nothing, or nothing that can be, is a slip."""
    assert line in problems_of(changed(pointer, value))


@pytest.mark.parametrize(
    ("pointer", "value", "line"),
    [
        (
            f"{ORDER}/properties/currency",
            {"$ref": "#/info/title"},
            "currency/$ref: $ref leads to a text, expected a schema (point to a schema)",
        ),
        (
            f"{SCHEMAS}/Payment/oneOf/1",
            {"$ref": "#"},
            "oneOf/1/$ref: warning: $ref leads to the document",
        ),
        (f"{ORDER}/$id", "http://[", ""),
        (f"{ORDER}/dependencies", ["a"], "dependencies: expected an object, got a list"),
    ],
)
def test_odd_schemas_end_in_problems_not_in_a_traceback(
    pointer: str, value: object, line: str
) -> None:
    """A document is untrusted input; these have each been an exception of some library."""
    assert line in "\n".join(problems_of(changed(pointer, value)))


@pytest.mark.parametrize(
    ("pointer", "value", "line"),
    [
        (
            "/servers/shop/protocolVersion",
            "7",
            "#/servers/shop/protocolVersion: warning: there is no STOMP '7' (known: 1.0, 1.1, 1.2)",
        ),
        ("/servers/shop/protocolVersion", "1.1", ""),
        (
            "/channels/order/address",
            "/a\r\nb",
            r"#/channels/order/address: '/a\r\nb' has a control character (remove it)",
        ),
        (
            "/components/securitySchemes",
            {"key": {"type": "httpApiKey", "in": "header", "name": "x-key\nhost"}},
            (
                r"#/components/securitySchemes/key/name: 'x-key\nhost' has a control character"
                " (remove it)"
            ),
        ),
    ],
)
def test_what_goes_on_the_wire_can_go_there(pointer: str, value: object, line: str) -> None:
    """STOMP has three versions, and a header ends with its line."""
    assert "\n".join(problems_of(changed(pointer, value))) == line


@pytest.mark.parametrize(
    ("pattern", "fits", "misfits"),
    [
        ("^a$", ["a"], ["a\n", "\na"]),
        (r"^\d+$", ["12"], ["١٢"]),
        (r"^\w$", ["a", "_"], ["é"]),
        (r"^[\d\-/]+$", ["1-2/3"], ["a"]),
        (r"^\/v1\/$", ["/v1/"], ["v1"]),
        ("^.$", ["a", "é"], ["\n", "\u2028"]),
        (r"^\s$", [" ", "\u00a0", "\ufeff"], ["\x1c"]),
        (r"^(?<year>\d{4})$", ["2024"], ["24"]),
        (r"^\u{1F600}\u0041$", ["😀A"], ["A"]),
        (r"^[[a]$", ["[", "a"], ["]"]),
        (r"^a\$$", ["a$"], ["a"]),
        (r"^[$.]$", ["$", "."], ["a"]),
        (r"^\Z\A$", ["ZA"], [""]),
        (r"^(?!x)(?<!y).$", ["a"], ["x"]),
        (r"^\++[*+(?P]?\*+$", ["++**", "+P*"], ["*"]),
    ],
)
def test_patterns_mean_what_ecma_262_says(
    pattern: str, fits: list[str], misfits: list[str]
) -> None:
    """JSON Schema takes its regular expressions from ECMA-262, not from Python."""
    compiled = compile_pattern(pattern)
    assert [text for text in fits if not compiled.search(text)] == []
    assert [text for text in misfits if compiled.search(text)] == []


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        r"\p{L}",
        "a{2,1}",
        r"[\D]",
        r"\u{110000}",
        "(?P<a>b)",
        "(?i)a",
        "(?>a)",
        "(?#a)",
        "a++",
        "a*+",
        "a?+",
    ],
)
def test_a_pattern_without_equivalent_is_refused(pattern: str) -> None:
    """Better an error than a rule that means something else."""
    with pytest.raises(BadPatternError):
        compile_pattern(pattern)


@pytest.mark.parametrize(
    ("pointer", "value", "words"),
    [
        (f"{ORDER}/required", ["reference", "amont"], "did you mean 'amount'?"),
        (f"{ORDER}/properties/reference/minLenght", 3, "did you mean 'minLength'?"),
        (f"{ORDER}/properties/reference/pattern", "[A-", "the pattern cannot be read"),
        (f"{ORDER}/properties/amount", {"minimum": 5, "maximum": 1}, "no value can have minimum"),
    ],
)
def test_in_documents_of_others_a_slip_is_told_and_gives_code(
    pointer: str, value: Any, words: str
) -> None:
    """They were not written for us: AsyncAPI's own parser accepts them."""
    data = changed(pointer, value)
    for name in ("x-perspective", "x-sources", "x-client-name"):
        data["info"].pop(name, None)
    traits = data["components"].get("operationTraits", {})
    for operation in [*data["operations"].values(), *traits.values()]:
        operation.pop("x-conversation", None)
    found = [line for line in problems_of(data) if line.startswith(f"#{ORDER}")]
    assert any(words in line for line in found)
    assert all(": warning: " in line for line in found)
