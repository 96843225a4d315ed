"""The rules about card data on paper."""

import re
from collections.abc import Callable, Iterator
from typing import Final

import attrs

from stompws.masking import mask_numbers
from stompws.records import Record

_STORAGE: Final = "PCI DSS 4.0.1, 3.3.1"
_DISPLAY: Final = "PCI DSS 4.0.1, 3.4.1"

_MASKED: Final = re.compile(r"(?<![A-Za-z0-9])[0-9*xX#\u2022](?:[ \-]?[0-9*xX#\u2022]){11,}")
_MASKS: Final = "*xX#\u2022"
_SEEN: Final = 4
_LEAST_HIDDEN: Final = 4

_TRACK: Final = re.compile(
    r";[0-9]{12,19}=|%?\bB[0-9]{12,19}\^|\b[0-9*]{12,19}[=D][0-9*]{4,}", re.IGNORECASE
)
_CODE: Final = re.compile(
    r"\b(?:CVV2?|CVC2?|CV2|CSC|CID|(?:CARD\s+)?SECURITY\s+CODE|VERIFICATION\s+(?:CODE|VALUE))"
    r"\W{0,20}[0-9]{3,4}(?![0-9])",
    re.IGNORECASE,
)
_PIN: Final = re.compile(r"\bPIN(?:\s*BLOCK)?\W{0,20}[0-9A-F]{4,16}\b(?<=[0-9])", re.IGNORECASE)
_EXPIRY: Final = re.compile(
    r"\b(?:EXP(?:IRY|IRES|IRATION)?(?:\s*DATE)?|VALID\s+(?:THRU|TO|UNTIL)|GOOD\s+THRU)"
    r"\W{0,20}[0-9]{2}\s?[/.\-]?\s?[0-9]{2}(?:[0-9]{2})?(?![0-9])",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(r"\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+")
_LICENSE: Final = re.compile(
    r"\bLICEN[CS]E(?:[\s_-]*KEY)?\s*[:=]\s*\S{8,}|\bACTIVATION\s*CODE\W{1,10}\S{4,}",
    re.IGNORECASE,
)


@attrs.frozen(kw_only=True)
class Rule(Record):
    """One thing that no line may hold."""

    what: str
    source: str
    breaks: Callable[[str], object]
    everywhere: bool = True
    """False for what only a customer's copy must not show."""


def forbidden(line: str) -> Iterator[Rule]:
    """Find the rules that a line breaks."""
    return (rule for rule in _RULES if rule.breaks(line))


def card_over_two_lines(first: str, second: str) -> bool:
    """Tell whether a card number begins at the end of a line and ends on the next."""
    head, tail = re.search(r"[0-9 .\-]+$", first.rstrip()), re.match(r"[0-9 .\-]+", second.strip())
    if head is None or tail is None:
        return False
    start, end = _digits(head[0]), _digits(tail[0])
    whole = start + end
    if not (start and end) or _holds_card(start) or _holds_card(end):
        return False
    return _holds_card(whole)


def _holds_card(text: str) -> bool:
    # A number with stars in it is no whole one: there is a rule of its own for it.
    text = re.sub(f"[{_MASKS}]", "|", text)
    return mask_numbers(text) != text


def _shows_too_much(line: str) -> bool:
    """A number that is masked, but not down to its last four digits."""
    for found in _MASKED.finditer(line):
        run = found[0]
        last = max(map(run.rfind, _MASKS))
        before = _digits(run[:last])
        # What follows after a space is another number, such as that of a second card.
        after = re.match(r"[ .\-]?([0-9]*)", run[last + 1 :])
        hidden = sum(char in _MASKS for char in run)
        if hidden >= _LEAST_HIDDEN and (
            len(before) >= _LEAST_HIDDEN
            or re.search(r"[0-9][*xX#\u2022]", run)
            or (after is not None and len(after[1]) > _SEEN)
        ):
            return True
    return False


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


_RULES: Final = (
    Rule(what="a whole card number", source=_DISPLAY, breaks=_holds_card),
    Rule(what="the contents of a card's track", source=_STORAGE, breaks=_TRACK.search),
    Rule(what="a card verification value", source=_STORAGE, breaks=_CODE.search),
    Rule(what="a PIN", source=_STORAGE, breaks=_PIN.search),
    Rule(
        what="a license key or another secret",
        source="this product's own rule",
        breaks=lambda line: _TOKEN.search(line) or _LICENSE.search(line),
    ),
    Rule(
        what="more of the card's number than its last four digits",
        source="this product's one format; PCI DSS 4.0.1, 3.4.1 alone would allow the first six",
        breaks=_shows_too_much,
    ),
    Rule(
        what="the card's expiry date",
        source="usual rule of the schemes",
        breaks=_EXPIRY.search,
        everywhere=False,
    ),
)
