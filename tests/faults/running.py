"""Playing one case: a simulator, a relay and a till of its own, and what is left behind."""

import gc
import threading
import time
from typing import Any

import psutil
from tests.faults.cases import HEART_BEAT_SECONDS, OPTIONS, Case, Group, Shape
from tests.faults.judging import Run
from tests.faults.operations import OPERATIONS, Operation

from fault_relay import Direction, FaultRelay
from ips_simulator import Simulator
from stompws.client import ClientOptions
from worldpay_ips import OnPremise, PaymentApi
from worldpay_ips.operations import API

_PAYPOINT = "INST001"
_GONE_SECONDS = 5.0  # for what ends by itself


def play(case: Case, shape: Shape) -> Run:
    """Play a case; whatever it raises is in the result."""
    operation = OPERATIONS[case.operation]
    events: list[Any] = []
    error: BaseException | None = None
    beat_ms = round(HEART_BEAT_SECONDS * 1000) if case.group is Group.HALF_OPEN else 10_000
    with Simulator(heart_beat_ms=(beat_ms, beat_ms)) as simulator:
        prepared = operation.prepare(_till(simulator), simulator)
        simulator.next_payment(operation.behaviour())
        before = len(simulator.ledger.charges)
        with FaultRelay(simulator.address, [case.fault]) as relay:
            api = _till(simulator, relay.port, OPTIONS[case.group])
            begin = time.monotonic()
            try:
                operation.play(api, prepared, events.append)
            except BaseException as exc:  # noqa: BLE001 - it is what is judged
                error = exc.with_traceback(None)
            seconds = time.monotonic() - begin
    return Run(
        case=case,
        shape=shape,
        relay=relay,
        error=error,
        message_ids=tuple(getattr(event.headers, "x_wp_message_id", None) for event in events),
        seconds=seconds,
        charges=len(simulator.ledger.charges) - before,
        most_charges=operation.charges,
        at_most_once=API.by_name[operation.opens].conversation.at_most_once,
    )


def learn(name: str) -> Shape:
    """Play an operation on a link that works, and see what it looks like."""
    operation = OPERATIONS[name]
    with Simulator() as simulator:
        prepared = operation.prepare(_till(simulator), simulator)
        simulator.next_payment(operation.behaviour())
        with FaultRelay(simulator.address) as relay:
            api = _till(simulator, relay.port, OPTIONS[Group.CUT])
            events: list[Any] = []
            operation.play(api, prepared, events.append)
    return _shape_of(operation, relay, delivers_events=bool(events))


def _shape_of(operation: Operation, relay: FaultRelay, *, delivers_events: bool) -> Shape:
    lanes = {direction: relay.lane(direction) for direction in Direction}
    opens = API.by_name[operation.opens].channel.address
    said = [frame for piece in lanes[Direction.TO_SERVER].came if (frame := piece.frame)]
    heard = [frame for piece in lanes[Direction.TO_CLIENT].came if (frame := piece.frame)]
    # Where the subscription is the request, the last one to its destination is it.
    requests = [n for n, frame in enumerate(said, 1) if frame.header("destination") == opens]
    messages = [frame for frame in heard if frame.command == "MESSAGE"]
    return Shape(
        # Without heart-beats and the goodbye of WebSocket, which are not in every run.
        octets={
            direction: sum(len(piece.raw) for piece in lane.came if piece.number is not None)
            for direction, lane in lanes.items()
        },
        sizes={
            direction: tuple(len(piece.raw) for piece in lane.came if piece.number)
            for direction, lane in lanes.items()
        },
        request_number=requests[-1],
        last_destination=messages[-1].header("destination") or "",
        delivers_events=delivers_events,
    )


def _till(
    simulator: Simulator, port: int | None = None, options: ClientOptions | None = None
) -> PaymentApi:
    """A till with a valid key, at the simulator itself or at a relay before it."""
    server = OnPremise(
        host="127.0.0.1", port=port or simulator.address[1], paypoint_id=_PAYPOINT, plain=True
    )
    return PaymentApi(server, license_key=simulator.license_key, options=options)


class Leftovers:
    """Compares the threads and descriptors of this process with what they were."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._threads = set(threading.enumerate())
        self._descriptors = self._process.num_fds()

    def find(self) -> list[str]:
        """Say what is there that was not, after a while for what is about to end."""
        by = time.monotonic() + _GONE_SECONDS
        while (found := self._look()) and time.monotonic() < by:
            time.sleep(0.002)
        if found:
            # A transport of the simulator's loop, which has ended, may be garbage that was not
            # collected yet: then nobody holds it. That the runtime closes its own sockets and does
            # not leave them to the collector is what the warnings say that are errors in tests.
            gc.collect()
            found = self._look()
        return found

    def _look(self) -> list[str]:
        threads = [t.name for t in threading.enumerate() if t not in self._threads]
        found = [f"the thread {name} was left behind" for name in threads]
        more = self._process.num_fds() - self._descriptors
        if more > 0:
            found.append(f"{more} sockets or other descriptors were left behind")
        return found
