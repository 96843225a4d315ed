"""Card numbers in texts: finding them, masking them, and a `repr` that does not show them."""

import binascii
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, Final, cast

HIDDEN: Final = "***"
_STARS: Final = "*" * 12

# Groups of digits with one separator between: 4929 4900 …, 4929-4900-…; printers know many spaces
# and dashes.
_SEPARATOR: Final = r"[ .\-\u00a0\u2000-\u200b\u2010-\u2015\u202f]"
_RUN: Final = re.compile(rf"[0-9]+(?:{_SEPARATOR}[0-9]+)*")
_ONE_SEPARATOR: Final = re.compile(_SEPARATOR)
_GROUPS: Final = re.compile(f"({_SEPARATOR})")
# ISO/IEC 7813: the separators of a track betray the number, whatever its check digit. What follows
# them holds verification values. D is what `=` becomes inside a chip's data.
_TRACK: Final = re.compile(
    r"([0-9]{12,19})(?:([=D])[0-9=][0-9A-FXx*=]{3,}|(\^)[^^\r\n]{0,40}\^[0-9A-Za-z^*]{0,80})"
)
# As others cut a number short: 123456XXXXXX3445. It is cut like ours, so that two ways of cutting
# do not add up to more digits than either shows.
_CUT: Final = re.compile(
    r"(?<![0-9*])[0-9]{4}(?:[ -]?[0-9]){0,4}(?:[ -]?[Xx*]){3,12}(?:[ -]?[0-9]){4}(?![0-9])"
)
# What a credential looks like: base64 of `{"`, as every JSON web token begins.
_JSON_WEB_TOKEN: Final = re.compile(r"eyJ[A-Za-z0-9_-]{5,}[A-Za-z0-9_.=-]*")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{18,}={0,2}")
_SHORTEST, _LONGEST = 13, 19


def passes_luhn(digits: str) -> bool:
    """Tell whether the last digit is the check digit of ISO/IEC 7812."""
    total = 0
    for index, char in enumerate(reversed(digits)):
        digit = int(char) * (1 + index % 2)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def mask(text: str) -> str:
    """Mask a secret: of a card number, whole or cut short, the last four digits may be seen."""
    digits = _ONE_SEPARATOR.sub("", text)
    return _STARS + digits[-4:] if _is_card(digits) or _CUT.fullmatch(digits) else HIDDEN


def is_cut_short(text: str) -> bool:
    """Tell whether a text is the number of a card with its middle left out: 123456XXXXXX3445."""
    return _CUT.fullmatch(text) is not None


def mask_numbers(text: str) -> str:
    """Mask the card numbers in a text, also where they are encoded as base64.

    Of a number that somebody else has cut short, no more is shown than of any other; of a card's
    track nothing is that stands behind the number. JSON web tokens, which are keys, are hidden too.
    """
    return _mask_base64(_mask_plain(text))


def show(value: object) -> str:
    """Write a value as `repr` does, with card numbers masked.

    A reference of 13 to 19 digits that happens to pass the check is masked too: `repr` is there to
    be looked at, and the value stays what it is.
    """
    match value:
        case Enum() if isinstance(value.value, str):
            masked = mask_numbers(value.value)
            return repr(value) if masked == value.value else f"<{type(value).__name__}: {masked!r}>"
        case str():
            return repr(mask_numbers(str(value)))  # in this order: repr writes a separator as \xa0
        case int() | float() | Decimal():
            return mask_numbers(repr(value))
        case list() | tuple():
            items = cast("Sequence[object]", value)
            text = ", ".join(map(show, items))
            if isinstance(items, list):
                return f"[{text}]"
            return f"({text},)" if len(items) == 1 else f"({text})"
        case set() | frozenset():
            members = cast("set[object] | frozenset[object]", value)
            return f"{type(members).__name__}({{{', '.join(sorted(map(show, members)))}}})"
        case dict():
            return show_mapping(cast("Mapping[Any, object]", value))
        case _:
            return repr(value)  # messages and frozen mappings see to it themselves


def show_mapping(value: Mapping[Any, object]) -> str:
    """Write a mapping as a dict is written."""
    return f"{{{', '.join(f'{show(name)}: {show(item)}' for name, item in value.items())}}}"


def show_names(names: Iterable[str]) -> str:
    """Write a list of names that a peer made up."""
    return show(list(names))


def _is_card(digits: str) -> bool:
    return (
        _SHORTEST <= len(digits) <= _LONGEST
        and digits.isascii()
        and digits.isdigit()
        and len(set(digits)) > 1  # zeros pass the check too
        and passes_luhn(digits)
    )


def _mask_plain(text: str) -> str:
    if "eyJ" in text:
        text = _JSON_WEB_TOKEN.sub(HIDDEN, text)
    text = _TRACK.sub(lambda found: f"{_STARS}{found[1][-4:]}{found[2] or found[3]}{HIDDEN}", text)
    text = _RUN.sub(lambda found: _mask_run(found[0]), text)
    return _CUT.sub(lambda found: _STARS + _ONE_SEPARATOR.sub("", found[0])[-4:], text)


def _mask_run(run: str) -> str:
    """Mask what begins and ends with groups of the run and is a card number."""
    groups = _GROUPS.split(run)
    numbers, out, at = groups[::2], list[str](), 0
    while at < len(numbers):
        if found := _longest_card(numbers, at):
            end, joined = found
            while (at := at + 1) < end:
                # It may be no card number by chance, and swallow the beginning of one that is.
                if (found := _longest_card(numbers, at)) and found[0] > end:
                    end, joined = found
            out.append(_STARS + joined[-4:])
        else:
            end = at + 1
            out.append(_mask_inside(numbers[at]))
        out += groups[2 * end - 1 : 2 * end]
        at = end
    return "".join(out)


def _longest_card(numbers: Sequence[str], at: int) -> tuple[int, str] | None:
    """Find where the longest card number ends that begins here, and its digits."""
    found, joined = None, ""
    for end in range(at, min(at + _LONGEST, len(numbers))):
        joined += numbers[end]
        if len(joined) > _LONGEST:
            break
        if _is_card(joined):
            found = end + 1, joined
    return found


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
        plain = binascii.a2b_base64(body + "=" * (-len(body) % 4)).decode("latin-1")
    except (binascii.Error, ValueError):
        return False
    texts = (plain, plain.replace("\0", ""))  # the second reads UTF-16
    return any(_mask_plain(text) != text for text in texts)
