"""`ips-simulator serve` and `replay`: their options."""

from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import Parameter

from .cli_errors import CommandError
from .cli_options import (
    find_profile,
    find_scenario,
    open_library,
    read_rules,
    usual_scenario,
)
from .cli_running import Run, page_port_of, serve_until_stopped
from .recording import RecordingError
from .replay import Replay

PAYPOINT: Final = "INST001"

_Tls = Annotated[bool, Parameter(negative="--plain")]
_Page = Annotated[bool, Parameter(negative="--no-page")]
_Json = Annotated[bool, Parameter(name="--json", negative="", show_default=False)]
_Many = Annotated[tuple[str, ...], Parameter(negative="", show_default=False)]


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 7080,
    tls: _Tls = True,
    page: _Page = True,
    page_port: int | None = None,
    paypoint: _Many = (PAYPOINT,),
    pad: Literal["manual", "automatic"] | None = None,
    scenario: str | None = None,
    scenarios: Annotated[tuple[Path, ...], Parameter(negative="", show_default=False)] = (),
    profile: str = "on-premise",
    rule: _Many = (),
    record: Path | None = None,
    ledger: Path | None = None,
    facts: Path | None = None,
    as_json: _Json = False,
) -> int:
    """Run until Ctrl-C or SIGTERM.

    Args:
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one.
        tls: TLS with a throw-away certificate; its CA file is printed. Without it (`--plain`)
            only this machine is served.
        page: Serve the page with the PIN pad, to this machine only.
        page_port: Port of the page, by default one more than `--port`; 0 takes a free one.
        paypoint: A paypoint that the page shows from the beginning; may be repeated. Any other
            can be used as well.
        pad: Who uses the PIN pad: you, on the page, or the scenario. By default you, unless there
            is no page or `--json` tells that a machine has started this.
        scenario: What is played when nothing else is chosen, by default an approval with chip and
            PIN; `ips-simulator scenarios` lists all.
        scenarios: A folder of scenario files of your own; may be repeated.
        profile: The kind of server: on-premise, cloud, spring or rabbitmq.
        rule: A switch for what nobody knows of the real server, as NAME=VALUE; may be repeated.
        record: Write the session into this new file, redacted.
        ledger: Write the ledger into this file as JSON when stopping.
        facts: Where `pay` finds this simulator, if not in the usual place.
        as_json: Print what a till needs to know as one line of JSON.
    """
    run = Run(
        host=host,
        port=port,
        tls=tls,
        page_port=page_port_of(port, page_port) if page else None,
        paypoints=paypoint,
        as_json=as_json,
        record=record,
        ledger=ledger,
        facts=facts,
        manual=pad == "manual" or (pad is None and page and not as_json),
        profile=find_profile(profile),
    )
    run.check()
    library = open_library(scenarios)
    return serve_until_stopped(
        run,
        magic_amounts=True,
        scenario=find_scenario(library, scenario) if scenario else usual_scenario(library),
        scenario_folders=scenarios,
        inventions=read_rules(rule),
        profile=run.profile,
    )


def replay(
    recording: Path,
    /,
    *,
    fast: Annotated[bool, Parameter(negative="", show_default=False)] = False,
    host: str = "127.0.0.1",
    port: int = 7080,
    tls: _Tls = True,
    page: _Page = True,
    page_port: int | None = None,
    facts: Path | None = None,
    as_json: _Json = False,
) -> int:
    """Serve what was recorded, to a till that does what was done then.

    Args:
        recording: What `serve --record` wrote.
        fast: Leave the pauses out.
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one.
        tls: As for `serve`.
        page: Serve the page, to this machine only.
        page_port: Port of the page, by default one more than `--port`; 0 takes a free one.
        facts: Where `pay` finds this simulator, if not in the usual place.
        as_json: Print what a till needs to know as one line of JSON.
    """
    try:
        played = Replay(recording, fast=fast)
    except RecordingError as exc:
        raise CommandError(str(exc)) from None
    except OSError as exc:
        raise CommandError(f"{recording}: {exc.strerror or exc}") from None
    run = Run(
        host=host,
        port=port,
        tls=tls,
        page_port=page_port_of(port, page_port) if page else None,
        paypoints=(PAYPOINT,),
        as_json=as_json,
        facts=facts,
    )
    run.check()
    return serve_until_stopped(run, replay=played)
