# Generated from spec.yaml by stompgen. Do not edit.
# API 0.1.0, sha256 4353a5f0a3b8…
"""Codec of the messages in `beta`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, maker, unknown

from ..messages import beta as types
from . import common as codec_common

type_End: Any = types.End
new_End = maker(globals(), "new_End", types.End)
names_End = frozenset[str]()
type_Part: Any = types.Part
new_Part = maker(globals(), "new_Part", types.Part)
names_Part = frozenset(('shared',))


def read_End(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_End()
    n = 0
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_End, n, seen)
    m.__class__ = type_End
    return m


def write_End(m: Any) -> str:
    if type(m) is not type_End: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    return f'{{}}'


def tree_End(m: Any) -> Any:
    if type(m) is not type_End: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    return out


def read_Part(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Part()
    get = wire.get
    n = 0
    v = get('shared')
    if v is None: m.shared = None
    else:
        m.shared = codec_common.read_Shared(v, seen)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Part, n, seen)
    m.__class__ = type_Part
    return m


def write_Part(m: Any) -> str:
    if type(m) is not type_Part: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.shared
    if v is None: t0 = ''
    else: t0 = f',"shared":{codec_common.write_Shared(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_Part(m: Any) -> Any:
    if type(m) is not type_Part: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.shared
    if v is not None:
        out['shared'] = codec_common.tree_Shared(v)
    return out


CODEC: dict[Any, Any] = {
    type_End: (read_End, write_End, tree_End),
    type_Part: (read_Part, write_Part, tree_Part),
}
