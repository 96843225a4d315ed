"""A flight as one page of HTML that needs nothing else: no script, no font, no network."""

from collections.abc import Iterator
from html import escape
from typing import Final

from .format import Flight
from .text import circumstances, heading, remarks
from .timeline import Row, outcome_of, phases, timeline, tone_of

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --paper: #fff; --line: #d8dee4;
  --good: #116329; --bad: #a40e26; --wait: #7d4e00; --box: #f4f6f8; --sent: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9aa5b1; --paper: #0f1318;
  --line: #2f3742; --good: #56d364; --bad: #ff7b72; --wait: #e3b341; --box: #191f27;
  --sent: #79c0ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; background: var(--paper);
  color: var(--ink); font: 16px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.3rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
p { margin: .25rem 0; overflow-wrap: anywhere; }
.soft { color: var(--soft); font-size: .9rem; }
.verdict { border-left: .3rem solid; padding: .4rem .8rem; background: var(--box);
  margin: 1rem 0; font-weight: 600; }
.good { color: var(--good); } .bad { color: var(--bad); } .wait { color: var(--wait); }
.phases { display: flex; flex-wrap: wrap; gap: .5rem; list-style: none;
  margin: 1rem 0; padding: 0; }
.phases li { background: var(--box); border: 1px solid var(--line); border-radius: .4rem;
  padding: .3rem .7rem; }
.phases b { display: block; font-variant-numeric: tabular-nums; }
ol { list-style: none; margin: 0; padding: 0; }
ol > li { display: grid; grid-template-columns: 5.5rem 1.5rem minmax(0, 1fr); column-gap: .5rem;
  padding: .35rem 0; border-top: 1px solid var(--line); }
ol > li.pause { color: var(--soft); font-style: italic; border-top-style: dashed; }
time { text-align: right; color: var(--soft); font-variant-numeric: tabular-nums; }
.side { text-align: center; color: var(--soft); } .sent { color: var(--sent); }
.till strong { font-weight: 600; } strong { font-weight: 500; overflow-wrap: anywhere; }
.detail { color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
details { font-size: .9rem; color: var(--soft); } summary { cursor: pointer; overflow: hidden;
  text-overflow: ellipsis; white-space: nowrap; }
pre { margin: .4rem 0; padding: .6rem; background: var(--box); border: 1px solid var(--line);
  border-radius: .4rem; overflow-x: auto; color: var(--ink); font-size: .8rem; }
@media (max-width: 40rem) { body { padding: .9rem; } ol > li { grid-template-columns: 1.2rem
  minmax(0, 1fr); } time { grid-column: 1 / -1; text-align: left; font-size: .8rem; } }
@media print { details > pre { display: none; } }
"""
_ARROWS: Final = {"sent": ("→", "sent"), "received": ("←", "received"), "till": ("·", "the till")}


def to_html(flight: Flight) -> str:
    """Write a flight as a page. Everything of the file is escaped: it is untrusted."""
    return "".join(_page(flight))


def _page(flight: Flight) -> Iterator[str]:
    title = escape(heading(flight))
    tone = tone_of(outcome_of(flight)).value
    first, *others = remarks(flight)
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield (
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    )
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    yield f"<h1>{title}</h1>\n<p class=soft>{escape(circumstances(flight))}</p>\n"
    yield f'<p class="verdict {tone}">{escape(first)}</p>\n'
    for other in others:
        yield f"<p class=wait>{escape(other)}</p>\n"
    if found := phases(flight):
        yield "<ul class=phases>\n"
        for phase in found:
            yield f"<li>{escape(phase.name)} <b>{phase.seconds:.3f} s</b></li>\n"
        yield "</ul>\n"
    yield "<ol>\n"
    for row in timeline(flight):
        yield from _row(row)
    yield "</ol>\n</body>\n</html>\n"


def _row(row: Row) -> Iterator[str]:
    if row.pause:
        pause = f"{row.pause:.1f} s later"
        yield f"<li class=pause><time></time><span></span><span>{pause}</span></li>\n"
    arrow, spoken = _ARROWS[row.side]
    yield f"<li class={row.side}><time>{row.at:.3f} s</time>"
    yield f'<span class="side {row.side}" aria-label="{spoken}">{arrow}</span><div>'
    yield f'<strong class="{row.tone.value}">{escape(row.title)}</strong>'
    if row.whole:
        yield f"<details><summary>{escape(row.detail) or 'headers'}</summary>"
        yield f"<pre>{escape(row.whole)}</pre></details>"
    elif row.detail:
        yield f"<div class=detail>{escape(row.detail)}</div>"
    yield "</div></li>\n"
