"""What users hold: a client of an API, and the conversations it opens."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from .client_base import ClientBase, Plan, payload_as
from .client_connection import ClientConnection, Subscription
from .client_conversation import ClientConversation
from .deadlines import Deadlines
from .delivery import Event, ReplyDecodeError, Stray
from .descriptors import Operation
from .driver import Driver, TlsOptions
from .errors import LinkError, LocalProtocolError, NotSentError
from .frames import Limits
from .handing_over import hand_over
from .options import (
    ClientOptions,
    Secret,
    given_credential,
)
from .shapes import Struct

__all__ = [
    "ApiClient",
    "ClientConnection",
    "ClientConversation",
    "ClientOptions",
    "Deadlines",
    "Event",
    "Limits",
    "ReplyDecodeError",
    "Secret",
    "Stray",
    "Subscription",
    "TlsOptions",
    "open_conversation",
    "request_reply",
]

C = TypeVar("C", bound=ClientConversation[Any])
L = TypeVar("L", bound=ClientConnection)
S = TypeVar("S", bound=Struct)


class ApiClient(ClientBase):
    """Base of the generated clients.

    Holds no connection: each conversation has one of its own, opened at the call and closed at its
    end. May be shared by any number of threads, not across a fork.

    Args:
        api: What the service can do, as generated.
        server: Where it is.
        credential: For operations that need one; not sent with others.
        options: Settings for all conversations.
    """

    def _open(
        self,
        operation: Operation,
        request: Struct | None,
        kind: type[C],
        deadlines: Deadlines | None = None,
        values: Mapping[str, str] | None = None,
        before_request: Callable[[str], None] | None = None,
    ) -> C:
        """Open a connection and hand the request to it. For generated methods.

        Raises:
            InvalidMessageError: The request breaks its schema. No connection was opened.
            LocalProtocolError: A credential is missing, an option cannot be used, or this process
                was forked from the one that made the client. Nothing was sent.
            NotSentError: Nothing of the request left; it is safe to repeat.

        A connection that breaks while the request leaves is reported by the first read, after
        whatever the server has said: `OutcomeUnknownError`.
        """
        plan = self._plan(operation, request, deadlines, values)
        try:
            driver, subscriptions = self._begin(plan, before_request)
        except BaseException:
            plan.leave_clock()
            raise
        return kind(
            plan.opening,
            driver,
            self.codec,
            self.options,
            plan.deadlines,
            opened_at=plan.opened_at,
            subscriptions=subscriptions,
            leave_clock=plan.leave_clock,
        )

    def _begin(
        self, plan: Plan, before_request: Callable[[str], None] | None
    ) -> tuple[Driver, dict[str, str]]:
        """Connect, and hand the request over; return the subscriptions as well."""
        opening = plan.opening
        try:
            driver = self._connect(plan.credential, plan.deadlines)
        except LocalProtocolError:
            raise
        except LinkError as exc:
            raise NotSentError(operation=opening.operation.name, reason=exc) from exc
        try:
            if before_request is not None:
                before_request(opening.correlation_id)
            return driver, hand_over(driver, opening)
        except BaseException:
            driver.abort()
            raise

    def _request(
        self,
        operation: Operation,
        request: Struct | None,
        reply: type[S],
        deadlines: Deadlines | None = None,
        values: Mapping[str, str] | None = None,
    ) -> S:
        """Open a conversation that has one reply, and return it. For generated methods.

        Problems beside the reply are logged and given to `ClientOptions.on_problem`, strays to
        `ClientOptions.on_stray`.

        Raises:
            ReplyDecodeError: The reply does not fit its type. It is in the error.
            ApiError: The service answered with its error message.
            OutcomeUnknownError: The request left, and no reply came.

        And all that `_open` raises.
        """
        with self._open(
            operation, request, ClientConversation[Any], deadlines, values
        ) as conversation:
            event = next(conversation)  # it is the last one, or this raises
        return payload_as(operation, event, reply)

    def _link(self, kind: type[L], deadlines: Deadlines | None = None) -> L:
        """Open a connection for messages of no conversation. For generated methods.

        Raises:
            LocalProtocolError: A credential or an option cannot be used. Nothing was sent.
            LinkError: There is no connection, and the text tells why.
        """
        self._check_process()
        credential = given_credential(self.api, self._credential)
        driver = self._connect(credential, deadlines or self.options.deadlines)
        return kind(
            self.api,
            driver,
            self.codec,
            self.options,
            self._publisher_id,
            authenticated=credential is not None,
        )

    def _connect(self, credential: str | None, deadlines: Deadlines) -> Driver:
        return Driver.open(self.server.url, **self._driver_arguments(credential, deadlines))


# Functions, not methods: the methods of a client are named by a document.


def open_conversation(
    client: ApiClient,
    operation: Operation,
    request: Struct | None = None,
    *,
    deadlines: Deadlines | None = None,
    before_request: Callable[[str], None] | None = None,
) -> ClientConversation[Any]:
    """Open a conversation by its descriptor, for layers above the generated methods.

    `before_request` is called with the correlation id when the session stands and nothing of the
    request has left. What it raises comes out as it is, and nothing was sent. Raises as the
    generated methods do.
    """
    kind = ClientConversation[Any]
    # The class is of this file; its public names belong to documents.
    return client._open(  # pyright: ignore[reportPrivateUsage]
        operation, request, kind, deadlines, before_request=before_request
    )


def request_reply(
    client: ApiClient,
    operation: Operation,
    request: Struct | None = None,
    *,
    deadlines: Deadlines | None = None,
) -> Struct:
    """Open a conversation that has one reply, and return it; raises as the generated methods do."""
    return client._request(  # pyright: ignore[reportPrivateUsage]
        operation, request, Struct, deadlines
    )
