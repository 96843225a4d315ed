"""How long a payment goes on without its client."""

import asyncio
import contextlib

from stompws.errors import ConnectionLostError

from .payments import Payment
from .ports import SimulatorPort


async def play_as_long_as_wanted(payment: Payment, port: SimulatorPort) -> None:
    """Play a payment; give it up when its client has been gone for too long.

    What is decided by then stays decided, and is played to its end.

    Raises:
        ConnectionLostError: It was given up.
    """
    patience = payment.inventions.survival_seconds
    if patience is None or not payment.inventions.payment_survives_client:
        await payment.play()
        return
    playing = asyncio.ensure_future(payment.play())
    watching = asyncio.ensure_future(_watch(payment, port, patience))
    try:
        await asyncio.wait({playing, watching}, return_when=asyncio.FIRST_COMPLETED)
        if payment.done is not None or playing.done():
            await playing
            return
        playing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await playing
        raise ConnectionLostError("the client has been gone for too long")
    finally:
        playing.cancel()
        watching.cancel()


async def _watch(payment: Payment, port: SimulatorPort, patience: float) -> None:
    await port.wait_until_left()
    await payment.clock.deadline(patience)
