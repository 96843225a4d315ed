"""A simulator that runs until it is told to stop, with what it keeps and leaves behind."""

import json
import signal
import threading
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import attrs

from .cli_errors import CommandError
from .cli_facts import Facts, facts_published
from .cli_options import check_address, check_paypoints
from .cli_view import print_facts, print_stopped, print_warning
from .ledger_export import write_ledger
from .open_files import allow_open_files, tell_few_files
from .recorder import Recorder
from .simulator import Simulator


@attrs.frozen(kw_only=True)
class Run:
    """What is common to everything that serves."""

    host: str
    port: int
    tls: bool
    page_port: int | None
    paypoints: tuple[str, ...]
    as_json: bool
    record: Path | None = None
    ledger: Path | None = None
    facts: Path | None = None
    manual: bool = False
    profile: str | None = None

    def check(self) -> None:
        """Refuse what cannot be done, before anything is done."""
        check_address(self.host, [self.port, self.page_port], tls=self.tls)
        check_paypoints(self.paypoints)
        for path in (self.record, self.ledger):
            if path is not None and not path.parent.is_dir():
                raise CommandError(f"{path}: there is no folder {path.parent}")
        if self.record is not None and self.record.exists():
            raise CommandError(
                f"{self.record}: there is such a file, and no recording is overwritten"
            )


def page_port_of(port: int, page_port: int | None) -> int:
    """The port of the page: what was wished, or one more than the server's."""
    if page_port is not None:
        return page_port
    return port + 1 if 0 < port < 65535 else 0


def serve_until_stopped(run: Run, **options: Any) -> int:
    """Run a simulator until a signal comes; return the exit code."""
    stop = threading.Event()
    # Before the simulator starts, so that no early signal is lost.
    _on_signal(stop)
    if (few := tell_few_files(allow_open_files())) is not None:
        print_warning(few)
    simulator = Simulator(
        host=run.host,
        port=run.port,
        tls=run.tls,
        page=False if run.page_port is None else run.page_port or True,
        pin_pads="manual" if run.manual else "automatic",
        **options,
    )
    _start(simulator, run)
    # The file of the recording is made when the port is ours: otherwise it would be in the way.
    with ExitStack() as stack:
        stack.callback(simulator.stop)
        stack.enter_context(_recorded(simulator, run))
        try:
            _wait(simulator, run, stop)
        finally:
            if run.ledger is not None:
                _save_ledger(simulator, run.ledger)
        if not run.as_json:
            print_stopped(len(simulator.ledger.charges))
    return 0


def _wait(simulator: Simulator, run: Run, stop: threading.Event) -> None:
    """Tell the facts, and wait for the end."""
    for paypoint in run.paypoints:
        simulator.pin_pad(paypoint)  # from here on the page shows it
    with facts_published(_facts(simulator, run), run.facts) as failure:
        shown = _shown(simulator, run)
        if run.as_json:
            print(json.dumps(shown), flush=True)
        else:
            print_facts(shown, manual=run.manual)
        if failure is not None:
            print_warning(f"`pay` will not find this simulator: {failure}")
        while not stop.wait(3600):  # a bounded wait lets Windows deliver Ctrl-C
            pass


def _on_signal(stop: threading.Event) -> None:
    def request_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGINT, request_stop)
    signal.signal(signal.SIGTERM, request_stop)


def _start(simulator: Simulator, run: Run) -> None:
    try:
        simulator.start()
    except OSError as exc:
        reason = exc.strerror or str(exc)
        page = run.page_port and f", {run.page_port})" in reason
        port, option = (run.page_port, "--page-port") if page else (run.port, "--port")
        host = "127.0.0.1" if page else run.host
        raise CommandError(
            f"cannot listen on {host}:{port}: {reason} ({option} 0 takes a free port)"
        ) from None


@contextmanager
def _recorded(simulator: Simulator, run: Run) -> Generator[None]:
    """Record what the body serves, if that is wished."""
    if run.record is None:
        yield
        return
    recorder = Recorder(simulator, run.record, profile=run.profile)
    try:
        recorder.start()
    except OSError as exc:
        raise CommandError(f"{run.record}: {exc.strerror or exc}") from None
    try:
        yield
    finally:
        recorder.stop()
    if (failure := recorder.failure) is not None:
        raise CommandError(f"{run.record} is not whole: {failure.strerror or failure}")


def _save_ledger(simulator: Simulator, path: Path) -> None:
    try:
        write_ledger(simulator.ledger, path)
    except OSError as exc:
        raise CommandError(f"{path}: {exc.strerror or exc}") from None


def _facts(simulator: Simulator, run: Run) -> Facts:
    host, port = simulator.address
    return Facts(
        host=host,
        port=port,
        tls=run.tls,
        paypoint_ids=run.paypoints,
        ca_file=None if simulator.ca_file is None else str(simulator.ca_file),
        page_url=simulator.page_url,
        license_key=simulator.license_key,
    )


def _shown(simulator: Simulator, run: Run) -> dict[str, Any]:
    """What a till must be told. The activation code is shown on purpose: it is typed by hand."""
    server = simulator.server(run.paypoints[0])
    ca_file: Path | None = simulator.ca_file
    return {
        "url": server.url,
        "paypointId": run.paypoints[0],
        "paypointIds": list(run.paypoints),
        "pointOfSaleId": simulator.point_of_sale.id,
        "pointOfSaleReference": simulator.point_of_sale.reference,
        "pointOfSaleActivationCode": simulator.activation_code,
        "caFile": None if ca_file is None else str(ca_file),
        "pageUrl": simulator.page_url,
    }
