"""What the cases of one worker share: a simulator in a hurry, and warm tills."""

import asyncio
import shutil
import tempfile
import time
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import attrs
from tests.proof.warm import Nursery

from ips_simulator import Inventions, Simulator
from ips_simulator.ledger import Charge
from postgres_server import Server
from stompws.client import ClientOptions, Deadlines
from worldpay_ips import BatchReportRequest, PaymentApi

PAUSE: Final = 1 / 1000
"""How much of a second a second of the simulator's pauses takes."""
DEADLINE: Final = 1 / 100
"""And of its deadlines: a person's answer is awaited for 3 seconds instead of 300."""
BEAT_MS: Final = 400
"""Between the simulator's heart-beats, for tills that wish as many."""

SETTINGS: Final = {
    "connect": 8,
    "first_event": 8,
    "between_events": 8,
    "total": 40,
    "close": 1,
    "request": 8,
    "recovery_total": 10.0,
    "recovery_pause": 0.05,
    "grace_after_result": 0.3,
}
"""Of all tills: short, for here nobody types a PIN."""

LEASE: Final = {"wait_seconds": 10.0, "lease_seconds": 1.5, "heart_beat_seconds": 0.4}
"""Of journals in PostgreSQL: a worker that died is found dead soon."""

_PATIENT: Final = Deadlines(connect=20, first_event=20, between_events=20, total=60, close=2)


class HurriedClock:
    """The machine's time, faster: pauses are short, and deadlines not much longer."""

    def now(self) -> float:
        """The time."""
        return time.monotonic() / PAUSE

    async def sleep(self, seconds: float) -> None:
        """Pause."""
        await asyncio.sleep(seconds * PAUSE)

    async def deadline(self, seconds: float) -> None:
        """Return when the time is over."""
        await asyncio.sleep(seconds * DEADLINE)


class World:
    """A simulator for many cases, each on a paypoint of its own, and a nursery of tills.

    Args:
        careless: The tills are those of `careless.py`.
        postgres: Where their journals lie; in files when None.
        asyncio: The tills are `AsyncTill`s.
        inventions: The service's habits that nobody knows.
    """

    def __init__(
        self,
        *,
        careless: bool = False,
        postgres: Server | None = None,
        asyncio: bool = False,
        inventions: Inventions | None = None,
    ) -> None:
        self._asyncio = asyncio
        self.postgres: Final = postgres
        self._database = "" if postgres is None else postgres.new_database()
        self.simulator: Final = Simulator(
            clock=HurriedClock(), heart_beat_ms=(BEAT_MS, BEAT_MS), inventions=inventions
        )
        self.nursery: Final = Nursery(careless=careless)
        # Nothing here outlives the machine; what a killed process wrote is the kernel's anyway.
        memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made there
        self.folder: Final = Path(
            tempfile.mkdtemp(prefix="proof-", dir=memory if memory.is_dir() else None)
        )
        self._numbers = count(1)
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
            stack.enter_context(self.nursery)  # before there are threads
            stack.enter_context(self.simulator)
            self._warm_up()
            self._stack = stack.pop_all()
        return self

    def task(self, paypoint: "Paypoint", steps: list[dict[str, Any]]) -> dict[str, Any]:
        """What a till's process is given to do, straight at the simulator."""
        return {
            "port": self.simulator.address[1],
            "paypoint": paypoint.id,
            "journal": paypoint.journal,
            "key": self.simulator.license_key,
            "beat_ms": 20_000,
            "settings": dict(SETTINGS),
            "journal_wait": 10.0,
            "lease": dict(LEASE),
            "asyncio": self._asyncio,
            "do": steps,
        }

    def _warm_up(self) -> None:
        paypoint = self.new_paypoint()
        sale = {"do": "perform", "method": "sale", "arguments": {}, "amount": 1}
        steps = [{**sale, "reference": f"WARM-{number}"} for number in (1, 2)]
        steps += [{"do": "recover", "patience": 0}]
        child = self.nursery.start({**self.task(paypoint, steps), "here": True})
        child.run()
        if child.last("raised") or not child.last("outcome"):
            raise RuntimeError(f"no till can be warmed up: {child.told}")
        paypoint.forget()

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    def new_paypoint(self) -> "Paypoint":
        """A paypoint that nothing has happened on, with a journal of its own."""
        id_ = f"P{next(self._numbers)}"
        folder = self.folder / id_
        folder.mkdir()
        return Paypoint(self, id_, folder, self._database)


@attrs.frozen
class Paypoint:
    """Where one case is played."""

    world: World
    id: str
    folder: Path
    database: str
    """Where its journal is; empty when it is a file."""

    @property
    def journal(self) -> str:
        """The till's: a path, or the address of a database."""
        return self.database or str(self.folder / "journal.sqlite")

    @property
    def write_ahead_log(self) -> Path:
        """The part of the file that is written last."""
        return self.folder / "journal.sqlite-wal"

    @property
    def charges(self) -> tuple[Charge, ...]:
        """What the ledger holds of it, oldest first."""
        return tuple(c for c in self.world.simulator.ledger.charges if c.paypoint_id == self.id)

    def batch_number(self) -> int:
        """Of the open batch."""
        report = self.api().request_batch_report(BatchReportRequest(close_batch=False))
        return report.batch_number or 0

    def api(self, **more: Any) -> PaymentApi:
        """A client without any caution, for the judge."""
        simulator = self.world.simulator
        options = ClientOptions(deadlines=_PATIENT, **more)
        return PaymentApi(
            simulator.server(self.id), license_key=simulator.license_key, options=options
        )

    def forget(self) -> None:
        """Remove the journal."""
        shutil.rmtree(self.folder, ignore_errors=True)
