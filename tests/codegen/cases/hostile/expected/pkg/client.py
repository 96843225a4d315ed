# Generated from spec.yaml by stompgen. Do not edit.
# API 1____import os, sha256 8ebcb0c04f6a…
"""The client: requests as methods, conversations as objects."""

from typing import TypeAlias

from stompws.client import ApiClient, ClientConversation, ClientOptions, Deadlines
from stompws.shapes import Undecodable

from .messages.class_ import HostilePayload, HostileReply
from .operations import API, IMPORT
from .servers import Main

ImportPayload: TypeAlias = HostileReply | Undecodable
"""What `Import` delivers; `Undecodable` is what did not fit."""


class Import(ClientConversation[ImportPayload]):
    """A conversation of `Hostile.import_`.

    say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote".

    What comes:
    - `HostileReply`, at most once; the last message.

    Iterate over its events, and close it: it is a context manager.
    """


class Hostile(ApiClient):
    """Evil\"\"\" \\.

    say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

    - a list
    - of 'two'

        code = 1

    ends with a quote"

    A method opens a connection of its own for each call. It may be called from any thread.
    """

    def __init__(self, server: Main, *, options: ClientOptions | None = None) -> None:
        """Make a client; nothing is connected yet.

        Args:
            server: Where the service is.
            options: Settings for all conversations.
        """
        super().__init__(API, server, options=options)

    def import_(
        self, request: HostilePayload, *, n7_7: str, deadlines: Deadlines | None = None
    ) -> Import:
        """Start `import`.

        say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

        - a list
        - of 'two'

            code = 1

        ends with a quote"

        say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

        - a list
        - of 'two'

            code = 1

        ends with a quote"

        What comes:
        - `HostileReply`, at most once; the last message.

        Source: #/operations/import

        Args:
            n7_7: Part of the address.

        Raises:
            NotSentError: Nothing has left; it is safe to repeat.
            OutcomeUnknownError: The request left and its end was not seen. It may be repeated.
            InvalidMessageError: The request breaks its schema; nothing was sent.
        """
        return self._open(IMPORT, request, Import, deadlines, {" 7*7 ": n7_7})
