# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 6ad3617370f3…
"""Codec of the messages in `others`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, maker, quote, unknown

from ..messages import others as types

type_Parent: Any = types.Parent
new_Parent = maker(globals(), "new_Parent", types.Parent)
names_Parent = frozenset(('kind', 'note',))
type_Unused: Any = types.Unused
new_Unused = maker(globals(), "new_Unused", types.Unused)
names_Unused = frozenset(('with',))
type_UnusedToo: Any = types.UnusedToo
new_UnusedToo = maker(globals(), "new_UnusedToo", types.UnusedToo)
names_UnusedToo = frozenset(('a',))


def read_Parent(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Parent()
    get = wire.get
    n = 1
    v = wire['kind']
    if type(v) is not str: raise Misfit
    m.kind = v
    v = get('note')
    if v is None: m.note = None
    else:
        if type(v) is not str or len(v) > 9: raise Misfit
        m.note = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Parent, n, seen)
    m.__class__ = type_Parent
    return m


def write_Parent(m: Any) -> str:
    if type(m) is not type_Parent: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.kind
    if type(v) is not str: raise Misfit
    t0 = f'"kind":{quote(v)}'
    v = m.note
    if v is None: t1 = ''
    elif type(v) is not str or len(v) > 9: raise Misfit
    else: t1 = f',"note":{quote(v)}'
    return f'{{{t0}{t1}}}'


def tree_Parent(m: Any) -> Any:
    if type(m) is not type_Parent: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.kind
    if type(v) is not str: raise Misfit
    out['kind'] = v
    v = m.note
    if v is not None:
        if type(v) is not str or len(v) > 9: raise Misfit
        out['note'] = v
    return out


def read_Unused(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Unused()
    get = wire.get
    n = 0
    v = get('with')
    if v is None: m.with_ = None
    else:
        m.with_ = read_UnusedToo(v, seen)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Unused, n, seen)
    m.__class__ = type_Unused
    return m


def write_Unused(m: Any) -> str:
    if type(m) is not type_Unused: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.with_
    if v is None: t0 = ''
    else: t0 = f',"with":{write_UnusedToo(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_Unused(m: Any) -> Any:
    if type(m) is not type_Unused: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.with_
    if v is not None:
        out['with'] = tree_UnusedToo(v)
    return out


def read_UnusedToo(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_UnusedToo()
    get = wire.get
    n = 0
    v = get('a')
    if v is None: m.a = None
    else:
        if type(v) is not str: raise Misfit
        m.a = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_UnusedToo, n, seen)
    m.__class__ = type_UnusedToo
    return m


def write_UnusedToo(m: Any) -> str:
    if type(m) is not type_UnusedToo: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.a
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"a":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_UnusedToo(m: Any) -> Any:
    if type(m) is not type_UnusedToo: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.a
    if v is not None:
        if type(v) is not str: raise Misfit
        out['a'] = v
    return out


CODEC: dict[Any, Any] = {
    type_Parent: (read_Parent, write_Parent, tree_Parent),
    type_Unused: (read_Unused, write_Unused, tree_Unused),
    type_UnusedToo: (read_UnusedToo, write_UnusedToo, tree_UnusedToo),
}
