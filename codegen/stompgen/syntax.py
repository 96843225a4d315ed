"""PyYAML's parser: its events, its errors in plain words, and JSON that it would refuse."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, cast

import yaml

# A scanner in C is some ten times faster.
FAST_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SLOW_SIZE = 1_000_000
"""Longer texts are not read a second time only for a better message."""
# In JSON text: an escaped backslash, which is to be left alone, or a pair of surrogates.
PAIR = re.compile(r"\\\\|\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def events(text: str, loader: Any = FAST_LOADER) -> Iterator[yaml.Event]:
    """Parse a text into events; raise YAMLError."""
    parse = cast("Callable[..., Iterator[yaml.Event]]", yaml.parse)
    return parse(text, Loader=loader)


def friendly(text: str) -> str:
    """Return JSON text so that a YAML 1.1 parser reads it, and any other text as it is.

    JSON is YAML 1.2, but this parser refuses tabs between tokens and pairs of surrogates.
    """
    if not text.lstrip().startswith(("{", "[")):
        return text
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return text
    return PAIR.sub(_join_pair, text.replace("\t", " "))  # JSON strings hold no bare tab


def _join_pair(match: re.Match[str]) -> str:
    if match[1] is None:
        return match[0]
    pair = bytes.fromhex(match[1]) + bytes.fromhex(match[2])
    return f"\\U{ord(pair.decode('utf-16-be')):08x}"


def syntax_error(text: str, error: yaml.YAMLError) -> tuple[int, int, str, str]:
    """Return line, column, what is wrong and advice.

    The scanners in C and in Python word their errors differently, so the one in Python is asked
    again: the message does not depend on how PyYAML was built.
    """
    if len(text) <= SLOW_SIZE:
        error = _error_in_python(text) or error
    if isinstance(error, yaml.reader.ReaderError):
        return _bad_character(text)
    mark = cast(Any, getattr(error, "problem_mark", None) or getattr(error, "context_mark", None))
    what = str(getattr(error, "problem", None) or "this is not YAML")
    if (context := cast("str | None", getattr(error, "context", None))) is not None:
        what = f"{what} {context}"
    if mark is None:
        return 1, 1, f"YAML syntax: {what}", ""
    line, column = int(mark.line) + 1, int(mark.column) + 1
    lines = text.split("\n")
    rest = lines[line - 1][column - 1 :] if line <= len(lines) else ""
    if rest.startswith("\t"):
        return line, column, "a tab stands where YAML allows only spaces", "indent with spaces"
    return line, column, f"YAML syntax: {what}", ""


def _error_in_python(text: str) -> yaml.YAMLError | None:
    try:
        for _ in events(text, yaml.SafeLoader):
            pass
    except yaml.YAMLError as exc:
        return exc
    return None


def _bad_character(text: str) -> tuple[int, int, str, str]:
    match = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if match is None:
        return 1, 1, "a character that YAML does not allow", "remove it"
    before = text[: match.start()]
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return line, column, f"the character U+{ord(match[0]):04X} is not allowed", "remove it"
