"""Every task of the project. `nox -l` is the manual.

On a machine that has nothing but Python 3.11, `python3.11 noxfile.py -s demo` works too: without
nox at hand, the file first puts the locked nox into `.nox/bootstrap` and goes on there.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
SPEC = "spec/ips-payment-4.0.1.yaml"
BINDINGS = ("--out", "generated", "--package", "worldpay_ips")
REVISION = "spec/examples/ips-payment-4.0.5-invented.yaml"
"""An invented revision of the API: an example of two versions side by side."""


def _go_on_with_locked_nox() -> int:
    """Install nox as locked, next to its environments, and run this file's tasks with it."""
    if sys.version_info < (3, 11):
        print(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
        return 2
    home = HERE / ".nox" / "bootstrap"
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    lock = HERE / "requirements" / "nox.txt"
    stamp = home / "installed-from.txt"
    if not stamp.exists() or stamp.read_bytes() != lock.read_bytes():
        print("Installing nox into .nox/bootstrap (once) …", flush=True)
        try:
            venv.EnvBuilder(with_pip=True, clear=True).create(home)
        except subprocess.CalledProcessError:
            print("This Python has no ensurepip; on Debian, install the package python3-venv.")
            return 2
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "--require-hashes", "-r", lock], check=True)
        stamp.write_bytes(lock.read_bytes())
    return subprocess.run([python, "-m", "nox", *sys.argv[1:]], cwd=HERE, check=False).returncode


if __name__ == "__main__":
    try:
        import nox
    except ModuleNotFoundError:
        raise SystemExit(_go_on_with_locked_nox()) from None

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["lint", "typecheck", "imports", "tests"]

PYTHON_FILES = [
    "codegen",
    "generated",
    "noxfile.py",
    "runtime",
    "simulator",
    "tests",
    "till",
]


def _install(session: nox.Session) -> None:
    """The locked tools, and this project on top of them as it stands in the tree."""
    session.install("--require-hashes", "-r", "requirements/dev.txt")
    session.install("--no-deps", "--no-build-isolation", "-e", ".")


@nox.session
def demo(session: nox.Session) -> None:
    """Generate the bindings, start the simulator, register a till and run all 14 operations."""
    _install(session)
    session.run("stompgen", "generate", SPEC, "--out", "generated", "--package", "worldpay_ips")
    session.run("ips-simulator", "demo", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests, warnings as errors. Arguments after `--` go to pytest."""
    _install(session)
    session.run("pytest", *(session.posargs or ["-n", "2", "--dist", "worksteal"]))


@nox.session
def generate(session: nox.Session) -> None:
    """Write `generated/` and all pages made of the document; `-- --check` only compares."""
    _install(session)
    given = session.posargs
    session.run("stompgen", "generate", SPEC, *BINDINGS, *given)
    session.run("stompgen", "changelog", SPEC, *BINDINGS, *given)
    session.run("stompgen", "sources", SPEC, "--out", "spec/SOURCES.md", *given)
    # The worked example of docs/keeping-in-step.md.
    revised = str(Path(session.create_tmp()) / "ips-payment-4.0.5-invented.json")
    package = "worldpay_ips_4_0_5"
    session.run("stompgen", "revise", SPEC, REVISION, "--out", revised)
    session.run("stompgen", "generate", revised, "--out", "generated", "--package", package, *given)
    session.run(
        "stompgen", "migrate", SPEC, revised, "--old-package", "worldpay_ips", "--new-package",
        package, "--out", "docs/migration-4.0.1-to-4.0.5-invented.md", *given,
    )  # fmt: skip
    session.run(
        "stompgen", "docs", SPEC, "--out", "docs/reference", "--package", "worldpay_ips",
        *given,
    )  # fmt: skip


@nox.session(default=False)
def release(session: nox.Session) -> None:
    """Close the open entry of the bindings' changelog; `-- --number 1.2.3` chooses the version."""
    _install(session)
    session.run("stompgen", "release", SPEC, *BINDINGS, *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and formatting with ruff."""
    _install(session)
    session.run("ruff", "check", *PYTHON_FILES)
    session.run("ruff", "format", "--check", *PYTHON_FILES)


@nox.session
def typecheck(session: nox.Session) -> None:
    """Check types: mypy --strict and pyright strict, over everything that is shipped."""
    _install(session)
    session.run("mypy")
    session.run("pyright", "--project", "pyproject.toml")
    session.run("python", "tests/till/misuse.py")


@nox.session
def imports(session: nox.Session) -> None:
    """Check that dependencies point one way and that the sans-IO core knows no socket or clock."""
    _install(session)
    session.run("lint-imports")


@nox.session
def spec(session: nox.Session) -> None:
    """Check the document with AsyncAPI's own JSON Schema and parser (from npm), and with ours."""
    _install(session)
    modules = Path(session.create_tmp()) / "asyncapi"
    modules.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        (modules / name).write_bytes((HERE / "tests" / "spec" / name).read_bytes())
    session.run("npm", "ci", "--no-audit", "--no-fund", "--prefix", str(modules), silent=True)
    session.run("node", "tests/spec/check_official.mjs", SPEC, str(modules / "node_modules"))
    session.run("stompgen", "validate", SPEC)


@nox.session
def interop(session: nox.Session) -> None:
    """Run the runtime against RabbitMQ, and other STOMP clients against the simulator."""
    _install(session)
    session.run("pytest", "tests/interop", *session.posargs)


@nox.session
def page(session: nox.Session) -> None:
    """Click through the simulator's page in headless Chromium; `-- --help` is pytest's."""
    _install(session)
    session.run("pytest", "tests/page", *session.posargs)


@nox.session
def faults(session: nox.Session) -> None:
    """Cut, delay, mute and spoil the link at every position of every operation; print the table."""
    _install(session)
    session.run("python", "-m", "tests.faults", *session.posargs)


@nox.session(name="no-double-charge")
def no_double_charge(session: nox.Session) -> None:
    """Kill tills and cut links everywhere, recover, ask the ledger; `-- --short` for a sample."""
    _install(session)
    session.run("python", "-m", "tests.proof", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Throw 1,000,000 hostile inputs at parser, protocol and codec; `-- --runs N` for fewer."""
    _install(session)
    session.install("--require-hashes", "-r", "requirements/fuzz.txt")
    session.run("python", "-m", "tests.fuzz", *session.posargs)


@nox.session
def hostile(session: nox.Session) -> None:
    """Give the generator thousands of documents that try to be code; `-- --all` for all of them."""
    _install(session)
    paths = os.pathsep.join([str(HERE), str(HERE / "tests" / "codegen")])
    session.run("python", "-m", "hostile", *session.posargs, env={"PYTHONPATH": paths})


@nox.session
def scale(session: nox.Session) -> None:
    """Hold 500 payments and 1,000 tills at once, take 10,000 in a row, share one API object."""
    _install(session)
    session.run("python", "-m", "tests.scale", *session.posargs)


@nox.session
def corpus(session: nox.Session) -> None:
    """Generate, import, type-check and use every AsyncAPI document of a folder: `-- DIR`."""
    _install(session)
    session.run("python", "-m", "tests.corpus", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure generation, import, codec, STOMP, a sale and the simulator; print the tables."""
    _install(session)
    session.run("python", "-m", "tests.bench", *session.posargs)


@nox.session
def package(session: nox.Session) -> None:
    """Build the wheel and take a payment with nothing installed but its core dependencies."""
    _install(session)
    dist = Path(session.create_tmp()) / "dist"
    session.run(
        "python", "-m", "build", "--no-isolation", "--wheel", "--outdir", str(dist), silent=True
    )
    wheel = max(dist.glob("*.whl"), key=lambda path: path.stat().st_mtime)
    session.run("python", "tests/package/check_core_install.py", str(wheel))


@nox.session(default=False)
def lock(session: nox.Session) -> None:
    """Renew `requirements/*.txt`, the locked development dependencies, with their hashes."""
    session.install("--require-hashes", "-r", "requirements/nox.txt")
    compile_ = [
        "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11",
        "--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header",
        *session.posargs,
    ]  # fmt: skip
    session.run(
        *compile_, "--all-extras", "--group", "dev", "pyproject.toml", "-o", "requirements/dev.txt"
    )
    session.run(*compile_, "--group", "nox", "-o", "requirements/nox.txt")
    session.run(*compile_, "--group", "fuzz", "-o", "requirements/fuzz.txt")


if __name__ == "__main__":
    nox.main()
