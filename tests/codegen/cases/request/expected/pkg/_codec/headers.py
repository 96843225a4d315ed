# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 ac4ec221a86b…
"""Codec of the messages in `headers`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, maker, quote, unknown

from ..messages import headers as types

type_QuestionHeaders: Any = types.QuestionHeaders
new_QuestionHeaders = maker(globals(), "new_QuestionHeaders", types.QuestionHeaders)
names_QuestionHeaders = frozenset(('correlation',))


def read_QuestionHeaders(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_QuestionHeaders()
    get = wire.get
    n = 0
    v = get('correlation')
    if v is None: m.correlation = None
    else:
        if type(v) is not str: raise Misfit
        m.correlation = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_QuestionHeaders, n, seen)
    m.__class__ = type_QuestionHeaders
    return m


def write_QuestionHeaders(m: Any) -> str:
    if type(m) is not type_QuestionHeaders: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.correlation
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"correlation":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_QuestionHeaders(m: Any) -> Any:
    if type(m) is not type_QuestionHeaders: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.correlation
    if v is not None:
        if type(v) is not str: raise Misfit
        out['correlation'] = v
    return out


CODEC: dict[Any, Any] = {
    type_QuestionHeaders: (read_QuestionHeaders, write_QuestionHeaders, tree_QuestionHeaders),
}
