# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 2498750ba22f…
"""Codec of the messages in `common`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, maker, quote, unknown

from ..messages import common as types

type_Note: Any = types.Note
new_Note = maker(globals(), "new_Note", types.Note)
names_Note = frozenset(('note',))
type_Picture: Any = types.Picture
new_Picture = maker(globals(), "new_Picture", types.Picture)
names_Picture = frozenset[str]()
type_Words: Any = types.Words
new_Words = maker(globals(), "new_Words", types.Words)
names_Words = frozenset(('text', 'by',))


def read_Note(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Note()
    n = 1
    v = wire['note']
    if type(v) is not str: raise Misfit
    m.note = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Note, n, seen)
    m.__class__ = type_Note
    return m


def write_Note(m: Any) -> str:
    if type(m) is not type_Note: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.note
    if type(v) is not str: raise Misfit
    t0 = f'"note":{quote(v)}'
    return f'{{{t0}}}'


def tree_Note(m: Any) -> Any:
    if type(m) is not type_Note: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.note
    if type(v) is not str: raise Misfit
    out['note'] = v
    return out


def read_Picture(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Picture()
    n = 0
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Picture, n, seen)
    m.__class__ = type_Picture
    return m


def write_Picture(m: Any) -> str:
    if type(m) is not type_Picture: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    return f'{{}}'


def tree_Picture(m: Any) -> Any:
    if type(m) is not type_Picture: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    return out


def read_Words(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Words()
    get = wire.get
    n = 1
    v = wire['text']
    if type(v) is not str or len(v) < 1: raise Misfit
    m.text = v
    v = get('by')
    if v is None: m.by = None
    else:
        if type(v) is not str: raise Misfit
        m.by = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Words, n, seen)
    m.__class__ = type_Words
    return m


def write_Words(m: Any) -> str:
    if type(m) is not type_Words: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.text
    if type(v) is not str or len(v) < 1: raise Misfit
    t0 = f'"text":{quote(v)}'
    v = m.by
    if v is None: t1 = ''
    elif type(v) is not str: raise Misfit
    else: t1 = f',"by":{quote(v)}'
    return f'{{{t0}{t1}}}'


def tree_Words(m: Any) -> Any:
    if type(m) is not type_Words: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.text
    if type(v) is not str or len(v) < 1: raise Misfit
    out['text'] = v
    v = m.by
    if v is not None:
        if type(v) is not str: raise Misfit
        out['by'] = v
    return out


CODEC: dict[Any, Any] = {
    type_Note: (read_Note, write_Note, tree_Note),
    type_Picture: (read_Picture, write_Picture, tree_Picture),
    type_Words: (read_Words, write_Words, tree_Words),
}
