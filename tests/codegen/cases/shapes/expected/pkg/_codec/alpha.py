# Generated from spec.yaml by stompgen. Do not edit.
# API 0.1.0, sha256 4353a5f0a3b8…
"""Codec of the messages in `alpha`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import ABSENT, ARRAY, NO_FIELDS, OBJECT, TUPLE, Date, Misfit, field_reader, field_writer, fragment, maker, members, quote, quoted, quoted_right, right, texts, texts_right, unknown, unrecognised

from ..messages import alpha as types
from . import common as codec_common

type_Cat: Any = types.Cat
new_Cat = maker(globals(), "new_Cat", types.Cat)
names_Cat = frozenset(('kind', 'lives',))
type_Dog: Any = types.Dog
new_Dog = maker(globals(), "new_Dog", types.Dog)
names_Dog = frozenset(('kind',))
type_Everything: Any = types.Everything
new_Everything = maker(globals(), "new_Everything", types.Everything)
names_Everything = frozenset(('id', 'amount', 'nothing', 'colour', 'always', 'bag', 'choice', 'counts', 'currency', 'day', 'free', 'housePets', 'inside', 'mail', 'maybe', 'mood', 'node', 'pet', 'rate', 'secret', 'shared',))
type_Colour: Any = types.Colour
members_Colour = members(type_Colour)
field_11 = field_reader(types.Everything, "bag")
type_EverythingChoice: Any = types.EverythingChoice
members_EverythingChoice = members(type_EverythingChoice)
field_14 = field_reader(types.Everything, "counts")
field_15 = field_reader(types.Everything, "free")
field_16 = field_reader(types.Everything, "house_pets")
field_17 = field_reader(types.Everything, "mood")
right_18 = right(types.Everything, "mood")
field_19 = field_reader(types.Everything, "rate")
writer_20 = field_writer(types.Everything, "nothing")
quoted_Colour = quoted(type_Colour)
texts_Colour = texts(type_Colour)
writer_23 = field_writer(types.Everything, "bag")
writer_24 = field_writer(types.Everything, "choice")
writer_25 = field_writer(types.Everything, "counts")
writer_26 = field_writer(types.Everything, "free")
writer_27 = field_writer(types.Everything, "house_pets")
writer_28 = field_writer(types.Everything, "maybe")
quoted_29 = quoted_right(types.Everything, "mood")
texts_30 = texts_right(types.Everything, "mood")
type_Mood: Any = types.Mood
writer_32 = field_writer(types.Everything, "rate")
type_EverythingInside: Any = types.EverythingInside
new_EverythingInside = maker(globals(), "new_EverythingInside", types.EverythingInside)
names_EverythingInside = frozenset(('flag',))
type_Node: Any = types.Node
new_Node = maker(globals(), "new_Node", types.Node)
names_Node = frozenset(('next', 'others',))


def read_Cat(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Cat()
    n = 2
    v = wire['kind']
    if type(v) is not str or v != 'cat': raise Misfit
    m.kind = v
    v = wire['lives']
    if type(v) is not int or v > 9: raise Misfit
    m.lives = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Cat, n, seen)
    m.__class__ = type_Cat
    return m


def write_Cat(m: Any) -> str:
    if type(m) is not type_Cat: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.kind
    if type(v) is not str or v != 'cat': raise Misfit
    t0 = f'"kind":"cat"'
    v = m.lives
    if type(v) is not int or v > 9: raise Misfit
    t1 = f',"lives":{v!r}'
    return f'{{{t0}{t1}}}'


def tree_Cat(m: Any) -> Any:
    if type(m) is not type_Cat: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.kind
    if type(v) is not str or v != 'cat': raise Misfit
    out['kind'] = v
    v = m.lives
    if type(v) is not int or v > 9: raise Misfit
    out['lives'] = v
    return out


def read_Dog(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Dog()
    n = 1
    v = wire['kind']
    if type(v) is not str or v != 'dog': raise Misfit
    m.kind = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Dog, n, seen)
    m.__class__ = type_Dog
    return m


def write_Dog(m: Any) -> str:
    if type(m) is not type_Dog: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.kind
    if type(v) is not str or v != 'dog': raise Misfit
    t0 = f'"kind":"dog"'
    return f'{{{t0}}}'


def tree_Dog(m: Any) -> Any:
    if type(m) is not type_Dog: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.kind
    if type(v) is not str or v != 'dog': raise Misfit
    out['kind'] = v
    return out


def read_Everything(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    seen[1] = True
    m = new_Everything()
    get = wire.get
    n = 4
    v = wire['id']
    if type(v) is not str: raise Misfit
    m.id = v
    v = wire['amount']
    if type(v) is not int or not 0 <= v <= 100: raise Misfit
    m.amount = v
    v = wire['nothing']
    if v is not None and (type(v) is not str): raise Misfit
    m.nothing = v
    v = wire['colour']
    m.colour = members_Colour[v]
    v = get('always')
    if v is None: m.always = None
    else:
        if type(v) is not str or v != 'yes': raise Misfit
        m.always = v
        n += 1
    v = get('bag')
    if v is None: m.bag = None
    else:
        m.bag = field_11(v, seen)
        n += 1
    v = get('choice', ABSENT)
    if v is ABSENT: m.choice = ABSENT
    else:
        m.choice = None if v is None else members_EverythingChoice[v]
        n += 1
    v = get('counts')
    if v is None: m.counts = None
    else:
        m.counts = field_14(v, seen)
        n += 1
    v = get('currency')
    if v is None: m.currency = None
    else:
        if type(v) is not str or len(v) != 3 or v.strip('ABCDEFGHIJKLMNOPQRSTUVWXYZ'): raise Misfit
        m.currency = v
        n += 1
    v = get('day')
    if v is None: m.day = None
    else:
        if type(v) is not str: raise Misfit
        m.day = Date(v)
        n += 1
    v = get('free', ABSENT)
    if v is ABSENT: m.free = ABSENT
    else:
        m.free = field_15(v, seen)
        n += 1
    v = get('housePets')
    if v is None: m.house_pets = None
    else:
        m.house_pets = field_16(v, seen)
        n += 1
    v = get('inside')
    if v is None: m.inside = None
    else:
        m.inside = read_EverythingInside(v, seen)
        n += 1
    v = get('mail')
    if v is None: m.mail = None
    else:
        if type(v) is not str: raise Misfit
        m.mail = v
        n += 1
    v = get('maybe', ABSENT)
    if v is ABSENT: m.maybe = ABSENT
    else:
        if v is not None and (type(v) is not int): raise Misfit
        m.maybe = v
        n += 1
    v = get('mood')
    if v is None: m.mood = None
    else:
        m.mood = e if (e := right_18.get(v)) is not None else field_17(v, seen)
        n += 1
    v = get('node')
    if v is None: m.node = None
    else:
        m.node = read_Node(v, seen)
        n += 1
    v = get('pet')
    if v is None: m.pet = None
    else:
        m.pet = read_Pet(v, seen)
        n += 1
    v = get('rate')
    if v is None: m.rate = None
    else:
        m.rate = field_19(v, seen)
        n += 1
    v = get('secret')
    if v is None: m.secret = None
    else:
        if type(v) is not str: raise Misfit
        m.secret = v
        n += 1
    v = get('shared')
    if v is None: m.shared = None
    else:
        m.shared = codec_common.read_Shared(v, seen)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Everything, n, seen)
    m.__class__ = type_Everything
    return m


def write_Everything(m: Any) -> str:
    if type(m) is not type_Everything: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.id
    if type(v) is not str: raise Misfit
    t0 = f'"id":{quote(v)}'
    v = m.amount
    if type(v) is not int or not 0 <= v <= 100: raise Misfit
    t1 = f',"amount":{v!r}'
    v = m.nothing
    t2 = f',"nothing":{writer_20(v)}'
    v = m.colour
    if type(v) is not type_Colour: raise Misfit
    t3 = f',"colour":{quoted_Colour[v]}'
    v = m.always
    if v is None: t4 = ''
    elif type(v) is not str or v != 'yes': raise Misfit
    else: t4 = f',"always":"yes"'
    v = m.bag
    if v is None: t5 = ''
    else: t5 = f',"bag":{writer_23(v)}'
    v = m.choice
    if v is ABSENT: t6 = ''
    else: t6 = f',"choice":{writer_24(v)}'
    v = m.counts
    if v is None: t7 = ''
    else: t7 = f',"counts":{writer_25(v)}'
    v = m.currency
    if v is None: t8 = ''
    elif type(v) is not str or len(v) != 3 or v.strip('ABCDEFGHIJKLMNOPQRSTUVWXYZ'): raise Misfit
    else: t8 = f',"currency":"{v}"'
    v = m.day
    if v is None: t9 = ''
    elif type(v) is not Date: raise Misfit
    else: t9 = f',"day":{quote(v)}'
    v = m.free
    if v is ABSENT: t10 = ''
    else: t10 = f',"free":{writer_26(v)}'
    v = m.house_pets
    if v is None: t11 = ''
    else: t11 = f',"housePets":{writer_27(v)}'
    v = m.inside
    if v is None: t12 = ''
    else: t12 = f',"inside":{write_EverythingInside(v)}'
    v = m.mail
    if v is None: t13 = ''
    elif type(v) is not str: raise Misfit
    else: t13 = f',"mail":{quote(v)}'
    v = m.maybe
    if v is ABSENT: t14 = ''
    else: t14 = f',"maybe":{writer_28(v)}'
    v = m.mood
    if v is None: t15 = ''
    elif type(v) is not type_Mood: raise Misfit
    else: t15 = f',"mood":{quoted_29[v]}'
    v = m.node
    if v is None: t16 = ''
    else: t16 = f',"node":{write_Node(v)}'
    v = m.pet
    if v is None: t17 = ''
    else: t17 = f',"pet":{writers_Pet[type(v)](v)}'
    v = m.rate
    if v is None: t18 = ''
    else: t18 = f',"rate":{writer_32(v)}'
    v = m.secret
    if v is None: t19 = ''
    elif type(v) is not str: raise Misfit
    else: t19 = f',"secret":{quote(v)}'
    v = m.shared
    if v is None: t20 = ''
    else: t20 = f',"shared":{codec_common.write_Shared(v)}'
    return f'{{{t0}{t1}{t2}{t3}{t4}{t5}{t6}{t7}{t8}{t9}{t10}{t11}{t12}{t13}{t14}{t15}{t16}{t17}{t18}{t19}{t20}}}'


def tree_Everything(m: Any) -> Any:
    if type(m) is not type_Everything: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.id
    if type(v) is not str: raise Misfit
    out['id'] = v
    v = m.amount
    if type(v) is not int or not 0 <= v <= 100: raise Misfit
    out['amount'] = v
    v = m.nothing
    out['nothing'] = fragment(writer_20(v))
    v = m.colour
    if type(v) is not type_Colour: raise Misfit
    out['colour'] = texts_Colour[v]
    v = m.always
    if v is not None:
        if type(v) is not str or v != 'yes': raise Misfit
        out['always'] = v
    v = m.bag
    if v is not None:
        out['bag'] = fragment(writer_23(v))
    v = m.choice
    if v is not ABSENT:
        out['choice'] = fragment(writer_24(v))
    v = m.counts
    if v is not None:
        out['counts'] = fragment(writer_25(v))
    v = m.currency
    if v is not None:
        if type(v) is not str or len(v) != 3 or v.strip('ABCDEFGHIJKLMNOPQRSTUVWXYZ'): raise Misfit
        out['currency'] = v
    v = m.day
    if v is not None:
        if type(v) is not Date: raise Misfit
        out['day'] = v
    v = m.free
    if v is not ABSENT:
        out['free'] = fragment(writer_26(v))
    v = m.house_pets
    if v is not None:
        out['housePets'] = fragment(writer_27(v))
    v = m.inside
    if v is not None:
        out['inside'] = tree_EverythingInside(v)
    v = m.mail
    if v is not None:
        if type(v) is not str: raise Misfit
        out['mail'] = v
    v = m.maybe
    if v is not ABSENT:
        out['maybe'] = fragment(writer_28(v))
    v = m.mood
    if v is not None:
        if type(v) is not type_Mood: raise Misfit
        out['mood'] = texts_30[v]
    v = m.node
    if v is not None:
        out['node'] = tree_Node(v)
    v = m.pet
    if v is not None:
        out['pet'] = trees_Pet[type(v)](v)
    v = m.rate
    if v is not None:
        out['rate'] = fragment(writer_32(v))
    v = m.secret
    if v is not None:
        if type(v) is not str: raise Misfit
        out['secret'] = v
    v = m.shared
    if v is not None:
        out['shared'] = codec_common.tree_Shared(v)
    return out


def read_EverythingInside(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_EverythingInside()
    n = 1
    v = wire['flag']
    if v is not True: raise Misfit
    m.flag = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_EverythingInside, n, seen)
    m.__class__ = type_EverythingInside
    return m


def write_EverythingInside(m: Any) -> str:
    if type(m) is not type_EverythingInside: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.flag
    if v is not True: raise Misfit
    t0 = f'"flag":true'
    return f'{{{t0}}}'


def tree_EverythingInside(m: Any) -> Any:
    if type(m) is not type_EverythingInside: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.flag
    if v is not True: raise Misfit
    out['flag'] = v
    return out


def items_12(v: Any, seen: Any) -> Any:
    if type(v) is not ARRAY: raise Misfit
    items = v
    return tuple([read_Node(v, seen) for v in items])


def read_Node(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    seen[1] = True
    m = new_Node()
    get = wire.get
    n = 0
    v = get('next')
    if v is None: m.next = None
    else:
        m.next = read_Node(v, seen)
        n += 1
    v = get('others')
    if v is None: m.others = None
    else:
        m.others = items_12(v, seen)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Node, n, seen)
    m.__class__ = type_Node
    return m


def text_14(v: Any) -> str:
    if type(v) is not TUPLE: raise Misfit
    items = v
    texts = ','.join([f'{write_Node(v)}' for v in items])
    return f'[{texts}]'


def list_14(v: Any) -> Any:
    if type(v) is not TUPLE: raise Misfit
    items = v
    return [tree_Node(v) for v in items]


def write_Node(m: Any) -> str:
    if type(m) is not type_Node: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.next
    if v is None: t0 = ''
    else: t0 = f',"next":{write_Node(v)}'
    v = m.others
    if v is None: t1 = ''
    else: t1 = f',"others":{text_14(v)}'
    text = f'{t0}{t1}'
    return f'{{{text[1:]}}}'


def tree_Node(m: Any) -> Any:
    if type(m) is not type_Node: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.next
    if v is not None:
        out['next'] = tree_Node(v)
    v = m.others
    if v is not None:
        out['others'] = list_14(v)
    return out


def read_Pet(wire: Any, seen: Any) -> Any:
    read = readers_Pet.get(wire['kind'])
    return unrecognised(wire, 'kind', seen) if read is None else read(wire, seen)


readers_HousePet: dict[Any, Any] = {
    'cat': read_Cat,
    'dog': read_Dog,
}


writers_HousePet: dict[Any, Any] = {
    type_Cat: write_Cat,
    type_Dog: write_Dog,
}


trees_HousePet: dict[Any, Any] = {
    type_Cat: tree_Cat,
    type_Dog: tree_Dog,
}


readers_Pet: dict[Any, Any] = {
    'cat': read_Cat,
    'dog': read_Dog,
}


writers_Pet: dict[Any, Any] = {
    type_Cat: write_Cat,
    type_Dog: write_Dog,
}


trees_Pet: dict[Any, Any] = {
    type_Cat: tree_Cat,
    type_Dog: tree_Dog,
}


CODEC: dict[Any, Any] = {
    type_Cat: (read_Cat, write_Cat, tree_Cat),
    type_Dog: (read_Dog, write_Dog, tree_Dog),
    type_Everything: (read_Everything, write_Everything, tree_Everything),
    type_EverythingInside: (read_EverythingInside, write_EverythingInside, tree_EverythingInside),
    type_Node: (read_Node, write_Node, tree_Node),
}
