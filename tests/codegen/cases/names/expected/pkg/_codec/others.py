# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 4444af242e1c…
"""Codec of the messages in `others`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, maker, quote, unknown

from ..messages import others as types

type_FooBar: Any = types.FooBar
new_FooBar = maker(globals(), "new_FooBar", types.FooBar)
names_FooBar = frozenset(('x',))
type_FooBar_azmb: Any = types.FooBar_azmb
new_FooBar_azmb = maker(globals(), "new_FooBar_azmb", types.FooBar_azmb)
names_FooBar_azmb = frozenset(('x',))
type_IoExampleOrderStatus: Any = types.IoExampleOrderStatus
new_IoExampleOrderStatus = maker(globals(), "new_IoExampleOrderStatus", types.IoExampleOrderStatus)
names_IoExampleOrderStatus = frozenset(('x',))
type_None_: Any = types.None_
new_None_ = maker(globals(), "new_None_", types.None_)
names_None_ = frozenset(('x',))
type_OrderStatus: Any = types.OrderStatus
new_OrderStatus = maker(globals(), "new_OrderStatus", types.OrderStatus)
names_OrderStatus = frozenset(('x',))
type_Struct_: Any = types.Struct_
new_Struct_ = maker(globals(), "new_Struct_", types.Struct_)
names_Struct_ = frozenset(('struct',))


def read_FooBar(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_FooBar()
    get = wire.get
    n = 0
    v = get('x')
    if v is None: m.x = None
    else:
        if type(v) is not str: raise Misfit
        m.x = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_FooBar, n, seen)
    m.__class__ = type_FooBar
    return m


def write_FooBar(m: Any) -> str:
    if type(m) is not type_FooBar: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.x
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"x":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_FooBar(m: Any) -> Any:
    if type(m) is not type_FooBar: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.x
    if v is not None:
        if type(v) is not str: raise Misfit
        out['x'] = v
    return out


def read_FooBar_azmb(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_FooBar_azmb()
    get = wire.get
    n = 0
    v = get('x')
    if v is None: m.x = None
    else:
        if type(v) is not str: raise Misfit
        m.x = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_FooBar_azmb, n, seen)
    m.__class__ = type_FooBar_azmb
    return m


def write_FooBar_azmb(m: Any) -> str:
    if type(m) is not type_FooBar_azmb: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.x
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"x":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_FooBar_azmb(m: Any) -> Any:
    if type(m) is not type_FooBar_azmb: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.x
    if v is not None:
        if type(v) is not str: raise Misfit
        out['x'] = v
    return out


def read_IoExampleOrderStatus(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_IoExampleOrderStatus()
    get = wire.get
    n = 0
    v = get('x')
    if v is None: m.x = None
    else:
        if type(v) is not str: raise Misfit
        m.x = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_IoExampleOrderStatus, n, seen)
    m.__class__ = type_IoExampleOrderStatus
    return m


def write_IoExampleOrderStatus(m: Any) -> str:
    if type(m) is not type_IoExampleOrderStatus: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.x
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"x":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_IoExampleOrderStatus(m: Any) -> Any:
    if type(m) is not type_IoExampleOrderStatus: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.x
    if v is not None:
        if type(v) is not str: raise Misfit
        out['x'] = v
    return out


def read_None_(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_None_()
    get = wire.get
    n = 0
    v = get('x')
    if v is None: m.x = None
    else:
        if type(v) is not str: raise Misfit
        m.x = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_None_, n, seen)
    m.__class__ = type_None_
    return m


def write_None_(m: Any) -> str:
    if type(m) is not type_None_: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.x
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"x":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_None_(m: Any) -> Any:
    if type(m) is not type_None_: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.x
    if v is not None:
        if type(v) is not str: raise Misfit
        out['x'] = v
    return out


def read_OrderStatus(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_OrderStatus()
    get = wire.get
    n = 0
    v = get('x')
    if v is None: m.x = None
    else:
        if type(v) is not str: raise Misfit
        m.x = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_OrderStatus, n, seen)
    m.__class__ = type_OrderStatus
    return m


def write_OrderStatus(m: Any) -> str:
    if type(m) is not type_OrderStatus: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.x
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"x":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_OrderStatus(m: Any) -> Any:
    if type(m) is not type_OrderStatus: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.x
    if v is not None:
        if type(v) is not str: raise Misfit
        out['x'] = v
    return out


def read_Struct_(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Struct_()
    get = wire.get
    n = 0
    v = get('struct')
    if v is None: m.struct = None
    else:
        if type(v) is not str: raise Misfit
        m.struct = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Struct_, n, seen)
    m.__class__ = type_Struct_
    return m


def write_Struct_(m: Any) -> str:
    if type(m) is not type_Struct_: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.struct
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"struct":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_Struct_(m: Any) -> Any:
    if type(m) is not type_Struct_: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.struct
    if v is not None:
        if type(v) is not str: raise Misfit
        out['struct'] = v
    return out


CODEC: dict[Any, Any] = {
    type_FooBar: (read_FooBar, write_FooBar, tree_FooBar),
    type_FooBar_azmb: (read_FooBar_azmb, write_FooBar_azmb, tree_FooBar_azmb),
    type_IoExampleOrderStatus: (read_IoExampleOrderStatus, write_IoExampleOrderStatus, tree_IoExampleOrderStatus),
    type_None_: (read_None_, write_None_, tree_None_),
    type_OrderStatus: (read_OrderStatus, write_OrderStatus, tree_OrderStatus),
    type_Struct_: (read_Struct_, write_Struct_, tree_Struct_),
}
