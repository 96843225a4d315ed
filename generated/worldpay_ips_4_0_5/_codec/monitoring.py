# Generated from ips-payment-4.0.5-invented.json by stompgen. Do not edit.
# API 4.0.5-invented, sha256 d156c212cde2…
"""Codec of the messages in `monitoring`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, grown, maker, members, quote, quoted, texts, unknown

from ..messages import monitoring as types
from . import common as codec_common

type_DeviceRestart: Any = types.DeviceRestart
new_DeviceRestart = maker(globals(), "new_DeviceRestart", types.DeviceRestart)
names_DeviceRestart = frozenset(('result',))
type_RestartResult: Any = types.RestartResult
members_RestartResult = members(type_RestartResult)
quoted_RestartResult = quoted(type_RestartResult)
texts_RestartResult = texts(type_RestartResult)
type_DeviceRestartRequest: Any = types.DeviceRestartRequest
new_DeviceRestartRequest = maker(globals(), "new_DeviceRestartRequest", types.DeviceRestartRequest)
names_DeviceRestartRequest = frozenset[str]()
type_DeviceStatus: Any = types.DeviceStatus
new_DeviceStatus = maker(globals(), "new_DeviceStatus", types.DeviceStatus)
names_DeviceStatus = frozenset(('status', 'paymentDevice', 'paypoint',))
type_DeviceState: Any = types.DeviceState
members_DeviceState = members(type_DeviceState)
quoted_DeviceState = quoted(type_DeviceState)
texts_DeviceState = texts(type_DeviceState)
type_PaymentDevice: Any = types.PaymentDevice
new_PaymentDevice = maker(globals(), "new_PaymentDevice", types.PaymentDevice)
names_PaymentDevice = frozenset(('deviceSerialNumber',))
type_ServiceStatus: Any = types.ServiceStatus
new_ServiceStatus = maker(globals(), "new_ServiceStatus", types.ServiceStatus)
names_ServiceStatus = frozenset(('status',))
type_ServiceState: Any = types.ServiceState
members_ServiceState = members(type_ServiceState)
quoted_ServiceState = quoted(type_ServiceState)
texts_ServiceState = texts(type_ServiceState)


def read_DeviceRestart(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_DeviceRestart()
    n = 1
    v = wire['result']
    m.result = e if (e := members_RestartResult.get(v)) is not None else grown(type_RestartResult, v)
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_DeviceRestart, n, seen)
    m.__class__ = type_DeviceRestart
    return m


def write_DeviceRestart(m: Any) -> str:
    if type(m) is not type_DeviceRestart: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.result
    if type(v) is not type_RestartResult: raise Misfit
    t0 = f'"result":{quoted_RestartResult[v]}'
    return f'{{{t0}}}'


def tree_DeviceRestart(m: Any) -> Any:
    if type(m) is not type_DeviceRestart: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.result
    if type(v) is not type_RestartResult: raise Misfit
    out['result'] = texts_RestartResult[v]
    return out


def read_DeviceRestartRequest(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_DeviceRestartRequest()
    n = 0
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_DeviceRestartRequest, n, seen)
    m.__class__ = type_DeviceRestartRequest
    return m


def write_DeviceRestartRequest(m: Any) -> str:
    if type(m) is not type_DeviceRestartRequest: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    return f'{{}}'


def tree_DeviceRestartRequest(m: Any) -> Any:
    if type(m) is not type_DeviceRestartRequest: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    return out


def read_DeviceStatus(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_DeviceStatus()
    get = wire.get
    n = 1
    v = wire['status']
    m.status = e if (e := members_DeviceState.get(v)) is not None else grown(type_DeviceState, v)
    v = get('paymentDevice')
    if v is None: m.payment_device = None
    else:
        m.payment_device = read_PaymentDevice(v, seen)
        n += 1
    v = get('paypoint')
    if v is None: m.paypoint = None
    else:
        m.paypoint = codec_common.read_Paypoint(v, seen)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_DeviceStatus, n, seen)
    m.__class__ = type_DeviceStatus
    return m


def write_DeviceStatus(m: Any) -> str:
    if type(m) is not type_DeviceStatus: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.status
    if type(v) is not type_DeviceState: raise Misfit
    t0 = f'"status":{quoted_DeviceState[v]}'
    v = m.payment_device
    if v is None: t1 = ''
    else: t1 = f',"paymentDevice":{write_PaymentDevice(v)}'
    v = m.paypoint
    if v is None: t2 = ''
    else: t2 = f',"paypoint":{codec_common.write_Paypoint(v)}'
    return f'{{{t0}{t1}{t2}}}'


def tree_DeviceStatus(m: Any) -> Any:
    if type(m) is not type_DeviceStatus: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.status
    if type(v) is not type_DeviceState: raise Misfit
    out['status'] = texts_DeviceState[v]
    v = m.payment_device
    if v is not None:
        out['paymentDevice'] = tree_PaymentDevice(v)
    v = m.paypoint
    if v is not None:
        out['paypoint'] = codec_common.tree_Paypoint(v)
    return out


def read_PaymentDevice(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_PaymentDevice()
    get = wire.get
    n = 0
    v = get('deviceSerialNumber')
    if v is None: m.device_serial_number = None
    else:
        if type(v) is not str: raise Misfit
        m.device_serial_number = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_PaymentDevice, n, seen)
    m.__class__ = type_PaymentDevice
    return m


def write_PaymentDevice(m: Any) -> str:
    if type(m) is not type_PaymentDevice: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.device_serial_number
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"deviceSerialNumber":{quote(v)}'
    text = f'{t0}'
    return f'{{{text[1:]}}}'


def tree_PaymentDevice(m: Any) -> Any:
    if type(m) is not type_PaymentDevice: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.device_serial_number
    if v is not None:
        if type(v) is not str: raise Misfit
        out['deviceSerialNumber'] = v
    return out


def read_ServiceStatus(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_ServiceStatus()
    n = 1
    v = wire['status']
    m.status = e if (e := members_ServiceState.get(v)) is not None else grown(type_ServiceState, v)
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_ServiceStatus, n, seen)
    m.__class__ = type_ServiceStatus
    return m


def write_ServiceStatus(m: Any) -> str:
    if type(m) is not type_ServiceStatus: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.status
    if type(v) is not type_ServiceState: raise Misfit
    t0 = f'"status":{quoted_ServiceState[v]}'
    return f'{{{t0}}}'


def tree_ServiceStatus(m: Any) -> Any:
    if type(m) is not type_ServiceStatus: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.status
    if type(v) is not type_ServiceState: raise Misfit
    out['status'] = texts_ServiceState[v]
    return out


CODEC: dict[Any, Any] = {
    type_DeviceRestart: (read_DeviceRestart, write_DeviceRestart, tree_DeviceRestart),
    type_DeviceRestartRequest: (read_DeviceRestartRequest, write_DeviceRestartRequest, tree_DeviceRestartRequest),
    type_DeviceStatus: (read_DeviceStatus, write_DeviceStatus, tree_DeviceStatus),
    type_PaymentDevice: (read_PaymentDevice, write_PaymentDevice, tree_PaymentDevice),
    type_ServiceStatus: (read_ServiceStatus, write_ServiceStatus, tree_ServiceStatus),
}
