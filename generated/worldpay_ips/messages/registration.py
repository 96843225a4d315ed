# Generated from ips-payment-4.0.1.yaml by stompgen. Do not edit.
# API 4.0.1, sha256 98d4af8b9c36…
"""Messages of the tag `Point of Sale Registration`.

Registering a point of sale and refreshing its license key.
"""

import attrs

from stompws.rules import Text
from stompws.shapes import Struct, field_info, frozen


@frozen(kw_only=True)
class PointOfSaleRegistration(Struct):
    """Confirms a registration and delivers the license key.

    Source: #/components/schemas/PointOfSaleRegistration (api-4.0.1, project; confidence invented).
    The fields are the documentation's. No list of required fields is published; that only what the
    message would mean nothing without is required is decided here.
    """

    point_of_sale_license_key: str = attrs.field(
        repr=False,
        validator=Text(),
        metadata=field_info("pointOfSaleLicenseKey", sensitive=True, guessed=True),
    )
    """The license key of the point of sale, a JSON Web Token. It authenticates connections: send it
    as it is, keep it secret.

    Sensitive: kept out of repr, logs and error texts. Source: api-4.0.1, cloud-client; confidence
    medium. The page shows a sample token. Keys seen in public samples are valid for about one year;
    length and lifetime are not documented.
    """


@frozen(kw_only=True)
class PointOfSaleRegistrationRequest(Struct):
    """Registers a point of sale with what Worldpay's portal shows for it.

    Source: #/components/schemas/PointOfSaleRegistrationRequest (api-4.0.1, api-2.0.0, api-2.1.1;
    confidence high).
    """

    point_of_sale_id: str = attrs.field(
        validator=Text(min_length=6, max_length=6, pattern="^[a-zA-Z0-9]{6}$"),
        metadata=field_info("pointOfSaleId"),
    )
    """Unique identifier of the point of sale, 6 letters and digits.

    Limits: exactly 6 characters, pattern `^[a-zA-Z0-9]{6}$`. Source: api-2.0.0, api-2.1.1;
    confidence high.
    """

    point_of_sale_reference: str = attrs.field(
        validator=Text(min_length=1, max_length=15, pattern="^[a-zA-Z0-9]{1,15}$"),
        metadata=field_info("pointOfSaleReference"),
    )
    """The merchant's reference for the point of sale, 1 to 15 letters and digits.

    Limits: 1 to 15 characters, pattern `^[a-zA-Z0-9]{1,15}$`. Source: api-2.0.0, api-2.1.1, portal;
    confidence high. The portal's form asks for 9 to 15 characters, the API takes 1 to 15.
    """

    point_of_sale_activation_code: str = attrs.field(
        repr=False,
        validator=Text(min_length=8, max_length=8, pattern="^[a-zA-Z0-9]{8}$"),
        metadata=field_info("pointOfSaleActivationCode", sensitive=True),
    )
    """The activation code, 8 letters and digits. It works once.

    Limits: exactly 8 characters, pattern `^[a-zA-Z0-9]{8}$`. Sensitive: kept out of repr, logs and
    error texts. Source: api-2.0.0, api-2.1.1, portal; confidence high.
    """


@frozen(kw_only=True)
class RegistrationRefresh(Struct):
    """Confirms a refresh and delivers the new license key.

    Source: #/components/schemas/RegistrationRefresh (api-4.0.1, project; confidence invented). The
    fields are the documentation's. No list of required fields is published; that only what the
    message would mean nothing without is required is decided here.
    """

    point_of_sale_license_key: str = attrs.field(
        repr=False,
        validator=Text(),
        metadata=field_info("pointOfSaleLicenseKey", sensitive=True, guessed=True),
    )
    """The license key of the point of sale, a JSON Web Token. It authenticates connections: send it
    as it is, keep it secret.

    Sensitive: kept out of repr, logs and error texts. Source: api-4.0.1, cloud-client; confidence
    medium. The page shows a sample token. Keys seen in public samples are valid for about one year;
    length and lifetime are not documented.
    """


@frozen(kw_only=True)
class RegistrationRefreshRequest(Struct):
    """Asks for a new license key. The payload is empty.

    Source: #/components/schemas/RegistrationRefreshRequest (api-4.0.1; confidence high).
    """
