# Generated from ips-payment-4.0.5-invented.json by stompgen. Do not edit.
# API 4.0.5-invented, sha256 d156c212cde2…
"""Headers of messages."""

import attrs

from stompws.rules import Text, optional
from stompws.shapes import Struct, field_info, frozen


@frozen(kw_only=True)
class MessageHeaders(Struct):
    """The headers that every message carries besides STOMP's own, in both directions.

    None is marked as required in the documentation; send all three.

    Source: #/components/schemas/MessageHeaders (api-4.0.1, api-2.0.0, api-2.1.1; confidence high).
    """

    x_wp_correlation_id: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("x-wp-correlation-id")
    )
    """Links reply messages with their original request. Several replies may share it.

    Format: uuid. Source: api-2.0.0, api-2.1.1; confidence high.
    """

    x_wp_message_id: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("x-wp-message-id")
    )
    """Identifies the message. Use it to spot duplicates after network trouble.

    Format: uuid. Source: api-2.0.0, api-2.1.1; confidence high.
    """

    x_wp_publisher_id: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=1, max_length=256)),
        metadata=field_info("x-wp-publisher-id"),
    )
    """Uniquely identifies the sender of the message, 1 to 256 characters. Should be a UUID made by
    the point of sale, or a MAC address.

    Source: api-2.0.0, api-2.1.1; confidence high.
    """
