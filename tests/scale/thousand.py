"""A thousand tills in the middle of a payment at once: what that costs the simulator."""

import asyncio
import ssl
import time
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import attrs
from tests.scale.figures import Holding, Part, Progress
from tests.scale.server import PAUSES_SECONDS
from tests.scale.simulating import SimulatorProcess, simulating
from tests.scale.tills import Told, make_codec, sell

from ips_simulator.open_files import allow_open_files

SOFT_LIMIT = 1024
PROCESSES = 2
LIMIT_KIB = {"plain": 100, "TLS": 500}
"""Over TLS the standard library's event loop gives each connection a buffer of 256 KiB."""
_PATIENCE_SECONDS = 300.0
_FIRST_AMOUNT = 1000


def describe(tills: int) -> Part:
    """Return the part, without figures yet."""
    return Part(
        title=f"{tills} tills at one simulator",
        about=(
            f"{tills} tills in {PROCESSES} processes, each at a paypoint of its own, connect at "
            "once; all of them are asked for their card before the first may go on. Then each "
            f"hears of its card and waits {PAUSES_SECONDS[0]:g} and {PAUSES_SECONDS[1]:g} seconds "
            "of real time for its result. Each must be told its own sale, approved, once; the "
            "ledger must hold exactly these; no file may stay open. The simulator is started with "
            f"{SOFT_LIMIT} files and must raise that itself. Memory is the growth of its resident "
            f"set, divided by the number of tills; more than {LIMIT_KIB} KiB fails."
        ),
        columns=("link", "sold", "charges", "seconds to open", "seconds to end", "KiB each",
                 "threads", "files", "processor seconds", "left open"),
    )  # fmt: skip


def measure(*, tls: bool, tills: int, progress: Progress) -> Part:
    """Open them, let all go on, compare with the ledger."""
    part, link = describe(tills), "TLS" if tls else "plain"
    context = get_context("spawn")
    with (
        context.Manager() as manager,
        simulating(tls=tls, paused=tills, open_files=SOFT_LIMIT) as simulator,
        ProcessPoolExecutor(PROCESSES, mp_context=context) as pool,
    ):
        asked: Any = manager.Queue()
        before = simulator.holds()
        progress(f"{link}: {tills} tills connect")
        begin = time.monotonic()
        groups = [
            pool.submit(_crowd, _Place.of(simulator), range(first, tills, PROCESSES), asked)
            for first in range(PROCESSES)
        ]
        ready = _until_all_are_asked(groups, asked)
        opened = time.monotonic() - begin
        progress(f"{link}: {tills} tills are asked for their card; they go on now")
        during = simulator.holds()
        part.require(ready, f"{link}: not every till was asked for its card")
        part.require(simulator.charges() == [], f"{link}: a payment did not wait for its card")
        simulator.release()
        begin = time.monotonic()
        told = [one for group in groups for one in group.result(_PATIENCE_SECONDS)]
        ended = time.monotonic() - begin
        left = _left(simulator, before)
        charges = sorted((one.reference, one.amount) for one in simulator.charges())
        used = simulator.processor_seconds()
    for text in [one for one in told if isinstance(one, str)][:5]:
        part.require(False, f"{link}: {text}")
    sold = sorted((one.reference, one.amount) for one in told if isinstance(one, Told) and one.sold)
    own = sorted((_reference(number), _FIRST_AMOUNT + number) for number in range(tills))
    part.require(sold == own, f"{link}: {tills - len(sold)} tills were not told of their sale")
    part.require(charges == own, f"{link}: the ledger does not hold each sale once")
    each = (during.resident - before.resident) / 1024 / tills
    part.require(each <= LIMIT_KIB[link], f"{link}: {each:.1f} KiB for each till")
    part.require(left == 0, f"{link}: {left} files are left open")
    part.rows.append(
        (link, str(len(sold)), str(len(charges)), f"{opened:.1f}", f"{ended:.1f}", f"{each:.1f}",
         str(during.threads), str(during.descriptors), f"{used:.1f}", str(left))
    )  # fmt: skip
    return part


@attrs.frozen
class _Place:
    """Where the simulator is, for another process."""

    url: str
    license_key: str = attrs.field(repr=False)
    ca_file: str | None

    @classmethod
    def of(cls, simulator: SimulatorProcess) -> "_Place":
        return cls(simulator.url("PP"), simulator.license_key, simulator.ca_file)


def _reference(number: int) -> str:
    return f"THOUSAND-{number}"


def _crowd(place: _Place, numbers: range, asked: Any) -> list[Told | str]:
    """Let these tills sell at once. For a process of its own; errors come back as words."""
    allow_open_files()
    tls = None if place.ca_file is None else ssl.create_default_context(cafile=place.ca_file)
    codec = make_codec()
    waiting = len(numbers)

    async def note() -> None:
        nonlocal waiting
        waiting -= 1
        if not waiting:
            asked.put(len(numbers))

    async def one(number: int) -> Told | str:
        url, reference = f"{place.url}-{number}", _reference(number)
        try:
            return await sell(
                url, place.license_key, reference, _FIRST_AMOUNT + number,
                codec=codec, tls=tls, after_first=note,
            )  # fmt: skip
        except Exception as exc:  # noqa: BLE001 - a till that fails is the finding
            return f"{reference}: {type(exc).__name__}: {exc}"

    async def all_of_them() -> list[Told | str]:
        return await asyncio.gather(*map(one, numbers))

    return asyncio.run(all_of_them())


def _until_all_are_asked(groups: list["Future[list[Told | str]]"], asked: Any) -> bool:
    """Wait until each group says that all its tills are; False when one has ended before."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while asked.qsize() < len(groups):
        if any(group.done() for group in groups) or time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def _left(simulator: SimulatorProcess, before: Holding) -> int:
    """Files that are open more than at the beginning, once what is being closed is closed."""
    end = time.monotonic() + 10
    while (left := simulator.holds().descriptors - before.descriptors) and time.monotonic() < end:
        time.sleep(0.1)
    return left
