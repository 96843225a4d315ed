# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 f3149dbbded7…
"""Codec of the messages in `common`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import ABSENT, NO_FIELDS, OBJECT, Misfit, field_reader, field_writer, fragment, maker, quote, unknown

from ..messages import common as types

type_Bag: Any = types.Bag
new_Bag = maker(globals(), "new_Bag", types.Bag)
names_Bag = frozenset(('colour',))
type_Box: Any = types.Box
new_Box = maker(globals(), "new_Box", types.Box)
names_Box = frozenset(('width',))
type_Firm: Any = types.Firm
new_Firm = maker(globals(), "new_Firm", types.Firm)
names_Firm = frozenset(('type', 'name',))
type_Parcel: Any = types.Parcel
new_Parcel = maker(globals(), "new_Parcel", types.Parcel)
names_Parcel = frozenset(('content', 'any', 'code', 'label', 'nothing', 'odd', 'owner', 'price', 'weight',))
field_12 = field_reader(types.Parcel, "content")
field_13 = field_reader(types.Parcel, "any")
field_14 = field_reader(types.Parcel, "code")
field_15 = field_reader(types.Parcel, "nothing")
field_16 = field_reader(types.Parcel, "odd")
field_17 = field_reader(types.Parcel, "owner")
field_18 = field_reader(types.Parcel, "price")
field_19 = field_reader(types.Parcel, "weight")
writer_20 = field_writer(types.Parcel, "content")
writer_21 = field_writer(types.Parcel, "any")
writer_22 = field_writer(types.Parcel, "code")
writer_23 = field_writer(types.Parcel, "label")
writer_24 = field_writer(types.Parcel, "nothing")
writer_25 = field_writer(types.Parcel, "odd")
writer_26 = field_writer(types.Parcel, "owner")
writer_27 = field_writer(types.Parcel, "price")
writer_28 = field_writer(types.Parcel, "weight")
type_Person: Any = types.Person
new_Person = maker(globals(), "new_Person", types.Person)
names_Person = frozenset(('type', 'name',))


def read_Bag(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Bag()
    n = 1
    v = wire['colour']
    if type(v) is not str: raise Misfit
    m.colour = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Bag, n, seen)
    m.__class__ = type_Bag
    return m


def write_Bag(m: Any) -> str:
    if type(m) is not type_Bag: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.colour
    if type(v) is not str: raise Misfit
    t0 = f'"colour":{quote(v)}'
    return f'{{{t0}}}'


def tree_Bag(m: Any) -> Any:
    if type(m) is not type_Bag: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.colour
    if type(v) is not str: raise Misfit
    out['colour'] = v
    return out


def read_Box(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Box()
    n = 1
    v = wire['width']
    if type(v) is not int: raise Misfit
    m.width = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Box, n, seen)
    m.__class__ = type_Box
    return m


def write_Box(m: Any) -> str:
    if type(m) is not type_Box: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.width
    if type(v) is not int: raise Misfit
    t0 = f'"width":{v!r}'
    return f'{{{t0}}}'


def tree_Box(m: Any) -> Any:
    if type(m) is not type_Box: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.width
    if type(v) is not int: raise Misfit
    out['width'] = v
    return out


def read_Firm(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Firm()
    get = wire.get
    n = 1
    v = wire['type']
    if type(v) is not str: raise Misfit
    m.type = v
    v = get('name')
    if v is None: m.name = None
    else:
        if type(v) is not str: raise Misfit
        m.name = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Firm, n, seen)
    m.__class__ = type_Firm
    return m


def write_Firm(m: Any) -> str:
    if type(m) is not type_Firm: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.type
    if type(v) is not str: raise Misfit
    t0 = f'"type":{quote(v)}'
    v = m.name
    if v is None: t1 = ''
    elif type(v) is not str: raise Misfit
    else: t1 = f',"name":{quote(v)}'
    return f'{{{t0}{t1}}}'


def tree_Firm(m: Any) -> Any:
    if type(m) is not type_Firm: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.type
    if type(v) is not str: raise Misfit
    out['type'] = v
    v = m.name
    if v is not None:
        if type(v) is not str: raise Misfit
        out['name'] = v
    return out


def read_Parcel(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Parcel()
    get = wire.get
    n = 1
    v = wire['content']
    m.content = field_12(v, seen)
    v = get('any', ABSENT)
    if v is ABSENT: m.any = ABSENT
    else:
        m.any = field_13(v, seen)
        n += 1
    v = get('code', ABSENT)
    if v is ABSENT: m.code = ABSENT
    else:
        m.code = field_14(v, seen)
        n += 1
    v = get('label', ABSENT)
    if v is ABSENT: m.label = ABSENT
    else:
        if v is not None and (type(v) is not str or len(v) > 20): raise Misfit
        m.label = v
        n += 1
    v = get('nothing')
    if v is None: m.nothing = None
    else:
        m.nothing = field_15(v, seen)
        n += 1
    v = get('odd', ABSENT)
    if v is ABSENT: m.odd = ABSENT
    else:
        m.odd = field_16(v, seen)
        n += 1
    v = get('owner')
    if v is None: m.owner = None
    else:
        m.owner = field_17(v, seen)
        n += 1
    v = get('price')
    if v is None: m.price = None
    else:
        m.price = field_18(v, seen)
        n += 1
    v = get('weight')
    if v is None: m.weight = None
    else:
        m.weight = field_19(v, seen)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Parcel, n, seen)
    m.__class__ = type_Parcel
    return m


def write_Parcel(m: Any) -> str:
    if type(m) is not type_Parcel: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.content
    t0 = f'"content":{writer_20(v)}'
    v = m.any
    if v is ABSENT: t1 = ''
    else: t1 = f',"any":{writer_21(v)}'
    v = m.code
    if v is ABSENT: t2 = ''
    else: t2 = f',"code":{writer_22(v)}'
    v = m.label
    if v is ABSENT: t3 = ''
    else: t3 = f',"label":{writer_23(v)}'
    v = m.nothing
    if v is None: t4 = ''
    else: t4 = f',"nothing":{writer_24(v)}'
    v = m.odd
    if v is ABSENT: t5 = ''
    else: t5 = f',"odd":{writer_25(v)}'
    v = m.owner
    if v is None: t6 = ''
    else: t6 = f',"owner":{writer_26(v)}'
    v = m.price
    if v is None: t7 = ''
    else: t7 = f',"price":{writer_27(v)}'
    v = m.weight
    if v is None: t8 = ''
    else: t8 = f',"weight":{writer_28(v)}'
    return f'{{{t0}{t1}{t2}{t3}{t4}{t5}{t6}{t7}{t8}}}'


def tree_Parcel(m: Any) -> Any:
    if type(m) is not type_Parcel: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.content
    out['content'] = fragment(writer_20(v))
    v = m.any
    if v is not ABSENT:
        out['any'] = fragment(writer_21(v))
    v = m.code
    if v is not ABSENT:
        out['code'] = fragment(writer_22(v))
    v = m.label
    if v is not ABSENT:
        out['label'] = fragment(writer_23(v))
    v = m.nothing
    if v is not None:
        out['nothing'] = fragment(writer_24(v))
    v = m.odd
    if v is not ABSENT:
        out['odd'] = fragment(writer_25(v))
    v = m.owner
    if v is not None:
        out['owner'] = fragment(writer_26(v))
    v = m.price
    if v is not None:
        out['price'] = fragment(writer_27(v))
    v = m.weight
    if v is not None:
        out['weight'] = fragment(writer_28(v))
    return out


def read_Person(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Person()
    get = wire.get
    n = 1
    v = wire['type']
    if type(v) is not str: raise Misfit
    m.type = v
    v = get('name')
    if v is None: m.name = None
    else:
        if type(v) is not str: raise Misfit
        m.name = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Person, n, seen)
    m.__class__ = type_Person
    return m


def write_Person(m: Any) -> str:
    if type(m) is not type_Person: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.type
    if type(v) is not str: raise Misfit
    t0 = f'"type":{quote(v)}'
    v = m.name
    if v is None: t1 = ''
    elif type(v) is not str: raise Misfit
    else: t1 = f',"name":{quote(v)}'
    return f'{{{t0}{t1}}}'


def tree_Person(m: Any) -> Any:
    if type(m) is not type_Person: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.type
    if type(v) is not str: raise Misfit
    out['type'] = v
    v = m.name
    if v is not None:
        if type(v) is not str: raise Misfit
        out['name'] = v
    return out


CODEC: dict[Any, Any] = {
    type_Bag: (read_Bag, write_Bag, tree_Bag),
    type_Box: (read_Box, write_Box, tree_Box),
    type_Firm: (read_Firm, write_Firm, tree_Firm),
    type_Parcel: (read_Parcel, write_Parcel, tree_Parcel),
    type_Person: (read_Person, write_Person, tree_Person),
}
