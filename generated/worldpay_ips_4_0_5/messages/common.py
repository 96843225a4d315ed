# Generated from ips-payment-4.0.5-invented.json by stompgen. Do not edit.
# API 4.0.5-invented, sha256 d156c212cde2…
"""What messages of several tags, or of none, are made of."""

import attrs

from stompws.rules import Text, optional
from stompws.shapes import Struct, field_info, frozen


@frozen(kw_only=True)
class Paypoint(Struct):
    """The paypoint and its terminal that handled the request.

    Source: #/components/schemas/Paypoint (api-4.0.1; confidence high).
    """

    paypoint_id: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=1, max_length=100)),
        metadata=field_info("paypointId", guessed=True),
    )
    """Identifier of the paypoint, 1 to 100 characters.

    Source: api-4.0.1, bill-api; confidence medium. The sibling API limits this field to 12
    characters, the address of the server allows 100; the wider limit is kept.
    """

    terminal_id: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=8, max_length=10)),
        metadata=field_info("terminalId", guessed=True),
    )
    """Identifier of the terminal at the acquirer, 8 to 10 characters.

    Source: bill-api; confidence medium.
    """
