"""Playing thousands of cases in a few processes."""

import logging
import queue
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Final

import attrs
from tests.faults.cases import OPTIONS, Case, Group, Shape
from tests.faults.judging import Ending, judge
from tests.faults.running import Leftovers, learn, play

from bridged_api import use_event_loop

_PROCESSES: Final = 2
_WIDTH: Final = {Group.CUT: 1, Group.HALF_OPEN: 16, Group.SPOILED: 8}
"""How many cases of a group run at once: what is silent waits most of its time."""

_CHUNK: Final = 64
_HANG_SECONDS: Final = 15.0  # more than any deadline


@attrs.frozen(kw_only=True)
class Result:
    """What became of one case."""

    case: Case
    ending: Ending
    violations: tuple[str, ...]
    seconds: float = 0.0
    silence: float | None = None
    """Seconds after which a silent link was given up, when it was."""


def run_all(
    cases: Sequence[Case], shapes: dict[str, Shape], *, in_event_loop: bool = False
) -> Iterator[list[Result]]:
    """Play all cases; yield results as they come, a portion at a time."""
    # The long waits first: what is left at the end is short.
    order = [Group.HALF_OPEN, Group.SPOILED, Group.CUT]
    portions = [
        portion
        for group in order
        for name in shapes
        for portion in _batches([c for c in cases if c.group is group and c.operation == name])
    ]
    begin = use_event_loop if in_event_loop else None
    context = get_context("spawn")
    with ProcessPoolExecutor(_PROCESSES, mp_context=context, initializer=begin) as pool:
        running = [pool.submit(run_portion, portion, shapes) for portion in portions]
        for future in as_completed(running):
            yield future.result()


def run_portion(cases: Sequence[Case], shapes: dict[str, Shape]) -> list[Result]:
    """Play cases of one group and one operation, and see that nothing stays behind."""
    logging.disable()  # strays and warnings are what these runs are made of
    group = cases[0].group
    learn(cases[0].operation)  # whatever is loaded late is loaded now
    width = _WIDTH[group]
    leftovers = Leftovers()
    results = _play_all(cases, shapes, width)
    found = tuple(leftovers.find())
    if found:
        last = results[-1]
        results[-1] = attrs.evolve(last, violations=(*last.violations, *found))
    return results


def _play_all(cases: Sequence[Case], shapes: dict[str, Shape], width: int) -> list[Result]:
    """Play cases on `width` threads; those that never end are reported and left behind."""
    todo, unfinished = queue.SimpleQueue[Case](), dict.fromkeys(cases)
    finished = queue.SimpleQueue[Result]()
    for case in cases:
        todo.put(case)

    def work() -> None:
        while True:
            try:
                case = todo.get_nowait()
            except queue.Empty:
                return
            try:
                finished.put(_play_one(case, shapes[case.operation], alone=width == 1))
            except BaseException as exc:  # noqa: BLE001 - whoever waits has to hear of it
                why = f"could not be played: {type(exc).__name__}: {exc}"
                finished.put(Result(case=case, ending=Ending.WRONG, violations=(why,)))

    for _ in range(width):
        threading.Thread(target=work, daemon=True).start()
    deadlines = OPTIONS[cases[0].group].deadlines
    limit = deadlines.total + deadlines.close + _HANG_SECONDS
    results: list[Result] = []
    while unfinished:
        try:
            result = finished.get(timeout=limit)
        except queue.Empty:
            never = ("never ended",)
            return results + [
                Result(case=case, ending=Ending.WRONG, violations=never) for case in unfinished
            ]
        del unfinished[result.case]
        results.append(result)
    return results


def _play_one(case: Case, shape: Shape, *, alone: bool) -> Result:
    leftovers = Leftovers() if alone else None
    run = play(case, shape)
    violations = judge(run)
    if leftovers is not None:
        violations += leftovers.find()
    return Result(
        case=case,
        ending=run.ending,
        violations=tuple(violations),
        seconds=run.seconds,
        silence=run.silence,
    )


def _batches(cases: Sequence[Case]) -> Iterator[Sequence[Case]]:
    for start in range(0, len(cases), _CHUNK):
        yield cases[start : start + _CHUNK]
