"""The command `ips-simulator`: what it can do, and how its errors look.

`cli_serve.py` and `cli_running.py` run a server, `cli_scenarios.py` tells of scenarios,
`cli_pay.py` is a small till.
"""

import sys
from typing import Final

import cyclopts
from rich.console import Console

from . import cli_pay, cli_scenarios, cli_serve
from .cli_errors import CommandError, fail
from .demo import run_demo

app: Final = cyclopts.App(
    name="ips-simulator",
    help="A payment server that speaks Worldpay's IPS Payment API 4.0.1. Unofficial; no card is"
    " ever charged.",
    version_flags=[],
)
app.command(cli_serve.serve)
app.command(cli_pay.pay)
app.command(cli_scenarios.scenarios)
app.command(cli_scenarios.check)
app.command(cli_serve.replay)


@app.command
def demo() -> int:
    """Register a till and run all 14 operations against a simulator on this machine."""
    return run_demo(Console(highlight=False, soft_wrap=False))


def main() -> None:
    """Entry point of the command."""
    try:
        sys.exit(app(sys.argv[1:], exit_on_error=False, print_error=False))
    except cyclopts.CycloptsError as exc:
        sys.exit(fail(" ".join(str(exc).split()) + " (see ips-simulator --help)"))
    except CommandError as exc:
        sys.exit(fail(str(exc)))
    except BrokenPipeError:  # `ips-simulator scenarios | head`
        sys.stderr.close()
        sys.exit(1)
