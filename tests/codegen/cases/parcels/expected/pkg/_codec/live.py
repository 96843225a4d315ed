# Generated from spec.yaml by stompgen. Do not edit.
# API 2.0.0, sha256 65a4f485d3f2…
"""Codec of the messages in `live`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, maker, quote, unknown

from ..messages import live as types

type_Moved: Any = types.Moved
new_Moved = maker(globals(), "new_Moved", types.Moved)
names_Moved = frozenset(('depot', 'weight',))


def read_Moved(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Moved()
    get = wire.get
    n = 1
    v = wire['depot']
    if type(v) is not str: raise Misfit
    m.depot = v
    v = get('weight')
    if v is None: m.weight = None
    else:
        if type(v) is not int: raise Misfit
        m.weight = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Moved, n, seen)
    m.__class__ = type_Moved
    return m


def write_Moved(m: Any) -> str:
    if type(m) is not type_Moved: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.depot
    if type(v) is not str: raise Misfit
    t0 = f'"depot":{quote(v)}'
    v = m.weight
    if v is None: t1 = ''
    elif type(v) is not int: raise Misfit
    else: t1 = f',"weight":{v!r}'
    return f'{{{t0}{t1}}}'


def tree_Moved(m: Any) -> Any:
    if type(m) is not type_Moved: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.depot
    if type(v) is not str: raise Misfit
    out['depot'] = v
    v = m.weight
    if v is not None:
        if type(v) is not int: raise Misfit
        out['weight'] = v
    return out


CODEC: dict[Any, Any] = {
    type_Moved: (read_Moved, write_Moved, tree_Moved),
}
