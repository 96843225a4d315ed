r"""Regular expressions of JSON Schema (ECMA-262) as Python understands them.

What differs: `$` matches only at the very end, never before a last line break; `\d` and `\w` are
ASCII; `.` stops at four line ends; named groups and escapes are spelled differently.
"""

import re
import warnings

END = r"\Z"
DOT = "[^\\n\\r\\u2028\\u2029]"
SPACES = "\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"
CLASSES = {"d": "0-9", "w": "A-Za-z0-9_", "s": SPACES}
TOKEN = re.compile(
    r"\\u\{[0-9a-fA-F]+\}|\\c[A-Za-z]|\\k<|\\.|\(\?<(?![=!])|\(\?(?![:=!<])|[*+?]\+|\[\^?|\]|.",
    re.DOTALL,
)


class BadPatternError(ValueError):
    """A pattern that is not a regular expression, or one that Python has no equivalent for."""


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of a schema; `search` with it. Raises BadPatternError."""
    try:
        with warnings.catch_warnings():
            # Python warns of sets that may mean something else in its future; ours mean it not.
            warnings.simplefilter("ignore", FutureWarning)
            return re.compile(_translate(pattern))
    except (re.error, OverflowError, RecursionError) as exc:
        raise BadPatternError(str(exc)) from None


def _translate(pattern: str) -> str:
    parts: list[str] = []
    inside = False
    for piece in TOKEN.findall(pattern):
        if inside:
            inside = piece != "]"
            parts.append(_in_class(piece))
        elif piece.startswith("["):
            inside = True
            parts.append(piece)
        else:
            parts.append(_outside(piece))
    return "".join(parts)


def _outside(piece: str) -> str:
    if piece == "$":
        return END
    if piece == ".":
        return DOT
    if piece == "(?<":
        return "(?P<"
    if piece == "(?":
        raise BadPatternError("'(?' begins a group that ECMA-262 does not have")
    if len(piece) == 2 and piece[0] in "*+?":
        raise BadPatternError(f"{piece!r}: two quantifiers follow each other")
    if piece == "\\k<":
        raise BadPatternError("references to named groups are not supported")
    if piece[0] == "\\" and len(piece) > 1 and (chars := CLASSES.get(piece[1].lower())):
        return f"[{'^' if piece[1].isupper() else ''}{chars}]"
    return _escape(piece)


def _in_class(piece: str) -> str:
    if piece.startswith("["):  # a bracket in a class is a bracket
        return piece.replace("[", "\\[").replace("^", "\\^")
    if piece == "(?<":
        return "(?<"
    if piece[0] == "\\" and len(piece) > 1 and piece[1] in CLASSES:
        return CLASSES[piece[1]]
    if piece[0] == "\\" and len(piece) > 1 and piece[1] in "DWS":
        raise BadPatternError(f"{piece} inside brackets is not supported")
    return "\\x08" if piece == "\\b" else _escape(piece)


def _escape(piece: str) -> str:
    """Translate an escape that means the same inside and outside of brackets."""
    if piece.startswith("\\u{"):
        number = int(piece[3:-1], 16)
        if number > 0x10FFFF:
            raise BadPatternError(f"{piece} is no character")
        return f"\\U{number:08x}"
    if piece.startswith("\\c") and len(piece) == 3:
        return f"\\x{ord(piece[2]) % 32:02x}"
    if len(piece) == 2 and piece[0] == "\\":
        if piece[1] in "pP":
            raise BadPatternError(f"{piece}{{…}} is not supported")
        if piece[1] in "AZ" or not (piece[1].isalnum()):
            return re.escape(piece[1])
    return piece
