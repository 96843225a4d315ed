"""Install a wheel with nothing but its core dependencies and take a payment with it.

    python tests/package/check_core_install.py dist/worldpay_ips-0.1.0-py3-none-any.whl

The simulator runs here, in the calling environment; the till runs in a clean one, in which neither
the simulator's nor the generator's dependencies exist.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from ips_simulator import Simulator

CORE = {"attrs", "cattrs", "websocket-client"}
# What a fresh virtual environment may hold by itself.
TOOLS = {"pip", "setuptools"}

INVENTORY = """
import json
from importlib.metadata import distributions
print(json.dumps({d.metadata["Name"]: d.requires or [] for d in distributions()}))
"""

SALE = """
import json, sys
from worldpay_ips import (
    CardPresent, ClientOptions, Instruction, OnPremise, PaymentApi, PaymentRequest, PaymentResult,
    PaymentType, RequestValue, TlsOptions,
)
facts = json.load(sys.stdin)
api = PaymentApi(
    OnPremise(host=facts["host"], port=facts["port"], paypoint_id="INST001"),
    license_key=facts["key"],
    options=ClientOptions(tls=TlsOptions(ca_file=facts["ca"])),
)
request = PaymentRequest(
    payment_type=PaymentType.SALE,
    merchant_transaction_reference="CORE-0001",
    instruction=Instruction(
        value=RequestValue(amount=1099), payment_instrument=CardPresent()
    ),
)
with api.start_payment(request) as payment:
    for event in payment:
        if isinstance(event.payload, PaymentResult):
            print(event.payload.payments[0].result)
"""

SAFE_SALE = """
import json, sys, tempfile
from pathlib import Path
from ips_till import Approved, Till
from worldpay_ips import ClientOptions, OnPremise, TlsOptions
facts = json.load(sys.stdin)
with tempfile.TemporaryDirectory() as folder, Till(
    OnPremise(host=facts["host"], port=facts["port"], paypoint_id="INST001"),
    license_key=facts["key"],
    journal=Path(folder) / "till.sqlite3",
    options=ClientOptions(tls=TlsOptions(ca_file=facts["ca"])),
    on_action="decline",
) as till:
    with till.sale(1099) as payment:
        payment.finish()
    print("approved" if isinstance(payment.outcome, Approved) else payment.outcome)
"""


class CheckFailedError(Exception):
    """Says what is wrong."""


def check(wheel: Path) -> None:
    """Run all steps; raise CheckFailedError at the first that fails."""
    with tempfile.TemporaryDirectory(prefix="core-install-") as folder:
        home = Path(folder)
        venv.EnvBuilder(with_pip=True).create(home)
        python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        print("Made a clean environment.", flush=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run(python, *install, str(wheel))
        print(f"Installed {wheel.name}.", flush=True)
        names = check_inventory(json.loads(run(python, "-c", INVENTORY)))
        print(f"Installed with it: {', '.join(names)}; nothing else.", flush=True)
        where = run(python, "-c", "import worldpay_ips; print(worldpay_ips.__file__)").strip()
        if not Path(where).resolve().is_relative_to(home.resolve()):
            raise CheckFailedError(f"worldpay_ips was imported from {where}, not from the wheel")
        print("Imported worldpay_ips from there.", flush=True)
        check_types(python)
        print("Type-checked a till against it, mypy --strict.", flush=True)
        check_sale(python, SALE, "authorised-online")
        print("Took a sale of 10.99 over TLS: authorised online, charged once.", flush=True)
        check_sale(python, SAFE_SALE, "approved")
        print("Took another with a till and its journal: approved, charged once.", flush=True)


def check_inventory(installed: dict[str, list[str]]) -> list[str]:
    """Return what came with the wheel, when it is what the core needs."""
    needs = {plain_name(name): core_needs(requires) for name, requires in installed.items()}
    ours = needs.pop("worldpay-ips", None)
    if ours is None:
        raise CheckFailedError("worldpay-ips is not installed")
    if ours != CORE:
        raise CheckFailedError(f"the core needs {sorted(ours)}, expected {sorted(CORE)}")
    if missing := CORE - set(needs):
        raise CheckFailedError(f"not installed: {sorted(missing)}")
    allowed, rest = set(TOOLS), list(CORE)
    while rest:
        name = rest.pop()
        if name not in allowed:
            allowed.add(name)
            rest += needs.get(name, set())
    if extra := set(needs) - allowed:
        raise CheckFailedError(f"installed without need: {sorted(extra)}")
    return sorted(set(needs) - TOOLS)


def core_needs(requires: list[str]) -> set[str]:
    """The names that a distribution requires without any extra being asked for."""
    return {
        plain_name(re.split(r"[^A-Za-z0-9._-]", text, maxsplit=1)[0])
        for text in requires
        if not re.search(r"\bextra\s*==", text)
    }


def plain_name(name: str) -> str:
    """A distribution's name as it is compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def check_types(python: Path) -> None:
    """Check a till with this environment's mypy, against what is installed in the clean one."""
    till = Path(__file__).with_name("till.py")
    done = subprocess.run(
        [
            *(
                sys.executable,
                "-m",
                "mypy",
                "--strict",
                "--config-file=",
                "--cache-dir",
                os.devnull,
            ),
            *("--python-executable", str(python), str(till)),
        ],
        capture_output=True,
        text=True,
        cwd=python.parent,
        env={name: value for name, value in os.environ.items() if name != "MYPYPATH"},
        check=False,
    )
    if done.returncode != 0:
        raise CheckFailedError(f"a user's types are wrong: {done.stdout.strip()}")


def check_sale(python: Path, program: str, end: str) -> None:
    """Take a sale with the clean environment's Python."""
    with Simulator(tls=True) as simulator:
        host, port = simulator.address
        facts = {
            "host": host,
            "port": port,
            "key": simulator.license_key,
            "ca": str(simulator.ca_file),
        }
        said = run(python, "-c", program, given=json.dumps(facts)).strip()
        if said != end:
            raise CheckFailedError(f"the sale ended as {said!r}")
        charged = [charge.amount for charge in simulator.ledger.charges]
        if charged != [1099]:
            raise CheckFailedError(f"the ledger holds {charged}, expected one charge of 1099")


def run(python: Path, *arguments: str, given: str | None = None) -> str:
    """Run the clean environment's Python, away from this tree, and return what it printed."""
    # No PYTHONPATH: the tree that this check is started from must not be found.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(python), *arguments],
        input=given,
        capture_output=True,
        text=True,
        cwd=python.parent,
        env=clean,
        check=False,
    )
    if done.returncode != 0:
        last = (done.stderr.strip() or "no reason given").splitlines()[-1]
        raise CheckFailedError(f"python {' '.join(arguments)[:40]} … failed: {last}")
    return done.stdout


def main(arguments: list[str]) -> int:
    """Return the exit code."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        print("usage: check_core_install.py WHEEL", file=sys.stderr)
        return 2
    try:
        check(Path(arguments[0]).resolve())
    except CheckFailedError as exc:
        print(f"Failed: {exc}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
