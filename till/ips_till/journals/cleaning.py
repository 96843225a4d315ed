"""The last line of defence: what goes into a journal is searched for card data once more.

The caller has redacted it already. What is found here was overlooked there, and is not stored.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from stompws.masking import mask_numbers
from stompws.redaction import HIDDEN, is_hidden_name
from stompws.values import is_array, is_mapping

EXEMPT: Final = frozenset(
    {
        *("about", "correlation_id", "gateway_reference", "reference", "wire_reference"),
        *("gatewayTransactionReference", "merchantTransactionReference"),
        "originalGatewayTransactionReference",
    }
)
"""Names whose values may look like card numbers and are none: identifiers, by schema."""

_CARD_NUMBER: Final = re.compile(r"[0-9]{0,6}[X*x]{3,}[0-9]{0,4}\Z")
_LONGEST_CARD_NUMBER: Final = 32
_DEEPEST: Final = 20


def clean_text(text: str, *, exempt: Iterable[str | None] = ()) -> str:
    """Mask the card numbers in a text, and replace what a database cannot hold.

    References among it, which may look like a card number, are given as `exempt`.
    """
    text = text.encode(errors="replace").decode().replace("\0", "\ufffd")
    # A short one may be a group of a number that is written in groups.
    names = [re.escape(name) for name in exempt if name and mask_numbers(name) != name]
    if not names:
        return mask_numbers(text)
    # A reference counts only where it stands alone: inside a longer number it is that number.
    parts = re.split(rf"(?<![0-9A-Za-z])({'|'.join(names)})(?![0-9A-Za-z])", text)
    return "".join(part if at % 2 else mask_numbers(part) for at, part in enumerate(parts))


def clean_json(facts: Mapping[str, Any], *, card: bool = False) -> str:
    """Write facts as JSON, with what must not be stored masked.

    With `card`, the key `card` is kept when its number is cut short, and left out otherwise.
    """
    cleaned = {name: value for name, value in facts.items() if name != "card"}
    kept: dict[str, Any] = _mapping(cleaned, 0)
    if card and (handle := _card(facts.get("card"))) is not None:
        kept["card"] = handle
    return json.dumps(kept, separators=(",", ":"), sort_keys=True, allow_nan=False)


def without_card(text: str) -> str | None:
    """Return stored JSON without its card; None when there is none in it."""
    facts = json.loads(text)
    if not is_mapping(facts) or "card" not in facts:
        return None
    return clean_json(facts)


def _card(card: object) -> dict[str, Any] | None:
    """What a settle or cancel says of the card: nothing but a number cut short and the expiry."""
    if not is_mapping(card):
        return None
    number, expiry = card.get("number"), card.get("expiry")
    if (
        not isinstance(number, str)
        or len(number) > _LONGEST_CARD_NUMBER
        or not _CARD_NUMBER.match(number)
        or not is_array(expiry)
        or len(expiry) != 2
        or any(type(part) is not int or not 0 <= part <= 99 for part in expiry)
    ):
        return None
    return {"number": number, "expiry": list(expiry)}


def _mapping(facts: Mapping[Any, Any], depth: int) -> dict[str, Any]:
    return {
        mask_numbers(str(name)): _named(str(name), value, depth) for name, value in facts.items()
    }


def _named(name: str, value: object, depth: int) -> Any:
    if value is None:
        return None
    if is_hidden_name(name):
        return HIDDEN
    if name in EXEMPT and isinstance(value, str):
        return value
    return _value(value, depth + 1)


def _value(value: object, depth: int) -> Any:
    if depth > _DEEPEST:
        return HIDDEN
    match value:
        case None | bool():
            return value
        case str():
            return mask_numbers(str(value))
        case int() | float() | Decimal():
            return _number(value)
        case _ if is_mapping(value):
            return _mapping(value, depth)
        case _ if is_array(value):
            return [_value(item, depth + 1) for item in value]
        case _:
            return HIDDEN  # bytes and whatever else no JSON is made of


def _number(value: Decimal | float) -> Any:
    if isinstance(value, int):
        if value.bit_length() > 1000:  # Python refuses to print very long ones
            return HIDDEN
    elif not math.isfinite(value):
        return HIDDEN
    text = str(value)
    masked = mask_numbers(text)
    if masked != text:
        return masked
    return text if isinstance(value, Decimal) else value
