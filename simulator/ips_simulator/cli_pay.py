"""`ips-simulator pay`: a small till in another terminal."""

import re
import signal
import sys
import uuid
from pathlib import Path
from types import FrameType
from typing import Annotated, Final, Literal

from cyclopts import Parameter

from stompws.client import ClientOptions, TlsOptions
from stompws.errors import InvalidMessageError
from stompws.masking import mask_numbers
from worldpay_ips import (
    CardPresent,
    Instruction,
    OnPremise,
    PaymentApi,
    PaymentRequest,
    PaymentType,
    RequestValue,
)

from .cli_errors import CommandError
from .cli_facts import Facts, find_facts
from .paying import Paying, Verdict, money

_AMOUNT: Final = re.compile(r"([0-9]{1,12})\.([0-9]{2})")
_LAST_WORDS: Final = {
    Verdict.APPROVED: "Approved.",
    Verdict.DECLINED: "Declined.",
    Verdict.NOT_TAKEN: "Not taken; nothing was charged.",
    Verdict.UNKNOWN: "Unknown: it may have been charged. Look at the ledger before you repeat it.",
}


def pay(
    amount: str,
    /,
    *,
    kind: Annotated[
        Literal["sale", "refund", "pre-auth", "check-card"], Parameter(name="--type")
    ] = "sale",
    paypoint: str | None = None,
    reference: str | None = None,
    facts: Path | None = None,
) -> int:
    """Take a payment at the simulator that runs on this machine.

    Exit codes: 0 approved, 10 declined, 11 not taken, 20 unknown. Ctrl-C asks for an abort.

    Args:
        amount: With two decimals: 10.99.
        kind: What is asked for.
        paypoint: By default the simulator's first.
        reference: What the payment is called; by default a new name.
        facts: The file in which `serve --facts` wrote where it is.
    """
    minor = read_amount(amount)
    running = find_facts(facts)
    counter = _Terminal()
    try:
        request = PaymentRequest(
            payment_type=PaymentType(kind),
            merchant_transaction_reference=reference or f"PAY-{uuid.uuid4().hex[:12].upper()}",
            instruction=Instruction(
                value=RequestValue(amount=minor), payment_instrument=CardPresent()
            ),
        )
        api = _till(running, paypoint or running.paypoint_ids[0])
    except InvalidMessageError as exc:
        raise CommandError(str(exc)) from None
    counter.tell(f"{kind} {money(minor)}, {request.merchant_transaction_reference}")
    if running.page_url is not None:
        counter.tell(f"PIN pad: {running.page_url}")
    paying = Paying(api, request, counter)
    _abort_on_interrupt(paying, counter)
    try:
        verdict = paying.take()
    except KeyboardInterrupt:
        verdict = Verdict.UNKNOWN
    counter.tell(_LAST_WORDS[verdict])
    return verdict.value


def read_amount(text: str) -> int:
    """Minor units of an amount; `10` could mean ten pounds or ten pence, and is refused."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise CommandError(
            f"{mask_numbers(text)!r} is no amount: write it with two decimals, such as 10.99"
        )
    return int(found[1]) * 100 + int(found[2])


def _till(facts: Facts, paypoint: str) -> PaymentApi:
    server = OnPremise(host=facts.host, port=facts.port, paypoint_id=paypoint, plain=not facts.tls)
    options = ClientOptions(tls=TlsOptions(ca_file=facts.ca_file))
    return PaymentApi(server, license_key=facts.license_key, options=options)


def _abort_on_interrupt(paying: Paying, counter: "_Terminal") -> None:
    """The first Ctrl-C asks for an abort, and the end is waited for; the next leaves."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        counter.tell("Aborting, if it is not too late … (Ctrl-C again leaves without the result)")
        paying.abort()

    signal.signal(signal.SIGINT, interrupt)


class _Terminal:
    """A person at a terminal. When nobody can answer, the answer is no."""

    def tell(self, text: str) -> None:
        """Print it."""
        print(printable(text), flush=True)

    def receipt(self, kind: str, text: str) -> None:
        """Print it in a frame."""
        # Masked while it is whole: base64 stands in several lines.
        lines = [printable(line) for line in mask_numbers(text).rstrip("\n").split("\n")]
        width = max(map(len, lines), default=0)
        title = f" {printable(kind)} "
        print(f"  +{title.center(width + 2, '-')}+")
        for line in lines:
            print(f"  | {line.ljust(width)} |")
        print(f"  +{'-' * (width + 2)}+", flush=True)

    def ask_yes(self, question: str) -> bool:
        """Ask until the answer is one."""
        while True:
            answer = self._ask(f"{question}? [y/n] ")
            if answer is None or answer.lower() in ("n", "no"):
                return False
            if answer.lower() in ("y", "yes"):
                return True

    def ask_code(self, question: str) -> str | None:
        """Ask until it is a code, or nothing."""
        while True:
            answer = self._ask(f"{question} (nothing: declined): ")
            if not answer:
                return None
            if re.fullmatch("[0-9a-zA-Z]{2,6}", answer):
                return answer
            print("A code has 2 to 6 letters and digits.", flush=True)

    def _ask(self, question: str) -> str | None:
        print(question, end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            print("(nobody answers)", flush=True)
            return None
        return line.strip()


def printable(text: str) -> str:
    """A text that cannot steer the terminal, and shows no card number."""
    return "".join(letter if letter.isprintable() else "?" for letter in mask_numbers(text))
