# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 6ad3617370f3…
"""Codec of the messages in `common`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, field_reader, field_writer, fragment, late_reader, late_tree, late_writer, maker, quote, unknown

from ..messages import common as types

type_Child: Any = types.Child
new_Child = maker(globals(), "new_Child", types.Child)
names_Child = frozenset(('kind', 'note',))
type_Closed: Any = types.Closed
read_Closed = late_reader(types.Closed)
write_Closed = late_writer(types.Closed)
tree_Closed = late_tree(types.Closed)
type_Counted: Any = types.Counted
read_Counted = late_reader(types.Counted)
write_Counted = late_writer(types.Counted)
tree_Counted = late_tree(types.Counted)
type_Free: Any = types.Free
read_Free = late_reader(types.Free)
write_Free = late_writer(types.Free)
tree_Free = late_tree(types.Free)
type_Linked: Any = types.Linked
read_Linked = late_reader(types.Linked)
write_Linked = late_writer(types.Linked)
tree_Linked = late_tree(types.Linked)
type_Objects: Any = types.Objects
new_Objects = maker(globals(), "new_Objects", types.Objects)
names_Objects = frozenset(('child', 'counted', 'empty', 'free', 'linked', 'map', 'patterned', 'x',))
field_22 = field_reader(types.Objects, "empty")
field_23 = field_reader(types.Objects, "map")
field_24 = field_reader(types.Objects, "x")
writer_25 = field_writer(types.Objects, "empty")
writer_26 = field_writer(types.Objects, "map")
writer_27 = field_writer(types.Objects, "x")
type_Patterned: Any = types.Patterned
read_Patterned = late_reader(types.Patterned)
write_Patterned = late_writer(types.Patterned)
tree_Patterned = late_tree(types.Patterned)


def read_Child(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Child()
    get = wire.get
    n = 1
    v = wire['kind']
    if type(v) is not str or v != 'child': raise Misfit
    m.kind = v
    v = get('note')
    if v is None: m.note = None
    else:
        if type(v) is not str or not 2 <= len(v) <= 9: raise Misfit
        m.note = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Child, n, seen)
    m.__class__ = type_Child
    return m


def write_Child(m: Any) -> str:
    if type(m) is not type_Child: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.kind
    if type(v) is not str or v != 'child': raise Misfit
    t0 = f'"kind":"child"'
    v = m.note
    if v is None: t1 = ''
    elif type(v) is not str or not 2 <= len(v) <= 9: raise Misfit
    else: t1 = f',"note":{quote(v)}'
    return f'{{{t0}{t1}}}'


def tree_Child(m: Any) -> Any:
    if type(m) is not type_Child: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.kind
    if type(v) is not str or v != 'child': raise Misfit
    out['kind'] = v
    v = m.note
    if v is not None:
        if type(v) is not str or not 2 <= len(v) <= 9: raise Misfit
        out['note'] = v
    return out


def read_Objects(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Objects()
    get = wire.get
    n = 0
    v = get('child')
    if v is None: m.child = None
    else:
        m.child = read_Child(v, seen)
        n += 1
    v = get('counted')
    if v is None: m.counted = None
    else:
        m.counted = read_Counted(v, seen)
        n += 1
    v = get('empty')
    if v is None: m.empty = None
    else:
        m.empty = field_22(v, seen)
        n += 1
    v = get('free')
    if v is None: m.free = None
    else:
        m.free = read_Free(v, seen)
        n += 1
    v = get('linked')
    if v is None: m.linked = None
    else:
        m.linked = read_Linked(v, seen)
        n += 1
    v = get('map')
    if v is None: m.map = None
    else:
        m.map = field_23(v, seen)
        n += 1
    v = get('patterned')
    if v is None: m.patterned = None
    else:
        m.patterned = read_Patterned(v, seen)
        n += 1
    v = get('x')
    if v is None: m.x = None
    else:
        m.x = field_24(v, seen)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Objects, n, seen)
    m.__class__ = type_Objects
    return m


def write_Objects(m: Any) -> str:
    if type(m) is not type_Objects: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.child
    if v is None: t0 = ''
    else: t0 = f',"child":{write_Child(v)}'
    v = m.counted
    if v is None: t1 = ''
    else: t1 = f',"counted":{write_Counted(v)}'
    v = m.empty
    if v is None: t2 = ''
    else: t2 = f',"empty":{writer_25(v)}'
    v = m.free
    if v is None: t3 = ''
    else: t3 = f',"free":{write_Free(v)}'
    v = m.linked
    if v is None: t4 = ''
    else: t4 = f',"linked":{write_Linked(v)}'
    v = m.map
    if v is None: t5 = ''
    else: t5 = f',"map":{writer_26(v)}'
    v = m.patterned
    if v is None: t6 = ''
    else: t6 = f',"patterned":{write_Patterned(v)}'
    v = m.x
    if v is None: t7 = ''
    else: t7 = f',"x":{writer_27(v)}'
    text = f'{t0}{t1}{t2}{t3}{t4}{t5}{t6}{t7}'
    return f'{{{text[1:]}}}'


def tree_Objects(m: Any) -> Any:
    if type(m) is not type_Objects: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.child
    if v is not None:
        out['child'] = tree_Child(v)
    v = m.counted
    if v is not None:
        out['counted'] = tree_Counted(v)
    v = m.empty
    if v is not None:
        out['empty'] = fragment(writer_25(v))
    v = m.free
    if v is not None:
        out['free'] = tree_Free(v)
    v = m.linked
    if v is not None:
        out['linked'] = tree_Linked(v)
    v = m.map
    if v is not None:
        out['map'] = fragment(writer_26(v))
    v = m.patterned
    if v is not None:
        out['patterned'] = tree_Patterned(v)
    v = m.x
    if v is not None:
        out['x'] = fragment(writer_27(v))
    return out


CODEC: dict[Any, Any] = {
    type_Child: (read_Child, write_Child, tree_Child),
    type_Objects: (read_Objects, write_Objects, tree_Objects),
}
