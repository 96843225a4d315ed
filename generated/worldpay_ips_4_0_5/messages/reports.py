# Generated from ips-payment-4.0.5-invented.json by stompgen. Do not edit.
# API 4.0.5-invented, sha256 d156c212cde2…
"""Messages of the tag `Payment Reports`.

Reports on the current batch and on stored offline transactions.
"""

import attrs

from stompws.rules import Boolean, DateTimeText, Integer, Items, Of, Text, optional
from stompws.shapes import DateTime, Struct, field_info, frozen

from .common import Paypoint


@frozen(kw_only=True)
class CardSchemeTotals(Struct):
    """The transactions of one card scheme in the batch.

    Source: #/components/schemas/CardSchemeTotals (api-4.0.1, example; confidence low). The types
    are read from the example. That credits are refunds and debits are sales is read from their
    size.
    """

    card_scheme: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("cardScheme", guessed=True)
    )
    """Name of the card scheme, such as Visa.

    Source: api-4.0.1, example; confidence low. The types are read from the example. That credits
    are refunds and debits are sales is read from their size.
    """

    credit_count: int | None = attrs.field(
        default=None,
        validator=optional(Integer()),
        metadata=field_info("creditCount", guessed=True),
    )
    """How many credits there are, presumably refunds.

    Source: api-4.0.1, example; confidence medium. The types are read from the example. No list of
    required fields is published, so nothing is required.
    """

    credit_totals: int | None = attrs.field(
        default=None,
        validator=optional(Integer()),
        metadata=field_info("creditTotals", guessed=True, unit="currency-minor"),
    )
    """Sum of the credits, in the minor unit of the report's currency.

    Unit: minor units of the currencyCode of the batch report. Source: api-4.0.1, example;
    confidence medium. The types are read from the example. No list of required fields is published,
    so nothing is required.
    """

    debit_count: int | None = attrs.field(
        default=None, validator=optional(Integer()), metadata=field_info("debitCount", guessed=True)
    )
    """How many debits there are, presumably sales.

    Source: api-4.0.1, example; confidence medium. The types are read from the example. No list of
    required fields is published, so nothing is required.
    """

    debit_totals: int | None = attrs.field(
        default=None,
        validator=optional(Integer()),
        metadata=field_info("debitTotals", guessed=True, unit="currency-minor"),
    )
    """Sum of the debits, in the minor unit of the report's currency.

    Unit: minor units of the currencyCode of the batch report. Source: api-4.0.1, example;
    confidence medium. The types are read from the example. No list of required fields is published,
    so nothing is required.
    """


@frozen(kw_only=True)
class BatchReportDetails(Struct):
    """The batch by card scheme.

    Source: #/components/schemas/BatchReportDetails (api-4.0.1, example; confidence medium). The
    types are read from the example. No list of required fields is published, so nothing is
    required.
    """

    fcr: int | None = attrs.field(
        default=None, validator=optional(Integer()), metadata=field_info("fcr", guessed=True)
    )
    """Number of the financial control record, which groups the transactions of a terminal; in the
    documented example it is the batch number.

    Source: api-4.0.1, total-ipc; confidence medium. The meaning of the abbreviation is the
    predecessor's.
    """

    report: tuple[CardSchemeTotals, ...] | None = attrs.field(
        default=None,
        validator=optional(Items(Of(CardSchemeTotals))),
        metadata=field_info("report", guessed=True),
    )
    """One entry for each card scheme.

    Source: api-4.0.1, example; confidence medium. The types are read from the example. No list of
    required fields is published, so nothing is required.
    """

    report_date: DateTime | None = attrs.field(
        default=None,
        validator=optional(DateTimeText()),
        metadata=field_info("reportDate", guessed=True),
    )
    """When the report was made, with its offset from UTC.

    Source: api-4.0.1, example; confidence medium. The types are read from the example. No list of
    required fields is published, so nothing is required.
    """


@frozen(kw_only=True)
class BatchReport(Struct):
    """The transactions of the current batch, in total and by card scheme.

    Source: #/components/schemas/BatchReport (api-4.0.1, example; confidence medium). The types are
    read from the example. No list of required fields is published, so nothing is required.
    """

    batch_number: int | None = attrs.field(
        default=None,
        validator=optional(Integer()),
        metadata=field_info("batchNumber", guessed=True),
    )
    """Number of the batch.

    Source: api-4.0.1, example; confidence medium. The types are read from the example. No list of
    required fields is published, so nothing is required.
    """

    batch_report: BatchReportDetails | None = attrs.field(
        default=None,
        validator=optional(Of(BatchReportDetails)),
        metadata=field_info("batchReport", guessed=True),
    )
    """The batch by card scheme.

    Source: api-4.0.1, example; confidence medium. The types are read from the example. No list of
    required fields is published, so nothing is required.
    """

    currency_code: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=3, max_length=3)),
        metadata=field_info("currencyCode", guessed=True),
    )
    """A currency as three letters of ISO 4217, such as GBP.

    Limits: exactly 3 characters. Source: api-4.0.1, bill-api, standard; confidence medium.
    """

    paypoint: Paypoint | None = attrs.field(
        default=None,
        validator=optional(Of(Paypoint)),
        metadata=field_info("paypoint", guessed=True),
    )
    """The paypoint and its terminal that handled the request.

    Source: api-4.0.1; confidence high.
    """

    refund_count: int | None = attrs.field(
        default=None,
        validator=optional(Integer()),
        metadata=field_info("refundCount", guessed=True),
    )
    """How many refunds the batch holds.

    Source: api-4.0.1, example; confidence medium. The types are read from the example. No list of
    required fields is published, so nothing is required.
    """

    refund_total_amount: int | None = attrs.field(
        default=None,
        validator=optional(Integer()),
        metadata=field_info("refundTotalAmount", guessed=True, unit="currency-minor"),
    )
    """Sum of the refunds, in the minor unit of `currencyCode`.

    Unit: minor units of `currency_code`. Source: api-4.0.1, example; confidence medium. The types
    are read from the example. No list of required fields is published, so nothing is required.
    """

    sale_count: int | None = attrs.field(
        default=None, validator=optional(Integer()), metadata=field_info("saleCount", guessed=True)
    )
    """How many sales the batch holds.

    Source: api-4.0.1, example; confidence medium. The types are read from the example. No list of
    required fields is published, so nothing is required.
    """

    sale_total_amount: int | None = attrs.field(
        default=None,
        validator=optional(Integer()),
        metadata=field_info("saleTotalAmount", guessed=True, unit="currency-minor"),
    )
    """Sum of the sales, in the minor unit of `currencyCode`.

    Unit: minor units of `currency_code`. Source: api-4.0.1, example; confidence medium. The types
    are read from the example. No list of required fields is published, so nothing is required.
    """


@frozen(kw_only=True)
class BatchReportRequest(Struct):
    """Asks for a report on the current batch.

    Source: #/components/schemas/BatchReportRequest (api-4.0.1, example; confidence medium). No list
    of required fields is published; this one is read from the examples.
    """

    close_batch: bool = attrs.field(
        validator=Boolean(), metadata=field_info("closeBatch", guessed=True)
    )
    """False for an X report, which leaves the batch open; true for a Z report, which closes it.

    Source: api-4.0.1, total-ipc; confidence medium. The page names both reports; which value means
    which is the predecessor's usage.
    """


@frozen(kw_only=True)
class OfflineReport(Struct):
    """The transactions that were accepted offline and wait to be sent on.

    Source: #/components/schemas/OfflineReport (api-4.0.1, project; confidence invented). The fields
    are the documentation's. No list of required fields is published; that only what the message
    would mean nothing without is required is decided here.
    """

    count: int = attrs.field(validator=Integer(), metadata=field_info("count"))
    """How many transactions are stored.

    Source: api-4.0.1, stand-in; confidence high.
    """

    paypoint: Paypoint | None = attrs.field(
        default=None,
        validator=optional(Of(Paypoint)),
        metadata=field_info("paypoint", guessed=True),
    )
    """The paypoint and its terminal that handled the request.

    Source: api-4.0.1; confidence high.
    """


@frozen(kw_only=True)
class OfflineReportRequest(Struct):
    """Asks how many transactions are stored offline. The payload is empty.

    Source: #/components/schemas/OfflineReportRequest (api-4.0.1; confidence high).
    """
