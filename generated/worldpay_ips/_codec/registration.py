# Generated from ips-payment-4.0.1.yaml by stompgen. Do not edit.
# API 4.0.1, sha256 98d4af8b9c36…
"""Codec of the messages in `registration`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import NO_FIELDS, OBJECT, Misfit, maker, quote, unknown

from ..messages import registration as types

type_PointOfSaleRegistration: Any = types.PointOfSaleRegistration
new_PointOfSaleRegistration = maker(globals(), "new_PointOfSaleRegistration", types.PointOfSaleRegistration)
names_PointOfSaleRegistration = frozenset(('pointOfSaleLicenseKey',))
type_PointOfSaleRegistrationRequest: Any = types.PointOfSaleRegistrationRequest
new_PointOfSaleRegistrationRequest = maker(globals(), "new_PointOfSaleRegistrationRequest", types.PointOfSaleRegistrationRequest)
names_PointOfSaleRegistrationRequest = frozenset(('pointOfSaleId', 'pointOfSaleReference', 'pointOfSaleActivationCode',))
type_RegistrationRefresh: Any = types.RegistrationRefresh
new_RegistrationRefresh = maker(globals(), "new_RegistrationRefresh", types.RegistrationRefresh)
names_RegistrationRefresh = frozenset(('pointOfSaleLicenseKey',))
type_RegistrationRefreshRequest: Any = types.RegistrationRefreshRequest
new_RegistrationRefreshRequest = maker(globals(), "new_RegistrationRefreshRequest", types.RegistrationRefreshRequest)
names_RegistrationRefreshRequest = frozenset[str]()


def read_PointOfSaleRegistration(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_PointOfSaleRegistration()
    n = 1
    v = wire['pointOfSaleLicenseKey']
    if type(v) is not str: raise Misfit
    m.point_of_sale_license_key = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_PointOfSaleRegistration, n, seen)
    m.__class__ = type_PointOfSaleRegistration
    return m


def write_PointOfSaleRegistration(m: Any) -> str:
    if type(m) is not type_PointOfSaleRegistration: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.point_of_sale_license_key
    if type(v) is not str: raise Misfit
    t0 = f'"pointOfSaleLicenseKey":{quote(v)}'
    return f'{{{t0}}}'


def tree_PointOfSaleRegistration(m: Any) -> Any:
    if type(m) is not type_PointOfSaleRegistration: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.point_of_sale_license_key
    if type(v) is not str: raise Misfit
    out['pointOfSaleLicenseKey'] = v
    return out


def read_PointOfSaleRegistrationRequest(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_PointOfSaleRegistrationRequest()
    n = 3
    v = wire['pointOfSaleId']
    if type(v) is not str or len(v) != 6 or not (v.isascii() and v.isalnum()): raise Misfit
    m.point_of_sale_id = v
    v = wire['pointOfSaleReference']
    if type(v) is not str or not 1 <= len(v) <= 15 or not (v.isascii() and v.isalnum()): raise Misfit
    m.point_of_sale_reference = v
    v = wire['pointOfSaleActivationCode']
    if type(v) is not str or len(v) != 8 or not (v.isascii() and v.isalnum()): raise Misfit
    m.point_of_sale_activation_code = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_PointOfSaleRegistrationRequest, n, seen)
    m.__class__ = type_PointOfSaleRegistrationRequest
    return m


def write_PointOfSaleRegistrationRequest(m: Any) -> str:
    if type(m) is not type_PointOfSaleRegistrationRequest: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.point_of_sale_id
    if type(v) is not str or len(v) != 6 or not (v.isascii() and v.isalnum()): raise Misfit
    t0 = f'"pointOfSaleId":"{v}"'
    v = m.point_of_sale_reference
    if type(v) is not str or not 1 <= len(v) <= 15 or not (v.isascii() and v.isalnum()): raise Misfit
    t1 = f',"pointOfSaleReference":"{v}"'
    v = m.point_of_sale_activation_code
    if type(v) is not str or len(v) != 8 or not (v.isascii() and v.isalnum()): raise Misfit
    t2 = f',"pointOfSaleActivationCode":"{v}"'
    return f'{{{t0}{t1}{t2}}}'


def tree_PointOfSaleRegistrationRequest(m: Any) -> Any:
    if type(m) is not type_PointOfSaleRegistrationRequest: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.point_of_sale_id
    if type(v) is not str or len(v) != 6 or not (v.isascii() and v.isalnum()): raise Misfit
    out['pointOfSaleId'] = v
    v = m.point_of_sale_reference
    if type(v) is not str or not 1 <= len(v) <= 15 or not (v.isascii() and v.isalnum()): raise Misfit
    out['pointOfSaleReference'] = v
    v = m.point_of_sale_activation_code
    if type(v) is not str or len(v) != 8 or not (v.isascii() and v.isalnum()): raise Misfit
    out['pointOfSaleActivationCode'] = v
    return out


def read_RegistrationRefresh(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_RegistrationRefresh()
    n = 1
    v = wire['pointOfSaleLicenseKey']
    if type(v) is not str: raise Misfit
    m.point_of_sale_license_key = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_RegistrationRefresh, n, seen)
    m.__class__ = type_RegistrationRefresh
    return m


def write_RegistrationRefresh(m: Any) -> str:
    if type(m) is not type_RegistrationRefresh: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.point_of_sale_license_key
    if type(v) is not str: raise Misfit
    t0 = f'"pointOfSaleLicenseKey":{quote(v)}'
    return f'{{{t0}}}'


def tree_RegistrationRefresh(m: Any) -> Any:
    if type(m) is not type_RegistrationRefresh: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.point_of_sale_license_key
    if type(v) is not str: raise Misfit
    out['pointOfSaleLicenseKey'] = v
    return out


def read_RegistrationRefreshRequest(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_RegistrationRefreshRequest()
    n = 0
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_RegistrationRefreshRequest, n, seen)
    m.__class__ = type_RegistrationRefreshRequest
    return m


def write_RegistrationRefreshRequest(m: Any) -> str:
    if type(m) is not type_RegistrationRefreshRequest: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    return f'{{}}'


def tree_RegistrationRefreshRequest(m: Any) -> Any:
    if type(m) is not type_RegistrationRefreshRequest: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    return out


CODEC: dict[Any, Any] = {
    type_PointOfSaleRegistration: (read_PointOfSaleRegistration, write_PointOfSaleRegistration, tree_PointOfSaleRegistration),
    type_PointOfSaleRegistrationRequest: (read_PointOfSaleRegistrationRequest, write_PointOfSaleRegistrationRequest, tree_PointOfSaleRegistrationRequest),
    type_RegistrationRefresh: (read_RegistrationRefresh, write_RegistrationRefresh, tree_RegistrationRefresh),
    type_RegistrationRefreshRequest: (read_RegistrationRefreshRequest, write_RegistrationRefreshRequest, tree_RegistrationRefreshRequest),
}
