# Generated from ips-payment-4.0.5-invented.json by stompgen. Do not edit.
# API 4.0.5-invented, sha256 d156c212cde2…
"""Messages of the tag `Error Reporting`.

Errors that end the processing of a request.
"""

import attrs

from stompws.rules import Text, optional
from stompws.shapes import Struct, field_info, frozen


@frozen(kw_only=True)
class Error(Struct):
    """Ends the processing of a request; disconnect when it arrives.

    Source: #/components/schemas/Error (api-4.0.1; confidence high). No list of required fields is
    published. Nothing is required, because an error ends its request whatever it carries.
    """

    code: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("code")
    )
    """The code of the error, a string of digits. 10001: a required field is missing. The other
    codes are not known.

    Source: api-4.0.1; confidence high.
    """

    message: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("message", guessed=True)
    )
    """The error in words. A path of a field in it may leave out its beginning.

    Source: api-4.0.1, example; confidence medium.
    """
