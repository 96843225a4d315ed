"""What the command `till` prints and writes at a hostile service: no card data and no secret."""

import subprocess
import sys
from pathlib import Path

from canaries import KEY, PAN, TRACK2, Watch
from ips_simulator import Recorder, Simulator
from ips_simulator.replay import Replay
from ips_till.till import Till
from poison import poisoned

PATHS = ":".join(path for path in sys.path if path)


def test_the_till_s_commands_show_no_card(tmp_path: Path) -> None:
    """A shop's day by the command, for people and for machines, and arguments that hold a card."""
    with Simulator() as good, Recorder(good, tmp_path / "recorded.jsonl"):
        a_good_day(good, tmp_path / "good.sqlite")
    replay = Replay(poisoned(tmp_path / "recorded.jsonl"), fast=True)
    shop = _Shop(tmp_path / "hostile")
    with Watch() as watch, Simulator(replay=replay) as hostile:
        shop.at(hostile)
        for arguments in DAY:
            done = shop.run(*arguments)
            assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        path = min((shop.folder / "flights").iterdir())
        assert shop.run("show", path).returncode == 0
        assert shop.run("show", path, "--html", shop.folder / "flight.html").returncode == 0
    for arguments in WRONG:
        done = shop.run(*arguments)
        assert done.returncode not in (0, 1), arguments
        assert "Traceback" not in done.stderr
    shop.look(watch)
    assert watch.found(but=["492949XX"]) == []
    assert {hit.split(" in ")[1] for hit in watch.found()} == {"file .sqlite"}


DAY = (
    ["sale", "10.99", "--reference", "S1"],
    ["sale", "10.99", "--reference", "S2", "--json"],
    ["cancel", "S2"],
    ["preauth", "80.00", "--reference", "P1"],
    ["settle", "P1", "50.00", "--json"],
    ["receipt", "S2", "--reprint"],
    ["journal", "list"],
    ["journal", "show", "S1"],
    ["journal", "show", "P1", "--json"],
    ["report", "z", "--json"],
    ["status"],
)
WRONG = (
    ["sale", PAN], ["sale", "10.99", PAN], ["sale", "10.99", "--reference", f"x{PAN}?"],
    ["settle", "none", PAN], ["show", PAN], ["journal", "show", TRACK2], ["report", PAN],
    ["sale", "10.99", "--url", f"wss://user:{KEY}@host/ipc-app/payment/X"],
    ["journal", "list", "--journal", f"postgresql://till:{KEY}@127.0.0.1/x"],
)  # fmt: skip


def a_good_day(simulator: Simulator, journal: Path) -> None:
    """The same by the library, for the recording."""
    with Till(
        simulator.server(), license_key=simulator.license_key, journal=journal, on_action="decline"
    ) as till:
        for payment in (till.sale(1099), till.sale(1099, reference="S2")):
            with payment:
                payment.finish()
        till.cancel("S2")
        with till.pre_auth(8000, reference="P1") as payment:
            payment.finish()
        till.settle("P1", 5000)
        till.z_report()
        till.service_status()
        till.device_status()


class _Shop:
    """A folder with the till's files, and all that its commands have said."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.said: list[str] = []
        self._environment: dict[str, str] = {}

    def at(self, simulator: Simulator) -> None:
        """Use this simulator."""
        self._environment = {
            "PYTHONPATH": PATHS,
            "HOME": str(self.folder),
            "COLUMNS": "200",
            "IPS_TILL_URL": simulator.server().url,
            "IPS_TILL_LICENSE_KEY": KEY,
            "IPS_TILL_JOURNAL": str(self.folder / "journal.sqlite"),
            "IPS_TILL_FLIGHT_FOLDER": str(self.folder / "flights"),
        }

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        done = subprocess.run(
            [sys.executable, "-m", "ips_till.cli", *map(str, arguments)],
            env=self._environment, capture_output=True, encoding="utf-8", check=False, timeout=60,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        self.said += [done.stdout, done.stderr]
        return done

    def look(self, watch: Watch) -> None:
        """Look at everything."""
        for text in self.said:
            watch.text("command", text)
        watch.files(self.folder)
