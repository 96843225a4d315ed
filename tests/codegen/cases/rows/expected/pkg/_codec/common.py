# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 64f10e7f0cb8…
"""Codec of the messages in `common`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, field_reader, field_writer, fragment, maker, unknown

from ..messages import common as types

type_Rows: Any = types.Rows
new_Rows = maker(globals(), "new_Rows", types.Rows)
names_Rows = frozenset(('never', 'none', 'pair', 'path', 'some', 'start',))
field_3 = field_reader(types.Rows, "never")
field_4 = field_reader(types.Rows, "none")
field_5 = field_reader(types.Rows, "pair")
field_6 = field_reader(types.Rows, "path")
field_7 = field_reader(types.Rows, "some")
field_8 = field_reader(types.Rows, "start")
writer_9 = field_writer(types.Rows, "never")
writer_10 = field_writer(types.Rows, "none")
writer_11 = field_writer(types.Rows, "pair")
writer_12 = field_writer(types.Rows, "path")
writer_13 = field_writer(types.Rows, "some")
writer_14 = field_writer(types.Rows, "start")


def read_Rows(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Rows()
    get = wire.get
    n = 0
    v = get('never')
    if v is None: m.never = None
    else:
        m.never = field_3(v, seen)
        n += 1
    v = get('none')
    if v is None: m.none = None
    else:
        m.none = field_4(v, seen)
        n += 1
    v = get('pair')
    if v is None: m.pair = None
    else:
        m.pair = field_5(v, seen)
        n += 1
    v = get('path')
    if v is None: m.path = None
    else:
        m.path = field_6(v, seen)
        n += 1
    v = get('some')
    if v is None: m.some = None
    else:
        m.some = field_7(v, seen)
        n += 1
    v = get('start')
    if v is None: m.start = None
    else:
        m.start = field_8(v, seen)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Rows, n, seen)
    m.__class__ = type_Rows
    return m


def write_Rows(m: Any) -> str:
    if type(m) is not type_Rows: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.never
    if v is None: t0 = ''
    else: t0 = f',"never":{writer_9(v)}'
    v = m.none
    if v is None: t1 = ''
    else: t1 = f',"none":{writer_10(v)}'
    v = m.pair
    if v is None: t2 = ''
    else: t2 = f',"pair":{writer_11(v)}'
    v = m.path
    if v is None: t3 = ''
    else: t3 = f',"path":{writer_12(v)}'
    v = m.some
    if v is None: t4 = ''
    else: t4 = f',"some":{writer_13(v)}'
    v = m.start
    if v is None: t5 = ''
    else: t5 = f',"start":{writer_14(v)}'
    text = f'{t0}{t1}{t2}{t3}{t4}{t5}'
    return f'{{{text[1:]}}}'


def tree_Rows(m: Any) -> Any:
    if type(m) is not type_Rows: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.never
    if v is not None:
        out['never'] = fragment(writer_9(v))
    v = m.none
    if v is not None:
        out['none'] = fragment(writer_10(v))
    v = m.pair
    if v is not None:
        out['pair'] = fragment(writer_11(v))
    v = m.path
    if v is not None:
        out['path'] = fragment(writer_12(v))
    v = m.some
    if v is not None:
        out['some'] = fragment(writer_13(v))
    v = m.start
    if v is not None:
        out['start'] = fragment(writer_14(v))
    return out


CODEC: dict[Any, Any] = {
    type_Rows: (read_Rows, write_Rows, tree_Rows),
}
