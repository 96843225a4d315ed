# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 ac4ec221a86b…
"""The client: requests as methods, conversations as objects."""

from stompws.client import ApiClient, ClientOptions, Deadlines

from .messages.time import Answer, Question
from .operations import API, ASK_TIME
from .servers import Main


class TimeApi(ApiClient):
    """Clock - Time API.

    A method opens a connection of its own for each call. It may be called from any thread.
    """

    def __init__(self, server: Main, *, options: ClientOptions | None = None) -> None:
        """Make a client; nothing is connected yet.

        Args:
            server: Where the service is.
            options: Settings for all conversations.
        """
        super().__init__(API, server, options=options)

    def ask_time(
        self, request: Question | None = None, *, deadlines: Deadlines | None = None
    ) -> Answer:
        """Ask for the time.

        The reply is one `Answer`.

        Source: #/operations/askTime

        Raises:
            NotSentError: Nothing has left; it is safe to repeat.
            OutcomeUnknownError: The request left and its end was not seen. It may be repeated.
            ApiError: The service answered with `Fault`.
            InvalidMessageError: The request breaks its schema; nothing was sent.
        """
        return self._request(ASK_TIME, request or Question(), Answer, deadlines)
