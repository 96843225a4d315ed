"""Receipts and vouchers, from base64 to lines."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ips_till.receipts import Charset, Receipt, TaxFreeVoucher, plain
from ips_till.receipts.decoding import decode_text, split_lines
from worldpay_ips import PaymentReceipt, ReceiptType

SLIP = "THE SHOP\n*** MERCHANT COPY ***\n\nSIGN HERE:\n____________\n"


def encoded(data: str | bytes) -> str:
    return base64.b64encode(data.encode() if isinstance(data, str) else data).decode()


def test_the_documented_receipt_is_read() -> None:
    """The content of the documentation's example is base64 of UTF-8."""
    message = PaymentReceipt(type=ReceiptType.CUSTOMER, content="RVhBTVBMRSBSRUNFSVBUIENPTlRFTlQ=")
    receipt = Receipt.from_message(message)
    assert receipt.lines == ("EXAMPLE RECEIPT CONTENT",)
    assert (receipt.type, receipt.charset) == ("customer", Charset.UTF_8)


@pytest.mark.parametrize(
    ("content", "text", "charset"),
    [
        (encoded("£1.00 €2.00"), "£1.00 €2.00", Charset.UTF_8),
        (encoded("\ufeffTOTAL"), "TOTAL", Charset.UTF_8),
        (encoded("£1.00 €2.00".encode("cp1252")), "£1.00 €2.00", Charset.WINDOWS_1252),
        (encoded(b"\x81\xa3"), "\x81£", Charset.WINDOWS_1252),
        ("TOTAL 10.99 £", "TOTAL 10.99 £", Charset.NOT_BASE64),
        ("QUJD!", "QUJD!", Charset.NOT_BASE64),
        ("VOID SALE", "VOID SALE", Charset.NOT_BASE64),
        (encoded("\ufeff£".encode("utf-16-le")), "£", Charset.UTF_16),
        (encoded("\ufeff£".encode("utf-16-be")), "£", Charset.UTF_16),
        (encoded(b"\xff\xfea"), "ÿþa", Charset.WINDOWS_1252),
        ("", "", Charset.UTF_8),
    ],
)
def test_how_a_text_was_read_is_told(content: str, text: str, charset: Charset) -> None:
    """UTF-8 strictly, then Western Europe, then as it came: never lost, never an error."""
    assert decode_text(content) == (text, charset)


def test_base64_may_be_folded() -> None:
    """MIME breaks base64 into lines; the receipt is the same."""
    whole = encoded("A LONG RECEIPT " * 10)
    folded = "\r\n".join(whole[at : at + 76] for at in range(0, len(whole), 76))
    assert decode_text(folded) == decode_text(whole)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\f", "\x85", "\u2028"])
def test_every_end_of_a_line_counts(end: str) -> None:
    """Printers, Windows and Unix end lines differently; the lines are the same."""
    assert split_lines(f"ONE{end}{end}TWO{end}") == ("ONE", "", "TWO")


def test_control_characters_are_visible_and_tabs_are_columns() -> None:
    """An escape sequence in a receipt does not command a terminal or printer."""
    assert split_lines("A\tB\x1b[31m") == ("A       B\ufffd[31m",)


@pytest.mark.parametrize(
    ("type_", "text", "expected"),
    [
        ("merchant", SLIP, True),
        ("customer", SLIP, False),
        ("merchant", "Cardholder signature: ......", True),
        ("merchant", "NO SIGNATURE REQUIRED", False),
    ],
)
@pytest.mark.criterion("AC33")
def test_a_signature_slip_is_known(type_: str, text: str, expected: bool) -> None:
    """A merchant's copy with a line to sign is one; the rule can be replaced."""
    assert Receipt.from_text(type_, text).is_signature_slip is expected


def test_repr_shows_no_content() -> None:
    """What stands on a receipt is nobody's business in a log."""
    receipt = Receipt.from_text("merchant", SLIP)
    assert "SHOP" not in repr(receipt)
    assert "VOUCHER" not in repr(TaxFreeVoucher.from_base64(encoded("02VOUCHER")))


@given(st.binary(max_size=400))
def test_any_bytes_become_a_receipt(data: bytes) -> None:
    """Reading never raises, and every line can be shown."""
    receipt = Receipt.from_base64("merchant", encoded(data))
    assert all(line.isprintable() for line in receipt.lines)


@given(st.text(max_size=200))
def test_any_text_becomes_a_receipt(text: str) -> None:
    """What is no base64 is kept, character for character."""
    assert Receipt.from_base64("customer", text).text in (text, decode_text(text)[0])


def test_the_documented_voucher_is_read() -> None:
    """The documentation's voucher: a logo, a title, a blank line, a bold text, a cut."""
    voucher = TaxFreeVoucher.from_base64("MDEKMDJWT1VDSEVSCjEyCjA2RVhBTVBMRSBDT05URU5UCjEz")
    assert [line.command for line in voucher.lines] == ["01", "02", "12", "06", "13"]
    assert all(line.is_known for line in voucher.lines)
    assert plain(voucher, columns=16).splitlines() == [
        "     [logo]",
        "VOUCHER",
        "",
        "EXAMPLE CONTENT",
        "- - - - - - - -",
    ]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_what_a_voucher_does_not_explain_is_kept(end: str) -> None:
    """Unknown commands and lines without one are printed; the encrypted remainder is not."""
    text = end.join(["99NEW", "HELLO", "11123456", "61c2VjcmV0", "02MORE"])
    voucher = TaxFreeVoucher.from_base64(encoded(text))
    assert [(line.command, line.is_known) for line in voucher.lines] == [
        ("99", False),
        ("", False),
        ("11", True),
        ("61", True),
    ]
    shown = plain(voucher)
    assert "99NEW" in shown
    assert "HELLO" in shown
    assert "MORE" not in shown
    assert voucher.lines[-1].text == "c2VjcmV0\n02MORE"
    assert (voucher.is_encrypted, voucher.wants_copy) == (True, False)
    assert TaxFreeVoucher.from_base64(encoded("51")).wants_copy
