# Generated from spec.yaml by stompgen. Do not edit.
# API 1____import os, sha256 8ebcb0c04f6a…
"""Messages of the tag `class`."""

from enum import StrEnum
from typing import Literal

import attrs

from stompws.rules import Choice, Const, Integer, Text, optional
from stompws.shapes import OpenStrEnum, Struct, field_info, frozen


class HostileEnum(StrEnum):
    """Schema `HostileEnum`.

    say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote"

    Source: #/components/schemas/HostileEnum
    """

    BACK_ = "back\\"
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
    N_QAZT = '"""'
    FIELD_ = "'"
    A_B_C = "a'b\"c"
    N7_7 = "{{ 7*7 }}"
    RAW = "{% raw %}"
    NEW_LINE = "new\nline"
    FIELD_EVIL = "\u202eevil"
    NONE = "None"
    TRUE = "True"
    CLASS = "class"
    MRO_ = "mro"
    NAME = "name"
    X = "__x__"
    N = ""
    A_YRMB = "a"
    A = "A"
    IMPORT_OS = "import os"


class HostileOpenEnum(OpenStrEnum):
    """Schema `HostileOpenEnum`.

    New values are expected: one that is not listed is kept.

    Source: #/components/schemas/HostileOpenEnum
    """

    FIELD_ = ""
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
    N = '"""'
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
    N_ZIAJ = "'"
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
    A = "A"
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
    NONE = "None"
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
    TRUE = "True"
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
    X = "__x__"
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
    A_YRMB = "a"
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
    A_B_C = "a'b\"c"
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
    BACK_ = "back\\"
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
    CLASS = "class"
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
    IMPORT_OS = "import os"
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
    MRO_ = "mro"
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
    NAME = "name"
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
    NEW_LINE = "new\nline"
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
    RAW = "{% raw %}"
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
    N7_7 = "{{ 7*7 }}"
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
    FIELD_EVIL = "\u202eevil"
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """


@frozen(kw_only=True)
class HostilePayload(Struct):
    """Schema `HostilePayload`.

    say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote"

    Source: #/components/schemas/HostilePayload (s; confidence low). say \"\"\"hi\"\"\" \\ and
    \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    class_: str = attrs.field(
        validator=Text(pattern="^[\"'\\\\{} 0-9*]+$"), metadata=field_info("class", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Limits: pattern `^["'\\\\{} 0-9*]+$`. Format: \"\"\"\\. When it is left out, "\\"\\"\\"\\\\'{{
    7*7 }}" is meant. Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }}
    {% if x %} it's \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    field_1st: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("1st", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    none: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("None", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    init: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("__init__", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    a_b: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info('a"""b', guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    attrs_: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("attrs", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    back_slash: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("back\\slash", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    field_info_: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("field_info", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    from_: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("from", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Format: \"\"\"\\. When it is left out, "say \\"\\"\\"hi\\"\\"\\" \\\\ and \u202e turn {{ 7 * 7
    }} {% if x %} it's \\u0007 \\"\\n\\n- a list\\n- of 'two'\\n\\n    code = 1\\n\\nends with a
    quote\\"" is meant. Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }}
    {% if x %} it's \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    int_: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("int", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    list: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("list", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    optional_: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("optional", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    print: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("print", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    self_: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("self", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    str_: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("str", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    tuple_: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("tuple", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    type: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("type", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    unknown_fields_: str | None = attrs.field(
        default=None,
        validator=optional(Text()),
        metadata=field_info("unknown_fields", guessed=True),
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    x_import_os: str | None = attrs.field(
        default=None,
        validator=optional(Text()),
        metadata=field_info("x'; import os #", guessed=True),
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    n7_7: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("{{ 7*7 }}", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    evil: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("\u202eevil", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """

    日本: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("日本", guessed=True)
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Source: s; confidence low. say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's
    \x07 " - a list - of 'two' code = 1 ends with a quote"
    """


@frozen(kw_only=True)
class HostileReply(Struct):
    """Schema `HostileReply`.

    Source: #/components/schemas/HostileReply
    """

    constant: Literal['"""\\'] | None = attrs.field(
        default=None, validator=optional(Const('"""\\')), metadata=field_info("constant")
    )
    """The field 'constant'.

    Always "\\"\\"\\"\\\\".
    """

    open: HostileOpenEnum | None = attrs.field(
        default=None, validator=optional(Choice(HostileOpenEnum)), metadata=field_info("open")
    )
    """The field 'open'."""

    unit: int | None = attrs.field(
        default=None, validator=optional(Integer()), metadata=field_info("unit", unit='"""\\')
    )
    """The field 'unit'.

    Unit: \"\"\"\\ of say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """

    value: HostileEnum | None = attrs.field(
        default=None, validator=optional(Choice(HostileEnum)), metadata=field_info("value")
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".
    """
