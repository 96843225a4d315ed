"""Journals that cannot be written before a payment: nothing may leave.

What happens to a journal in the middle of a payment is in the matrix: `full`, `locked`, `torn`.
"""

import contextlib
import os
import subprocess
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

from tests.proof.hazards import Hazard
from tests.proof.world import Paypoint, World

_FILE_SYSTEM_KIB = 512
_NOBODY = 65534


def play_unwritable(short: bool) -> list[Hazard]:
    """A read-only folder, a read-only file, and a file system that is full."""
    with World() as world:
        return [
            _read_only(world, folder_too=False),
            _read_only(world, folder_too=True),
            _full(world, short=short),
        ]


def _read_only(world: World, *, folder_too: bool) -> Hazard:
    """The file, or its folder as well, can be read and not be written."""
    what = "file and folder" if folder_too else "file"
    hazard = Hazard(name=f"journal read-only ({what})", rounds=1)
    paypoint = world.new_paypoint()
    _sell(world, paypoint, "BEFORE")
    path = Path(paypoint.journal)
    if os.geteuid() == 0:
        # Whoever may write everything is no test: the till runs as somebody else.
        for each in (world.folder, paypoint.folder, *paypoint.folder.iterdir()):
            os.chown(each, _NOBODY, _NOBODY)
    for each in paypoint.folder.iterdir():
        each.chmod(0o555 if each.is_dir() else 0o444)
    if folder_too:
        paypoint.folder.chmod(0o555)
    try:
        _expect_refusal(world, paypoint, hazard)
    finally:
        paypoint.folder.chmod(0o755)
        for each in paypoint.folder.iterdir():
            each.chmod(0o755 if each.is_dir() else 0o644)
    world.folder.chmod(0o755)
    assert path.exists()
    if not hazard.bad:
        _sell(world, paypoint, "AFTER")
    paypoint.forget()
    hazard.seen = "refused, and nothing was sent; writable again, the next sale is taken"
    return hazard


def _full(world: World, *, short: bool) -> Hazard:
    """A file system with less and less room, until there is none."""
    hazard = Hazard(name="disk full (a file system of its own)")
    seen: Counter[str] = Counter()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(_small_file_system(world.folder))
        if folder is None:
            hazard.seen = "not played: only root can make a file system"
            return hazard
        for number, free in enumerate(range(0, _FILE_SYSTEM_KIB - 64, 64 if short else 8)):
            paypoint = Paypoint(world, f"F{number}", folder / f"F{number}", "")
            paypoint.folder.mkdir()
            _fill(folder, leave=free * 1024)
            child = world.nursery.start(
                world.task(paypoint, [_sale(f"F{number}-ONE")]), lambda: None
            )
            child.run()
            (folder / "filler").unlink()
            outcome, refused = child.last("outcome"), child.last("refused") or child.last("raised")
            charged = len(paypoint.charges)
            hazard.rounds += 1
            if outcome is None and charged:
                hazard.bad.append(f"{free} KiB free: charged, and {refused}")
            elif outcome is not None and (outcome["kind"] == "approved") is not bool(charged):
                hazard.bad.append(f"{free} KiB free: {outcome['kind']}, and {charged} charges")
            _recover_on(world, paypoint, hazard, f"{free} KiB free")
            seen["refused" if outcome is None else outcome["kind"]] += 1
            paypoint.forget()
    hazard.seen = ", ".join(f"{count} {what}" for what, count in seen.items())
    return hazard


def _recover_on(world: World, paypoint: Paypoint, hazard: Hazard, where: str) -> None:
    """With room again: the journal tells the truth, and the next sale is taken."""
    steps = [{"do": "recover", "patience": 0}, _sale(f"{paypoint.id}-TWO")]
    before = len(paypoint.charges)
    child = world.nursery.start(world.task(paypoint, steps))
    child.run()
    ends = child.all("outcome")
    if len(ends) != 2 or ends[1]["kind"] != "approved":
        hazard.bad.append(f"{where}: with room again, {child.told}")
    elif (ends[0]["kind"] == "approved") is not bool(before):
        hazard.bad.append(f"{where}: recovered {ends[0]['kind']}, and {before} charges")


def _expect_refusal(world: World, paypoint: Paypoint, hazard: Hazard) -> None:
    before = len(paypoint.charges)
    task = {**world.task(paypoint, [_sale(f"{paypoint.id}-REFUSED")]), "user": _user()}
    child = world.nursery.start(task)
    child.run()
    refused = child.last("refused") or child.last("raised")
    if refused is None or refused["error"] != "JournalError":
        hazard.bad.append(f"not refused: {child.told}")
    if len(paypoint.charges) != before:
        hazard.bad.append("charged without a journal")


def _user() -> int | None:
    return _NOBODY if os.geteuid() == 0 else None


def _sale(reference: str) -> dict[str, Any]:
    return {
        "do": "perform",
        "method": "sale",
        "arguments": {},
        "amount": 1099,
        "reference": reference,
    }


def _sell(world: World, paypoint: Paypoint, name: str) -> None:
    child = world.nursery.start(world.task(paypoint, [_sale(f"{paypoint.id}-{name}")]))
    child.run()
    outcome = child.last("outcome")
    if outcome is None or outcome["kind"] != "approved":
        raise RuntimeError(f"a plain sale fails: {child.told}")


@contextlib.contextmanager
def _small_file_system(folder: Path) -> Generator[Path | None]:
    """A file system in memory with little room; None where it cannot be made."""
    place = folder / "small"
    place.mkdir()
    options = f"size={_FILE_SYSTEM_KIB}k"
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    done = subprocess.run(mount, capture_output=True, check=False) if os.geteuid() == 0 else None
    if done is None or done.returncode:
        yield None
        return
    try:
        yield place
    finally:
        umount = ["umount", "--lazy", str(place)]
        subprocess.run(umount, check=True)


def _fill(folder: Path, *, leave: int) -> None:
    """Leave so much room."""
    room = os.statvfs(folder)
    size = max(0, room.f_bavail * room.f_frsize - leave)
    (folder / "filler").write_bytes(bytes(size))
