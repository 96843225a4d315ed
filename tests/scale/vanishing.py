"""Tills that vanish anywhere in a sale while others work: nothing is lost, nobody is disturbed."""

import asyncio
import random
import socket
import struct
import time
from collections import Counter

import attrs
from tests.scale.figures import Part, Progress
from tests.scale.server import SHORT_PAUSES_SECONDS
from tests.scale.simulating import SimulatorProcess, simulating
from tests.scale.tills import Till, Told, dial, make_codec, sell
from websockets.asyncio.client import ClientConnection

from stompws.codec import Codec
from stompws.errors import ApiError
from worldpay_ips import Outcome, PaymentResultQuery

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
_AMOUNT = 1099
_CONNECT_FRAMES, _SALE_FRAMES = 1, 8  # what a till hears before and after SEND
_HALF_A_FRAME = b"\x81\xfe\x02\x00\0\0\0\0MESS"  # RFC 6455, 5.2: 512 octets are promised
WAYS = ("reset", "hang up", "half a frame")


@attrs.frozen
class Vanishing:
    """Where and how one till goes."""

    number: int
    after: int
    """Messages heard before it goes: 0 is before CONNECTED."""
    asks: bool
    """Whether SEND was handed to the socket before."""
    way: str


def plan(count: int, seed: int) -> list[Vanishing]:
    """Places and ways at random, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret is made of it
    found: list[Vanishing] = []
    for number in range(count):
        after = chance.randint(0, _CONNECT_FRAMES + _SALE_FRAMES - 1)
        asks = after > _CONNECT_FRAMES or (after == _CONNECT_FRAMES and chance.random() < 0.5)
        found.append(Vanishing(number, after, asks, chance.choice(WAYS)))
    return found


async def vanish(url: str, license_key: str, one: Vanishing, codec: Codec) -> None:
    """Begin a sale and go without a word."""
    told = Told(vanished_reference(one.number), _AMOUNT)
    websocket = await dial(url)
    till = Till(websocket, told)
    if one.after:
        await till.begin(license_key)
    if one.asks:
        await till.ask(codec)
        while len(told.heard_at) < one.after - _CONNECT_FRAMES:
            await till.hear()
    await _leave(websocket, one.way)


async def _leave(websocket: ClientConnection, way: str) -> None:
    if way == "half a frame":
        websocket.transport.write(_HALF_A_FRAME)
    if way == "reset":
        raw: socket.socket = websocket.transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
    websocket.transport.abort()
    await websocket.wait_closed()


def vanished_reference(number: int) -> str:
    """Of the sale of a till that vanishes."""
    return f"VANISHED-{number}"


def measure(*, tills: int = 100, sales: int = 3, vanishing: int = 200, seed: int = 1,
            progress: Progress) -> Part:  # fmt: skip
    """Let them work and vanish, then compare what everybody was told with the ledger."""
    part = Part(
        title=f"{vanishing} tills vanish while {tills} work",
        about=(
            f"{tills} tills take {sales} sales each, one after the other; meanwhile {vanishing} "
            "others, at paypoints of their own, go without a word: by a reset, by a hang-up, or in "
            "the middle of a WebSocket frame, before or behind any message of their sale, which "
            f"takes {sum(SHORT_PAUSES_SECONDS):g} seconds. Every "
            "till that stays must be told of each of its sales. Of a vanished one the ledger may "
            "hold one sale at most, and one if it has heard anything of it; a query afterwards "
            "must tell what the ledger holds. No file may stay open."
        ),
        columns=("vanished", "of them charged", "sold by the others", "charges", "wrong",
                 "left open", "seconds"),
    )  # fmt: skip
    with simulating(tls=False, slow=True) as simulator:
        before = simulator.holds().descriptors
        begin = time.monotonic()
        places = plan(vanishing, seed)
        progress(f"{vanishing} tills vanish while {tills} work")
        told = asyncio.run(_all(simulator, tills, sales, places))
        seconds = time.monotonic() - begin
        left = _left(simulator, before)
        progress("asking for what has become of the vanished sales")
        charges = Counter(charge.reference for charge in simulator.charges())
        wrong = [text for place in places for text in _judge(simulator, place, charges)]
    own = sorted(f"WORKS-{number}-{turn}" for number in range(tills) for turn in range(sales))
    sold = sorted(one.reference for one in told if one.sold)
    booked = sorted(name for name in charges.elements() if name.startswith("WORKS-"))
    part.require(sold == own, f"{len(own) - len(sold)} sales of tills that stayed came to nothing")
    part.require(booked == own, "the ledger does not hold each sale of those that stayed once")
    part.problems += wrong[:5]
    part.require(left == 0, f"{left} files are left open")
    gone = sum(count for name, count in charges.items() if name.startswith("VANISHED-"))
    part.rows.append(
        (str(len(places)), str(gone), str(len(sold)), str(charges.total()), str(len(wrong)),
         str(left), f"{seconds:.1f}")
    )  # fmt: skip
    return part


async def _all(
    simulator: SimulatorProcess, tills: int, sales: int, places: list[Vanishing]
) -> list[Told]:
    codec, key = make_codec(), simulator.license_key

    async def work(number: int) -> list[Told]:
        url = simulator.url(f"WORKS-{number}")
        return [
            await sell(url, key, f"WORKS-{number}-{turn}", _AMOUNT, codec=codec)
            for turn in range(sales)
        ]

    async def go(place: Vanishing) -> list[Told]:
        await vanish(simulator.url(vanished_reference(place.number)), key, place, codec)
        return []

    # The vanishing stand among the others, so that they go while these are at work.
    everybody = [*map(work, range(tills)), *map(go, places)]
    random.Random(0).shuffle(everybody)  # noqa: S311 - no secret is made of it
    return [one for some in await asyncio.gather(*everybody) for one in some]


def _judge(simulator: SimulatorProcess, place: Vanishing, charges: Counter[str]) -> list[str]:
    reference = vanished_reference(place.number)
    query = PaymentResultQuery(merchant_transaction_reference=reference)
    try:
        outcomes = simulator.api(reference).query_payment_result(query).payments
    except ApiError:  # it knows of no payment
        outcomes = ()
    approved = sum(outcome.outcome is Outcome.SUCCEEDED for outcome in outcomes)
    count, heard = charges[reference], place.after > _CONNECT_FRAMES
    if approved != count or count > 1 or (heard and not count) or (count and not place.asks):
        return [f"{place}: {count} charges, and {approved} are told of"]
    return []


def _left(simulator: SimulatorProcess, before: int) -> int:
    end = time.monotonic() + 10
    while (left := simulator.holds().descriptors - before) and time.monotonic() < end:
        time.sleep(0.1)
    return left
