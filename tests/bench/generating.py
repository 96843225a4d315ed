"""How long the whole package takes to generate, in a cold process."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.table import Table
from tests.bench.rounds import command, in_turns

SPEC = "spec/ips-payment-4.0.1.yaml"
ROUNDS = 7


def measure(progress: Callable[[str], None]) -> Table:
    """Compare `stompgen generate` with datamodel-code-generator's own command, models only."""
    progress(f"generating {ROUNDS} times with each")
    with tempfile.TemporaryDirectory() as folder:
        python = [sys.executable, "-m"]
        ours, theirs = Path(folder) / "ours", Path(folder) / "theirs"
        ours.mkdir()
        peer = "datamodel-codegen, models only"
        seconds = in_turns(
            {
                "stompgen, whole package": command(
                    [
                        *(*python, "stompgen", "generate", SPEC, "--out", str(ours)),
                        *("--package", "worldpay_ips"),
                    ]
                ),
                peer: command(
                    [
                        *(*python, "datamodel_code_generator", "--input", SPEC),
                        *("--input-file-type", "asyncapi", "--output", f"{theirs}.py"),
                        *("--output-model-type", "pydantic_v2.BaseModel"),
                    ]
                ),
            },
            rounds=ROUNDS,
        )
    table = Table(title="Generating, cold process", title_justify="left")
    for column in ("command", "seconds", "ratio"):
        table.add_column(column, justify="left" if column == "command" else "right")
    for name, value in seconds.items():
        table.add_row(name, f"{value:.2f}", f"{value / seconds[peer]:.2f}")
    return table
