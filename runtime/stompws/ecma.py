r"""ECMA-262 regular expressions, as JSON Schema patterns are written, for Python's `re`.

The two languages look alike and differ where it hurts: Python's `$` accepts a trailing newline, its
`\d` and `\w` know every alphabet, its `.` stops at one line terminator of four. So a pattern is
read here and written anew. What cannot be said in Python is refused, not approximated.
"""

import re
import sys
from functools import cache
from typing import Final, TypeAlias

Ranges: TypeAlias = list[tuple[int, int]]

_LAST: Final = sys.maxunicode
_DIGIT: Final[Ranges] = [(0x30, 0x39)]
_WORD: Final[Ranges] = [(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)]
# ECMA-262, WhiteSpace and LineTerminator
_SPACE: Final[Ranges] = [
    (0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A),
    (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF),
]  # fmt: skip
_LINE_END: Final[Ranges] = [(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)]
_CONTROL: Final = {"t": 0x09, "n": 0x0A, "v": 0x0B, "f": 0x0C, "r": 0x0D}
_SYNTAX: Final = frozenset("^$\\.*+?()[]{}|/-")
_QUANTIFIER: Final = re.compile(r"(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})\??")
_GROUPS: Final = re.compile(r"\((?:\?(?::|=|!|<=|<!|<[A-Za-z_$][A-Za-z0-9_$]*>))?")


def _inverse(ranges: Ranges) -> Ranges:
    """Every code point that is in none of the ranges."""
    gaps: Ranges = []
    start = 0
    for low, high in sorted(ranges):
        if low > start:
            gaps.append((start, low - 1))
        start = max(start, high + 1)
    return [*gaps, (start, _LAST)] if start <= _LAST else gaps


_CLASSES: Final = {
    "d": _DIGIT, "D": _inverse(_DIGIT), "w": _WORD, "W": _inverse(_WORD),
    "s": _SPACE, "S": _inverse(_SPACE),
}  # fmt: skip


def _char(code: int) -> str:
    """Write one code point so that no context gives it a meaning."""
    text = chr(code)
    return text if text.isascii() and text.isalnum() else f"\\U{code:08x}"


def _set(ranges: Ranges) -> str:
    if not ranges:
        return "(?!)"  # `[]` matches nothing
    parts = (_char(low) if low == high else f"{_char(low)}-{_char(high)}" for low, high in ranges)
    return f"[{''.join(parts)}]"


_WORD_SET: Final = _set(_WORD)
_ASSERTIONS: Final = {
    "b": f"(?:(?<={_WORD_SET})(?!{_WORD_SET})|(?<!{_WORD_SET})(?={_WORD_SET}))",
    "B": f"(?:(?<={_WORD_SET})(?={_WORD_SET})|(?<!{_WORD_SET})(?!{_WORD_SET}))",
}


class _Translator:
    """Reads one pattern from left to right and writes Python's spelling of it."""

    def __init__(self, pattern: str) -> None:
        self.pattern, self.at = pattern, 0

    def refuse(self, what: str, at: int | None = None) -> ValueError:
        place = self.at if at is None else at
        return ValueError(f"pattern {self.pattern!r}, position {place}: {what}")

    def peek(self, text: str) -> bool:
        return self.pattern.startswith(text, self.at)

    def translate(self) -> str:
        out: list[str] = []
        groups: list[bool] = []  # of each open group: may it be repeated?
        repeatable = False
        while self.at < len(self.pattern):
            char = self.pattern[self.at]
            if found := _QUANTIFIER.match(self.pattern, self.at):
                if not repeatable:
                    raise self.refuse("nothing to repeat")
                out.append(found[0])
                self.at, repeatable = found.end(), False
            elif char == "(":
                text, may_repeat = self.open_group()
                out.append(text)
                groups.append(may_repeat)
                repeatable = False
            elif char == ")":
                if not groups:
                    raise self.refuse("unbalanced parenthesis")
                out.append(")")
                self.at, repeatable = self.at + 1, groups.pop()
            elif char in "^$|":
                out.append({"^": r"\A", "$": r"\Z", "|": "|"}[char])
                self.at, repeatable = self.at + 1, False
            elif char == "\\" and self.pattern[self.at + 1 : self.at + 2] in ("b", "B"):
                out.append(_ASSERTIONS[self.pattern[self.at + 1]])
                self.at, repeatable = self.at + 2, False
            else:
                out.append(_set(self.atom(char)))
                repeatable = True
        if groups:
            raise self.refuse("unbalanced parenthesis")
        return "".join(out)

    def atom(self, char: str) -> Ranges:
        """Read what stands for one code point."""
        if char == "[":
            return self.bracket()
        if char == "\\":
            return self.escape()
        self.at += 1
        return _inverse(_LINE_END) if char == "." else [(ord(char), ord(char))]

    def open_group(self) -> tuple[str, bool]:
        found = _GROUPS.match(self.pattern, self.at)
        if found is None or (found[0] == "(" and self.peek("(?")):
            raise self.refuse("this kind of group is not ECMA-262")
        self.at = found.end()
        if found[0] in ("(?=", "(?!", "(?<=", "(?<!"):
            return found[0], False
        return "(?:", True  # captures are never asked for, and back-references are refused

    def escape(self, *, in_set: bool = False) -> Ranges:
        start = self.at
        char = self.pattern[start + 1 : start + 2]
        self.at += 2
        if char in _CLASSES:
            return _CLASSES[char]
        if char in _CONTROL:
            code = _CONTROL[char]
        elif char == "b" and in_set:
            code = 0x08
        elif char == "0" and not self.pattern[self.at : self.at + 1].isdigit():
            code = 0
        elif char == "c" and re.match("[A-Za-z]", self.pattern[self.at :]):
            code = ord(self.pattern[self.at]) % 32
            self.at += 1
        elif char == "x":
            code = self.hexadecimal(2)
        elif char == "u":
            code = self.code_point()
        elif char in _SYNTAX or (char and not char.isascii()):
            code = ord(char)
        elif char and not char.isalnum() and char != "_":
            code = ord(char)  # `\-`, `\@`: not needed, and harmless
        elif char.isdigit() or char == "k":
            raise self.refuse("back-references are not supported", start)
        elif char in ("p", "P"):
            raise self.refuse("Unicode property escapes are not supported", start)
        else:
            raise self.refuse(f"\\{char} is not ECMA-262", start)
        return [(code, code)]

    def hexadecimal(self, size: int) -> int:
        digits = self.pattern[self.at : self.at + size]
        if re.fullmatch(f"[0-9A-Fa-f]{{{size}}}", digits) is None:
            raise self.refuse(f"expected {size} hexadecimal digits")
        self.at += size
        return int(digits, 16)

    def code_point(self) -> int:
        if found := re.compile(r"\{([0-9A-Fa-f]{1,8})\}").match(self.pattern, self.at):
            self.at = found.end()
            if (code := int(found[1], 16)) > _LAST:
                raise self.refuse("there is no such code point")
            return code
        code = self.hexadecimal(4)
        if 0xD800 <= code < 0xDC00 and self.peek("\\u"):  # a pair of surrogates is one character
            before = self.at
            self.at += 2
            low = 0 if self.peek("{") else self.hexadecimal(4)
            if 0xDC00 <= low < 0xE000:
                return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
            self.at = before
        return code

    def bracket(self) -> Ranges:
        """Read `[…]`. There are no set operations here, unlike in the `v` mode of ECMA-262."""
        start = self.at
        self.at += 1
        if negated := self.peek("^"):
            self.at += 1
        ranges: Ranges = []
        while not self.peek("]"):
            low = self.member(start)
            following = self.pattern[self.at : self.at + 2]
            if not following.startswith("-") or following in ("-", "-]"):
                ranges += low
                continue
            dash = self.at
            self.at += 1
            high = self.member(start)
            if len(low) == len(high) == 1 and low[0][0] == low[0][1] and high[0][0] == high[0][1]:
                if low[0][0] > high[0][0]:
                    raise self.refuse("the range is out of order", dash)
                ranges.append((low[0][0], high[0][0]))
            else:
                raise self.refuse("a class cannot be the end of a range", dash)
        self.at += 1
        return _inverse(ranges) if negated else ranges

    def member(self, start: int) -> Ranges:
        if self.at >= len(self.pattern):
            raise self.refuse("unterminated character class", start)
        char = self.pattern[self.at]
        if char == "\\":
            return self.escape(in_set=True)
        self.at += 1
        return [(ord(char), ord(char))]


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile an ECMA-262 pattern for `search`. Raises ValueError for what cannot be translated."""
    translated = _Translator(pattern).translate()
    try:
        return re.compile(translated)
    except (re.error, OverflowError) as exc:
        raise ValueError(f"pattern {pattern!r}: {exc}") from None
