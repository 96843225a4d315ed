"""The simulator's process, from the side of the program that is measured."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.simulator.crowd import Charged

from stompws.client import ClientOptions, Deadlines, TlsOptions
from worldpay_ips import OnPremise, PaymentApi

DEADLINES = Deadlines(connect=60.0, first_event=120.0, between_events=120.0, total=600.0)


class SimulatorProcess:
    """A running simulator. Made by `simulating`."""

    def __init__(self, process: "subprocess.Popen[str]", *, tls: bool) -> None:
        self._process, self._tls = process, tls
        self._facts: dict[str, Any] = json.loads(self._line())
        ca_file = self._facts["caFile"]
        self._options = ClientOptions(deadlines=DEADLINES, tls=TlsOptions(ca_file=ca_file))

    def api(self, paypoint_id: str = "INST001") -> PaymentApi:
        """A till at a paypoint, made as a program of a shop makes it."""
        server = OnPremise(
            host="127.0.0.1",
            port=self._facts["port"],
            paypoint_id=paypoint_id,
            plain=not self._tls,
        )
        return PaymentApi(server, license_key=self._facts["licenseKey"], options=self._options)

    def release(self) -> None:
        """Let every payment that waits for its card go on."""
        self._say("release")

    def charges(self) -> list[Charged]:
        """What was charged, oldest first."""
        self._say("charges")
        return [
            Charged(
                charge["kind"],
                charge["merchant_transaction_reference"],
                charge["gateway_transaction_reference"],
                charge["amount"],
            )
            for charge in json.loads(self._line())
        ]

    def _say(self, command: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{command}\n")
        self._process.stdin.flush()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@contextmanager
def simulating(*, tls: bool, hold: bool = False) -> Iterator[SimulatorProcess]:
    """Run a simulator; `hold`: every payment waits for its card until it is released."""
    command = [sys.executable, "-m", "tests.scale.server"]
    command += ["--tls"] * tls + ["--hold"] * hold
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        yield SimulatorProcess(process, tls=tls)
    if process.returncode != 0:
        raise RuntimeError(f"the simulator ended with {process.returncode}")
