# Generated from spec.yaml by stompgen. Do not edit.
# API 0.1.0, sha256 4353a5f0a3b8…
"""Codec of the messages in `others`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, maker, quote, unknown

from ..messages import others as types

type_Base: Any = types.Base
new_Base = maker(globals(), "new_Base", types.Base)
names_Base = frozenset(('id',))


def read_Base(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Base()
    n = 1
    v = wire['id']
    if type(v) is not str: raise Misfit
    m.id = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Base, n, seen)
    m.__class__ = type_Base
    return m


def write_Base(m: Any) -> str:
    if type(m) is not type_Base: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.id
    if type(v) is not str: raise Misfit
    t0 = f'"id":{quote(v)}'
    return f'{{{t0}}}'


def tree_Base(m: Any) -> Any:
    if type(m) is not type_Base: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.id
    if type(v) is not str: raise Misfit
    out['id'] = v
    return out


CODEC: dict[Any, Any] = {
    type_Base: (read_Base, write_Base, tree_Base),
}
