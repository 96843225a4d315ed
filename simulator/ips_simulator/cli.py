"""The command `ips-simulator`."""

import json
import signal
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Annotated, Final

import cyclopts
from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from .demo import run_demo
from .simulator import Simulator

PAYPOINT: Final = "INST001"
LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")

app = cyclopts.App(
    name="ips-simulator",
    help="A payment server that speaks Worldpay's IPS Payment API 4.0.1. Unofficial; no card is"
    " ever charged.",
)


@app.command
def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 7080,
    tls: Annotated[bool, Parameter(negative="--plain")] = True,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Run until Ctrl-C or SIGTERM.

    Args:
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one.
        tls: TLS with a throw-away certificate; its CA file is printed. Without it (`--plain`)
            only this machine is served.
        as_json: Print what a till needs to know as one line of JSON.
    """
    if not tls and host not in LOOPBACK:
        return _fail(f"without TLS only this machine is served, not {host} (leave --plain out)")
    if not 0 <= port <= 65535:
        return _fail(f"there is no port {port}; the last one is 65535")
    stop = threading.Event()

    def request_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    # Before the simulator starts, so that no early signal is lost.
    signal.signal(signal.SIGINT, request_stop)
    signal.signal(signal.SIGTERM, request_stop)
    try:
        with Simulator(host=host, port=port, tls=tls, magic_amounts=True) as simulator:
            facts = _facts(simulator)
            if as_json:
                print(json.dumps(facts), flush=True)
            else:
                _print_facts(facts)
            while not stop.wait(3600):  # a bounded wait lets Windows deliver Ctrl-C
                pass
            if not as_json:
                print(f"\nStopped. {len(simulator.ledger.charges)} charges were made.", flush=True)
    except OSError as exc:
        return _fail(
            f"cannot listen on {host}:{port}: {exc.strerror or exc} (--port 0 takes a free port)"
        )
    return 0


@app.command
def demo() -> int:
    """Register a till and run all 14 operations against a simulator on this machine."""
    return run_demo(Console(highlight=False, soft_wrap=False))


def _facts(simulator: Simulator) -> dict[str, str | None]:
    """What a till must be told. The activation code is shown on purpose: it is typed by hand."""
    server = simulator.server(PAYPOINT)
    ca_file: Path | None = simulator.ca_file
    return {
        "url": server.url,
        "paypointId": PAYPOINT,
        "pointOfSaleId": simulator.point_of_sale.id,
        "pointOfSaleReference": simulator.point_of_sale.reference,
        "pointOfSaleActivationCode": simulator.activation_code,
        "caFile": None if ca_file is None else str(ca_file),
    }


_TITLES: Final = {
    "url": "URL",
    "paypointId": "Paypoint",
    "pointOfSaleId": "Point of sale, id",
    "pointOfSaleReference": "Point of sale, reference",
    "pointOfSaleActivationCode": "Activation code, works once",
    "caFile": "Certificate authority, file",
}


def _print_facts(facts: dict[str, str | None]) -> None:
    """A table that is never wrapped: its values are there to be copied."""
    console = Console(highlight=False, soft_wrap=True)
    table = Table.grid(padding=(0, 2))
    for name, value in facts.items():
        if value is not None:
            table.add_row(f"[dim]{_TITLES[name]}[/]", value)
    console.print("[bold]ips-simulator[/] is running; any paypoint will do. Ctrl-C stops it.\n")
    console.print(table, crop=False, no_wrap=True, overflow="ignore")
    sys.stdout.flush()


def _fail(reason: str) -> int:
    print(f"ips-simulator: {reason}", file=sys.stderr)
    return 2


def main() -> None:
    """Entry point of the command."""
    try:
        sys.exit(app(exit_on_error=False, print_error=False))
    except cyclopts.CycloptsError as exc:
        sys.exit(_fail(" ".join(str(exc).split()) + " (see ips-simulator --help)"))
