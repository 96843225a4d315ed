# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 92efdc6486d3…
"""Codec of the messages in `common`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import ABSENT, NO_FIELDS, OBJECT, Decimal, Misfit, field_reader, field_writer, fragment, maker, members, number, quote, quoted, texts, unknown

from ..messages import common as types

type_Values_: Any = types.Values_
new_Values_ = maker(globals(), "new_Values_", types.Values_)
names_Values_ = frozenset(('version', 'level', 'amount', 'bytes', 'day', 'exact', 'flag', 'id', 'impossible', 'mail', 'mixed', 'off', 'old', 'ratio', 'shapes', 'sizes', 'steps', 'text', 'words',))
type_Level: Any = types.Level
members_Level = members(type_Level)
field_5 = field_reader(types.Values_, "day")
field_6 = field_reader(types.Values_, "exact")
field_7 = field_reader(types.Values_, "flag")
field_8 = field_reader(types.Values_, "impossible")
field_9 = field_reader(types.Values_, "mixed")
field_10 = field_reader(types.Values_, "ratio")
field_11 = field_reader(types.Values_, "shapes")
field_12 = field_reader(types.Values_, "sizes")
field_13 = field_reader(types.Values_, "steps")
field_14 = field_reader(types.Values_, "text")
type_ValuesWords: Any = types.ValuesWords
members_ValuesWords = members(type_ValuesWords)
quoted_Level = quoted(type_Level)
texts_Level = texts(type_Level)
writer_19 = field_writer(types.Values_, "day")
writer_20 = field_writer(types.Values_, "exact")
writer_21 = field_writer(types.Values_, "flag")
writer_22 = field_writer(types.Values_, "impossible")
writer_23 = field_writer(types.Values_, "mixed")
writer_24 = field_writer(types.Values_, "old")
writer_25 = field_writer(types.Values_, "ratio")
writer_26 = field_writer(types.Values_, "shapes")
writer_27 = field_writer(types.Values_, "sizes")
writer_28 = field_writer(types.Values_, "steps")
writer_29 = field_writer(types.Values_, "text")
quoted_ValuesWords = quoted(type_ValuesWords)
texts_ValuesWords = texts(type_ValuesWords)


def read_Values_(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Values_()
    get = wire.get
    n = 2
    v = wire['version']
    if type(v) is not int or v != 2: raise Misfit
    m.version = v
    v = wire['level']
    m.level = members_Level[v]
    v = get('amount')
    if v is None: m.amount = None
    else:
        if (e := v if type(v) is Decimal and v.is_finite() else number(v, seen, '"amount"')) <= 0: raise Misfit
        m.amount = e
        n += 1
    v = get('bytes')
    if v is None: m.bytes = None
    else:
        if type(v) is not str: raise Misfit
        m.bytes = v
        n += 1
    v = get('day')
    if v is None: m.day = None
    else:
        m.day = field_5(v, seen)
        n += 1
    v = get('exact', ABSENT)
    if v is ABSENT: m.exact = ABSENT
    else:
        m.exact = field_6(v, seen)
        n += 1
    v = get('flag')
    if v is None: m.flag = None
    else:
        m.flag = field_7(v, seen)
        n += 1
    v = get('id')
    if v is None: m.id = None
    else:
        if type(v) is not str: raise Misfit
        m.id = v
        n += 1
    v = get('impossible')
    if v is None: m.impossible = None
    else:
        m.impossible = field_8(v, seen)
        n += 1
    v = get('mail')
    if v is None: m.mail = None
    else:
        if type(v) is not str: raise Misfit
        m.mail = v
        n += 1
    v = get('mixed', ABSENT)
    if v is ABSENT: m.mixed = ABSENT
    else:
        m.mixed = field_9(v, seen)
        n += 1
    v = get('off', ABSENT)
    if v is ABSENT: m.off = ABSENT
    else:
        if v is not None: raise Misfit
        m.off = v
        n += 1
    v = get('old', ABSENT)
    if v is ABSENT: m.old = ABSENT
    else:
        if v is not None and (type(v) is not int or v < 6): raise Misfit
        m.old = v
        n += 1
    v = get('ratio')
    if v is None: m.ratio = None
    else:
        m.ratio = field_10(v, seen)
        n += 1
    v = get('shapes', ABSENT)
    if v is ABSENT: m.shapes = ABSENT
    else:
        m.shapes = field_11(v, seen)
        n += 1
    v = get('sizes')
    if v is None: m.sizes = None
    else:
        m.sizes = field_12(v, seen)
        n += 1
    v = get('steps')
    if v is None: m.steps = None
    else:
        m.steps = field_13(v, seen)
        n += 1
    v = get('text', ABSENT)
    if v is ABSENT: m.text = ABSENT
    else:
        m.text = field_14(v, seen)
        n += 1
    v = get('words')
    if v is None: m.words = None
    else:
        m.words = members_ValuesWords[v]
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Values_, n, seen)
    m.__class__ = type_Values_
    return m


def write_Values_(m: Any) -> str:
    if type(m) is not type_Values_: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.version
    if type(v) is not int or v != 2: raise Misfit
    t0 = f'"version":2'
    v = m.level
    if type(v) is not type_Level: raise Misfit
    t1 = f',"level":{quoted_Level[v]}'
    v = m.amount
    if v is None: t2 = ''
    elif type(v) is not Decimal or not v.is_finite() or v <= 0: raise Misfit
    else: t2 = f',"amount":{v!s}'
    v = m.bytes
    if v is None: t3 = ''
    elif type(v) is not str: raise Misfit
    else: t3 = f',"bytes":{quote(v)}'
    v = m.day
    if v is None: t4 = ''
    else: t4 = f',"day":{writer_19(v)}'
    v = m.exact
    if v is ABSENT: t5 = ''
    else: t5 = f',"exact":{writer_20(v)}'
    v = m.flag
    if v is None: t6 = ''
    else: t6 = f',"flag":{writer_21(v)}'
    v = m.id
    if v is None: t7 = ''
    elif type(v) is not str: raise Misfit
    else: t7 = f',"id":{quote(v)}'
    v = m.impossible
    if v is None: t8 = ''
    else: t8 = f',"impossible":{writer_22(v)}'
    v = m.mail
    if v is None: t9 = ''
    elif type(v) is not str: raise Misfit
    else: t9 = f',"mail":{quote(v)}'
    v = m.mixed
    if v is ABSENT: t10 = ''
    else: t10 = f',"mixed":{writer_23(v)}'
    v = m.off
    if v is ABSENT: t11 = ''
    elif v is not None: raise Misfit
    else: t11 = f',"off":null'
    v = m.old
    if v is ABSENT: t12 = ''
    else: t12 = f',"old":{writer_24(v)}'
    v = m.ratio
    if v is None: t13 = ''
    else: t13 = f',"ratio":{writer_25(v)}'
    v = m.shapes
    if v is ABSENT: t14 = ''
    else: t14 = f',"shapes":{writer_26(v)}'
    v = m.sizes
    if v is None: t15 = ''
    else: t15 = f',"sizes":{writer_27(v)}'
    v = m.steps
    if v is None: t16 = ''
    else: t16 = f',"steps":{writer_28(v)}'
    v = m.text
    if v is ABSENT: t17 = ''
    else: t17 = f',"text":{writer_29(v)}'
    v = m.words
    if v is None: t18 = ''
    elif type(v) is not type_ValuesWords: raise Misfit
    else: t18 = f',"words":{quoted_ValuesWords[v]}'
    return f'{{{t0}{t1}{t2}{t3}{t4}{t5}{t6}{t7}{t8}{t9}{t10}{t11}{t12}{t13}{t14}{t15}{t16}{t17}{t18}}}'


def tree_Values_(m: Any) -> Any:
    if type(m) is not type_Values_: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.version
    if type(v) is not int or v != 2: raise Misfit
    out['version'] = v
    v = m.level
    if type(v) is not type_Level: raise Misfit
    out['level'] = texts_Level[v]
    v = m.amount
    if v is not None:
        if type(v) is not Decimal or not v.is_finite() or v <= 0: raise Misfit
        out['amount'] = fragment(str(v))
    v = m.bytes
    if v is not None:
        if type(v) is not str: raise Misfit
        out['bytes'] = v
    v = m.day
    if v is not None:
        out['day'] = fragment(writer_19(v))
    v = m.exact
    if v is not ABSENT:
        out['exact'] = fragment(writer_20(v))
    v = m.flag
    if v is not None:
        out['flag'] = fragment(writer_21(v))
    v = m.id
    if v is not None:
        if type(v) is not str: raise Misfit
        out['id'] = v
    v = m.impossible
    if v is not None:
        out['impossible'] = fragment(writer_22(v))
    v = m.mail
    if v is not None:
        if type(v) is not str: raise Misfit
        out['mail'] = v
    v = m.mixed
    if v is not ABSENT:
        out['mixed'] = fragment(writer_23(v))
    v = m.off
    if v is not ABSENT:
        if v is not None: raise Misfit
        out['off'] = v
    v = m.old
    if v is not ABSENT:
        out['old'] = fragment(writer_24(v))
    v = m.ratio
    if v is not None:
        out['ratio'] = fragment(writer_25(v))
    v = m.shapes
    if v is not ABSENT:
        out['shapes'] = fragment(writer_26(v))
    v = m.sizes
    if v is not None:
        out['sizes'] = fragment(writer_27(v))
    v = m.steps
    if v is not None:
        out['steps'] = fragment(writer_28(v))
    v = m.text
    if v is not ABSENT:
        out['text'] = fragment(writer_29(v))
    v = m.words
    if v is not None:
        if type(v) is not type_ValuesWords: raise Misfit
        out['words'] = texts_ValuesWords[v]
    return out


CODEC: dict[Any, Any] = {
    type_Values_: (read_Values_, write_Values_, tree_Values_),
}
