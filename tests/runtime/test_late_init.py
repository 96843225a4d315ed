"""Constructors that are compiled at the first instance do what attrs' own do."""

import inspect
from typing import Any

import attrs
import pytest

from stompws.errors import InvalidMessageError
from stompws.late_init import is_late
from stompws.records import Record
from stompws.rules import Const, Integer, Text, optional
from stompws.shapes import Struct, field_info, frozen


def fresh() -> Any:
    """A message class of which no instance was made."""

    @frozen(kw_only=True)
    class Fresh(Struct):
        kind: str = attrs.field(
            init=False, default="fresh", validator=Const("fresh"), metadata=field_info("kind")
        )
        size: int = attrs.field(validator=Integer(minimum=1), metadata=field_info("size"))
        note: str | None = attrs.field(
            default=None, validator=optional(Text()), metadata=field_info("note")
        )

    return Fresh


def test_nothing_is_compiled_before_the_first_instance() -> None:
    """That is what importing many messages saves."""
    cls = fresh()
    assert is_late(cls.__init__)
    cls(size=1)
    assert not is_late(cls.__init__)


def test_the_constructor_checks_and_fills_in() -> None:
    """Defaults, constants and validators are those of the fields."""
    cls = fresh()
    made = cls(size=2)
    assert (made.kind, made.size, made.note) == ("fresh", 2, None)
    with pytest.raises(InvalidMessageError, match=r"Fresh: \$\.size: expected at least 1"):
        cls(size=0)
    with attrs.validators.disabled():
        assert cls(size=0).size == 0


@pytest.mark.parametrize("values", [{}, {"size": 1, "kind": "fresh"}, {"size": 1, "other": 1}])
def test_wrong_parameters_are_a_type_error_that_names_the_class(values: dict[str, Any]) -> None:
    """As for any function; the first call and the second are alike."""
    cls = fresh()
    for _ in range(2):
        with pytest.raises(TypeError, match=r"Fresh\.__init__\(\)"):
            cls(**values)
    with pytest.raises(TypeError, match=r"Fresh\.__init__\(\)"):
        cls(1)


def test_attrs_sees_whole_fields() -> None:
    """`attrs.fields`, `evolve` and `asdict` work as with attrs' own decorator."""
    cls = fresh()
    assert [field.name for field in attrs.fields(cls)] == ["unknown_fields", "kind", "size", "note"]
    assert attrs.fields(cls).size.validator == Integer(minimum=1)
    assert attrs.fields(cls).note.alias == "note"
    assert attrs.evolve(cls(size=1), size=3) == cls(size=3)
    assert attrs.asdict(cls(size=1))["size"] == 1
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        cls(size=1).size = 2


def test_tools_see_the_parameters() -> None:
    """`help` and editors that look at running code, before and after the first instance."""
    cls = fresh()
    for _ in range(2):
        parameters = inspect.signature(cls).parameters
        assert list(parameters) == ["unknown_fields", "size", "note"]
        assert parameters["size"].default is inspect.Parameter.empty
        assert parameters["note"].default is None
        cls(size=1)


def test_subclasses_have_constructors_of_their_own() -> None:
    """Made in any order; a constructor written by hand is left alone."""
    cls = fresh()

    @frozen(kw_only=True)
    class Wider(cls):  # type: ignore[misc]  # made at run time
        more: int = attrs.field(default=0, validator=Integer(), metadata=field_info("more"))

    assert Wider(size=1, more=2).more == 2
    assert cls(size=1).size == 1

    class ByHand(cls):  # type: ignore[misc]  # made at run time
        def __init__(self) -> None:
            super().__init__(size=5)

    assert ByHand().size == 5


def test_records_may_have_factories_converters_and_positions() -> None:
    """The runtime's own classes are made by attrs' decorator, with the same constructors."""

    @attrs.frozen
    class Own(Record):
        first: int = attrs.field(converter=int)
        _second: list[int] = attrs.Factory(list)
        third: int = attrs.field(
            init=False, default=attrs.Factory(lambda self: self.first + 1, takes_self=True)
        )
        seen: list[int] = attrs.field(factory=list, kw_only=True, eq=False)

        def __attrs_post_init__(self) -> None:
            self.seen.append(self.third)

    own = Own("1", [7])  # type: ignore[arg-type]  # the converter takes it
    assert (own.first, own._second, own.third, own.seen) == (1, [7], 2, [2])
    assert Own(1, second=[7]) == own
    assert Own(1)._second is not Own(1)._second
