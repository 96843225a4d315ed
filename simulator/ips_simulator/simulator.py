"""The simulator as a thing that can be started and stopped, for tests and for the command line."""

import asyncio
import os
import threading
from collections.abc import Iterable
from concurrent.futures import Future, wait
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

from stompws.errors import LocalProtocolError
from stompws.frames import Limits
from worldpay_ips import OnPremise

from .behaviour import Behaviour, Hold
from .choosing import Wish
from .clock import Clock, VirtualClock
from .documentation import codec
from .documented_handler import DocumentedIps
from .faults import Fault
from .feed import Feed, ScenarioChosen
from .handler import SimulatedIps
from .invented import Inventions
from .ledger import Ledger
from .licences import PointOfSale
from .open_files import Exhaustion
from .page import PageServer
from .pin_pad import PadMode, PinPad
from .profiles import ON_PREMISE, Profile, find_profile
from .refusals import Refusal
from .replay import Replay
from .scenario_library import Library
from .till_server import TillServer
from .tls import ThrowAwayTls
from .world import World

ACTIVATION_CODE: Final = "AV46HTR3"
"""The documentation's. In a simulator it works once, as any other."""


class Simulator:
    """A payment server on this machine, in a thread of its own.

        with Simulator() as simulator:
            api = PaymentApi(simulator.server(), license_key=simulator.license_key)

    A forked process may connect to it; all else raises LocalProtocolError there.

    Args:
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one.
        tls: TLS with a throw-away certificate authority, `ca_file`. Without it: this machine only.
        behaviour: How payments are played that nothing else is said about.
        scenario: The same as a scenario, or the name of one.
        clock: What pauses, deadlines and license keys go by: `VirtualClock(auto=True)` skips
            pauses.
        magic_amounts: Let amounts of 9000.01 to 9099.99 say what is played; see
            `docs/scenarios.md`.
        scenario_folders: Where further scenario files lie.
        pin_pads: Who uses the PIN pads: the scenarios, or persons and tests.
        inventions: The decisions about what nobody knows.
        as_documented: Answer everything with the documentation's examples, word for word.
        point_of_sale: The till that may register with `activation_code`.
        heart_beat_ms: What it can send and wishes to receive, milliseconds; 0 is never. None is
            the profile's.
        profile: The kind of server: `on-premise`, `cloud`, `spring`, `rabbitmq`, or your own.
        limits: What a client may make it hold in memory; None is the profile's.
        page: Serve the page, `page_url`, to this machine: True on a free port, or on this one.
        replay: A recording to be played instead of scenarios.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        tls: bool = False,
        behaviour: Behaviour | None = None,
        scenario: Wish | None = None,
        clock: Clock | None = None,
        magic_amounts: bool = False,
        scenario_folders: Iterable[Path] = (),
        pin_pads: PadMode | Literal["automatic", "manual"] = PadMode.AUTOMATIC,
        inventions: Inventions | None = None,
        as_documented: bool = False,
        point_of_sale: PointOfSale | None = None,
        heart_beat_ms: tuple[int, int] | None = None,
        profile: Profile | str = ON_PREMISE,
        limits: Limits | None = None,
        page: bool | int = False,
        replay: Replay | None = None,
    ) -> None:
        self._wish = (host, port)
        self._page_port = 0 if page is True else None if page is False else page
        self._page_url: str | None = None
        self._address: tuple[str, int] | None = None
        self._wants_tls = tls
        self._tls: ThrowAwayTls | None = None
        self._thread: threading.Thread | None = None
        self._pid = os.getpid()
        self._world = World(
            point_of_sale=point_of_sale or PointOfSale(),
            default=scenario or behaviour or Behaviour(),
            inventions=inventions or Inventions(),
            clock=clock,
            library=Library(scenario_folders),
            magic_amounts=magic_amounts,
            pin_pads=PadMode(pin_pads),
            heart_beat_ms=heart_beat_ms,
            profile=find_profile(profile),
            limits=limits,
        )
        self.point_of_sale: Final = self._world.point_of_sale
        self.activation_code: Final = self.issue_activation_code(ACTIVATION_CODE)
        self.license_key: Final = self.issue_license_key()
        """A valid key of the point of sale, for tills that do not register first."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        handler = DocumentedIps if as_documented else SimulatedIps
        self._server = TillServer(self._world, handler=handler, replay=replay)

    def __repr__(self) -> str:
        where = "not running" if self._address is None else f"{self._address[0]}:{self._address[1]}"
        return f"<Simulator {where}>"

    # -- starting and stopping

    def start(self) -> None:
        """Listen; return when clients can connect.

        Raises:
            OSError: The address cannot be had.
        """
        self._check_process()
        if self._thread is not None:
            raise RuntimeError("the simulator is running")
        self._pid = os.getpid()
        codec()  # built here and not by the first client
        if self._wants_tls:
            self._tls = ThrowAwayTls(self._wish[0])
        listening: Future[tuple[str, int]] = Future()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._main(listening)), name="ips-simulator", daemon=True
        )
        self._thread.start()
        try:
            self._address = listening.result()
        except BaseException:
            wait([listening])  # also when interrupted: only then is there something to stop
            self.stop()
            raise

    def stop(self) -> None:
        """Close every connection and the thread. Stopping twice does nothing."""
        self._check_process()
        thread, self._thread = self._thread, None
        if thread is None:
            return
        if self._loop is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        thread.join()
        self._address = self._loop = self._stop = self._page_url = None
        if self._tls is not None:
            self._tls.close()
            self._tls = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if os.getpid() == self._pid:  # a forked child leaves its parent's simulator alone
            self.stop()

    # -- what a test needs

    @property
    def address(self) -> tuple[str, int]:
        """Host and port, while running."""
        if self._address is None:
            raise RuntimeError("the simulator is not running")
        return self._address

    @property
    def page_url(self) -> str | None:
        """The address of the page, while running and if it was asked for."""
        return self._page_url

    @property
    def ca_file(self) -> Path | None:
        """The certificate authority to trust, with TLS."""
        return None if self._tls is None else self._tls.ca_file

    def server(self, paypoint_id: str = "INST001") -> OnPremise:
        """The address of a paypoint, for `PaymentApi`. Every paypoint exists."""
        host, port = self.address
        host = f"[{host}]" if ":" in host else host
        return OnPremise(host=host, port=port, paypoint_id=paypoint_id, plain=not self._wants_tls)

    @property
    def ledger(self) -> Ledger:
        """What was charged."""
        return self._own_world.ledger

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """What was refused, oldest first."""
        return self._own_world.refusals

    @property
    def feed(self) -> Feed:
        """What happens, as it happens."""
        return self._own_world.feed

    @property
    def clock(self) -> Clock:
        """The simulator's time."""
        return self._own_world.clock

    @property
    def library(self) -> Library:
        """The scenarios that can be named."""
        return self._own_world.library

    def pin_pad(self, paypoint_id: str = "INST001") -> PinPad:
        """The PIN pad of a paypoint."""
        return self._own_world.paypoint(paypoint_id).pad

    def next_payment(
        self, wish: Wish, *, paypoint_id: str | None = None, hold: Hold | None = None
    ) -> None:
        """Play the next payment this way; called twice, the next two.

        Args:
            wish: A scenario, the name of one, or a behaviour.
            paypoint_id: Of this paypoint; None is of any.
            hold: Where it waits for the test.

        Raises:
            UnknownScenarioError: There is no scenario of this name.
        """
        self._own_world.choices.queue(wish, paypoint_id=paypoint_id, hold=hold)

    def choose(self, paypoint_id: str, wish: Wish | None) -> None:
        """Play a paypoint this way until chosen otherwise; None goes back to the default.

        Raises:
            UnknownScenarioError: There is no scenario of this name.
        """
        name = self._own_world.choices.choose(paypoint_id, wish)
        loop, feed = self._loop, self._own_world.feed
        if loop is not None and feed.watched:
            event = ScenarioChosen(at=self.clock.now(), paypoint_id=paypoint_id, name=name)
            loop.call_soon_threadsafe(feed.publish, event)

    def inject(self, paypoint_id: str, fault: Fault) -> None:
        """Make something go wrong on a paypoint; from any thread.

        A fault at a frame, or at a message to a destination, strikes the next such one on any
        connection of the paypoint. Another strikes the payment in flight or, when there is none
        or the point is behind it, the next.
        """
        desk, loop = self._own_world.faults, self._loop
        desk.put(paypoint_id, fault)
        if loop is not None:
            loop.call_soon_threadsafe(self._server.deliver_faults, paypoint_id)

    def issue_license_key(self, valid_for: timedelta | None = None) -> str:
        """A further license key; a negative time makes an expired one."""
        return self._own_world.licences.issue_key(self.point_of_sale, valid_for)

    def issue_activation_code(self, code: str | None = None) -> str:
        """A code with which the point of sale can register once more."""
        return self._own_world.licences.issue_activation_code(self.point_of_sale, code)

    @property
    def _own_world(self) -> World:
        """Not the copy that a forked child has and that nobody serves."""
        self._check_process()
        return self._world

    def _check_process(self) -> None:
        if self._thread is not None and os.getpid() != self._pid:
            raise LocalProtocolError("started before a fork; here it can only be connected to")

    # -- in the thread

    async def _main(self, listening: "Future[tuple[str, int]]") -> None:
        page: PageServer | None = None
        context = None if self._tls is None else self._tls.context
        try:
            if self._page_port is not None:
                page = PageServer(self, self._world)
                self._page_url = await page.start(self._page_port)
            address = await self._server.start(*self._wish, context)
        except BaseException as exc:  # noqa: BLE001 - whatever it is, `start` waits for it
            if page is not None:
                await page.stop()
            listening.set_exception(exc)
            return
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        if isinstance(self._world.clock, VirtualClock):
            self._world.clock.belong_to(self._loop)
        self._loop.set_exception_handler(Exhaustion())
        listening.set_result(address)
        await self._stop.wait()
        if page is not None:
            await page.stop()
        await self._server.stop()
