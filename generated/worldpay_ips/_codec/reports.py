# Generated from ips-payment-4.0.1.yaml by stompgen. Do not edit.
# API 4.0.1, sha256 98d4af8b9c36…
"""Codec of the messages in `reports`: made for speed, and not for reading."""

# ruff: noqa
# fmt: off
# What nobody reads need not be in style: short names and long lines are as fast, and smaller.

from typing import Any

from stompws.ahead import ARRAY, BOOLEANS, NO_FIELDS, OBJECT, TUPLE, DateTime, Misfit, maker, quote, unknown

from ..messages import reports as types
from . import common as codec_common

type_BatchReport: Any = types.BatchReport
new_BatchReport = maker(globals(), "new_BatchReport", types.BatchReport)
names_BatchReport = frozenset(('batchNumber', 'batchReport', 'currencyCode', 'paypoint', 'refundCount', 'refundTotalAmount', 'saleCount', 'saleTotalAmount',))
type_BatchReportDetails: Any = types.BatchReportDetails
new_BatchReportDetails = maker(globals(), "new_BatchReportDetails", types.BatchReportDetails)
names_BatchReportDetails = frozenset(('fcr', 'report', 'reportDate',))
type_BatchReportRequest: Any = types.BatchReportRequest
new_BatchReportRequest = maker(globals(), "new_BatchReportRequest", types.BatchReportRequest)
names_BatchReportRequest = frozenset(('closeBatch',))
type_CardSchemeTotals: Any = types.CardSchemeTotals
new_CardSchemeTotals = maker(globals(), "new_CardSchemeTotals", types.CardSchemeTotals)
names_CardSchemeTotals = frozenset(('cardScheme', 'creditCount', 'creditTotals', 'debitCount', 'debitTotals',))
type_OfflineReport: Any = types.OfflineReport
new_OfflineReport = maker(globals(), "new_OfflineReport", types.OfflineReport)
names_OfflineReport = frozenset(('count', 'paypoint',))
type_OfflineReportRequest: Any = types.OfflineReportRequest
new_OfflineReportRequest = maker(globals(), "new_OfflineReportRequest", types.OfflineReportRequest)
names_OfflineReportRequest = frozenset[str]()


def read_BatchReport(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_BatchReport()
    get = wire.get
    n = 0
    v = get('batchNumber')
    if v is None: m.batch_number = None
    else:
        if type(v) is not int: raise Misfit
        m.batch_number = v
        n += 1
    v = get('batchReport')
    if v is None: m.batch_report = None
    else:
        m.batch_report = read_BatchReportDetails(v, seen)
        n += 1
    v = get('currencyCode')
    if v is None: m.currency_code = None
    else:
        if type(v) is not str or len(v) != 3: raise Misfit
        m.currency_code = v
        n += 1
    v = get('paypoint')
    if v is None: m.paypoint = None
    else:
        m.paypoint = codec_common.read_Paypoint(v, seen)
        n += 1
    v = get('refundCount')
    if v is None: m.refund_count = None
    else:
        if type(v) is not int: raise Misfit
        m.refund_count = v
        n += 1
    v = get('refundTotalAmount')
    if v is None: m.refund_total_amount = None
    else:
        if type(v) is not int: raise Misfit
        m.refund_total_amount = v
        n += 1
    v = get('saleCount')
    if v is None: m.sale_count = None
    else:
        if type(v) is not int: raise Misfit
        m.sale_count = v
        n += 1
    v = get('saleTotalAmount')
    if v is None: m.sale_total_amount = None
    else:
        if type(v) is not int: raise Misfit
        m.sale_total_amount = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_BatchReport, n, seen)
    m.__class__ = type_BatchReport
    return m


def write_BatchReport(m: Any) -> str:
    if type(m) is not type_BatchReport: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.batch_number
    if v is None: t0 = ''
    elif type(v) is not int: raise Misfit
    else: t0 = f',"batchNumber":{v!r}'
    v = m.batch_report
    if v is None: t1 = ''
    else: t1 = f',"batchReport":{write_BatchReportDetails(v)}'
    v = m.currency_code
    if v is None: t2 = ''
    elif type(v) is not str or len(v) != 3: raise Misfit
    else: t2 = f',"currencyCode":{quote(v)}'
    v = m.paypoint
    if v is None: t3 = ''
    else: t3 = f',"paypoint":{codec_common.write_Paypoint(v)}'
    v = m.refund_count
    if v is None: t4 = ''
    elif type(v) is not int: raise Misfit
    else: t4 = f',"refundCount":{v!r}'
    v = m.refund_total_amount
    if v is None: t5 = ''
    elif type(v) is not int: raise Misfit
    else: t5 = f',"refundTotalAmount":{v!r}'
    v = m.sale_count
    if v is None: t6 = ''
    elif type(v) is not int: raise Misfit
    else: t6 = f',"saleCount":{v!r}'
    v = m.sale_total_amount
    if v is None: t7 = ''
    elif type(v) is not int: raise Misfit
    else: t7 = f',"saleTotalAmount":{v!r}'
    text = f'{t0}{t1}{t2}{t3}{t4}{t5}{t6}{t7}'
    return f'{{{text[1:]}}}'


def tree_BatchReport(m: Any) -> Any:
    if type(m) is not type_BatchReport: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.batch_number
    if v is not None:
        if type(v) is not int: raise Misfit
        out['batchNumber'] = v
    v = m.batch_report
    if v is not None:
        out['batchReport'] = tree_BatchReportDetails(v)
    v = m.currency_code
    if v is not None:
        if type(v) is not str or len(v) != 3: raise Misfit
        out['currencyCode'] = v
    v = m.paypoint
    if v is not None:
        out['paypoint'] = codec_common.tree_Paypoint(v)
    v = m.refund_count
    if v is not None:
        if type(v) is not int: raise Misfit
        out['refundCount'] = v
    v = m.refund_total_amount
    if v is not None:
        if type(v) is not int: raise Misfit
        out['refundTotalAmount'] = v
    v = m.sale_count
    if v is not None:
        if type(v) is not int: raise Misfit
        out['saleCount'] = v
    v = m.sale_total_amount
    if v is not None:
        if type(v) is not int: raise Misfit
        out['saleTotalAmount'] = v
    return out


def items_3(v: Any, seen: Any) -> Any:
    if type(v) is not ARRAY: raise Misfit
    items = v
    return tuple([read_CardSchemeTotals(v, seen) for v in items])


def read_BatchReportDetails(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_BatchReportDetails()
    get = wire.get
    n = 0
    v = get('fcr')
    if v is None: m.fcr = None
    else:
        if type(v) is not int: raise Misfit
        m.fcr = v
        n += 1
    v = get('report')
    if v is None: m.report = None
    else:
        m.report = items_3(v, seen)
        n += 1
    v = get('reportDate')
    if v is None: m.report_date = None
    else:
        if type(v) is not str: raise Misfit
        m.report_date = DateTime(v)
        seen[2] += v.count(":")
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_BatchReportDetails, n, seen)
    m.__class__ = type_BatchReportDetails
    return m


def text_5(v: Any) -> str:
    if type(v) is not TUPLE: raise Misfit
    items = v
    texts = ','.join([f'{write_CardSchemeTotals(v)}' for v in items])
    return f'[{texts}]'


def list_5(v: Any) -> Any:
    if type(v) is not TUPLE: raise Misfit
    items = v
    return [tree_CardSchemeTotals(v) for v in items]


def write_BatchReportDetails(m: Any) -> str:
    if type(m) is not type_BatchReportDetails: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.fcr
    if v is None: t0 = ''
    elif type(v) is not int: raise Misfit
    else: t0 = f',"fcr":{v!r}'
    v = m.report
    if v is None: t1 = ''
    else: t1 = f',"report":{text_5(v)}'
    v = m.report_date
    if v is None: t2 = ''
    elif type(v) is not DateTime: raise Misfit
    else: t2 = f',"reportDate":{quote(v)}'
    text = f'{t0}{t1}{t2}'
    return f'{{{text[1:]}}}'


def tree_BatchReportDetails(m: Any) -> Any:
    if type(m) is not type_BatchReportDetails: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.fcr
    if v is not None:
        if type(v) is not int: raise Misfit
        out['fcr'] = v
    v = m.report
    if v is not None:
        out['report'] = list_5(v)
    v = m.report_date
    if v is not None:
        if type(v) is not DateTime: raise Misfit
        out['reportDate'] = v
    return out


def read_BatchReportRequest(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_BatchReportRequest()
    n = 1
    v = wire['closeBatch']
    if type(v) is not bool: raise Misfit
    m.close_batch = v
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_BatchReportRequest, n, seen)
    m.__class__ = type_BatchReportRequest
    return m


def write_BatchReportRequest(m: Any) -> str:
    if type(m) is not type_BatchReportRequest: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.close_batch
    if type(v) is not bool: raise Misfit
    t0 = f'"closeBatch":{BOOLEANS[v]}'
    return f'{{{t0}}}'


def tree_BatchReportRequest(m: Any) -> Any:
    if type(m) is not type_BatchReportRequest: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.close_batch
    if type(v) is not bool: raise Misfit
    out['closeBatch'] = v
    return out


def read_CardSchemeTotals(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_CardSchemeTotals()
    get = wire.get
    n = 0
    v = get('cardScheme')
    if v is None: m.card_scheme = None
    else:
        if type(v) is not str: raise Misfit
        m.card_scheme = v
        n += 1
    v = get('creditCount')
    if v is None: m.credit_count = None
    else:
        if type(v) is not int: raise Misfit
        m.credit_count = v
        n += 1
    v = get('creditTotals')
    if v is None: m.credit_totals = None
    else:
        if type(v) is not int: raise Misfit
        m.credit_totals = v
        n += 1
    v = get('debitCount')
    if v is None: m.debit_count = None
    else:
        if type(v) is not int: raise Misfit
        m.debit_count = v
        n += 1
    v = get('debitTotals')
    if v is None: m.debit_totals = None
    else:
        if type(v) is not int: raise Misfit
        m.debit_totals = v
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_CardSchemeTotals, n, seen)
    m.__class__ = type_CardSchemeTotals
    return m


def write_CardSchemeTotals(m: Any) -> str:
    if type(m) is not type_CardSchemeTotals: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.card_scheme
    if v is None: t0 = ''
    elif type(v) is not str: raise Misfit
    else: t0 = f',"cardScheme":{quote(v)}'
    v = m.credit_count
    if v is None: t1 = ''
    elif type(v) is not int: raise Misfit
    else: t1 = f',"creditCount":{v!r}'
    v = m.credit_totals
    if v is None: t2 = ''
    elif type(v) is not int: raise Misfit
    else: t2 = f',"creditTotals":{v!r}'
    v = m.debit_count
    if v is None: t3 = ''
    elif type(v) is not int: raise Misfit
    else: t3 = f',"debitCount":{v!r}'
    v = m.debit_totals
    if v is None: t4 = ''
    elif type(v) is not int: raise Misfit
    else: t4 = f',"debitTotals":{v!r}'
    text = f'{t0}{t1}{t2}{t3}{t4}'
    return f'{{{text[1:]}}}'


def tree_CardSchemeTotals(m: Any) -> Any:
    if type(m) is not type_CardSchemeTotals: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.card_scheme
    if v is not None:
        if type(v) is not str: raise Misfit
        out['cardScheme'] = v
    v = m.credit_count
    if v is not None:
        if type(v) is not int: raise Misfit
        out['creditCount'] = v
    v = m.credit_totals
    if v is not None:
        if type(v) is not int: raise Misfit
        out['creditTotals'] = v
    v = m.debit_count
    if v is not None:
        if type(v) is not int: raise Misfit
        out['debitCount'] = v
    v = m.debit_totals
    if v is not None:
        if type(v) is not int: raise Misfit
        out['debitTotals'] = v
    return out


def read_OfflineReport(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_OfflineReport()
    get = wire.get
    n = 1
    v = wire['count']
    if type(v) is not int: raise Misfit
    m.count = v
    v = get('paypoint')
    if v is None: m.paypoint = None
    else:
        m.paypoint = codec_common.read_Paypoint(v, seen)
        n += 1
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_OfflineReport, n, seen)
    m.__class__ = type_OfflineReport
    return m


def write_OfflineReport(m: Any) -> str:
    if type(m) is not type_OfflineReport: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    v = m.count
    if type(v) is not int: raise Misfit
    t0 = f'"count":{v!r}'
    v = m.paypoint
    if v is None: t1 = ''
    else: t1 = f',"paypoint":{codec_common.write_Paypoint(v)}'
    return f'{{{t0}{t1}}}'


def tree_OfflineReport(m: Any) -> Any:
    if type(m) is not type_OfflineReport: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    v = m.count
    if type(v) is not int: raise Misfit
    out['count'] = v
    v = m.paypoint
    if v is not None:
        out['paypoint'] = codec_common.tree_Paypoint(v)
    return out


def read_OfflineReportRequest(wire: Any, seen: Any) -> Any:
    if type(wire) is not OBJECT: raise Misfit
    size = len(wire)
    seen[0] += size
    m = new_OfflineReportRequest()
    n = 0
    m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_OfflineReportRequest, n, seen)
    m.__class__ = type_OfflineReportRequest
    return m


def write_OfflineReportRequest(m: Any) -> str:
    if type(m) is not type_OfflineReportRequest: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    return f'{{}}'


def tree_OfflineReportRequest(m: Any) -> Any:
    if type(m) is not type_OfflineReportRequest: raise Misfit
    unknown = m.unknown_fields
    if unknown is not NO_FIELDS and len(unknown): raise Misfit
    out: dict[str, Any] = {}
    return out


CODEC: dict[Any, Any] = {
    type_BatchReport: (read_BatchReport, write_BatchReport, tree_BatchReport),
    type_BatchReportDetails: (read_BatchReportDetails, write_BatchReportDetails, tree_BatchReportDetails),
    type_BatchReportRequest: (read_BatchReportRequest, write_BatchReportRequest, tree_BatchReportRequest),
    type_CardSchemeTotals: (read_CardSchemeTotals, write_CardSchemeTotals, tree_CardSchemeTotals),
    type_OfflineReport: (read_OfflineReport, write_OfflineReport, tree_OfflineReport),
    type_OfflineReportRequest: (read_OfflineReportRequest, write_OfflineReportRequest, tree_OfflineReportRequest),
}
