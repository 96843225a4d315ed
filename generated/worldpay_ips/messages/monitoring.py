# Generated from ips-payment-4.0.1.yaml by stompgen. Do not edit.
# API 4.0.1, sha256 98d4af8b9c36…
"""Messages of the tag `Monitoring`.

Status of the payment service and of the payment device, and its restart.
"""

import attrs

from stompws.rules import Choice, Of, Text, optional
from stompws.shapes import OpenStrEnum, Struct, field_info, frozen

from .common import Paypoint


class RestartResult(OpenStrEnum):
    """Whether the restart was begun. Take anything but `initiated` as no.

    New values are expected: one that is not listed is kept.

    Source: #/components/schemas/RestartResult (api-4.0.1, example; confidence medium). Other values
    are not known.
    """

    INITIATED = "initiated"
    """The restart has begun."""


@frozen(kw_only=True)
class DeviceRestart(Struct):
    """What became of the request to restart the payment device.

    Source: #/components/schemas/DeviceRestart (api-4.0.1, project; confidence invented). The fields
    are the documentation's. No list of required fields is published; that only what the message
    would mean nothing without is required is decided here.
    """

    result: RestartResult = attrs.field(
        validator=Choice(RestartResult), metadata=field_info("result", guessed=True)
    )
    """Whether the restart was begun. Take anything but `initiated` as no.

    Source: api-4.0.1, example; confidence medium. Other values are not known.
    """


@frozen(kw_only=True)
class DeviceRestartRequest(Struct):
    """Asks to restart the payment device. The payload is empty.

    Source: #/components/schemas/DeviceRestartRequest (api-4.0.1; confidence high).
    """


class DeviceState(OpenStrEnum):
    """Whether the payment device can be used. Take anything but `connected` as no.

    New values are expected: one that is not listed is kept.

    Source: #/components/schemas/DeviceState (api-4.0.1, example; confidence medium). Other values
    exist for certain and are not known.
    """

    CONNECTED = "connected"
    """The payment device is connected."""


@frozen(kw_only=True)
class PaymentDevice(Struct):
    """The payment device that the cardholder uses.

    Source: #/components/schemas/PaymentDevice (api-4.0.1; confidence high).
    """

    serial_number: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("serialNumber")
    )
    """Serial number of the payment device.

    Source: api-4.0.1; confidence high.
    """


@frozen(kw_only=True)
class DeviceStatus(Struct):
    """How the payment device of the paypoint is.

    Source: #/components/schemas/DeviceStatus (api-4.0.1, project; confidence invented). The fields
    are the documentation's. No list of required fields is published; that only what the message
    would mean nothing without is required is decided here.
    """

    status: DeviceState = attrs.field(
        validator=Choice(DeviceState), metadata=field_info("status", guessed=True)
    )
    """Whether the payment device can be used. Take anything but `connected` as no.

    Source: api-4.0.1, example; confidence medium. Other values exist for certain and are not known.
    """

    payment_device: PaymentDevice | None = attrs.field(
        default=None,
        validator=optional(Of(PaymentDevice)),
        metadata=field_info("paymentDevice", guessed=True),
    )
    """The payment device that the cardholder uses.

    Source: api-4.0.1; confidence high.
    """

    paypoint: Paypoint | None = attrs.field(
        default=None,
        validator=optional(Of(Paypoint)),
        metadata=field_info("paypoint", guessed=True),
    )
    """The paypoint and its terminal that handled the request.

    Source: api-4.0.1; confidence high.
    """


class ServiceState(OpenStrEnum):
    """Whether the payment service can take a request.

    New values are expected: one that is not listed is kept.

    Source: #/components/schemas/ServiceState (api-4.0.1, sdk-sample; confidence medium). The page
    shows not-busy; the other value is known from a sample on the SDK.
    """

    BUSY = "busy"
    """The payment service is at work on a request."""
    NOT_BUSY = "not-busy"
    """The payment service can take a request."""


@frozen(kw_only=True)
class ServiceStatus(Struct):
    """How the payment service of the paypoint is.

    Source: #/components/schemas/ServiceStatus (api-4.0.1, project; confidence invented). The fields
    are the documentation's. No list of required fields is published; that only what the message
    would mean nothing without is required is decided here.
    """

    status: ServiceState = attrs.field(
        validator=Choice(ServiceState), metadata=field_info("status", guessed=True)
    )
    """Whether the payment service can take a request.

    Source: api-4.0.1, sdk-sample; confidence medium. The page shows not-busy; the other value is
    known from a sample on the SDK.
    """
