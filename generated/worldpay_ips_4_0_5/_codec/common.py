# Generated from ips-payment-4.0.5-invented.json by stompgen. Do not edit.
# API 4.0.5-invented, sha256 d156c212cde2…
"""Codec of the messages in `common`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, maker, quote, unknown

from ..messages import common as types

type_Paypoint: Any = types.Paypoint
new_Paypoint = maker(globals(), "new_Paypoint", types.Paypoint)
names_Paypoint = frozenset(('paypointId', 'terminalId',))


def read_Paypoint(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Paypoint()
    get = wire.get
    n = 0
    v = get('paypointId')
    if v is None: m.paypoint_id = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 100: raise Misfit
        m.paypoint_id = v
        n += 1
    v = get('terminalId')
    if v is None: m.terminal_id = None
    else:
        if type(v) is not str or not 8 <= len(v) <= 10: raise Misfit
        m.terminal_id = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Paypoint, n, seen)
    m.__class__ = type_Paypoint
    return m


def write_Paypoint(m: Any) -> str:
    if type(m) is not type_Paypoint: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.paypoint_id
    if v is None: t0 = ''
    elif type(v) is not str or not 1 <= len(v) <= 100: raise Misfit
    else: t0 = f',"paypointId":{quote(v)}'
    v = m.terminal_id
    if v is None: t1 = ''
    elif type(v) is not str or not 8 <= len(v) <= 10: raise Misfit
    else: t1 = f',"terminalId":{quote(v)}'
    text = f'{t0}{t1}'
    return f'{{{text[1:]}}}'


def tree_Paypoint(m: Any) -> Any:
    if type(m) is not type_Paypoint: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.paypoint_id
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 100: raise Misfit
        out['paypointId'] = v
    v = m.terminal_id
    if v is not None:
        if type(v) is not str or not 8 <= len(v) <= 10: raise Misfit
        out['terminalId'] = v
    return out


CODEC: dict[Any, Any] = {
    type_Paypoint: (read_Paypoint, write_Paypoint, tree_Paypoint),
}
