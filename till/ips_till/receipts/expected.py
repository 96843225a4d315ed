"""What a customer copy usually has. Advice only: layouts and languages differ.

Which of these a scheme or a country demands is for your acquirer to say. That they are looked for,
and by these words, is *invented*.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

_LOOKED_FOR: Final = (
    (
        "an amount",
        re.compile(r"(?<![0-9])[0-9]{1,3}(?:[ .,]?[0-9]{3})*[.,][0-9]{2,3}(?![0-9])|[£€$¥] ?[0-9]"),
    ),
    (
        "the date",
        re.compile(
            r"\b[0-9]{1,2}([/.\- ])[0-9]{1,2}\1[0-9]{2}(?:[0-9]{2})?\b|\b[0-9]{4}-[0-9]{2}-[0-9]{2}"
            r"|\b[0-9]{1,2}[ -](?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)",
            re.IGNORECASE,
        ),
    ),
    (
        "the last four digits of the card",
        re.compile(r"[*xX#\u2022](?:[ .\-]?[*xX#\u2022]){3,}[ .\-]?(?:[0-9][ .\-]?){4}"),
    ),
    (
        "the application identifier (AID) of a chip card",
        re.compile(r"\bA0000[0-9A-F]{5,}", re.IGNORECASE),
    ),
    (
        "the authorisation code",
        re.compile(
            r"\b(?:AUTH(?:ORI[SZ]ATION)?|APPROVAL)\.?(?:\s*(?:CODE|NO|ID|NUMBER)\.?)?\W{1,30}"
            r"(?=[A-Z0-9]*[0-9])[A-Z0-9]{2,}",
            re.IGNORECASE,
        ),
    ),
)


def expected(lines: Sequence[str]) -> Iterator[str]:
    """Say what is missing."""
    if not _names_merchant(lines):
        yield "the merchant's name at the head"
    for name, pattern in _LOOKED_FOR:
        if not any(pattern.search(line) for line in lines):
            yield name


def _names_merchant(lines: Sequence[str]) -> bool:
    """The first line with words is taken for the name, unless it is the copy's own title."""
    first = next((line for line in lines if any(map(str.isalpha, line))), "")
    return bool(first) and re.search(r"\b(?:COPY|RECEIPT)\b", first, re.IGNORECASE) is None
