# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 2498750ba22f…
"""Codec of the messages in `headers`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, maker, quote, unknown

from ..messages import headers as types

type_Marks: Any = types.Marks
new_Marks = maker(globals(), "new_Marks", types.Marks)
names_Marks = frozenset(('mood', 'urgency',))


def read_Marks(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Marks()
    get = wire.get
    n = 0
    v = get('mood')
    if v is None: m.mood = None
    else:
        if type(v) is not str: raise Misfit
        m.mood = v
        n += 1
    v = get('urgency')
    if v is None: m.urgency = None
    else:
        if type(v) is not int or v < 0: raise Misfit
        m.urgency = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Marks, n, seen)
    m.__class__ = type_Marks
    return m


def write_Marks(m: Any) -> str:
    if type(m) is not type_Marks: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.mood
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"mood":{quote(v)}'
    v = m.urgency
    if v is None: t1 = ''
    elif type(v) is not int or v < 0: raise Misfit
    else: t1 = f',"urgency":{v!r}'
    text = f'{t0}{t1}'
    return f'{{{text[1:]}}}'


def tree_Marks(m: Any) -> Any:
    if type(m) is not type_Marks: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.mood
    if v is not None:
        if type(v) is not str: raise Misfit
        out['mood'] = v
    v = m.urgency
    if v is not None:
        if type(v) is not int or v < 0: raise Misfit
        out['urgency'] = v
    return out


CODEC: dict[Any, Any] = {
    type_Marks: (read_Marks, write_Marks, tree_Marks),
}
