# Generated from ips-payment-4.0.5-invented.json by stompgen. Do not edit.
# API 4.0.5-invented, sha256 d156c212cde2…
"""Codec of the messages in `headers`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, maker, quote, unknown

from ..messages import headers as types

type_MessageHeaders: Any = types.MessageHeaders
new_MessageHeaders = maker(globals(), "new_MessageHeaders", types.MessageHeaders)
names_MessageHeaders = frozenset(('x-wp-correlation-id', 'x-wp-message-id', 'x-wp-publisher-id',))


def read_MessageHeaders(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_MessageHeaders()
    get = wire.get
    n = 0
    v = get('x-wp-correlation-id')
    if v is None: m.x_wp_correlation_id = None
    else:
        if type(v) is not str: raise Misfit
        m.x_wp_correlation_id = v
        n += 1
    v = get('x-wp-message-id')
    if v is None: m.x_wp_message_id = None
    else:
        if type(v) is not str: raise Misfit
        m.x_wp_message_id = v
        n += 1
    v = get('x-wp-publisher-id')
    if v is None: m.x_wp_publisher_id = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 256: raise Misfit
        m.x_wp_publisher_id = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_MessageHeaders, n, seen)
    m.__class__ = type_MessageHeaders
    return m


def write_MessageHeaders(m: Any) -> str:
    if type(m) is not type_MessageHeaders: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.x_wp_correlation_id
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"x-wp-correlation-id":{quote(v)}'
    v = m.x_wp_message_id
    if v is None: t1 = ''
    elif type(v) is not str: raise Misfit
    else: t1 = f',"x-wp-message-id":{quote(v)}'
    v = m.x_wp_publisher_id
    if v is None: t2 = ''
    elif type(v) is not str or not 1 <= len(v) <= 256: raise Misfit
    else: t2 = f',"x-wp-publisher-id":{quote(v)}'
    text = f'{t0}{t1}{t2}'
    return f'{{{text[1:]}}}'


def tree_MessageHeaders(m: Any) -> Any:
    if type(m) is not type_MessageHeaders: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.x_wp_correlation_id
    if v is not None:
        if type(v) is not str: raise Misfit
        out['x-wp-correlation-id'] = v
    v = m.x_wp_message_id
    if v is not None:
        if type(v) is not str: raise Misfit
        out['x-wp-message-id'] = v
    v = m.x_wp_publisher_id
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 256: raise Misfit
        out['x-wp-publisher-id'] = v
    return out


CODEC: dict[Any, Any] = {
    type_MessageHeaders: (read_MessageHeaders, write_MessageHeaders, tree_MessageHeaders),
}
