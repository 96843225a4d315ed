"""Where the time of one whole sale goes: the simulator runs in a process of its own, over TLS."""

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from rich.table import Table

from stompws.client import ClientOptions, TlsOptions
from stompws.frames import Frame
from worldpay_ips import (
    CardPresent,
    Instruction,
    OnPremise,
    PaymentApi,
    PaymentRequest,
    PaymentType,
    PointOfSaleRegistrationRequest,
    RequestValue,
)

SALES = 60
NOT_OURS = ("connect", "handshake", "wait", "close")


class Clock:
    """Adds up what each phase of one sale takes, in seconds."""

    def __init__(self) -> None:
        self.phases: defaultdict[str, float] = defaultdict(float)
        self.seen: dict[str, float] = {}

    def timed(self, phase: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, its time counted under the phase."""

        def run(*args: Any, **kwargs: Any) -> Any:
            begin = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                self.phases[phase] += time.perf_counter() - begin

        return run

    def note(self, _direction: str, frame: Frame, _seconds: float) -> None:
        """Remember when the first frame of each kind passed."""
        self.seen.setdefault(frame.command, time.perf_counter())


@contextmanager
def _simulator() -> Iterator[dict[str, str]]:
    arguments = [sys.executable, "-m", "ips_simulator", "serve", "--port", "0", "--json"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()


def _one_sale(api: PaymentApi, clock: Clock, number: int) -> dict[str, float]:
    """Take one payment and return the seconds of its phases, and of the whole."""
    request = PaymentRequest(
        payment_type=PaymentType.SALE,
        merchant_transaction_reference=f"BENCH-{number}",
        instruction=Instruction(value=RequestValue(amount=1099), payment_instrument=CardPresent()),
    )
    clock.phases.clear()
    clock.seen.clear()
    cpu, begin = time.process_time(), time.perf_counter()
    payment = api.start_payment(request)
    driver: Any = payment._driver
    driver.next_event = clock.timed("wait", driver.next_event)
    driver.close = clock.timed("close", driver.close)
    with payment:
        for _ in payment:
            pass
    total, used = time.perf_counter() - begin, time.process_time() - cpu
    phases = dict(clock.phases)
    phases["connect"] = clock.seen["CONNECT"] - begin - phases.get("encode", 0.0)
    phases["handshake"] = clock.seen["CONNECTED"] - clock.seen["CONNECT"]
    phases["rest"] = total - sum(phases.values())
    return {**phases, "total": total, "processor": used}


def measure(progress: Callable[[str], None]) -> Table:
    """Return the median split of a sale."""
    clock = Clock()
    with _simulator() as facts:
        port = int(facts["url"].split(":")[2].partition("/")[0])
        server = OnPremise(host="127.0.0.1", port=port, paypoint_id="INST001")
        tls = TlsOptions(ca_file=Path(facts["caFile"]))
        registration = PaymentApi(server, options=ClientOptions(tls=tls)).register_point_of_sale(
            PointOfSaleRegistrationRequest(
                point_of_sale_id=facts["pointOfSaleId"],
                point_of_sale_reference=facts["pointOfSaleReference"],
                point_of_sale_activation_code=facts["pointOfSaleActivationCode"],
            )
        )
        options = ClientOptions(tls=tls, trace=clock.note)
        api = PaymentApi(
            server, license_key=registration.point_of_sale_license_key, options=options
        )
        codec: Any = api.codec
        codec.receive = clock.timed("decode", codec.receive)
        codec.encode = clock.timed("encode", codec.encode)
        progress(f"taking {SALES} sales")
        sales = [_one_sale(api, clock, number) for number in range(SALES)][5:]
    split = {name: median(sale.get(name, 0.0) for sale in sales) for name in sales[0]}
    table = Table(title="One sale over TLS, simulator in another process", title_justify="left")
    for column in ("phase", "milliseconds", "share"):
        table.add_column(column, justify="left" if column == "phase" else "right")
    order = ("connect", "handshake", "encode", "wait", "decode", "rest", "close")
    for name in order:
        _row(table, name, split[name], split["total"])
    table.add_section()
    _row(table, "total", split["total"], split["total"])
    _row(table, "not ours: connect, handshake, wait, close",
         sum(split[name] for name in NOT_OURS), split["total"])  # fmt: skip
    _row(table, "processor time of the till, TLS included", split["processor"], split["total"])
    return table


def _row(table: Table, name: str, seconds: float, total: float) -> None:
    table.add_row(name, f"{seconds * 1000:.2f}", f"{seconds / total:.0%}")
