# Generated from spec.yaml by stompgen. Do not edit.
# API 0.1.0, sha256 4353a5f0a3b8…
"""Codec of the messages in `common`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, maker, quote, unknown

from ..messages import common as types

type_Shared: Any = types.Shared
new_Shared = maker(globals(), "new_Shared", types.Shared)
names_Shared = frozenset(('id',))
type_Stop: Any = types.Stop
new_Stop = maker(globals(), "new_Stop", types.Stop)
names_Stop = frozenset(('why',))


def read_Shared(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Shared()
    get = wire.get
    n = 0
    v = get('id')
    if v is None: m.id = None
    else:
        if type(v) is not str: raise Misfit
        m.id = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Shared, n, seen)
    m.__class__ = type_Shared
    return m


def write_Shared(m: Any) -> str:
    if type(m) is not type_Shared: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.id
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"id":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_Shared(m: Any) -> Any:
    if type(m) is not type_Shared: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.id
    if v is not None:
        if type(v) is not str: raise Misfit
        out['id'] = v
    return out


def read_Stop(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Stop()
    get = wire.get
    n = 0
    v = get('why')
    if v is None: m.why = None
    else:
        if type(v) is not str: raise Misfit
        m.why = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Stop, n, seen)
    m.__class__ = type_Stop
    return m


def write_Stop(m: Any) -> str:
    if type(m) is not type_Stop: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.why
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"why":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_Stop(m: Any) -> Any:
    if type(m) is not type_Stop: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.why
    if v is not None:
        if type(v) is not str: raise Misfit
        out['why'] = v
    return out


CODEC: dict[Any, Any] = {
    type_Shared: (read_Shared, write_Shared, tree_Shared),
    type_Stop: (read_Stop, write_Stop, tree_Stop),
}
