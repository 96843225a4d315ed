"""The simulator's process, from the side of the program that is measured."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil
from tests.scale.figures import Holding
from tests.simulator.crowd import Charged

from stompws.async_client import AsyncApiClient
from stompws.client import ClientOptions, Deadlines, TlsOptions
from worldpay_ips import OnPremise, PaymentApi
from worldpay_ips.operations import API

DEADLINES = Deadlines(connect=60.0, first_event=120.0, between_events=120.0, total=600.0)


class SimulatorProcess:
    """A running simulator. Made by `simulating`."""

    def __init__(self, process: "subprocess.Popen[str]", *, tls: bool) -> None:
        self._process, self._tls = process, tls
        self._facts: dict[str, Any] = json.loads(self._line())
        ca_file = self._facts["caFile"]
        self.options = ClientOptions(deadlines=DEADLINES, tls=TlsOptions(ca_file=ca_file))

    def api(self, paypoint_id: str = "INST001") -> PaymentApi:
        """A till at a paypoint, made as a program of a shop makes it."""
        server = self.server(paypoint_id)
        return PaymentApi(server, license_key=self._facts["licenseKey"], options=self.options)

    def async_client(self, paypoint_id: str = "INST001") -> AsyncApiClient:
        """The same for an event loop."""
        server, key = self.server(paypoint_id), self._facts["licenseKey"]
        return AsyncApiClient(API, server, credential=key, options=self.options)

    @property
    def license_key(self) -> str:
        """A valid one."""
        return str(self._facts["licenseKey"])

    @property
    def ca_file(self) -> str | None:
        """What to trust, over TLS."""
        return self.options.tls.ca_file and str(self.options.tls.ca_file)

    def url(self, paypoint_id: str) -> str:
        """The address of a paypoint."""
        return self.server(paypoint_id).url

    def holds(self) -> Holding:
        """What the simulator's process holds now."""
        self._say("held")
        return Holding(**json.loads(self._line()))

    @property
    def pid(self) -> int:
        """Of its process."""
        return self._process.pid

    def processor_seconds(self) -> float:
        """What the simulator has used of the processors so far."""
        used = psutil.Process(self.pid).cpu_times()
        return float(used.user + used.system)

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

    def server(self, paypoint_id: str) -> OnPremise:
        """Where a paypoint is."""
        return OnPremise(
            host="127.0.0.1",
            port=self._facts["port"],
            paypoint_id=paypoint_id,
            plain=not self._tls,
        )

    def _say(self, command: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{command}\n")
        self._process.stdin.flush()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@contextmanager
def simulating(
    *,
    tls: bool,
    hold: bool = False,
    slow: bool = False,
    paused: int = 0,
    open_files: int | None = None,
) -> Iterator[SimulatorProcess]:
    """Run a simulator.

    Args:
        tls: With TLS.
        hold: Every payment waits for its card until it is released.
        slow: Every payment takes a moment of real time.
        paused: So many payments wait for their card too, and then take real time.
        open_files: As many files as the system first gives it.
    """
    command = [sys.executable, "-m", "tests.scale.server", f"--paused={paused}"]
    command += ["--tls"] * tls + ["--hold"] * hold + ["--slow"] * slow
    command += [] if open_files is None else [f"--open-files={open_files}"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        yield SimulatorProcess(process, tls=tls)
    if process.returncode != 0:
        raise RuntimeError(f"the simulator ended with {process.returncode}")
