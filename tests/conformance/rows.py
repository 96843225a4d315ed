"""The rules: one list, from which tests take their numbers and the page its tables.

MUST and SHOULD are the specifications' own words, `practice` is what real servers and clients need,
`robust` is what we ask of ourselves.
"""

from typing import Literal

import attrs

Level = Literal["MUST", "SHOULD", "MAY", "practice", "robust"]
Version = Literal["1.0", "1.1", "1.2"]
Role = Literal["client", "server"]

ALL: tuple[Version, ...] = ("1.0", "1.1", "1.2")
ESCAPING: tuple[Version, ...] = ("1.1", "1.2")
BOTH: tuple[Role, ...] = ("client", "server")
CLIENT: tuple[Role, ...] = ("client",)


@attrs.frozen
class Row:
    """One rule. Its tests must show it in all of `versions` and in all of `roles`."""

    number: int
    rule: str
    level: Level
    source: str
    """Section of a STOMP specification or of an RFC; empty when the rule is our own."""

    versions: tuple[Version, ...] = ALL
    roles: tuple[Role, ...] = BOTH


FRAMES, LENGTH, VALUES = "1.2 STOMP Frames", "1.2 content-length", "1.2 Value Encoding"
GRAMMAR, BEATING = "1.2 Augmented BNF", "1.2 Heart-beating"
NEGOTIATION, RECEIPTS = "1.2 Protocol Negotiation", "1.2 RECEIPT"

RECEIVING = (
    Row(1, "A RECEIPT with one header is a frame", "MUST", FRAMES, ALL, CLIENT),
    Row(2, "Line ends after NUL are no frame", "MUST", FRAMES),
    Row(3, "Line ends before a frame are skipped", "MUST", FRAMES),
    Row(4, "Lines end in CRLF too (1.2 only)", "MUST", GRAMMAR),
    Row(5, "CRLF and LF may be mixed in one frame", "MUST", GRAMMAR, ("1.2",)),
    Row(6, "Without content-length the body ends at NUL", "MUST", LENGTH),
    Row(7, "With content-length the body may hold NUL", "MUST", LENGTH),
    Row(8, "content-length counts octets, not characters", "MUST", LENGTH),
    Row(9, "content-length 0 is an empty body", "MUST", LENGTH),
    Row(10, "A frame may have no headers", "MUST", FRAMES),
    Row(11, "Of a repeated header the first counts", "SHOULD", "1.2 Repeated Header Entries"),
    Row(
        12, "Of a repeated content-length the first counts", "SHOULD", "1.2 Repeated Header Entries"
    ),
    Row(13, r"`\n` `\c` `\\` `\r` are unescaped (1.1 has no `\r`, 1.0 none)", "MUST", VALUES),
    Row(
        14,
        r"Unescaping goes left to right: `\\n` is a backslash and an n",
        "MUST",
        VALUES,
        ESCAPING,
    ),
    Row(15, r"An undefined escape such as `\t` is an error", "MUST", VALUES, ESCAPING),
    Row(16, "A backslash that ends a value is an error", "MUST", VALUES, ESCAPING),
    Row(17, "CONNECT and CONNECTED are never unescaped", "MUST", VALUES),
    Row(18, "In them a value keeps its colons", "MUST", VALUES),
    Row(19, "A raw colon in another frame's value is kept", "robust", ""),
    Row(20, "Header names and values are never trimmed", "MUST", VALUES),
    Row(21, "A header value may be empty", "MUST", GRAMMAR),
    Row(22, "A header line without colon is an error", "MUST", GRAMMAR),
    Row(23, "An empty header name is an error", "MUST", GRAMMAR),
    Row(24, "Two frames in one portion are two frames", "MUST", FRAMES),
    Row(25, "A frame may come octet by octet", "MUST", FRAMES),
    Row(26, "A cut inside a character of the body does no harm", "MUST", FRAMES),
    Row(27, "A cut inside a character of a header does no harm", "MUST", FRAMES),
    Row(28, "A cut inside an escape does no harm", "MUST", FRAMES, ESCAPING),
    Row(29, "A cut between CR and LF does no harm", "MUST", GRAMMAR, ("1.2",)),
    Row(30, "LF alone is a heart-beat", "MUST", BEATING),
    Row(31, "CRLF alone is a heart-beat", "MUST", GRAMMAR),
    Row(32, "An octet other than NUL after the announced body is an error", "MUST", LENGTH),
    Row(33, "A content-length that is no number is an error", "robust", ""),
    Row(34, "A negative content-length is an error", "robust", ""),
    Row(35, "A content-length of 10^12 gives no frame and holds no memory", "robust", ""),
    Row(36, "An unknown command is an error", "robust", ""),
    Row(37, "A body on a command that must not have one is an error", "robust", "1.2 Body"),
    Row(38, r"In 1.1 `\r` is an undefined escape", "MUST", "1.1 Value Encoding", ("1.1",)),
    Row(39, "In 1.0 nothing is unescaped", "MUST", "1.0 (knows no escapes)", ("1.0",)),
    Row(40, r"In 1.1 `\c`, `\n` and `\\` are unescaped", "MUST", "1.1 Value Encoding", ("1.1",)),
    Row(41, "Headers that are not UTF-8 are an error", "robust", ""),
    Row(42, "A body that is not UTF-8 is kept as it is", "MUST", LENGTH),
    Row(43, "Blank lines in the body are kept", "MUST", FRAMES),
    Row(44, "CR, LF and other line separators in the body are kept", "MUST", FRAMES),
    Row(45, "An LF that ends the body is kept", "MUST", FRAMES),
    Row(46, "Header names are unescaped too", "MUST", VALUES, ESCAPING),
    Row(47, "Header names are case sensitive", "MUST", "1.2 Augmented BNF"),
    Row(48, "NUL before the blank line is an error", "MUST", GRAMMAR),
    Row(49, "Headers may hold any character of Unicode", "MUST", VALUES),
    Row(50, "Heart-beats may stand between frames, without a gap", "MUST", BEATING),
    Row(51, "A body of 1 MB is read", "robust", ""),
    Row(52, "A body of 1 MB in portions of 16 KB is read, in linear time", "robust", ""),
    Row(53, "A complete frame is delivered though half of another follows", "robust", FRAMES),
    Row(54, "ERROR comes with body and receipt-id", "MUST", "1.2 ERROR", ALL, CLIENT),
    Row(55, "Bodies are not unescaped", "MUST", VALUES),
    Row(56, "A CR inside a header is never dropped: an error in 1.2, kept before", "robust", ""),
    Row(57, "`__proto__`, `constructor` and `__class__` are header names", "robust", ""),
    Row(
        58, "A body of 1 MB in one binary WebSocket message is read", "robust", "", ("1.2",), CLIENT
    ),
)

SENDING = (
    Row(59, r"1.2: backslash, LF, colon and CR in values are escaped", "MUST", VALUES, ("1.2",)),
    Row(60, "Header names are escaped too", "MUST", VALUES, ESCAPING),
    Row(
        61,
        "1.1: backslash, LF and colon are escaped, CR is refused",
        "MUST",
        "1.1 Value Encoding",
        ("1.1",),
    ),
    Row(
        62,
        "1.0: nothing is escaped; CR, LF and NUL in headers are refused",
        "MUST",
        "1.0 (knows no escapes)",
        ("1.0",),
    ),
    Row(63, "CONNECT and CONNECTED are never escaped", "MUST", VALUES),
    Row(
        64,
        "LF in a value of CONNECT or CONNECTED, which injects a header, is refused",
        "robust",
        "",
    ),
    Row(65, "content-length is the number of octets of the body", "SHOULD", LENGTH),
    Row(66, "A body with NUL has a content-length", "MUST", LENGTH),
    Row(67, "A content-length of the caller's is replaced, never doubled", "robust", ""),
    Row(68, "The body is sent as it is", "MUST", FRAMES),
    Row(
        69,
        "A header value None is left out, an int is written in decimal, others are refused",
        "robust",
        "",
    ),
    Row(70, "Bodies are octets, any of them", "robust", ""),
    Row(71, "The caller's headers are not changed", "robust", ""),
    Row(72, "A blank line stands before the body", "MUST", FRAMES),
)

SESSION = (
    Row(73, "CONNECT names accept-version and host", "MUST", "1.2 CONNECT", ALL, CLIENT),
    Row(74, "The client offers its versions, the server chooses", "MUST", NEGOTIATION),
    Row(75, "Who names no version speaks 1.0", "MUST", NEGOTIATION, ("1.0",)),
    Row(76, "Who names no heart-beat wants and gives none", "MUST", BEATING),
    Row(77, "A version that was not offered fails the session", "MUST", NEGOTIATION),
    Row(
        78,
        "WebSocket subprotocols are offered; that none is chosen is accepted",
        "practice",
        "RFC 6455, 4.1",
        ("1.2",),
        CLIENT,
    ),
    Row(79, "ERROR as answer to CONNECT is raised at once, with its text", "robust", ""),
    Row(80, "The wait for CONNECTED has a deadline", "robust", "", ("1.2",), CLIENT),
    Row(81, "Another first frame than CONNECTED, or CONNECT, is an error", "robust", ""),
    Row(82, "ERROR ends the session; later calls fail", "MUST", "1.2 ERROR"),
    Row(
        83,
        "A RECEIPT is matched by its receipt-id, an unknown one has no effect",
        "MUST",
        RECEIPTS,
        ALL,
        CLIENT,
    ),
    Row(84, "A RECEIPT stands for everything sent before it", "MUST", RECEIPTS, ALL, CLIENT),
    Row(
        85, "DISCONNECT asks for a receipt; the wait for it is bounded", "SHOULD", "1.2 DISCONNECT"
    ),
    Row(
        86,
        "A close without RECEIPT after DISCONNECT is a normal end",
        "MUST",
        "1.2 Connection Lingering",
        ALL,
        CLIENT,
    ),
    Row(87, "Nothing follows DISCONNECT", "MUST", "1.2 DISCONNECT"),
    Row(
        88,
        "Beats are sent every MAX(ours, theirs), never when one side says 0",
        "MUST",
        BEATING,
        ESCAPING,
    ),
    Row(
        89,
        "Beats are expected every MAX(ours, theirs); twice that in silence is the end",
        "SHOULD",
        BEATING,
        ESCAPING,
    ),
    Row(
        90, "Every octet received is a sign of life, part of a frame too", "MUST", BEATING, ESCAPING
    ),
    Row(91, "A frame replaces a beat", "MUST", BEATING, ESCAPING),
    Row(
        92, "ACK and NACK name the message as the version wants; 1.0 has no NACK", "MUST", "1.2 ACK"
    ),
    Row(93, "Ids of subscriptions are unique on a connection", "MUST", "1.2 SUBSCRIBE id Header"),
    Row(
        94,
        "ack is auto, client or client-individual; the last not in 1.0",
        "MUST",
        "1.2 SUBSCRIBE ack Header",
    ),
    Row(95, "One frame may come in several WebSocket messages", "practice", ""),
    Row(96, "Several frames may come in one WebSocket message", "practice", ""),
    Row(97, "Text and binary messages are the same", "practice", ""),
    Row(
        98,
        "The end of the WebSocket is seen; its code and reason are kept",
        "robust",
        "RFC 6455, 7.1.5",
        ("1.2",),
        CLIENT,
    ),
    Row(
        99,
        "A WebSocket ping is answered and is no STOMP",
        "MUST",
        "RFC 6455, 5.5.2",
        ("1.2",),
        CLIENT,
    ),
    Row(100, "Size of a frame, number and length of its headers are limited", "robust", ""),
    Row(
        101,
        "wss:// is verified; own authority, pin and client certificate",
        "robust",
        "RFC 6455, 10.6",
        ("1.2",),
        CLIENT,
    ),
    Row(102, "Threads may send at once; frames never mix", "robust", "", ("1.2",), CLIENT),
    Row(103, "Secrets appear in no log, trace, repr or error", "robust", ""),
)

ROWS = {row.number: row for row in (*RECEIVING, *SENDING, *SESSION)}
