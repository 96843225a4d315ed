# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 92efdc6486d3…
"""What messages of several tags, or of none, are made of."""

from decimal import Decimal
from enum import StrEnum
from typing import Literal, Never

import attrs

from stompws.compound import Among, Fits, Nothing
from stompws.rules import (
    Anything,
    Choice,
    Const,
    DateText,
    Integer,
    Nullable,
    Number,
    Text,
    optional,
)
from stompws.shapes import ABSENT, Absent, Date, Json, Struct, field_info


class Level(StrEnum):
    """A message that is one of some texts.

    Source: #/components/schemas/Level
    """

    LOW = "low"
    HIGH = "high"


@attrs.frozen(kw_only=True)
class LevelMessage(Struct):
    """A message that is one of some texts.

    Source: #/components/schemas/Level
    """

    value: Level = attrs.field(validator=Choice(Level), metadata=field_info("value", kind="whole"))
    """What travels: the JSON value itself."""


class ValuesWords(StrEnum):
    """Schema `ValuesWords`.

    Source: #/components/schemas/Values/properties/words
    """

    MRO_ = "mro"
    NAME = "name"
    VALUE = "value"
    FIELD_X_ = "_x_"
    CLASS = "__class__"
    FIELD_ = ""
    FIELD_1 = "1"
    A_B_ATRG = "a b"
    A_B = "A B"
    NONE = "None"
    Ä = "ä"


@attrs.frozen(kw_only=True)
class Values_(Struct):
    """Schema `Values_`.

    Source: #/components/schemas/Values
    """

    version: Literal[2] = attrs.field(
        init=False, default=2, validator=Const(2), metadata=field_info("version")
    )
    """The field 'version'.

    Always 2.
    """

    level: Level = attrs.field(validator=Choice(Level), metadata=field_info("level"))
    """A message that is one of some texts."""

    amount: Decimal | None = attrs.field(
        default=None, validator=optional(Number(exclusive_minimum=0)), metadata=field_info("amount")
    )
    """The field 'amount'.

    Limits: more than 0. Format: decimal.
    """

    bytes: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("bytes")
    )
    """The field 'bytes'.

    Format: binary.
    """

    day: Date | None = attrs.field(
        default=None,
        validator=optional(Fits(DateText(), {"minLength": 10})),
        metadata=field_info("day"),
    )
    """The field 'day'.

    Checked too: minLength.
    """

    exact: Json | Absent = attrs.field(
        default=ABSENT,
        validator=optional(Fits(Anything(), {"const": {"a": [1, True, None]}})),
        metadata=field_info("exact"),
    )
    """The field 'exact'.

    Checked too: const.
    """

    flag: Literal[True] | None = attrs.field(
        default=None, validator=optional(Among(True)), metadata=field_info("flag")
    )
    """The field 'flag'."""

    id: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("id")
    )
    """The field 'id'.

    Format: uuid. When it is left out, "none" is meant.
    """

    impossible: Never | None = attrs.field(
        default=None, validator=optional(Nothing()), metadata=field_info("impossible")
    )
    """The field 'impossible'."""

    mail: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("mail")
    )
    """The field 'mail'.

    Format: email.
    """

    mixed: Literal["auto", 1, True] | Absent | None = attrs.field(
        default=ABSENT,
        validator=optional(Nullable(Among("auto", 1, True))),
        metadata=field_info("mixed"),
    )
    """The field 'mixed'."""

    off: None | Absent = attrs.field(
        default=ABSENT, validator=optional(Const(None)), metadata=field_info("off")
    )
    """The field 'off'.

    Always null.
    """

    old: int | Absent | None = attrs.field(
        default=ABSENT,
        validator=optional(Nullable(Integer(exclusive_minimum=5))),
        metadata=field_info("old"),
    )
    """The field 'old'.

    Limits: more than 5.
    """

    ratio: Decimal | None = attrs.field(
        default=None,
        validator=optional(Fits(Number(), {"const": 0.5})),
        metadata=field_info("ratio"),
    )
    """The field 'ratio'.

    Checked too: const.
    """

    shapes: Json | Absent = attrs.field(
        default=ABSENT,
        validator=optional(Fits(Anything(), {"enum": [{"a": 1}, [1]]})),
        metadata=field_info("shapes"),
    )
    """The field 'shapes'.

    Checked too: enum.
    """

    sizes: Decimal | None = attrs.field(
        default=None,
        validator=optional(Fits(Number(), {"enum": [0.5, 1, 2.0]})),
        metadata=field_info("sizes"),
    )
    """The field 'sizes'.

    Checked too: enum.
    """

    steps: Literal[1, 2, 3] | None = attrs.field(
        default=None, validator=optional(Among(1, 2, 3)), metadata=field_info("steps")
    )
    """The field 'steps'."""

    text: Json | Absent = attrs.field(
        default=ABSENT,
        validator=optional(Fits(Anything(), {"maximum": 9, "minLength": 2})),
        metadata=field_info("text"),
    )
    """The field 'text'.

    Checked too: maximum, minLength.
    """

    words: ValuesWords | None = attrs.field(
        default=None, validator=optional(Choice(ValuesWords)), metadata=field_info("words")
    )
    """The field 'words'."""
