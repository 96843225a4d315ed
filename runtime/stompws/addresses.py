"""Addresses with parameters, such as `/topic/chat/{roomId}`: filled in, and read back."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import attrs

from .errors import LocalProtocolError
from .masking import show
from .records import Record

_EXPRESSION = re.compile(r"\{([^{}]*)\}")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f/{}]")


@attrs.frozen(kw_only=True)
class Parameter(Record):
    """A part of an address that is known at run time, always a text."""

    name: str
    """As the address spells it."""
    argument: str
    """As methods spell it."""
    enum: tuple[str, ...] = ()
    """The values that are allowed; any when empty."""
    default: str | None = None
    location: str | None = None
    """Run-time expression of where a message says it, such as `$message.payload#/user/id`."""


def fill(template: str, parameters: Sequence[Parameter], values: Mapping[str, str]) -> str:
    """Return the address with all parameters filled in; `values` are by name.

    Raises:
        LocalProtocolError: One is missing and has no default, is not allowed, or holds what would
            make another address of it: a slash, a brace or a control character. Or nothing.
    """
    known = {parameter.name: parameter for parameter in parameters}

    def value_of(match: re.Match[str]) -> str:
        name = match[1]
        if (parameter := known.get(name)) is None:
            return match[0]  # no parameter: braces that are meant
        value = values.get(name, parameter.default)
        if value is None:
            raise LocalProtocolError(f"{show(template)}: {parameter.argument}=… is missing")
        if parameter.enum and value not in parameter.enum:
            allowed = ", ".join(parameter.enum)
            raise LocalProtocolError(f"{parameter.argument}: expected one of {allowed}")
        if not value or _FORBIDDEN.search(value):
            text = "expected a text that is not empty, without slash, brace or control character"
            raise LocalProtocolError(f"{parameter.argument}: {text}")
        return value

    return _EXPRESSION.sub(value_of, template)


def read(template: str, parameters: Sequence[Parameter], address: str) -> Mapping[str, str] | None:
    """Return the values by name when the address fits the template, None when it does not."""
    names = tuple(parameter.name for parameter in parameters)
    found = _pattern(template, names).fullmatch(address)
    if found is None:
        return None
    # A parameter that the template names twice has the same value in both places.
    values: dict[str, str] = {}
    for name, value in zip(_expressions(template, names), found.groups(), strict=True):
        if values.setdefault(name, value) != value:
            return None
    allowed = {parameter.name: parameter.enum for parameter in parameters}
    fits = all(not allowed[name] or value in allowed[name] for name, value in values.items())
    return values if fits else None


def _expressions(template: str, names: tuple[str, ...]) -> list[str]:
    return [name for name in _EXPRESSION.findall(template) if name in names]


@lru_cache(maxsize=512)
def _pattern(template: str, names: tuple[str, ...]) -> re.Pattern[str]:
    parts: list[str] = []
    end = 0
    for match in _EXPRESSION.finditer(template):
        if match[1] in names:
            parts += [re.escape(template[end : match.start()]), "([^/{}]+)"]
            end = match.end()
    return re.compile("".join([*parts, re.escape(template[end:])]))
