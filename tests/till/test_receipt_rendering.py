"""Receipts as plain text, as a page and as commands for a printer."""

from html.parser import HTMLParser

import pytest
from escpos.printer import Dummy
from hypothesis import given
from hypothesis import strategies as st

from ips_till.receipts import Receipt, TaxFreeVoucher, html, plain
from ips_till.receipts.escpos import print_escpos
from ips_till.receipts.layout import fit, width
from test_receipt_reading import encoded

TEXT = """            THE SHOP
      *** CUSTOMER COPY ***

CARD            ************0002
SALE                   10.99 GBP

PLEASE DEBIT MY ACCOUNT
"""


def receipt(text: str = TEXT, type_: str = "customer") -> Receipt:
    return Receipt.from_text(type_, text)


@pytest.mark.parametrize("columns", [32, 42, 48])
def test_what_fits_is_left_alone(columns: int) -> None:
    """The service has set its receipts for 32 columns; wider paper changes nothing."""
    assert plain(receipt(), columns=columns) == TEXT


def test_what_is_too_long_is_wrapped() -> None:
    """An amount stays at the right, a centred line in the middle, words are not broken."""
    assert plain(receipt(), columns=20).splitlines() == [
        "            THE SHOP",
        " *** CUSTOMER COPY",
        "        ***",
        "",
        "CARD",
        "    ************0002",
        "SALE       10.99 GBP",
        "",
        "PLEASE DEBIT MY",
        "ACCOUNT",
    ]


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=80))
def test_no_line_is_wider_than_the_paper_and_nothing_is_lost(line: str) -> None:
    """Wrapping loses blanks only, for any text and any paper."""
    line = line.rstrip()
    for columns in (8, 32):
        pieces = list(fit(line, columns))
        assert all(width(piece) <= columns for piece in pieces)
        assert "".join("".join(pieces).split()) == "".join(line.split())


def test_too_narrow_paper_is_refused() -> None:
    """On fewer than eight columns nothing can be read."""
    with pytest.raises(ValueError, match="at least 8 columns"):
        plain(receipt(), columns=7)


def test_a_duplicate_says_so_at_head_and_foot() -> None:
    """In text, on the page and on paper."""
    assert plain(receipt(), duplicate=True).count("*** DUPLICATE ***") == 2
    assert html(receipt(), duplicate=True).count("*** DUPLICATE ***") == 2
    printer = Dummy()
    print_escpos(receipt(), printer, duplicate=True)
    assert printer.output.count(b"*** DUPLICATE ***") == 2
    assert "DUPLICATE" not in plain(receipt()) + html(receipt())


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_a_page_cannot_be_injected() -> None:
    """Whatever stands on a receipt is text in the page."""
    hostile = '<script>alert("1")</script>&<img src=x onerror=alert(1)>'
    page = _Texts()
    page.feed(html(receipt(hostile), title=hostile))
    assert page.tags == {"html", "head", "meta", "title", "style", "body", "main", "p"}
    assert hostile in page.texts


def test_a_page_refuses_paper_that_is_not_sold() -> None:
    """Rolls are 58 or 80 millimetres wide."""
    with pytest.raises(ValueError, match="58 or 80"):
        html(receipt(), paper_mm=70)


def test_pound_and_euro_are_right_on_paper() -> None:
    """Code page 858 (number 19 of ESC t) has both: 0x9C and 0xD5."""
    printer = Dummy()
    printed = print_escpos(receipt("£10.99 or €12.50 at the Café"), printer)
    assert b"\x1bt\x13" in printer.output
    assert b"\x9c10.99 or \xd512.50 at the Caf\x82\n" in printer.output
    assert printed.replaced == ()


def test_what_no_code_page_has_is_replaced_and_told() -> None:
    """A question mark on the paper, the character in the report."""
    printer = Dummy()
    printed = print_escpos(receipt("TOTAL 円100"), printer)
    assert b"TOTAL ?100\n" in printer.output
    assert printed.replaced == ("円",)


def test_another_code_page_is_chosen_where_it_has_more() -> None:
    """Cyrillic is in code page 866."""
    printer = Dummy()
    assert print_escpos(receipt("СПАСИБО"), printer).replaced == ()
    assert "СПАСИБО".encode("cp866") in printer.output


def test_a_voucher_is_printed_with_its_commands() -> None:
    """Bold, double size, a barcode with an even number of digits, and one cut."""
    voucher = TaxFreeVoucher.from_base64(encoded("10TAX FREE\r11123456\r11123\r13"))
    printer = Dummy()
    print_escpos(voucher, printer)
    assert b"\x1bE\x01" in printer.output
    assert b"\x1dk\x05123456\x00" in printer.output
    assert b"[123]" in printer.output
    assert printer.output.count(b"\x1dV") == 1
