"""Constructors of attrs classes that are compiled when the first instance is made.

attrs compiles one for each class when the class is defined, and that is most of the time it takes
to import a package of many messages, of which a program makes a few. It leaves alone what a class
has in its own namespace; so these stand there before the decorator looks. They do what attrs' own
do: keywords or positions, defaults, factories, converters, validators (unless those are disabled)
and `__attrs_post_init__`.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

if TYPE_CHECKING:
    # What checkers know of attrs' decorator holds for ours.
    from attrs import frozen as frozen

C = TypeVar("C", bound=type[Any])
Init = Callable[..., None]
Fields = list["attrs.Attribute[Any]"]

_FACTORY: Final[Any] = attrs.Factory  # a class; its stubs show a function
_LATE: Final = "__is_late__"


def _frozen(*, kw_only: bool = False) -> Callable[[C], C]:
    """Make frozen attrs classes with a late constructor: they derive from `Record`.

    attrs writes, and compiles, code for the fields that it sees. So it is shown their names only,
    and the class gets the whole fields afterwards.
    """

    def decorate(cls: C) -> C:
        whole: Fields = []

        def hide(_: type[Any], fields: Fields) -> Fields:
            whole.extend(fields)
            return [_bare(field) for field in fields]

        made: Any = attrs.frozen(cls, kw_only=kw_only, field_transformer=hide)
        made.__attrs_attrs__ = type(made.__attrs_attrs__)(
            field if field.alias else field.evolve(alias=field.name.lstrip("_")) for field in whole
        )
        decorated: C = made
        return decorated

    return decorate


if not TYPE_CHECKING:
    frozen = _frozen


_BARE: Final[dict[tuple[str, bool], "attrs.Attribute[Any]"]] = {}


def _bare(field: Any) -> "attrs.Attribute[Any]":
    """A field of the same name that attrs has nothing to do for."""
    key = field.name, field.inherited
    if (found := _BARE.get(key)) is None:
        found = _BARE[key] = field.evolve(
            default=attrs.NOTHING, validator=None, converter=None, init=False, metadata={}
        )
    return found


def is_late(function: object) -> bool:
    """Tell whether a constructor stands for one that is not compiled yet."""
    return hasattr(function, _LATE)


def late_init(cls: type[Any]) -> Init:
    """Return a constructor for a class, to be compiled at the first call."""

    def __init__(self: Any, *args: Any, **values: Any) -> None:  # noqa: N807 - what it is
        compiled(cls)(self, *args, **values)

    setattr(__init__, _LATE, True)
    return __init__


def compiled(cls: type[Any]) -> Init:
    """Return the constructor of a class, compiled."""
    made: Init = cls.__dict__["__init__"]
    if is_late(made):
        made = _compile(cls)
        type.__setattr__(cls, "__init__", made)
    return made


class Signature:
    """What `inspect.signature` and `help` ask a class for."""

    def __get__(self, instance: object, cls: type[Any]) -> object:
        if instance is not None or "__init__" not in cls.__dict__:
            raise AttributeError("__signature__")
        # Needed by nobody who only makes messages.
        import inspect

        whole = inspect.signature(compiled(cls))
        return whole.replace(parameters=list(whole.parameters.values())[1:])


def _compile(cls: type[Any]) -> Init:
    fields: tuple[Any, ...] = attrs.fields(cls)
    scope: dict[str, Any] = {"put": object.__setattr__, "disabled": attrs.validators.get_disabled}
    scope["NOTHING"] = attrs.NOTHING
    positional: list[str] = []
    keywords: list[str] = []
    lines: list[str] = []
    checks: list[str] = []
    hints: dict[str, Any] = {"return": None}
    for index, field in enumerate(fields):
        value = f"value_{index}"
        if field.init:
            parameter = field.alias or field.name
            (keywords if field.kw_only else positional).append(
                parameter + _default(field, index, scope)
            )
            hints[parameter] = field.type
            lines.append(f"{value} = {parameter}")
            if isinstance(field.default, _FACTORY):
                lines.append(f"if {value} is NOTHING: {value} = {_made(field, index, scope)}")
        elif isinstance(field.default, _FACTORY):
            lines.append(f"{value} = {_made(field, index, scope)}")
        elif field.default is not attrs.NOTHING:
            scope[f"default_{index}"] = field.default
            lines.append(f"{value} = default_{index}")
        else:
            continue
        if field.converter is not None:
            scope[f"convert_{index}"] = field.converter
            lines.append(f"{value} = convert_{index}({value})")
        lines.append(f"put(self, {field.name!r}, {value})")
        if field.validator is not None:
            scope[f"validate_{index}"], scope[f"field_{index}"] = field.validator, field
            scope[f"accepts_{index}"] = getattr(field.validator, "accepts", None)
            fits = f"accepts_{index}({value}) or " if scope[f"accepts_{index}"] else ""
            checks.append(f"{fits}validate_{index}(self, field_{index}, {value})")
    if checks:
        lines += ["if not disabled():", *(f"    {check}" for check in checks)]
    if hasattr(cls, "__attrs_post_init__"):
        lines.append("self.__attrs_post_init__()")
    parameters = ", ".join(["self", *positional, *(["*", *keywords] if keywords else [])])
    body = "\n".join(f"    {line}" for line in lines or ["pass"])
    source = f"def __init__({parameters}):\n{body}"
    # As attrs does. Nothing of a document stands in it, but names that are already attributes.
    exec(compile(source, f"<init {cls.__name__}>", "exec"), scope)  # noqa: S102
    made: Any = scope["__init__"]
    made.__annotations__ = hints
    made.__module__, made.__qualname__ = cls.__module__, f"{cls.__qualname__}.__init__"
    found: Init = made
    return found


def _default(field: Any, index: int, scope: dict[str, Any]) -> str:
    if field.default is attrs.NOTHING:
        return ""
    if isinstance(field.default, _FACTORY):
        return "=NOTHING"
    scope[f"default_{index}"] = field.default
    return f"=default_{index}"


def _made(field: Any, index: int, scope: dict[str, Any]) -> str:
    factory: Any = field.default
    scope[f"make_{index}"] = factory.factory
    return f"make_{index}({'self' if factory.takes_self else ''})"
