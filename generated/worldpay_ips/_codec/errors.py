# Generated from ips-payment-4.0.1.yaml by stompgen. Do not edit.
# API 4.0.1, sha256 98d4af8b9c36…
"""Codec of the messages in `errors`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, maker, quote, unknown

from ..messages import errors as types

type_Error: Any = types.Error
new_Error = maker(globals(), "new_Error", types.Error)
names_Error = frozenset(('code', 'message',))


def read_Error(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Error()
    get = wire.get
    n = 0
    v = get('code')
    if v is None: m.code = None
    else:
        if type(v) is not str: raise Misfit
        m.code = v
        n += 1
    v = get('message')
    if v is None: m.message = None
    else:
        if type(v) is not str: raise Misfit
        m.message = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Error, n, seen)
    m.__class__ = type_Error
    return m


def write_Error(m: Any) -> str:
    if type(m) is not type_Error: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.code
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"code":{quote(v)}'
    v = m.message
    if v is None: t1 = ''
    elif type(v) is not str: raise Misfit
    else: t1 = f',"message":{quote(v)}'
    text = f'{t0}{t1}'
    return f'{{{text[1:]}}}'


def tree_Error(m: Any) -> Any:
    if type(m) is not type_Error: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.code
    if v is not None:
        if type(v) is not str: raise Misfit
        out['code'] = v
    v = m.message
    if v is not None:
        if type(v) is not str: raise Misfit
        out['message'] = v
    return out


CODEC: dict[Any, Any] = {
    type_Error: (read_Error, write_Error, tree_Error),
}
