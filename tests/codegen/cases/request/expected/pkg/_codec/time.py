# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 ac4ec221a86b…
"""Codec of the messages in `time`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, DateTime, Misfit, maker, quote, unknown

from ..messages import time as types

type_Answer: Any = types.Answer
new_Answer = maker(globals(), "new_Answer", types.Answer)
names_Answer = frozenset(('time',))
type_Fault: Any = types.Fault
new_Fault = maker(globals(), "new_Fault", types.Fault)
names_Fault = frozenset(('text',))
type_Question: Any = types.Question
new_Question = maker(globals(), "new_Question", types.Question)
names_Question = frozenset(('zone',))


def read_Answer(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Answer()
    n = 1
    v = wire['time']
    if type(v) is not str: raise Misfit
    m.time = DateTime(v)
    seen[2] += v.count(":")
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Answer, n, seen)
    m.__class__ = type_Answer
    return m


def write_Answer(m: Any) -> str:
    if type(m) is not type_Answer: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.time
    if type(v) is not DateTime: raise Misfit
    t0 = f'"time":{quote(v)}'
    return f'{{{t0}}}'


def tree_Answer(m: Any) -> Any:
    if type(m) is not type_Answer: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.time
    if type(v) is not DateTime: raise Misfit
    out['time'] = v
    return out


def read_Fault(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Fault()
    get = wire.get
    n = 0
    v = get('text')
    if v is None: m.text = None
    else:
        if type(v) is not str: raise Misfit
        m.text = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Fault, n, seen)
    m.__class__ = type_Fault
    return m


def write_Fault(m: Any) -> str:
    if type(m) is not type_Fault: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.text
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"text":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_Fault(m: Any) -> Any:
    if type(m) is not type_Fault: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.text
    if v is not None:
        if type(v) is not str: raise Misfit
        out['text'] = v
    return out


def read_Question(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_Question()
    get = wire.get
    n = 0
    v = get('zone')
    if v is None: m.zone = None
    else:
        if type(v) is not str or not 1 <= len(v) <= 40: raise Misfit
        m.zone = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_Question, n, seen)
    m.__class__ = type_Question
    return m


def write_Question(m: Any) -> str:
    if type(m) is not type_Question: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.zone
    if v is None: t0 = ''
    elif type(v) is not str or not 1 <= len(v) <= 40: raise Misfit
    else: t0 = f',"zone":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_Question(m: Any) -> Any:
    if type(m) is not type_Question: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.zone
    if v is not None:
        if type(v) is not str or not 1 <= len(v) <= 40: raise Misfit
        out['zone'] = v
    return out


CODEC: dict[Any, Any] = {
    type_Answer: (read_Answer, write_Answer, tree_Answer),
    type_Fault: (read_Fault, write_Fault, tree_Fault),
    type_Question: (read_Question, write_Question, tree_Question),
}
