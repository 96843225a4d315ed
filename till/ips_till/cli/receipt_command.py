"""`till receipt`: a receipt once as the original, and after that as a duplicate."""

import textwrap
from typing import Annotated

from cyclopts import Parameter

from ..errors import RefusedError
from ..journal import Entry, StoredReceipt
from .codes import Code, CommandError
from .journal_commands import find
from .opening import Opening, opened_journal
from .options import DEFAULT, Options
from .running import Running
from .speaking import Speaker, speaker

_MARK = "*** DUPLICATE ***"
_USUAL = 42


def receipt(
    reference: str,
    /,
    *,
    kind: Annotated[str | None, Parameter(name="--type")] = None,
    reprint: Annotated[bool, Parameter(negative="", show_default=False)] = False,
    fetch: Annotated[bool, Parameter(negative="", show_default=False)] = False,
    columns: int | None = None,
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
        columns: Of the paper: longer lines are wrapped.
        options: Of all commands.
    """
    if columns is not None and not 16 <= columns <= 200:
        raise CommandError("--columns: 16 to 200")
    voice = speaker(as_json=options.as_json)
    if fetch:
        with Opening.read(options).till(voice) as till:
            Running[object](voice).run(lambda: till.ensure_receipts(reference))
    with opened_journal(options) as journal:
        entry = find(journal, reference)
        chosen = _chosen(entry, kind, reprint=reprint)
        for one in chosen:
            before = journal.mark_printed(reference, one.number)
            if before and not reprint:
                continue  # another program was faster
            _print(voice, entry, one, duplicate=before > 0, columns=columns)
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


def _print(
    voice: Speaker, entry: Entry, receipt: StoredReceipt, *, duplicate: bool, columns: int | None
) -> None:
    lines = wrapped(receipt.text, columns)
    if duplicate:
        mark = _MARK.center(columns or _USUAL).rstrip()
        lines = [mark, "", *lines, "", mark]
    text = "\n".join(lines)
    voice.tell(
        "receipt",
        text,
        reference=entry.reference,
        type=receipt.type,
        number=receipt.number,
        duplicate=duplicate,
        text=text,
    )
    voice.say("")


def wrapped(text: str, columns: int | None) -> list[str]:
    """The lines of a receipt; what is too long for the paper is wrapped, the rest left as it is."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    if columns is None:
        return lines
    return [part for line in lines for part in _wrap(line, columns)]


def _wrap(line: str, columns: int) -> list[str]:
    if len(line.rstrip()) <= columns:
        return [line.rstrip()]
    return textwrap.wrap(line, columns, drop_whitespace=True) or [""]
