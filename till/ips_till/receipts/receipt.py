"""One receipt as the service delivered it."""

import re
from typing import Final, Self

import attrs

from stompws.masking import mask_numbers
from stompws.records import Record
from worldpay_ips import PaymentReceipt

from ..journal import StoredReceipt
from .decoding import Charset, decode_text, split_lines
from .layout import Line

__all__ = ["SIGNATURE_LINE", "Charset", "Receipt"]

SIGNATURE_LINE: Final = re.compile(
    r"\b(sign(ed)?\s+(here|below)|(cardholder('?s)?\s+)?signature\s*[:._]|please\s+sign)",
    re.IGNORECASE,
)
"""What a line says where somebody has to sign. *Invented*, but for `SIGN HERE`, by which a known
client tells a signature slip. The wording follows the paypoint's language: give your own."""


@attrs.frozen(kw_only=True)
class Receipt(Record):
    """A receipt: its lines, without anything decided about paper. `repr` shows no content."""

    type: str
    """`customer`, `merchant`, or what a newer server calls it."""
    text: str = attrs.field(repr=False)
    """As it came, decoded."""
    lines: tuple[str, ...] = attrs.field(repr=False)
    """The same in lines, ready to be set."""
    is_signature_slip: bool
    """True for a merchant's copy with a line for a signature."""
    charset: Charset = Charset.UTF_8
    """How it was read; other than UTF-8 is worth a look."""

    @classmethod
    def from_text(
        cls,
        type_: str,
        text: str,
        *,
        charset: Charset = Charset.UTF_8,
        signature_line: re.Pattern[str] = SIGNATURE_LINE,
    ) -> Self:
        """Make one of a text, from the journal say."""
        lines = split_lines(text)
        signed = type_ == "merchant" and any(map(signature_line.search, lines))
        return cls(type=type_, text=text, lines=lines, is_signature_slip=signed, charset=charset)

    @classmethod
    def from_base64(
        cls, type_: str, content: str, *, signature_line: re.Pattern[str] = SIGNATURE_LINE
    ) -> Self:
        """Make one of what travels. Never raises: what cannot be decoded stands as it came."""
        text, charset = decode_text(content)
        return cls.from_text(type_, text, charset=charset, signature_line=signature_line)

    @classmethod
    def from_message(
        cls, message: PaymentReceipt, *, signature_line: re.Pattern[str] = SIGNATURE_LINE
    ) -> Self:
        """Make one of a message of the service."""
        type_ = "unknown" if message.type is None else mask_numbers(str(message.type.value))
        return cls.from_base64(type_, message.content, signature_line=signature_line)

    @classmethod
    def from_stored(
        cls, stored: StoredReceipt, *, signature_line: re.Pattern[str] = SIGNATURE_LINE
    ) -> Self:
        """Make one of what the journal keeps: numbers of cards are masked in it."""
        return cls.from_text(stored.type, stored.text, signature_line=signature_line)

    def set_lines(self) -> tuple[Line, ...]:
        """Its lines for a renderer."""
        return tuple(Line(text=text) for text in self.lines)
