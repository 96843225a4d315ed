"""What STOMP allows: octets, as a server says them, and the frames they are.

For the server's role MESSAGE becomes SEND and RECEIPT becomes DISCONNECT (`peers.toward`).
"""

from collections.abc import Iterable

from tests.conformance.peers import ALL, BOTH, CLIENT, ESCAPING, SERVER, V1_0, V1_1, V1_2, at

from stompws.frames import Frame, Version

Q = ("destination", "/q")
HEAD = b"MESSAGE\ndestination:/q\n"
MARK = "\N{COMBINING TILDE}\N{GRINNING FACE}"


def message(*headers: tuple[str, str], body: bytes = b"") -> Frame:
    return Frame("MESSAGE", (Q, *headers), body)


def reads(
    row: int,
    name: str,
    octets: bytes,
    *frames: Frame,
    versions: Iterable[Version] = ALL,
    roles: Iterable[str] = BOTH,
) -> list[object]:
    """Parameters octets, frames, version, role: the octets are these frames."""
    return at(row, name, octets, frames, versions=versions, roles=roles)


def value(
    row: int, name: str, octets: bytes, text: str, versions: Iterable[Version]
) -> list[object]:
    """The octets of a header value are this text."""
    return reads(row, name, HEAD + b"a:%b\n\n\0" % octets, message(("a", text)), versions=versions)


LEGAL = [
    *reads(
        1, "receipt", b"RECEIPT\nreceipt-id:1\n\n\0", Frame("RECEIPT", (("receipt-id", "1"),)),
        roles=CLIENT,
    ),
    *reads(2, "line-ends-after", HEAD + b"\n\0\n\n\r\n", message()),
    *reads(3, "line-ends-before", b"\n\r\n\n" + HEAD + b"\n\0", message()),
    *reads(
        4, "CRLF", b"MESSAGE\r\ndestination:/q\r\na:b\r\n\r\nx\0", message(("a", "b"), body=b"x"),
        versions=[V1_2],
    ),
    *reads(
        5, "mixed-line-ends", b"MESSAGE\ndestination:/q\r\na:b\nc:d\r\n\nx\n\r\ny\0",
        message(("a", "b"), ("c", "d"), body=b"x\n\r\ny"), versions=[V1_2],
    ),
    *reads(
        5, "LF-then-CRLF", b"MESSAGE\r\ndestination:/q\n\r\nx\0", message(body=b"x"),
        versions=[V1_2],
    ),
    *reads(6, "body-to-NUL", HEAD + b"\nbody\0", message(body=b"body")),
    *reads(
        7, "NUL-in-body", HEAD + b"content-length:3\n\na\0b\0",
        message(("content-length", "3"), body=b"a\0b"),
    ),
    *reads(
        7, "frame-in-body", HEAD + b"content-length:11\n\n\0ERROR\n\n\0\n\n\0",
        message(("content-length", "11"), body=b"\0ERROR\n\n\0\n\n"),
    ),
    *reads(
        8, "octets-not-characters", HEAD + b"content-length:4\n\n\xc3\xa4\xc3\xb6\0",
        message(("content-length", "4"), body="äö".encode()),
    ),
    *reads(9, "length-0", HEAD + b"content-length:0\n\n\0", message(("content-length", "0"))),
    *reads(10, "no-headers", b"ERROR\n\n\0", Frame("ERROR"), roles=CLIENT),
    *reads(10, "no-headers", b"DISCONNECT\n\n\0", Frame("DISCONNECT"), roles=SERVER),
    *reads(
        11, "repeated-header", HEAD + b"a:first\na:second\n\n\0",
        message(("a", "first"), ("a", "second")),
    ),
    *reads(
        11, "repeated-destination", HEAD + b"destination:/other\n\n\0",
        message(("destination", "/other")),
    ),
    *reads(
        12, "repeated-length", HEAD + b"content-length:1\ncontent-length:5\n\nx\0",
        message(("content-length", "1"), ("content-length", "5"), body=b"x"),
    ),
    *value(13, "escapes", rb"\n\c\\\r", "\n:\\\r", [V1_2]),
    *value(13, "escapes", rb"\n\c\\", "\n:\\", [V1_1]),
    *value(13, "escapes", rb"\n\c\\\r", r"\n\c\\\r", [V1_0]),
    *value(14, "left-to-right", rb"\\n", r"\n", ESCAPING),
    *value(14, "left-to-right-thrice", rb"\\\n\\c", "\\\n\\c", ESCAPING),
    *value(19, "raw-colon", b"b:c::d", "b:c::d", ALL),
    *reads(20, "never-trimmed", HEAD + b" a :\t b \n\n\0", message((" a ", "\t b "))),
    *value(21, "empty-value", b"", "", ALL),
    *reads(
        24, "two-frames", HEAD + b"\n1\0" + HEAD + b"\n2\0", message(body=b"1"), message(body=b"2")
    ),
    *value(39, "nothing-unescaped", rb"\n\c\\\r\t" + b"\\", r"\n\c\\\r\t" + "\\", [V1_0]),
    *value(40, "escapes", rb"\c\n\\", ":\n\\", [V1_1]),
    *reads(42, "body-not-UTF-8", HEAD + b"\n\xff\xfe\xc3\0", message(body=b"\xff\xfe\xc3")),
    *reads(43, "blank-lines-in-body", HEAD + b"\n\n\n\nx\n\n\0", message(body=b"\n\n\nx\n\n")),
    *reads(
        44, "separators-in-body", HEAD + "\n\r\n\r\u2028\x0b\x85\0".encode(),
        message(body="\r\n\r\u2028\x0b\x85".encode()),
    ),
    *reads(45, "LF-ends-body", HEAD + b"\nx\n\0", message(body=b"x\n")),
    *reads(46, "name-unescaped", HEAD + rb"a\cb\n\\" + b":c\n\n\0", message(("a:b\n\\", "c")),
           versions=ESCAPING),
    *reads(
        47, "case-matters", HEAD + b"Content-Length:9\na:1\nA:2\n\nx\0",
        message(("Content-Length", "9"), ("a", "1"), ("A", "2"), body=b"x"),
    ),
    *reads(
        49, "any-character", HEAD + f"ä{MARK}:ö\u2028\x85{MARK}\n\n\0".encode(),
        message((f"ä{MARK}", f"ö\u2028\x85{MARK}")),
    ),
    *reads(
        50, "beats-glued", b"\n\n" + HEAD + b"\n1\0\n\r\n\n" + HEAD + b"\n2\0\n",
        message(body=b"1"), message(body=b"2"),
    ),
    *reads(
        54, "ERROR", b"ERROR\nreceipt-id:7\nmessage:no\ncontent-length:3\n\nwhy\0",
        Frame("ERROR", (("receipt-id", "7"), ("message", "no"), ("content-length", "3")), b"why"),
        roles=CLIENT,
    ),
    *reads(55, "body-not-unescaped", HEAD + b"\n\\n\\q\\\0", message(body=b"\\n\\q\\")),
    *value(56, "CR-kept", b"b\rc\r", "b\rc\r", [V1_0, V1_1]),
    *reads(
        57, "odd-names", HEAD + b"__proto__:1\nconstructor:2\n__class__:3\n__init__:4\n\n\0",
        message(("__proto__", "1"), ("constructor", "2"), ("__class__", "3"), ("__init__", "4")),
    ),
]  # fmt: skip
