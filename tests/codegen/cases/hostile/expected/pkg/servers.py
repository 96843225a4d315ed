# Generated from spec.yaml by stompgen. Do not edit.
# API 1____import os, sha256 8ebcb0c04f6a…
"""The servers that the API is offered on."""

from typing import ClassVar

import attrs

from stompws.rules import Text
from stompws.shapes import Server, field_info


@attrs.frozen(kw_only=True)
class Main(Server):
    """The server `Main`.

    say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote"

    Source: #/servers/main
    """

    location: ClassVar[str] = '{host}/"""\\'
    stomp_versions: ClassVar[tuple[str, ...]] = ("1.2", "1.1", "1.0")
    subprotocols: ClassVar[tuple[str, ...]] = ("v12.stomp", "v11.stomp", "v10.stomp")

    host: str = attrs.field(
        default='a"""\\', validator=Text(min_length=1), metadata=field_info("host")
    )
    """say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    Limits: at least 1 character.

    For example ``\"\"\"\\`.
    """
