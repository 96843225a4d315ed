"""The values that messages are made of: JSON as Python, texts that keep their spelling, absence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, Final, Self, TypeAlias, TypeGuard, TypeVar

from .masking import show_mapping, show_names

T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound=StrEnum)

Json: TypeAlias = (
    bool | int | Decimal | str | list["Json"] | tuple["Json", ...] | Mapping[str, "Json"] | None
)
"""A JSON value. A number with a fraction or an exponent is a `Decimal`, never a float."""

_RFC_3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]"
    r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Tell whether a value is a tuple, and type checkers that its items may be anything."""
    return type(value) is tuple


def is_array(value: object) -> TypeGuard[Sequence[Any]]:
    """Tell whether a value is what JSON writes as an array."""
    return isinstance(value, list | tuple)


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Tell whether a value is what JSON writes as an object."""
    return isinstance(value, Mapping)


class Absent(Enum):
    """The type of `ABSENT`."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"

    def __bool__(self) -> bool:
        return False


ABSENT: Final = Absent.ABSENT
"""Stands for a field that is not there, where `None` stands for null."""


class FrozenMap(Mapping[str, T_co]):
    """A mapping that cannot be changed, so that a frozen message stays as it was checked."""

    __slots__ = ("_data",)

    def __init__(self, data: Mapping[str, T_co]) -> None:
        self._data: Final = dict(data)

    def __getitem__(self, key: str) -> T_co:
        return self._data[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def __hash__(self) -> int:
        return hash(frozenset(self._data))  # by names alone: the values may be lists

    def __repr__(self) -> str:
        return f"{type(self).__name__}({show_mapping(self._data)})"

    def __reduce__(self) -> tuple[type[Self], tuple[dict[str, T_co]]]:
        return type(self), (self._data,)


class UnknownFields(FrozenMap[Json]):
    """What the schema does not name. Its `repr` shows names only: nobody knows what it holds."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"UnknownFields(names={show_names(self)})"


NO_FIELDS: Final = UnknownFields({})
NO_REST: Final[FrozenMap[Any]] = FrozenMap({})
"""No properties besides those with fields of their own."""


def pseudo_member(cls: type[E], text: str) -> E:
    """Make a member that is not registered with its class: it compares as its text does."""
    member = str.__new__(cls, text)
    member._name_ = member._value_ = text
    return member


class OpenStrEnum(StrEnum):
    """An enumeration that expects new values: each makes a member that is not registered."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return pseudo_member(cls, value) if type(value) is str else None

    @property
    def is_known(self) -> bool:
        """True when the specification names this value. Others are kept, but never sent."""
        return self._value_ in type(self)._value2member_map_

    def __reduce_ex__(self, _protocol: object) -> tuple[type[Self], tuple[str]]:
        # By value: some releases of Python 3.11 look members up by name, and ours may have none.
        return type(self), (self._value_,)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: object) -> Self:
        return self


class DateTime(str):
    """A date-time as it stood on the wire: `…Z` comes back as `…Z`. The text may be odd."""

    __slots__ = ()

    @classmethod
    def of(cls, moment: datetime) -> Self:
        """Write a moment as RFC 3339 does. It must know its time zone."""
        if moment.utcoffset() is None:
            raise ValueError("a date-time needs a time zone")
        text = moment.isoformat()
        return cls(text.removesuffix("+00:00") + "Z" if moment.tzinfo is UTC else text)

    @property
    def moment(self) -> datetime | None:
        """The moment meant, with its time zone, or None when the text is not RFC 3339."""
        if _RFC_3339.fullmatch(self) is None:
            return None
        try:
            return datetime.fromisoformat(self.upper())
        except ValueError:  # the 30th of February, the 61st second
            return None


class Date(str):
    """A date as it stood on the wire. The text may be odd."""

    __slots__ = ()

    @classmethod
    def of(cls, day: date) -> Self:
        """Write a day as RFC 3339 does."""
        return cls(f"{day:%Y-%m-%d}" if isinstance(day, datetime) else day.isoformat())

    @property
    def day(self) -> date | None:
        """The day meant, or None when the text is not RFC 3339."""
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", self) is None:
            return None
        try:
            return date.fromisoformat(self)
        except ValueError:
            return None
