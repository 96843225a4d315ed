"""Reads flight recordings. What is wrong with a file is said in a sentence, with its line."""

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from stompws.values import is_array, is_mapping

from .format import FORMAT, VERSION, Flight, FlightError, FrameLine, Header, Line, NoteLine

_MOST_BYTES: Final = 64 << 20
_HEADER_TEXTS: Final = ("till", "api", "began", "reference", "paypoint_id", "operation")


def read_flight(path: Path | str) -> Flight:
    """Read a recording. A last line that was cut off is left out, and `torn` says so.

    Raises:
        FlightError: It is none, or a newer one, or a line of it cannot be read; or the file cannot
            be read at all.
    """
    path = Path(path)
    texts, torn = _texts(path)
    header = _read_header(f"{path}:1", _parse(f"{path}:1", texts[0]))
    return Flight(header=header, lines=tuple(_read_lines(path, texts)), torn=torn)


def _texts(path: Path) -> tuple[list[str], bool]:
    """The lines that are whole, and whether another follows that is not."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as exc:
        raise FlightError(f"{path}: cannot be read: {exc.strerror or type(exc).__name__}") from None
    if not data:
        raise FlightError(f"{path}: the file is empty")
    if len(data) > _MOST_BYTES:
        raise FlightError(f"{path}: too large for a flight recording (over {_MOST_BYTES} bytes)")
    *whole, rest = data.split(b"\n")
    if not whole:
        raise FlightError(f"{path}:1: this is no flight recording, or it was cut off at once")
    try:
        return [line.decode("utf-8") for line in whole], bool(rest)
    except UnicodeDecodeError:
        raise FlightError(f"{path}: this is no flight recording: it is no UTF-8 text") from None


def _read_lines(path: Path, texts: list[str]) -> Iterator[Line]:
    for number, text in enumerate(texts[1:], start=2):
        where = f"{path}:{number}"
        yield _read_line(where, number, _parse(where, text))


def _parse(where: str, text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise FlightError(f"{where}: this line is no JSON; the file is damaged") from None
    if not is_mapping(value):
        raise FlightError(f"{where}: this line is no JSON object; the file is damaged")
    return dict[str, Any](value)


def _read_header(where: str, value: dict[str, Any]) -> Header:
    if value.get("format") != FORMAT:
        raise FlightError(f'{where}: this is no flight recording: the line has no "{FORMAT}"')
    version = value.get("version")
    if type(version) is not int or version != VERSION:
        raise FlightError(
            f"{where}: this recording has another version of the format; this program reads"
            f" version {VERSION} (use the version of the till that wrote it)"
        )
    texts: dict[str, Any] = {name: value.get(name) for name in _HEADER_TEXTS}
    if missing := [name for name, text in texts.items() if not isinstance(text, str)]:
        raise FlightError(f"{where}: the header lacks {', '.join(missing)}")
    return Header(**texts)


def _read_line(where: str, number: int, value: Mapping[str, Any]) -> Line:
    at = value.get("at")
    if not isinstance(at, int | float) or isinstance(at, bool) or not math.isfinite(at):
        raise FlightError(f"{where}: a line needs `at`, a number of seconds; the file is damaged")
    if isinstance(kind := value.get("note"), str) and is_mapping(facts := value.get("facts", {})):
        return NoteLine(line=number, at=float(at), kind=kind, facts=dict[str, Any](facts))
    match value:
        case {
            "frame": "sent" | "received" as direction,
            "connection": int(connection),
            "command": str(command),
            "headers": headers,
        } if is_array(headers) and all(map(_is_header, headers)):
            size = value.get("size", 0)
            return FrameLine(
                line=number,
                at=float(at),
                direction=direction,
                connection=connection,
                command=command,
                headers=tuple((name, text) for name, text in headers),
                body=value.get("body"),
                size=size if isinstance(size, int) else 0,
            )
        case _:
            raise FlightError(f"{where}: this line is neither a frame nor a note; it is damaged")


def _is_header(value: object) -> bool:
    return is_array(value) and len(value) == 2 and all(isinstance(part, str) for part in value)
