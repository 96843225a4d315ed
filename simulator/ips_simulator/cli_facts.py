"""What a running simulator tells other programs of this user: where it is and how to get in.

`serve` writes a file, which only its user can read, and removes it when it stops; `pay` reads it.
It holds a license key, which is worth nothing anywhere else and nothing after the simulator's end:
so `pay` need not register, and the activation code stays for the till that is being built.
"""

import json
import os
import socket
import tempfile
from collections.abc import Generator, Iterable
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import attrs
import platformdirs

from .cli_errors import CommandError

_PREFIX: Final = "serving-"
_LOOK_SECONDS: Final = 2.0
_LARGEST: Final = 1 << 16


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


@attrs.frozen(kw_only=True)
class Facts:
    """One running simulator."""

    host: str
    port: int
    tls: bool
    paypoint_ids: tuple[str, ...] = attrs.field(converter=_texts)
    ca_file: str | None
    page_url: str | None
    license_key: str = attrs.field(repr=False)

    @property
    def address(self) -> str:
        """For people."""
        return f"{self.host}:{self.port}"


def facts_folder() -> Path:
    """Where simulators of this user leave their facts."""
    # Not the runtime folder: where a system has none, that is a place which others can write to.
    return platformdirs.user_state_path("ips-simulator", appauthor=False)


@contextmanager
def facts_published(facts: Facts, path: Path | None) -> Generator[str | None]:
    """Keep the facts in a file for as long as the body runs.

    Yields:
        Why they could not be written, if so: the simulator serves all the same.
    """
    path = path or facts_folder() / f"{_PREFIX}{facts.port}.json"
    try:
        _write(facts, path)
    except OSError as exc:
        yield f"{path}: {exc.strerror or exc}"
        return
    try:
        yield None
    finally:
        with suppress(OSError):
            path.unlink()


def _write(facts: Facts, path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # `mkstemp` makes a file that only its user can read; the name changes when it is whole.
    number, name = tempfile.mkstemp(prefix=".facts-", dir=path.parent)
    try:
        with os.fdopen(number, "w", encoding="ascii") as file:
            json.dump(attrs.asdict(facts), file)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def find_facts(path: Path | None) -> Facts:
    """The simulator that runs, or the one whose file is named.

    Raises:
        CommandError: None runs, or several do.
    """
    if path is not None:
        facts = _read(path)
        if not _answers(facts):
            raise CommandError(f"the simulator of {path} does not run any more")
        return facts
    found = [(one, facts) for one in _files() if _answers(facts := _read(one))]
    if not found:
        raise CommandError("no simulator runs here; start one: ips-simulator serve")
    if len(found) > 1:
        files = "".join(f"\n  --facts {one}  ({facts.address})" for one, facts in found)
        raise CommandError(f"several simulators run here; say which:{files}")
    return found[0][1]


def _files() -> list[Path]:
    return sorted(facts_folder().glob(f"{_PREFIX}*.json"))


def _read(path: Path) -> Facts:
    try:
        with path.open(encoding="utf-8") as file:
            data: dict[str, Any] = json.loads(file.read(_LARGEST))
        return Facts(**data)
    except OSError as exc:
        raise CommandError(f"{path}: {exc.strerror or exc}") from None
    except (ValueError, TypeError):
        raise CommandError(f"{path}: this file was not written by ips-simulator serve") from None


def _answers(facts: Facts) -> bool:
    """Whether somebody listens there; a simulator that was killed leaves its file behind."""
    try:
        with closing(socket.create_connection((facts.host, facts.port), _LOOK_SECONDS)):
            return True
    except OSError:
        return False
