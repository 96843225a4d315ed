"""Imports generated packages where nothing may be touched: a script, in a process of its own.

Arguments: the import path as JSON, then the folders, each with a package `pkg`. Every module of
each package is imported, and every name that it exports is looked up. Prints one JSON object:
`imported` (how many packages), `faults` (a sentence each). Opening a file for writing, starting a
process or using the network raises, and is a fault.
"""

import builtins
import importlib
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

FORBIDDEN = (
    "ctypes.", "ftplib.", "http.", "pty.", "shutil.", "smtplib.", "socket.", "subprocess.",
    "urllib.", "webbrowser.",
)  # fmt: skip
HARMLESS = frozenset({"os.listdir", "os.scandir", "os.putenv", "os.unsetenv"})
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

faults: list[str] = []
here = ""


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
    acts = event.startswith("os.") and event not in HARMLESS
    if writes or acts or event.startswith(FORBIDDEN):
        faults.append(f"{here}: {event} {arguments!r:.200}")
        raise PermissionError(event)


def _called() -> None:
    faults.append(f"{here}: the canary was called")


def _modules(folder: Path) -> list[str]:
    found = sorted(folder.rglob("*.py"))
    names = [path.relative_to(folder).with_suffix("").parts for path in found]
    return [".".join(name).removesuffix(".__init__") for name in names]


def _import(folder: Path) -> None:
    for name in _modules(folder):
        importlib.import_module(name)
    package = importlib.import_module("pkg")
    for name in package.__all__:
        getattr(package, name)
    for name in [name for name in sys.modules if name == "pkg" or name.startswith("pkg.")]:
        del sys.modules[name]


def main(path: list[str], folders: list[str]) -> None:
    """Import every package."""
    global here
    sys.path[:] = path
    sys.dont_write_bytecode = True
    for name in ("stompws.client", "stompws.server", "stompws.codec", "stompws.lazy", "inspect"):
        importlib.import_module(name)  # what they do when they are imported is not the document's
    resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, 2 * 1024**3))
    builtins.CANARY = _called  # type: ignore[attr-defined]
    sys.addaudithook(_watch)
    for folder in folders:
        here = Path(folder).name
        sys.path.insert(0, folder)
        try:
            _import(Path(folder))
        except BaseException as exc:  # noqa: BLE001 - whatever it is, it is told
            faults.append(f"{here}: {type(exc).__name__}: {exc!s:.300}")
        del sys.path[0]
        sys.path_importer_cache.clear()
    print(json.dumps({"imported": len(folders), "faults": faults}))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), sys.argv[2:])
