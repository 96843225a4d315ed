"""What may be shown of a value: in a log, a trace, an error report. Nothing here changes a message.

Three layers. The class of a message says which fields are sensitive. Of a field that no class
names, its name decides. And whatever text is left is searched for the numbers of payment cards.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from typing import Final

from .jsontext import NotWritableError, render
from .plans import fields_of
from .shapes import Struct, Undecodable, Unrecognised
from .values import Json, OpenStrEnum, is_array, is_mapping

HIDDEN: Final = "***"
_STARS: Final = "*" * 12

_PARTS: Final = re.compile(
    r"track|licen[cs]e|token|activation|authori[sz]ation|pass-?code|pass-?word|secret"
)
_WORDS: Final = ("pan", "pin", "cvv")
"""So short that they stand inside harmless words (`company`, `shipping`): the end must match."""
_CAMEL: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# Groups of digits with one separator between: 4929 4900 …, 4929-4900-…
_RUN: Final = re.compile(r"[0-9]+(?:[ .\-\u00a0][0-9]+)*")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{18,}={0,2}")
_SHORTEST, _LONGEST = 13, 19
_LONG: Final = 14_000  # bits: CPython does not print integers of more than 4300 digits


def is_hidden_name(name: str) -> bool:
    """Tell whether a field of this name, which no class declares, may hold a secret."""
    if _PARTS.search(name.lower().replace("_", "")):
        return True
    words = [word.lower() for word in _CAMEL.findall(name)]
    return any(word.endswith(_WORDS) for word in words)  # `cardpan` ends with one, `company` not


def passes_luhn(digits: str) -> bool:
    """Tell whether the last digit is the check digit of ISO/IEC 7812."""
    total = 0
    for index, char in enumerate(reversed(digits)):
        digit = int(char) * (1 + index % 2)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def mask(text: str) -> str:
    """Mask a secret: of a card number the last four digits may be seen, else nothing."""
    digits = re.sub(r"[ .\-\u00a0]", "", text)
    return _STARS + digits[-4:] if _is_card(digits) else HIDDEN


def mask_numbers(text: str) -> str:
    """Mask the card numbers in a text, also where they are encoded as base64."""
    text = _RUN.sub(lambda found: _mask_run(found[0]), text)
    return _mask_base64(text)


def _is_card(digits: str) -> bool:
    return (
        _SHORTEST <= len(digits) <= _LONGEST
        and digits.isascii()
        and digits.isdigit()
        and len(set(digits)) > 1  # zeros pass the check too
        and passes_luhn(digits)
    )


def _mask_run(run: str) -> str:
    """Mask what begins and ends with groups of the run and is a card number."""
    groups = re.split(r"([ .\-\u00a0])", run)
    numbers, out, at = groups[::2], "", 0
    while at < len(numbers):
        for end in range(len(numbers), at, -1):
            joined = "".join(numbers[at:end])
            if _is_card(joined):
                out, at = out + _STARS + joined[-4:], end
                break
        else:
            out, at = out + _mask_inside(numbers[at]), at + 1
        out += groups[2 * at - 1] if at < len(numbers) else ""
    return out


def _mask_inside(digits: str) -> str:
    """In a run longer than any card number, one may stand together with its expiry date."""
    if len(digits) <= _LONGEST:
        return digits
    for start in range(len(digits) - _SHORTEST + 1):
        for size in (16, 15, 19, 18, 17, 14, 13):
            if start + size <= len(digits) and _is_card(digits[start : start + size]):
                return HIDDEN
    return digits


def _mask_base64(text: str) -> str:
    joined = "".join(text.split())  # MIME breaks base64 into lines
    if joined != text and _BASE64.fullmatch(joined) and _hides_number(joined):
        return HIDDEN
    return _BASE64.sub(lambda found: HIDDEN if _hides_number(found[0]) else found[0], text)


def _hides_number(encoded: str) -> bool:
    body = encoded.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        plain = base64.b64decode(body + "=" * (-len(body) % 4)).decode("latin-1")
    except (binascii.Error, ValueError):
        return False
    texts = (plain, plain.replace("\0", ""))  # the second reads UTF-16
    return any(_RUN.sub(lambda found: _mask_run(found[0]), text) != text for text in texts)


class Redactor:
    """Makes values fit to be shown.

    A field that a class declares and does not call sensitive is searched for card numbers, unless
    its wire name is among `exempt`: references can look like one, and only the schema knows.
    """

    def __init__(self, *, exempt: Iterable[str] = ()) -> None:
        self._exempt: Final = frozenset(exempt)

    def show(self, value: object) -> str:
        """Write a value as one line of JSON, with everything masked that must not be seen."""
        try:
            return render(self.value(value))
        except (RecursionError, NotWritableError):  # what is shown must not stop what is done
            return f'"{HIDDEN}"'

    def value(self, value: object) -> Json:
        """Copy a value as JSON, with everything masked that must not be seen."""
        match value:
            case None | bool():
                return value
            case Struct():
                return self._struct(value)
            case Unrecognised():
                return self.value(value.raw)
            case Undecodable():
                problems: list[Json] = [str(problem) for problem in value.problems]
                return {"undecodable": value.message, "size": len(value.raw), "problems": problems}
            case Enum():
                known = not isinstance(value, OpenStrEnum) or value.is_known
                return str(value.value) if known else mask_numbers(str(value.value))
            case str():
                return mask_numbers(str(value))
            case int() | Decimal():
                return self._number(value)
            case _ if is_mapping(value):
                return {self.name(str(k)): self._named(str(k), v) for k, v in value.items()}
            case _ if is_array(value):
                return [self.value(item) for item in value]
            case _:
                return HIDDEN  # bytes, and whatever else was not made for being shown

    def name(self, name: str) -> str:
        """Show the name of a field: a peer can put anything there."""
        return mask_numbers(name)

    def _struct(self, message: Struct) -> Json:
        fields = fields_of(type(message))
        shown: dict[str, Json] = {}
        for field in fields:
            value = getattr(message, field.name)
            if not field.required and value is field.absent:
                continue
            if field.sensitive:
                shown[field.wire] = None if value is None else _hide(value)
            elif field.wire in self._exempt and isinstance(value, str | int):
                shown[field.wire] = str(value) if isinstance(value, str) else value
            else:
                shown[field.wire] = self.value(value)
        sensitive = {field.wire for field in fields if field.sensitive}
        for name, value in message.unknown_fields.items():
            # A declared field stands here when its value did not fit its type.
            shown[self.name(name)] = _hide(value) if name in sensitive else self._named(name, value)
        return shown

    def _named(self, name: str, value: object) -> Json:
        return _hide(value) if value is not None and is_hidden_name(name) else self.value(value)

    def _number(self, value: Decimal | int) -> Json:
        if not value.is_finite() if isinstance(value, Decimal) else value.bit_length() > _LONG:
            return HIDDEN
        text = str(value)
        masked = mask_numbers(text)
        return value if masked == text else masked


def _hide(value: object) -> str:
    return mask(value) if isinstance(value, str) else HIDDEN
