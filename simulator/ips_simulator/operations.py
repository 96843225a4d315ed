"""Operations other than payments, as a scenario answers them."""

from collections.abc import Awaitable, Callable, Iterable

from stompws.server import ReplyPort, RequestArrived
from worldpay_ips import Error
from worldpay_ips.operations import ON_ERROR

from .clock import Clock
from .faults import Fault
from .ports import PatchingPort, SimulatorPort, main_reply
from .scenario import Fail, OperationStep, Reply, Wait

Ordinary = Callable[[RequestArrived, ReplyPort], Awaitable[None]]


async def play_operation(
    steps: Iterable[OperationStep],
    event: RequestArrived,
    port: SimulatorPort,
    *,
    clock: Clock,
    ordinary: Ordinary,
) -> None:
    """Play the steps. Where there is no `reply` and no `error`, the client waits in vain."""
    for step in steps:
        match step:
            case Wait(seconds=seconds):
                await clock.sleep(seconds)
            case Reply(patch=patch):
                main = main_reply(event.operation)
                await ordinary(event, PatchingPort(port, main, patch))
            case Fail(code=code, message=message):
                await port.send(ON_ERROR, Error(code=code, message=message))
            case Fault():
                await port.strike(step)
