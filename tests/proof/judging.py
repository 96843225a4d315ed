"""What must hold of every case. The ledger is the judge."""

from collections.abc import Iterator

import attrs
from tests.proof.playing import PROBE_AMOUNT, Run

_CERTAIN = ("not-taken", "declined", "nothing")
"""Outcomes with which nothing was charged; a cashier may try again."""


@attrs.frozen(kw_only=True)
class Verdict:
    """How a case ended."""

    bad: tuple[str, ...]
    """The rules that it breaks."""
    charged: bool
    ending: str
    """The kind of the outcome that was known at last."""
    missed: bool
    """True when the place was never reached."""
    person: bool
    could_know: bool
    needed_well: bool
    missing: tuple[str, ...]
    """Receipts that were named as missing."""
    seconds: float


def judge(run: Run) -> Verdict:
    """Say how a case ended, and which rules it breaks."""
    final = run.final
    missed = run.case.strike is not None and not run.struck
    return Verdict(
        bad=tuple(_bad(run)),
        charged=bool(run.charges) or run.batches_closed > 0,
        ending="unknown" if final is None else final["kind"],
        missed=missed,
        person=run.person,
        could_know=run.could_know and run.person,
        needed_well=run.needed_well,
        missing=tuple((final or {}).get("missing", ())),
        seconds=run.seconds,
    )


def _bad(run: Run) -> Iterator[str]:
    yield from _alive(run)
    yield from _once(run)
    yield from _true(run)
    yield from _told(run)
    yield from _receipts(run)
    yield from _free(run)


def _alive(run: Run) -> Iterator[str]:
    """Every process ends by itself, or was killed on purpose; nothing unforeseen is raised."""
    for child in run.children:
        if child.too_long:
            yield "a till never ended"
        elif not child.killed and child.last("done") is None and run.case.strike is None:
            yield "a till died by itself"
        for item in child.all("raised"):
            yield f"a till raised {item['error']}: {item['text']}"


def _once(run: Run) -> Iterator[str]:
    """One request, at most one charge; also after a second try that seemed to be safe."""
    if run.sends > 1:
        yield f"the request was sent {run.sends} times"
    if len(run.charges) > 1:
        yield f"charged {len(run.charges)} times"
    kind = run.operation.charge
    own = [charge for charge in run.charges_at_end if charge.kind is kind and _is_own(charge)]
    if len(own) > 1:
        yield f"{len(own)} charges in the end"
    if kind is None and any(_is_own(charge) for charge in run.charges_at_end):
        yield "charged by what charges nothing"
    if run.batches_closed > 1:
        yield f"closed {run.batches_closed} batches"


def _is_own(charge: object) -> bool:
    return getattr(charge, "amount", 0) != PROBE_AMOUNT


def _true(run: Run) -> Iterator[str]:
    """The outcome is what the ledger says, or says that it is not known."""
    final = run.final
    if final is None:
        if not run.person:
            yield "silence"
        return
    kind = final["kind"]
    if kind == "nothing" and run.sends:
        yield "the request was sent, and the journal knows nothing of it"
    done = bool(run.charges) if run.operation.charge is not None else run.batches_closed > 0
    if run.operation.charge is not None or run.operation.method == "z_report":
        if kind == "approved" and not done:
            yield "said to be approved, and it was not charged"
        if kind in _CERTAIN and done:
            yield f"said to be {kind}, and it was charged"
    if kind == "approved" and run.charges:
        amount = run.charges[0].amount
        if final["amount"] not in (None, amount):
            yield f"said {final['amount']}, and {amount} was charged"
        asked = run.operation.amount
        if asked is not None and (amount != asked) and not final["differs"]:
            yield f"{amount} instead of {asked} was charged, and nothing says so"
    if not final["what_to_do"]:
        yield "the cashier is not told what to do"


def _told(run: Run) -> Iterator[str]:
    """What a till has told once stays true, but for what it did not know."""
    told, final = run.told, run.final
    if told is None or final is None:
        return
    if told["tell"] == "outcome" and told["kind"] not in ("unknown", final["kind"]):
        yield f"told first {told['kind']}, and then {final['kind']}"
    if told["tell"] == "refused" and final["kind"] not in _CERTAIN:
        yield f"refused with {told['error']}, and then {final['kind']}"
    if final["kind"] != "unknown" and final.get("phase") not in (None, "resolved"):
        yield f"told {final['kind']}, and the journal stays {final['phase']}"


def _receipts(run: Run) -> Iterator[str]:
    """Complete, or named as missing; and in the journal before anybody was handed one."""
    final, shape = run.final, run.shape
    if final is None or final["kind"] == "nothing":
        return
    kept = set(final.get("receipts", ()))
    for child in run.children:
        handed = {item["type"] for item in child.all("handed")}
        if child is run.children[-1]:
            continue  # of the second try and the next customer
        if run.operation.prepare is not None and child is run.children[0]:
            continue  # of what came before
        if handed - kept and not child.all("trouble"):
            yield f"handed over and not in the journal: {', '.join(sorted(handed - kept))}"
    if final["kind"] == "approved" and shape is not None and shape.outcome == "approved":
        lost = shape.receipts - kept - set(final["missing"])
        if lost:
            yield f"lost without a word: {', '.join(sorted(lost))}"


def _free(run: Run) -> Iterator[str]:
    """Nothing stays blocked: the next customer is served, and a safe second try is done."""
    probe = run.probe
    if probe is None:
        yield "the next sale was not even tried"
    elif probe["tell"] == "refused":
        yield f"the next sale is refused: {probe['error']}: {probe['text']}"
    elif probe["kind"] != "approved":
        yield f"the next sale ends as {probe['kind']}: {probe['what_to_do']}"
    again = run.again
    if again is None:
        return
    if again["tell"] == "refused":
        yield f"the second try is refused: {again['error']}: {again['text']}"
    elif again["kind"] != "approved":
        yield f"the second try ends as {again['kind']}: {again['what_to_do']}"
    elif run.operation.charge is not None:
        own = [c for c in run.charges_at_end if c.kind is run.operation.charge and _is_own(c)]
        if len(own) != 1:
            yield f"the second try was approved, and the ledger has {len(own)} charges"
