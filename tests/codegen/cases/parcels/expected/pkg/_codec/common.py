# Generated from spec.yaml by stompgen. Do not edit.
# API 2.0.0, sha256 65a4f485d3f2…
"""Codec of the messages in `common`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, maker, quote, unknown

from ..messages import common as types

type_Moved8b727a: Any = types.Moved8b727a
new_Moved8b727a = maker(globals(), "new_Moved8b727a", types.Moved8b727a)
names_Moved8b727a = frozenset(('seal',))
type_Question: Any = types.Question
new_Question = maker(globals(), "new_Question", types.Question)
names_Question = frozenset(('parcel',))


def read_Moved8b727a(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Moved8b727a()
    get = wire.get
    n = 0
    v = get('seal')
    if v is None: m.seal = None
    else:
        if type(v) is not str: raise Misfit
        m.seal = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Moved8b727a, n, seen)
    m.__class__ = type_Moved8b727a
    return m


def write_Moved8b727a(m: Any) -> str:
    if type(m) is not type_Moved8b727a: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.seal
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"seal":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_Moved8b727a(m: Any) -> Any:
    if type(m) is not type_Moved8b727a: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.seal
    if v is not None:
        if type(v) is not str: raise Misfit
        out['seal'] = v
    return out


def read_Question(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Question()
    get = wire.get
    n = 0
    v = get('parcel')
    if v is None: m.parcel = None
    else:
        if type(v) is not str: raise Misfit
        m.parcel = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Question, n, seen)
    m.__class__ = type_Question
    return m


def write_Question(m: Any) -> str:
    if type(m) is not type_Question: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.parcel
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"parcel":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_Question(m: Any) -> Any:
    if type(m) is not type_Question: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.parcel
    if v is not None:
        if type(v) is not str: raise Misfit
        out['parcel'] = v
    return out


CODEC: dict[Any, Any] = {
    type_Moved8b727a: (read_Moved8b727a, write_Moved8b727a, tree_Moved8b727a),
    type_Question: (read_Question, write_Question, tree_Question),
}
