"""Hypothesis strategies: STOMP frames, octets that are nearly frames, sessions, cuts, JSON texts.

What is written here by hand does not use the runtime's own writer, so that a fault in it cannot
hide one in the reader.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs
from hypothesis import strategies as st

from stompws.frames import (
    CLIENT_COMMANDS,
    NEVER_ESCAPED,
    SERVER_COMMANDS,
    WITH_BODY,
    Frame,
    Version,
)

VERSIONS = tuple(Version)
COMMANDS = tuple(sorted(CLIENT_COMMANDS | SERVER_COMMANDS))
ESCAPES = {
    Version.V1_0: {},
    Version.V1_1: {"\\": "\\\\", "\n": "\\n", ":": "\\c"},
    Version.V1_2: {"\\": "\\\\", "\n": "\\n", ":": "\\c", "\r": "\\r"},
}  # fmt: skip
_TELLING = "\n\r\t:\\ \"'{}aA0é€\u2028\ufeff😀\x01\x7f\x85"

versions = st.sampled_from(VERSIONS)

any_text = st.text(
    st.one_of(
        st.sampled_from(_TELLING + "\0"),
        st.characters(),
        st.characters(categories=["Cs"]),
        st.characters(categories=["Cc"]),
    ),
    max_size=20,
)
"""Whatever a `str` can hold: control characters, line ends, NUL, halves of surrogate pairs."""


def can_escape(command: str, version: Version) -> bool:
    """Tell whether header values of this command are escaped at all."""
    return version is not Version.V1_0 and command not in NEVER_ESCAPED


def header_texts(command: str, version: Version) -> st.SearchStrategy[str]:
    """Return names and values that can be written: not all versions have all escapes."""
    forbidden = "\0"
    if not (can_escape(command, version) and version is Version.V1_2):
        forbidden += "\r"
    if not can_escape(command, version):
        forbidden += "\n"
    telling = "".join(char for char in _TELLING if char not in forbidden)
    characters = st.characters(codec="utf-8", exclude_characters=forbidden)
    return st.text(st.sampled_from(telling) | characters, max_size=12)


def headers(command: str, version: Version) -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    """Return headers that can be written, some of them repeated."""
    texts = header_texts(command, version)
    names = texts.filter(lambda name: name not in ("", "content-length"))
    if not can_escape(command, version):
        names = names.filter(lambda name: ":" not in name)
    known = st.sampled_from(["destination", "id", "receipt", "message-id", "heart-beat"])
    pairs = st.tuples(names | known, texts)
    return st.lists(pairs, max_size=5).flatmap(
        lambda found: st.just((*found, *found[:1])) | st.just(tuple(found))
    )


@st.composite
def frames(draw: st.DrawFn, version: Version, commands: Sequence[str] = COMMANDS) -> Frame:
    """Draw a frame that this version can carry, bodies with NUL among them."""
    command = draw(st.sampled_from(commands))
    body = b""
    if command in WITH_BODY:
        body = draw(
            st.binary(max_size=40)
            | st.sampled_from([b"\0", b"\n", b"\r\nx", b"\n\n\0", b"{}", b"\xff\n"])
        )
    return Frame(command, draw(headers(command, version)), body)


@attrs.frozen
class Wire:
    """A frame as it may travel, and what is to be read."""

    octets: bytes
    frame: Frame


@st.composite
def wires(draw: st.DrawFn, version: Version, commands: Sequence[str] = COMMANDS) -> Wire:
    """Draw a frame with its octets: CRLF or LF, raw colons, with and without content-length."""
    frame = draw(frames(version, commands))
    escapes = ESCAPES[version] if can_escape(frame.command, version) else {}
    keeps_colons = draw(st.booleans())
    crlf = version is Version.V1_2 and draw(st.booleans())
    eol = "\r\n" if crlf else "\n"
    if crlf and any(value.endswith("\r") for pair in frame.headers for value in pair):
        eol = "\n"

    def written(text: str, *, name: bool) -> str:
        if keeps_colons and not name:  # a colon in a value is no line of its own: readers take it
            return "".join(char if char == ":" else escapes.get(char, char) for char in text)
        return "".join(escapes.get(char, char) for char in text)

    told = frame.headers
    if frame.command in WITH_BODY and (b"\0" in frame.body or draw(st.booleans())):
        place = draw(st.integers(0, len(told)))
        length = ("content-length", "0" * draw(st.integers(0, 2)) + str(len(frame.body)))
        told = (*told[:place], length, *told[place:])
    lines = [f"{written(name, name=True)}:{written(value, name=False)}" for name, value in told]
    head = eol.join([frame.command, *lines, "", ""])
    return Wire(head.encode() + frame.body + b"\0", attrs.evolve(frame, headers=told))


@st.composite
def mutated(draw: st.DrawFn, octets: st.SearchStrategy[bytes]) -> bytes:
    """Draw octets that are nearly what the inner strategy gives."""
    data = draw(octets)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        end = draw(st.integers(at, min(at + 12, len(data))))
        put = draw(
            st.sampled_from(
                [b"", b"\n", b"\r", b"\r\n", b"\0", b":", b"\\", b"\\t", b"\xff", b"\n\n"]
            )
            | st.sampled_from([data[at:end] * 2, b"content-length:3\n", b"MESSAGE\n\n\0"])
            | st.binary(max_size=3)
        )
        data = data[:at] + put + data[end:]
    return data


def beats() -> st.SearchStrategy[bytes]:
    """Return line ends between frames."""
    return st.sampled_from([b"", b"", b"\n", b"\r\n", b"\n\n\r\n"])


@attrs.frozen
class Stream:
    """Octets of several frames, with heart-beats between them, and what is to be read."""

    octets: bytes
    frames: tuple[Frame, ...]


@st.composite
def streams(draw: st.DrawFn, version: Version, commands: Sequence[str] = COMMANDS) -> Stream:
    """Draw frames one after the other."""
    parts = draw(st.lists(st.tuples(beats(), wires(version, commands)), max_size=4))
    octets = b"".join(beat + wire.octets for beat, wire in parts) + draw(beats())
    return Stream(octets, tuple(wire.frame for _, wire in parts))


def nearly_streams(version: Version) -> st.SearchStrategy[bytes]:
    """Return octets that are nearly several frames, and some that are nothing at all."""
    good = streams(version).map(lambda stream: stream.octets)
    return mutated(good) | good | st.binary(max_size=60)


cuts = st.lists(st.integers(0, 400), max_size=8) | st.just(list(range(400)))
"""Where the network cuts; the last kind gives single octets."""


def portions(data: bytes, places: Sequence[int]) -> list[bytes]:
    """Cut `data` at those places that are inside it."""
    inside = sorted({place for place in places if 0 < place < len(data)})
    return [data[a:b] for a, b in zip([0, *inside], [*inside, len(data)], strict=True)]


# JSON.

_numbers = st.sampled_from(
    ["0", "-0", "1.0", "1e2", "1E400", "-1e-400", "1e999999999", "1e99999999999999999999", "0e-9"]
) | st.sampled_from(
    ["9" * 19, "9" * 4300, "9" * 4301, "-" + "9" * 6000, "0." + "1" * 5000, "NaN", "-Infinity"]
)
_strings = st.sampled_from(
    [r'"\ud800"', r'"\udc00\ud800"', r'"\u0000"', '"\x00"', '"\t"', '"é😀"', '"' + "x" * 3000 + '"']
) | st.sampled_from(
    ['"2019-08-24T14:15:22Z"', '"2019-02-30"', '"9999-99-99T99:99:99Z"', '"small"', '"cash"']
)
_nests = st.sampled_from(
    ["[" * 99 + "]" * 99, "[" * 5000, '{"a":' * 120 + "1" + "}" * 120, "[[]", "{}", "[null]"]
)
_plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
).map(json.dumps)
json_values = _numbers | _strings | _nests | _plain
"""Texts that are JSON values, nearly: deep, huge, odd, or no JSON at all."""


def _places(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner: Any = ()
    if isinstance(document, dict):
        inner = document.items()
    elif isinstance(document, list):
        inner = enumerate(document)
    return [path, *(place for key, value in inner for place in _places(value, (*path, key)))]


_HOLE = "\ue000a hole\ue000"


def _with_hole(document: Any, path: tuple[Any, ...]) -> Any:
    if not path:
        return _HOLE
    key, *rest = path
    copy = dict(document) if isinstance(document, dict) else list(document)
    copy[key] = _with_hole(document[key], tuple(rest))
    return copy


@st.composite
def json_texts(draw: st.DrawFn, examples: Sequence[str]) -> bytes:
    """Draw a text near one of these documents: values replaced, names repeated, octets changed."""
    example = draw(st.sampled_from(examples))
    document = json.loads(example)
    text = example
    match draw(
        st.sampled_from(["value", "value", "value", "twice", "more", "octets", "BOM", "as is"])
    ):
        case "value":
            place = draw(st.sampled_from(_places(document)))
            holed = json.dumps(_with_hole(document, place), ensure_ascii=False)
            text = holed.replace(json.dumps(_HOLE, ensure_ascii=False), draw(json_values))
        case "twice" if document:
            name = draw(st.sampled_from(sorted(document)))
            text = f"{example.rstrip()[:-1]},{json.dumps(name)}:{draw(json_values)}}}"
        case "more" if document:
            name = json.dumps(draw(st.text(max_size=6)))
            text = f"{example.rstrip()[:-1]},{name}:{draw(json_values)}}}"
        case "octets":
            return draw(mutated(st.just(example.encode())))
        case "BOM":
            encoding = draw(st.sampled_from(["utf-8-sig", "utf-16", "utf-16-le", "utf-32"]))
            return example.encode(encoding)
    return text.encode("utf-8", "surrogatepass")


def typed_json_texts(
    examples: Mapping[type[Any], Sequence[str]], known: Callable[[type[Any]], bool] = bool
) -> st.SearchStrategy[tuple[type[Any], bytes]]:
    """Return message classes, each with a text that is near one of its examples."""
    kinds = [kind for kind in examples if known(kind)]
    return st.sampled_from(kinds).flatmap(
        lambda kind: st.tuples(st.just(kind), json_texts(examples[kind]))
    )
