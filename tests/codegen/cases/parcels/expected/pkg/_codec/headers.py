# Generated from spec.yaml by stompgen. Do not edit.
# API 2.0.0, sha256 65a4f485d3f2…
"""Codec of the messages in `headers`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, maker, quote, unknown

from ..messages import headers as types

type_MovedHeaders: Any = types.MovedHeaders
new_MovedHeaders = maker(globals(), "new_MovedHeaders", types.MovedHeaders)
names_MovedHeaders = frozenset(('reply-to',))


def read_MovedHeaders(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_MovedHeaders()
    get = wire.get
    n = 0
    v = get('reply-to')
    if v is None: m.reply_to = None
    else:
        if type(v) is not str: raise Misfit
        m.reply_to = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_MovedHeaders, n, seen)
    m.__class__ = type_MovedHeaders
    return m


def write_MovedHeaders(m: Any) -> str:
    if type(m) is not type_MovedHeaders: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.reply_to
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"reply-to":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_MovedHeaders(m: Any) -> Any:
    if type(m) is not type_MovedHeaders: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.reply_to
    if v is not None:
        if type(v) is not str: raise Misfit
        out['reply-to'] = v
    return out


CODEC: dict[Any, Any] = {
    type_MovedHeaders: (read_MovedHeaders, write_MovedHeaders, tree_MovedHeaders),
}
