"""What may be shown: card numbers, secrets and unknown values may not."""

import base64
import json
from decimal import Decimal
from typing import Any

import pytest

from kiosk import MESSAGES, Enrolment, Fault, LoyaltyCard, Price, Roast, Size
from stompws.codec import Codec
from stompws.masking import is_cut_short, show
from stompws.redaction import Redactor, is_hidden_name, mask, mask_numbers, passes_luhn
from stompws.shapes import Unrecognised

NUMBER = "4929490000070006"
MASKED = "************0006"
SHOW = Redactor().show


def test_masking_takes_time_in_proportion_to_the_text() -> None:
    """A run of groups is searched 19 digits at a time: all ends of 60 000 would take a day."""
    assert mask_numbers("1 " * 60_000 + NUMBER) == "1 " * 60_000 + MASKED
    assert mask_numbers("1 " * 60_000) == "1 " * 60_000


@pytest.mark.parametrize("ones", range(25))
def test_groups_before_a_number_do_not_uncover_its_end(ones: int) -> None:
    """They may pass the check together with its beginning; then all of it is masked with them."""
    shown = mask_numbers("1 " * ones + "4929 4900 0007 0006")
    assert shown.lstrip("1 ") == MASKED


def test_of_two_readings_the_longer_number_is_masked() -> None:
    """The last group may belong to the number or not; when both pass, both are hidden."""
    longer = next(f"{NUMBER} {n:03}" for n in range(1000) if passes_luhn(f"{NUMBER}{n:03}"))
    assert mask_numbers(f"x {longer} y") == f"x {'*' * 12}{longer[-6:].replace(' ', '')[-4:]} y"


def test_the_check_digit_is_that_of_iso_7812() -> None:
    """Known numbers pass, their neighbours do not."""
    assert all(map(passes_luhn, [NUMBER, "79927398713", "4111111111111111", "378282246310005"]))
    assert not any(map(passes_luhn, ["4929490000030006", "79927398710"]))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (NUMBER, MASKED),
        (f"card {NUMBER}.", f"card {MASKED}."),
        ("4929 4900 0007 0006", MASKED),
        ("4929-4900-0007-0006", MASKED),
        ("4929.4900.0007.0006", MASKED),
        ("4929\u00a04900\u00a00007\u00a00006", MASKED),
        (f"1 {NUMBER} 2", f"1 {MASKED} 2"),
        (f"12 4929 4900 0007 0006 {NUMBER}", f"12 {MASKED} {MASKED}"),
        ("4929\u20134900\u20130007\u20130006", MASKED),
        ("4929\u202f4900\u202f0007\u202f0006", MASKED),
        (f";{NUMBER}=99011200?", f";{MASKED}=***?"),
        (f";{NUMBER}=99011200XXXX00000000?*", f";{MASKED}=***?*"),
        (";1234567890123456=99011200XXXX00000000?*", ";************3456=***?*"),
        (f"{NUMBER}D99011200123400000F", f"{MASKED}D***"),
        ("57134929490000070006D9901120F", f"5{MASKED}D***"),
        (f"%B{NUMBER}^NAME/A^99011200123?", f"%B{MASKED}^***?"),
        ("%B1234567890123456^NAME/A^9901^9?", "%B************3456^***?"),
        (f"x{NUMBER}y", f"x{MASKED}y"),
        (NUMBER + "9912201", "***"),
        ("378282246310005", "************0005"),
        ("1234567890123456", "1234567890123456"),
        ("0000000000000000", "0000000000000000"),
        ("2019-08-24T14:15:22Z", "2019-08-24T14:15:22Z"),
        ("492949XXXXXX0002", "************0002"),
        ("card 492949******0002.", "card ************0002."),
        ("4929 49XX XXXX 0002", "************0002"),
        ("4929xxxxxxxx0002", "************0002"),
        ("************0002", "************0002"),
        ("1234 = 2026", "1234 = 2026"),
        ("key eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln.", "key ***"),
        ("eyJ", "eyJ"),
        ("123456789012", "123456789012"),
        ("", ""),
    ],
)
def test_card_numbers_are_masked_in_any_text(text: str, shown: str) -> None:
    """Runs of 13 to 19 digits that pass the check keep their last four; other text stays."""
    assert mask_numbers(text) == shown


@pytest.mark.parametrize(
    "encoded",
    [
        base64.b64encode(f"receipt {NUMBER} thank you".encode()).decode(),
        base64.urlsafe_b64encode(f"??>>~~ {NUMBER}".encode()).decode().rstrip("="),
        base64.encodebytes(b"a long line of a receipt " * 4 + NUMBER.encode()).decode(),
        base64.b64encode(NUMBER.encode("utf-16-le")).decode(),
        f"voucher: {base64.b64encode(NUMBER.encode()).decode()} end",
        base64.b64encode(b"CARD 492949XXXXXX0002 SALE").decode(),
        base64.b64encode(b";1234567890123456=99011200XXXX00000000?").decode(),
    ],
)
def test_card_numbers_are_found_inside_base64(encoded: str) -> None:
    """Encoded text is not hidden text."""
    shown = mask_numbers(encoded)
    assert "***" in shown
    assert base64.b64encode(NUMBER.encode()).decode()[:12] not in shown


def test_harmless_base64_is_shown() -> None:
    """Only what holds a number is masked."""
    text = base64.b64encode(b"12 coffees, thank you very much").decode()
    assert mask_numbers(text) == text


@pytest.mark.parametrize(
    "name",
    ["pan", "PAN", "cardPan", "card_pan", "cardpan", "pin", "pinBlock", "PINBlock", "cvv", "cvv2",
     "CVVCode", "track2Data", "licenseKey", "licence_key", "LICENCE", "tokenId", "accessToken",
     "activationCode", "authorization", "x-wp-authorisation", "passcode", "passCode", "password",
     "client_secret", "cvc", "cvc2", "cardNumber", "card-number", "account_number", "expiryDate",
     "primaryAccountNumber", "credentials"],
)  # fmt: skip
def test_unknown_fields_are_hidden_by_their_names(name: str) -> None:
    """Nobody declared them, so the name decides, in any spelling."""
    assert is_hidden_name(name)
    assert json.loads(SHOW({"a": [{name: {"x": 1}}]})) == {"a": [{name: "***"}]}


@pytest.mark.parametrize("name", ["company", "shipping", "panel", "amount", "type", "text", "pint"])
def test_harmless_names_are_shown(name: str) -> None:
    """Three letters inside a longer word do not hide it."""
    assert not is_hidden_name(name)


def test_declared_fields_follow_their_class() -> None:
    """Sensitive ones are masked, the others are searched; names on the wire are shown."""
    card = LoyaltyCard(card_number=NUMBER, unknown_fields={"pin": 1, "more": [NUMBER, "x"]})
    assert json.loads(SHOW(card)) == {
        "type": "loyalty/card",
        "cardNumber": MASKED,
        "pin": "***",
        "more": [MASKED, "x"],
    }
    assert json.loads(SHOW(Enrolment(activation_code="sesame"))) == {"activationCode": "***"}
    assert json.loads(SHOW(Fault(code="7", message=f"no {NUMBER}"))) == {
        "code": "7",
        "message": f"no {MASKED}",
    }
    assert json.loads(SHOW(Price(amount=1, currency="GBP"))) == {"amount": 1, "currency": "GBP"}


def test_a_sensitive_value_of_a_wrong_type_stays_hidden() -> None:
    """It stands raw among the unknown fields, under a name that no list contains."""
    card = LoyaltyCard(card_number="12345678", unknown_fields={"cardNumber": [1, 2]})
    assert json.loads(SHOW(card))["cardNumber"] == "***"


def test_references_are_exempt_by_their_wire_names_only() -> None:
    """A reference can look like a card number; whoever knows the schema says so."""
    fault = Fault(code=NUMBER, message=NUMBER)
    shown = json.loads(Redactor(exempt=["code"]).show(fault))
    assert shown == {"code": NUMBER, "message": MASKED}
    assert json.loads(Redactor(exempt=["code"]).show({"code": NUMBER})) == {"code": MASKED}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, None),
        (True, True),
        (7, 7),
        (int(NUMBER), MASKED),
        (Decimal("1.50"), 1.5),
        (Decimal("NaN"), "***"),
        ([10**5000], ["***"]),
        ([10**4300], ["***"]),
        (1.5, "***"),
        (b"secret", "***"),
        (object(), "***"),
        (Size.SMALL, "small"),
        (Roast(NUMBER), MASKED),
        (Unrecognised("x", {"action": "x", "token": "y", "a": NUMBER}),
         {"action": "x", "token": "***", "a": MASKED}),
        ({NUMBER: 1}, {MASKED: 1}),
        ((NUMBER,), [MASKED]),
    ],
)  # fmt: skip
def test_any_value_can_be_shown(value: Any, shown: Any) -> None:
    """What was not made for being shown is hidden; nothing raises."""
    assert json.loads(SHOW(value)) == shown


def test_a_circle_can_be_shown() -> None:
    """Showing must not stop what is being done."""
    circle: list[Any] = []
    circle.append(circle)
    assert SHOW(circle) == '"***"'


def test_an_undecodable_message_is_shown_without_its_bytes() -> None:
    """Size and problems help; the bytes may hold anything."""
    received = Codec(MESSAGES).receive(LoyaltyCard, f'{{"cardNumber": {NUMBER}}}')
    shown = json.loads(SHOW(received.payload))
    assert shown["undecodable"] == "LoyaltyCard"
    assert shown["size"] == len(NUMBER) + 16
    assert NUMBER not in str(shown)


def test_masks_have_one_form() -> None:
    """Twelve stars and four digits for a card number, three stars for everything else."""
    shown = [NUMBER, "4929 4900 0007 0006", "492949XXXXXX0006", "492949******0006"]
    assert [mask(text) for text in shown] == [MASKED] * 4
    assert [mask(text) for text in ("sesame", "1234", f";{NUMBER}=99011200?")] == ["***"] * 3


def test_a_number_cut_short_is_told_from_a_whole_one() -> None:
    """Files may hold the one, and never the other."""
    assert all(map(is_cut_short, ["492949XXXXXX0002", "492949******0002"]))
    assert not any(map(is_cut_short, [NUMBER, MASKED, "x 492949XXXXXX0002", ""]))


def test_sets_are_shown_masked() -> None:
    """As a literal, in an order that does not change."""
    assert show({NUMBER, "b"}) == f"set({{'{MASKED}', 'b'}})"
    assert show(frozenset()) == "frozenset({})"
