"""Receipts as plain text, as a page and as commands for a printer."""

import sys
import time
from html.parser import HTMLParser
from typing import Any

import pytest
from escpos.printer import Dummy
from hypothesis import assume, given
from hypothesis import strategies as st

from ips_till.errors import ConfigurationError
from ips_till.receipts import Receipt, TaxFreeVoucher, html, plain
from ips_till.receipts.escpos import CODE_PAGES, escpos_bytes, print_escpos
from ips_till.receipts.interleaved import modules
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
    """Wrapping loses blanks only, for any text and any paper; a rule is shortened."""
    line = line.rstrip()
    assume(len(set(line.strip())) != 1)
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


HEAD = b"\x1b@\x1bt\x13\x1bR\x00"
LOOK = tuple(b"\x1b" + rest for rest in (b"!\x00", b"E\x00", b"-\x00", b"M\x00", b"a\x00"))
PAGES = tuple(b"\x1bt" + bytes([page]) for page in (19, 16, 18, 17, 0))


def bare(data: bytes) -> bytes:
    """Without the commands that every receipt has."""
    assert data.startswith(HEAD)
    data = data.removeprefix(HEAD)
    for command in (*LOOK, *PAGES):
        data = data.replace(command, b"")
    return data


def test_a_printer_that_was_switched_off_gets_its_code_page_again() -> None:
    """It has forgotten the page, and python-escpos has not: the euro would print as a box."""
    printer = Dummy()
    print_escpos(receipt("€"), printer)
    printer.clear()
    print_escpos(receipt("€"), printer)
    assert printer.output.startswith(HEAD)
    assert b"\xd5\n" in printer.output


def test_a_receipt_is_no_command() -> None:
    """It opens no drawer, and cuts nothing."""
    data, printed = escpos_bytes(receipt("\x1bp\x00\x1dV\x00"), cut=False)
    assert bare(data) == b"?p??V?\n"
    assert printed.replaced == ("\ufffd",)


@given(st.text(), st.integers(8, 60))
def test_no_text_is_a_command_or_wider_than_the_paper(text: str, columns: int) -> None:
    """Each byte that is printed takes a column, and none is below the space."""
    data = bare(escpos_bytes(receipt(text), columns=columns, cut=False)[0])
    assert all(byte >= 0x20 or byte == 0x0A for byte in data)
    assert all(len(line) <= columns for line in data.split(b"\n"))


@pytest.mark.parametrize("page", CODE_PAGES)
def test_python_and_the_printer_agree_on_code_pages(page: str) -> None:
    """What Python says a page holds is what python-escpos sends."""
    for code in range(0x80, 0x100):
        char = bytes([code]).decode(page, "replace")
        if char.isprintable() and char != "\ufffd":
            printer = Dummy()
            printer.charcode(page)
            printer.text(char)
            assert printer.output.endswith(bytes([code]))


def test_pages_change_inside_a_line() -> None:
    """No page has both a euro and Cyrillic letters; the line has."""
    data, printed = escpos_bytes(receipt("€5 Ж e\u0301"))
    assert b"\xd55 \x1bt\x11\x86 \x1bt\x13\x82\n" in data
    assert printed.replaced == ()


def test_a_printer_prints_with_the_pages_it_has() -> None:
    """Those that its profile lacks are not used; without one, a sentence says what to do."""
    printer = Dummy(profile="simple")
    assert print_escpos(receipt("£€"), printer).replaced == ("€",)
    assert b"\x9c?\n" in printer.output
    for pages in (["CP858"], [], ["no such page"]):
        with pytest.raises(ConfigurationError, match="code pages"):
            print_escpos(receipt("€"), Dummy(profile="simple"), code_pages=pages)


def test_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without python-escpos a plain sentence says what to install."""
    monkeypatch.setitem(sys.modules, "escpos.printer", None)
    with pytest.raises(ConfigurationError, match=r"worldpay-ips\[printing\]"):
        escpos_bytes(receipt("x"))


def test_printing_writes_nothing_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    """A program may write JSON there; python-escpos would tell about bar codes."""
    escpos_bytes(TaxFreeVoucher.from_base64(encoded("11123456")))
    assert capsys.readouterr() == ("", "")


def test_sizes_of_a_voucher_become_commands() -> None:
    """Twice as wide letters have half the columns."""
    text = "02" + "L" * 20 + "\r07WIDE\r04UNDER\r50SAID"
    data, _ = escpos_bytes(TaxFreeVoucher.from_base64(encoded(text)), columns=32)
    assert b"\x1b!0\x1bE\x01\x1b-\x00\x1bM\x00\x1ba\x00" + b"L" * 16 + b"\nLLLL\n" in data
    assert b"\x1b! \x1bE\x00\x1b-\x00\x1bM\x00\x1ba\x00WIDE\n" in data
    assert b"\x1b-\x01\x1bM\x00\x1ba\x00UNDER\n" in data
    assert b"SAID\n" in data


def test_a_page_draws_the_bars() -> None:
    """Interleaved 2 of 5: of the digits 1 and 2, the bars of 1 and the spaces of 2 in turn."""
    assert modules("12") == [1, 1, 1, 1, *[3, 1, 1, 3, 1, 1, 1, 1, 3, 3], 3, 1, 1]
    assert html(TaxFreeVoucher.from_base64(encoded("1112\r11123\r11x"))).count("<svg") == 1


def test_a_page_loads_nothing_and_is_as_wide_as_the_roll() -> None:
    """58 mm have 32 columns, and lines set for them stay whole."""
    page = html(receipt(), paper_mm=58)
    assert "default-src 'none'" in page
    assert "size:58mm" in page
    assert "width:32ch" in page
    assert "SALE                   10.99 GBP" in page


@pytest.mark.parametrize("mark", ["", " \n", "\u0301"])
def test_a_mark_that_nobody_sees_is_refused(mark: str) -> None:
    """A duplicate without a mark is a second original."""
    for render in (plain, html, escpos_bytes):
        with pytest.raises(ValueError, match="can be seen"):
            render(receipt(), duplicate=True, mark=mark)


@pytest.mark.parametrize(
    ("columns", "error"), [(256, ValueError), (True, TypeError), (32.0, TypeError)]
)
def test_columns_are_a_whole_number(columns: Any, error: type[Exception]) -> None:
    """A width that a printer can have."""
    for render in (plain, html, escpos_bytes):
        with pytest.raises(error, match="column"):
            render(receipt(), columns=columns)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-" * 48, ["-" * 20]),
        ("A LONG LABEL OF WORDS    £10.99", ["A LONG LABEL OF", "WORDS         £10.99"]),
        ("LABEL OF SOME WORDS GBP 10.99", ["LABEL OF SOME WORDS", "           GBP 10.99"]),
        (" " * 39 + "RIGHT ONE", ["           RIGHT ONE"]),
        ("MIDDLE".center(48), ["       MIDDLE"]),
        ("x" * 45, ["x" * 20, "x" * 20, "x" * 5]),
        ("中" * 11, ["中" * 10, "中"]),
        (" " * 50, [""]),
    ],
)
def test_a_line_is_wrapped_by_what_it_is(line: str, expected: list[str]) -> None:
    """A rule, a label with an amount, something at the right or in the middle, a word, a blank."""
    assert list(fit(line, 20, paper=48)) == expected


@pytest.mark.parametrize("line", ["x" + " " * 100_000 + "z z z", "x  " * 50_000, "é" * 100_000])
def test_a_hostile_line_takes_no_time(line: str) -> None:
    """A printer must not hang on what a server sends."""
    began = time.monotonic()
    list(fit(line, 32))
    assert time.monotonic() - began < 2


def test_a_voucher_is_printed_with_its_commands() -> None:
    """Bold, double size, a barcode with an even number of digits, and one cut."""
    voucher = TaxFreeVoucher.from_base64(encoded("10TAX FREE\r11123456\r11123\r13"))
    printer = Dummy()
    print_escpos(voucher, printer)
    assert b"\x1bE\x01" in printer.output
    assert b"\x1dk\x05123456\x00" in printer.output
    assert b"[123]" in printer.output
    assert printer.output.count(b"\x1dV") == 1
