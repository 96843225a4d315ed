"""What a rule is: an attrs validator that also tells the codec how a value stands on the wire.

Each rule exists twice, once fast (`accepts`) and once in words (`violations`); the tests hold the
two together. No text ever quotes the value.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar

import attrs

from .errors import InvalidMessageError, Problem
from .records import Record
from .values import Json

T = TypeVar("T")
Violation: TypeAlias = tuple[str, str]
"""Where below the value (`""`, `[2]`, `.name`), and what was expected there."""
Accepts: TypeAlias = Callable[[object], bool]


class Misfit(ValueError):  # noqa: N818 - a signal inside the codec, not an error to users
    """The JSON value is of a type that the rule cannot hold at all."""


def kind_of(value: object) -> str:
    """Name a value's JSON type, or its Python type when it has none."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float | Decimal):
        return "float" if isinstance(value, float) else "number"
    if type(value) is str:
        return "string"
    if isinstance(value, list):
        return "array"
    return "object" if isinstance(value, dict) else type(value).__name__


@attrs.frozen
class Rule(Record):
    """What one schema says of one value. Calling it makes it an attrs validator."""

    accepts: Accepts = attrs.field(init=False, eq=False, repr=False)
    """Tells whether a Python value is right: as `violations` does, and fast."""

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "accepts", self.compiled())

    def compiled(self) -> Accepts:
        """Make `accepts`."""
        return lambda value: not self.violations(value)

    @property
    def nullable(self) -> bool:
        """True when the JSON value null is among the accepted ones."""
        return False

    def violations(self, value: object) -> Sequence[Violation]:
        """Tell everything that is wrong with a Python value; not inside the structs it holds."""
        raise NotImplementedError

    def from_wire(self, wire: Json) -> object:
        """Turn the JSON value into the Python one, or raise `Misfit`. Limits are not looked at."""
        raise NotImplementedError

    def parts(self) -> Sequence["Rule"]:
        """Rules of the values inside this value."""
        return ()

    def structs(self) -> Sequence[type[Any]]:
        """Classes that a value of this rule can be an instance of."""
        return ()

    def __call__(self, instance: Any, attribute: "attrs.Attribute[T]", value: T) -> None:
        """Refuse a value, as attrs asks its validators to."""
        # With Any in place of T, pyright would take the default of a Literal field for a str.
        if not self.accepts(value):
            info: Mapping[Any, Any] = attribute.metadata
            path, guessed = f"$.{info.get('wire', attribute.name)}", bool(info.get("guessed"))
            found = [Problem(path + at, text, guessed) for at, text in self.violations(value)]
            raise InvalidMessageError(type(instance).__name__, found) from None


def misfit(expected: str, value: object) -> Misfit:
    """Make the signal that a value is of another type."""
    return Misfit(f"expected {expected}, got {kind_of(value)}")
