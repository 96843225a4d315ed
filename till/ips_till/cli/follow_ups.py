"""`till settle`, `cancel`, `recover`: what is done about a payment afterwards."""

from collections.abc import Callable
from typing import Annotated

from cyclopts import Parameter

from ..journal import Entry
from ..money import Money
from ..outcome import Approved, Outcome
from ..till import Till
from .amounts import read_amount
from .codes import Code
from .opening import Opening
from .options import DEFAULT, Options
from .running import Running
from .speaking import Speaker, speaker
from .telling import tell_outcome, what


def settle(
    reference: str,
    amount: str | None = None,
    /,
    *,
    minor: Annotated[str | None, Parameter(name="--minor")] = None,
    currency: str = "GBP",
    options: Options = DEFAULT,
) -> int:
    """Settle a pre-authorisation: all of it, or less.

    Args:
        reference: Of the pre-authorisation.
        amount: What is settled: 10.99. All of it when not given.
        minor: The same in the smallest unit: 1099 is 10.99.
        currency: Tells the decimals of the amount.
        options: Of all commands.
    """
    part = None
    if amount is not None or minor is not None:
        part = read_amount(amount, minor, currency, least=0)
    return _follow_up("settle", reference, lambda till: till.settle(reference, part), part, options)


def cancel(reference: str, /, *, options: Options = DEFAULT) -> int:
    """Cancel a sale, refund or pre-authorisation before it is settled.

    Args:
        reference: Of the payment.
        options: Of all commands.
    """
    return _follow_up("cancel", reference, lambda till: till.cancel(reference), None, options)


def recover(reference: str | None = None, /, *, options: Options = DEFAULT) -> int:
    """Find out what became of a payment that was left behind. Never charges.

    The exit code is that of the payment; 0 also when there is nothing to find out.

    Args:
        reference: Of the payment; the paypoint's unresolved one when not given.
        options: Of all commands.
    """
    voice, opening = speaker(as_json=options.as_json), Opening.read(options)
    with opening.till(voice) as till:
        left = [one for one in till.unresolved() if reference in (None, one.reference)]
        for entry in left[:1]:
            voice.tell(
                "recovering",
                f"{what(entry.intent).capitalize()}, {_how_far(entry)}: no known outcome.",
                message=f"{entry.reference} was left behind",
            )
        left_text = "Left before the answer. Ask again: till recover"
        with Running[Outcome | None](voice, asks_only=True, left=left_text) as running:
            found = running.run(lambda: till.recover(reference))
        if found is None:
            text = f"There is nothing to find out on {till.paypoint_id}."
            voice.tell("nothing-to-recover", text, paypoint=till.paypoint_id, exit_code=0)
            return Code.DONE
        code = tell_outcome(voice, found)
        _tell_receipts(voice, till, found)
        return code


def _how_far(entry: Entry) -> str:
    if entry.sending_at is None:
        return f"begun {entry.began_at.astimezone():%Y-%m-%d %H:%M:%S} and never sent"
    return f"sent {entry.sending_at.astimezone():%Y-%m-%d %H:%M:%S}"


def _follow_up(
    name: str,
    reference: str,
    act: Callable[[Till], Outcome],
    part: Money | None,
    options: Options,
) -> int:
    voice, opening = speaker(as_json=options.as_json), Opening.read(options)
    with opening.till(voice) as till:
        amount = None if part is None else part.minor
        text = f"{name} {'' if part is None else f'{part} of '}{reference} on {till.paypoint_id}"
        voice.tell(
            "begun",
            text,
            style="bold",
            operation=name,
            about=reference,
            paypoint=till.paypoint_id,
            amount=amount,
        )
        with Running[Outcome](voice) as running:
            outcome = running.run(lambda: act(till))
            code = tell_outcome(voice, outcome)
        _tell_receipts(voice, till, outcome)
        return code


def _tell_receipts(voice: Speaker, till: Till, outcome: Outcome) -> None:
    if not isinstance(outcome, Approved):
        return
    entry = till.journal.find(outcome.reference)
    if entry is not None and entry.receipts:
        kinds = ", ".join(receipt.type for receipt in entry.receipts)
        voice.say(f"  Receipts ({kinds}): till receipt {outcome.reference}")
