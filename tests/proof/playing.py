"""Playing one case: the till that is struck, the one that recovers, and the sale after it."""

import random
import time
from typing import Any, Final

import attrs
from tests.proof.cases import Case, Shape
from tests.proof.child import Child
from tests.proof.operations import OPERATIONS, PLAIN, PRE_AUTH_AMOUNT, Operation
from tests.proof.points import AtFrame, AtJournal, How, Stage, Strike
from tests.proof.striking import StrikingRelay
from tests.proof.world import BEAT_MS, Paypoint, World

from fault_relay import Direction
from ips_simulator import Scenario
from ips_simulator.ledger import Charge
from stompws.errors import LinkError
from worldpay_ips import Outcome, PaymentResultQuery

PROBE_AMOUNT: Final = 250
"""Minor units of the sale that shows that the paypoint is free."""
_REFERENCE: Final = "FIRST"
_AGAIN: Final = "AGAIN"
_PAGE: Final = 4096 + 24  # a page of SQLite in its log, with its head
_NEVER_ANSWERED: Final = frozenset(
    {
        "busy",
        "newer-outcome",
        "query-pending",
        "result-auth-completed",
        "result-in-progress",
        "result-started",
    }
)
"""Scenarios in which asking leads to nothing as long as they are played."""
_SILENT: Final = frozenset({"fault-half-open", "fault-mute"})
"""Scenarios in which a link dies without a word: only heart-beats tell."""


@attrs.define(kw_only=True)
class Run:
    """Everything that is judged."""

    case: Case
    operation: Operation
    shape: Shape | None
    struck: bool = False
    children: list[Child] = attrs.field(factory=list[Child])
    told: dict[str, Any] | None = None
    """What the struck till said before it died or ended."""
    final: dict[str, Any] | None = None
    """What was known at last."""
    charges: tuple[Charge, ...] = ()
    """What the operation entered into the ledger, when the outcome was known."""
    sends: int = 0
    """How many requests left until then."""
    again: dict[str, Any] | None = None
    """What came of the second try, where the cashier was told that it is safe."""
    probe: dict[str, Any] | None = None
    charges_at_end: tuple[Charge, ...] = ()
    batches_closed: int = 0
    could_know: bool = False
    """The service would have told at last, whether or not it was asked then."""
    needed_well: bool = False
    """Known only when the service had become well again."""
    calls: tuple[str, ...] = ()
    """What the first till wrote into its journal."""
    relay: StrikingRelay | None = None
    """Of the first till."""
    recovering: Shape | None = None
    """What the process that recovers did, when nothing struck it."""
    seconds: float = 0.0

    @property
    def person(self) -> bool:
        """True when a person had to decide."""
        return self.final is None or self.final["kind"] == "unknown"


def play(world: World, case: Case, shape: Shape | None) -> Run:
    """Play a case to its end."""
    begin = time.monotonic()
    operation = OPERATIONS[case.operation]
    run = Run(case=case, operation=operation, shape=shape)
    paypoint = world.new_paypoint()
    try:
        _Player(run, paypoint, world).play()
    finally:
        paypoint.forget()
    run.seconds = time.monotonic() - begin
    return run


class _Player:
    def __init__(self, run: Run, paypoint: Paypoint, world: World) -> None:
        self._run, self._paypoint, self._world = run, paypoint, world
        self._simulator = world.simulator
        self._scenario: Scenario | None = None
        if run.case.scenario != PLAIN:
            self._scenario = self._simulator.library.get(run.case.scenario)
        self._about: str | None = None
        self._well = False
        """True when the service answers as usual again."""
        self._over = False
        """True when nothing odd can happen any more."""

    def play(self) -> None:
        run, paypoint = self._run, self._paypoint
        operation = run.operation
        if operation.prepare is not None:
            self._prepare(OPERATIONS[operation.prepare])
        before = len(paypoint.charges)
        batch = paypoint.batch_number() if operation.method == "z_report" else 0
        if self._scenario is not None:
            self._simulator.choose(paypoint.id, self._scenario)
        self._act()
        if self._scenario is not None and not self._scenario.operations:
            # The payment has begun or never will; what comes later is played as usual.
            self._wait_until_free()
            self._simulator.choose(paypoint.id, None)
        self._recover()
        run.charges = paypoint.charges[before:]
        if operation.method == "z_report":
            run.batches_closed = paypoint.batch_number() - batch
        self._simulator.choose(paypoint.id, None)
        self._over = True
        self._go_on()
        run.charges_at_end = paypoint.charges[before:]

    # -- the steps

    def _prepare(self, operation: Operation) -> None:
        amount = PRE_AUTH_AMOUNT if operation.name == "pre-auth" else operation.amount
        child = self._child([self._step(operation, "BEFORE", amount=amount)], None)[0]
        outcome = child.last("outcome")
        if outcome is None or outcome["kind"] != "approved":
            raise RuntimeError(f"the {operation.name} before it failed: {child.told}")
        self._about = outcome["reference"]

    def _act(self) -> None:
        run = self._run
        strike = run.case.strike
        own = strike
        if strike is not None and strike.stage is Stage.RECOVER:
            own = _died_before_the_result(run.shape)
        child, relay = self._child([self._step(run.operation, _REFERENCE)], own)
        run.relay = relay
        journal = child.last("journal")
        run.calls = () if journal is None else tuple(journal["calls"])
        run.struck = own is None or self._has_struck(own, child, relay)
        run.sends += relay.sent(run.operation.destination, run.operation.mark)
        run.told = child.last("outcome") or child.last("refused")
        if strike is not None and strike.how is How.TORN:
            self._tear()

    def _recover(self) -> None:
        run = self._run
        strike = run.case.strike
        if strike is not None and strike.stage is Stage.RECOVER:
            child = self._ask_what_was(strike)
            relay, journal = self._last_relay, child.last("journal")
            run.struck = self._has_struck(strike, child, relay)
            if journal is not None:
                run.recovering = Shape(
                    sizes=tuple(relay.sizes()),
                    octets=tuple(relay.octets()),
                    calls=tuple(journal["calls"]),
                    outcome="",
                    receipts=frozenset(),
                )
        self._ask_what_was(None)
        if run.person and self._scenario is not None and self._scenario.operations:
            # The service answered oddly. Some time later it does not, and somebody asks once more.
            self._simulator.choose(self._paypoint.id, None)
            self._well = True
            self._look_whether_it_could_know()
            if self._needs_person:
                self._ask_what_was(None, by_name=True)
            else:
                self._ask_what_was(None)
            run.needed_well = not run.person
        elif run.person:
            self._look_whether_it_could_know()

    def _ask_what_was(self, strike: Strike | None, *, by_name: bool = False) -> Child:
        run = self._run
        step: dict[str, Any] = {"do": "recover", "not_this": self._about, "patience": 10}
        step["by_name"] = by_name
        child, relay = self._child([step], strike)
        run.sends += relay.sent(run.operation.destination, run.operation.mark)
        run.final = child.last("outcome")
        self._needs_person = bool(run.final and run.final.get("needs_person"))
        return child

    def _go_on(self) -> None:
        """What the cashier does next: try again where that is safe, and serve the next customer."""
        run, steps = self._run, list[dict[str, Any]]()
        kind = "unknown" if run.final is None else run.final["kind"]
        if kind == "unknown":
            charged = bool(run.charges) or run.batches_closed > 0
            amount = run.charges[0].amount if run.charges else None
            steps.append({"do": "decide", "charged": charged, "amount": amount})
        elif kind != "approved":
            steps.append(self._step(run.operation, _AGAIN, plain=True))
        steps.append(self._step(OPERATIONS["sale"], "PROBE", amount=PROBE_AMOUNT, plain=True))
        child, _ = self._child(steps, None)
        ends = [item for item in child.told if item["tell"] in ("outcome", "refused")]
        run.probe = ends[-1] if ends else None
        if kind not in ("unknown", "approved") and len(ends) > 1:
            run.again = ends[0]

    # -- helpers

    def _step(
        self,
        operation: Operation,
        reference: str,
        *,
        amount: int | None = None,
        plain: bool = False,
    ) -> dict[str, Any]:
        step: dict[str, Any] = {
            "do": "perform",
            "method": operation.method,
            "arguments": operation.arguments,
            "amount": operation.amount if amount is None else amount,
            "about": self._about,
            "reference": f"{self._paypoint.id}-{reference}",
        }
        if self._scenario is not None and not plain:
            first = next(e for e in self._scenario.expect if e.operation == "startPayment")
            step["abort_at"] = first.abort_at
            if first.answers:
                step["says_yes"] = any(first.answers.values())
        return step

    def _child(
        self, steps: list[dict[str, Any]], strike: Strike | None
    ) -> tuple[Child, StrikingRelay]:
        run, name = self._run, self._run.case.scenario
        child: Child | None = None

        def kill() -> None:
            if child is not None:
                child.kill()

        with StrikingRelay(self._simulator.address, strike, kill) as relay:
            task = {**self._world.task(self._paypoint, steps), "port": relay.port}
            if name in _SILENT and not self._over:
                # Afterwards it would only be a till that is given up whenever the machine pauses.
                task["beat_ms"] = BEAT_MS
            if name == "fault-late":
                task["settings"]["between_events"] = 1.5
            if name in _NEVER_ANSWERED and not self._well:
                task["settings"]["recovery_total"] = 0.25
            if strike is not None and isinstance(strike.place, AtJournal):
                place = strike.place
                task["journal_strike"] = [place.number, place.before, strike.how.value]
                if strike.how is How.LOCKED:
                    task["journal_wait"] = 0.2
            if strike is not None and strike.how is How.OUTAGE:
                task["settings"]["recovery_total"] = 0.2
            child = self._world.nursery.start(task, self._restart_database)
            run.children.append(child)
            child.run()
        self._last_relay = relay
        return child, relay

    @staticmethod
    def _has_struck(strike: Strike, child: Child, relay: StrikingRelay) -> bool:
        if isinstance(strike.place, AtJournal):
            return child.last("done") is None or child.last("struck") is not None
        return relay.struck

    def _tear(self) -> None:
        """Put behind the journal what a write that never ended may leave there."""
        log = self._paypoint.write_ahead_log
        dice = random.Random(f"{self._run.case.command}")  # noqa: S311 - octets, not secrets
        tail = log.read_bytes()[-_PAGE:] if log.exists() else b""
        if not tail:
            return  # nothing was written that could be torn
        kinds = [dice.randbytes(len(tail)), bytes(len(tail)), tail]
        kind = kinds[dice.randrange(len(kinds))]
        with log.open("ab") as file:
            file.write(kind[: dice.randrange(1, len(kind) + 1)])

    def _restart_database(self) -> None:
        if (server := self._world.postgres) is not None:
            server.restart()

    def _wait_until_free(self) -> None:
        api, until = self._paypoint.api(), time.monotonic() + 20
        while api.service_status().status == "busy":
            if time.monotonic() > until:
                raise RuntimeError("the simulator's payment does not end")
            time.sleep(0.005)

    def _look_whether_it_could_know(self) -> None:
        if not self._run.operation.is_payment:
            return
        query = PaymentResultQuery(
            merchant_transaction_reference=f"{self._paypoint.id}-{_REFERENCE}"
        )
        try:
            answer = self._paypoint.api().query_payment_result(query)
        except LinkError:
            return
        outcomes = {payment.outcome for payment in answer.payments}
        known = {Outcome.SUCCEEDED, Outcome.REFUSED, Outcome.FAILED}
        self._run.could_know = len(outcomes) == 1 and outcomes <= known


def _died_before_the_result(shape: Shape | None) -> Strike:
    """A till that died when everything had been decided and nothing of it had come."""
    assert shape is not None
    heard = len(shape.sizes[-1][Direction.TO_CLIENT])
    place = AtFrame(len(shape.sizes), Direction.TO_CLIENT, max(2, heard - 1), before=True)
    return Strike(How.KILL, place)
