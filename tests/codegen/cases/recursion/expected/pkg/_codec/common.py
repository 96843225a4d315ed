# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 4acd565cf19e…
"""Codec of the messages in `common`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import ARRAY, NO_FIELDS, OBJECT, TUPLE, Decimal, Misfit, field_reader, field_writer, fragment, maker, number, quote, unknown

from ..messages import common as types

type_Deep: Any = types.Deep
new_Deep = maker(globals(), "new_Deep", types.Deep)
names_Deep = frozenset(('any', 'inner', 'piece',))
field_3 = field_reader(types.Deep, "any")
writer_4 = field_writer(types.Deep, "any")
type_DeepInner: Any = types.DeepInner
new_DeepInner = maker(globals(), "new_DeepInner", types.DeepInner)
names_DeepInner = frozenset(('x',))
type_Sum: Any = types.Sum
type_Value: Any = types.Value
type_Forest: Any = types.Forest
new_Forest = maker(globals(), "new_Forest", types.Forest)
names_Forest = frozenset(('expr', 'first',))
new_Sum = maker(globals(), "new_Sum", types.Sum)
names_Sum = frozenset(('op', 'terms',))
type_Tree: Any = types.Tree
new_Tree = maker(globals(), "new_Tree", types.Tree)
names_Tree = frozenset(('by_name', 'forest', 'left', 'others',))
field_18 = field_reader(types.Tree, "by_name")
writer_19 = field_writer(types.Tree, "by_name")
new_Value = maker(globals(), "new_Value", types.Value)
names_Value = frozenset(('op', 'value',))


def items_0(v: Any, seen: Any) -> Any:
    if type(v) is not ARRAY: raise Misfit
    items = v
    return tuple([read_Tree(v, seen) for v in items])


def read_Deep(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    seen[1] = True
    m = new_Deep()
    get = wire.get
    n = 0
    v = get('any')
    if v is None: m.any = None
    else:
        m.any = field_3(v, seen)
        n += 1
    v = get('inner')
    if v is None: m.inner = None
    else:
        m.inner = read_DeepInner(v, seen)
        n += 1
    v = get('piece')
    if v is None: m.piece = None
    else:
        m.piece = items_0(v, seen)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Deep, n, seen)
    m.__class__ = type_Deep
    return m


def text_2(v: Any) -> str:
    if type(v) is not TUPLE: raise Misfit
    items = v
    texts = ','.join([f'{write_Tree(v)}' for v in items])
    return f'[{texts}]'


def list_2(v: Any) -> Any:
    if type(v) is not TUPLE: raise Misfit
    items = v
    return [tree_Tree(v) for v in items]


def write_Deep(m: Any) -> str:
    if type(m) is not type_Deep: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.any
    if v is None: t0 = ''
    else: t0 = f',"any":{writer_4(v)}'
    v = m.inner
    if v is None: t1 = ''
    else: t1 = f',"inner":{write_DeepInner(v)}'
    v = m.piece
    if v is None: t2 = ''
    else: t2 = f',"piece":{text_2(v)}'
    text = f'{t0}{t1}{t2}'
    return f'{{{text[1:]}}}'


def tree_Deep(m: Any) -> Any:
    if type(m) is not type_Deep: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.any
    if v is not None:
        out['any'] = fragment(writer_4(v))
    v = m.inner
    if v is not None:
        out['inner'] = tree_DeepInner(v)
    v = m.piece
    if v is not None:
        out['piece'] = list_2(v)
    return out


def read_DeepInner(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_DeepInner()
    get = wire.get
    n = 0
    v = get('x')
    if v is None: m.x = None
    else:
        if type(v) is not str: raise Misfit
        m.x = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_DeepInner, n, seen)
    m.__class__ = type_DeepInner
    return m


def write_DeepInner(m: Any) -> str:
    if type(m) is not type_DeepInner: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.x
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"x":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_DeepInner(m: Any) -> Any:
    if type(m) is not type_DeepInner: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.x
    if v is not None:
        if type(v) is not str: raise Misfit
        out['x'] = v
    return out


def read_Forest(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    seen[1] = True
    m = new_Forest()
    get = wire.get
    n = 0
    v = get('expr')
    if v is None: m.expr = None
    else:
        m.expr = readers_Expr[v['op']](v, seen)
        n += 1
    v = get('first')
    if v is None: m.first = None
    else:
        m.first = read_Tree(v, seen)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Forest, n, seen)
    m.__class__ = type_Forest
    return m


def write_Forest(m: Any) -> str:
    if type(m) is not type_Forest: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.expr
    if v is None: t0 = ''
    else: t0 = f',"expr":{writers_Expr[type(v)](v)}'
    v = m.first
    if v is None: t1 = ''
    else: t1 = f',"first":{write_Tree(v)}'
    text = f'{t0}{t1}'
    return f'{{{text[1:]}}}'


def tree_Forest(m: Any) -> Any:
    if type(m) is not type_Forest: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.expr
    if v is not None:
        out['expr'] = trees_Expr[type(v)](v)
    v = m.first
    if v is not None:
        out['first'] = tree_Tree(v)
    return out


def items_12(v: Any, seen: Any) -> Any:
    if type(v) is not ARRAY: raise Misfit
    items = v
    return tuple([readers_Expr[v['op']](v, seen) for v in items])


def read_Sum(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    seen[1] = True
    m = new_Sum()
    n = 2
    v = wire['op']
    if type(v) is not str or v != 'sum': raise Misfit
    m.op = v
    v = wire['terms']
    m.terms = items_12(v, seen)
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Sum, n, seen)
    m.__class__ = type_Sum
    return m


def text_14(v: Any) -> str:
    if type(v) is not TUPLE: raise Misfit
    items = v
    texts = ','.join([f'{writers_Expr[type(v)](v)}' for v in items])
    return f'[{texts}]'


def list_14(v: Any) -> Any:
    if type(v) is not TUPLE: raise Misfit
    items = v
    return [trees_Expr[type(v)](v) for v in items]


def write_Sum(m: Any) -> str:
    if type(m) is not type_Sum: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.op
    if type(v) is not str or v != 'sum': raise Misfit
    t0 = f'"op":"sum"'
    v = m.terms
    t1 = f',"terms":{text_14(v)}'
    return f'{{{t0}{t1}}}'


def tree_Sum(m: Any) -> Any:
    if type(m) is not type_Sum: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.op
    if type(v) is not str or v != 'sum': raise Misfit
    out['op'] = v
    v = m.terms
    out['terms'] = list_14(v)
    return out


def items_18(v: Any, seen: Any) -> Any:
    if type(v) is not ARRAY: raise Misfit
    items = v
    return tuple([read_Tree(v, seen) for v in items])


def read_Tree(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    seen[1] = True
    m = new_Tree()
    get = wire.get
    n = 0
    v = get('by_name')
    if v is None: m.by_name = None
    else:
        m.by_name = field_18(v, seen)
        n += 1
    v = get('forest')
    if v is None: m.forest = None
    else:
        m.forest = read_Forest(v, seen)
        n += 1
    v = get('left')
    if v is None: m.left = None
    else:
        m.left = read_Tree(v, seen)
        n += 1
    v = get('others')
    if v is None: m.others = None
    else:
        m.others = items_18(v, seen)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Tree, n, seen)
    m.__class__ = type_Tree
    return m


def text_20(v: Any) -> str:
    if type(v) is not TUPLE: raise Misfit
    items = v
    texts = ','.join([f'{write_Tree(v)}' for v in items])
    return f'[{texts}]'


def list_20(v: Any) -> Any:
    if type(v) is not TUPLE: raise Misfit
    items = v
    return [tree_Tree(v) for v in items]


def write_Tree(m: Any) -> str:
    if type(m) is not type_Tree: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.by_name
    if v is None: t0 = ''
    else: t0 = f',"by_name":{writer_19(v)}'
    v = m.forest
    if v is None: t1 = ''
    else: t1 = f',"forest":{write_Forest(v)}'
    v = m.left
    if v is None: t2 = ''
    else: t2 = f',"left":{write_Tree(v)}'
    v = m.others
    if v is None: t3 = ''
    else: t3 = f',"others":{text_20(v)}'
    text = f'{t0}{t1}{t2}{t3}'
    return f'{{{text[1:]}}}'


def tree_Tree(m: Any) -> Any:
    if type(m) is not type_Tree: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.by_name
    if v is not None:
        out['by_name'] = fragment(writer_19(v))
    v = m.forest
    if v is not None:
        out['forest'] = tree_Forest(v)
    v = m.left
    if v is not None:
        out['left'] = tree_Tree(v)
    v = m.others
    if v is not None:
        out['others'] = list_20(v)
    return out


def read_Value(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Value()
    get = wire.get
    n = 1
    v = wire['op']
    if type(v) is not str or v != 'value': raise Misfit
    m.op = v
    v = get('value')
    if v is None: m.value = None
    else:
        m.value = v if type(v) is Decimal and v.is_finite() else number(v, seen, '"value"')
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Value, n, seen)
    m.__class__ = type_Value
    return m


def write_Value(m: Any) -> str:
    if type(m) is not type_Value: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.op
    if type(v) is not str or v != 'value': raise Misfit
    t0 = f'"op":"value"'
    v = m.value
    if v is None: t1 = ''
    elif type(v) is not Decimal or not v.is_finite(): raise Misfit
    else: t1 = f',"value":{v!s}'
    return f'{{{t0}{t1}}}'


def tree_Value(m: Any) -> Any:
    if type(m) is not type_Value: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.op
    if type(v) is not str or v != 'value': raise Misfit
    out['op'] = v
    v = m.value
    if v is not None:
        if type(v) is not Decimal or not v.is_finite(): raise Misfit
        out['value'] = fragment(str(v))
    return out


readers_Expr: dict[Any, Any] = {
    'sum': read_Sum,
    'value': read_Value,
}


writers_Expr: dict[Any, Any] = {
    type_Sum: write_Sum,
    type_Value: write_Value,
}


trees_Expr: dict[Any, Any] = {
    type_Sum: tree_Sum,
    type_Value: tree_Value,
}


CODEC: dict[Any, Any] = {
    type_Deep: (read_Deep, write_Deep, tree_Deep),
    type_DeepInner: (read_DeepInner, write_DeepInner, tree_DeepInner),
    type_Forest: (read_Forest, write_Forest, tree_Forest),
    type_Sum: (read_Sum, write_Sum, tree_Sum),
    type_Tree: (read_Tree, write_Tree, tree_Tree),
    type_Value: (read_Value, write_Value, tree_Value),
}
