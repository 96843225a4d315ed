"""Taking one payment at the terminal: what happens is shown, what is asked is asked."""

from collections.abc import Callable
from typing import Annotated, Literal, TypeAlias

import attrs
from cyclopts import Parameter

from stompws.records import Record

from ..actions import Actions, Policy
from ..errors import JournalError, SecondResultError
from ..events import (
    JournalTrouble,
    Notification,
    Question,
    ReceiptReady,
    Recovering,
    TillEvent,
)
from ..journal import StoredReceipt
from ..money import Money
from ..outcome import Outcome
from ..payment import Payment
from ..till import Till
from .codes import Code, CommandError
from .opening import Opening
from .options import Options
from .running import Running
from .speaking import Speaker, speaker
from .telling import shown, tell_outcome, tell_receipt

OnAction: TypeAlias = Literal["ask", "decline", "abort"]


@Parameter(name="*")
@attrs.frozen(kw_only=True)
class Taking(Record):
    """How a payment is taken."""

    reference: str | None = None
    """What the payment is called: 1 to 30 of A-Z a-z 0-9 - and _. Made for you."""
    on_action: OnAction | None = None
    """What is done when the payment asks something: ask you, which is the default, decline, or
    abort. Where nobody can be asked, IPS_TILL_ON_ACTION says what is done: decline if not set."""
    receipts: Annotated[bool, Parameter(negative="--no-receipts")] = True
    """Show the receipts; what was shown counts as printed."""
    override: str | None = None
    """Why this is begun although the paypoint has an unresolved payment, whose outcome can then no
    longer be asked for. Recorded."""


TAKING = Taking()


def take(
    start: Callable[[Till, Actions], Payment],
    money: Money | None,
    taking: Taking,
    options: Options,
) -> int:
    """Take a payment and say all that happens; return the exit code."""
    voice, opening = speaker(as_json=options.as_json), Opening.read(options)
    ask = taking.on_action in (None, "ask")
    policy = opening.environment.on_action or Policy.DECLINE
    actions = Actions(
        otherwise=policy if ask else str(taking.on_action),
        in_loop=True,
        deadline=opening.environment.settings.action_answer,
    )
    with opening.till(voice) as till:
        try:
            payment = start(till, actions)  # sends nothing yet
        except ValueError as exc:  # ours: it quotes nothing
            raise CommandError(str(exc)) from None
        voice.tell(
            "begun",
            f"{payment.operation.value} {money or ''}".rstrip() + f" on {payment.paypoint_id}",
            style="bold",
            reference=payment.reference,
            operation=payment.operation.value,
            paypoint=payment.paypoint_id,
            amount=None if money is None else money.minor,
        )
        voice.say(f"  Reference: {payment.reference}")
        with Running[Outcome](
            voice, reference=payment.reference, abort=payment.abort, ask=ask
        ) as running:
            terminal = _Terminal(voice, running, till, payment, show=taking.receipts)
            try:
                outcome = running.run(terminal.take)
            except SecondResultError as exc:
                voice.error(str(exc), name=type(exc).__name__, code=Code.UNKNOWN)
                outcome = payment.outcome
            return tell_outcome(voice, outcome)


class _Terminal:
    """Hears a payment out, in the thread of the operation."""

    def __init__(
        self,
        voice: Speaker,
        running: Running[Outcome],
        till: Till,
        payment: Payment,
        *,
        show: bool,
    ) -> None:
        self._voice, self._running = voice, running
        self._till, self._payment, self._show = till, payment, show

    def take(self) -> Outcome:
        with self._payment as payment:
            self._running.post(lambda: self._voice.tell("sent", reference=payment.reference))
            self._running.sent()
            for event in payment:
                self._hear(event)
        return payment.outcome

    def _hear(self, event: TillEvent) -> None:
        if isinstance(event, Question):
            self._running.ask(event)
            return
        printed = isinstance(event, ReceiptReady) and self._print(event.receipt)
        self._running.post(lambda: self._tell(event, printed=printed))

    def _print(self, receipt: StoredReceipt) -> bool:
        """Count the printing, before it happens; False when it is for later."""
        if not self._show:
            return False
        try:
            if receipt.number:  # 0: the journal could not keep it
                self._till.journal.mark_printed(self._payment.reference, receipt.number)
        except JournalError as exc:
            text = str(exc)
            self._running.post(lambda: self._voice.tell("journal-trouble", text, message=text))
        return True

    def _tell(self, event: TillEvent, *, printed: bool) -> None:
        match event:
            case Notification(text=text):
                self._voice.tell("notification", f"  {shown(text)}", text=shown(text))
            case ReceiptReady(receipt=receipt) if printed:
                tell_receipt(
                    self._voice,
                    self._payment.reference,
                    receipt,
                )
            case ReceiptReady(receipt=receipt):
                self._voice.tell(
                    "receipt-kept",
                    f"  A {receipt.type} receipt: till receipt {self._payment.reference}",
                    reference=self._payment.reference,
                    type=receipt.type,
                    number=receipt.number,
                )
            case Recovering(text=text):
                self._voice.tell("recovering", f"  {text}", message=text)
            case JournalTrouble(text=text):
                self._voice.tell("journal-trouble", f"  {text}", style="red", message=text)
            case _:
                pass  # questions are asked
