"""The documentation's replies word for word, whatever is asked for, in the documented order."""

from stompws.server import ReplyPort, RequestArrived, SendArrived
from worldpay_ips.operations import API

from .documentation import all_documented
from .handler import SimulatedIps


class DocumentedIps(SimulatedIps):
    """Says what the page shows. For tests of clients that expect exactly that."""

    async def dispatch(self, event: RequestArrived | SendArrived, port: ReplyPort) -> None:
        """Send every example of every reply."""
        if isinstance(event, SendArrived):
            return  # an abort has no reply of its own
        for reply in event.operation.conversation.replies:
            operation = API.by_name[reply.operation]
            for message in all_documented(operation):
                if reply.answer is None:
                    await port.send(operation, message)
                else:
                    await port.ask(operation, message)
