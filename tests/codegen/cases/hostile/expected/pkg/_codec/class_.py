# Generated from spec.yaml by stompgen. Do not edit.
# API 1____import os, sha256 8ebcb0c04f6a…
"""Codec of the messages in `class_`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, grown, maker, members, quote, quoted, searcher, texts, unknown

from ..messages import class_ as types

type_HostilePayload: Any = types.HostilePayload
new_HostilePayload = maker(globals(), "new_HostilePayload", types.HostilePayload)
names_HostilePayload = frozenset(('class', '1st', 'None', '__init__', 'a"""b', 'attrs', 'back\\slash', 'field_info', 'from', 'int', 'list', 'optional', 'print', 'self', 'str', 'tuple', 'type', 'unknown_fields', "x'; import os #", '{{ 7*7 }}', '\u202eevil', '日本',))
search_3 = searcher(globals(), "search_3", '^["\'\\\\{} 0-9*]+$')
key_4 = ',"a\\"\\"\\"b":'
key_5 = ',"back\\\\slash":'
key_6 = ',"x\'; import os #":'
key_7 = ',"{{ 7*7 }}":'
key_8 = ',"\u202eevil":'
key_9 = ',"日本":'
type_HostileReply: Any = types.HostileReply
new_HostileReply = maker(globals(), "new_HostileReply", types.HostileReply)
names_HostileReply = frozenset(('constant', 'open', 'unit', 'value',))
type_HostileOpenEnum: Any = types.HostileOpenEnum
members_HostileOpenEnum = members(type_HostileOpenEnum)
type_HostileEnum: Any = types.HostileEnum
members_HostileEnum = members(type_HostileEnum)
const_17 = '"\\"\\"\\"\\\\"'
quoted_HostileOpenEnum = quoted(type_HostileOpenEnum)
texts_HostileOpenEnum = texts(type_HostileOpenEnum)
quoted_HostileEnum = quoted(type_HostileEnum)
texts_HostileEnum = texts(type_HostileEnum)


def read_HostilePayload(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_HostilePayload()
    get = wire.get
    n = 1
    v = wire['class']
    if type(v) is not str or search_3(v) is None: raise Misfit
    m.class_ = v
    v = get('1st')
    if v is None: m.field_1st = None
    else:
        if type(v) is not str: raise Misfit
        m.field_1st = v
        n += 1
    v = get('None')
    if v is None: m.none = None
    else:
        if type(v) is not str: raise Misfit
        m.none = v
        n += 1
    v = get('__init__')
    if v is None: m.init = None
    else:
        if type(v) is not str: raise Misfit
        m.init = v
        n += 1
    v = get('a"""b')
    if v is None: m.a_b = None
    else:
        if type(v) is not str: raise Misfit
        m.a_b = v
        n += 1
    v = get('attrs')
    if v is None: m.attrs_ = None
    else:
        if type(v) is not str: raise Misfit
        m.attrs_ = v
        n += 1
    v = get('back\\slash')
    if v is None: m.back_slash = None
    else:
        if type(v) is not str: raise Misfit
        m.back_slash = v
        n += 1
    v = get('field_info')
    if v is None: m.field_info_ = None
    else:
        if type(v) is not str: raise Misfit
        m.field_info_ = v
        n += 1
    v = get('from')
    if v is None: m.from_ = None
    else:
        if type(v) is not str: raise Misfit
        m.from_ = v
        n += 1
    v = get('int')
    if v is None: m.int_ = None
    else:
        if type(v) is not str: raise Misfit
        m.int_ = v
        n += 1
    v = get('list')
    if v is None: m.list = None
    else:
        if type(v) is not str: raise Misfit
        m.list = v
        n += 1
    v = get('optional')
    if v is None: m.optional_ = None
    else:
        if type(v) is not str: raise Misfit
        m.optional_ = v
        n += 1
    v = get('print')
    if v is None: m.print = None
    else:
        if type(v) is not str: raise Misfit
        m.print = v
        n += 1
    v = get('self')
    if v is None: m.self_ = None
    else:
        if type(v) is not str: raise Misfit
        m.self_ = v
        n += 1
    v = get('str')
    if v is None: m.str_ = None
    else:
        if type(v) is not str: raise Misfit
        m.str_ = v
        n += 1
    v = get('tuple')
    if v is None: m.tuple_ = None
    else:
        if type(v) is not str: raise Misfit
        m.tuple_ = v
        n += 1
    v = get('type')
    if v is None: m.type = None
    else:
        if type(v) is not str: raise Misfit
        m.type = v
        n += 1
    v = get('unknown_fields')
    if v is None: m.unknown_fields_ = None
    else:
        if type(v) is not str: raise Misfit
        m.unknown_fields_ = v
        n += 1
    v = get("x'; import os #")
    if v is None: m.x_import_os = None
    else:
        if type(v) is not str: raise Misfit
        m.x_import_os = v
        n += 1
    v = get('{{ 7*7 }}')
    if v is None: m.n7_7 = None
    else:
        if type(v) is not str: raise Misfit
        m.n7_7 = v
        n += 1
    v = get('\u202eevil')
    if v is None: m.evil = None
    else:
        if type(v) is not str: raise Misfit
        m.evil = v
        n += 1
    v = get('日本')
    if v is None: m.日本 = None
    else:
        if type(v) is not str: raise Misfit
        m.日本 = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_HostilePayload, n, seen)
    m.__class__ = type_HostilePayload
    return m


def write_HostilePayload(m: Any) -> str:
    if type(m) is not type_HostilePayload: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.class_
    if type(v) is not str or search_3(v) is None: raise Misfit
    t0 = f'"class":{quote(v)}'
    v = m.field_1st
    if v is None: t1 = ''
    elif type(v) is not str: raise Misfit
    else: t1 = f',"1st":{quote(v)}'
    v = m.none
    if v is None: t2 = ''
    elif type(v) is not str: raise Misfit
    else: t2 = f',"None":{quote(v)}'
    v = m.init
    if v is None: t3 = ''
    elif type(v) is not str: raise Misfit
    else: t3 = f',"__init__":{quote(v)}'
    v = m.a_b
    if v is None: t4 = ''
    elif type(v) is not str: raise Misfit
    else: t4 = f'{key_4}{quote(v)}'
    v = m.attrs_
    if v is None: t5 = ''
    elif type(v) is not str: raise Misfit
    else: t5 = f',"attrs":{quote(v)}'
    v = m.back_slash
    if v is None: t6 = ''
    elif type(v) is not str: raise Misfit
    else: t6 = f'{key_5}{quote(v)}'
    v = m.field_info_
    if v is None: t7 = ''
    elif type(v) is not str: raise Misfit
    else: t7 = f',"field_info":{quote(v)}'
    v = m.from_
    if v is None: t8 = ''
    elif type(v) is not str: raise Misfit
    else: t8 = f',"from":{quote(v)}'
    v = m.int_
    if v is None: t9 = ''
    elif type(v) is not str: raise Misfit
    else: t9 = f',"int":{quote(v)}'
    v = m.list
    if v is None: t10 = ''
    elif type(v) is not str: raise Misfit
    else: t10 = f',"list":{quote(v)}'
    v = m.optional_
    if v is None: t11 = ''
    elif type(v) is not str: raise Misfit
    else: t11 = f',"optional":{quote(v)}'
    v = m.print
    if v is None: t12 = ''
    elif type(v) is not str: raise Misfit
    else: t12 = f',"print":{quote(v)}'
    v = m.self_
    if v is None: t13 = ''
    elif type(v) is not str: raise Misfit
    else: t13 = f',"self":{quote(v)}'
    v = m.str_
    if v is None: t14 = ''
    elif type(v) is not str: raise Misfit
    else: t14 = f',"str":{quote(v)}'
    v = m.tuple_
    if v is None: t15 = ''
    elif type(v) is not str: raise Misfit
    else: t15 = f',"tuple":{quote(v)}'
    v = m.type
    if v is None: t16 = ''
    elif type(v) is not str: raise Misfit
    else: t16 = f',"type":{quote(v)}'
    v = m.unknown_fields_
    if v is None: t17 = ''
    elif type(v) is not str: raise Misfit
    else: t17 = f',"unknown_fields":{quote(v)}'
    v = m.x_import_os
    if v is None: t18 = ''
    elif type(v) is not str: raise Misfit
    else: t18 = f'{key_6}{quote(v)}'
    v = m.n7_7
    if v is None: t19 = ''
    elif type(v) is not str: raise Misfit
    else: t19 = f'{key_7}{quote(v)}'
    v = m.evil
    if v is None: t20 = ''
    elif type(v) is not str: raise Misfit
    else: t20 = f'{key_8}{quote(v)}'
    v = m.日本
    if v is None: t21 = ''
    elif type(v) is not str: raise Misfit
    else: t21 = f'{key_9}{quote(v)}'
    return f'{{{t0}{t1}{t2}{t3}{t4}{t5}{t6}{t7}{t8}{t9}{t10}{t11}{t12}{t13}{t14}{t15}{t16}{t17}{t18}{t19}{t20}{t21}}}'


def tree_HostilePayload(m: Any) -> Any:
    if type(m) is not type_HostilePayload: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.class_
    if type(v) is not str or search_3(v) is None: raise Misfit
    out['class'] = v
    v = m.field_1st
    if v is not None:
        if type(v) is not str: raise Misfit
        out['1st'] = v
    v = m.none
    if v is not None:
        if type(v) is not str: raise Misfit
        out['None'] = v
    v = m.init
    if v is not None:
        if type(v) is not str: raise Misfit
        out['__init__'] = v
    v = m.a_b
    if v is not None:
        if type(v) is not str: raise Misfit
        out['a"""b'] = v
    v = m.attrs_
    if v is not None:
        if type(v) is not str: raise Misfit
        out['attrs'] = v
    v = m.back_slash
    if v is not None:
        if type(v) is not str: raise Misfit
        out['back\\slash'] = v
    v = m.field_info_
    if v is not None:
        if type(v) is not str: raise Misfit
        out['field_info'] = v
    v = m.from_
    if v is not None:
        if type(v) is not str: raise Misfit
        out['from'] = v
    v = m.int_
    if v is not None:
        if type(v) is not str: raise Misfit
        out['int'] = v
    v = m.list
    if v is not None:
        if type(v) is not str: raise Misfit
        out['list'] = v
    v = m.optional_
    if v is not None:
        if type(v) is not str: raise Misfit
        out['optional'] = v
    v = m.print
    if v is not None:
        if type(v) is not str: raise Misfit
        out['print'] = v
    v = m.self_
    if v is not None:
        if type(v) is not str: raise Misfit
        out['self'] = v
    v = m.str_
    if v is not None:
        if type(v) is not str: raise Misfit
        out['str'] = v
    v = m.tuple_
    if v is not None:
        if type(v) is not str: raise Misfit
        out['tuple'] = v
    v = m.type
    if v is not None:
        if type(v) is not str: raise Misfit
        out['type'] = v
    v = m.unknown_fields_
    if v is not None:
        if type(v) is not str: raise Misfit
        out['unknown_fields'] = v
    v = m.x_import_os
    if v is not None:
        if type(v) is not str: raise Misfit
        out["x'; import os #"] = v
    v = m.n7_7
    if v is not None:
        if type(v) is not str: raise Misfit
        out['{{ 7*7 }}'] = v
    v = m.evil
    if v is not None:
        if type(v) is not str: raise Misfit
        out['\u202eevil'] = v
    v = m.日本
    if v is not None:
        if type(v) is not str: raise Misfit
        out['日本'] = v
    return out


def read_HostileReply(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_HostileReply()
    get = wire.get
    n = 0
    v = get('constant')
    if v is None: m.constant = None
    else:
        if type(v) is not str or v != '"""\\': raise Misfit
        m.constant = v
        n += 1
    v = get('open')
    if v is None: m.open = None
    else:
        m.open = e if (e := members_HostileOpenEnum.get(v)) is not None else grown(type_HostileOpenEnum, v)
        n += 1
    v = get('unit')
    if v is None: m.unit = None
    else:
        if type(v) is not int: raise Misfit
        m.unit = v
        n += 1
    v = get('value')
    if v is None: m.value = None
    else:
        m.value = members_HostileEnum[v]
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_HostileReply, n, seen)
    m.__class__ = type_HostileReply
    return m


def write_HostileReply(m: Any) -> str:
    if type(m) is not type_HostileReply: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.constant
    if v is None: t0 = ''
    elif type(v) is not str or v != '"""\\': raise Misfit
    else: t0 = f',"constant":{const_17}'
    v = m.open
    if v is None: t1 = ''
    elif type(v) is not type_HostileOpenEnum: raise Misfit
    else: t1 = f',"open":{quoted_HostileOpenEnum[v]}'
    v = m.unit
    if v is None: t2 = ''
    elif type(v) is not int: raise Misfit
    else: t2 = f',"unit":{v!r}'
    v = m.value
    if v is None: t3 = ''
    elif type(v) is not type_HostileEnum: raise Misfit
    else: t3 = f',"value":{quoted_HostileEnum[v]}'
    text = f'{t0}{t1}{t2}{t3}'
    return f'{{{text[1:]}}}'


def tree_HostileReply(m: Any) -> Any:
    if type(m) is not type_HostileReply: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.constant
    if v is not None:
        if type(v) is not str or v != '"""\\': raise Misfit
        out['constant'] = v
    v = m.open
    if v is not None:
        if type(v) is not type_HostileOpenEnum: raise Misfit
        out['open'] = texts_HostileOpenEnum[v]
    v = m.unit
    if v is not None:
        if type(v) is not int: raise Misfit
        out['unit'] = v
    v = m.value
    if v is not None:
        if type(v) is not type_HostileEnum: raise Misfit
        out['value'] = texts_HostileEnum[v]
    return out


CODEC: dict[Any, Any] = {
    type_HostilePayload: (read_HostilePayload, write_HostilePayload, tree_HostilePayload),
    type_HostileReply: (read_HostileReply, write_HostileReply, tree_HostileReply),
}
