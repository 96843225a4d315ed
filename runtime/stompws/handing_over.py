"""The request leaves, or is known not to have left."""

from .client_protocol import ClientProtocol
from .driver import Driver
from .errors import LinkError, NotSentError, RemoteRejectedError, SendFailedError
from .opening import REASON_SECONDS, Opening, say_opening
from .protocol import Disconnected, ErrorReceived


def hand_over(driver: Driver, opening: Opening) -> dict[str, str]:
    """Subscribe and send the request, all in one go; return the subscriptions, id to destination.

    When the request may have left and the connection broke, this returns as if all were well: what
    the server said before the end is still to be read, and reading then tells why it ended.

    Raises:
        NotSentError: No octet of the request left. For a request that is a subscription, no octet
            of that subscription.
    """
    subscribed: dict[str, str] = {}

    def fill(protocol: ClientProtocol) -> None:
        subscribed.update(say_opening(protocol, opening))

    try:
        driver.send_frames(fill)
    except SendFailedError as exc:
        if not exc.last_started:
            reason = _why(driver, exc)
            raise NotSentError(operation=opening.operation.name, reason=reason) from exc
    return subscribed


def _why(driver: Driver, otherwise: LinkError) -> LinkError:
    """Return why the connection ended, which the server may have told."""
    try:
        while (item := driver.next_event(REASON_SECONDS)) is not None:
            if isinstance(item, ErrorReceived):
                return RemoteRejectedError(item.message, where=driver.where)
            if isinstance(item, Disconnected):
                break
    except LinkError as exc:
        return exc
    return otherwise
