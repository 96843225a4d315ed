"""What frozen attrs classes share, so that attrs need not compile it for each of them."""

from functools import cache
from operator import attrgetter
from typing import Any

import attrs

from .late_init import Signature, is_late, late_init
from .masking import show

_SHARED = ("__eq__", "__hash__", "__repr__")


class Record:
    """Base of small immutable classes: equality by fields, hash and repr, and a late constructor.

    attrs compiles these methods anew for every class, and that is most of the time it takes to
    import a package of many messages. It leaves alone what a class has in its own namespace; so
    the shared ones are put there before the decorator looks. They respect `eq`, `hash` and `repr`
    of the fields as attrs' own do. What `repr` shows is searched for card numbers, which can stand
    in any text that somebody else wrote.
    """

    __slots__ = ()
    __signature__ = Signature()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        own = cls.__dict__.get("__init__")
        if own is None or is_late(own):  # attrs makes a class with slots a second time
            setattr(cls, "__init__", late_init(cls))  # noqa: B010 - checkers see that of attrs
        for name in _SHARED:
            if name not in cls.__dict__:
                setattr(cls, name, _inherited(cls, name))

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        cls: Any = self.__class__
        return all(get(self) == get(other) for get in _compared(cls))

    def __hash__(self) -> int:
        cls: Any = self.__class__
        return hash((cls, *(get(self) for get in _hashed(cls))))

    def __repr__(self) -> str:
        cls: Any = self.__class__
        shown = (f"{name}={write(getattr(self, name))}" for name, write in _shown(cls))
        return f"{cls.__qualname__}({', '.join(shown)})"


def _inherited(cls: type[Any], name: str) -> Any:
    """Return what the class inherits, a method of its own base before the shared one."""
    return next(base.__dict__[name] for base in cls.__mro__[1:] if name in base.__dict__)


@cache
def _compared(cls: type[Any]) -> tuple[Any, ...]:
    return tuple(attrgetter(field.name) for field in attrs.fields(cls) if field.eq)


@cache
def _hashed(cls: type[Any]) -> tuple[Any, ...]:
    return tuple(
        attrgetter(field.name)
        for field in attrs.fields(cls)
        if (field.eq if field.hash is None else field.hash)
    )


@cache
def _shown(cls: type[Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (field.name, field.repr if callable(field.repr) else show)
        for field in attrs.fields(cls)
        if field.repr
    )
