"""Playing thousands of cases in a few processes."""

import logging
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from multiprocessing import get_context
from multiprocessing.util import Finalize
from typing import Final

import attrs
from tests.proof.cases import Case, Shape, all_strikes, at_journal, outages, random_strikes, sample
from tests.proof.judging import Verdict, judge
from tests.proof.operations import OPERATIONS, PLAIN, is_special, pairs
from tests.proof.playing import play
from tests.proof.points import AtFrame, How, Stage, Strike
from tests.proof.world import World

from ips_simulator import Library

_USUAL: Final = frozenset({"approved", "declined-online", "lost-before-result"})
_EVERYWHERE: Final = {"refund": _USUAL, "pre-auth": _USUAL}
_EVERYWHERE_ELSE: Final = frozenset({"approved"})
"""Scenarios with which an operation is struck everywhere, besides those that are made for it."""
_RICH: Final = frozenset(
    {
        ("sale", "approved"),
        ("sale", "declined-online"),
        ("refund", "refund"),
        ("pre-auth", "pre-auth-settled"),
        ("keyed-recovery sale", "keyed-recovery"),
        ("settle", PLAIN),
        ("cancel", PLAIN),
        ("Z report", PLAIN),
        ("restart", PLAIN),
    }
)
"""Where also the journal is in trouble at each write, the link stays away, and the process that
recovers is killed."""
_LONG: Final = frozenset({"fault-chunked"})
"""Scenarios of hundreds of frames, each of a few octets."""
_OF_LONG: Final = 100
_ALIKE: Final = "result-"
"""How scenarios begin that differ in nothing but the result; they are struck at samples."""
_SAMPLE: Final = 4
"""Strikes of an operation with another scenario, besides those by chance."""
_FEW: Final = 1
_SHORT: Final = 9
_SHORT_SALES: Final = 12
_WIDTH: Final = 4
"""How many cases of a worker run at once: much of a case is waiting."""


@attrs.frozen(kw_only=True)
class Result:
    """What became of one case."""

    case: Case
    verdict: Verdict


@attrs.frozen(kw_only=True)
class Portion:
    """One operation with one scenario, and how much of it is played."""

    operation: str
    scenario: str
    octets: int
    """How many places by chance."""
    most: int | None
    """At most so many of the boundaries; None is all of them."""
    rich: bool
    """Outages, and kills of the process that recovers, as well."""
    seed: int


@attrs.frozen(kw_only=True)
class Plan:
    """What is played."""

    operations: tuple[str, ...] = tuple(OPERATIONS)
    scenarios: tuple[str, ...] | None = None
    octets: int = 2000
    """Places by chance, over everything."""
    size: str = "usual"
    """`short` is a sample for CI; `all` leaves out no boundary, and takes hours."""
    seed: int = 1
    processes: int = 2
    careless: bool = False
    """Played with tills as they must not be."""

    def portions(self) -> list[Portion]:
        """Every pair of operation and scenario, with its share of what is left to chance."""
        library = Library()
        wanted = [
            (operation.name, scenario)
            for operation, scenario in pairs(library)
            if operation.name in self.operations
            and (self.scenarios is None or scenario in self.scenarios)
        ]
        dice = random.Random(self.seed)  # noqa: S311 - positions, not secrets
        if self.size == "short":
            wanted = _few(wanted, dice)
        shares = Counter(dice.choices(wanted, k=self.octets)) if wanted else Counter()
        return [
            Portion(
                operation=pair[0],
                scenario=pair[1],
                octets=shares[pair],
                most=self._most(pair, library),
                rich=pair in _RICH,
                seed=self.seed,
            )
            # The long ones last: of a run that is stopped, all others are there.
            for pair in sorted(wanted, key=lambda pair: pair[1] in _LONG)
        ]

    def _most(self, pair: tuple[str, str], library: Library) -> int | None:
        """Sales are struck everywhere, with every scenario; so is what a scenario is made for."""
        if self.size == "short":
            return _SHORT
        if self.size == "usual" and pair[1] in _LONG:
            return _OF_LONG if pair[0] == "sale" else _SAMPLE
        if self.size == "usual" and pair[1].startswith(_ALIKE):
            return _SAMPLE if pair[0] == "sale" else _FEW
        everywhere = (
            self.size == "all"
            or pair[0] == "sale"
            or pair[1] in _EVERYWHERE.get(pair[0], _EVERYWHERE_ELSE)
            or not OPERATIONS[pair[0]].is_payment
            or is_special(library.get(pair[1]))
        )
        return None if everywhere else _SAMPLE


def _few(wanted: list[tuple[str, str]], dice: random.Random) -> list[tuple[str, str]]:
    """Each operation with one scenario, and a sale with some more."""
    names = dict.fromkeys(name for name, _ in wanted)
    few = {name: [pair for pair in wanted if pair[0] == name] for name in names}
    chosen = {dice.choice(own) for name, own in few.items() if name != "sale"}
    chosen |= set(dice.sample(few.get("sale", []), min(_SHORT_SALES, len(few.get("sale", [])))))
    chosen |= {pair for pair in wanted if pair == ("sale", "approved")}
    return [pair for pair in wanted if pair in chosen]


def run_all(portions: Sequence[Portion], plan: Plan) -> Iterator[tuple[Portion, list[Result]]]:
    """Play portions of a plan; yield the results of each as it ends."""
    with ProcessPoolExecutor(
        plan.processes,
        mp_context=get_context("spawn"),
        initializer=_begin,
        initargs=(plan.careless,),
    ) as pool:
        running = {pool.submit(run_portion, portion): portion for portion in portions}
        for future in as_completed(running):
            yield running[future], future.result()


_world: World | None = None


def _begin(careless: bool) -> None:
    """One world for all portions of a worker."""
    global _world
    logging.disable()  # strays and warnings are what these runs are made of
    _world = World(careless=careless).__enter__()
    Finalize(None, _world.__exit__, (None, None, None), exitpriority=1)


def run_portion(portion: Portion) -> list[Result]:
    """Play one operation with one scenario, struck everywhere."""
    assert _world is not None
    return run_in(_world, portion)


def run_in(world: World, portion: Portion) -> list[Result]:
    """The same in a world of one's own."""
    quiet = Case(operation=portion.operation, scenario=portion.scenario, strike=None)
    shape, first = learn(world, quiet)
    dice = random.Random(f"{portion.seed} {portion.operation} {portion.scenario}")  # noqa: S311
    strikes, troubles = all_strikes(shape), at_journal(shape, How.FULL, How.TORN)
    if portion.most is not None:
        strikes = sample([*strikes, *troubles], portion.most, dice)
    strikes += random_strikes(shape, portion.octets, dice)
    if portion.rich:
        more = [
            *troubles,
            *outages(shape),
            *at_journal(shape, How.LOCKED),
            *_while_recovering(world, quiet, shape),
        ]
        strikes += more if portion.most is None else sample(more, 2, dice)
    cases = [attrs.evolve(quiet, strike=strike) for strike in strikes]
    with ThreadPoolExecutor(_WIDTH) as threads:
        return [first, *threads.map(lambda case: run_one(world, case, shape), cases)]


def run_one(world: World, case: Case, shape: Shape | None) -> Result:
    """Play a case, and judge it; one that cannot be played is bad."""
    try:
        return Result(case=case, verdict=judge(play(world, case, shape)))
    except Exception as exc:  # noqa: BLE001 - whatever it is, it is reported with its case
        why = f"could not be played: {type(exc).__name__}: {exc}"
        return Result(case=case, verdict=_unplayed(why))


def learn(world: World, case: Case) -> tuple[Shape, Result]:
    """Play an operation and a scenario without a strike."""
    run = play(world, case, None)
    verdict = judge(run)
    relay = run.relay
    assert relay is not None
    final = run.final or {}
    shape = Shape(
        sizes=tuple(relay.sizes()),
        octets=tuple(relay.octets()),
        calls=run.calls,
        outcome=final.get("kind", "unknown"),
        receipts=frozenset(final.get("receipts", ())),
    )
    return shape, Result(case=case, verdict=verdict)


def _while_recovering(world: World, quiet: Case, shape: Shape) -> list[Strike]:
    """A kill at every boundary of the process that recovers, too."""
    place = AtFrame(99, next(iter(shape.sizes[0])), 1, before=True)  # is never reached
    case = attrs.evolve(quiet, strike=Strike(How.KILL, place, Stage.RECOVER))
    run = play(world, case, shape)
    if run.recovering is None:
        return []
    strikes = all_strikes(run.recovering)
    return [attrs.evolve(one, stage=Stage.RECOVER) for one in strikes if one.how is How.KILL]


def _unplayed(why: str) -> Verdict:
    return Verdict(
        bad=(why,),
        charged=False,
        ending="unknown",
        missed=False,
        person=False,
        could_know=False,
        needed_well=False,
        missing=(),
        seconds=0.0,
    )


def bad_ones(results: Sequence[Result]) -> list[Result]:
    """Those that broke a rule."""
    return [result for result in results if result.verdict.bad]
