"""A flight for a terminal, with rich; plain text where rich is not installed."""

from typing import TYPE_CHECKING, Final

from .format import Flight
from .text import circumstances, heading, printable, remarks, render_text
from .timeline import Row, Tone, outcome_of, phases, timeline, tone_of

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_STYLES: Final = {Tone.PLAIN: "", Tone.GOOD: "green", Tone.BAD: "red", Tone.WAIT: "yellow"}
_ARROWS: Final = {"sent": "→", "received": "←", "till": "·"}


def render_timeline(flight: Flight) -> "RenderableType":
    """What a rich console prints of a flight; a plain text where rich is not installed.

    Rich comes with `pip install "worldpay-ips[till]"`.
    """
    try:
        from rich.console import Group
        from rich.text import Text
    except ModuleNotFoundError:
        return render_text(flight)
    style = _STYLES[tone_of(outcome_of(flight))]
    first, *others = remarks(flight)
    return Group(
        Text(heading(flight), style="bold"),
        Text(circumstances(flight), style="dim"),
        Text("  ".join(f"{one.name} {one.seconds:.3f} s" for one in phases(flight)), style="dim"),
        Text(),
        _table(timeline(flight)),
        Text(),
        Text(first, style=f"bold {style}".strip()),
        *(Text(other, style="yellow") for other in others),
    )


def _table(rows: tuple[Row, ...]) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0), expand=False)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        if row.pause:
            table.add_row("", "", Text(f"{row.pause:.1f} s later", style="dim italic"))
        what = Text(printable(row.title), style=_STYLES[row.tone] or "default")
        if row.side == "till":
            what.stylize("bold")
        if row.detail:
            what.append(f"  {printable(row.detail)}", style="dim")
        table.add_row(Text(f"{row.at:.3f}", style="dim"), _ARROWS[row.side], what)
    return table
