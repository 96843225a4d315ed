# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 4444af242e1c…
"""Codec of the messages in `common`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, late_reader, late_tree, late_writer, maker, quote, unknown

from ..messages import common as types

type_IoExampleOrder: Any = types.IoExampleOrder
read_IoExampleOrder = late_reader(types.IoExampleOrder)
write_IoExampleOrder = late_writer(types.IoExampleOrder)
tree_IoExampleOrder = late_tree(types.IoExampleOrder)
type_IoExampleOrderStatus_mtsu: Any = types.IoExampleOrderStatus_mtsu
new_IoExampleOrderStatus_mtsu = maker(globals(), "new_IoExampleOrderStatus_mtsu", types.IoExampleOrderStatus_mtsu)
names_IoExampleOrderStatus_mtsu = frozenset(('a',))
type_名前: Any = types.名前
new_名前 = maker(globals(), "new_名前", types.名前)
names_名前 = frozenset(('x',))


def read_IoExampleOrderStatus_mtsu(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_IoExampleOrderStatus_mtsu()
    get = wire.get
    n = 0
    v = get('a')
    if v is None: m.a = None
    else:
        if type(v) is not str: raise Misfit
        m.a = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_IoExampleOrderStatus_mtsu, n, seen)
    m.__class__ = type_IoExampleOrderStatus_mtsu
    return m


def write_IoExampleOrderStatus_mtsu(m: Any) -> str:
    if type(m) is not type_IoExampleOrderStatus_mtsu: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.a
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"a":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_IoExampleOrderStatus_mtsu(m: Any) -> Any:
    if type(m) is not type_IoExampleOrderStatus_mtsu: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.a
    if v is not None:
        if type(v) is not str: raise Misfit
        out['a'] = v
    return out


def read_名前(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_名前()
    get = wire.get
    n = 0
    v = get('x')
    if v is None: m.x = None
    else:
        if type(v) is not str: raise Misfit
        m.x = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_名前, n, seen)
    m.__class__ = type_名前
    return m


def write_名前(m: Any) -> str:
    if type(m) is not type_名前: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.x
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"x":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_名前(m: Any) -> Any:
    if type(m) is not type_名前: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.x
    if v is not None:
        if type(v) is not str: raise Misfit
        out['x'] = v
    return out


CODEC: dict[Any, Any] = {
    type_IoExampleOrderStatus_mtsu: (read_IoExampleOrderStatus_mtsu, write_IoExampleOrderStatus_mtsu, tree_IoExampleOrderStatus_mtsu),
    type_名前: (read_名前, write_名前, tree_名前),
}
