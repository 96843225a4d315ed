"""Text of a document in Markdown and TOML: it says what it says, and changes nothing around it."""

import re

SPECIAL = re.compile(r"([\\`*_\[\]<>&|#~$@]|:(?=//)|(?<=\bwww)\.)", re.IGNORECASE)
"""What means something in the middle of a line; the last two make links of addresses."""


def markdown(text: str) -> str:
    """Write a text as one line of Markdown in which nothing is markup."""
    return SPECIAL.sub(r"\\\1", _visible(" ".join(text.split())))


def code(text: str) -> str:
    """Write a text as a span of code on one line."""
    shown = _visible(" ".join(text.split()))
    fence = "`" * (max((len(run) for run in re.findall("`+", shown)), default=0) + 1)
    return f"{fence} {shown} {fence}" if "`" in shown or not shown else f"`{shown}`"


def toml(text: str) -> str:
    """Write a text as a string of TOML."""
    return '"' + "".join(map(_toml_character, text)) + '"'


def _toml_character(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    number = ord(char)
    if 0xD800 <= number < 0xE000:  # a lone surrogate is no character
        number = 0xFFFD
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _visible(text: str) -> str:
    """Write control characters and marks that steer the direction of text as escapes."""
    return "".join(
        char
        if char.isprintable()
        else char.encode("unicode_escape", "surrogatepass").decode("ascii")
        for char in text
    )
