"""`till receipt`: a receipt once as the original, and after that as a duplicate."""

from collections.abc import Callable
from typing import Annotated

from cyclopts import Parameter

from ..errors import RefusedError
from ..journal import Entry, StoredReceipt
from ..receipts import Receipt, plain, print_once
from ..receipts import reprint as reprinted
from .codes import Code, CommandError
from .journal_commands import find
from .opening import Opening, opened_journal
from .options import DEFAULT, Options
from .speaking import Speaker, speaker


def receipt(
    reference: str,
    /,
    *,
    kind: Annotated[str | None, Parameter(name="--type")] = None,
    reprint: Annotated[bool, Parameter(negative="", show_default=False)] = False,
    fetch: Annotated[bool, Parameter(negative="", show_default=False)] = False,
    columns: int = 42,
    options: Options = DEFAULT,
) -> int:
    """Print the receipts of a payment.

    Each is printed once as the original. The printing is counted before it happens: what was cut
    short is a duplicate the next time.

    Args:
        reference: Of the payment.
        kind: customer or merchant; both when not given.
        reprint: Print what was printed before, marked DUPLICATE.
        fetch: Ask the service for missing ones first; it has those of the last payment only.
        columns: Of the paper, 32, 42 or 48 say: longer lines are wrapped.
        options: Of all commands.
    """
    if not 16 <= columns <= 200:
        raise CommandError("--columns: 16 to 200")
    voice = speaker(as_json=options.as_json)
    if fetch:
        with Opening.read(options).till(voice) as till:
            till.ensure_receipts(reference)
    with opened_journal(options) as journal:
        entry = find(journal, reference)
        chosen = _chosen(entry, kind, reprint=reprint)
        printing = reprinted if reprint else print_once
        for one in chosen:
            # Counted before it is printed: what was cut short is a duplicate the next time.
            printing(one, reference, ledger=journal, output=_printer(voice, entry, one, columns))
    return Code.DONE


def _chosen(entry: Entry, kind: str | None, *, reprint: bool) -> list[StoredReceipt]:
    found = [one for one in entry.receipts if kind in (None, one.type)]
    if not found:
        raise RefusedError(
            f"{entry.reference}: no such receipt is kept; while it is the last payment of the"
            " paypoint, --fetch asks the service"
        )
    fresh = [one for one in found if reprint or not one.printed]
    if not fresh:
        raise RefusedError(f"{entry.reference}: printed already; --reprint prints a duplicate")
    return fresh


def _printer(
    voice: Speaker, entry: Entry, stored: StoredReceipt, columns: int
) -> Callable[[Receipt, bool], None]:
    def output(found: Receipt, duplicate: bool) -> None:
        text = plain(found, columns=columns, duplicate=duplicate)
        voice.tell(
            "receipt",
            text,
            reference=entry.reference,
            type=stored.type,
            number=stored.number,
            duplicate=duplicate,
            text=text,
        )

    return output
