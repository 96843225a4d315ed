"""What is fuzzed: each target takes any octets and says what became of them.

A target swallows the errors that the runtime promises, and no others; a rule that is broken is an
`AssertionError`. The rules themselves are in `tests/runtime/hostile_play.py` and `codec_play.py`,
where the tests with hypothesis use them too.
"""

from collections.abc import Callable, Mapping, Sequence

from codec_play import ConversationPlay, check_json, headers_of, play_codec
from hostile_play import ClientPlay, ServerPlay, telling, without_length
from kiosk import MESSAGES
from kiosk_api import API as KIOSK
from kiosk_api import FETCH_RECEIPTS, PLACE_ORDER, STATUS_OF_MACHINE
from session_line import CODEC, KEY, ORDER_TEXT
from stompws.decoding import codec_of
from stompws.errors import LocalProtocolError, RemoteProtocolError
from stompws.frame_parser import FrameParser
from stompws.frames import Frame, Limits, Version, encode_frame
from worldpay_ips.operations import API as IPS

TIGHT = Limits(max_frame_bytes=200, max_headers=4, max_header_line_bytes=60)
VERSIONS = (Version.V1_2, Version.V1_1, Version.V1_0)
NEXT = b"\xff"
"""Between two steps of a session."""
SAY, ERROR, TICK, EOF, TEXT = 1, 2, 3, 4, 5
"""First octet of a step that is no portion of octets."""
UNIT = "\x1f"
"""Between two texts of a step."""


def _cut(data: bytes, size: int) -> list[bytes]:
    return [data[n : n + size] for n in range(0, len(data), size)] if size else [data]


def _shows(data: bytes) -> bool:
    """Whether to look at every `repr` too, which takes most of the time: for one input in eight."""
    return len(data) % 8 == 0


def _read(parser: FrameParser, portions: Sequence[bytes]) -> tuple[list[Frame], bool]:
    found: list[Frame] = []
    try:
        for portion in portions:
            parser.feed(portion)
            while (item := parser.next_frame()) is not None:
                if isinstance(item, Frame):
                    found.append(item)
    except RemoteProtocolError:
        return found, True
    return found, False


def parser(data: bytes) -> str:
    """Octets, whole and cut: the same frames; each is written and read again as it was."""
    options, size, octets = data[:1].ljust(1, b"\0")[0], data[1:2], data[2:]
    version = (None, *VERSIONS)[options % 4]
    limits = TIGHT if options & 4 else None
    whole = _read(FrameParser(limits, version), [octets])
    if size and size != b"\0":
        parts = _read(FrameParser(limits, version), _cut(octets, size[0]))
        assert parts == whole, "the cut made a difference"
    for frame in whole[0]:
        try:
            written = encode_frame(frame, version or Version.V1_2)
        except LocalProtocolError:
            continue  # such as CR in 1.1: it can be read there, and has no escape
        ((again,), refused) = _read(FrameParser(version=version or Version.V1_2), [written])
        own = tuple(pair for pair in frame.headers if pair[0] != "content-length")
        assert not refused
        assert (again.command, without_length(again), again.body) == (
            frame.command, own, frame.body,
        )  # fmt: skip
    return "RemoteProtocolError" if whole[1] else "read"


def _texts(step: bytes) -> tuple[str, str, bytes]:
    text, _, other = step.decode("utf-8", "surrogateescape").partition(UNIT)
    return text, other, step[-6:]


def client(data: bytes) -> str:
    """A client: what a server says in any portions, and calls with any texts."""
    options, *steps = (data or b"\0").split(NEXT)
    option = options[:1].ljust(1, b"\0")[0]
    play = ClientPlay(TIGHT if option & 4 else None, shows=_shows(data))
    said = refused = 0
    if not option & 8:
        play.say("connect", "host", "login")
        play.feed(f"CONNECTED\nversion:{VERSIONS[option % 3]}\n\n\0".encode())
    for step in steps:
        match step[:1]:
            case b"\1":
                text, other, body = _texts(step[2:])
                action = ClientPlay.ACTIONS[(step[1:2] or b"\0")[0] % len(ClientPlay.ACTIONS)]
                done = play.say(action, text, other, body if action == "send" else b"")
                said, refused = said + done, refused + (not done)
            case b"\3":
                play.tick(len(step) / 4)
            case b"\4":
                play.eof()
            case b"\5":
                play.feed(step[1:].decode("utf-8", "surrogateescape"))
            case _:
                play.feed(step)
    return "RemoteProtocolError" if play.failed else "LocalProtocolError" if refused else "accepted"


def client_cuts(data: bytes) -> str:
    """A client: the same octets whole and cut give the same events."""
    option, size, octets = data[:1].ljust(1, b"\0")[0], data[1:2], data[2:]
    plays = [ClientPlay(shows=False), ClientPlay(shows=False)]
    for play, portions in zip(plays, ([octets], _cut(octets, (size or b"\0")[0])), strict=True):
        play.say("connect", "host", "login")
        for portion in [f"CONNECTED\nversion:{VERSIONS[option % 3]}\n\n\0".encode(), *portions]:
            play.feed(portion)
    whole, parts = plays
    assert telling(whole.events) == telling(parts.events), "the cut made a difference"
    assert (whole.failed, whole.protocol.state) == (parts.failed, parts.protocol.state)
    return "RemoteProtocolError" if whole.failed else "accepted"


def server(data: bytes) -> str:
    """A server: what a client says in any portions, and replies with any texts."""
    options, *steps = (data or b"\0").split(NEXT)
    option = options[:1].ljust(1, b"\0")[0]
    play = ServerPlay(TIGHT if option & 4 else None, shows=_shows(data))
    refused = 0
    if not option & 8:
        version = VERSIONS[option % 3]
        play.feed(f"CONNECT\naccept-version:{version}\nhost:k\nx-kiosk-key:{KEY}\n\n\0")
    for step in steps:
        match step[:1]:
            case b"\1":
                refused += not play.reply((step[1:2] or b"\0")[0], *_texts(step[2:]))
            case b"\2":
                refused += not play.error(*_texts(step[1:]))
            case b"\3":
                play.tick(len(step) / 4)
            case b"\4":
                play.eof()
            case b"\5":
                play.feed(step[1:].decode("utf-8", "surrogateescape"))
            case _:
                play.feed(step)
    kinds = {getattr(event, "kind", "") for event in play.events}
    if "broken-protocol" in kinds:
        return "Refused: broken-protocol"
    return "LocalProtocolError" if refused else "Refused: a rule" if kinds - {""} else "accepted"


_TYPES = [
    *((codec_of(IPS), message.payload) for message in IPS.messages),
    *((CODEC, type_) for type_ in MESSAGES),
]


def codec(data: bytes) -> str:
    """A message of the documented API, or one of the kiosk: read both ways and written again."""
    kind, text = (data[:1] or b"\0")[0], data[1:]
    check_json(text)
    found, type_ = _TYPES[kind % len(_TYPES)]
    return play_codec(found, type_, text, shows=_shows(data))


_OPENINGS = ((PLACE_ORDER, ORDER_TEXT), (FETCH_RECEIPTS, b'{"kind": "customer"}'))


def conversation(data: bytes) -> str:
    """A conversation of the kiosk: messages of any content on any channel, and answers."""
    options, *steps = (data or b"\0").split(NEXT)
    choice = (options[:1] or b"\0")[0] % 3
    opening = _OPENINGS[choice] if choice < 2 else (STATUS_OF_MACHINE, None)
    play = ConversationPlay(*opening, shows=_shows(data))
    for step in steps:
        if step[:1] == b"\1":
            play.send((step[1:2] or b"\0")[0])
        elif step:
            which = (step[1:2] or b"\0")[0]
            text = step[2:3].decode("latin-1")
            play.take(step[0], dict(headers_of(which, text)), step[3:])
    if play.errors:
        return "ApiError"
    return "events" if play.events else "strays" if play.strays else "nothing"


TARGETS: Mapping[str, Callable[[bytes], str]] = {
    "parser": parser,
    "client": client,
    "cuts": client_cuts,
    "server": server,
    "codec": codec,
    "conversation": conversation,
}
"""The targets by name."""

TYPE_NUMBERS = {type_: number for number, (_, type_) in enumerate(_TYPES)}
ADDRESSES = [operation.channel.address for operation in KIOSK.operations]
