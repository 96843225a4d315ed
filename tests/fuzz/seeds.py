"""What fuzzing starts from: the documentation's examples, and what the strategies draw."""

from collections.abc import Callable, Iterator
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.fuzz.targets import ADDRESSES, NEXT, TYPE_NUMBERS

from kiosk import EXAMPLES
from session_line import OWN
from stompws.frames import COMMANDS, Frame, Version, encode_frame
from strategies import VERSIONS, json_texts, nearly_streams, streams
from worldpay_ips.examples import EXAMPLES as DOCUMENTED

DRAWN = 50
SMALLEST = 8
_OPTION = {Version.V1_2: 0, Version.V1_1: 1, Version.V1_0: 2}


def drawn(strategy: st.SearchStrategy[bytes]) -> list[bytes]:
    """Return what a strategy draws, the same each time."""
    found: list[bytes] = []

    @settings(
        max_examples=DRAWN, derandomize=True, database=None, deadline=None, phases=[Phase.generate]
    )
    @given(strategy)
    def keep(data: bytes) -> None:
        found.append(data)

    keep()
    return found


def _example_frames(command: str) -> Iterator[bytes]:
    """Each documented example as it would travel."""
    for example in DOCUMENTED:
        headers = (("destination", "/client/progress"), *example.headers.items())
        frame = Frame(command, headers, example.payload_text.encode())
        yield encode_frame(frame, Version.V1_2)


def _parser() -> Iterator[bytes]:
    for version in VERSIONS:
        option = bytes([1 + _OPTION[version]])
        yield from (option + b"\x07" + data for data in drawn(nearly_streams(version)))
    yield from (b"\x01\0" + data for data in _example_frames("MESSAGE"))


def _session(command: str) -> Iterator[bytes]:
    for version in VERSIONS:
        option = bytes([_OPTION[version]])
        pairs = st.lists(streams(version).map(lambda s: s.octets), max_size=3)
        steps = pairs.map(lambda parts: NEXT.join(part.replace(NEXT, b"") for part in parts))
        yield from (option + NEXT + data for data in drawn(steps))
    yield from (b"\0" + NEXT + data for data in _example_frames(command))
    for action in range(10):
        yield b"\0" + NEXT + bytes([1, action]) + b"/q\x1fown" + NEXT + b"\3\0\0\0" + NEXT + b"\4"


def _server() -> Iterator[bytes]:
    listen = [
        encode_frame(Frame("SUBSCRIBE", (("id", str(n)), ("destination", address))), Version.V1_2)
        for n, address in enumerate(ADDRESSES)
        if address.startswith("/client")
    ]
    for texts in EXAMPLES.values():
        for text in texts:
            for address in ADDRESSES:
                request = Frame("SEND", (("destination", address), *OWN.items()), text.encode())
                said = [
                    *listen,
                    encode_frame(request, Version.V1_2),
                    b"\1\0c-1\x1fm-9",
                    b"\2no\x1fown",
                ]
                yield b"\0" + NEXT + NEXT.join(said)
    yield from _session("SEND")


def _codec() -> Iterator[bytes]:
    for example in DOCUMENTED:
        yield bytes([TYPE_NUMBERS[example.message.payload]]) + example.payload_text.encode()
    for type_, texts in EXAMPLES.items():
        number = bytes([TYPE_NUMBERS[type_]])
        yield from (number + data[:4000] for data in drawn(json_texts(texts)))


def _conversation() -> Iterator[bytes]:
    bodies = [text.encode() for texts in EXAMPLES.values() for text in texts]
    for option in range(3):
        for body in bodies:
            steps = [bytes([place, 7]) + b"m" + body for place in range(2, 8)]
            yield bytes([option]) + NEXT + NEXT.join([*steps, b"\1\1", b"\1\2"])


_MAKERS: dict[str, Callable[[], Iterator[bytes]]] = {
    "parser": _parser,
    "client": lambda: _session("MESSAGE"),
    "cuts": lambda: (data[:1] + b"\x05" + data[2:] for data in _session("MESSAGE")),
    "server": _server,
    "codec": _codec,
    "conversation": _conversation,
}
_WORDS = [
    *sorted(COMMANDS), "content-length:", "destination:", "subscription:sub-1",
    "receipt-id:receipt-1", "message-id:", "heart-beat:1,1", "version:1.1", "ack:client",
    "accept-version:1.0,1.2", "receipt:",
    "id:", "transaction:", "\\n", "\\c", "\\r", "\\\\", "\\t", "\r\n", "\n\n", "\r\n\r\n", "\n\n\0",
    "\ud800", "1e999999999", "NaN", "null", "true", "\\ud800", '{"', '":', "[[[[[[[[", "]]]]]]]]",
    "orderReference", "outcome", "amount", "type", "action", "payments",
    "merchantTransactionReference",
]  # fmt: skip


def write_seeds(target: str, folder: Path) -> int:
    """Write a target's corpus, one input to a file; return how many there are."""
    seeds = sorted({data for data in _MAKERS[target]() if len(data) >= SMALLEST})
    for number, data in enumerate(seeds):
        (folder / f"{number:05}").write_bytes(data)
    return len(seeds)


def write_words(path: Path) -> None:
    """Write libFuzzer's dictionary: what stands in frames and messages."""
    octets = (word.encode("utf-8", "surrogatepass") for word in _WORDS)
    lines = ('"' + "".join(f"\\x{octet:02x}" for octet in word) + '"' for word in octets)
    path.write_text("\n".join(lines) + "\n")
