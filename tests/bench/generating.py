"""How long packages take to generate, in cold processes: beside the peers, and by size."""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Group
from rich.table import Table
from tests.bench import generate_peers
from tests.bench.rounds import command, in_turns
from tests.bench.synthetic import write_document

SPEC = Path("spec/ips-payment-4.0.1.yaml")
ROUNDS = 7
SIZES = (100, 300, 1000, 3000)
PEER = "datamodel-codegen, models only"
OURS = "stompgen, whole package"


def _ours(spec: Path, out: Path) -> list[str]:
    out.mkdir(exist_ok=True)
    return [
        *(sys.executable, "-m", "stompgen", "generate", str(spec), "--out", str(out)),
        *("--package", "generated_here"),
    ]


def measure(progress: Callable[[str], None]) -> Group:
    """Compare whole commands, then how ours grows with the document."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return Group(_beside_peers(folder, progress), "", _by_size(folder, progress))


def _beside_peers(folder: Path, progress: Callable[[str], None]) -> Table:
    commands = {
        OURS: _ours(SPEC, folder / "ours"),
        PEER: generate_peers.datamodel_codegen(SPEC, folder / "theirs"),
    }
    for name, install in (
        ("Modelina, models only", generate_peers.modelina),
        ("asyncapi-python, models and application", generate_peers.asyncapi_python),
    ):
        arguments = install(folder / name.partition(",")[0], progress)
        if arguments is not None:
            commands[name] = arguments(SPEC, folder / f"out of {name}")
    progress(f"generating {ROUNDS} times with each")
    seconds = in_turns({name: command(args) for name, args in commands.items()}, rounds=ROUNDS)
    table = Table(title=f"Generating from {SPEC.name}, cold process", title_justify="left")
    for column in ("command", "seconds", "ratio"):
        table.add_column(column, justify="left" if column == "command" else "right")
    for name, value in seconds.items():
        table.add_row(name, f"{value:.2f}", f"{value / seconds[PEER]:.2f}")
    return table


def _by_size(folder: Path, progress: Callable[[str], None]) -> Table:
    table = Table(title="By size: messages, of 8 fields each", title_justify="left")
    for column in ("messages", "seconds", "ms a message", PEER, "ratio"):
        table.add_column(column, justify="right")
    for size in SIZES:
        progress(f"generating {size} messages with both")
        spec = write_document(folder / f"{size}.json", size)
        ours = _seconds(_ours(spec, folder / f"ours {size}"))
        theirs = _seconds(generate_peers.datamodel_codegen(spec, folder / f"theirs {size}"))
        each = f"{ours / size * 1000:.1f}"
        table.add_row(str(size), f"{ours:.2f}", each, f"{theirs:.2f}", f"{ours / theirs:.2f}")
    return table


def _seconds(arguments: list[str]) -> float:
    """Run a command once, or up to three times while that takes little: the quickest counts."""
    run, found = command(arguments), list[float]()
    while len(found) < 3 and sum(found) < 20:
        begin = time.perf_counter()
        run()
        found.append(time.perf_counter() - begin)
    return min(found)
