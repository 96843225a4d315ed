"""What may be shown of a value: in a log, a trace, an error report. Nothing here changes a message.

Three layers. The class of a message says which fields are sensitive. Of a field that no class
names, its name decides. And whatever text is left is searched for the numbers of payment cards.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from typing import Final

from .jsontext import NotWritableError, render
from .masking import HIDDEN, mask, mask_numbers, passes_luhn
from .plans import fields_of
from .shapes import Struct, Undecodable, Unrecognised
from .values import Json, OpenStrEnum, is_array, is_mapping

__all__ = ["HIDDEN", "Redactor", "is_hidden_name", "mask", "mask_numbers", "passes_luhn"]

_PARTS: Final = re.compile(
    r"track|licen[cs]e|token|activation|authori[sz]ation|pass-?code|pass-?word|secret"
    r"|(?:card|account)-?num|expir|credential"
)
_WORDS: Final = ("pan", "pin", "cvv", "cvc")
"""So short that they stand inside harmless words (`company`, `shipping`): the end must match."""
_CAMEL: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_LONG: Final = 14_000  # bits: CPython does not print integers of more than 4300 digits


def is_hidden_name(name: str) -> bool:
    """Tell whether a field of this name, which no class declares, may hold a secret."""
    if _PARTS.search(name.lower().replace("_", "")):
        return True
    words = [word.lower() for word in _CAMEL.findall(name)]
    return any(word.endswith(_WORDS) for word in words)  # `cardpan` ends with one, `company` not


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
        try:
            text = str(value)
        except ValueError:  # longer than `sys.set_int_max_str_digits` allows
            return HIDDEN
        masked = mask_numbers(text)
        return value if masked == text else masked


def _hide(value: object) -> str:
    return mask(value) if isinstance(value, str) else HIDDEN
