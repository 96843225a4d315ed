"""What STOMP forbids, or what we refuse: octets, as a server says them, and what is said of them.

Every value is a canary, which no error may quote.
"""

from collections.abc import Iterable

from tests.conformance.peers import ALL, BOTH, CLIENT, ESCAPING, SERVER, V1_0, V1_1, V1_2, at
from tests.conformance.readable import HEAD

from stompws.frames import Version

DIGITS = "\N{ARABIC-INDIC DIGIT ONE}".encode()


def refused(
    row: int,
    name: str,
    octets: bytes,
    said: str,
    *,
    versions: Iterable[Version] = ALL,
    roles: Iterable[str] = BOTH,
) -> list[object]:
    """Parameters octets, said, version, role: the octets are an error that says this."""
    return at(row, name, octets, said, versions=versions, roles=roles)


def length(row: int, name: str, octets: bytes, said: str) -> list[object]:
    """A content-length that no version reads."""
    return refused(row, name, HEAD + b"content-length:%b\n\ncanary\0" % octets, said)


ESCAPE, NUMBER = "undefined escape sequence", "expected decimal digits"
LONG, BODY, COMMAND = "longer than the limit", "must not have a body", "expected a STOMP command"

ILLEGAL = [
    *refused(
        4, "CRLF", b"MESSAGE\r\ndestination:/q\r\na:canary\r\n\r\nx\0", "expected a blank line",
        versions=[V1_0, V1_1],
    ),
    *refused(
        4, "CRLF-and-blank-line", b"MESSAGE\r\ndestination:/q\r\na:canary\r\n\r\n\n\nx\0", COMMAND,
        versions=[V1_0, V1_1],
    ),
    *refused(15, "undefined-escape", HEAD + b"a:canary\\t\n\n\0", ESCAPE, versions=ESCAPING),
    *refused(15, "in-a-name", HEAD + b"canary\\:b\n\n\0", ESCAPE, versions=ESCAPING),
    *refused(15, "capital", HEAD + b"a:canary\\N\n\n\0", ESCAPE, versions=ESCAPING),
    *refused(16, "lone-backslash", HEAD + b"a:canary\\\n\n\0", ESCAPE, versions=ESCAPING),
    *refused(16, "after-a-pair", HEAD + b"a:canary\\\\\\\n\n\0", ESCAPE, versions=ESCAPING),
    *refused(22, "no-colon", HEAD + b"canary\n\n\0", "got no colon"),
    *refused(23, "empty-name", HEAD + b":canary\n\n\0", "the name is empty"),
    *length(32, "body-longer", b"2", "expected NUL after content-length octets"),
    *length(32, "body-longer-by-one", b"5", "expected NUL after content-length octets"),
    *length(33, "no-number", b"canary", NUMBER),
    *length(33, "with-sign", b"+1", NUMBER),
    *length(33, "with-space", b" 1", NUMBER),
    *length(33, "with-underscore", b"1_0", NUMBER),
    *length(33, "hexadecimal", b"0x1", NUMBER),
    *length(33, "fraction", b"1.0", NUMBER),
    *length(33, "other-digits", DIGITS, NUMBER),
    *length(33, "empty", b"", NUMBER),
    *length(34, "negative", b"-1", NUMBER),
    *length(34, "negative-zero", b"-0", NUMBER),
    *refused(35, "10^12", HEAD + b"content-length:1000000000000\n\n", LONG),
    *refused(35, "5000-digits", HEAD + b"content-length:" + b"9" * 5000 + b"\n\n", LONG),
    *refused(36, "unknown-command", b"canary\n\n\0", COMMAND),
    *refused(36, "small-letters", b"message\n\ncanary\0", COMMAND),
    *refused(36, "space-after", b"MESSAGE \n\ncanary\0", COMMAND),
    *refused(36, "no-command", b":\n\ncanary\0", COMMAND),
    *refused(37, "RECEIPT", b"RECEIPT\nreceipt-id:1\n\ncanary\0", BODY),
    *refused(37, "RECEIPT-length", b"RECEIPT\ncontent-length:6\n\ncanary\0", BODY),
    *refused(37, "CONNECTED", b"CONNECTED\n\ncanary\0", BODY, roles=CLIENT),
    *(
        param
        for command in (b"CONNECT", b"SUBSCRIBE", b"UNSUBSCRIBE", b"ACK", b"NACK", b"BEGIN")
        for param in refused(
            37, command.decode(), command + b"\nid:1\n\ncanary\0", BODY, roles=SERVER
        )
    ),
    *refused(38, "r-in-1.1", HEAD + b"a:canary\\r\n\n\0", ESCAPE, versions=[V1_1]),
    *refused(41, "value", HEAD + b"a:canary\xff\n\n\0", "expected UTF-8"),
    *refused(41, "name", HEAD + b"canary\xc3:b\n\n\0", "expected UTF-8"),
    *refused(41, "surrogate", HEAD + b"a:canary\xed\xa0\x80\n\n\0", "expected UTF-8"),
    *refused(41, "overlong", HEAD + b"a:canary\xc0\xba\n\n\0", "expected UTF-8"),
    *refused(48, "NUL-in-header", HEAD + b"a:canary\0\n\n\0", "before NUL"),
    *refused(48, "no-blank-line", HEAD + b"a:canary\n\0", "before NUL"),
    *refused(48, "NUL-after-command", b"MESSAGE\0", "before NUL"),
    *refused(56, "CR-in-value", HEAD + b"a:canary\rb\n\n\0", "CR without LF", versions=[V1_2]),
    *refused(56, "CR-in-name", HEAD + b"canary\rb:c\n\n\0", "CR without LF", versions=[V1_2]),
    *refused(56, "CR-twice", HEAD + b"a:canary\r\r\n\n\0", "CR without LF", versions=[V1_2]),
    *refused(56, "CR-before-command", b"\rMESSAGE\n\ncanary\0", "CR without LF"),
]  # fmt: skip
